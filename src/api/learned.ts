/** What the ledger learned of a case, and when it did: the points between which answers about it differ. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { parseCaseId } from '../domain/ids.ts';
import { isJsonObject } from '../domain/json.ts';
import { instantFromMs } from '../domain/time.ts';
import { learnedOf, type Run } from '../projections/learned.ts';
import { placeAt, readPlace } from '../projections/log.ts';
import { findCase } from '../projections/registers.ts';
import { headOf, inSteps, notFound, pageOf, pageQuery, replies, resourceId } from './query.ts';
import { learnedReply } from './schemas/learned.ts';
import type { Uses } from './uses.ts';

export const learned: FastifyPluginAsyncZod<Uses> = async (app, uses) => {
  const schema = {
    operationId: 'listLearned',
    tags: ['cases'],
    summary: 'What was learned of a case and when: runs of recording, corrections and retractions apart',
    params: resourceId,
    querystring: z.strictObject(pageQuery),
    response: replies(learnedReply),
  };
  app.get('/v1/cases/:id/learned', { schema }, async ({ url, params, query }, reply) => {
    const page = await pageOf(uses, url, query, z.int());
    const { knownAt, limit, after = 0 } = page;
    const id = parseCaseId(params.id);
    if (!findCase(uses.model, id, knownAt)) throw notFound({ knownAt });
    const { runs, next } = await inSteps(learnedOf(uses.model, { case: id, knownAt, after, limit }));
    const { cursor, headers } = page.next(next);
    const told = [];
    for (const run of runs) told.push(await runTold(uses, run));
    return reply.headers(headers).send({ ...headOf(knownAt), case: id, runs: told, next: cursor });
  });
};

const runTold = async (uses: Uses, { recorded, changes, ...run }: Run) => ({
  ...run,
  recordedAt: { first: instantFromMs(recorded.first), last: instantFromMs(recorded.last) },
  changes: await Promise.all(changes.map((position) => changeTold(uses, position))),
});

const changeTold = async ({ model, log }: Uses, position: number) => {
  const place = placeAt(model, position);
  const { event } = await readPlace(log, place);
  const { event: about, reason, explanation } = isJsonObject(event.data) ? event.data : {};
  return { event: place.id, position, type: event.type, about, reason, ...(explanation !== undefined && { explanation }) };
};
