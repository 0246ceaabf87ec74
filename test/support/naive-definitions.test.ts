/** The naive evaluator on the definitions besides effective, ever and onTime: each figure out of its own population. */
import { describe, expect, it } from 'vitest';
import { type Draft, eventId, orderServed, published, targetBlocked, targetLimited, targetListed, targetWithheld } from './naive-events.ts';
import {
  account,
  ask,
  at,
  certain,
  citing,
  covered,
  due,
  EMPTY,
  issued,
  KINDS,
  lifted,
  listed,
  logOf,
  MAYBE,
  NO,
  order,
  otherOrder,
  UNKNOWN,
  until,
  withheld,
  YES,
} from './naive-examples.ts';
import { naiveFigures } from './naive-figures.ts';
import { orderAnswered, orderRevoked, orderStayed, stayLifted } from './naive-order-events.ts';

const hours = (count: number): bigint => BigInt(count) * 3_600_000n;

describe('anyRestriction', () => {
  it('counts what is weaker or narrower than the order asks', () => {
    const log = logOf(...due(), targetLimited(account, at(2), { basis: 'platform_rules', orders: [], territory: ['FR'] }), covered(0, 20));
    expect(ask(log, 1)).toMatchObject({ effective: NO, anyRestriction: NO });
    expect(ask(log, 2)).toMatchObject({ effective: NO, anyRestriction: YES, statuses: { insufficient_measure: 1 } });
    expect(ask(logOf(...due()), 2).anyRestriction).toEqual(UNKNOWN);
  });
});

describe('sustained', () => {
  it('is lost by one break, though the target is restricted again', () => {
    const log = logOf(...due(), until(withheld(at(2)), 5), withheld(at(6)), covered(0, 20));
    expect([1, 3, 5, 7].map((hour) => ask(log, hour).sustained)).toEqual([NO, YES, NO, NO]);
    expect(ask(log, 7).effective).toEqual(YES);
  });

  it('does not look at a time in which nothing was owed', () => {
    const stayed = [orderStayed(order, at(4)), stayLifted(order, at(8), eventId(4))];
    // Lifted at 5 and withheld anew at 7, while the order was stayed from 4 to 8.
    const log = logOf(...due(), ...stayed, until(withheld(at(2)), 5), withheld(at(7)), covered(0, 20));
    expect(ask(log, 9).sustained).toEqual(YES);
  });

  it('begins with the first satisfaction while the order was in force', () => {
    const log = logOf(issued(), listed, orderServed(order, at(4)), until(withheld(at(1)), 3), withheld(at(6)), covered(0, 20));
    expect(ask(log, 7).sustained).toEqual(YES);
  });

  it('is unknown for a silent pair whose time so far is not covered', () => {
    expect(ask(logOf(...due(), covered(3, 20)), 6)).toMatchObject({ effective: NO, sustained: UNKNOWN });
  });
});

describe('citingOrder', () => {
  it('asks for satisfaction by what cites this order, and by that alone', () => {
    const half = targetWithheld(account, at(2), { basis: 'platform_rules', orders: [], territory: ['PK'] });
    const log = logOf(...due({ territory: ['IN', 'PK'] }), withheld(at(2)), half, covered(0, 20));
    expect(ask(log, 3)).toMatchObject({ effective: YES, citingOrder: NO });
    const whole = logOf(...due({ territory: ['IN', 'PK'] }), withheld(at(2), ['IN', 'PK']), half, covered(0, 20));
    expect(ask(whole, 3).citingOrder).toEqual(YES);
    const named = targetWithheld(account, at(2), { basis: 'platform_rules', orders: [order], territory: ['IN'] });
    expect(ask(logOf(...due(), named, covered(0, 20)), 3).citingOrder).toEqual(NO);
    expect(ask(logOf(...due()), 3).citingOrder).toEqual(UNKNOWN);
  });
});

