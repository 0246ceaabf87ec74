/** The naive evaluator on deadlines: rules, deadlines that were set, stopped clocks, stays, and what is on time. */
import { describe, expect, it } from 'vitest';
import { type Draft, eventId, orderServed, targetWithdrawn, withEvent } from './naive-events.ts';
import { account, ask, at, covered, due, EMPTY, issued, listed, logOf, NO, order, until, withheld, YES } from './naive-examples.ts';
import type { LogEvent } from './naive-log.ts';
import { clockRestarted, clockStopped, deadlineSet, orderRevoked, orderStayed, stayLifted } from './naive-order-events.ts';
import { hour, hourText } from './random-case.ts';

const ANEW = 'eu-tco-3'; // an hour, which begins anew
const FOUR_HOURS = 'tr-5651-8a'; // and the rest runs on

/** When the one pair is due as at an hour, in hours; `stopped` and `none` where it has none. */
const dueAsAt = (log: readonly LogEvent[], hours: number): readonly (number | string)[] =>
  ask(log, hours).pairs.flatMap(({ due: { at: instants, canBeStopped, canBeNone } }) => [
    ...[...instants].sort((a, b) => a - b).map((instant) => (instant - hour(0).epochMilliseconds) / 3_600_000),
    ...(canBeStopped ? ['stopped'] : []),
    ...(canBeNone ? ['none'] : []),
  ]);

describe('a rule', () => {
  it('counts from receipt', () => {
    const log = logOf(issued({ rule: FOUR_HOURS }), listed, orderServed(order, at(2)), withheld(at(6)), covered(0, 20));
    expect(dueAsAt(log, 1)).toEqual(['none']); // nothing has begun to run
    expect(dueAsAt(log, 2)).toEqual([6]);
    expect(ask(log, 5.5).onTime).toEqual(EMPTY);
    expect(ask(log, 6)).toMatchObject({ onTime: YES, statuses: { in_effect_on_time: 1 } }); // at the very instant
  });

  it('is missed by whatever comes later, for good', () => {
    const log = logOf(...due({ rule: FOUR_HOURS }), withheld(at(5)), covered(0, 20));
    expect(ask(log, 3)).toMatchObject({ onTime: EMPTY, statuses: { pending: 1 } });
    expect(ask(log, 4)).toMatchObject({ onTime: NO, statuses: { overdue: 1 } });
    expect(ask(log, 5)).toMatchObject({ onTime: NO, statuses: { in_effect_late: 1 } });
  });

  it('is kept by what was in effect in time and lifted since', () => {
    expect(ask(logOf(...due({ rule: FOUR_HOURS }), until(withheld(at(1)), 2), covered(0, 20)), 9).onTime).toEqual(YES);
  });

  it('without a number of hours sets none', () => {
    expect(ask(logOf(...due()), 9).onTime).toMatchObject({ percent: null, reason: 'no_numeric_deadline' });
    expect(dueAsAt(logOf(...due()), 9)).toEqual(['none']);
  });

  it('counts from an uncertain receipt', () => {
    const log = logOf(issued({ rule: FOUR_HOURS }), listed, orderServed(order, at(1, 2)), withheld(at(5, 6)), covered(0, 20));
    expect(dueAsAt(log, 2)).toEqual([5, 5.5, 6]);
    // Due from 5 to 6, and in effect from 5 to 6: before, at or after it.
    expect(ask(log, 6).onTime).toMatchObject({ numerator: 0, maybe: 1, denominator: 1, percent: { low: 0, high: 100 } });
    const inTime = logOf(issued({ rule: FOUR_HOURS }), listed, orderServed(order, at(1, 2)), withheld(at(3, 5)), covered(0, 20));
    expect(ask(inTime, 6).onTime).toEqual(YES);
  });
});

describe('the end of what is due', () => {
  it('stays where the latest service puts it, whenever it is asked for within its extent', () => {
    const log = logOf(issued({ rule: FOUR_HOURS }), listed, orderServed(order, at(1, 3)), covered(0, 20));
    expect(dueAsAt(log, 0.5)).toEqual(['none']); // provably not served yet
    expect(dueAsAt(log, 1)).toEqual([5, 5.5, 6, 6.5, 7, 'none']);
    expect(dueAsAt(log, 2.5)).toEqual([5, 5.5, 6, 6.5, 7, 'none']);
    expect(dueAsAt(log, 3)).toEqual([5, 5.5, 6, 6.5, 7]);
  });

  it('is not moved by what had not happened yet, and goes with an order that has ended', () => {
    const log = logOf(issued({ rule: FOUR_HOURS }), listed, orderServed(order, at(1, 4)), orderRevoked(order, at(3)), covered(0, 20));
    expect(dueAsAt(log, 2)).toEqual([5, 5.5, 6, 6.5, 7, 7.5, 8, 'none']);
    expect(dueAsAt(log, 3)).toEqual(['none']);
  });

  it('is open while the clock is stopped before it began', () => {
    const stop = [clockStopped(order, at(1)), clockRestarted(order, at(2), eventId(4))];
    const log = logOf(issued({ rule: FOUR_HOURS }), listed, orderServed(order, at(1, 3)), ...stop, covered(0, 20));
    expect(dueAsAt(log, 1.5)).toEqual(['stopped', 'none']);
    expect(dueAsAt(log, 2)).toEqual([6, 6.5, 7, 'none']);
  });
});

