/** Cases, as known at a position. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { parseCaseId } from '../domain/ids.ts';
import { findCase, listCases } from '../projections/registers.ts';
import { headOf, notFound, pageOf, pageQuery, pointOf, pointQuery, replies, resourceId } from './query.ts';
import { casePage, caseReply } from './schemas/registers.ts';
import type { Uses } from './uses.ts';

export const caseRegister: FastifyPluginAsyncZod<Uses> = async (app, uses) => {
  const list = {
    operationId: 'listCases',
    tags: ['cases'],
    summary: 'List cases',
    querystring: z.strictObject(pageQuery),
    response: replies(casePage),
  };
  app.get('/v1/cases', { schema: list }, async ({ url, query }, reply) => {
    const page = await pageOf(uses, url, query, z.int());
    const { rows, next } = listCases(uses.model, { ...page, after: page.after ?? 0 });
    const { cursor, headers } = page.next(next);
    return reply.headers(headers).send({ ...headOf(page.knownAt), cases: rows, next: cursor });
  });

  const one = {
    operationId: 'getCase',
    tags: ['cases'],
    summary: 'A case',
    params: resourceId,
    querystring: z.strictObject(pointQuery),
    response: replies(caseReply),
  };
  app.get('/v1/cases/:id', { schema: one }, async ({ params, query }) => {
    const knownAt = await pointOf(uses, query);
    const found = findCase(uses.model, parseCaseId(params.id), knownAt);
    if (!found) throw notFound({ knownAt });
    return { ...headOf(knownAt), case: found };
  });
};
