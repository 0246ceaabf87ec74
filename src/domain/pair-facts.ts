/** What is known of one pair, as the evaluator takes it: what its order asks from when on, and what was recorded about its target. */
import type { Range } from './facts.ts';
import type { Basis, Demand, Verdict } from './restriction.ts';
import type { Territory } from './territory.ts';

export const NEVER = Number.MAX_SAFE_INTEGER;

/** What an order contributes to each of its pairs. Instants in ms since 1970 (UTC); `binding` is the later of issue and first receipt. */
export type OrderTerms = {
  readonly demand: Demand;
  readonly binding: Range;
  readonly expiresAt: number;
  /** Periods for which the record is declared complete: disjoint, ascending, both ends included. */
  readonly covered: readonly Range[];
};

/** What a restriction is worth to one order, found once for all restrictions of one shape. */
export type RestrictionTerms = {
  readonly suffices: Verdict;
  /** Whether it covers the order's territory by itself, nothing lifted. */
  readonly coversAlone: Verdict;
  readonly territory: Territory;
  readonly basis: Basis;
  readonly citesOrder: boolean;
  readonly citesOther: boolean;
};
export type Lift = Range & { readonly territory: Territory };
export type Restriction = {
  readonly terms: RestrictionTerms;
  readonly start: Range;
  readonly until: number;
  readonly lifts: readonly Lift[];
};

export type PairFacts = {
  /** When the list reached its addressee. */
  readonly listed: Range;
  readonly restrictions: readonly Restriction[];
  /** Refusals that cite the order. */
  readonly declines: readonly Range[];
};
