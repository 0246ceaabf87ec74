/** The log by position: where each event stands, and what it says, word for word. */
import { logEventOf } from '../domain/codec.ts';
import type { LogEvent } from '../domain/event.ts';
import { type EventId, parseEventId, type StreamName } from '../domain/ids.ts';
import type { SealedEvent } from '../envelope/envelope.ts';
import { type EventStore, READ_EVENTS_MAX } from '../event-store/event-store.ts';
import { ID, idText, streamNamed } from './dictionaries.ts';
import { positionOf } from './progress.ts';
import type { ReadModel, Row } from './read-model.ts';

export type Log = Pick<EventStore, 'readStream'>;

/** Where an event stands. */
export type Place = {
  readonly position: number;
  readonly id: EventId;
  /** The stream's number in the read model. */
  readonly no: number;
  readonly stream: StreamName;
  readonly revision: number;
};
export type PlacedText = Place & { readonly sealed: SealedEvent };

const COLUMNS = 'position, id, stream, revision';
const AFTER = `SELECT ${COLUMNS} FROM event WHERE position > ? AND position <= ? ORDER BY position LIMIT ?`;
const BY_ID = `SELECT ${COLUMNS} FROM event WHERE id = ${ID}`;
const STREAM_AND_TYPE = `SELECT stream, type FROM event WHERE id = ${ID}`;
const BY_POSITION = `SELECT ${COLUMNS} FROM event WHERE position = ?`;

/** Places after a position, as known at another. */
export const placesAfter = (
  model: ReadModel,
  { after, knownAt, limit }: { readonly after: number; readonly knownAt: number; readonly limit: number },
): readonly Place[] => model.all(AFTER, after, knownAt, limit).map((row) => placeOf(model, row));

/** `undefined` if the read model reflects no such event. */
export const findPlace = (model: ReadModel, event: EventId): Place | undefined => {
  const row = model.get(BY_ID, event);
  return row && placeOf(model, row);
};

/** Where an event of whatever id stands, and what it is; `undefined` if the read model reflects no such event. */
export const findEvent = (model: ReadModel, id: string): { readonly stream: StreamName; readonly type: string } | undefined => {
  const row = model.get(STREAM_AND_TYPE, id);
  return row && { stream: streamNamed(model, Number(row[0])), type: String(row[1]) };
};

/** Throws RangeError for a position that the read model does not reflect. */
export const placeAt = (model: ReadModel, position: number): Place => {
  const row = model.get(BY_POSITION, position);
  if (!row) throw new RangeError(`no event at position ${position}`);
  return placeOf(model, row);
};

const placeOf = (model: ReadModel, [position, id, no, revision]: Row): Place => {
  if (!(id instanceof Uint8Array)) throw new TypeError('an event id is stored as bytes');
  return {
    position: Number(position),
    id: parseEventId(idText(id)),
    no: Number(no),
    stream: streamNamed(model, Number(no)),
    revision: Number(revision),
  };
};

/** What is derived in this folder comes from another log than the one that is opened: it may be deleted, or rebuilt. */
class ReadModelForeign extends Error {
  override readonly name = 'ReadModelForeign';
  readonly code = 'READ_MODEL_FOREIGN';
}

/** Throws ReadModelForeign unless the last event that the model reflects stands in the log where it was read. */
export const assertSameLog = async (model: ReadModel, log: Log): Promise<void> => {
  const position = positionOf(model);
  if (position === 0) return;
  const { id, stream, revision } = placeAt(model, position);
  const [found] = await log.readStream(stream, { from: revision, limit: 1 });
  if (found?.event.id !== id) throw new ReadModelForeign(`event ${position} of the read model is not in the log`);
};

/** When the event at a position was recorded; `null` before the first. */
export const recordedAtOf = async (model: ReadModel, log: Log, position: number): Promise<string | null> =>
  position === 0 ? null : (await readPlace(log, placeAt(model, position))).event.recordedAt;

/** What stands there. Throws if the log no longer has what the read model reflects: then one of the two was exchanged. */
export const readPlace = async (log: Log, { stream, revision }: Place): Promise<SealedEvent> => {
  const [sealed] = await log.readStream(stream, { from: revision, limit: 1 });
  if (!sealed) throw new Error(`the log has no revision ${revision} of ${stream}, which the read model reflects`);
  return sealed;
};

/** What stands at places in turn, until it is more than `textMax` UTF-16 code units: the first always, the rest may be left for the next page. */
export const readPlaces = async (log: Log, places: readonly Place[], textMax: number): Promise<readonly PlacedText[]> => {
  const read: PlacedText[] = [];
  let length = 0;
  for (const group of inGroups(places)) {
    for (const placed of await Promise.all(group.map(async (place) => ({ ...place, sealed: await readPlace(log, place) })))) {
      read.push(placed);
      length += placed.sealed.text.length;
      if (length > textMax) return read;
    }
  }
  return read;
};

/** Every event of a stream, in order. */
const readWhole = async (log: Log, stream: StreamName): Promise<readonly LogEvent[]> => {
  const events: LogEvent[] = [];
  for (;;) {
    const page = await log.readStream(stream, { from: events.length, limit: READ_EVENTS_MAX });
    for (const { event } of page) events.push(logEventOf(event));
    if (page.length < READ_EVENTS_MAX) return events;
  }
};

/** Whole streams, each once. */
export const readStreams = async (log: Log, streams: readonly StreamName[]): Promise<ReadonlyMap<StreamName, readonly LogEvent[]>> => {
  const all = new Map<StreamName, readonly LogEvent[]>();
  for (const group of inGroups([...new Set(streams)])) {
    const read = await Promise.all(group.map((stream) => readWhole(log, stream)));
    for (const [place, stream] of group.entries()) all.set(stream, read[place] ?? []);
  }
  return all;
};

/** Over a network each read takes its time, so some are under way at once; few enough that what they bring beyond what is wanted is little. */
const READS_AT_ONCE = 8;

/** Small ones first: what is wanted may be over soon. */
const inGroups = function* <T>(all: readonly T[]): Generator<readonly T[]> {
  for (let from = 0, size = 1; from < all.length; from += size, size = Math.min(2 * size, READS_AT_ONCE))
    yield all.slice(from, from + size);
};