describe('a stopped clock', () => {
  const stopped = (...more: readonly Draft[]) => logOf(...due({ rule: FOUR_HOURS }), clockStopped(order, at(1)), ...more, covered(0, 20));

  it('stands until it is restarted, and the rest runs on', () => {
    const log = stopped(clockRestarted(order, at(3), eventId(4)));
    expect(dueAsAt(log, 0.5)).toEqual([4]);
    expect(dueAsAt(log, 2)).toEqual(['stopped']);
    expect(ask(log, 2).statuses).toEqual({ tolled: 1 });
    expect(dueAsAt(log, 3)).toEqual([6]); // an hour before the stop, three after it
    expect(ask(log, 5.5).statuses).toEqual({ pending: 1 });
    expect(ask(log, 6).statuses).toEqual({ overdue: 1 });
  });

  it('begins anew where the rule says so', () => {
    const log = logOf(...due({ rule: ANEW }), clockStopped(order, at(0.5)), clockRestarted(order, at(3), eventId(4)), covered(0, 20));
    expect(dueAsAt(log, 3)).toEqual([4]);
  });

  it('changes nothing once the pair is due, that instant included', () => {
    const log = logOf(...due({ rule: FOUR_HOURS }), clockStopped(order, at(4)), covered(0, 20));
    expect(dueAsAt(log, 5)).toEqual([4]);
    expect(ask(log, 5)).toMatchObject({ onTime: NO, statuses: { overdue: 1 } });
    const before = logOf(...due({ rule: FOUR_HOURS }), clockStopped(order, at(3.5)), covered(0, 20));
    expect(ask(before, 5)).toMatchObject({ onTime: EMPTY, statuses: { tolled: 1 } });
  });

  it('that stood before anything could run delays only what is left of it', () => {
    const log = logOf(
      issued({ rule: FOUR_HOURS }),
      listed,
      orderServed(order, at(2)),
      clockStopped(order, at(1)),
      clockRestarted(order, at(3), eventId(4)),
    );
    expect(dueAsAt(log, 3)).toEqual([7]);
  });

  it('is on time for what comes into effect meanwhile', () => {
    expect(ask(stopped(withheld(at(2))), 3).statuses).toEqual({ in_effect_on_time: 1 });
  });

  it('of an uncertain hour leaves open when the pair is due', () => {
    // Stopped for one to three hours: due between 5 and 7.
    const log = logOf(...due({ rule: FOUR_HOURS }), clockStopped(order, at(1, 2)), clockRestarted(order, at(3, 4), eventId(4)));
    expect(dueAsAt(log, 4)).toEqual([5, 5.5, 6, 6.5, 7]);
  });
});

describe('a stay', () => {
  it('stops the clock as well, and never begins it anew', () => {
    const log = logOf(...due({ rule: ANEW }), orderStayed(order, at(0.5)), stayLifted(order, at(3), eventId(4)));
    expect(dueAsAt(log, 2)).toEqual(['stopped']);
    expect(dueAsAt(log, 3)).toEqual([3.5]);
    expect(dueAsAt(logOf(...due({ rule: FOUR_HOURS }), orderStayed(order, at(1), hourText(3))), 4)).toEqual([6]);
  });

  it('and a stop together count once', () => {
    const log = logOf(
      ...due({ rule: FOUR_HOURS }),
      orderStayed(order, at(1)),
      stayLifted(order, at(3), eventId(4)),
      clockStopped(order, at(2)),
      clockRestarted(order, at(5), eventId(6)),
    );
    // Standing from 1 to 5: an hour before, three hours after.
    expect(dueAsAt(log, 5)).toEqual([8]);
  });
});

describe('an uncertain stop before a stay', () => {
  it('leaves open how much is left after the stay', () => {
    const stopped = [clockStopped(order, at(1, 2)), clockRestarted(order, at(2), eventId(4))];
    const log = logOf(...due({ rule: FOUR_HOURS }), ...stopped, orderStayed(order, at(4)), stayLifted(order, at(5), eventId(6)));
    // Stopped for an hour at most. Not at all: due at 4, when the stay begins. Else up to an hour is left at 4, and runs from 5.
    expect(dueAsAt(log, 5)).toEqual([4, 5.5, 6]);
    expect(ask(log, 5.5).onTime).toMatchObject({ denominator: 0, denominatorMaybe: 1, maybe: 1 });
  });
});

