import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  coverageDeclared,
  type Draft,
  eventCorrected,
  eventId,
  eventRetracted,
  extentText,
  instantText,
  orderId,
  orderIssued,
  orderServed,
  type StoredExtent,
  targetBlocked,
  targetDeclined,
  targetListed,
  targetOf,
  targetReinstated,
  targetWithheld,
  withEvent,
} from './naive-events.ts';
import { type NaiveAnswer, naiveFigures, percentOf } from './naive-figures.ts';
import type { LogEvent, NaiveTerritory } from './naive-log.ts';
import { ALL_KINDS, hourText, plainLogOf, randomCase, randomLog, randomQuestion, storedExtent } from './random-case.ts';

const [order, otherOrder] = [orderId(0), orderId(1)] as const;
const account = targetOf('account', 'synthetic-1');
const KINDS = ['account', 'post', 'url'];

const at = (earliest: number, latest = earliest): StoredExtent => storedExtent({ earliest, latest });
const logOf = (...drafts: readonly Draft[]): readonly LogEvent[] => drafts.reduce(withEvent, []);
const issued = (demand: { readonly measure?: string; readonly territory?: NaiveTerritory; readonly expires?: number } = {}): Draft =>
  orderIssued(order, at(0), {
    demand: { measure: demand.measure ?? 'disable_access', territory: demand.territory ?? ['IN'] },
    ...(demand.expires !== undefined && { expiresAt: hourText(demand.expires) }),
  });
const served = orderServed(order, at(0));
const listed = targetListed(account, at(0), { order });
/** Issued, listed and served at hour 0: from then on the one account is due. */
const due = (demand?: Parameters<typeof issued>[0]): readonly Draft[] => [issued(demand), listed, served];
const citing = { orders: [order], basis: 'legal_order' };
const withheld = (occurred: StoredExtent, territory: NaiveTerritory = ['IN']): Draft =>
  targetWithheld(account, occurred, { ...citing, territory });
const covered = (from: number, to: number, completeness = 'complete'): Draft =>
  coverageDeclared(order, at(to), { from: hourText(from), to: hourText(to), completeness });
/** Ends what stands at these positions of the log. */
const lifted = (occurred: StoredExtent, territory: NaiveTerritory, ...positions: readonly number[]): Draft =>
  targetReinstated(
    account,
    occurred,
    positions.map((position) => ({ restriction: eventId(position), territory })),
  );

/** A long log at once: `withEvent` looks through the whole log for each event. */
const numbered = (drafts: readonly Draft[]): readonly LogEvent[] => {
  const revisions = new Map<string, number>();
  return drafts.map((draft, index) => {
    const revision = revisions.get(draft.stream) ?? 0;
    revisions.set(draft.stream, revision + 1);
    return { ...draft, position: index + 1, id: eventId(index + 1), revision, recordedAt: '2021-06-01T00:00:00.000Z' };
  });
};

const ask = (log: readonly LogEvent[], hours: number, knownAt = log.length): NaiveAnswer =>
  naiveFigures(log, { orders: [order], validAt: hourText(hours), knownAt, kinds: KINDS }).total;

const certain = (numerator: number, denominator: number, percent: number) => ({
  numerator,
  maybe: 0,
  unknown: 0,
  denominator,
  denominatorMaybe: 0,
  percent: { low: percent, high: percent },
});
const YES = certain(1, 1, 100);
const NO = certain(0, 1, 0);
const UNKNOWN = { ...NO, unknown: 1, percent: { low: 0, high: 100 } };
const MAYBE = { ...NO, maybe: 1, percent: { low: 0, high: 100 } };
const EMPTY = { ...NO, denominator: 0, percent: null, reason: 'empty_population' };

describe('an exact time', () => {
  const log = logOf(...due(), withheld(at(4)), lifted(at(9), ['IN'], 4), covered(0, 20));

  it('counts at its own instant, and so does the end', () => {
    expect(ask(log, 3.5)).toMatchObject({ effective: NO, ever: NO });
    expect(ask(log, 4)).toMatchObject({ effective: YES, ever: YES });
    expect(ask(log, 8.5)).toMatchObject({ effective: YES, ever: YES });
    expect(ask(log, 9)).toMatchObject({ effective: NO, ever: YES });
  });

  it('ends a restriction at its until', () => {
    const until = { ...withheld(at(4)), data: { ...withheld(at(4)).data, until: hourText(9) } };
    const bounded = logOf(...due(), until);
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
    const until10 = { ...withheld(at(2)), data: { ...withheld(at(2)).data, until: hourText(10) } };
    const log = logOf(issued({ expires: 11 }), listed, orderServed(order, at(10, 11)), until10);
    // Bound at 10: known, and no. Bound after 10 and before 11: silent since. Bound at 11: never live.
    expect(ask(log, 12).ever).toEqual({ ...NO, maybe: 1, denominator: 0, denominatorMaybe: 1, percent: { low: 0, high: 100 } });
  });
});

