/**
 * One event as people read it: what it says as known at a position, what it said at first where that was corrected, and whether it was retracted.
 * Corrections and retractions have no time of their own on the occurred axis: they are shown with what they are about.
 */
import { correctionIn, extentIn, populationIn, retractionIn, targetIn } from '../domain/codec.ts';
import { EVENT_CORRECTED, EVENT_RETRACTED } from '../domain/events/corrections.ts';
import { findEventType } from '../domain/events/event-types.ts';
import { corrected } from '../domain/history.ts';
import { splitStream } from '../domain/ids.ts';
import { isSame, type Json, type JsonObject } from '../domain/json.ts';
import type { TargetRef } from '../domain/target-ref.ts';
import type { TimeExtent } from '../domain/time.ts';
import type { History, PlacedEvent } from './histories.ts';

/** Which event brought a change about, and when the ledger learned of it. */
type By = {
  readonly event: string;
  readonly position: number;
  readonly recordedAt: string;
  readonly reason: string;
  readonly explanation?: string;
};
export type CorrectedBy = By & { readonly fields: readonly string[] };
/** `duplicateOf` is what stands instead, if the retraction names it. */
export type RetractedBy = By & { readonly duplicateOf?: string };

export type Entry = {
  readonly event: string;
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly occurredAt: TimeExtent;
  readonly receivedAt?: TimeExtent;
  readonly recordedAt: string;
  readonly externalRecordedAt?: Json;
  readonly recordedBy: string;
  readonly synthetic: boolean;
  readonly target?: TargetRef & { readonly id: string };
  /** The orders that it is about: its own, or those that it lists under, cites or names. */
  readonly orders: readonly string[];
  readonly assertion: Json;
  readonly sources?: Json;
  readonly text?: Json;
  /** What else it says. */
  readonly says: JsonObject;
  /** In log order; the fields changed stand in `struck` as they were first recorded (`null`: not said). */
  readonly correctedBy?: readonly CorrectedBy[];
  readonly struck?: JsonObject;
  /** The whole entry is struck. */
  readonly retracted?: RetractedBy;
};

/** What is known of one fact at the end of a history: `data` as corrected, if it was retracted as it stood then. */
type Reading = {
  readonly event: PlacedEvent;
  data: JsonObject;
  readonly corrections: PlacedEvent[];
  retraction: PlacedEvent | undefined;
};

/** The facts of a stream, those that were retracted included, as known at the end of the history; of the ledger's own events none. One pass: a stream may be long. */
export const entriesOf = (history: History): readonly Entry[] => {
  const readings = new Map<string, Reading>();
  for (const event of history) {
    if (event.type === EVENT_CORRECTED) {
      const correction = correctionIn(event);
      const reading = readings.get(correction.event);
      if (!reading || reading.retraction) continue;
      reading.data = corrected(reading.data, correction);
      reading.corrections.push(event);
    } else if (event.type === EVENT_RETRACTED) {
      const reading = readings.get(retractionIn(event).event);
      if (reading) reading.retraction ??= event;
    } else if (findEventType(event.type)) {
      readings.set(event.id, { event, data: event.data, corrections: [], retraction: undefined });
    }
  }
  return [...readings.values()].map(entryOf);
};

const retractedBy = (retraction: PlacedEvent): RetractedBy => {
  const { reason, explanation, duplicateOf } = retractionIn(retraction);
  return { ...by(retraction, reason, explanation), ...(duplicateOf !== undefined && { duplicateOf }) };
};

const entryOf = ({ event, data: effectiveData, corrections: corrects, retraction }: Reading): Entry => {
  const {
    target,
    occurredAt: _occurred,
    receivedAt: _received,
    assertion,
    sources,
    text,
    externalRecordedAt,
    synthetic,
    ...says
  } = effectiveData;
  const received = extentIn(effectiveData, 'receivedAt');
  const corrections = corrects.map(correctedBy);
  return {
    event: event.id,
    position: event.position,
    stream: event.stream,
    revision: event.revision,
    type: event.type,
    occurredAt: occurredIn(effectiveData),
    ...(received && { receivedAt: received }),
    recordedAt: event.recordedAt,
    ...(externalRecordedAt !== undefined && { externalRecordedAt }),
    recordedBy: event.meta.recordedBy,
    synthetic: synthetic === true,
    ...(target !== undefined && { target: { id: splitStream(event.stream).id, ...targetIn(effectiveData) } }),
    orders: ordersOf(event, says),
    assertion: assertion ?? null,
    ...(sources !== undefined && { sources }),
    ...(text !== undefined && { text }),
    says,
    ...(corrections.length > 0 && { correctedBy: corrections, struck: struckFields(event, corrections, effectiveData) }),
    ...(retraction && { retracted: retractedBy(retraction) }),
  };
};

/** Every fact says when it happened. */
export const occurredIn = (data: JsonObject): TimeExtent => {
  const occurred = extentIn(data, 'occurredAt');
  if (occurred) return occurred;
  throw new TypeError('a stored fact without occurredAt');
};

const by = ({ id, position, recordedAt }: PlacedEvent, reason: string, explanation: string | undefined): By => ({
  event: id,
  position,
  recordedAt,
  reason,
  ...(explanation !== undefined && { explanation }),
});

const correctedBy = (correction: PlacedEvent): CorrectedBy => {
  const { reason, explanation, changes, removes } = correctionIn(correction);
  return { ...by(correction, reason, explanation), fields: [...Object.keys(changes), ...(removes ?? [])].toSorted() };
};

/** Fields that were changed, and not changed back, as they were first recorded. */
const struckFields = (event: PlacedEvent, corrections: readonly CorrectedBy[], now: JsonObject): JsonObject => {
  const fields = [...new Set(corrections.flatMap((correction) => correction.fields))].toSorted();
  return Object.fromEntries(fields.flatMap((field) => (isSame(event.data[field], now[field]) ? [] : [[field, event.data[field] ?? null]])));
};

export const ordersOf = ({ stream }: Pick<PlacedEvent, 'stream'>, says: JsonObject): readonly string[] => {
  const { category, id } = splitStream(stream);
  const { order, orders } = says;
  const named = [...(category === 'order' ? [id] : []), order, ...(Array.isArray(orders) ? orders : []), ...populationIn(says)];
  return [...new Set(named.filter((value) => typeof value === 'string'))];
};

/** In occurred order: by earliest, latest, position. */
export const byOccurred = <K extends { readonly earliest: number | string; readonly latest: number | string; readonly position: number }>(
  a: K,
  b: K,
): number => {
  if (a.earliest !== b.earliest) return a.earliest < b.earliest ? -1 : 1;
  if (a.latest !== b.latest) return a.latest < b.latest ? -1 : 1;
  return a.position - b.position;
};

/** The same of what carries its extent. */
export const inOccurredOrder = <E extends { readonly occurredAt: TimeExtent; readonly position: number }>(a: E, b: E): number =>
  byOccurred({ ...a.occurredAt, position: a.position }, { ...b.occurredAt, position: b.position });
