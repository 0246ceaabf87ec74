/** What is known of one pair, as the evaluator takes it: what its order asks from when on, and what was recorded about its target. */
import type { Range } from '../facts.ts';
import type { Basis, Demand, Verdict } from '../restriction.ts';
import type { Territory } from '../territory.ts';

export const NEVER = Number.MAX_SAFE_INTEGER;

/**
 * Something that happened at one instant somewhere in its range (ms since 1970, UTC). Facts of one event share its number, and so its instant: the
 * event's position, or 0 for the instant from which the order binds, which follows from several.
 */
export type Happening = Range & { readonly event: number };
export const BINDING_EVENT = 0;

/** A stay of the order, or a stop of its clock: from an instant until something ends it. */
export type Pause = {
  readonly begins: Happening;
  /** The end that it was given from the start. */
  readonly until: number;
  readonly ends: readonly Happening[];
  readonly restorationDirected: boolean;
};

/** How long the order gives. `isTolerance`: the asker's duration for an order that sets none, which changes no status. */
export type Clock = {
  readonly startsAt: 'receipt' | 'issue';
  readonly durationMs: number;
  readonly onRestart: 'continue' | 'restart';
  readonly isTolerance: boolean;
};

/** A time that somebody set or extended; from then on it is due at `dueAt`, whatever the rule says. */
export type DueDate = Happening & { readonly dueAt: number };
/** What the platform answered: of those that have come, the last one holds. */
export type Response = Happening & { readonly isDecline: boolean };

/** What an order contributes to each of its pairs. */
export type OrderTerms = {
  readonly demand: Demand;
  readonly issued: Happening;
  /** The later of issue and first receipt. */
  readonly binding: Range;
  readonly expiresAt: number;
  readonly revocations: readonly (Happening & { readonly restorationDirected: boolean })[];
  readonly stays: readonly Pause[];
  readonly stops: readonly Pause[];
  /** `undefined`: the order sets no number of hours. */
  readonly clock: Clock | undefined;
  /** By latest, then event: of those that have come the last one holds. */
  readonly dueDates: readonly DueDate[];
  /** Answers for the whole list. */
  readonly answers: readonly Response[];
  /** Periods for which the record is declared complete: disjoint, ascending, both ends included. */
  readonly covered: readonly Range[];
  /** Where declarations of any kind end: an end is covered or not as declared, and adds no time. */
  readonly coverageEnds: readonly number[];
};

/** What a restriction is worth to one order, found once for all restrictions of one shape. */
export type RestrictionTerms = {
  readonly suffices: Verdict;
  /** Whether it covers the order's territory by itself, nothing lifted. */
  readonly coversAlone: Verdict;
  readonly territory: Territory;
  readonly measure: string;
  readonly basis: Basis;
  /** Weaker than a withholding: not counted where platforms count. */
  readonly isLimit: boolean;
  readonly isEvidenced: boolean;
  readonly citesOrder: boolean;
  readonly citesOther: boolean;
};
export type Lift = Happening & { readonly territory: Territory };
export type Restriction = {
  readonly terms: RestrictionTerms;
  readonly start: Happening;
  readonly until: number;
  readonly lifts: readonly Lift[];
};

/** Another order that lists the target: whether it stands decides what the end of this one means. */
export type OtherOrder = {
  readonly issued: Happening;
  readonly listed: Happening;
  readonly ends: readonly Happening[];
  readonly expiresAt: number;
};

export type PairFacts = {
  readonly listed: Happening;
  /** When the list reached its addressee. */
  readonly received: Range;
  readonly restrictions: readonly Restriction[];
  /** Refusals that cite the order. */
  readonly declines: readonly Happening[];
  readonly withdrawals: readonly Happening[];
  readonly gone: readonly Happening[];
  readonly others: readonly OtherOrder[];
};
