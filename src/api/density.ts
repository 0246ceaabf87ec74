/** How many events a period has, part by part: what a reader sees above a curve before he looks at any one of them. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { inputFields } from '../domain/fields.ts';
import { caseIdText, orderIdText } from '../domain/ids.ts';
import { msOf } from '../domain/time.ts';
import { standpointQuery } from './compliance-scope.ts';
import { headOf, msOr, pointOf, pointQuery, positionQuery, queryInvalid, replies } from './query.ts';
import { densityReply } from './schemas/learned.ts';
import { JSON_TYPE, spliced } from './spliced.ts';
import type { Uses } from './uses.ts';

const PARTS_MAX = 500;
const PARTS_DEFAULT = 120;
const querystring = z.strictObject({
  ...pointQuery,
  case: caseIdText.optional(),
  order: orderIdText.optional(),
  from: inputFields.instant,
  to: inputFields.instant,
  parts: positionQuery.pipe(z.int().min(1).max(PARTS_MAX)).default(PARTS_DEFAULT).meta({ description: 'At most 500' }),
  reportedBy: standpointQuery.reportedBy,
});

export const density: FastifyPluginAsyncZod<Uses> = async (app, uses) => {
  const schema = {
    operationId: 'getDensity',
    tags: ['chronology'],
    summary: 'How many events of a case or an order each part of a period has',
    querystring,
    response: replies(densityReply),
  };
  app.get('/v1/chronology/density', { schema }, async ({ query }, reply) => {
    const { case: ofCase, order, from, to, parts, reportedBy } = query;
    if ((ofCase === undefined) === (order === undefined)) throw queryInvalid('case', 'give either a case or an order');
    if (to <= from) throw queryInvalid('to', 'not after from');
    const knownAt = await pointOf(uses, query);
    const period = { from: msOf(from), to: msOf(to) };
    const asked = { case: ofCase, order, ...period, parts, reportedBy: msOr(reportedBy, undefined), knownAt };
    return reply.type(JSON_TYPE).send(spliced({ ...headOf(knownAt), from, to }, await uses.answers.density(asked)));
  });
};
