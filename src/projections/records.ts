/** What is said of no one target, as rows of the read model known at a position. */
import { parseData } from '../domain/codec.ts';
import type { JsonObject } from '../domain/json.ts';
import { idText } from './dictionaries.ts';
import { OPEN, type ReadModel, type Row } from './read-model.ts';

/** An event in another stream than a target's. Its data was checked by its type's schema before it was stored. */
export type StoredRecord = AnyRecord & { readonly data: JsonObject };
/** The same before its type is known. */
export type AnyRecord = {
  readonly event: string;
  readonly position: number;
  /** Number of the stream that the event stands in. */
  readonly no: number;
  readonly type: string;
  readonly data: unknown;
};

const COLUMNS = 'record.event, event.id, record.stream, record.type, record.data';
const KNOWN = 'record.since <= ? AND record.before > ?';
const OF_SUBJECT = `
  SELECT ${COLUMNS} FROM record JOIN event ON event.position = record.event WHERE record.subject = ? AND ${KNOWN} ORDER BY record.event`;
const OPENED = `
  SELECT ${COLUMNS} FROM record JOIN event ON event.position = record.event
  WHERE record.type = ? AND record.subject > ? AND record.subject <= ? AND record.stream = record.subject AND ${KNOWN} ORDER BY record.subject LIMIT ?`;
const OF_TYPE = `
  SELECT ${COLUMNS} FROM record JOIN event ON event.position = record.event
  WHERE record.subject = ? AND record.type = ? AND record.stream > ? AND ${KNOWN} ORDER BY record.stream LIMIT ?`;
const COUNT_OF_TYPE = 'SELECT count(*) FROM record WHERE subject = ? AND type = ? AND since <= ? AND before > ?';

/** All that stands under a case or an order, in log order. */
export const recordsOf = (model: ReadModel, subject: number, knownAt: number): readonly StoredRecord[] =>
  model.all(OF_SUBJECT, subject, knownAt, knownAt).map(recordOf);

export type Page = { readonly after: number; readonly limit: number; readonly knownAt: number };

/** The events that open streams (`CaseOpened`, `OrderIssued`, `ClaimRecorded`), by the number of the stream. */
export const openings = (
  model: ReadModel,
  type: string,
  { after, upTo = OPEN, limit, knownAt }: Page & { readonly upTo?: number },
): readonly StoredRecord[] => model.all(OPENED, type, after, upTo, knownAt, knownAt, limit).map(recordOf);

/** The events of a type that stand under a case or an order, by the number of their own stream. */
export const recordsOfType = (model: ReadModel, subject: number, type: string, { after, limit, knownAt }: Page): readonly StoredRecord[] =>
  model.all(OF_TYPE, subject, type, after, knownAt, knownAt, limit).map(recordOf);

export const countOfType = (model: ReadModel, subject: number, type: string, knownAt: number): number =>
  Number(model.get(COUNT_OF_TYPE, subject, type, knownAt, knownAt)?.[0]);

const recordOf = ([position, id, no, type, data]: Row): StoredRecord => {
  if (!(id instanceof Uint8Array)) throw new TypeError('an event id is stored as bytes');
  return { event: idText(id), position: Number(position), no: Number(no), type: String(type), data: parseData(String(data)) };
};