describe('platformStyle', () => {
  const block = (basis: string) => targetBlocked(account, at(2), { basis, orders: [], measure: 'suspended' });

  it('counts every listed account, whatever the force of the order', () => {
    const unserved = logOf(issued(), listed, block('platform_rules'));
    expect(ask(unserved, 1).platformStyle).toEqual(NO); // not binding, so silence is no silence about an obligation
    expect(ask(unserved, 2)).toMatchObject({ effective: EMPTY, platformStyle: YES, platformStyleColumns: { platform_rules: 1 } });
    expect(ask(logOf(...due(), block('unstated'), orderRevoked(order, at(1))), 3)).toMatchObject({
      platformStyle: YES,
      platformStyleColumns: { unstated: 1 },
    });
    expect(ask(logOf(...due()), 3)).toMatchObject({ platformStyle: UNKNOWN, platformStyleColumns: { unknown: 1 } });
  });

  it('from the listing on, not from when the list came', () => {
    const log = logOf(issued(), targetListed(account, at(3), { order, receivedAt: at(6) }), orderServed(order, at(0)), block('unstated'));
    expect(ask(log, 2.5).platformStyle).toEqual({ ...EMPTY, reason: 'no_target_list' });
    expect(ask(log, 3).platformStyle).toEqual(YES);
  });

  it('takes no weaker measure, and any place', () => {
    const limited = targetLimited(account, at(2), { ...citing, territory: 'WORLD' });
    expect(ask(logOf(...due(), limited), 3)).toMatchObject({ platformStyle: NO, platformStyleColumns: { no_action: 1 } });
    expect(ask(logOf(...due(), withheld(at(2), ['FR'])), 3)).toMatchObject({
      platformStyle: YES,
      platformStyleColumns: { legal_order: 1 },
    });
  });
});

describe('timeWeighted', () => {
  it('adds up the time in which the order was live', () => {
    const log = logOf(...due({ expires: 10 }), until(withheld(at(2)), 5), covered(0, 20));
    expect(ask(log, 1).timeWeighted).toMatchObject({ numerator: 0n, denominator: hours(1) });
    expect(ask(log, 4).timeWeighted).toMatchObject({ numerator: hours(2), denominator: hours(4), percent: { low: 50, high: 50 } });
    expect(ask(log, 12).timeWeighted).toMatchObject({ numerator: hours(3), denominator: hours(10), percent: { low: 30, high: 30 } });
  });

  it('counts milliseconds, half-open', () => {
    const log = logOf(...due(), withheld(at(2)), covered(0, 20));
    const justAfter = '2023-03-01T02:00:00.001Z';
    const { total } = naiveFigures(log, { orders: [order], validAt: justAfter, knownAt: log.length, kinds: KINDS });
    expect(total.timeWeighted).toMatchObject({ numerator: 1n, denominator: hours(2) + 1n });
    expect(ask(log, 0).timeWeighted).toMatchObject({ denominator: 0n, percent: null, reason: 'empty_population' });
  });

  it('leaves open the hours in which it began', () => {
    const log = logOf(...due(), withheld(at(2, 4)), covered(0, 20));
    // By 6: not before 2, perhaps from 2 to 4, certainly from 4 on.
    expect(ask(log, 6).timeWeighted).toEqual({
      numerator: hours(2),
      maybe: hours(2),
      unknown: 0n,
      denominator: hours(6),
      denominatorMaybe: 0n,
      percent: { low: 33.33, high: 66.67 }, // 2/(2 + 4) and 4/(4 + 2)
    });
  });

  it('leaves open the hours in which the order may have bound', () => {
    const log = logOf(issued(), listed, orderServed(order, at(1, 3)), withheld(at(0)), covered(0, 20));
    expect(ask(log, 5).timeWeighted).toMatchObject({
      numerator: hours(2),
      maybe: hours(2),
      denominator: hours(2),
      denominatorMaybe: hours(2),
    });
  });

  it('is unknown for the uncovered time of a silent pair; the end of a coverage adds none', () => {
    const log = logOf(...due(), covered(0, 4));
    expect(ask(log, 4)).toMatchObject({ timeWeighted: { unknown: 0n, denominator: hours(4) }, effective: NO });
    expect(ask(log, 6).timeWeighted).toMatchObject({ unknown: hours(2), denominator: hours(6), percent: { low: 0, high: 33.33 } });
    // An acceptance after a refusal makes it silent again, and all of its time so far with it.
    const answered = (hour: number, answer: string) => orderAnswered(order, at(hour), { answer, scope: 'all' });
    const accepted = logOf(...due(), answered(1, 'declined'), answered(3, 'accepted'));
    expect([2, 5].map((hour) => ask(accepted, hour).timeWeighted.unknown)).toEqual([0n, hours(5)]);
    // One late report makes the pair known for the time before it too.
    expect(ask(logOf(...due(), covered(0, 4), withheld(at(6))), 6).timeWeighted).toMatchObject({ unknown: 0n, numerator: 0n });
  });
});

