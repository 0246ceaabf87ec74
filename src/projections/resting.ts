/** What rests on orders, cases and files whose opening is retracted: facts that stand, and stand under nothing any more. */
import { parseShape, retractionIn } from '../domain/codec.ts';
import type { LogEvent, RecordedEvent } from '../domain/event.ts';
import { EVENT_RETRACTED } from '../domain/events/corrections.ts';
import { findEventType } from '../domain/events/event-types.ts';
import { orderIssued } from '../domain/events/order-issued.ts';
import type { FactShape } from '../domain/facts.ts';
import { effective } from '../domain/history.ts';
import { type OrderId, parseStreamName, type StreamName, splitStream, streamOf } from '../domain/ids.ts';
import { findStream, streamNamed } from './dictionaries.ts';
import { OPEN, type ReadModel } from './read-model.ts';
import { recordsOfType } from './records.ts';

export type Resting = {
  readonly stream: StreamName;
  /** An order's reference, a case's title, from whom a file was had. */
  readonly name: string | null;
  readonly facts: number;
  /** Of a case the references of its orders: these stay, and go on counting. */
  readonly orders: readonly string[];
};

const RECORDS = `SELECT count(DISTINCT event) FROM record WHERE subject IN (SELECT value FROM json_each(?)) AND before = ${OPEN}`;
const SHAPES = 'SELECT no, text FROM shape';
/** Of the targets that were ever named together with the order, those facts that list them under it, or cite it. */
const TARGET_FACTS = `
  SELECT count(DISTINCT target_fact.event) FROM pair CROSS JOIN target_fact ON target_fact.target = pair.target
  WHERE pair.list IN (SELECT value FROM json_each(?)) AND target_fact.before = ${OPEN}
    AND (target_fact.refers = pair.list AND target_fact.shape IN (SELECT value FROM json_each(?))
      OR target_fact.shape IN (SELECT value FROM json_each(?)))`;

/** Facts that name a file as they were recorded, and stand. */
const CITING = `
  SELECT count(*) FROM citation JOIN event ON event.position = citation.event
  WHERE citation.file = ? AND (
    EXISTS (SELECT 1 FROM record WHERE record.stream = event.stream AND record.event = event.position AND record.before = ${OPEN})
    OR EXISTS (SELECT 1 FROM target_fact WHERE target_fact.target = event.stream AND target_fact.event = event.position AND target_fact.before = ${OPEN}))`;
const NAMES = { order: 'ref', case: 'title', evidence: 'obtainedFrom' } as const;

/** Asked of a model into which the retractions among the events were folded. `stored`: each of their streams, as it was before. */
export const restingOn = (
  model: ReadModel,
  events: readonly LogEvent[],
  stored: ReadonlyMap<StreamName, readonly RecordedEvent[]>,
): readonly Resting[] => {
  const retracted = new Set(events.flatMap((event) => (event.type === EVENT_RETRACTED ? retractionIn(event).event : [])));
  return [...stored].flatMap(([stream, history]) => {
    const { category } = splitStream(stream);
    if (category !== 'order' && category !== 'case' && category !== 'evidence') return [];
    const opened = effective(history).find(({ id, type }) => retracted.has(id) && findEventType(type)?.opens === true);
    const orders = opened ? ordersUnder(model, stream) : [];
    const facts = opened ? factsUnder(model, [stream, ...orders.map(({ id }) => streamOf('order', id))]) : 0;
    const name = opened?.data[NAMES[category]];
    return facts === 0 ? [] : [{ stream, name: typeof name === 'string' ? name : null, facts, orders: orders.map(({ ref }) => ref) }];
  });
};

/** Of a case those that stand. */
const ordersUnder = (model: ReadModel, stream: StreamName): readonly { readonly id: OrderId; readonly ref: string }[] => {
  const no = splitStream(stream).category === 'case' ? findStream(model, stream) : undefined;
  if (no === undefined) return [];
  const everything = { after: 0, limit: OPEN, knownAt: OPEN - 1 };
  return recordsOfType(model, no, orderIssued.name, everything).flatMap(({ no: order, data }) => {
    const { category, id } = splitStream(parseStreamName(streamNamed(model, order)));
    return category === 'order' ? [{ id, ref: String(data['ref']) }] : [];
  });
};

/** Each fact once, though it stand under a case and its order, or cite several. */
const factsUnder = (model: ReadModel, streams: readonly StreamName[]): number => {
  const subjects = streams.flatMap((stream) => findStream(model, stream) ?? []);
  const named = streams.map(splitStream);
  const [file] = named.some(({ category }) => category === 'evidence') ? subjects : [];
  if (file !== undefined) return Number(model.get(CITING, file)?.[0]);
  const orders = new Set(named.flatMap(({ category, id }) => (category === 'order' ? [id] : [])));
  const records = Number(model.get(RECORDS, JSON.stringify(subjects))?.[0]);
  if (orders.size === 0) return records;
  const shapes = model.all(SHAPES).map(([shape, text]): { readonly no: number; readonly shape: FactShape } => ({
    no: Number(shape),
    shape: parseShape(String(text)),
  }));
  const numbers = (is: (shape: FactShape) => boolean): string => JSON.stringify(shapes.flatMap((each) => (is(each.shape) ? each.no : [])));
  const listing = numbers(({ kind }) => kind === 'listed' || kind === 'withdrawn' || kind === 'declined');
  const citing = numbers((shape) => 'orders' in shape && shape.orders.some((order) => orders.has(order)));
  return records + Number(model.get(TARGET_FACTS, JSON.stringify(subjects), listing, citing)?.[0]);
};
