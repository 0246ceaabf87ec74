/** Answers about compliance as JSON text: made where the read model is read, and sent on as they are. */
import type { OrderId } from '../domain/ids.ts';
import type { BesideStatus, Flag } from '../domain/pairs/pair-state.ts';
import type { TargetKind } from '../domain/target-ref.ts';
import type { TrailQuestion } from './audit-trail.ts';
import type { ComplianceScope } from './compliance.ts';
import type { DueEntry } from './deadlines.ts';
import type { DifferenceQuestion } from './difference.ts';
import type { DossierQuestion } from './dossier.ts';
import type { GroupBy } from './groups.ts';
import type { ListComparisonQuestion } from './list-comparison.ts';
import type { Standpoint } from './order-pairs.ts';
import type { PairsAsked } from './pairs-asked.ts';

export type AtQuestion = ComplianceScope & {
  /** Instants in ms since 1970. */
  readonly at: number;
  readonly groupBy?: GroupBy | undefined;
};
export type SheetQuestion = ComplianceScope & {
  readonly at: number;
  /** With every account of each line. */
  readonly each: boolean;
};
export type DeadlinesQuestion = ComplianceScope & { readonly at: number };
export type CurveQuestion = ComplianceScope & {
  readonly from: number;
  readonly to: number;
  readonly samples: readonly number[];
};
export type PairsQuestion = Standpoint & {
  readonly order: OrderId;
  readonly kinds: readonly TargetKind[];
  readonly at: number;
  /** Only these; all of them if nothing is given. */
  readonly asked: PairsAsked;
  /** Number of the target after which to go on; 0 at the start. */
  readonly after: number;
  readonly limit: number;
};

/** Each resolves with JSON text: StateOfCompliance, Curve (`compliance.ts`), Sheet, PairsPage (below), Deadlines (`deadlines.ts`). */
export interface ComplianceAnswers {
  at(question: AtQuestion): Promise<string>;
  curve(question: CurveQuestion): Promise<string>;
  /** One sheet: what was in effect at, and by, an instant, and on what record (`state-sheet.ts`). */
  sheet(question: SheetQuestion): Promise<string>;
  pairs(question: PairsQuestion): Promise<string>;
  /** What is due, and what the authorities owe (`deadlines.ts`). */
  deadlines(question: DeadlinesQuestion): Promise<string>;
  /** Everything that touches one target (`audit-trail.ts`); `null` if nothing was recorded about it. */
  trail(question: TrailQuestion): Promise<string>;
  /** Everything about one order (`dossier.ts`); `null` if it was not recorded. */
  dossier(question: DossierQuestion): Promise<string>;
  /** What changed between two points of knowledge (`difference.ts`). */
  diff(question: DifferenceQuestion): Promise<string>;
  /** Somebody's list against an order's (`list-comparison.ts`). */
  lists(question: ListComparisonQuestion): Promise<string>;
}

/** One account under one order at an instant. */
export type PairRow = BesideStatus & {
  readonly target: string;
  readonly kind: string;
  readonly platform: string;
  readonly key: string;
  readonly verbatim: string;
  readonly is: string;
  readonly status: string;
  /** What the readings say where the sources leave the status open. */
  readonly readings?: readonly string[];
  /** On what ground it is in effect; `null` if it is not. */
  readonly ground: string | null;
  /** What ended the order for it; `null` if nothing did. */
  readonly ending: string | null;
  readonly responseDeclined: boolean;
  readonly flags: readonly Flag[];
  /** When it is due: `null` if nothing sets a time. */
  readonly due: DueEntry | null;
  /** Since when `is` has been what it is: one instant in this range. `null` if it never changed. */
  readonly since: { readonly earliest: string; readonly latest: string } | null;
};
/** `next` is the `after` of the next page; `null` at the end. */
export type PairsPage = { readonly rows: readonly PairRow[]; readonly next: number | null };
