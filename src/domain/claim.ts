/**
 * Figures that somebody published: how they are written, which cannot be, and how one is read. A claim is recorded as it was published, set beside
 * what the ledger itself answers, and never turned into events; it enters no figure.
 */
import { z } from 'zod';
import { elapsedMs } from './duration.ts';
import type { Rule } from './event-type.ts';
import type { TimeExtent } from './time.ts';

export const CLAIM_UNITS = ['count', 'percent', 'duration'] as const;
type ClaimUnit = (typeof CLAIM_UNITS)[number];

/** What a claim is about; `other` is whatever the ledger has no value for. */
export const claimMetric = z.enum([
  'pairs_in_effect',
  'compliance_rate',
  'targets_listed',
  'orders_issued',
  'targets_restricted',
  'restriction_duration',
  'notification_delay',
  'other',
]);
type Metric = z.infer<typeof claimMetric>;
/** In what each is counted. */
const UNIT_OF_METRIC: { readonly [M in Metric]: ClaimUnit | undefined } = {
  pairs_in_effect: 'count',
  compliance_rate: 'percent',
  targets_listed: 'count',
  orders_issued: 'count',
  targets_restricted: 'count',
  restriction_duration: 'duration',
  notification_delay: 'duration',
  other: undefined,
};

/** How the words of a source relate to its number (`comparator@1`): "over", "nearly", "about"; `unquantified` is "a portion". */
export const claimComparator = z.enum(['eq', 'gt', 'gte', 'lt', 'lte', 'about', 'range', 'nearly', 'unquantified']);
type Comparator = z.infer<typeof claimComparator>;

// ---- Quantities

const DECIMAL = /^-?\d{1,15}(?:\.\d{1,15})?$/;
/** Days of 24 hours, hours, minutes, seconds: elapsed time. Months and years have no one length. */
const DURATION = /^-?P(?=[\dT])(?:\d{1,6}D)?(?:T(?=\d)(?:\d{1,9}H)?(?:\d{1,9}M)?(?:\d{1,9}S)?)?$/;

/** A number as a source writes it: decimal text, whose decimals say how exact it is, or an ISO 8601 duration. */
export const quantityText = z
  .string()
  .regex(new RegExp(`${DECIMAL.source}|${DURATION.source}`), 'decimal text such as "97" or "97.4", or a duration such as "PT5H50M"');

const isDuration = (text: string): boolean => DURATION.test(text);
const DECIMALS_MAX = 15n;

/** For comparing: of decimal text the number times 10^15, exactly; of a duration its milliseconds. */
const sizeOf = (text: string): bigint => {
  if (isDuration(text)) return BigInt(elapsedMs(text));
  const [whole = '', decimals = ''] = text.replace('-', '').split('.');
  const size = BigInt(whole + decimals.padEnd(Number(DECIMALS_MAX), '0'));
  return text.startsWith('-') ? -size : size;
};
const ONE = 10n ** DECIMALS_MAX;

// ---- What cannot be

type Part = { readonly numerator?: number | undefined; readonly denominator?: number | undefined };
type Figures = Part & {
  readonly metric: Metric;
  readonly comparator: Comparator;
  readonly unit: ClaimUnit;
  readonly value?: string | undefined;
  readonly range?: { readonly min: string; readonly max: string } | undefined;
  readonly parts?: readonly (Part & { readonly label: string })[] | undefined;
};

/** Which field, and what is the matter with it. */
type Fault = { readonly field: string; readonly why: Why };
type Why =
  | 'not_the_unit_of_the_metric'
  | 'not_of_its_unit'
  | 'negative'
  | 'fractional_count'
  | 'percent_outside_0_to_100'
  | 'range_reversed'
  | 'numerator_exceeds_denominator'
  | 'number_missing'
  | 'number_out_of_place';

const unitFault = ({ metric, unit }: Figures): Fault | undefined => {
  const expected = UNIT_OF_METRIC[metric];
  return expected === undefined || expected === unit ? undefined : { field: 'unit', why: 'not_the_unit_of_the_metric' };
};

