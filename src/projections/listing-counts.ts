/**
 * How many targets of each kind an order lists, kept as the log is folded: a page about a list of a million does not count a million. What the order gave
 * up since is counted all the same, for a register says what the list names; withdrawals are told apart, with their times.
 */
import { type TargetKind, targetKind } from '../domain/target-ref.ts';
import type { ReadModel } from './read-model.ts';

const LAST = 'SELECT listed FROM listing_count WHERE list = ? AND kind = ? ORDER BY since DESC LIMIT 1';
const SET = `
  INSERT INTO listing_count (list, kind, since, listed) VALUES (?, ?, ?, ?)
  ON CONFLICT (list, kind, since) DO UPDATE SET listed = excluded.listed`;
const KNOWN = 'SELECT listed FROM listing_count WHERE list = ? AND kind = ? AND since <= ? ORDER BY since DESC LIMIT 1';

/** Bounds memory, not correctness: what is not remembered is looked up. */
const REMEMBERED_MAX = 10_000;

export type ListingCounts = {
  /** One target more (`1`) or less (`-1`) on the list of an order, as known from a position on. */
  readonly count: (change: { readonly list: number; readonly kind: string; readonly since: number; readonly by: 1 | -1 }) => void;
};

export const createListingCounts = (model: ReadModel): ListingCounts => {
  const remembered = new Map<string, number>();
  return {
    count({ list, kind, since, by }) {
      const key = `${list} ${kind}`;
      const listed = (remembered.get(key) ?? Number(model.get(LAST, list, kind)?.[0] ?? 0)) + by;
      if (remembered.size >= REMEMBERED_MAX) remembered.clear();
      remembered.set(key, listed);
      model.run(SET, list, kind, since, listed);
    },
  };
};

/** How many targets of each kind an order lists, as known at a position; kinds of which it lists none are left out. */
export const listedByKind = (model: ReadModel, list: number, knownAt: number): { readonly [kind in TargetKind]?: number } =>
  Object.fromEntries(
    targetKind.options.flatMap((kind) => {
      const listed = Number(model.get(KNOWN, list, kind, knownAt)?.[0] ?? 0);
      return listed === 0 ? [] : [[kind, listed]];
    }),
  );
