/**
 * The fold of the log into the read model: what one event adds, applied at its place in the log, so that the rows are the same however the log is
 * cut. Nothing is deleted: a reading that a correction or a retraction ends gets its `before`.
 */
import { correctionIn, retractionIn, targetIn } from '../domain/codec.ts';
import { citationsOf } from '../domain/decide.ts';
import type { EffectiveEvent, LogEvent, RecordedEvent } from '../domain/event.ts';
import { EVENT_CORRECTED, EVENT_RETRACTED, type EventRetractedData } from '../domain/events/corrections.ts';
import { findEventType } from '../domain/events/event-types.ts';
import type { Fact, FactShape } from '../domain/facts.ts';
import { effective, isFact } from '../domain/history.ts';
import { type StreamCategory, type StreamName, splitStream, streamOf } from '../domain/ids.ts';
import { isJsonObject, type JsonObject } from '../domain/json.ts';
import { msOf } from '../domain/time.ts';
import { createShapes, createStreams, findPosition, ID, kindNumber, type Shapes, type Streams } from './dictionaries.ts';
import { createListingCounts, type ListingCounts } from './listing-counts.ts';
import { peakOf } from './progress.ts';
import { OPEN, type ReadModel } from './read-model.ts';

export type Fold = {
  /** Applies one event; `history` gives the events of its stream up to it, and is asked for corrections and retractions only. */
  readonly apply: (event: LogEvent, position: number, history: () => readonly RecordedEvent[]) => void;
};

const INSERT_EVENT = `INSERT INTO event (position, id, stream, revision, type, peak, recorded) VALUES (?, ${ID}, ?, ?, ?, ?, ?)`;
const INSERT_BATCH = `INSERT INTO batch (id, event) VALUES (${ID}, ?)`;
const INSERT_RETRACTED = `INSERT OR IGNORE INTO retracted (batch, event, since, instead) VALUES (${ID}, ?, ?, ?)`;
const INSERT_STRUCK = 'INSERT OR IGNORE INTO struck (event, since) VALUES (?, ?)';
const INSERT_CITATION = 'INSERT INTO citation (file, event) VALUES (?, ?)';
const INSERT_TARGET = 'INSERT OR IGNORE INTO target (no, platform, kind, key, verbatim, since) VALUES (?, ?, ?, ?, ?, ?)';
const INSERT_PAIR = 'INSERT OR IGNORE INTO pair (list, target, kind) VALUES (?, ?, ?)';
const INSERT_FACT = `INSERT INTO target_fact (target, since, event, part, before, shape, refers, earliest, latest) VALUES (?, ?, ?, ?, ${OPEN}, ?, ?, ?, ?)`;
const INSERT_RECORD = `INSERT INTO record (subject, since, event, before, stream, type, data) VALUES (?, ?, ?, ${OPEN}, ?, ?, ?)`;
const KIND_OF = 'SELECT kind FROM target WHERE no = ?';
const OPEN_FACTS = `SELECT event, part, shape, refers, earliest, latest, since FROM target_fact WHERE target = ? AND before = ${OPEN}`;
const END_FACT = 'UPDATE target_fact SET before = ? WHERE target = ? AND since = ? AND event = ? AND part = ?';
const OPEN_RECORDS = `SELECT subject, event, type, data, since FROM record WHERE stream = ? AND before = ${OPEN}`;
const END_RECORD = 'UPDATE record SET before = ? WHERE subject = ? AND since = ? AND event = ?';

