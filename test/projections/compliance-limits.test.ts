/** How long an answer hour by hour may get, and how much is kept for the next one: what is left out is said, what is let go is read again. */
import { describe, expect, it } from 'vitest';
import { parseOrderId } from '../../src/domain/ids.ts';
import { type Curve, createCompliance, pointsMax } from '../../src/projections/compliance.ts';
import { OPEN, type ReadModel } from '../../src/projections/read-model.ts';
import { foldedFrom, logOf } from '../support/folded.ts';
import {
  type Draft,
  instantText,
  orderId,
  orderIssued,
  orderServed,
  targetListed,
  targetOf,
  targetWithheld,
} from '../support/naive-events.ts';
import { BASE, storedExtent } from '../support/random-case.ts';

const BOUND = BASE.epochMilliseconds;
const SECOND_MS = 1_000;
const hours = (earliest: number) => storedExtent({ earliest, latest: earliest });
const issue = (order: number): readonly Draft[] => [
  orderIssued(orderId(order), hours(0), { demand: { measure: 'disable_access', territory: ['IN'] } }),
  orderServed(orderId(order), hours(0)),
];

/** `count` accounts, each withheld for half a second, one after the other from `from` on: each changes twice, and once when the order binds. */
const listed = (order: number, count: number, from = 1): readonly Draft[] =>
  Array.from({ length: count }, (_, n) => {
    const target = targetOf('account', `of-${order}-${n}`);
    const start = BASE.add({ seconds: from + n });
    const occurredAt = { earliest: instantText(start), latest: instantText(start), precision: 'second', zone: 'UTC' };
    const until = instantText(start.add({ milliseconds: SECOND_MS / 2 }));
    return [
      targetListed(target, hours(0), { order: orderId(order) }),
      targetWithheld(target, occurredAt, { orders: [], basis: 'unstated', territory: ['IN'], until }),
    ];
  }).flat();

const known = (drafts: readonly Draft[]): ((orders: readonly number[], period: { from: number; samples?: readonly number[] }) => Curve) => {
  const compliance = createCompliance(foldedFrom(logOf(drafts)));
  return (orders, { from, samples = [] }) =>
    compliance.curve(
      { orders: orders.map((order) => parseOrderId(orderId(order))), knownAt: drafts.length, kinds: ['account'] },
      { from, to: BOUND + 10_000 * SECOND_MS, samples },
    );
};

describe('how many instants a curve may have', () => {
  it('is fewer the more orders are asked for', () => {
    expect([0, 1, 9, 10, 49, 999, 1_000].map(pointsMax)).toEqual([50_000, 25_000, 5_000, 4_545, 1_000, 50, 49]);
  });
});

describe('the changes of a curve', () => {
  it('are all there up to 5,000, and none beyond', () => {
    const curve = known([...issue(0), ...listed(0, 2_500)]);
    const all = curve([0], { from: BOUND + 1 });
    expect(all.changes).toBe('all');
    expect(all.total?.points).toHaveLength(5_000);
    expect(all.orders[0]?.points.map(({ at }) => at)).toEqual(all.total?.points.map(({ at }) => at));
    expect(all.total?.points.slice(0, 2)).toMatchObject([
      { is: 'change', effective: { numerator: 1, denominator: 2_500 } },
      { is: 'change', effective: { numerator: 0, denominator: 2_500 } },
    ]);
    // One more: the instant at which the order binds.
    expect(curve([0], { from: BOUND })).toMatchObject({ changes: 'omitted', orders: [{ points: [] }], total: { points: [] } });
    const sampled = curve([0], { from: BOUND, samples: [BOUND, BOUND + 1_200] });
    expect(sampled.changes).toBe('omitted');
    expect(sampled.total?.points).toMatchObject([
      { is: 'sample', effective: { numerator: 0 } },
      { is: 'sample', effective: { numerator: 1 } },
    ]);
  });

  it('are counted over all orders together, each instant once', () => {
    const curve = known([...issue(0), ...issue(1), ...issue(2), ...listed(0, 1_250), ...listed(1, 1_250, 2_000), ...listed(2, 1_250, 1)]);
    // 2,500 of each and the one at which all of them bind; the third changes when the first does.
    expect(curve([0, 1], { from: BOUND + 1 })).toMatchObject({ changes: 'all' });
    expect(curve([0, 1], { from: BOUND })).toMatchObject({ changes: 'omitted' });
    const same = curve([0, 2], { from: BOUND });
    expect(same.changes).toBe('all');
    expect(same.total?.points).toHaveLength(2_501);
  });

  it('leave room for the samples that were asked for', () => {
    const orders = Array.from({ length: 49 }, (_, order) => order);
    const curve = known(orders.flatMap((order) => [...issue(order), ...listed(order, order === 0 ? 2 : 0)]));
    const samples = (count: number) => Array.from({ length: count }, (_, n) => BOUND + n * SECOND_MS + 100);
    // 50 lines of 1,000 points: four changes fit beside 996 samples.
    const fits = curve(orders, { from: BOUND + 1, samples: samples(996) });
    expect(fits.changes).toBe('all');
    expect(fits.total?.points).toHaveLength(1_000);
    const full = curve(orders, { from: BOUND + 1, samples: samples(997) });
    expect(full.changes).toBe('omitted');
    expect(full.total?.points).toHaveLength(997);
  });
});

