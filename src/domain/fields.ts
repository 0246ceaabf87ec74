/**
 * The vocabulary of fields from which every event type's schema is built, once as a caller may send them (`inputFields`, which parse) and once
 * as the log holds them (`storedFields`, which only check). Vocabularies are version 1: values are added by a new version, never renamed.
 */
import { z } from 'zod';
import { eventIdText, externalId, type OrderId, orderIdText, sha256Text, uuidText } from './ids.ts';
import { parsePlatform, platformInput, platformStored } from './platform.ts';
import { type Parsed, unparsable } from './refusal.ts';
import { refusing } from './refusing.ts';
import { parseTargetRef, type TargetRef, targetRefInput, targetRefStored } from './target-ref.ts';
import { parseTerritory, type Territory, type TerritoryInput, territoryInput, territoryStored } from './territory.ts';
import { safeText } from './text.ts';
import {
  type Instant,
  instantInput,
  instantOf,
  instantStored,
  parseTimeExtent,
  storedTimeExtent,
  type TimeExtent,
  timeExtentInput,
} from './time.ts';

/** Fields whose input form differs from their stored form. */
export type Fields = {
  readonly extent: z.ZodType<TimeExtent>;
  readonly instant: z.ZodType<Instant>;
  readonly territory: z.ZodType<Territory>;
  /** Territory of a measure that is by its nature not worldwide: WORLD is refused. */
  readonly places: z.ZodType<Territory>;
  readonly platform: z.ZodType<string>;
  readonly target: z.ZodType<TargetRef>;
};

const parsePlaces = (input: TerritoryInput): Parsed<Territory> =>
  input === 'WORLD' ? unparsable({ code: 'TERRITORY_UNKNOWN', territory: input }) : parseTerritory(input);

export const inputFields: Fields = {
  extent: refusing(timeExtentInput, parseTimeExtent),
  instant: refusing(instantInput, instantOf),
  territory: refusing(territoryInput, parseTerritory),
  places: refusing(territoryInput, parsePlaces),
  platform: refusing(platformInput, parsePlatform),
  target: refusing(targetRefInput, parseTargetRef),
};
export const storedFields: Fields = {
  extent: storedTimeExtent,
  instant: instantStored,
  territory: territoryStored,
  places: territoryStored.refine((territory) => territory !== 'WORLD'),
  platform: platformStored,
  target: targetRefStored,
};

const LINE_LENGTH_MAX = 500; // UTF-16 code units
/** A name, a reference, a title: one line. */
export const line = safeText({ max: LINE_LENGTH_MAX, layout: 'line' });
/** The source's or the recorder's words: lines, at most 2,000 UTF-16 code units. */
export const text = safeText();

export const SOURCES_MAX = 50;
export const CITED_MAX = 50; // orders or events that one act cites
const LIST_MAX = 100; // grounds, participants, aliases and the like

export const listOf = <T extends z.ZodType>(item: T) => z.array(item).max(LIST_MAX);

/** A person or body as it appeared in the source: a snapshot, and it may be unnamed. */
export const party = z
  .strictObject({
    name: line.optional(),
    role: line.optional(),
    organisation: line.optional(),
    country: line.optional(),
    count: z.int().min(1).max(1_000_000).optional(),
    description: text.optional(),
  })
  .meta({ id: 'Party' });
export type Party = z.infer<typeof party>;

export const basis = z.enum(['legal_order', 'platform_rules', 'unstated']);
/** Orders that an act cites; none if it cites none. */
export const citedOrders: z.ZodType<readonly OrderId[]> = z.array(orderIdText).max(CITED_MAX);
export const demandMeasure = z.enum(['disable_access', 'remove', 'limit', 'unstated']);
export const instrument = z.enum(['direction', 'interim_direction', 'removal_order', 'court_order', 'notice', 'request']);
export const declineGround = z.enum([
  'inconsistent_with_local_law',
  'fundamental_right',
  'platform_principles',
  'disproportionate',
  'lacks_reasons',
  'no_jurisdiction',
  'scope_excessive',
  'form_defective',
  'target_not_identified',
  'target_not_found',
  'already_restricted',
  'technical_impossibility',
  'pending_challenge',
  'other',
]);
const targetClass = z.enum([
  'news_media',
  'journalist',
  'activist',
  'politician',
  'human_rights_defender',
  'academic',
  'candidate',
  'minor',
  'private_person',
  'unknown',
]);
/** A class always says who asserts it. */
export const classes = listOf(z.strictObject({ class: targetClass, assertedBy: line }));
export const reinstatementReason = z.enum([
  'own_decision',
  'order_revoked',
  'order_stayed',
  'appeal_upheld',
  'error',
  'settlement',
  'unstated',
]);
export const correctionReason = z.enum(['data_entry', 'source_corrected', 'better_evidence', 'misattributed']);
export const retractionReason = z.enum(['duplicate', 'wrong', 'withdrawn_by_source']);

const assertion = z.enum(['direct_record', 'official_document', 'platform_report', 'third_party_report', 'inferred']);

const source = (field: Fields) =>
  z.strictObject({
    name: line,
    /** SHA-256 of a registered file, lower-case hex. */
    evidence: sha256Text.optional(),
    /** Where in the source: "page 3", "row 17". */
    locator: line.optional(),
    quote: text.optional(),
    publishedAt: field.extent.optional(),
  });

/** What every fact says about itself, whatever its type. */
export const commonFields = (field: Fields) => ({
  occurredAt: field.extent,
  receivedAt: field.extent.optional(),
  assertion,
  sources: z.array(source(field)).min(1).max(SOURCES_MAX).optional(),
  /** The source's own words. */
  text: text.optional(),
  /** Events that came before, says the source: sequence, not cause; in no figure. */
  follows: z.array(eventIdText).min(1).max(CITED_MAX).optional(),
  externalId: externalId.optional(),
  externalRecordedAt: field.instant.optional(),
  batchId: uuidText.optional(),
  synthetic: z.boolean(),
});