describe('distinctTargets', () => {
  const both = (...acts: readonly Draft[]) =>
    logOf(
      ...due(),
      issued({ territory: ['PK'] }, otherOrder),
      targetListed(account, at(0), { order: otherOrder }),
      orderServed(otherOrder, at(3)),
      ...acts,
    );
  const targetsAt = (log: ReturnType<typeof both>, hour: number) => ask(log, hour, { orders: [order, otherOrder] }).distinctTargets;

  it('counts a target once, under every order that is live for it or under any', () => {
    const log = both(withheld(at(1)), until(withheld(at(4), ['PK']), 6));
    expect(targetsAt(log, 2)).toEqual({ all: YES, any: YES }); // the other order does not bind yet
    expect(targetsAt(log, 3)).toEqual({ all: NO, any: YES });
    expect(targetsAt(log, 5)).toEqual({ all: YES, any: YES });
    expect(ask(log, 5, { orders: [order, otherOrder] }).effective).toEqual(certain(2, 2, 100));
    expect(targetsAt(log, 6)).toEqual({ all: NO, any: YES });
  });

  it('is unknown where reading the unknown pairs as yes would turn it', () => {
    expect(targetsAt(both(), 5)).toEqual({ all: UNKNOWN, any: UNKNOWN });
    // Covered for the first order alone: it is no there, and unknown under the other.
    expect(targetsAt(both(covered(0, 20)), 5)).toEqual({ all: NO, any: UNKNOWN });
  });

  it('keeps two orders in step where one act serves both', () => {
    const one = withheld(at(4, 6), ['IN', 'PK']);
    const two = [withheld(at(4, 6)), withheld(at(4, 6), ['PK'])];
    expect(targetsAt(both(one), 5)).toEqual({ all: MAYBE, any: MAYBE });
    expect(targetsAt(both(...two), 5)).toEqual({ all: MAYBE, any: MAYBE });
    expect(targetsAt(both(one, lifted(at(5, 7), ['IN'], 7)), 8)).toEqual({ all: NO, any: YES });
  });
});

describe('the list', () => {
  it('that is missing takes the percentage from every figure of its order and every total', () => {
    const log = logOf(...due(), withheld(at(1)), issued({ rule: 'tr-5651-8a' }, otherOrder, at(2)));
    const { orders, total } = naiveFigures(log, {
      orders: [order, otherOrder],
      validAt: '2023-03-01T05:00:00Z',
      knownAt: log.length,
      kinds: KINDS,
    });
    const noList = { percent: null, reason: 'no_target_list' };
    for (const answer of [orders[1], total]) {
      const { effective, anyRestriction, ever, onTime, sustained, citingOrder, platformStyle, timeWeighted, distinctTargets } =
        answer ?? total;
      const all = [effective, anyRestriction, ever, onTime, sustained, citingOrder, platformStyle, timeWeighted, distinctTargets.all];
      for (const figure of all) expect(figure).toMatchObject(noList);
    }
    expect(orders[0]).toMatchObject({ effective: YES, onTime: { percent: null, reason: 'no_numeric_deadline' } });
  });

  it('is not missed once the order has ended', () => {
    const log = logOf(...due(), withheld(at(1)), issued({}, otherOrder, at(2)), orderRevoked(otherOrder, at(4, 5)));
    const totalAt = (hour: number) => ask(log, hour, { orders: [order, otherOrder] }).effective;
    expect(totalAt(4)).toMatchObject({ reason: 'no_target_list' }); // it may stand yet
    expect(totalAt(5)).toEqual(YES);
  });
});

describe('as published by a day', () => {
  const late = (publishedAt: ReturnType<typeof at> | 'undated') =>
    logOf(...due(), published(withheld(at(1)), [at(9, 12), publishedAt]), covered(0, 20));
  const by = (hour: number) => ({ reportedBy: `2023-03-01T${`${hour}`.padStart(2, '0')}:00:00Z` });

  it('leaves out what all of its sources published provably later', () => {
    const log = late(at(10));
    expect([8, 9].map((hour) => ask(log, 5, by(hour)).effective)).toEqual([NO, YES]);
    expect(ask(log, 5).effective).toEqual(YES);
  });

  it('keeps what has no source, or one that does not say when', () => {
    expect(ask(late('undated'), 5, by(1)).effective).toEqual(YES);
    expect(ask(logOf(...due(), withheld(at(1))), 5, by(1)).effective).toEqual(YES);
  });
});