describe('a deadline that was set', () => {
  it('overrides the rule from when it was set, and nothing moves it', () => {
    const log = logOf(...due({ rule: FOUR_HOURS }), deadlineSet(order, at(2), hourText(9)), clockStopped(order, at(1)), covered(0, 20));
    expect(dueAsAt(log, 1.5)).toEqual(['stopped']);
    expect(dueAsAt(log, 2)).toEqual([9]);
    expect(ask(log, 3).statuses).toEqual({ pending: 1 }); // not tolled: it comes from no rule
    expect(ask(log, 9)).toMatchObject({ onTime: NO, statuses: { overdue: 1 } });
  });

  it('gives way to a later one', () => {
    const log = logOf(
      ...due(),
      deadlineSet(order, at(5), hourText(7)),
      deadlineSet(order, at(2), hourText(4)),
      withheld(at(6)),
      covered(0, 20),
    );
    expect([3, 4.5, 5].map((hours) => dueAsAt(log, hours)[0])).toEqual([4, 4, 7]);
    expect(ask(log, 4.5)).toMatchObject({ onTime: NO, statuses: { overdue: 1 } });
    expect(ask(log, 7)).toMatchObject({ onTime: YES, statuses: { in_effect_on_time: 1 } });
  });

  it('binds nobody who is not bound', () => {
    const log = logOf(issued(), listed, orderServed(order, at(6)), deadlineSet(order, at(2), hourText(4)), withheld(at(6)), covered(0, 20));
    expect(ask(log, 7)).toMatchObject({ onTime: EMPTY, statuses: { in_effect_late: 1 } });
  });
});

describe('what ended before it was due', () => {
  it('is due no longer, and in no figure of it', () => {
    const log = logOf(...due({ rule: FOUR_HOURS }), targetWithdrawn(account, at(3), order), covered(0, 20));
    expect([2.5, 3, 5].map((hours) => dueAsAt(log, hours)[0])).toEqual([4, 'none', 'none']);
    expect(ask(log, 5).onTime).toEqual(EMPTY);
    const after = logOf(...due({ rule: FOUR_HOURS }), targetWithdrawn(account, at(4), order), withheld(at(3)), covered(0, 20));
    expect(dueAsAt(after, 5)).toEqual([4]);
    // At the due instant itself the pair had left already.
    expect(ask(after, 5).onTime).toEqual(EMPTY);
  });
});

describe('a tolerance', () => {
  it('stands in for hours that no rule sets, and changes no status', () => {
    const log = logOf(...due(), withheld(at(4)), covered(0, 20));
    expect(ask(log, 5, { tolerance: 'PT3H' })).toMatchObject({ onTime: NO, statuses: { in_effect: 1 } });
    expect(ask(log, 5, { tolerance: 'PT4H' }).onTime).toEqual(YES);
    expect(ask(logOf(...due({ rule: FOUR_HOURS }), withheld(at(4)), covered(0, 20)), 5, { tolerance: 'PT1H' }).onTime).toEqual(YES);
  });

  it('counts from issue where the rule does', () => {
    const log = logOf(issued({ rule: 'us-order' }), listed, orderServed(order, at(2)), withheld(at(4)), covered(0, 20));
    expect(ask(log, 6, { tolerance: 'PT3H' }).onTime).toEqual(NO);
    // Over before the order was served: nothing was live then.
    expect(ask(log, 6, { tolerance: 'PT1H' }).onTime).toEqual(EMPTY);
  });

  it('runs on after a stop, whatever the rule', () => {
    const log = logOf(...due(), clockStopped(order, at(1)), clockRestarted(order, at(3), eventId(4)), withheld(at(6)), covered(0, 20));
    expect(ask(log, 6, { tolerance: 'PT4H' }).onTime).toEqual(YES);
    expect(ask(withEvent(log, clockStopped(order, at(4))), 9, { tolerance: 'PT4H' }).onTime).toEqual(EMPTY);
  });
});

describe('silence up to the due instant', () => {
  it('is unknown, unless the whole of it is covered', () => {
    const log = (to: number) => logOf(...due({ rule: FOUR_HOURS }), covered(0, to));
    expect(ask(log(4), 9).onTime).toEqual(NO); // complete to 4, it covers 4
    expect(ask(log(3), 9).onTime).toMatchObject({ unknown: 1, numerator: 0, denominator: 1 });
    // A report that comes later makes the pair known for the time before.
    expect(ask(withEvent(log(3), withheld(at(8))), 9).onTime).toEqual(NO);
    expect(ask(withEvent(log(3), withheld(at(8))), 7).onTime).toMatchObject({ unknown: 1 });
  });
});
