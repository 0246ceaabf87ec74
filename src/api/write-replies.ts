/** What a write route takes besides its body, and what it answers: one command, or a row of many. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Recorded, RowOutcome } from '../application/record.ts';
import { type CommandId, commandKeyText, eventIdText, parseCommandId, sha256Text, streamNameText, uuidText } from '../domain/ids.ts';
import { isJsonObject, type JsonObject } from '../domain/json.ts';
import { WARNINGS } from '../domain/warnings.ts';
import { problems } from './problem-registry.ts';
import { PROBLEM_MEDIA_TYPE, problemSchema, Refused, refusalProblem } from './problems.ts';
import type { Uses } from './uses.ts';

// ---- Headers

const idempotencyKey = commandKeyText
  .optional()
  .meta({ description: 'Names the command: a repeat with the same key and body gets the first outcome. Made by the server if absent.' });
const REVISION = /^"(0|[1-9]\d{0,14})"$/;
const ifMatch = z
  .string()
  .regex(REVISION, 'a revision in quotation marks, such as "3"')
  .optional()
  .meta({ description: 'The revision of the stream on which the caller insists, in quotation marks.' });

export const commandHeaders = z.looseObject({ 'idempotency-key': idempotencyKey, 'if-match': ifMatch });
/** Rows change many streams, so no revision can be insisted on: a precondition that was not looked at would be worse than none. */
export const rowsHeaders = z.looseObject({
  'idempotency-key': idempotencyKey,
  'if-match': z.undefined('rows change many streams: insist on a revision in a request for one command').optional(),
});

/** The caller's key, else one made here; named in the reply whatever becomes of the command, since a repeat needs it. */
export const commandIdOf = (request: FastifyRequest, reply: FastifyReply, uses: Uses): CommandId => {
  const key = request.headers['idempotency-key'];
  const commandId = typeof key === 'string' ? parseCommandId(key) : uses.newCommandId();
  reply.header('idempotency-key', commandId);
  return commandId;
};

export const expectedRevisionOf = ({ headers }: FastifyRequest): number | undefined => {
  const revision = REVISION.exec(headers['if-match'] ?? '')?.[1];
  return revision === undefined ? undefined : Number(revision);
};

/** A body that its schema has accepted. */
export const jsonObject = (body: unknown): JsonObject => {
  if (isJsonObject(body)) return body;
  throw new TypeError('a body that is no object passed its schema');
};

// ---- Replies

const position = z
  .int()
  .min(1)
  .nullable()
  .meta({ description: 'In the log; null if what is read does not reflect the event yet. It is stored all the same.' });
const expected = {
  stream: streamNameText,
  revision: z.int().min(0).meta({ description: 'In the stream, from 0' }),
  warnings: z.array(z.enum(WARNINGS)),
};
const recorded = { ...expected, event: eventIdText.meta({ format: 'uuid', description: 'Id of the event' }), position };

export const acceptanceSchema = z
  .object({
    commandId: z.string().meta({ description: 'The Idempotency-Key, for a repeat' }),
    status: z.enum(['recorded', 'repeated']),
    id: z.union([uuidText, sha256Text]).meta({ description: 'Of the case, order, meeting or claim; of a file its SHA-256' }),
    ...recorded,
  })
  .meta({ id: 'Acceptance', description: 'Recorded; or found recorded, and nothing added' });

/** Of what a row is about: its target, or the statement that it is. */
const subject = { target: uuidText.optional(), statement: uuidText.optional() };
const refusedRowSchema = z.object({
  row: z.int().min(0),
  status: z.literal('refused'),
  ...subject,
  stream: streamNameText,
  problem: problemSchema,
});
const rowSchema = z.union([
  z.object({ row: z.int().min(0), status: z.enum(['recorded', 'repeated']), ...subject, ...recorded }),
  refusedRowSchema,
]);
/** Of a dry run: what is not recorded has no id. */
export const rehearsedRowSchema = z.union([
  z.object({ row: z.int().min(0), status: z.enum(['would_be_recorded', 'repeated']), ...subject, ...expected }),
  refusedRowSchema,
]);
export const rowsSchema = z
  .object({ commandId: z.string(), results: z.array(rowSchema) })
  .meta({ id: 'RowResults', description: 'What became of each row, in the order of the request; rows count from 0' });

/** For a status all codes that have it. */
export const problemReplies = (...statuses: readonly number[]) =>
  Object.fromEntries(
    statuses.map((status) => {
      const codes = Object.entries(problems).flatMap(([code, entry]) => (entry.status === status ? [code] : []));
      return [status, { description: codes.join(', '), content: { [PROBLEM_MEDIA_TYPE]: { schema: problemSchema } } }];
    }),
  );

const FAILURES = [400, 401, 403, 409, 413, 415, 422, 500, 503];
export const failureReplies = problemReplies(...FAILURES);
export const jsonReply = (description: string, schema: z.ZodType) => ({ description, content: { 'application/json': { schema } } });
export const commandReplies = {
  200: jsonReply('On record already: nothing was added', acceptanceSchema),
  201: jsonReply('Recorded', acceptanceSchema),
  ...problemReplies(...FAILURES, 412),
};
export const rowsReplies = { 200: jsonReply('What became of each row', rowsSchema), ...failureReplies };

type Answered = {
  readonly commandId: CommandId;
  readonly id: string;
  readonly location?: string;
  /** Way to the command inside the request's body; by default it is the body. */
  readonly at?: readonly PropertyKey[];
};

export const answerCommand = (reply: FastifyReply, outcome: RowOutcome, { commandId, id, location, at }: Answered): FastifyReply => {
  if (outcome.kind === 'refused') throw new Refused(refusalProblem(outcome.refusal, at));
  return reply
    .code(outcome.kind === 'recorded' ? 201 : 200)
    .headers({
      location: location ?? `/v1/events/${outcome.eventId}`,
      ...(outcome.kind === 'recorded' && { etag: `"${outcome.revision}"` }),
    })
    .send({ commandId, status: outcome.kind, id, ...recordedMembers(outcome) });
};

const recordedMembers = ({ stream, eventId, revision, position: at, warnings }: Recorded) => ({
  stream,
  event: eventId,
  revision,
  position: at,
  warnings,
});

/** `row` is at `/rows/<row>` of the request's body. */
export const rowResult = (row: number, stream: string, outcome: RowOutcome) => {
  const about = subjectOf(stream);
  if (outcome.kind === 'refused')
    return { row, status: outcome.kind, ...about, stream, problem: refusalProblem(outcome.refusal, ['rows', row]) };
  return { row, status: outcome.kind, ...about, ...recordedMembers(outcome) };
};

/** The same of a dry run. */
export const rehearsedRowResult = (row: number, stream: string, outcome: RowOutcome) => {
  if (outcome.kind === 'refused') return rowResult(row, stream, outcome);
  const status = outcome.kind === 'recorded' ? 'would_be_recorded' : outcome.kind;
  return { row, status, ...subjectOf(stream), stream, revision: outcome.revision, warnings: outcome.warnings };
};

const subjectOf = (stream: string): { readonly target?: string; readonly statement?: string } => {
  const [category = '', id] = stream.split(/-(.*)/s);
  return category === 'target' || category === 'statement' ? { [category]: id } : {};
};