/** `rememberedMax` bounds how many streams are known without asking the model. */
export const createFold = (model: ReadModel, rememberedMax?: number): Fold => {
  const streams = createStreams(model, rememberedMax);
  const shapes = createShapes(model);
  const listings = createListingCounts(model);
  const uses: Uses = { model, streams, shapes, listings, positionOf: (id) => findPosition(model, id) ?? 0 };
  let peak: number | undefined;
  return {
    apply(event, position, history) {
      const { stream } = event;
      // Nothing names a target's stream before its first event; an order's may be named by a report that came first.
      const no = streams.numberOf(stream, event.revision === 0 && stream.startsWith('target-'));
      const recorded = msOf(event.recordedAt);
      peak = Math.max(recorded, peak ?? peakOf(model, position - 1));
      model.run(INSERT_EVENT, position, event.id, no, event.revision, event.type, peak, recorded === peak ? null : recorded);
      if (typeof event.data['batchId'] === 'string') model.run(INSERT_BATCH, event.data['batchId'], position);
      for (const file of filesNamed(event.data)) model.run(INSERT_CITATION, streams.numberOf(file), position);
      if (!isFact(event)) {
        const events = history();
        refold(uses, stream, no, position, effective(events));
        if (event.type === EVENT_RETRACTED) noteRetracted(uses, retractionIn(event), position, events);
      } else if (findEventType(event.type)) add(uses, stream, no, position, event);
    },
  };
};

type Uses = {
  readonly model: ReadModel;
  readonly streams: Streams;
  readonly shapes: Shapes;
  readonly listings: ListingCounts;
  readonly positionOf: (eventId: string) => number;
};
type FactRow = {
  readonly event: number;
  readonly part: number;
  readonly shape: number;
  readonly refers: number;
  readonly earliest: number;
  readonly latest: number;
};
type RecordRow = { readonly subject: number; readonly event: number; readonly type: string; readonly data: string };

/** The streams of the files that an event or its correction names, each once. */
const filesNamed = (data: JsonObject): ReadonlySet<StreamName> => {
  const { changes } = data;
  const named = [data, ...(isJsonObject(changes) ? [changes] : [])].flatMap(citationsOf);
  return new Set(named.map(({ stream }) => stream).filter((stream) => splitStream(stream).category === 'evidence'));
};

/** An ordinary fact: new rows, and nothing that stood before ends. */
const add = (uses: Uses, stream: StreamName, no: number, position: number, event: RecordedEvent): void => {
  if (splitStream(stream).category !== 'target') {
    for (const row of recordRows(uses, no, event, position)) insertRecord(uses.model, no, row, position);
    return;
  }
  if (event.revision === 0) addTarget(uses.model, no, event, position);
  for (const row of factRows(uses, no, event, position)) insertFact(uses, no, targetIn(event.data).kind, row, position);
};

/** The rows of a stream, some of whose facts were corrected or retracted: those that differ end, and what they became begins. */
const refold = (uses: Uses, stream: StreamName, no: number, position: number, facts: readonly EffectiveEvent[]): void => {
  const { model, positionOf } = uses;
  if (splitStream(stream).category === 'target') {
    const now = facts.flatMap((event) => factRows(uses, no, event, positionOf(event.id)));
    const before = openFacts(model, no);
    const kind = String(model.get(KIND_OF, no)?.[0]);
    for (const row of missingFrom(now, before)) endFact(uses, no, kind, row, position);
    for (const row of missingFrom(before, now)) insertFact(uses, no, kind, row, position);
  } else {
    const now = facts.flatMap((event) => recordRows(uses, no, event, positionOf(event.id)));
    const before = openRecords(model, no);
    for (const row of missingFrom(now, before)) model.run(END_RECORD, position, row.subject, row.since, row.event);
    for (const row of missingFrom(before, now)) insertRecord(model, no, row, position);
  }
};

/** Of `rows` those that say something that none of `others` says; since when it is known is not what they say. */
const missingFrom = <T extends object, U extends object>(others: readonly U[], rows: readonly T[]): readonly T[] => {
  const keyOf = (row: object): string => JSON.stringify(Object.entries(row).filter(([column]) => column !== 'since'));
  const known = new Set(others.map(keyOf));
  return rows.filter((row) => !known.has(keyOf(row)));
};

const noteRetracted = (
  { model, positionOf }: Uses,
  { event, duplicateOf }: EventRetractedData,
  position: number,
  events: readonly RecordedEvent[],
): void => {
  const gone = events.filter((each) => each.id === event || (each.type === EVENT_CORRECTED && correctionIn(each).event === event));
  for (const { id } of gone) model.run(INSERT_STRUCK, positionOf(id), position);
  const batch = events.find(({ id }) => id === event)?.data['batchId'];
  const instead = duplicateOf === undefined ? 0 : positionOf(duplicateOf);
  if (typeof batch === 'string') model.run(INSERT_RETRACTED, batch, positionOf(event), position, instead);
};

