/** Targets, and everything recorded about one, as known at a position. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { inputFields } from '../domain/fields.ts';
import { parseTargetId } from '../domain/ids.ts';
import { targetIdOf, targetKind, VERBATIM_LENGTH_MAX } from '../domain/target-ref.ts';
import { targetNames } from '../projections/target-names.ts';
import { findTarget, listTargets, ordersListing, type TargetEntry } from '../projections/target-register.ts';
import { targetTimeline } from '../projections/target-timeline.ts';
import { headOf, notFound, pageOf, pageQuery, pointOf, pointQuery, queryInvalid, replies, resourceId } from './query.ts';
import { timelinePage } from './schemas/chronology.ts';
import { targetPage, targetReply } from './schemas/registers.ts';
import type { Uses } from './uses.ts';

const PLATFORM_LENGTH_MAX = 253;

export const targetRegister: FastifyPluginAsyncZod<Uses> = async (app, uses) => {
  /** As the source writes it: whether it is on record under any way of writing. */
  const querystring = z.strictObject({
    ...pageQuery,
    platform: z.string().max(PLATFORM_LENGTH_MAX).optional(),
    kind: targetKind.optional(),
    verbatim: z
      .string()
      .max(VERBATIM_LENGTH_MAX)
      .optional()
      .meta({ description: 'With platform and kind: the one target that is so named' }),
  });
  const list = {
    operationId: 'listTargets',
    tags: ['targets'],
    summary: 'List targets, or find one by its name',
    querystring,
    response: replies(targetPage),
  };
  app.get('/v1/targets', { schema: list }, async ({ url, query }, reply) => {
    const page = await pageOf(uses, url, query, z.int());
    const { platform, kind, verbatim } = query;
    if (platform === undefined && kind === undefined && verbatim === undefined) {
      const { rows, next } = listTargets(uses.model, { ...page, after: page.after ?? 0 });
      const { cursor, headers } = page.next(next);
      return reply.headers(headers).send({ ...headOf(page.knownAt), targets: rows, next: cursor });
    }
    if (platform === undefined || kind === undefined || verbatim === undefined)
      throw queryInvalid('verbatim', 'platform, kind and verbatim go together');
    return { ...headOf(page.knownAt), targets: named({ platform, kind, verbatim }, page.knownAt), next: null };
  });

  const named = (
    asked: { readonly platform: string; readonly kind: string; readonly verbatim: string },
    knownAt: number,
  ): readonly TargetEntry[] => {
    const ref = inputFields.target.safeParse(asked);
    if (!ref.success) throw queryInvalid('verbatim', 'names no target');
    const found = findTarget(uses.model, targetIdOf(ref.data), knownAt);
    return found ? [found] : [];
  };

  const one = {
    operationId: 'getTarget',
    tags: ['targets'],
    summary: 'A target, with the orders that list it, its other names and its links to other targets',
    params: resourceId,
    querystring: z.strictObject(pointQuery),
    response: replies(targetReply),
  };
  app.get('/v1/targets/:id', { schema: one }, async ({ params, query }) => {
    const knownAt = await pointOf(uses, query);
    const about = known(params.id, knownAt);
    return { ...headOf(knownAt), ...about, ...(await targetNames(uses.model, uses.log, parseTargetId(params.id), knownAt)) };
  });

  const timeline = {
    operationId: 'getTimeline',
    tags: ['targets'],
    summary: 'Everything recorded about a target, in the order in which it occurred',
    params: resourceId,
    querystring: z.strictObject(pageQuery),
    response: replies(timelinePage),
  };
  app.get('/v1/targets/:id/timeline', { schema: timeline }, async ({ url, params, query }, reply) => {
    const page = await pageOf(uses, url, query, z.int());
    const { knownAt, limit, after = 0 } = page;
    const about = known(params.id, knownAt);
    const { entries, next } = await targetTimeline(uses.model, uses.log, { target: parseTargetId(params.id), knownAt, after, limit });
    const { cursor, headers } = page.next(next);
    return reply.headers(headers).send({ ...headOf(knownAt), ...about, entries, next: cursor });
  });

  const known = (id: string, knownAt: number) => {
    const target = findTarget(uses.model, parseTargetId(id), knownAt);
    if (!target) throw notFound({ knownAt });
    return { target, listedBy: ordersListing(uses.model, parseTargetId(id), knownAt) };
  };
};
