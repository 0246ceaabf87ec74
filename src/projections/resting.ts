/** What rests on orders, cases and files whose opening is retracted: facts that stand, and stand under nothing any more. */
import { retractionIn } from '../domain/codec.ts';
import type { LogEvent, RecordedEvent } from '../domain/event.ts';
import { EVENT_RETRACTED } from '../domain/events/corrections.ts';
import { findEventType } from '../domain/events/event-types.ts';
import type { FactShape } from '../domain/facts.ts';
import { effective } from '../domain/history.ts';
import { type StreamName, splitStream } from '../domain/ids.ts';
import { findStream } from './dictionaries.ts';
import { OPEN, type ReadModel } from './read-model.ts';

export type Resting = {
  readonly stream: StreamName;
  /** An order's reference, a case's title, from whom a file was had. */
  readonly name: string | null;
  readonly facts: number;
};

const RECORDS = `SELECT count(DISTINCT event) FROM record WHERE subject = ? AND before = ${OPEN}`;
const SHAPES = 'SELECT no, text FROM shape';
/** Of the targets that were ever named together with the order, those facts that list them under it, or cite it. */
const TARGET_FACTS = `
  SELECT count(DISTINCT target_fact.event) FROM pair CROSS JOIN target_fact ON target_fact.target = pair.target
  WHERE pair.list = ? AND target_fact.before = ${OPEN}
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
    const facts = opened ? factsUnder(model, stream) : 0;
    const name = opened?.data[NAMES[category]];
    return facts === 0 ? [] : [{ stream, name: typeof name === 'string' ? name : null, facts }];
  });
};

const factsUnder = (model: ReadModel, stream: StreamName): number => {
  const no = findStream(model, stream);
  if (no === undefined) return 0;
  const { category, id } = splitStream(stream);
  if (category === 'evidence') return Number(model.get(CITING, no)?.[0]);
  const records = Number(model.get(RECORDS, no)?.[0]);
  if (category !== 'order') return records;
  const shapes = model.all(SHAPES).map(([shape, text]): { readonly no: number; readonly shape: FactShape } => ({
    no: Number(shape),
    shape: JSON.parse(String(text)),
  }));
  const numbers = (is: (shape: FactShape) => boolean): string => JSON.stringify(shapes.flatMap((each) => (is(each.shape) ? each.no : [])));
  const listing = numbers(({ kind }) => kind === 'listed' || kind === 'withdrawn' || kind === 'declined');
  const citing = numbers((shape) => 'orders' in shape && shape.orders.some((order) => order === id));
  return records + Number(model.get(TARGET_FACTS, no, listing, citing)?.[0]);
};
