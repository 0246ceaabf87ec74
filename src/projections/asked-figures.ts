/** The figures of one answer: the three that are always given, and the other definitions that were asked for. */

import { targetOutcomes, VARIANTS, type Variant } from '../domain/distinct-targets.ts';
import {
  columnsOf,
  countsOf,
  type Histogram,
  type NoPercent,
  type OutcomeCounts,
  type PairFigure,
  type PlatformColumns,
  pairFigure,
  type TargetFigure,
  type TimeFigure,
  targetFigure,
  timeFigure,
} from '../domain/figures.ts';
import { type MakeUp, makeUpOf } from '../domain/make-up.ts';
import { hasNumericDeadline } from '../domain/order-terms.ts';
import { outcomesOf, type PairDefinition } from '../domain/pairs/pair-state.ts';
import type { ChangeIndex } from './change-index.ts';
import type { ComplianceScope } from './compliance.ts';
import type { DistinctIndexes } from './distinct-indexes.ts';
import type { KnownOrder } from './order-indexes.ts';

/** An order asked about, with how its pairs change. */
export type Asked = KnownOrder & { readonly index: ChangeIndex };

type OnRequest = { readonly [definition in 'anyRestriction' | 'onTime' | 'sustained' | 'citingOrder']?: PairFigure };
export type Figures = OnRequest & {
  readonly effective: PairFigure;
  readonly ever: PairFigure;
  readonly makeUp: MakeUp;
  readonly platformStyle?: PairFigure & { readonly columns: PlatformColumns };
  readonly timeWeighted?: TimeFigure;
  readonly distinctTargets?: readonly TargetFigure[];
};

type Question = {
  /** Those that the figures are about. */
  readonly orders: readonly Asked[];
  readonly scope: ComplianceScope;
  readonly t: number;
  /** Of the pairs that are counted, at `t`. */
  readonly histogram: Histogram;
  /** `undefined` where no figure about targets can be asked for. */
  readonly distinct: DistinctIndexes | undefined;
};

export const figuresAsked = (question: Question): Figures => {
  const { orders, scope, t, histogram, distinct } = question;
  const isAsked = (definition: string): boolean => scope.definitions?.some((asked) => asked === definition) ?? false;
  const reason: NoPercent | undefined = orders.every((known) => hasTargetList(known, t, scope.kinds)) ? undefined : 'no_target_list';
  const of = (definition: PairDefinition, why: NoPercent | undefined = reason): PairFigure => pairFigure(definition, histogram, why);
  const isTimed = scope.toleranceMs !== undefined || orders.some(({ view }) => hasNumericDeadline(view));
  return {
    effective: of('effective'),
    ever: of('ever'),
    ...(isAsked('anyRestriction') && { anyRestriction: of('anyRestriction') }),
    ...(isAsked('onTime') && { onTime: of('onTime', reason ?? (isTimed ? undefined : 'no_numeric_deadline')) }),
    ...(isAsked('sustained') && { sustained: of('sustained') }),
    ...(isAsked('timeWeighted') && { timeWeighted: timeFigure(timeSpent(question), reason) }),
    ...(isAsked('citingOrder') && { citingOrder: of('citingOrder') }),
    ...(isAsked('distinctTargets') &&
      distinct && { distinctTargets: VARIANTS.map((variant) => targetFigure(variant, targetCounts(question, distinct, variant), reason)) }),
    ...(isAsked('platformStyle') && { platformStyle: { ...of('platformStyle'), columns: columnsOf(histogram) } }),
    makeUp: makeUpOf(histogram),
  };
};

/** Milliseconds from binding to `t` by what each of them was, silence judged at `t`. */
const timeSpent = ({ orders, scope, t }: Question): OutcomeCounts => {
  const spent = new Map<number, bigint>();
  for (const { index } of orders)
    for (const [outcomes, ms] of index.millisecondsAt(t, scope.kinds, (state) => outcomesOf(state, 'effective')))
      spent.set(outcomes, (spent.get(outcomes) ?? 0n) + ms);
  return spent;
};

/** Under one order an account has one pair; under several its pairs are taken together. */
const targetCounts = ({ orders, scope, t, histogram }: Question, distinct: DistinctIndexes, variant: Variant): OutcomeCounts => {
  if (orders.length < 2) return countsOf(histogram, 'effective');
  const counts = new Map<number, number>();
  for (const [state, targets] of distinct.of(orders).histogramAt(t, scope.kinds)) {
    const outcomes = targetOutcomes(state, variant);
    counts.set(outcomes, (counts.get(outcomes) ?? 0) + targets);
  }
  return counts;
};

/**
 * An order that was issued and has not ended, but of which no list of what is counted is on record, has no percentage: its targets are not known. A hashtag
 * or a described class on record is no list of accounts.
 */
const hasTargetList = ({ view, index }: Asked, t: number, kinds: readonly string[]): boolean =>
  t < view.issued.earliest || t >= view.expiresAt || view.revocations.some(({ latest }) => latest <= t) || index.hasListing(t, kinds);
