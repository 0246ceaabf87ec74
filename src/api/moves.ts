/** What was recorded about the wrong target, put right in one request: recorded about the right one, and retracted where it stood. */
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type Moved, type MoveOutcome, moveRows, streamMeant } from '../application/move.ts';
import type { Recorder } from '../application/rehearsal.ts';
import { inputFields, retractionReason, text } from '../domain/fields.ts';
import { eventIdText, streamNameText, targetIdText } from '../domain/ids.ts';
import { invalidIssue } from '../domain/refusing.ts';
import { findPosition } from '../projections/dictionaries.ts';
import type { ReadModel } from '../projections/read-model.ts';
import { dryRunFields, dryRunForm, dryRunText } from './dry-run.ts';
import { settling } from './error-problems.ts';
import { problemSchema, refusalProblem } from './problems.ts';
import { ROWS_BODY_BYTES_MAX, ROWS_MAX, refuseMoreThan } from './row-routes.ts';
import { JSON_TYPE } from './spliced.ts';
import type { Uses } from './uses.ts';
import { commandIdOf, failureReplies, jsonReply, rowsHeaders } from './write-replies.ts';

const row = z
  .strictObject({
    stream: streamNameText.refine((name) => name.startsWith('target-'), "a target's stream"),
    event: eventIdText,
    to: z
      .union([targetIdText, inputFields.target])
      .meta({ description: 'The right target: as a source writes it, or the id of one that is recorded' }),
    reason: retractionReason,
    explanation: text,
  })
  .check(({ value, issues }) => {
    if (streamMeant(value) === value.stream) issues.push({ ...invalidIssue(value, 'the target where it stands'), path: ['to'] });
  });
const body = z.strictObject({ rows: z.array(row).min(1).max(ROWS_MAX), ...dryRunFields }).check(({ value, issues }) => {
  if (!value.dryRun && (value.orders ?? value.at) !== undefined) issues.push(invalidIssue(value, 'orders and at belong to a dry run'));
});

const count = z.int().min(0);
const stands = z.strictObject({ event: eventIdText, revision: count, position: count.nullable() });
const movedForm = z.strictObject({
  event: eventIdText.meta({ description: 'As recorded about the wrong target' }),
  recorded: stands.meta({ description: 'What stands instead' }),
  retracted: stands.nullable().meta({ description: 'The retraction; null where the fact stands in both places' }),
});
const about = { row: count, stream: streamNameText, to: streamNameText };
const problem = { problem: problemSchema };
const facts = { facts: z.array(movedForm).meta({ description: 'The event asked for, and what told of it and went along' }) };
const rowForm = z.union([
  z.strictObject({ ...about, status: z.enum(['moved', 'repeated']), ...facts }),
  z.strictObject({ ...about, status: z.literal('refused'), ...problem }),
  z.strictObject({ ...about, status: z.literal('unfinished'), ...facts, ...problem }),
]);
/** Of a dry run: what is not recorded has no id. */
const rehearsedForm = z.union([
  z.strictObject({ ...about, status: z.literal('would_be_moved'), events: z.array(eventIdText) }),
  z.strictObject({ ...about, status: z.literal('repeated') }),
  z.strictObject({ ...about, status: z.literal('refused'), ...problem }),
]);
export const movesForm = z.strictObject({ commandId: z.string(), results: z.array(rowForm) });
export const rehearsedMovesForm = dryRunForm({ results: z.array(rehearsedForm) });

const example = {
  stream: 'target-e0ee40ae-bed6-581a-8948-fd16c8cdf470',
  event: '01950000-0000-7000-8000-000000000001',
  to: { platform: 'birdsite.example', kind: 'account', verbatim: '@synthetic-o1-002' },
  reason: 'wrong',
  explanation: 'The row was read one line too high.',
};

export const moveWrites = (app: FastifyInstance, uses: Uses): void => {
  const schema = {
    operationId: 'moveEvents',
    tags: ['corrections'],
    summary: 'Move events from the wrong target to the right one',
    headers: rowsHeaders,
    body,
    response: {
      200: jsonReply('What became of each row; of a dry run, what would', z.union([movesForm, rehearsedMovesForm])),
      ...failureReplies,
    },
  };
  const options = {
    schema,
    config: { example: { rows: [example] } },
    bodyLimit: ROWS_BODY_BYTES_MAX,
    preValidation: refuseMoreThan(ROWS_MAX),
  };
  app.withTypeProvider<ZodTypeProvider>().post('/v1/corrections/moves', options, async (request, reply) => {
    const key = commandIdOf(request, reply, uses);
    const { dryRun, rows, ...asked } = request.body;
    const results = async (recorder: Recorder, resultOf: (outcome: MoveOutcome, row: number) => object): Promise<object> => {
      const outcomes = await moveRows(rows, recorder, { key, recordedBy: request.caller.recordedBy });
      const told = rows.map((row, index) => [{ row: index, stream: row.stream, to: streamMeant(row) }, outcomes[index]] as const);
      return { commandId: key, results: told.flatMap(([head, outcome]) => (outcome ? [{ ...head, ...resultOf(outcome, head.row) }] : [])) };
    };
    if (!dryRun) return reply.send(await settling(results(uses, (outcome, row) => resultOf(uses.model, outcome, row))));
    return reply.type(JSON_TYPE).send(await dryRunText(uses, asked, (rehearsal) => results(rehearsal, rehearsedResultOf)));
  });
};

const resultOf = (model: ReadModel, outcome: MoveOutcome, row: number): object => {
  const status = outcome.kind;
  if (outcome.kind === 'refused') return { status, problem: refusalProblem(outcome.refusal, ['rows', row]) };
  const facts = outcome.facts.map((fact) => factOf(model, fact));
  return { status, facts, ...(outcome.kind === 'unfinished' && { problem: refusalProblem(outcome.refusal, ['rows', row]) }) };
};

const factOf = (model: ReadModel, { event, recorded, retracted }: Moved) => ({
  event,
  recorded: standsAs(model, recorded),
  retracted: retracted ? standsAs(model, retracted) : null,
});

const standsAs = (model: ReadModel, { eventId, revision, position }: Moved['recorded']) => ({
  event: eventId,
  revision,
  position: position ?? findPosition(model, eventId) ?? null,
});

const rehearsedResultOf = (outcome: MoveOutcome, row: number): object => {
  if (outcome.kind === 'refused' || outcome.kind === 'unfinished')
    return { status: 'refused', problem: refusalProblem(outcome.refusal, ['rows', row]) };
  return outcome.kind === 'moved'
    ? { status: 'would_be_moved', events: outcome.facts.map(({ event }) => event) }
    : { status: outcome.kind };
};
