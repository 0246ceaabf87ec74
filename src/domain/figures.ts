/**
 * Compliance figures: each definition's numerator, denominator and bounds, from how many pairs (targets, milliseconds) have which possible
 * outcomes. One evaluator serves "now" and every earlier knowledge point.
 */
import { HOUR_MS } from './calendar.ts';
import { type Column, NO, OUT, type Outcomes, outcomesOf, type PairDefinition, stateOf, UNKNOWN, YES } from './pairs/pair-state.ts';
import { percentOf } from './ratio.ts';

/** Raised when a rule here or in the files about pairs changes what an answer says for the same events. */
export const RULES_VERSION = 2;

/** The named definitions of compliance, which stand side by side. */
export const DEFINITIONS = [
  'effective',
  'anyRestriction',
  'ever',
  'onTime',
  'sustained',
  'timeWeighted',
  'citingOrder',
  'distinctTargets',
  'platformStyle',
] as const;
export type Definition = (typeof DEFINITIONS)[number];

/** How many pairs are in each state, by its number. */
export type Histogram = ReadonlyMap<number, number>;
/** How many units have each set of possible outcomes. */
export type OutcomeCounts = ReadonlyMap<Outcomes, number | bigint>;
/** Why there is no percentage. */
export type NoPercent = 'no_target_list' | 'no_numeric_deadline' | 'empty_population';
export type Band = { readonly low: number; readonly high: number };

type Counted<N> = {
  /** Certainly in the population and certainly counted. */
  readonly numerator: N;
  /** Possibly counted: neither certain nor unknown. */
  readonly maybe: N;
  /** No record either way, and not declared complete. */
  readonly unknown: N;
  /** Certainly in the population. */
  readonly denominator: N;
  /** Only possibly in the population. */
  readonly denominatorMaybe: N;
  /** Percent with two decimals, half to even; low = high when all is certain. */
  readonly percent: Band | null;
  readonly reason?: NoPercent;
};
export type PairFigure = Counted<number> & { readonly definition: Exclude<Definition, 'timeWeighted'>; readonly unit: 'pairs' };
/** An account in several orders counts once: under `all` or under `any` of those that are live for it. */
export type TargetFigure = Counted<number> & {
  readonly definition: 'distinctTargets';
  readonly variant: 'all' | 'any';
  readonly unit: 'targets';
};
/** Milliseconds are decimal text, exact beyond 2^53; hours beside, with two decimals. */
export type TimeFigure = Counted<string> & {
  readonly definition: 'timeWeighted';
  readonly unit: 'milliseconds';
  readonly hours: { readonly numerator: number; readonly denominator: number };
};
/** Where platforms count: pairs by the basis of what is in force, first match. */
export type PlatformColumns = { readonly [column in Column | 'undetermined']: number };

/** Numbers of pairs add up over orders; percentages never do. */
export const sumOf = (histograms: readonly Histogram[]): Histogram => {
  const sum = new Map<number, number>();
  for (const histogram of histograms) for (const [state, pairs] of histogram) sum.set(state, (sum.get(state) ?? 0) + pairs);
  return sum;
};
export const countsOf = (histogram: Histogram, definition: PairDefinition): OutcomeCounts => {
  const counts = new Map<Outcomes, number>();
  for (const [state, pairs] of histogram) {
    const outcomes = outcomesOf(state, definition);
    counts.set(outcomes, (counts.get(outcomes) ?? 0) + pairs);
  }
  return counts;
};

/** `reason`: why there is no percentage, if that is known before anything is counted. */
export const pairFigure = (definition: PairDefinition, histogram: Histogram, reason: NoPercent | undefined): PairFigure => {
  const { percent, ...counts } = tally(countsOf(histogram, definition), reason);
  return { definition, unit: 'pairs', ...mapped(counts, Number), ...percent };
};

export const targetFigure = (variant: 'all' | 'any', counted: OutcomeCounts, reason: NoPercent | undefined): TargetFigure => {
  const { percent, ...counts } = tally(counted, reason);
  return { definition: 'distinctTargets', variant, unit: 'targets', ...mapped(counts, Number), ...percent };
};

export const timeFigure = (counted: OutcomeCounts, reason: NoPercent | undefined): TimeFigure => {
  const { percent, ...counts } = tally(counted, reason);
  const hours = { numerator: hoursOf(counts.numerator), denominator: hoursOf(counts.denominator) };
  return { definition: 'timeWeighted', unit: 'milliseconds', ...mapped(counts, String), hours, ...percent };
};

/** Hundredths of an hour, halves to even as a percentage of so many hours would be. */
const hoursOf = (ms: bigint): number => percentOf(ms, BigInt(HOUR_MS) * 100n) ?? 0;

type Tally = { readonly [count in 'numerator' | 'maybe' | 'unknown' | 'denominator' | 'denominatorMaybe']: bigint };
const mapped = <N>(counts: Tally, of: (count: bigint) => N): { readonly [count in keyof Tally]: N } => ({
  numerator: of(counts.numerator),
  maybe: of(counts.maybe),
  unknown: of(counts.unknown),
  denominator: of(counts.denominator),
  denominatorMaybe: of(counts.denominatorMaybe),
});

type Percent = { readonly percent: Band | null; readonly reason?: NoPercent };

const tally = (counted: OutcomeCounts, reason: NoPercent | undefined): Tally & { readonly percent: Percent } => {
  const count = { numerator: 0n, maybe: 0n, unknown: 0n, denominator: 0n, denominatorMaybe: 0n };
  const bound = { possiblyNo: 0n, possiblyYes: 0n, certainlyNo: 0n };
  for (const [outcomes, number] of counted) {
    const units = BigInt(number);
    const inside = outcomes & ~OUT;
    if (inside === 0) continue;
    if ((outcomes & OUT) === 0) count.denominator += units;
    else count.denominatorMaybe += units;
    if (outcomes === YES) count.numerator += units;
    else if (outcomes === UNKNOWN) count.unknown += units;
    else if ((inside & (YES | UNKNOWN)) !== 0) count.maybe += units;
    if ((inside & (NO | UNKNOWN)) !== 0) bound.possiblyNo += units;
    if ((inside & (YES | UNKNOWN)) !== 0) bound.possiblyYes += units;
    if (outcomes === NO) bound.certainlyNo += units;
  }
  return { ...count, percent: percentFrom(count.numerator, bound, reason) };
};

const percentFrom = (
  numerator: bigint,
  { possiblyNo, possiblyYes, certainlyNo }: { readonly possiblyNo: bigint; readonly possiblyYes: bigint; readonly certainlyNo: bigint },
  reason: NoPercent | undefined,
): Percent => {
  if (reason !== undefined) return { percent: null, reason };
  const low = percentOf(numerator, numerator + possiblyNo);
  const high = percentOf(possiblyYes, possiblyYes + certainlyNo);
  const either = low ?? high;
  return either === null ? { percent: null, reason: 'empty_population' } : { percent: { low: low ?? either, high: high ?? either } };
};

export const columnsOf = (histogram: Histogram): PlatformColumns => {
  const columns = { legal_order: 0, platform_rules: 0, unstated: 0, no_action: 0, unknown: 0, undetermined: 0 };
  for (const [number, pairs] of histogram) {
    const { column } = stateOf(number);
    if (column !== null) columns[column] += pairs;
  }
  return columns;
};
