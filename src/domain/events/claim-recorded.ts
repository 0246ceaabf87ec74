/** Somebody published a figure. It is recorded as published, and compared with what the ledger answers: it is never turned into events. */
import { z } from 'zod';
import { CLAIM_UNITS, claimComparator, claimMetric, numbersCanBe, quantityText } from '../claim.ts';
import { eventType, type Rule } from '../event-type.ts';
import { basis, citedOrders, classes, type Fields, line, listOf, party, text } from '../fields.ts';
import { DEFINITIONS } from '../figures.ts';
import { caseIdText, claimIdText } from '../ids.ts';
import { targetKind } from '../target-ref.ts';

/** Measures of all restrictions that there are: a test holds the types of restriction to them. */
const measure = z.enum([
  'suspended',
  'terminated',
  'removed',
  'access_disabled',
  'withheld',
  'demoted',
  'excluded_from_trends',
  'labelled',
  'age_restricted',
  'interaction_restricted',
  'demonetised',
  'other',
]);
const targetClass = classes.element.shape.class;

/** What is counted; what is not said is not restricted. */
const population = (field: Fields) =>
  z.strictObject({
    orders: citedOrders,
    kinds: listOf(targetKind).min(1).optional(),
    classes: listOf(targetClass).min(1).optional(),
    measures: listOf(measure).min(1).optional(),
    bases: listOf(basis).min(1).optional(),
    territory: field.territory.optional(),
    /** What the source means by it, where no other field says so: "handles", "URLs with a hashtag". */
    note: text.optional(),
  });

/** Somebody published it somewhere, whoever recorded it. */
const alwaysHasSource: Rule<{ readonly assertion: string; readonly sources?: unknown }> = ({ assertion, sources }) =>
  sources === undefined ? { code: 'SOURCE_REQUIRED', assertion } : undefined;

/** `occurredAt` is when it was published. What a claim does not say is filled in by whoever reads it, see `readClaim`. */
export const claimRecorded = eventType({
  name: 'ClaimRecorded',
  version: 1,
  category: 'claim',
  opens: true,
  fields: (field: Fields) => ({
    caseId: caseIdText,
    claimant: party,
    /** Who passed it on, from the source that was read back to the claimant. */
    relayedBy: listOf(party),
    /** The state that it is about; by default that at its publication. */
    asOf: field.extent.optional(),
    metric: claimMetric,
    definition: z.enum(DEFINITIONS).optional(),
    population: population(field),
    comparator: claimComparator,
    /** As written: the decimals say how exact it is meant. */
    value: quantityText.optional(),
    range: z.strictObject({ min: quantityText, max: quantityText }).optional(),
    numerator: z.int().optional(),
    denominator: z.int().optional(),
    unit: z.enum(CLAIM_UNITS),
    parts: listOf(z.strictObject({ label: line, numerator: z.int(), denominator: z.int() }))
      .min(1)
      .optional(),
    /** The claim that this one repeats. */
    restates: claimIdText.optional(),
    /** The words in which it was published: without them no number can be read. */
    text,
  }),
  rules: [alwaysHasSource, numbersCanBe],
});
