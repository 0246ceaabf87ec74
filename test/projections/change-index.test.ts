/** Pairs that are taken out again: an index is then the one of those that are left. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOT_YET_BINDING } from '../../src/domain/pairs/pair-state.ts';
import { type ChangeIndex, type CountedPair, createChangeIndex } from '../../src/projections/change-index.ts';

const KINDS = ['account', 'post', 'class'];
const INSTANTS = Array.from({ length: 14 }, (_, t) => t - 1);

const pair: fc.Arbitrary<CountedPair> = fc
  .record({
    kind: fc.constantFrom(...KINDS),
    at: fc.uniqueArray(fc.nat(11), { maxLength: 4 }),
    states: fc.array(fc.constantFrom(2, 4, 8, 34), { minLength: 4, maxLength: 4 }),
    moves: fc.array(fc.tuple(fc.nat(11), fc.constantFrom(8, 12), fc.constantFrom(2, 4), fc.integer({ min: 1, max: 9 })), { maxLength: 2 }),
    listedAt: fc.nat(11),
    recorded: fc.array(fc.nat(11), { maxLength: 3 }),
  })
  .map(({ at, states, moves, ...rest }) => ({
    ...rest,
    moves: moves.flat(),
    // Each step is to a state other than the one before.
    steps: at.toSorted((a, b) => a - b).flatMap((instant, i) => [instant, (states[i] ?? 0) + 64 * i]),
  }));

const all = (index: ChangeIndex) =>
  INSTANTS.map((t) => ({
    histograms: KINDS.map((kind) => new Map([...index.histogramAt(t, [kind])].toSorted(([a], [b]) => a - b))),
    changes: index.changesIn(t, t + 5, KINDS, 100),
    last: index.lastRecordedBy(t),
    hasListing: KINDS.map((kind) => index.hasListing(t, [kind])),
    spent: KINDS.map((kind) =>
      [...index.millisecondsAt(t, [kind], outcomesOf)].filter(([, ms]) => ms !== 0n).toSorted(([a], [b]) => a - b),
    ),
  }));
/** Any numbering does: a state's last bits are its outcomes; none before the first step. */
const outcomesOf = (state: number): number => (state === NOT_YET_BINDING ? 1 : state % 16);
const indexOf = (pairs: readonly CountedPair[]): ChangeIndex => {
  const index = createChangeIndex();
  for (const counted of pairs) index.count(counted, 1);
  return index;
};

describe('an index of changes', () => {
  it('is, after any pairs came and went, that of those that stayed', () => {
    const step = fc.record({ pair, goes: fc.boolean(), isAsked: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const index = createChangeIndex();
        for (const each of steps) {
          index.count(each.pair, 1);
          // Questions in between settle what came and went so far.
          if (each.isAsked) all(index);
          if (each.goes) index.count(each.pair, -1);
        }
        expect(all(index)).toEqual(all(indexOf(steps.filter(({ goes }) => !goes).map((each) => each.pair))));
      }),
    );
  });

  it('counts none that went, before it was sorted anew as after', () => {
    const one = { kind: 'account', steps: [5, 2], moves: [], listedAt: 3, recorded: [3, 5] };
    const index = indexOf([one, one, one]);
    const counts = (t: number): number => index.histogramAt(t, ['account']).get(2) ?? 0;
    expect([counts(4), counts(5)]).toEqual([0, 3]);
    index.count(one, -1);
    expect([counts(4), counts(5), counts(6)]).toEqual([0, 2, 2]);
    expect(index.histogramAt(4, ['account'])).toEqual(new Map([[NOT_YET_BINDING, 2]]));
    expect(index.changesIn(0, 9, ['account'], 10)).toEqual([5]);
    expect([counts(4), counts(5), counts(6)]).toEqual([0, 2, 2]);
    index.count(one, -1);
    index.count(one, -1);
    expect(index.hasListing(9, ['account'])).toBe(false);
    expect(index.histogramAt(9, ['account'])).toEqual(new Map());
    expect(index.lastRecordedBy(9)).toBeUndefined();
    expect(index.changesIn(0, 9, ['account'], 10)).toEqual([]);
  });

  it('knows a list of the kinds asked about, from the instant at which one of them is listed', () => {
    const index = indexOf([{ kind: 'hashtag', steps: [], moves: [], listedAt: 3, recorded: [3] }]);
    const listed = (...kinds: readonly string[]) => [2, 3].map((t) => index.hasListing(t, kinds));
    expect(listed('hashtag')).toEqual([false, true]);
    expect(listed('account', 'hashtag')).toEqual([false, true]);
    expect(listed('account', 'post', 'url')).toEqual([false, false]);
    expect(index.lastRecordedBy(3)).toBe(3);
  });

  it('is exact when thousands come and go between two questions', () => {
    const each = Array.from({ length: 4_000 }, (_, n) => ({
      kind: 'post',
      steps: [(n * 7_919) % 4_000, 2],
      moves: [],
      listedAt: n,
      recorded: [n],
    }));
    const index = indexOf(each);
    const count = (t: number): number => index.histogramAt(t, ['post']).get(2) ?? 0;
    expect([count(-1), count(999), count(4_000)]).toEqual([0, 1_000, 4_000]);
    for (const gone of each.slice(0, 3_000)) index.count(gone, -1);
    const left = indexOf(each.slice(3_000));
    for (const t of [-1, 0, 500, 999, 2_000, 3_999]) expect(index.histogramAt(t, ['post'])).toEqual(left.histogramAt(t, ['post']));
    expect(index.lastRecordedBy(2_999)).toBeUndefined();
    expect(index.lastRecordedBy(3_500)).toBe(3_500);
    expect(index.changesIn(0, 4_000, ['post'], 4_000)).toEqual(left.changesIn(0, 4_000, ['post'], 4_000));
  });

  it('takes less room when pairs went and it was asked', () => {
    const each = Array.from({ length: 2_000 }, (_, n) => ({ kind: 'post', steps: [n, 2], moves: [], listedAt: n, recorded: [n] }));
    const index = indexOf(each);
    const full = index.bytes();
    for (const gone of each) index.count(gone, -1);
    index.hasListing(0, ['post']);
    index.lastRecordedBy(0);
    index.changesIn(0, 1, ['post'], 1);
    expect(index.bytes()).toBeLessThan(full / 2);
    expect(index.bytes()).toBe(indexOf([]).bytes() + 1_024);
  });
});
