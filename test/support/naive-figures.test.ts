/** The naive evaluator on what is exact, uncertain, missing, corrected and published late: each expected figure is derived by hand. */
import { describe, expect, it } from 'vitest';
import {
  eventCorrected,
  eventRetracted,
  orderIssued,
  orderServed,
  targetListed,
  targetOf,
  targetReinstated,
  targetWithheld,
  withEvent,
} from './naive-events.ts';
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
  served,
  until,
  withheld,
  YES,
} from './naive-examples.ts';
import { naiveFigures, percentOf } from './naive-figures.ts';
import { hourText } from './random-case.ts';

describe('an exact time', () => {
  const log = logOf(...due(), withheld(at(4)), lifted(at(9), ['IN'], 4), covered(0, 20));

  it('counts at its own instant, and so does the end', () => {
    expect(ask(log, 3.5)).toMatchObject({ effective: NO, ever: NO });
    expect(ask(log, 4)).toMatchObject({ effective: YES, ever: YES });
    expect(ask(log, 8.5)).toMatchObject({ effective: YES, ever: YES });
    expect(ask(log, 9)).toMatchObject({ effective: NO, ever: YES });
  });

  it('ends a restriction at its until', () => {
    const bounded = logOf(...due(), until(withheld(at(4)), 9));
    expect(ask(bounded, 8.5).effective).toEqual(YES);
    expect(ask(bounded, 9)).toMatchObject({ effective: NO, makeUp: { notInEffect: [{ status: 'reversed_while_in_force' }] } });
  });

  it('does not call reversed what was lifted before the order bound', () => {
    const early = logOf(issued(), listed, orderServed(order, at(5)), withheld(at(1)), lifted(at(3), ['IN'], 4), covered(0, 20));
    expect(ask(early, 6).makeUp.notInEffect).toEqual([{ status: 'outstanding', responseDeclined: false, pairs: 1 }]);
  });

  it('shows what was lifted while the order stood as reversed', () => {
    expect(ask(log, 3).makeUp.notInEffect).toEqual([{ status: 'outstanding', responseDeclined: false, pairs: 1 }]);
    expect(ask(log, 9).makeUp.notInEffect).toEqual([{ status: 'reversed_while_in_force', responseDeclined: false, pairs: 1 }]);
  });
});

describe('an uncertain morning', () => {
  const log = logOf(...due(), withheld(at(6, 12)), covered(0, 20));

  it('leaves the figure open until it is over', () => {
    expect(ask(log, 5).effective).toEqual(NO);
    expect(ask(log, 6).effective).toEqual(MAYBE);
    expect(ask(log, 9).effective).toEqual(MAYBE);
    expect(ask(log, 12).effective).toEqual(YES);
    expect(ask(log, 9).makeUp).toMatchObject({ open: 1, notInEffect: [], unknown: 0 });
  });

  it('counts what is certain beside it', () => {
    const second = targetOf('account', 'synthetic-2');
    const more = [targetListed(second, at(0), { order }), targetWithheld(second, at(2), { ...citing, territory: ['IN'] })];
    const both = more.reduce(withEvent, log);
    // a = 1, b = 1 (the first possibly not), c = 2, d = 0
    expect(ask(both, 9).effective).toEqual({ ...certain(1, 2, 0), maybe: 1, percent: { low: 50, high: 100 } });
  });

  it('may be lifted within itself, never before it began', () => {
    const touching = logOf(...due(), withheld(at(6, 8)), lifted(at(5, 7), ['IN'], 4), covered(0, 20));
    expect(ask(touching, 6)).toMatchObject({ effective: MAYBE, ever: MAYBE });
    expect(ask(touching, 7)).toMatchObject({ effective: NO, ever: MAYBE }); // begun and ended by 7, perhaps in the same instant
  });

  it('keeps two of its times in step only where one event holds both', () => {
    const handedOver = logOf(...due({ territory: ['IN', 'PK'] }), withheld(at(6, 8)), withheld(at(6, 8), ['PK']), covered(0, 20));
    expect(ask(handedOver, 7).effective).toEqual(MAYBE);
    const oneLift = withEvent(handedOver, {
      ...lifted(at(9, 11), ['IN'], 4),
      data: {
        ...lifted(at(9, 11), ['IN'], 4).data,
        lifts: [
          { restriction: handedOver[3]?.id, territory: ['IN'] },
          { restriction: handedOver[4]?.id, territory: ['PK'] },
        ],
      },
    });
    expect(ask(oneLift, 8).effective).toEqual(YES);
    expect(ask(oneLift, 10).effective).toEqual(MAYBE);
    expect(ask(oneLift, 11).makeUp.notInEffect).toMatchObject([{ status: 'reversed_while_in_force' }]);
  });
});