describe('what binds', () => {
  it('is the later of issue, first receipt and receipt of the list', () => {
    const late = logOf(
      issued(),
      targetListed(account, at(1), { order, receivedAt: at(5) }),
      orderServed(order, at(7)),
      orderServed(order, at(3)),
    );
    expect(ask(late, 4)).toMatchObject({ effective: EMPTY, apart: { not_yet_binding: 1, order_ended: 0 } });
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
    expect(ask(log, 3)).toMatchObject({ effective: open, ever: open, outOpen: 1, apart: { not_yet_binding: 0, order_ended: 0 } });
    expect(ask(log, 5)).toMatchObject({ effective: YES, outOpen: 0, makeUp: { inEffect: { citing_order: 1 } } });
  });

  it('ends when the order does', () => {
    const log = logOf(...due({ expires: 10 }), withheld(at(4)), covered(0, 20));
    expect(ask(log, 9.5)).toMatchObject({ effective: YES, ever: YES });
    expect(ask(log, 10)).toMatchObject({ effective: EMPTY, ever: YES, apart: { not_yet_binding: 0, order_ended: 1 } });
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
    const until = (end: number) =>
      logOf(issued(), listed, orderServed(order, at(5)), { ...withheld(at(2)), data: { ...withheld(at(2)).data, until: hourText(end) } });
    expect(ask(until(5), 6).effective).toEqual(NO);
    expect(ask(until(4), 6).effective).toEqual(UNKNOWN);
  });

  it('can itself be uncertain', () => {
    const log = logOf(issued(), listed, orderServed(order, at(2, 5)), withheld(at(1)), lifted(at(2), ['IN'], 4));
    // Bound at 2 the pair is known, and not in effect; bound later nothing was reported since.
    expect(ask(log, 5).effective).toEqual({ ...NO, maybe: 1, percent: { low: 0, high: 100 } });
    expect(ask(log, 5).makeUp.open).toBe(1);
  });
});

describe('territory and measure', () => {
  const block = targetBlocked(account, at(4), { ...citing, measure: 'suspended' });

  it('of an unstated place may be enough', () => {
    expect(ask(logOf(...due(), withheld(at(4), 'UNSTATED')), 5)).toMatchObject({ effective: MAYBE, ever: MAYBE, makeUp: { open: 1 } });
    const gone = logOf(...due(), withheld(at(4), 'UNSTATED'), lifted(at(6), ['PK'], 4));
    expect(ask(gone, 6)).toMatchObject({ effective: NO, makeUp: { notInEffect: [{ status: 'undetermined', responseDeclined: false }] } });
  });

  it('for an order that states no place: the world is, a country may be', () => {
    expect(ask(logOf(...due({ territory: 'UNSTATED' }), block), 5).effective).toEqual(YES);
    expect(ask(logOf(...due({ territory: 'UNSTATED' }), withheld(at(4))), 5).effective).toEqual(MAYBE);
  });

  it('of one country does not meet a demand for the world', () => {
    expect(ask(logOf(...due({ territory: 'WORLD' }), withheld(at(4))), 5)).toMatchObject({
      effective: NO,
      makeUp: { notInEffect: [{ status: 'insufficient_territory', responseDeclined: false, pairs: 1 }] },
    });
  });

  it('of a block that was lifted in one country remains everywhere else', () => {
    const partly = [block, lifted(at(6), ['IN'], 4)];
    expect(ask(logOf(...due(), ...partly), 6).makeUp.notInEffect).toMatchObject([{ status: 'reversed_while_in_force' }]);
    expect(ask(logOf(...due({ territory: ['PK'] }), ...partly), 6).effective).toEqual(YES);
    expect(ask(logOf(...due({ territory: 'WORLD' }), ...partly), 6).effective).toEqual(NO);
    expect(ask(logOf(...due({ territory: 'UNSTATED' }), ...partly), 6).effective).toEqual(MAYBE);
    expect(ask(logOf(...due({ territory: 'WORLD' }), ...partly, withheld(at(7))), 7).effective).toEqual(YES);
  });

  it('of a withhold that was lifted in one of two countries is one still in force', () => {
    const log = logOf(
      ...due({ territory: ['IN', 'PK'] }),
      withheld(at(4), ['PK']),
      lifted(at(5), 'WORLD', 4),
      withheld(at(6), ['IN', 'PK']),
    );
    expect(ask(log, 6).effective).toEqual(YES);
    const half = withEvent(log, { ...lifted(at(7), ['PK'], 6) });
    expect(ask(half, 7).makeUp.notInEffect).toMatchObject([{ status: 'reversed_while_in_force' }]);
  });

  it('of too weak a measure is not enough, and of an unstated demand may be', () => {
    expect(ask(logOf(...due({ measure: 'remove' }), withheld(at(4))), 5).makeUp.notInEffect).toMatchObject([
      { status: 'insufficient_measure' },
    ]);
    expect(ask(logOf(...due({ measure: 'remove' }), block), 5).effective).toEqual(YES);
    expect(ask(logOf(...due({ measure: 'unstated' }), block), 5).effective).toEqual(MAYBE);
  });
});