const addTarget = (model: ReadModel, no: number, event: RecordedEvent, position: number): void => {
  const { platform, kind, key, verbatim } = targetIn(event.data);
  model.run(INSERT_TARGET, no, platform, kind, key, verbatim, position);
};

const factsOf = (event: RecordedEvent): readonly Fact[] => findEventType(event.type)?.facts(event) ?? [];

const factRows = (uses: Uses, no: number, event: RecordedEvent, position: number): readonly FactRow[] =>
  factsOf(event).map(({ shape, about, earliest, latest }, part) => {
    const refers =
      about === undefined
        ? 0
        : 'order' in about
          ? uses.streams.numberOf(streamOf('order', about.order))
          : uses.positionOf(about.restriction);
    for (const list of ordersOf(shape, refers, uses.streams)) uses.model.run(INSERT_PAIR, list, no, kindNumber(targetIn(event.data).kind));
    return { event: position, part, shape: uses.shapes.numberOf(shape), refers, earliest, latest };
  });

/** The orders that a fact names together with its target: the one that lists it, gives it up or is refused, or those that an act cites. */
const ordersOf = (shape: FactShape, refers: number, streams: Streams): readonly number[] => {
  if (shape.kind === 'listed' || shape.kind === 'withdrawn' || shape.kind === 'declined') return [refers];
  return 'orders' in shape ? shape.orders.map((order) => streams.numberOf(streamOf('order', order))) : [];
};

const insertFact = (uses: Uses, no: number, kind: string, row: FactRow, since: number): void => {
  const { event, part, shape, refers, earliest, latest } = row;
  uses.model.run(INSERT_FACT, no, since, event, part, shape, refers, earliest, latest);
  if (isListing(uses, row)) uses.listings.count({ list: refers, kind, since, by: 1 });
};

const endFact = (uses: Uses, no: number, kind: string, row: FactRow & { readonly since: number }, position: number): void => {
  uses.model.run(END_FACT, position, no, row.since, row.event, row.part);
  if (isListing(uses, row)) uses.listings.count({ list: row.refers, kind, since: position, by: -1 });
};

const isListing = ({ shapes }: Uses, { shape }: FactRow): boolean => shapes.isListed(shape);

const openFacts = (model: ReadModel, no: number): readonly (FactRow & { readonly since: number })[] =>
  model.all(OPEN_FACTS, no).map((row) => {
    const [event = 0, part = 0, shape = 0, refers = 0, earliest = 0, latest = 0, since = 0] = row.map(Number);
    return { event, part, shape, refers, earliest, latest, since };
  });

/** What an event says stands under its own stream, and under each case and order that it names. */
const recordRows = (uses: Uses, no: number, event: RecordedEvent, position: number): readonly RecordRow[] => {
  const named = citationsOf(event.data).filter(({ stream }) => SUBJECTS.has(splitStream(stream).category));
  const data = JSON.stringify(event.data);
  const subjects = new Set([no, ...named.map(({ stream }) => uses.streams.numberOf(stream))]);
  return [...subjects].map((subject) => ({ subject, event: position, type: event.type, data }));
};
const SUBJECTS: ReadonlySet<StreamCategory> = new Set(['case', 'order']);

const insertRecord = (model: ReadModel, stream: number, { subject, event, type, data }: RecordRow, since: number): void =>
  model.run(INSERT_RECORD, subject, since, event, stream, type, data);

const openRecords = (model: ReadModel, stream: number): readonly (RecordRow & { readonly since: number })[] =>
  model.all(OPEN_RECORDS, stream).map(([subject, event, type, data, since]) => ({
    subject: Number(subject),
    event: Number(event),
    type: String(type),
    data: String(data),
    since: Number(since),
  }));
