/** Corrections and retractions: nothing is changed or deleted, a further event says what holds. Row by row, or all events of a batch by one change. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Recorder } from '../application/rehearsal.ts';
import { jsonIn } from '../domain/codec.ts';
import type { Command } from '../domain/command.ts';
import {
  correctionFields,
  correctionInput,
  EVENT_CORRECTED,
  EVENT_RETRACTED,
  nullsTakenOut,
  retractionInput,
} from '../domain/events/corrections.ts';
import { retractionReason, text } from '../domain/fields.ts';
import type { StreamName } from '../domain/ids.ts';
import type { JsonObject } from '../domain/json.ts';
import { invalidIssue } from '../domain/refusing.ts';
import { isLater } from '../domain/shift.ts';
import { BATCH_EVENTS_MAX, type BatchAsked, batchFields, batchForm, batchMembers, type Change, changeBatch } from './batch-corrections.ts';
import { DRY_RUN_EVENTS_MAX, type DryRunAsked, dryRunFields, dryRunForm, dryRunText } from './dry-run.ts';
import { settling } from './error-problems.ts';
import { ROWS_BODY_BYTES_MAX, ROWS_MAX, refuseMoreThan } from './row-routes.ts';
import { JSON_TYPE } from './spliced.ts';
import type { Uses } from './uses.ts';
import {
  commandIdOf,
  failureReplies,
  jsonReply,
  rehearsedRowResult,
  rehearsedRowSchema,
  rowResult,
  rowsHeaders,
  rowsSchema,
} from './write-replies.ts';

// ---- Bodies

const ONLY_OF_A_DRY_RUN = ['orders', 'at'];

type Complaint = readonly [field: string, detail: string];

/** Rows, or what is said of a batch: one of the two, and nothing of the other. */
const complaintsOf = (body: JsonObject, ofBatch: readonly string[], required: readonly string[]): readonly Complaint[] => {
  const isSaid = (field: string): boolean => body[field] !== undefined;
  if (isSaid('rows') === isSaid('batchId')) return [['rows', 'give either rows or batchId']];
  const complaints: Complaint[] = [];
  if (isSaid('rows')) for (const field of ofBatch.filter(isSaid)) complaints.push([field, 'belongs to a batch: each row has its own']);
  else for (const field of required) if (!isSaid(field)) complaints.push([field, 'has to be said of a batch']);
  if (body['dryRun'] !== true) for (const field of ONLY_OF_A_DRY_RUN.filter(isSaid)) complaints.push([field, 'belongs to a dry run']);
  return complaints;
};

type Payload = { readonly value: object; readonly issues: z.core.$ZodRawIssue[] };

const ofRowsOrBatch =
  (ofBatch: readonly string[], required: readonly string[]) =>
  ({ value, issues }: Payload): void => {
    for (const [field, detail] of complaintsOf(jsonIn(value), ['types', 'case', ...ofBatch], required)) {
      issues.push({ ...invalidIssue(value, detail), path: [field] });
    }
  };

const rowsOf = <Row extends z.ZodType>(row: Row) => z.array(row).min(1).max(ROWS_MAX).optional();

const { changes, shift, reason: correctionReason, explanation } = correctionFields;
const correctionBody = z
  .strictObject({
    rows: rowsOf(correctionInput),
    ...batchFields,
    changes,
    shift,
    reason: correctionReason.optional(),
    explanation: explanation.optional(),
    ...dryRunFields,
  })
  .check(ofRowsOrBatch(Object.keys(correctionFields), ['reason', 'explanation']))
  .check(({ value, issues }) => {
    if (value.batchId === undefined || (value.changes === undefined) !== (value.shift === undefined)) return;
    issues.push({ ...invalidIssue(value, 'give either changes or shift'), path: ['changes'] });
  });

const retractionBody = z
  .strictObject({
    rows: rowsOf(retractionInput),
    ...batchFields,
    reason: retractionReason.optional(),
    explanation: text.optional(),
    ...dryRunFields,
  })
  .check(ofRowsOrBatch(['reason', 'explanation'], ['reason']));

// ---- Replies