describe('a choice of instants', () => {
  it('never has a lift before the start of anything that it lifts', () => {
    const log = logOf(...due(), withheld(at(8)), withheld(at(13)), covered(0, 20));
    const [, , , first, second] = log;
    const ends = [first, second].map((event) => ({ restriction: event?.id ?? '', territory: ['IN'] }));
    // The lift ends what began at 13, so it came at 13 or later: at 12 the first restriction certainly holds.
    expect(ask(withEvent(log, targetReinstated(account, at(10, 14), ends)), 12).effective).toEqual(YES);
    expect(ask(withEvent(log, targetReinstated(account, at(10, 14), ends.slice(0, 1))), 12).effective).toEqual(MAYBE);
  });

  it('may fall between two neighbouring ends', () => {
    const until10 = until(withheld(at(2)), 10);
    const log = logOf(issued({ expires: 11 }), listed, orderServed(order, at(10, 11)), until10);
    // Bound at 10: known, and no. Bound after 10 and before 11: silent since. Bound at 11: never live.
    expect(ask(log, 12).ever).toEqual({ ...NO, maybe: 1, denominator: 0, denominatorMaybe: 1, percent: { low: 0, high: 100 } });
  });
});

describe('a target list', () => {
  it('that is missing leaves its order and every total without a percentage', () => {
    const log = logOf(...due(), withheld(at(1)), orderIssued(otherOrder, at(2, 4), { demand: { measure: 'remove', territory: 'WORLD' } }));
    const both = (hours: number) =>
      naiveFigures(log, { orders: [order, otherOrder], validAt: hourText(hours), knownAt: log.length, kinds: KINDS });
    const noList = { percent: null, reason: 'no_target_list' };
    expect(both(1.5).total.effective).toEqual(YES);
    expect(both(2)).toMatchObject({
      orders: [{ effective: YES }, { effective: noList, ever: noList }],
      total: { effective: { ...noList, numerator: 1 } },
    });
    expect(ask(logOf(issued(), targetListed(targetOf('class', 'all'), at(0), { order }), served), 1).effective).toMatchObject(noList);
    const hashtagAlone = logOf(issued(), targetListed(targetOf('hashtag', 'h1'), at(0), { order }), served);
    expect(ask(hashtagAlone, 1).effective).toMatchObject(noList);
    expect(ask(hashtagAlone, 1, { kinds: ['hashtag'] }).effective).not.toHaveProperty('reason', 'no_target_list');
  });
});

describe('corrections', () => {
  const before = logOf(...due(), withheld(at(9)), covered(0, 20));
  const act = before[3] ?? { stream: '', id: '' };
  const moved = withEvent(before, eventCorrected(act, { changes: { occurredAt: at(4) } }));

  it('hold from their own position on, and the last one wins', () => {
    const movedBack = withEvent(moved, eventCorrected(act, { changes: { occurredAt: at(7) } }));
    expect([5, 6, 7].map((knownAt) => ask(movedBack, 5, { knownAt }).effective)).toEqual([NO, YES, NO]);
    expect(ask(movedBack, 7).effective).toEqual(YES);
  });

  it('take fields out', () => {
    const log = logOf(...due({ expires: 5 }), withheld(at(2)));
    const withoutEnd = withEvent(log, eventCorrected(log[0] ?? act, { changes: {}, removes: ['expiresAt'] }));
    expect(ask(withoutEnd, 6, { knownAt: 4 }).effective).toEqual(EMPTY);
    expect(ask(withoutEnd, 6).effective).toEqual(YES);
  });

  it('do not outlive a retraction', () => {
    const retracted = withEvent(moved, eventRetracted(act));
    expect(ask(retracted, 5, { knownAt: 6 }).effective).toEqual(YES);
    expect(ask(retracted, 5).effective).toEqual(NO);
    const withoutOrder = withEvent(moved, eventRetracted(moved[0] ?? act));
    expect(ask(withoutOrder, 5)).toMatchObject({ effective: EMPTY });
  });
});

describe('percentages', () => {
  it('are rounded half to even from the exact ratio', () => {
    const ratios = [
      [1, 800],
      [3, 800],
      [1, 3],
      [2, 3],
      [1398, 1435],
      [0, 5],
    ] as const;
    expect(ratios.map(([part, whole]) => percentOf(BigInt(part), BigInt(whole)))).toEqual([0.12, 0.38, 33.33, 66.67, 97.42, 0]);
    expect(percentOf(0n, 0n)).toBeUndefined();
  });
});
