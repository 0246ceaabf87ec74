/** One correction or retraction for all events of a batch: what became of them, in numbers, and the first that were refused. */
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { type BatchOutcome, recordBatch } from '../application/batch.ts';
import type { Recorder } from '../application/rehearsal.ts';
import { EVENT_TYPES } from '../domain/events/event-types.ts';
import { type CaseId, type CommandId, caseIdText, eventIdText, streamNameText, uuidText } from '../domain/ids.ts';
import type { JsonObject } from '../domain/json.ts';
import { type BatchEvent, eventsOfBatch } from '../projections/batches.ts';
import { positionOf } from '../projections/progress.ts';
import { tooLarge } from './dry-run.ts';
import { problemSchema, Refused, refusalProblem } from './problems.ts';
import type { Uses } from './uses.ts';

export const BATCH_EVENTS_MAX = 100_000;
const REFUSALS_MAX = 1_000;

/** Which events of which batch. */
export const batchFields = {
  batchId: uuidText.optional().meta({ description: 'All events that were recorded with it, instead of `rows`' }),
  types: z
    .array(z.enum(EVENT_TYPES.map(({ name }) => name)))
    .min(1)
    .optional()
    .meta({ description: 'Of the batch only events of these types' }),
  case: caseIdText.optional().meta({ description: 'Of the batch only what belongs to this case' }),
};
export type BatchAsked = {
  readonly batchId?: string | undefined;
  readonly types?: readonly string[] | undefined;
  readonly case?: CaseId | undefined;
};
type Batch = BatchAsked & { readonly batchId: string };

const count = z.int().min(0);
export const batchMembers = {
  batch: z.strictObject({
    batchId: uuidText,
    events: count.meta({ description: 'Of those asked for, facts that were recorded with the batch' }),
    changed: count.meta({ description: 'By this request; in a dry run, as many would be' }),
    repeated: count.meta({ description: 'By an earlier request with the same key, or the same in content' }),
    unchanged: count.meta({ description: 'Say already what the correction says' }),
    retracted: count.meta({ description: 'No longer stood' }),
    refused: count,
  }),
  refusals: z
    .array(z.strictObject({ row: count, event: eventIdText, type: z.string(), stream: streamNameText, problem: problemSchema }))
    .meta({ description: `The first ${REFUSALS_MAX}; \`row\` is the place in the whole batch` }),
};

export const batchForm = z.strictObject({ commandId: z.string(), ...batchMembers });

type Counts = { changed: number; repeated: number; unchanged: number; retracted: number; refused: number };
const COUNTED_APART: ReadonlyMap<string, 'unchanged' | 'retracted'> = new Map([
  ['CORRECTION_EMPTY', 'unchanged'],
  ['EVENT_ALREADY_RETRACTED', 'retracted'],
]);

export type Change = {
  readonly type: string;
  readonly key: CommandId;
  readonly recordedBy: string;
  readonly data: JsonObject;
  /** From the last event of the log to the first: what came later has to make way first. */
  readonly lastFirst: boolean;
  readonly eventsMax: number;
};

/** Throws `Refused` for a batch that nobody recorded, or that is too large. */
export const changeBatch = async (uses: Uses, recorder: Recorder, asked: Batch, change: Change) => {
  const { type, key, recordedBy, data, lastFirst, eventsMax } = change;
  const events = await eventsAsked(uses, asked, eventsMax);
  const counts: Counts = { changed: 0, repeated: 0, unchanged: 0, retracted: 0, refused: 0 };
  const refused: BatchOutcome[] = [];
  const rows = events.map(({ row, stream, event }) => ({ row, command: { type, stream, data: { ...data, event } } }));
  await recordBatch(recorder.record, lastFirst ? rows.toReversed() : rows, {
    key,
    recordedBy,
    pause: () => setImmediate(),
    settled(settled) {
      const { outcome } = settled;
      if (outcome.kind !== 'refused') counts[outcome.kind === 'recorded' ? 'changed' : 'repeated'] += 1;
      else counts[COUNTED_APART.get(outcome.refusal.code) ?? 'refused'] += 1;
      if (outcome.kind === 'refused' && !COUNTED_APART.has(outcome.refusal.code)) refused.push(settled);
    },
  });
  const byRow = new Map(events.map((event) => [event.row, event]));
  const refusals = refused.sort((a, b) => a.row - b.row).slice(0, REFUSALS_MAX);
  return {
    batch: { batchId: asked.batchId, events: events.length, ...counts },
    refusals: refusals.flatMap((settled) => refusalOf(settled, byRow.get(settled.row)) ?? []),
  };
};

const eventsAsked = async ({ model, log }: Uses, asked: Batch, max: number): Promise<readonly BatchEvent[]> => {
  const { size, events } = await eventsOfBatch(model, log, { ...asked, knownAt: positionOf(model), max, pause: () => setImmediate() });
  if (size === 0) throw new Refused(refusalProblem({ code: 'REFERENCE_UNKNOWN', field: 'batchId', reference: asked.batchId }));
  if (events.length > max) throw tooLarge(events.length, '#/batchId', 'Narrow the batch by types or case.', max);
  return events;
};

const refusalOf = ({ row, command, outcome }: BatchOutcome, of: BatchEvent | undefined) =>
  of && outcome.kind === 'refused'
    ? { row, event: of.event, type: of.type, stream: command.stream, problem: refusalProblem(outcome.refusal) }
    : undefined;
