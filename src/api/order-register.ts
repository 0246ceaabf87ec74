/** Orders and the targets that they list, as known at a position. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { caseIdText, parseOrderId } from '../domain/ids.ts';
import { caseOfOrder, findOrder, listOrders } from '../projections/registers.ts';
import { targetsOfOrder } from '../projections/target-register.ts';
import { headOf, notFound, pageOf, pageQuery, pointOf, pointQuery, replies, resourceId } from './query.ts';
import { listedPage, orderPage, orderReply } from './schemas/registers.ts';
import type { Uses } from './uses.ts';

export const orderRegister: FastifyPluginAsyncZod<Uses> = async (app, uses) => {
  const querystring = z.strictObject({ case: caseIdText.optional(), ...pageQuery });
  const list = { operationId: 'listOrders', tags: ['orders'], summary: 'List orders', querystring, response: replies(orderPage) };
  app.get('/v1/orders', { schema: list }, async ({ url, query }, reply) => {
    const page = await pageOf(uses, url, query, z.int());
    const { rows, next } = listOrders(uses.model, { ...page, after: page.after ?? 0, case: query.case, rules: uses.rules });
    const { cursor, headers } = page.next(next);
    return reply.headers(headers).send({ ...headOf(page.knownAt), orders: rows, next: cursor });
  });

  const one = {
    operationId: 'getOrder',
    tags: ['orders'],
    summary: 'An order',
    params: resourceId,
    querystring: z.strictObject(pointQuery),
    response: replies(orderReply),
  };
  app.get('/v1/orders/:id', { schema: one }, async ({ params, query }) => {
    const knownAt = await pointOf(uses, query);
    const found = findOrder(uses.model, parseOrderId(params.id), knownAt, uses.rules);
    if (!found) throw notFound({ knownAt });
    return { ...headOf(knownAt), order: found };
  });

  const targets = {
    operationId: 'listTargetsOfOrder',
    tags: ['orders'],
    summary: 'List the targets that an order lists',
    params: resourceId,
    querystring: z.strictObject(pageQuery),
    response: replies(listedPage),
  };
  app.get('/v1/orders/:id/targets', { schema: targets }, async ({ url, params, query }, reply) => {
    const page = await pageOf(uses, url, query, z.int());
    const id = parseOrderId(params.id);
    if (!caseOfOrder(uses.model, id, page.knownAt)) throw notFound({ knownAt: page.knownAt });
    const { rows, next } = targetsOfOrder(uses.model, id, { ...page, after: page.after ?? 0 });
    const { cursor, headers } = page.next(next);
    return reply.headers(headers).send({ ...headOf(page.knownAt), targets: rows, next: cursor });
  });
};
