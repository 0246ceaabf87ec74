/** The naive evaluator on the life of an order: when it binds, what ends or stays it, how it was answered, what silence means. */
import { describe, expect, it } from 'vitest';
import {
  eventId,
  orderIssued,
  orderServed,
  targetBlocked,
  targetDeclined,
  targetGone,
  targetListed,
  targetWithdrawn,
  withEvent,
} from './naive-events.ts';
import { orderAnswered, orderRevoked, orderStayed, stayLifted } from './naive-order-events.ts';
import { hourText } from './random-case.ts';

const hours = (count: number): bigint => BigInt(count) * 3_600_000n;

import {
  account,
  ask,
  at,
  covered,
  due,
  EMPTY,
  issued,
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

describe('what binds', () => {
  it('is the later of issue, first receipt and receipt of the list', () => {
    const late = logOf(
      issued(),
      targetListed(account, at(1), { order, receivedAt: at(5) }),
      orderServed(order, at(7)),
      orderServed(order, at(3)),
    );
    expect(ask(late, 4)).toMatchObject({ effective: EMPTY, apart: { not_yet_binding: 1 } });
    expect(ask(late, 5).effective).toEqual(UNKNOWN);
  });

  it('is not before an issue that is itself uncertain', () => {
    const issue = orderIssued(order, at(2, 5), { demand: { measure: 'limit', territory: 'WORLD' } });
    const log = logOf(issue, targetListed(account, at(2), { order }), orderServed(order, at(3)), covered(0, 20));
    expect(ask(log, 2)).toMatchObject({ outOpen: 0, apart: { not_yet_binding: 1 } });
    expect(ask(log, 4)).toMatchObject({ outOpen: 1, effective: { denominator: 0, denominatorMaybe: 1 } });
    expect(ask(log, 5)).toMatchObject({ outOpen: 0, effective: NO });
  });

  it('is nothing without service', () => {
    expect(ask(logOf(issued(), listed), 9)).toMatchObject({ effective: EMPTY, apart: { not_yet_binding: 1 } });
  });

  it('is open while the service is', () => {
    const log = logOf(issued(), listed, orderServed(order, at(2, 5)), withheld(at(1)));
    const open = { numerator: 0, maybe: 1, unknown: 0, denominator: 0, denominatorMaybe: 1, percent: { low: 100, high: 100 } };
    expect(ask(log, 3)).toMatchObject({ effective: open, ever: open, outOpen: 1 });
    expect(ask(log, 5)).toMatchObject({ effective: YES, outOpen: 0, makeUp: { inEffect: { citing_order: 1 } } });
  });

  it('ends when the order does', () => {
    const log = logOf(...due({ expires: 10 }), withheld(at(4)), covered(0, 20));
    expect(ask(log, 9.5)).toMatchObject({ effective: YES, ever: YES });
    expect(ask(log, 10)).toMatchObject({ effective: EMPTY, ever: YES, apart: { expired: 1 } });
  });

  it('is not met by what came after the end', () => {
    expect(ask(logOf(...due({ expires: 10 }), withheld(at(10)), covered(0, 20)), 12).ever).toEqual(NO);
    expect(ask(logOf(...due({ expires: 10 }), withheld(at(9, 11)), covered(0, 20)), 12).ever).toEqual(MAYBE);
  });
});

describe('silence', () => {
  it('is unknown, and no under a complete coverage, its end included', () => {
    const log = logOf(...due(), covered(0, 8));
    expect(ask(logOf(...due()), 4)).toMatchObject({ effective: UNKNOWN, ever: UNKNOWN, makeUp: { unknown: 1 } });
    expect(ask(log, 8)).toMatchObject({ effective: NO, ever: NO, makeUp: { unknown: 0 } });
    expect(ask(log, 8.5)).toMatchObject({ effective: UNKNOWN, ever: UNKNOWN });
  });

  it('follows the declaration recorded last', () => {
    const log = logOf(...due(), covered(0, 8), covered(3, 5, 'partial'));
    expect(ask(log, 2)).toMatchObject({ effective: NO, ever: NO });
    expect(ask(log, 4)).toMatchObject({ effective: UNKNOWN, ever: UNKNOWN });
    expect(ask(log, 6)).toMatchObject({ effective: NO, ever: UNKNOWN });
  });

  it('is broken by a refusal and by one late report', () => {
    expect(ask(logOf(...due(), targetDeclined(account, at(3), [order])), 2).effective).toEqual(UNKNOWN);
    expect(ask(logOf(...due(), targetDeclined(account, at(3), [order])), 3)).toMatchObject({
      effective: NO,
      makeUp: { notInEffect: [{ status: 'declined', responseDeclined: true, pairs: 1 }] },
    });
    expect(ask(logOf(...due(), targetDeclined(account, at(3), [otherOrder])), 3).effective).toEqual(UNKNOWN);
    expect(ask(logOf(...due(), withheld(at(3)), lifted(at(4), ['IN'], 4)), 6).effective).toEqual(NO);
  });

  it('begins where the order binds: what can have ended just then still breaks it', () => {
    const endedAt = (end: number) => logOf(issued(), listed, orderServed(order, at(5)), until(withheld(at(2)), end));
    expect(ask(endedAt(5), 6).effective).toEqual(NO);
    expect(ask(endedAt(4), 6).effective).toEqual(UNKNOWN);
  });

  it('is possible from the first instant at which the order can have bound after the last report', () => {
    const early = targetBlocked(account, at(0), { orders: [], basis: 'platform_rules', measure: 'suspended' });
    const log = logOf(issued(), orderServed(order, at(0)), targetListed(account, at(1, 3), { order }), early, lifted(at(2), 'WORLD', 4));
    // Bound by 2: it was restricted then, so no. Bound after 2: nothing was reported since.
    expect(ask(log, 2).effective).toMatchObject({ maybe: 0, denominatorMaybe: 1, percent: { low: 0, high: 0 } });
    expect(ask(log, 2.5).effective).toMatchObject({ maybe: 1, denominatorMaybe: 1, percent: { low: 0, high: 100 } });
  });

  it('can itself be uncertain', () => {
    const log = logOf(issued(), listed, orderServed(order, at(2, 5)), withheld(at(1)), lifted(at(2), ['IN'], 4));
    // Bound at 2 the pair is known, and not in effect; bound later nothing was reported since.
    expect(ask(log, 5).effective).toEqual({ ...NO, maybe: 1, percent: { low: 0, high: 100 } });
    expect(ask(log, 5).makeUp.open).toBe(1);
  });
});

describe('a stay', () => {
  it('takes the pair out until it is lifted', () => {
    const log = logOf(...due(), withheld(at(1)), orderStayed(order, at(4)), stayLifted(order, at(8), eventId(5)), covered(0, 20));
    expect(ask(log, 3.5).effective).toEqual(YES);
    expect(ask(log, 4)).toMatchObject({ effective: EMPTY, apart: { suspended_by_stay: 1 }, statuses: { suspended_by_stay: 1 } });
    expect(ask(log, 8).effective).toEqual(YES);
    expect(ask(log, 4)).toMatchObject({ ever: YES, platformStyle: YES });
  });

  it('ends at its until, or when it is lifted before that', () => {
    const bounded = logOf(...due(), orderStayed(order, at(4), hourText(6)), covered(0, 20));
    expect([5.5, 6].map((hours) => ask(bounded, hours).effective)).toEqual([EMPTY, NO]);
    const early = withEvent(bounded, stayLifted(order, at(5), eventId(4)));
    expect([4.5, 5].map((hours) => ask(early, hours).effective)).toEqual([EMPTY, NO]);
  });

  it('is open while its start is', () => {
    const log = logOf(...due(), withheld(at(1)), orderStayed(order, at(4, 6)), covered(0, 20));
    // Stayed by 5 or not: outside, or inside and in effect.
    expect(ask(log, 5)).toMatchObject({
      outOpen: 1,
      effective: { denominator: 0, denominatorMaybe: 1, maybe: 1, percent: { low: 100, high: 100 } },
    });
  });

  it('is not lifted before it begins', () => {
    const log = logOf(...due(), orderStayed(order, at(4, 6)), stayLifted(order, at(5, 7), eventId(4)), covered(0, 20));
    expect(ask(log, 4).outOpen).toBe(1);
    expect(ask(log, 7)).toMatchObject({ outOpen: 0, effective: NO });
  });
});

describe('an order ends for a pair', () => {
  it.each([
    ['revoked', orderRevoked(order, at(6))],
    ['withdrawn', targetWithdrawn(account, at(6), order)],
  ] as const)('when it is %s', (why, ending) => {
    const log = logOf(...due(), withheld(at(2)), ending, covered(0, 20));
    expect(ask(log, 5.5).effective).toEqual(YES);
    expect(ask(log, 6)).toMatchObject({ effective: EMPTY, ever: YES, platformStyle: YES, apart: { [why]: 1 } });
    // From binding at 0 to the end at 6, not in effect up to 2: four hours of six.
    expect(ask(log, 9).timeWeighted).toMatchObject({ numerator: hours(4), denominator: hours(6), percent: { low: 66.67, high: 66.67 } });
  });

  it('certainly, when either of two uncertain ends has come', () => {
    const log = logOf(...due(), orderRevoked(order, at(4, 6)), targetWithdrawn(account, at(5, 7), order), covered(0, 20));
    expect(ask(log, 5)).toMatchObject({ outOpen: 1, apart: {} });
    // Revoked by 6 for certain, and perhaps withdrawn before: the first that applies is withdrawn.
    expect(ask(log, 6)).toMatchObject({ outOpen: 0, apart: { undetermined: 1 } });
    expect(ask(log, 7)).toMatchObject({ apart: { withdrawn: 1 } });
  });

  it('but leaves it unbound if it was never served', () => {
    const log = logOf(issued(), listed, orderRevoked(order, at(3)));
    expect(ask(log, 5)).toMatchObject({ apart: { not_yet_binding: 1 }, statuses: { not_yet_binding: 1 } });
  });
});

describe('a target that is gone', () => {
  it('is outside unless the order is satisfied', () => {
    const log = logOf(...due(), targetGone(account, at(3)), withheld(at(5)), covered(0, 20));
    expect(ask(log, 2.5).effective).toEqual(NO);
    expect(ask(log, 3)).toMatchObject({ effective: EMPTY, apart: { target_gone: 1 }, statuses: { target_gone: 1 }, ever: NO });
    expect(ask(log, 5)).toMatchObject({ effective: YES, ever: YES });
  });

  it('may be, where satisfaction is open', () => {
    const log = logOf(...due(), targetGone(account, at(3)), withheld(at(2), 'UNSTATED'));
    // If the unstated place is India the pair is satisfied and counts, else it is gone.
    expect(ask(log, 4)).toMatchObject({ outOpen: 1, effective: { denominatorMaybe: 1, maybe: 1, percent: { low: 100, high: 100 } } });
  });
});

describe('a response', () => {
  const answered = (occurred: number, answer: string, scope = 'all') => orderAnswered(order, at(occurred), { answer, scope });

  it('for the whole order declines for each pair, and for some of it for none', () => {
    expect(ask(logOf(...due(), answered(3, 'declined')), 3)).toMatchObject({ effective: NO, statuses: { declined: 1 } });
    expect(ask(logOf(...due(), answered(3, 'declined', 'some')), 3)).toMatchObject({ effective: UNKNOWN, statuses: { unknown: 1 } });
    expect(ask(logOf(...due(), answered(3, 'partly_declined')), 3).effective).toEqual(UNKNOWN);
  });

  it('is the last one given by then, whatever was recorded first', () => {
    const log = logOf(...due(), answered(6, 'accepted'), targetDeclined(account, at(3), [order]), answered(4, 'acknowledged'));
    expect([2, 3, 5].map((hours) => ask(log, hours).effective)).toEqual([UNKNOWN, NO, NO]);
    // Accepted since, and nothing reported: silence again.
    expect(ask(log, 6).effective).toEqual(UNKNOWN);
  });

  it('is the one with the latest end where times overlap, then the one recorded last', () => {
    const wide = logOf(
      ...due(),
      orderAnswered(order, at(2, 6), { answer: 'accepted', scope: 'all' }),
      targetDeclined(account, at(3, 5), [order]),
    );
    // At 6 both have happened, and the acceptance reaches later. At 4 the refusal may stand alone, or neither may have happened.
    expect(ask(wide, 6).effective).toEqual(UNKNOWN);
    expect(ask(wide, 4).effective).toEqual(MAYBE);
    const alike = logOf(...due(), answered(3, 'accepted'), targetDeclined(account, at(3), [order]));
    expect(ask(alike, 4).effective).toEqual(NO);
  });
});