/** What is written in `value` and `range`, each with its field. */
const written = ({ value, range }: Figures): readonly { readonly field: string; readonly text: string }[] => [
  ...(value === undefined ? [] : [{ field: 'value', text: value }]),
  ...(range ? [range.min, range.max].map((text) => ({ field: 'range', text })) : []),
];

const quantityFault = (claim: Figures): Fault | undefined => {
  for (const { field, text } of written(claim)) {
    if (isDuration(text) !== (claim.unit === 'duration')) return { field, why: 'not_of_its_unit' };
    if (text.startsWith('-')) return { field, why: 'negative' };
    if (claim.unit === 'count' && sizeOf(text) % ONE !== 0n) return { field, why: 'fractional_count' };
    if (claim.unit === 'percent' && sizeOf(text) > 100n * ONE) return { field, why: 'percent_outside_0_to_100' };
  }
  return undefined;
};

const rangeFault = ({ range }: Figures): Fault | undefined =>
  range && sizeOf(range.min) > sizeOf(range.max) ? { field: 'range', why: 'range_reversed' } : undefined;

const partFault = ({ numerator, denominator }: Part): { readonly field: keyof Part; readonly why: Why } | undefined => {
  if (numerator !== undefined && numerator < 0) return { field: 'numerator', why: 'negative' };
  if (denominator !== undefined && denominator < 0) return { field: 'denominator', why: 'negative' };
  return numerator !== undefined && denominator !== undefined && numerator > denominator
    ? { field: 'numerator', why: 'numerator_exceeds_denominator' }
    : undefined;
};

const partsFault = ({ parts = [] }: Figures): Fault | undefined => {
  const fault = parts.map(partFault).find((found) => found !== undefined);
  return fault && { field: 'parts', why: fault.why };
};

/** `range` has its two ends, `unquantified` no number at all, any other comparator one number. */
const comparatorFault = (claim: Figures): Fault | undefined => {
  const { comparator, unit, range, numerator } = claim;
  const hasNumber = claim.value !== undefined || (unit !== 'duration' && numerator !== undefined);
  if (range && comparator !== 'range') return { field: 'range', why: 'number_out_of_place' };
  switch (comparator) {
    case 'range':
      if (claim.value !== undefined) return { field: 'value', why: 'number_out_of_place' };
      return range ? undefined : { field: 'range', why: 'number_missing' };
    case 'unquantified':
      if (unit === 'duration') return { field: 'unit', why: 'not_of_its_unit' };
      return hasNumber ? { field: claim.value === undefined ? 'numerator' : 'value', why: 'number_out_of_place' } : undefined;
    default:
      return hasNumber && hasRatio(claim) ? undefined : { field: 'value', why: 'number_missing' };
  }
};

/** A percentage that is not written out is the ratio of two numbers. */
const hasRatio = ({ unit, value, denominator }: Figures): boolean =>
  unit !== 'percent' || value !== undefined || (denominator !== undefined && denominator > 0);

/** What the numbers of a claim cannot be, whoever published them. */
export const numbersCanBe: Rule<Figures> = (claim) => {
  const checks = [unitFault, quantityFault, rangeFault, partFault, partsFault, comparatorFault];
  for (const check of checks) {
    const fault = check(claim);
    if (fault) return { code: 'CLAIM_NUMBERS_IMPOSSIBLE', ...fault };
  }
  return undefined;
};

// ---- How it is read

type Claimed = {
  readonly occurredAt: TimeExtent;
  readonly asOf?: TimeExtent | undefined;
  readonly unit: ClaimUnit;
  readonly value?: string | undefined;
  readonly numerator?: number | undefined;
};

/**
 * What a claim leaves to its reader. It is filled in here and not in what is stored, so that a corrected numerator or time of publication is read
 * along with what follows from it. `value` of a count is its numerator. Of a percentage it is the exact ratio of its two numbers, which no decimal
 * need hold, and whose decimals would say how exact the source was: it is not written out, and `undefined` here.
 */
export const readClaim = ({ occurredAt, asOf, unit, value, numerator }: Claimed) => ({
  asOf: asOf ?? occurredAt,
  /** The source does not say as of when: it is taken to be when it was published. */
  asOfAssumed: asOf === undefined,
  value: value ?? (unit === 'count' && numerator !== undefined ? String(numerator) : undefined),
});
