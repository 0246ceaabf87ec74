/** The golden scenario: two orders about 1,435 accounts and a hashtag, and what all figures of them come to, by the naive evaluator. */
import { describe, expect, it } from 'vitest';
import {
  coverageDeclared,
  type Draft,
  eventId,
  extentText,
  instantText,
  orderId,
  orderIssued,
  orderServed,
  type StoredTarget,
  targetBlocked,
  targetDeclined,
  targetLimited,
  targetListed,
  targetOf,
  targetReinstated,
  targetWithheld,
} from './naive-events.ts';
import { certain, EMPTY, KINDS } from './naive-examples.ts';
import { type NaiveQuestion, naiveFigures } from './naive-figures.ts';
import type { LogEvent } from './naive-log.ts';

/** A long log at once: `withEvent` looks through the whole log for each event. */
const numbered = (drafts: readonly Draft[]): readonly LogEvent[] =>
  drafts.map((draft, index) => ({
    ...draft,
    position: index + 1,
    id: eventId(index + 1),
    revision: 0,
    recordedAt: '2021-06-01T00:00:00.000Z',
  }));

describe('golden scenario S1', () => {
  const ist = (local: string) => Temporal.PlainDateTime.from(`2021-${local}`).toZonedDateTime('Asia/Kolkata').toInstant();
  const when = (local: string) => extentText(ist(local), ist(local));
  const accounts = (prefix: string, digits: number, from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) =>
      targetOf('account', `synthetic-${prefix}-${`${from + index}`.padStart(digits, '0')}`),
    );
  const o1 = (from: number, to: number) => accounts('o1', 3, from, to);
  const o2 = (from: number, to: number) => accounts('o2', 4, from, to);
  const hashtag = targetOf('hashtag', 'synthetic-h1');
  const [first, second] = [orderId(1), orderId(2)] as const;
  const w = (id: string, local: string) => (target: StoredTarget) =>
    targetWithheld(target, when(local), { basis: 'legal_order', orders: [id], territory: ['IN'] });
  const s = (local: string) => (target: StoredTarget) =>
    targetBlocked(target, when(local), { basis: 'platform_rules', orders: [], measure: 'suspended' });
  const demand = { measure: 'disable_access', territory: ['IN'] };
  const terms = { demand, deadlineRule: { id: 'in-s69a-emergency', version: 1 } };
  const complete = (id: string, from: string) =>
    coverageDeclared(id, when('02-13T00:00'), {
      from: instantText(ist(from)),
      to: instantText(ist('02-13T00:00')),
      completeness: 'complete',
    });

  const firstWithholds = o1(1, 250).map(w(first, '02-01T14:00'));
  const opening = [
    orderIssued(first, when('01-31T12:00'), terms),
    ...[...o1(1, 257), hashtag].map((target) => targetListed(target, when('01-31T12:00'), { order: first })),
    orderServed(first, when('01-31T12:00')),
  ];
  const restrictionIds = numbered([...opening, ...firstWithholds]).slice(opening.length);
  const drafts: readonly Draft[] = [
    ...opening,
    ...firstWithholds,
    ...o1(1, 250).map((target, index) =>
      targetReinstated(target, when('02-01T19:50'), [{ restriction: restrictionIds[index]?.id ?? '', territory: ['IN'] }]),
    ),
    orderIssued(second, when('02-04T12:00'), { ...terms, deadlineRule: { id: 'in-s69a-ordinary', version: 1 } }),
    ...o2(1, 1178).map((target) => targetListed(target, when('02-04T12:00'), { order: second })),
    orderServed(second, when('02-04T12:00')),
    ...o1(1, 3).map(s('02-05T10:00')),
    ...o1(4, 126).map(w(first, '02-10T10:00')),
    ...o2(1, 510).map(s('02-10T10:00')),
    ...o2(511, 583).map(w(second, '02-10T10:00')),
    targetLimited(hashtag, when('02-10T10:00'), { basis: 'platform_rules', orders: [], territory: ['IN'] }),
    ...o1(214, 250).map((target) => targetDeclined(target, when('02-10T10:00'), [first])),
    ...o1(127, 213).map(w(first, '02-12T09:00')),
    ...o1(251, 257).map(w(first, '02-12T09:00')),
    ...o2(584, 1178).map(w(second, '02-12T09:00')),
    complete(first, '01-31T12:00'),
    complete(second, '02-04T12:00'),
  ];
  const log = numbered(drafts);

  const s1 = (local: string, more: Partial<NaiveQuestion> = {}) =>
    naiveFigures(log, { orders: [first, second], validAt: instantText(ist(local)), knownAt: log.length, kinds: KINDS, ...more });
  const percent = (value: number) => ({ low: value, high: value });

  it.each([
    ['02-01T13:59', certain(0, 257, 0), EMPTY, certain(0, 257, 0)],
    ['02-01T14:00', certain(250, 257, 97.28), EMPTY, certain(250, 257, 97.28)],
    ['02-01T19:49', certain(250, 257, 97.28), EMPTY, certain(250, 257, 97.28)],
    ['02-01T19:50', certain(0, 257, 0), EMPTY, certain(250, 257, 97.28)],
    ['02-01T20:00', certain(0, 257, 0), EMPTY, certain(250, 257, 97.28)],
    ['02-05T10:00', certain(3, 257, 1.17), certain(0, 1178, 0), certain(250, 1435, 17.42)],
    ['02-10T12:19', certain(126, 257, 49.03), certain(583, 1178, 49.49), certain(833, 1435, 58.05)],
    ['02-12T09:00', certain(220, 257, 85.6), certain(1178, 1178, 100), certain(1435, 1435, 100)],
  ])('has its effective and ever at %s', (local, ofFirst, ofSecond, everSoFar) => {
    const { orders, total } = s1(local);
    expect(orders.map(({ effective }) => effective)).toEqual([ofFirst, ofSecond]);
    expect(total.ever).toEqual(everSoFar);
    expect(total.effective.numerator).toBe(ofFirst.numerator + ofSecond.numerator);
    expect([total.anyRestriction, total.distinctTargets.all, total.distinctTargets.any]).toEqual(Array(3).fill(total.effective));
  });

  it.each([
    ['02-01T13:59', certain(0, 257, 0), certain(0, 257, 0), 0],
    ['02-01T14:00', certain(250, 257, 97.28), certain(250, 257, 97.28), 0],
    ['02-01T19:49', certain(250, 257, 97.28), certain(250, 257, 97.28), 17.78],
    ['02-01T19:50', certain(0, 257, 0), certain(0, 257, 0), 17.83],
    ['02-01T20:00', certain(0, 257, 0), certain(0, 257, 0), 17.73],
    ['02-05T10:00', certain(0, 1435, 0), certain(0, 1435, 0), 2.59],
    ['02-10T12:19', certain(196, 1435, 13.66), certain(583, 1435, 40.63), 1.49],
    ['02-12T09:00', certain(885, 1435, 61.67), certain(1185, 1435, 82.58), 11.88],
  ])('has its citingOrder, sustained and timeWeighted at %s', (local, citing, sustained, hours) => {
    const { total } = s1(local);
    expect(total.citingOrder).toEqual(citing);
    expect(total.sustained).toEqual(sustained);
    expect(total.timeWeighted.percent).toEqual(percent(hours));
  });

  it('is nothing before anything binds', () => {
    const { total } = s1('01-31T11:59');
    expect(total).toMatchObject({ effective: EMPTY, ever: EMPTY, sustained: EMPTY, citingOrder: EMPTY });
    expect(total.apart).toEqual({ not_yet_binding: 257 + 1178 });
  });

  it('counts account-hours to the millisecond', () => {
    // 7,740 h 20 min of 73,245 h, and 27,401 h of 222,642 h.
    const hours = (count: number, minutes = 0) => BigInt(count * 60 + minutes) * 60_000n;
    const { orders, total } = s1('02-12T09:00');
    expect(orders.map(({ timeWeighted }) => [timeWeighted.numerator, timeWeighted.denominator])).toEqual([
      [hours(7740, 20), hours(73_245)],
      [hours(27_401), hours(222_642)],
    ]);
    expect(orders.map(({ timeWeighted }) => timeWeighted.percent)).toEqual([percent(10.57), percent(12.31)]);
    expect(total.timeWeighted).toMatchObject({ numerator: hours(35_141, 20), denominator: hours(295_887), maybe: 0n, unknown: 0n });
  });

  it('has no time limit, unless one is given', () => {
    expect(s1('02-12T09:00').total.onTime).toMatchObject({ percent: null, reason: 'no_numeric_deadline' });
    const within = (local: string) => {
      const { orders, total } = s1(local, { tolerance: 'PT36H' });
      return [...orders, total].map(({ onTime }) => onTime);
    };
    expect(within('02-04T12:00')).toEqual([certain(250, 257, 97.28), EMPTY, certain(250, 257, 97.28)]);
    expect(within('02-12T09:00')).toEqual([certain(250, 257, 97.28), certain(0, 1178, 0), certain(250, 1435, 17.42)]);
  });

  it.each([
    ['02-01T14:00', { in_effect: 250, outstanding: 7 }, { not_yet_binding: 1178 }],
    ['02-05T10:00', { in_effect: 3, reversed_while_in_force: 247, outstanding: 7 }, { outstanding: 1178 }],
    ['02-10T12:19', { in_effect: 126, reversed_while_in_force: 124, outstanding: 7 }, { in_effect: 583, outstanding: 595 }],
    ['02-12T09:00', { in_effect: 220, reversed_while_in_force: 37 }, { in_effect: 1178 }],
  ])('has its statuses at %s', (local, ofFirst, ofSecond) => {
    expect(s1(local).orders.map(({ statuses }) => statuses)).toEqual([ofFirst, ofSecond]);
  });

  it('is made up of what cites an order and what the platform did by its own rules', () => {
    const { orders, total } = s1('02-12T09:00');
    expect(total.makeUp).toEqual({
      inEffect: { citing_order: 885, preexisting: 0, other_order: 0, platform_rules: 513, unstated: 0, undetermined: 0 },
      notInEffect: [{ status: 'reversed_while_in_force', responseDeclined: true, pairs: 37 }],
      unknown: 0,
      open: 0,
    });
    expect(orders.map(({ citingOrder }) => citingOrder)).toEqual([certain(217, 257, 84.44), certain(668, 1178, 56.71)]);
    expect(orders.map(({ sustained }) => sustained)).toEqual([certain(7, 257, 2.72), certain(1178, 1178, 100)]);
    expect(total.platformStyle).toEqual(certain(1398, 1435, 97.42));
    expect(total.platformStyleColumns).toEqual({
      legal_order: 885,
      platform_rules: 513,
      unstated: 0,
      no_action: 37,
      unknown: 0,
      undetermined: 0,
    });
    expect(s1('02-05T10:00').orders.map(({ makeUp }) => makeUp.notInEffect)).toEqual([
      [
        { status: 'reversed_while_in_force', responseDeclined: false, pairs: 247 },
        { status: 'outstanding', responseDeclined: false, pairs: 7 },
      ],
      [{ status: 'outstanding', responseDeclined: false, pairs: 1178 }],
    ]);
  });

  it('counts the hashtag only where it is asked for', () => {
    const { effective, anyRestriction, statuses } = s1('02-12T09:00', { kinds: ['account', 'hashtag'] }).total;
    expect(effective).toEqual(certain(1398, 1436, 97.35));
    expect(anyRestriction).toEqual(certain(1399, 1436, 97.42));
    expect(statuses).toMatchObject({ insufficient_measure: 1 });
  });
});
