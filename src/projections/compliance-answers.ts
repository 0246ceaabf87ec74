/** Answers about compliance as JSON text: made where the read model is read, and sent on as they are. */
import type { OrderId } from '../domain/ids.ts';
import type { TargetKind } from '../domain/target-ref.ts';

export type AtQuestion = {
  readonly orders: readonly OrderId[];
  readonly knownAt: number;
  readonly kinds: readonly TargetKind[];
  /** Instants in ms since 1970. */
  readonly at: number;
  readonly groupBy?: 'kind' | undefined;
};
export type CurveQuestion = Omit<AtQuestion, 'at' | 'groupBy'> & {
  readonly from: number;
  readonly to: number;
  readonly samples: readonly number[];
};
export type PairsQuestion = {
  readonly order: OrderId;
  readonly knownAt: number;
  readonly kinds: readonly TargetKind[];
  readonly at: number;
  /** Only pairs of this class, such as `reversed_while_in_force`; all if absent. */
  readonly status?: string | undefined;
  /** Number of the target after which to go on; 0 at the start. */
  readonly after: number;
  readonly limit: number;
};

/** Each resolves with JSON text: StateOfCompliance, Curve (`compliance.ts`), PairsPage (below). */
export interface ComplianceAnswers {
  at(question: AtQuestion): Promise<string>;
  curve(question: CurveQuestion): Promise<string>;
  pairs(question: PairsQuestion): Promise<string>;
}

/** One account under one order at an instant. */
export type PairRow = {
  readonly target: string;
  readonly kind: string;
  readonly platform: string;
  readonly key: string;
  readonly verbatim: string;
  readonly is: string;
  readonly status: string | null;
  readonly responseDeclined: boolean;
  /** Since when `is` has been what it is: one instant in this range. `null` if it never changed. */
  readonly since: { readonly earliest: string; readonly latest: string } | null;
};
/** `next` is the `after` of the next page; `null` at the end. */
export type PairsPage = { readonly rows: readonly PairRow[]; readonly next: number | null };