describe('the make-up', () => {
  const act = (occurred: StoredExtent, basis: string, orders: readonly string[]) =>
    targetWithheld(account, occurred, { basis, orders, territory: ['IN'] });
  const bound = [issued(), listed, orderServed(order, at(3))];
  const classAt6 = (...acts: readonly Draft[]) =>
    Object.entries(ask(logOf(...bound, ...acts), 6).makeUp.inEffect).flatMap(([name, pairs]) => (pairs > 0 ? [name] : []));

  it('says what was cited, first match', () => {
    expect(classAt6(act(at(1), 'legal_order', [order]))).toEqual(['citing_order']);
    expect(classAt6(act(at(1), 'platform_rules', [order]))).toEqual(['preexisting']);
    expect(classAt6(act(at(3), 'platform_rules', []))).toEqual(['platform_rules']);
    expect(classAt6(act(at(1), 'platform_rules', []), act(at(4), 'legal_order', [otherOrder]))).toEqual(['other_order']);
    expect(classAt6(act(at(4), 'unstated', []))).toEqual(['unstated']);
  });

  it('is undetermined where the two readings differ', () => {
    expect(classAt6(act(at(4), 'unstated', []), act(at(5, 7), 'legal_order', [order]))).toEqual(['undetermined']);
  });

  it('calls preexisting only what provably was', () => {
    expect(classAt6(act(at(2, 4), 'platform_rules', []))).toEqual(['platform_rules']);
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
    expect(ask(logOf(issued(), targetListed(targetOf('hashtag', 'h1'), at(0), { order }), served), 1).effective).toEqual(EMPTY);
  });
});

describe('corrections', () => {
  const before = logOf(...due(), withheld(at(9)), covered(0, 20));
  const act = before[3] ?? { stream: '', id: '' };
  const moved = withEvent(before, eventCorrected(act, { changes: { occurredAt: at(4) } }));

  it('hold from their own position on, and the last one wins', () => {
    const movedBack = withEvent(moved, eventCorrected(act, { changes: { occurredAt: at(7) } }));
    expect([5, 6, 7].map((knownAt) => ask(movedBack, 5, knownAt).effective)).toEqual([NO, YES, NO]);
    expect(ask(movedBack, 7).effective).toEqual(YES);
  });

  it('take fields out', () => {
    const log = logOf(...due({ expires: 5 }), withheld(at(2)));
    const withoutEnd = withEvent(log, eventCorrected(log[0] ?? act, { changes: {}, removes: ['expiresAt'] }));
    expect(ask(withoutEnd, 6, 4).effective).toEqual(EMPTY);
    expect(ask(withoutEnd, 6).effective).toEqual(YES);
  });

  it('do not outlive a retraction', () => {
    const retracted = withEvent(moved, eventRetracted(act));
    expect(ask(retracted, 5, 6).effective).toEqual(YES);
    expect(ask(retracted, 5).effective).toEqual(NO);
    const withoutOrder = withEvent(moved, eventRetracted(moved[0] ?? act));
    expect(ask(withoutOrder, 5)).toMatchObject({ effective: EMPTY, apart: { not_yet_binding: 0 } });
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
    expect(ratios.map(([part, whole]) => percentOf(part, whole))).toEqual([0.12, 0.38, 33.33, 66.67, 97.42, 0]);
    expect(percentOf(0, 0)).toBeUndefined();
  });
});

