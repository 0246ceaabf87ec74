/** Registers of what is recorded one fact to a stream - meetings, statements, claims, files -: each as it stands at a position, as it was recorded. */
import { readClaim } from '../domain/claim.ts';
import { claimRecorded } from '../domain/events/claim-recorded.ts';
import { claimWithdrawn } from '../domain/events/claim-withdrawn.ts';
import { importCompleted } from '../domain/events/import-completed.ts';
import { type StreamName, splitStream } from '../domain/ids.ts';
import type { JsonObject } from '../domain/json.ts';
import { isPublishedBy } from '../domain/published.ts';
import { retractionOfImport } from './batches.ts';
import { findStream, streamNamed } from './dictionaries.ts';
import { OPEN, type ReadModel } from './read-model.ts';
import { type AnyRecord, openings, type Page, recordsOf, recordsOfType, type StoredRecord } from './records.ts';
import { type Listed, listed, oneMore } from './registers.ts';

/** `event` is the one that opened the stream; what it says follows, as corrected. */
export type FactEntry = JsonObject & { readonly id: string; readonly event: string; readonly position: number };
/** The type that opens such streams, by name. */
type Opening = { readonly name: string };
/** What is said besides of one fact. */
type Beside = (model: ReadModel, record: StoredRecord, seen: Seen) => JsonObject;
/** As known at a position; without what all sources published later than `reportedBy`, ms since 1970, if it is given. */
type Seen = { readonly knownAt: number; readonly reportedBy?: number | undefined };
type Narrowed = {
  readonly subject?: StreamName | undefined;
  readonly beside?: Beside | undefined;
  readonly reportedBy?: number | undefined;
};

const nothing: Beside = () => ({});

/**
 * How an import ended, as its last completion says; `null` while it is under way, or where it was cut short. And what of it was retracted since: `null` if
 * all of it stands.
 */
export const besideImport: Beside = (model, { no }, { knownAt }) => {
  const { id } = splitStream(streamNamed(model, no));
  const last = recordsOf(model, no, knownAt)
    .map((record): AnyRecord => record)
    .filter((record) => importCompleted.isTypeOf(record))
    .at(-1);
  const retracted = retractionOfImport(model, id, knownAt, last?.position ?? OPEN) ?? null;
  if (!last) return { completed: null, retracted };
  const { occurredAt, rows, facts, notRecorded } = last.data;
  return { completed: { event: last.event, occurredAt, rows, facts, notRecorded }, retracted };
};

/** All of a type, or those that stand under a case or an order; by the number of their stream. Of what was published later a page is short. */
export const listFacts = (
  model: ReadModel,
  { name }: Opening,
  page: Page,
  { subject, beside = nothing, reportedBy }: Narrowed = {},
): Listed<FactEntry> => {
  const seen = { knownAt: page.knownAt, reportedBy };
  const entry = (record: StoredRecord): FactEntry | undefined =>
    reportedBy === undefined || isPublishedBy(record.data, reportedBy) ? entryOf(model, record, seen, beside) : undefined;
  if (subject === undefined) return listed(openings(model, name, oneMore(page)), page, entry);
  const no = findStream(model, subject);
  return no === undefined ? { rows: [], next: undefined } : listed(recordsOfType(model, no, name, oneMore(page)), page, entry);
};

/** `undefined` if no such fact stands at that position. */
export const findFact = (
  model: ReadModel,
  { name }: Opening,
  stream: StreamName,
  knownAt: number,
  beside: Beside = nothing,
): FactEntry | undefined => {
  const no = findStream(model, stream);
  const [record] = no === undefined ? [] : openings(model, name, { after: no - 1, upTo: no, limit: 1, knownAt });
  return record && entryOf(model, record, { knownAt }, beside);
};

const entryOf = (model: ReadModel, record: StoredRecord, seen: Seen, beside: Beside): FactEntry => ({
  id: splitStream(streamNamed(model, record.no)).id,
  event: record.event,
  position: record.position,
  ...record.data,
  ...beside(model, record, seen),
});

/** How a claim is read where it leaves something to its reader, and whether it was taken back. */
export const besideClaim: Beside = (model, { no, ...record }, seen) => {
  const claim: AnyRecord = { no, ...record };
  if (!claimRecorded.isTypeOf(claim)) return {};
  const { asOf, asOfAssumed, value } = readClaim(claim.data);
  return { asOf, asOfAssumed, ...(value !== undefined && { value }), withdrawn: withdrawalOf(model, no, seen) };
};

const withdrawalOf = (model: ReadModel, no: number, { knownAt, reportedBy }: Seen): JsonObject | null => {
  const records = recordsOf(model, no, knownAt)
    .filter(({ data }) => reportedBy === undefined || isPublishedBy(data, reportedBy))
    .map((record): AnyRecord => record);
  const withdrawal = records.find((record) => claimWithdrawn.isTypeOf(record));
  if (!withdrawal) return null;
  const { event, data } = withdrawal;
  return { event, occurredAt: data.occurredAt, by: data.by, reason: data.reason };
};