const rehearsedRows = { results: z.array(rehearsedRowSchema) };
const response = {
  200: jsonReply(
    'What became of each row, or of a batch; of a dry run, what would',
    z.union([rowsSchema, batchForm, dryRunForm(rehearsedRows), dryRunForm(batchMembers)]),
  ),
  ...failureReplies,
};

// ---- Routes

const named = { stream: 'target-e0ee40ae-bed6-581a-8948-fd16c8cdf470', event: '01950000-0000-7000-8000-000000000001' };

export const correctionWrites = (app: FastifyInstance, uses: Uses): void => {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  const options = { bodyLimit: ROWS_BODY_BYTES_MAX, preValidation: refuseMoreThan(ROWS_MAX) };
  const described = { tags: ['corrections'], headers: rowsHeaders, response };
  const correcting = { operationId: 'correctEvents', summary: 'Correct fields of recorded events', body: correctionBody };
  const correction = { ...named, changes: { occurredAt: '2021-02-04T12:00:00+05:30', receivedAt: null }, ...CORRECTION_SAID };
  typed.post(
    '/v1/corrections',
    { ...options, schema: { ...described, ...correcting }, config: { example: { rows: [correction] } } },
    async (request, reply) => {
      const { rows, changes: sent, shift: by, reason, explanation: why } = request.body;
      const data = jsonIn({ ...(sent && nullsTakenOut(sent)), ...(by && { shift: by }), reason, explanation: why });
      const change = { type: EVENT_CORRECTED, data, lastFirst: by !== undefined && isLater(by) };
      return answer({ uses, request, reply, asked: request.body, commands: commandsOf(EVENT_CORRECTED, rows), change });
    },
  );
  const retracting = { operationId: 'retractEvents', summary: 'Retract recorded events', body: retractionBody };
  const retraction = { ...named, reason: 'wrong', explanation: 'Another account was meant.' };
  typed.post(
    '/v1/retractions',
    { ...options, schema: { ...described, ...retracting }, config: { example: { rows: [retraction] } } },
    async (request, reply) => {
      const { rows, reason, explanation: why } = request.body;
      // What tells of a fact was recorded after it, and is retracted before it.
      const change = { type: EVENT_RETRACTED, data: jsonIn({ reason, ...(why !== undefined && { explanation: why }) }), lastFirst: true };
      return answer({ uses, request, reply, asked: request.body, commands: commandsOf(EVENT_RETRACTED, rows), change });
    },
  );
};
const CORRECTION_SAID = { reason: 'source_corrected', explanation: 'The newspaper corrected the date.' };

const commandsOf = (type: string, rows: readonly { readonly stream: StreamName }[] | undefined): readonly Command[] =>
  (rows ?? []).map(({ stream, ...data }) => ({ type, stream, data: jsonIn(data) }));

type Asked = DryRunAsked & BatchAsked & { readonly dryRun?: boolean | undefined };
type Answering = {
  readonly uses: Uses;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly asked: Asked;
  readonly commands: readonly Command[];
  readonly change: Omit<Change, 'key' | 'recordedBy' | 'eventsMax'>;
};

const answer = async ({ uses, request, reply, asked, commands, change }: Answering): Promise<FastifyReply> => {
  const key = commandIdOf(request, reply, uses);
  const { recordedBy } = request.caller;
  const { batchId, dryRun } = asked;
  const eventsMax = dryRun ? DRY_RUN_EVENTS_MAX : BATCH_EVENTS_MAX;
  const run = async (recorder: Recorder, resultOf: typeof rowResult | typeof rehearsedRowResult): Promise<object> => {
    if (batchId !== undefined)
      return { commandId: key, ...(await changeBatch(uses, recorder, { ...asked, batchId }, { ...change, key, recordedBy, eventsMax })) };
    const outcomes = await recorder.record.rows(commands, { key, recordedBy });
    return { commandId: key, results: outcomes.map((outcome, row) => resultOf(row, commands[row]?.stream ?? '', outcome)) };
  };
  if (!dryRun) return reply.send(await settling(run(uses, rowResult)));
  return reply.type(JSON_TYPE).send(await dryRunText(uses, asked, (rehearsal) => run(rehearsal, rehearsedRowResult)));
};
