/** "What had you blocked by 18:00 on the 10th, and how do you know?": one sheet for orders or a case at an instant. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { inputFields } from '../domain/fields.ts';
import { instantFromMs } from '../domain/time.ts';
import { echo, scopeOf, scopeQuery } from './compliance-scope.ts';
import { headOf, msOr, pointOf, pointQuery, replies } from './query.ts';
import { sheetReply } from './schemas/compliance.ts';
import { JSON_TYPE, spliced } from './spliced.ts';
import type { Uses } from './uses.ts';

const querystring = z.strictObject({
  ...pointQuery,
  ...scopeQuery,
  at: inputFields.instant.optional().meta({ description: 'By default the time of the request' }),
  each: z.enum(['true', 'false']).optional().meta({ description: 'With every account of each line, and its events' }),
});

export const complianceState: FastifyPluginAsyncZod<Uses> = async (app, uses) => {
  const schema = {
    operationId: 'getComplianceState',
    tags: ['compliance'],
    summary: 'One sheet: what was in effect at an instant and by it, what was not, and on what record',
    querystring,
    response: replies(sheetReply),
  };
  app.get('/v1/compliance/state', { schema }, async ({ query }, reply) => {
    const knownAt = await pointOf(uses, query);
    const scope = scopeOf(uses.model, query, knownAt);
    const at = msOr(query.at, uses.nowMs());
    const text = await uses.answers.sheet({ ...scope, at, each: query.each === 'true' });
    const head = { ...headOf(knownAt), ...echo(query), validAt: instantFromMs(at), kinds: scope.kinds };
    return reply.type(JSON_TYPE).send(spliced(head, text));
  });
};
