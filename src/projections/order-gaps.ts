/** What the record of an order lacks at an instant: said beside it, since nobody reads what is not there. */
import { type DeadlineRule, findRule } from '../domain/deadlines/deadline-rules.ts';
import { isReviewOverdue } from '../domain/deadlines/duties.ts';
import type { GapCode } from '../domain/gaps.ts';
import type { OrderId } from '../domain/ids.ts';
import type { OrderView } from '../domain/order-terms.ts';
import { type Instant, instantFromMs, rangeOf } from '../domain/time.ts';
import type { Compliance, ComplianceScope } from './compliance.ts';
import { aboutOrder } from './deadlines.ts';
import type { ReadModel } from './read-model.ts';
import { findOrder, type OrderEntry } from './registers.ts';

/** `order`: of which it is said. `from`, `to`: the period. `number`: how many, and `of` how many. */
export type Gap = {
  readonly code: GapCode;
  readonly order?: string;
  readonly from?: Instant;
  readonly to?: Instant;
  readonly number?: number;
  readonly of?: number;
};

const PERIODS_MAX = 20; // the last ones

export type GapUses = { readonly model: ReadModel; readonly compliance: Compliance; readonly rules: readonly DeadlineRule[] };

/** `t` in ms since 1970: what could not be there yet is no gap. */
export const gapsOfOrder = (uses: GapUses, order: OrderId, scope: ComplianceScope, t: number): readonly Gap[] => {
  const known = uses.compliance.order(order, scope);
  const entry = findOrder(uses.model, order, scope.knownAt, uses.rules);
  if (!known || !entry || known.view.issued.earliest > t) return [];
  const rule = findRule(entry.deadlineRule, uses.rules);
  const isOverdue = rule !== undefined && isReviewOverdue(rule, aboutOrder(uses.model, scope, known), t);
  return [
    ...missingFrom(entry, known.view, t),
    ...(isOverdue ? [{ code: 'review_overdue' as const }] : []),
    ...periodsOpen(known.view, t),
  ].map((gap) => ({ ...gap, order }));
};

const missingFrom = (entry: OrderEntry, { binding }: OrderView, t: number): readonly Gap[] => {
  const { instrument, confirmations, listed, statedTargetCount, flags } = entry;
  const isConfirmed = confirmations.some(({ occurredAt }) => rangeOf(occurredAt).earliest <= t);
  return [
    ...(instrument === 'interim_direction' && !isConfirmed ? [{ code: 'no_confirmation' as const }] : []),
    ...(binding.earliest > t ? [{ code: 'no_service' as const }] : []),
    ...(listed.counted === 0 ? [{ code: 'no_list' as const, ...(statedTargetCount !== undefined && { of: statedTargetCount }) }] : []),
    ...(flags.includes('count_mismatch') && statedTargetCount !== undefined
      ? [{ code: 'count_mismatch' as const, number: listed.counted, of: statedTargetCount }]
      : []),
  ];
};

/** From its issue to the instant, less what is declared complete. */
const periodsOpen = ({ issued, covered }: OrderView, t: number): readonly Gap[] => {
  if (covered.length === 0) return [{ code: 'never_declared_complete' }];
  const open: Gap[] = [];
  let from = issued.latest;
  for (const { earliest, latest } of [...covered, { earliest: t, latest: t }]) {
    const to = Math.min(earliest, t);
    if (from < to) open.push({ code: 'not_declared_complete', from: instantFromMs(from), to: instantFromMs(to) });
    from = Math.max(from, latest);
  }
  return open.slice(-PERIODS_MAX);
};