/** the domain's rules, whole, as far as its event types exist: H1 is listed and never limited. */
describe('golden scenario S1', () => {
  const ist = (local: string) => Temporal.PlainDateTime.from(`2021-${local}`).toZonedDateTime('Asia/Kolkata').toInstant();
  const when = (local: string) => extentText(ist(local), ist(local));
  const accounts = (prefix: string, digits: number, from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) =>
      targetOf('account', `synthetic-${prefix}-${`${from + index}`.padStart(digits, '0')}`),
    );
  const o1 = (from: number, to: number) => accounts('o1', 3, from, to);
  const o2 = (from: number, to: number) => accounts('o2', 4, from, to);
  const [first, second] = [orderId(1), orderId(2)] as const;
  const w = (id: string, local: string) => (target: typeof account) =>
    targetWithheld(target, when(local), { basis: 'legal_order', orders: [id], territory: ['IN'] });
  const s = (local: string) => (target: typeof account) =>
    targetBlocked(target, when(local), { basis: 'platform_rules', orders: [], measure: 'suspended' });
  const demand = { measure: 'disable_access', territory: ['IN'] };
  const complete = (id: string, from: string) =>
    coverageDeclared(id, when('02-13T00:00'), {
      from: instantText(ist(from)),
      to: instantText(ist('02-13T00:00')),
      completeness: 'complete',
    });

  const firstWithholds = o1(1, 250).map(w(first, '02-01T14:00'));
  const opening = [
    orderIssued(first, when('01-31T12:00'), { demand }),
    ...[...o1(1, 257), targetOf('hashtag', 'synthetic-h1')].map((target) => targetListed(target, when('01-31T12:00'), { order: first })),
    orderServed(first, when('01-31T12:00')),
  ];
  const restrictionIds = numbered([...opening, ...firstWithholds]).slice(opening.length);
  const drafts: readonly Draft[] = [
    ...opening,
    ...firstWithholds,
    ...o1(1, 250).map((target, index) =>
      targetReinstated(target, when('02-01T19:50'), [{ restriction: restrictionIds[index]?.id ?? '', territory: ['IN'] }]),
    ),
    orderIssued(second, when('02-04T12:00'), { demand }),
    ...o2(1, 1178).map((target) => targetListed(target, when('02-04T12:00'), { order: second })),
    orderServed(second, when('02-04T12:00')),
    ...o1(1, 3).map(s('02-05T10:00')),
    ...o1(4, 126).map(w(first, '02-10T10:00')),
    ...o2(1, 510).map(s('02-10T10:00')),
    ...o2(511, 583).map(w(second, '02-10T10:00')),
    ...o1(214, 250).map((target) => targetDeclined(target, when('02-10T10:00'), [first])),
    ...o1(127, 213).map(w(first, '02-12T09:00')),
    ...o1(251, 257).map(w(first, '02-12T09:00')),
    ...o2(584, 1178).map(w(second, '02-12T09:00')),
    complete(first, '01-31T12:00'),
    complete(second, '02-04T12:00'),
  ];
  const log = numbered(drafts);

  const s1 = (local: string, kinds: readonly string[] = KINDS) =>
    naiveFigures(log, { orders: [first, second], validAt: instantText(ist(local)), knownAt: log.length, kinds });

  it.each([
    ['02-01T13:59', certain(0, 257, 0), EMPTY, certain(0, 257, 0)],
    ['02-01T14:00', certain(250, 257, 97.28), EMPTY, certain(250, 257, 97.28)],
    ['02-01T19:49', certain(250, 257, 97.28), EMPTY, certain(250, 257, 97.28)],
    ['02-01T19:50', certain(0, 257, 0), EMPTY, certain(250, 257, 97.28)],
    ['02-05T10:00', certain(3, 257, 1.17), certain(0, 1178, 0), certain(250, 1435, 17.42)],
    ['02-10T12:19', certain(126, 257, 49.03), certain(583, 1178, 49.49), certain(833, 1435, 58.05)],
    ['02-12T09:00', certain(220, 257, 85.6), certain(1178, 1178, 100), certain(1435, 1435, 100)],
  ])('at %s', (local, ofFirst, ofSecond, everSoFar) => {
    const { orders, total } = s1(local);
    expect(orders.map(({ effective }) => effective)).toEqual([ofFirst, ofSecond]);
    expect(total.ever).toEqual(everSoFar);
    expect(total.effective.numerator).toBe(ofFirst.numerator + ofSecond.numerator);
  });

  it('shows in its totals and make-up what the plan says', () => {
    expect(s1('01-31T11:59').total).toMatchObject({ effective: EMPTY, apart: { not_yet_binding: 257 + 1178 } });
    expect(s1('02-10T12:19').total.effective).toEqual(certain(709, 1435, 49.41));
    expect(s1('02-12T09:00').total).toMatchObject({
      effective: certain(1398, 1435, 97.42),
      makeUp: {
        inEffect: { citing_order: 885, preexisting: 0, other_order: 0, platform_rules: 513, unstated: 0, undetermined: 0 },
        notInEffect: [{ status: 'reversed_while_in_force', responseDeclined: true, pairs: 37 }],
        unknown: 0,
        open: 0,
      },
    });
    expect(s1('02-05T10:00').orders.map(({ makeUp }) => makeUp.notInEffect)).toEqual([
      [
        { status: 'reversed_while_in_force', responseDeclined: false, pairs: 247 },
        { status: 'outstanding', responseDeclined: false, pairs: 7 },
      ],
      [{ status: 'outstanding', responseDeclined: false, pairs: 1178 }],
    ]);
    expect(s1('02-12T09:00', ['account', 'hashtag']).total.effective).toEqual(certain(1398, 1436, 97.35));
  });
});

