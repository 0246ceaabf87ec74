/**
 * How the states of an order's pairs change over time, kept so that a histogram at any instant is a few binary searches. Pairs come in any order, and may be
 * taken out again when what is known about them changes.
 */
import type { Histogram } from '../domain/figures.ts';
import { NOT_YET_BINDING, type Steps } from '../domain/pair-life.ts';
import { STATES_MAX } from '../domain/pair-state.ts';

export type ChangeIndex = {
  /** Adds (`1`) or takes out (`-1`) one pair. */
  readonly count: (pair: CountedPair, sign: 1 | -1) => void;
  /** How many pairs of the kinds are in each state at an instant. */
  readonly histogramAt: (t: number, kinds: readonly string[]) => Histogram;
  /** Instants in [from, to) at which a pair of the kinds changes its state, ascending; `undefined` if there are more than `max`. */
  readonly changesIn: (from: number, to: number, kinds: readonly string[], max: number) => readonly number[] | undefined;
  /** The last instant up to `t` at which something recorded had happened. */
  readonly lastRecordedBy: (t: number) => number | undefined;
  /** Whether anything that can enter a figure had been listed by `t`. */
  readonly hasListing: (t: number) => boolean;
  readonly bytes: () => number;
};

export type CountedPair = {
  readonly kind: string;
  readonly steps: Steps;
  /** The earliest instant at which it was listed, in ms. */
  readonly listedAt: number;
  /** The latest instants of the facts behind it, in ms. */
  readonly recorded: readonly number[];
};

export const createChangeIndex = (): ChangeIndex => {
  const kinds = new Map<string, Kind>();
  const recorded = createInstants();
  const listings = createInstants();
  const kindOf = (name: string): Kind => {
    const known = kinds.get(name);
    if (known) return known;
    const made = { pairs: 0, transitions: new Map<number, Transition>() };
    kinds.set(name, made);
    return made;
  };
  const transitionsOf = (names: readonly string[]): readonly Transition[] =>
    names.flatMap((name) => [...(kinds.get(name)?.transitions.values() ?? [])]);

  return {
    count({ kind: name, steps, listedAt, recorded: instants }, sign) {
      const kind = kindOf(name);
      kind.pairs += sign;
      let from = NOT_YET_BINDING;
      for (let i = 0; i < steps.length; i += 2) {
        const to = steps[i + 1] ?? from;
        transitionOf(kind, from, to).instants.add(steps[i] ?? 0, sign);
        from = to;
      }
      for (const instant of instants) recorded.add(instant, sign);
      if (name !== 'class') listings.add(listedAt, sign);
    },
    histogramAt(t, names) {
      const histogram = new Map<number, number>([[NOT_YET_BINDING, names.reduce((sum, name) => sum + (kinds.get(name)?.pairs ?? 0), 0)]]);
      for (const { from, to, instants } of transitionsOf(names)) {
        const moved = instants.countUpTo(t);
        histogram.set(from, (histogram.get(from) ?? 0) - moved);
        histogram.set(to, (histogram.get(to) ?? 0) + moved);
      }
      for (const [state, count] of histogram) if (count === 0) histogram.delete(state);
      return histogram;
    },
    changesIn(from, to, names, max) {
      const found = new Set<number>();
      for (const { instants } of transitionsOf(names)) if (!instants.collect(from, to, found, max)) return undefined;
      return [...found].sort((a, b) => a - b);
    },
    lastRecordedBy: (t) => recorded.lastUpTo(t),
    hasListing: (t) => listings.countUpTo(t) > 0,
    bytes: () =>
      transitionsOf([...kinds.keys()]).reduce(
        (sum, { instants }) => sum + TRANSITION_BYTES + instants.bytes(),
        INDEX_BYTES + recorded.bytes() + listings.bytes(),
      ),
  };
};

/** What the objects take besides their instants, measured and rounded up: an index of one pair is not free. */
const INDEX_BYTES = 16 * 1024;
const TRANSITION_BYTES = 1024;

type Kind = { pairs: number; readonly transitions: Map<number, Transition> };
type Transition = { readonly from: number; readonly to: number; readonly instants: Instants };

const transitionOf = ({ transitions }: Kind, from: number, to: number): Transition => {
  const key = from * STATES_MAX + to;
  const known = transitions.get(key);
  if (known) return known;
  const made = { from, to, instants: createInstants() };
  transitions.set(key, made);
  return made;
};

/** A multiset of instants, sorted when it is first asked; what comes or goes later stands beside until it is much. */
type Instants = {
  readonly add: (instant: number, sign: 1 | -1) => void;
  readonly countUpTo: (t: number) => number;
  readonly lastUpTo: (t: number) => number | undefined;
  /** Adds its instants in [from, to) to `found`; false as soon as that holds more than `max`. */
  readonly collect: (from: number, to: number, found: Set<number>, max: number) => boolean;
  readonly bytes: () => number;
};

const LOOSE_MAX = 1_000; // more than this beside the sorted ones costs more at each question than sorting once

const createInstants = (): Instants => {
  let sorted = new Float64Array(0);
  let added: number[] = [];
  let removed: number[] = [];

  const settle = (): void => {
    if (added.length + removed.length === 0) return;
    sorted = without(merged(sorted, Float64Array.from(added).sort()), Float64Array.from(removed).sort());
    added = [];
    removed = [];
  };

  return {
    add(instant, sign) {
      (sign === 1 ? added : removed).push(instant);
    },
    countUpTo(t) {
      if (added.length + removed.length > LOOSE_MAX) settle();
      const count = placeOf(sorted, t) + 1;
      return count + added.filter((instant) => instant <= t).length - removed.filter((instant) => instant <= t).length;
    },
    lastUpTo(t) {
      settle();
      return sorted[placeOf(sorted, t)];
    },
    collect(from, to, found, max) {
      settle();
      for (let i = placeOf(sorted, from - 1) + 1; i < sorted.length && (sorted[i] ?? to) < to; i += 1) {
        found.add(sorted[i] ?? from);
        if (found.size > max) return false;
      }
      return true;
    },
    bytes: () => 8 * (sorted.length + added.length + removed.length),
  };
};

/** Both ascending. A write adds a few to a million: what lies between them is moved whole. */
const merged = (sorted: Float64Array<ArrayBuffer>, added: Float64Array): Float64Array<ArrayBuffer> => {
  const all = new Float64Array(sorted.length + added.length);
  let from = 0;
  for (const [before, instant] of added.entries()) {
    const to = placeOf(sorted, instant) + 1;
    all.set(sorted.subarray(from, to), from + before);
    all[to + before] = instant;
    from = to;
  }
  all.set(sorted.subarray(from), from + added.length);
  return all;
};

/** Both ascending; each of `removed` is in `all`, and is taken out once. */
const without = (all: Float64Array<ArrayBuffer>, removed: Float64Array): Float64Array<ArrayBuffer> => {
  if (removed.length === 0) return all;
  const kept = new Float64Array(all.length - removed.length);
  let from = 0;
  for (const [before, instant] of removed.entries()) {
    const to = Math.max(from, placeOf(all, instant - 1) + 1); // instants are whole milliseconds
    kept.set(all.subarray(from, to), from - before);
    from = to + 1;
  }
  kept.set(all.subarray(from), from - removed.length);
  return kept;
};

/** The place of the last one at or before `t`; -1 if there is none. */
const placeOf = (ascending: Float64Array, t: number): number => {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? t) <= t) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};
