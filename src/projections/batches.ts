/** The events that were recorded as one batch, in log order, those that were retracted since included: so that each keeps its place among them. */
import { logEventOf } from '../domain/codec.ts';
import { citationsOf } from '../domain/decide.ts';
import { type CaseId, type EventId, parseEventId, parseStreamName, type StreamName, splitStream } from '../domain/ids.ts';
import { type Instant, instantFromMs } from '../domain/time.ts';
import { ID, idText } from './dictionaries.ts';
import { type Log, readPlace } from './log.ts';
import type { ReadModel } from './read-model.ts';
import { caseOfOrder } from './registers.ts';
import { ordersListing } from './target-register.ts';

/** `row` is its place in the whole batch, from 0, whatever was asked for of it. */
export type BatchEvent = {
  readonly row: number;
  readonly position: number;
  readonly event: EventId;
  readonly stream: StreamName;
  readonly revision: number;
  readonly type: string;
};
export type BatchAsked = {
  readonly batchId: string;
  /** Of these types only. */
  readonly types?: readonly string[] | undefined;
  /** Only what belongs to this case. */
  readonly case?: CaseId | undefined;
  readonly knownAt: number;
  /** Reading ends when there are more than so many. */
  readonly max: number;
  /** Lets others be answered. */
  readonly pause: () => Promise<unknown>;
};

const PAGE_ROWS = 1_000; // between two pages others are answered
const PAGE = `
  SELECT event.position, event.id, stream.name, event.revision, event.type
  FROM batch CROSS JOIN event ON event.position = batch.event JOIN stream ON stream.no = event.stream
  WHERE batch.id = ${ID} AND batch.event > ? AND batch.event <= ? ORDER BY batch.event LIMIT ${PAGE_ROWS}`;

/** What of an import no longer stands: how many of its facts of how many, by which retractions, and when these were recorded. */
export type BatchRetraction = {
  readonly facts: number;
  /** As many of these were moved: they stand, about another account. */
  readonly moved: number;
  readonly of: number;
  /** Positions; as many others may lie between them. */
  readonly first: number;
  readonly last: number;
  readonly recordedAt: { readonly first: Instant; readonly last: Instant };
};

const RETRACTED = `SELECT count(*), min(since), max(since) FROM retracted WHERE batch = ${ID} AND since <= ? AND event < ?`;
const SIZE = `SELECT count(*) FROM batch WHERE id = ${ID} AND event <= ? AND event < ?`;
/** What was moved has the batch in its new place too, and was recorded there after the end; from there it may have been moved again. */
const MOVED = `
  WITH RECURSIVE moved (event, instead) AS (
    SELECT event, instead FROM retracted WHERE batch = ${ID} AND since <= ? AND event < ? AND instead > ?
    UNION
    SELECT moved.event, retracted.instead FROM moved JOIN retracted ON retracted.batch = ${ID} AND retracted.event = moved.instead AND retracted.since <= ?)
  SELECT count(DISTINCT event) FROM moved
  WHERE instead IN (SELECT event FROM batch WHERE id = ${ID})
    AND NOT EXISTS (SELECT 1 FROM retracted WHERE retracted.batch = ${ID} AND retracted.event = moved.instead AND retracted.since <= ?)`;
const RECORDED_AT = 'SELECT coalesce(recorded, peak) FROM event WHERE position = ?';

/** As known at a position; `undefined` if all of it stands. `end` is the position at which the import was complete: what has its batch and came later is not its own. */
export const retractionOfImport = (model: ReadModel, batchId: string, knownAt: number, end: number): BatchRetraction | undefined => {
  const [facts = 0, first = 0, last = 0] = (model.get(RETRACTED, batchId, knownAt, end) ?? []).map(Number);
  if (facts === 0) return undefined;
  const recorded = (position: number): Instant => instantFromMs(Number(model.get(RECORDED_AT, position)?.[0]));
  const of = Number(model.get(SIZE, batchId, knownAt, end)?.[0]);
  const moved = Number(model.get(MOVED, batchId, knownAt, end, end, batchId, knownAt, batchId, batchId, knownAt)?.[0]);
  return { facts, moved, of, first, last, recordedAt: { first: recorded(first), last: recorded(last) } };
};

/** How many the batch has in all, and those that were asked for: at most one more than `max`. */
export const eventsOfBatch = async (
  model: ReadModel,
  log: Log,
  asked: BatchAsked,
): Promise<{ readonly size: number; readonly events: readonly BatchEvent[] }> => {
  const events: BatchEvent[] = [];
  let size = 0;
  for (let after = 0; ; ) {
    const rows = model.all(PAGE, asked.batchId, after, asked.knownAt);
    for (const [position, id, name, revision, type] of rows) {
      const row = size;
      size += 1;
      after = Number(position);
      if (asked.types && !asked.types.includes(String(type))) continue;
      const place = {
        ...{ row, position: after, revision: Number(revision), type: String(type) },
        event: parseEventId(id instanceof Uint8Array ? idText(id) : ''),
        stream: parseStreamName(String(name)),
      };
      if (asked.case === undefined || (await isOfCase(model, log, place, asked.case, asked.knownAt))) events.push(place);
      if (events.length > asked.max) return { size, events };
    }
    if (rows.length < PAGE_ROWS) return { size, events };
    await asked.pause();
  }
};

/** It stands in the case's stream or in that of one of its orders, or names one of them; or it names no order, and one of the case's lists its target. */
const isOfCase = async (model: ReadModel, log: Log, place: BatchEvent, wanted: CaseId, knownAt: number): Promise<boolean> => {
  const { data } = logEventOf((await readPlace(log, { ...place, id: place.event, no: 0 })).event);
  const named = [place.stream, ...citationsOf(data).map(({ stream }) => stream)].map(splitStream);
  const orders = named.flatMap((stream) => (stream.category === 'order' ? [stream.id] : []));
  const own = splitStream(place.stream);
  if (own.category === 'target' && orders.length === 0)
    return ordersListing(model, own.id, knownAt).some(({ caseId }) => caseId === wanted);
  return (
    named.some((stream) => stream.category === 'case' && stream.id === wanted) ||
    orders.some((order) => caseOfOrder(model, order, knownAt) === wanted)
  );
};