describe('over random logs', () => {
  const questioned = randomLog.chain((log) => fc.record({ log: fc.constant(log), question: randomQuestion(log) }));

  it('the make-up adds up to the denominator and the band is a band', () => {
    fc.assert(
      fc.property(questioned, ({ log, question }) => {
        const { orders, total } = naiveFigures(log, question);
        for (const { effective, ever, makeUp } of [...orders, total]) {
          const yes = Object.values(makeUp.inEffect).reduce((sum, pairs) => sum + pairs, 0);
          const no = makeUp.notInEffect.reduce((sum, { pairs }) => sum + pairs, 0);
          expect(yes).toBe(effective.numerator);
          expect(yes + no + makeUp.unknown + makeUp.open).toBe(effective.denominator);
          for (const { percent } of [effective, ever]) if (percent) expect(percent.low).toBeLessThanOrEqual(percent.high);
        }
      }),
    );
  });

  it('what is known at a position is what a log cut there says', () => {
    fc.assert(
      fc.property(questioned, ({ log, question }) => {
        const cut = log.filter(({ position }) => position <= question.knownAt);
        expect(naiveFigures(log, question)).toEqual(naiveFigures(cut, question));
      }),
    );
  });

  it('a finer grid of instants changes nothing', () => {
    fc.assert(
      fc.property(questioned, ({ log, question }) => {
        // Declared first and of no completeness, these say nothing; but their ends are further instants to choose from.
        const quarters = [2.25, 5.75, 8.25, 10.75].map((hours) => [hours, hours + 0.5] as const);
        const says = ([from, to]: readonly [number, number]) => ({ from: hourText(from), to: hourText(to), completeness: 'none' });
        const idle = question.orders.flatMap((id) => quarters.map((quarter) => coverageDeclared(id, at(0), says(quarter))));
        const finer = [...numbered(idle).map((event) => ({ ...event, id: `idle-${event.id}`, position: 0 })), ...log];
        expect(naiveFigures(finer, question)).toEqual(naiveFigures(log, question));
      }),
    );
  });

  it('two hundred cases have corrections, retractions, uncertain and ended pairs', () => {
    const logs = fc.sample(randomCase, { numRuns: 200, seed: 1 }).map(plainLogOf);
    const types = new Set(logs.flat().map(({ type }) => type));
    expect([...types].sort()).toEqual(
      [
        'CaseOpened',
        'CoverageDeclared',
        'EventCorrected',
        'EventRetracted',
        'OrderIssued',
        'OrderServed',
        'TargetBlocked',
        'TargetDeclined',
        'TargetListed',
        'TargetReinstated',
        'TargetWithheld',
      ].sort(),
    );
    const answers = logs.map((log) =>
      naiveFigures(log, { orders: [order, otherOrder], validAt: hourText(9.5), knownAt: log.length, kinds: ALL_KINDS }),
    );
    const share = (has: (answer: NaiveAnswer) => boolean) => answers.filter(({ total }) => has(total)).length;
    for (const has of [
      ({ effective }) => effective.numerator > 0,
      ({ effective }) => effective.unknown > 0,
      ({ makeUp }) => makeUp.open > 0,
      ({ makeUp }) => makeUp.notInEffect.length > 0,
      ({ ever, effective }) => ever.denominator > effective.denominator,
    ] satisfies ((answer: NaiveAnswer) => boolean)[])
      expect(share(has)).toBeGreaterThan(10);
  });
});