describe('what is kept for the next question', () => {
  const DRAFTS = [...issue(0), ...listed(0, 40)];
  const POSITIONS = Array.from({ length: 50 }, (_, n) => DRAFTS.length - 49 + n);
  /** An index of so few pairs takes under 24 KiB. */
  const INDEX_BYTES = 24 * 1024;

  const asking = (model: ReadModel, indexBytesMax?: number) => {
    const compliance = createCompliance(model, { ...(indexBytesMax !== undefined && { indexBytesMax }) });
    return (knownAt: number): string => {
      const scope = { orders: [parseOrderId(orderId(0))], knownAt, kinds: ['account'] as const };
      return JSON.stringify([BOUND, BOUND + 20_200, BOUND + 30_700].map((t) => compliance.at(scope, t)));
    };
  };
  /** Counts how often all pairs of the order were read, from wherever a page begins to no end. */
  const counted = () => {
    const model = foldedFrom(logOf(DRAFTS));
    let reads = 0;
    const all: ReadModel['all'] = (sql, ...values) => {
      if (sql.includes('JOIN target_fact AS fact') && values[2] === OPEN) reads += 1;
      return model.all(sql, ...values);
    };
    return { model: { ...model, all }, reads: () => reads };
  };

  it('changes no answer, however little it is', () => {
    const afresh = new Map(POSITIONS.map((position) => [position, asking(foldedFrom(logOf(DRAFTS)))(position)]));
    expect(new Set(afresh.values()).size).toBeGreaterThan(20);
    for (const bytesMax of [undefined, 0, 3 * INDEX_BYTES]) {
      const ask = asking(foldedFrom(logOf(DRAFTS)), bytesMax);
      for (const positions of [POSITIONS, POSITIONS.toReversed(), POSITIONS])
        for (const position of positions) expect(ask(position), `at ${position} with ${bytesMax}`).toBe(afresh.get(position));
    }
  });

  it('is found again for every point of knowledge that there is room for', () => {
    const { model, reads } = counted();
    const ask = asking(model);
    for (const position of POSITIONS.toReversed()) ask(position);
    const before = reads();
    expect(before).toBe(POSITIONS.length);
    for (const position of POSITIONS) ask(position);
    expect(reads()).toBe(before);
  });

  it('is what was used last, as far as there is room', () => {
    const { model, reads } = counted();
    const ask = asking(model, 3 * INDEX_BYTES);
    const descending = POSITIONS.toReversed();
    for (const position of descending) ask(position);
    expect(reads()).toBe(POSITIONS.length);
    const [first = 0, second = 0, third = 0] = POSITIONS;
    for (const position of [third, first, second, third]) ask(position);
    expect(reads()).toBe(POSITIONS.length);
    // What was asked about before them went for them, except where the newest could be moved along.
    for (const position of descending) ask(position);
    expect(reads()).toBeGreaterThan(2 * POSITIONS.length - 10);
  });

  it('stays while it is asked about', () => {
    const { model, reads } = counted();
    const ask = asking(model, 3 * INDEX_BYTES);
    const [a = 0, b = 0, c = 0, d = 0] = POSITIONS.toReversed();
    for (const position of [a, b, c, a]) ask(position);
    expect(reads()).toBe(3);
    ask(d); // for which b goes
    for (const position of [a, c, d]) ask(position);
    expect(reads()).toBe(4);
    ask(b);
    expect(reads()).toBe(5);
  });

  it('is at least what was asked last', () => {
    const { model, reads } = counted();
    const ask = asking(model, 0);
    for (const position of POSITIONS.toReversed()) for (let times = 0; times < 3; times += 1) ask(position);
    expect(reads()).toBe(POSITIONS.length);
  });
});
