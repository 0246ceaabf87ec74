/** Multisets of instants, and of amounts at instants: sorted when they are first asked, since they come in any order and by the million. */

/** What comes or goes after it was sorted stands beside until it is much. Instants in ms since 1970. */
export type Instants = {
  readonly add: (instant: number, sign: 1 | -1) => void;
  readonly countUpTo: (t: number) => number;
  readonly lastUpTo: (t: number) => number | undefined;
  /** The milliseconds from each instant up to `t` until `t`, together. */
  readonly sinceUpTo: (t: number) => bigint;
  /** Adds its instants in [from, to) to `found`; false as soon as that holds more than `max`. */
  readonly collect: (from: number, to: number, found: Set<number>, max: number) => boolean;
  readonly bytes: () => number;
};

const LOOSE_MAX = 1_000; // more than this beside the sorted ones costs more at each question than sorting once

export const createInstants = (): Instants => {
  let sorted = new Float64Array(0);
  let added: number[] = [];
  let removed: number[] = [];
  /** Of the sorted ones: the sums of the first n. Made when first asked for. */
  let sums: BigInt64Array | undefined;

  const settle = (): void => {
    if (added.length + removed.length === 0) return;
    sums = undefined;
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
    sinceUpTo(t) {
      settle();
      sums ??= summed(sorted);
      const count = placeOf(sorted, t) + 1;
      return BigInt(count) * BigInt(t) - (sums[count] ?? 0n);
    },
    collect(from, to, found, max) {
      settle();
      for (let i = placeOf(sorted, from - 1) + 1; i < sorted.length && (sorted[i] ?? to) < to; i += 1) {
        found.add(sorted[i] ?? from);
        if (found.size > max) return false;
      }
      return true;
    },
    bytes: () => 8 * (sorted.length + added.length + removed.length + (sums?.length ?? 0)),
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

const summed = (sorted: Float64Array): BigInt64Array => {
  const sums = new BigInt64Array(sorted.length + 1);
  let sum = 0n;
  for (const [place, instant] of sorted.entries()) {
    sum += BigInt(instant);
    sums[place + 1] = sum;
  }
  return sums;
};

// ---- Amounts

/** Amounts that come at instants. */
export type Amounts = {
  readonly add: (instant: number, amount: number) => void;
  readonly upTo: (t: number) => bigint;
  readonly bytes: () => number;
};

export const createAmounts = (): Amounts => {
  const entries: { readonly instant: number; readonly amount: number }[] = [];
  let sorted: { readonly instants: Float64Array; readonly sums: BigInt64Array } | undefined;

  const settled = (): NonNullable<typeof sorted> => {
    const ascending = entries.toSorted((a, b) => a.instant - b.instant);
    const sums = new BigInt64Array(ascending.length + 1);
    for (const [place, { amount }] of ascending.entries()) sums[place + 1] = (sums[place] ?? 0n) + BigInt(amount);
    return { instants: Float64Array.from(ascending, ({ instant }) => instant), sums };
  };

  return {
    add(instant, amount) {
      entries.push({ instant, amount });
      sorted = undefined;
    },
    upTo(t) {
      sorted ??= settled();
      return sorted.sums[placeOf(sorted.instants, t) + 1] ?? 0n;
    },
    bytes: () => 48 * entries.length,
  };
};
