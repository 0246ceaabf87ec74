/**
 * Compliance figures from a histogram of pair states: each definition's numerator, denominator and bounds, and the make-up of what is in
 * effect and what is not. One evaluator serves "now" and every earlier knowledge point.
 */
import {
  type Apart,
  CLASSES,
  classOf,
  type Definition,
  type InEffect,
  NO,
  type NotInEffect,
  OUT,
  outcomesOf,
  type PairClass,
  UNKNOWN,
  YES,
} from './pair-state.ts';
import { percentOf } from './ratio.ts';

/** Raised when a rule here or in `pair-life.ts` changes what an answer says for the same events. */
export const RULES_VERSION = 1;

/** How many pairs are in each state. */
export type Histogram = ReadonlyMap<number, number>;
/** Why there is no percentage. */
export type NoPercent = 'no_target_list' | 'empty_population';

export type Figure = {
  readonly definition: Definition;
  readonly unit: 'pairs';
  /** Certainly in the population and certainly counted. */
  readonly numerator: number;
  /** Possibly counted: neither certain nor unknown. */
  readonly maybe: number;
  /** No record either way, and not declared complete. */
  readonly unknown: number;
  /** Certainly in the population. */
  readonly denominator: number;
  /** Only possibly in the population. */
  readonly denominatorMaybe: number;
  /** Percent with two decimals, half to even; low = high when all is certain. */
  readonly percent: { readonly low: number; readonly high: number } | null;
  readonly reason?: NoPercent;
};

export type NotInEffectCount = { readonly status: NotInEffect; readonly responseDeclined: boolean; readonly pairs: number };

export type MakeUp = {
  readonly inEffect: { readonly [status in InEffect]: number };
  /** In the order of the statuses; those without a pair are left out. */
  readonly notInEffect: readonly NotInEffectCount[];
  readonly unknown: number;
  /** Certainly obligations; the exact hour, which the sources leave open, decides whether they are in effect. */
  readonly open: number;
  /** Outside the population, counted beside it. */
  readonly apart: { readonly [status in Apart]: number };
  /** Whether the order binds depends on the exact hour. */
  readonly populationOpen: number;
};

export type Figures = { readonly [definition in Definition]: Figure } & { readonly makeUp: MakeUp };

export const figuresOf = (histogram: Histogram, hasTargetList: boolean): Figures => {
  const figure = (definition: Definition): Figure => figureOf(definition, histogram, hasTargetList);
  return { effective: figure('effective'), ever: figure('ever'), makeUp: makeUpOf(histogram) };
};

/** Numbers of pairs add up over orders; percentages never do. */
export const sumOf = (histograms: readonly Histogram[]): Histogram => {
  const sum = new Map<number, number>();
  for (const histogram of histograms) for (const [state, pairs] of histogram) sum.set(state, (sum.get(state) ?? 0) + pairs);
  return sum;
};

const figureOf = (definition: Definition, histogram: Histogram, hasTargetList: boolean): Figure => {
  const count = { numerator: 0, maybe: 0, unknown: 0, denominator: 0, denominatorMaybe: 0 };
  const bound = { possiblyNo: 0, possiblyYes: 0, certainlyNo: 0 };
  for (const [state, pairs] of histogram) {
    const outcomes = outcomesOf(state, definition);
    const inside = outcomes & ~OUT;
    if (inside === 0) continue;
    if ((outcomes & OUT) === 0) count.denominator += pairs;
    else count.denominatorMaybe += pairs;
    if (outcomes === YES) count.numerator += pairs;
    else if (outcomes === UNKNOWN) count.unknown += pairs;
    else if ((inside & (YES | UNKNOWN)) !== 0) count.maybe += pairs;
    if ((inside & (NO | UNKNOWN)) !== 0) bound.possiblyNo += pairs;
    if ((inside & (YES | UNKNOWN)) !== 0) bound.possiblyYes += pairs;
    if (outcomes === NO) bound.certainlyNo += pairs;
  }
  const low = percentOf(count.numerator, count.numerator + bound.possiblyNo);
  const high = percentOf(bound.possiblyYes, bound.possiblyYes + bound.certainlyNo);
  const head = { definition, unit: 'pairs', ...count } as const;
  if (!hasTargetList) return { ...head, percent: null, reason: 'no_target_list' };
  const either = low ?? high;
  return either === null
    ? { ...head, percent: null, reason: 'empty_population' }
    : { ...head, percent: { low: low ?? either, high: high ?? either } };
};

const makeUpOf = (histogram: Histogram): MakeUp => {
  const pairsIn = new Map<PairClass, number>();
  for (const [state, pairs] of histogram) pairsIn.set(classOf(state), (pairsIn.get(classOf(state)) ?? 0) + pairs);
  const inEffect = { citing_order: 0, preexisting: 0, other_order: 0, platform_rules: 0, unstated: 0, undetermined: 0 };
  const apart = { not_yet_binding: 0, order_ended: 0 };
  const notInEffect: NotInEffectCount[] = [];
  const rest = { unknown: 0, open: 0, population_open: 0 };
  for (const found of CLASSES) {
    const pairs = pairsIn.get(found) ?? 0;
    if (found.is === 'in_effect') inEffect[found.status] = pairs;
    else if (found.is === 'apart') apart[found.status] = pairs;
    else if (found.is !== 'not_in_effect') rest[found.is] = pairs;
    else if (pairs > 0) notInEffect.push({ status: found.status, responseDeclined: found.responseDeclined, pairs });
  }
  return { inEffect, notInEffect, unknown: rest.unknown, open: rest.open, apart, populationOpen: rest.population_open };
};
