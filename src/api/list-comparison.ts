/** "Is the schedule that they sent the list we recorded?": lines of text against what an order lists at an instant. Nothing is recorded. */
import { createHash } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { inputFields } from '../domain/fields.ts';
import { parseOrderId } from '../domain/ids.ts';
import { isJsonObject } from '../domain/json.ts';
import { LIST_LINES_MAX } from '../domain/list-line.ts';
import { targetKind } from '../domain/target-ref.ts';
import { INSTANT_MS_MAX, INSTANT_MS_MIN, instantFromMs } from '../domain/time.ts';
import { findOrder } from '../projections/registers.ts';
import { problem, Refused } from './problems.ts';
import { headOf, msOr, notFound, pageOf, pageQuery, replies, resourceId } from './query.ts';
import { listComparisonReply } from './schemas/list-comparison.ts';
import { JSON_TYPE, spliced } from './spliced.ts';
import type { Uses } from './uses.ts';
import { problemReplies } from './write-replies.ts';

/** Addresses of some forty characters, a hundred thousand of them. */
export const LISTS_BODY_BYTES_MAX = 6 * 1024 * 1024;

const querystring = z.strictObject({
  ...pageQuery,
  at: inputFields.instant.optional().meta({ description: 'What the order lists at this instant; by default the time of the request' }),
  kind: targetKind.optional().meta({
    description: 'Of every line, and of what is compared; by default a line says itself what it names: a handle, an address, a #hashtag',
  }),
  each: z.enum(['true', 'false']).optional().meta({ description: 'With the lines that agree' }),
});
/** Of a line nothing is refused here: one that cannot be read is an answer, with its number. */
const body = z.strictObject({ lines: z.array(z.string()).min(1).max(LIST_LINES_MAX) });
const example = { lines: ['@synthetic-o1-001', 'https://birdsite.example/synthetic-o1-002', ''] };

const place = z.union([z.strictObject({ line: z.int().min(0) }), z.strictObject({ target: z.int().min(0) })]);
const key = z.strictObject({ at: z.int().min(INSTANT_MS_MIN).max(INSTANT_MS_MAX), after: place });
const Answer = z.looseObject({ next: place.nullable() });

export const listComparison: FastifyPluginAsyncZod<Uses> = async (app, uses) => {
  const schema = {
    operationId: 'compareLists',
    tags: ['orders'],
    summary: 'Compare a list with the one that an order has on record',
    params: resourceId,
    querystring,
    body,
    response: { ...replies(listComparisonReply), ...problemReplies(413, 415) },
  };
  const config = { example, asks: true as const };
  const options = { schema, config, bodyLimit: LISTS_BODY_BYTES_MAX, preValidation: refuseTooMany };
  app.post('/v1/orders/:id/targets/comparison', options, async ({ url, params, query, body: { lines } }, reply) => {
    const page = await pageOf(uses, asked(url, lines), query, key);
    const { knownAt, limit } = page;
    const order = parseOrderId(params.id);
    const entry = findOrder(uses.model, order, knownAt, uses.rules);
    if (!entry) throw notFound({ knownAt });
    const { platform, statedTargetCount, flags } = entry;
    const { kind, each } = query;
    const at = page.after?.at ?? msOr(query.at, uses.nowMs());
    const after = page.after?.after ?? null;
    const question = { order, platform, knownAt, at, lines, kind, each: each === 'true', after, limit };
    const answer = Answer.parse(JSON.parse(await uses.answers.lists(question)));
    const { cursor } = page.next(answer.next === null ? undefined : { at, after: answer.next });
    const about = { order, platform, ...(kind && { kind }), ...(statedTargetCount !== undefined && { statedTargetCount }), flags };
    const head = { ...headOf(knownAt), validAt: instantFromMs(at), ...about };
    return reply.type(JSON_TYPE).send(spliced(head, JSON.stringify({ ...answer, next: cursor })));
  });
};

/** The lines are part of the question: a cursor goes on in the same ones. */
const asked = (url: string, lines: readonly string[]): string => {
  const hash = createHash('sha256').update(JSON.stringify(lines)).digest('hex');
  return `${url}${url.includes('?') ? '&' : '?'}lines=${hash}`;
};

/** Before each line is looked at. */
const refuseTooMany = async ({ body: sent }: { readonly body: unknown }): Promise<void> => {
  const rows = isJsonObject(sent) && Array.isArray(sent['lines']) ? sent['lines'].length : 0;
  if (rows <= LIST_LINES_MAX) return;
  const detail = `At most ${LIST_LINES_MAX} lines at once. Send the list in parts.`;
  throw new Refused(problem('BATCH_TOO_LARGE', [{ pointer: '#/lines', detail }], { rows, rowsMax: LIST_LINES_MAX }));
};
