/** What the ledger learned of a case, and when it did: the points between which answers about it differ. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { parseCaseId } from '../domain/ids.ts';
import { findCase } from '../projections/registers.ts';
import { headOf, notFound, pageOf, pageQuery, replies, resourceId } from './query.ts';
import { learnedReply } from './schemas/learned.ts';
import { JSON_TYPE, splicedPage } from './spliced.ts';
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
    const text = await uses.answers.learned({ case: id, knownAt, after, limit });
    const told = splicedPage({ ...headOf(knownAt), case: id }, text, z.int(), page.next);
    return reply.headers(told.headers).type(JSON_TYPE).send(told.text);
  });
};
