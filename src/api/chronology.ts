/** What happened, in the order in which it occurred: of a case, an order, a target, or a party. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { EVENT_TYPES } from '../domain/events/event-types.ts';
import { inputFields } from '../domain/fields.ts';
import { caseIdText, orderIdText, targetIdText } from '../domain/ids.ts';
import type { ChronologyQuestion } from '../projections/chronology.ts';
import { echo, standpointQuery } from './compliance-scope.ts';
import { headOf, listOf, msOr, pageOf, pageQuery, queryInvalid, replies } from './query.ts';
import { chronologyPage } from './schemas/chronology.ts';
import { JSON_TYPE, splicedPage } from './spliced.ts';
import type { Uses } from './uses.ts';

const PARTY_LENGTH_MAX = 200;
const eventTypeName = z.enum(EVENT_TYPES.map(({ name }) => name));
const querystring = z.strictObject({
  ...pageQuery,
  case: caseIdText.optional(),
  order: orderIdText.optional(),
  target: targetIdText.optional(),
  party: z
    .string()
    .min(1)
    .max(PARTY_LENGTH_MAX)
    .optional()
    .meta({ description: 'Part of the name, role or organisation of somebody whom the event names' }),
  reportedBy: standpointQuery.reportedBy,
  from: inputFields.instant.optional(),
  to: inputFields.instant.optional(),
  types: listOf(eventTypeName, EVENT_TYPES.length).optional(),
  group: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: 'One line for events that say the same of many targets at the same time' }),
});
const key = z.object({ earliest: z.int(), latest: z.int(), position: z.int() });

export const chronology: FastifyPluginAsyncZod<Uses> = async (app, uses) => {
  const schema = {
    operationId: 'getChronology',
    tags: ['chronology'],
    summary: 'What happened, in the order in which it occurred',
    querystring,
    response: replies(chronologyPage),
  };
  app.get('/v1/chronology', { schema }, async ({ url, query }, reply) => {
    const { case: ofCase, order, target, party, from, to, types, group, reportedBy } = query;
    if (ofCase === undefined && order === undefined && target === undefined && party === undefined)
      throw queryInvalid('case', 'give a case, order, target or party');
    if (ofCase !== undefined && order !== undefined) throw queryInvalid('order', 'an order belongs to one case: give either');
    const page = await pageOf(uses, url, query, key);
    const { knownAt, limit, after } = page;
    const question: ChronologyQuestion = {
      case: ofCase,
      order,
      target,
      party,
      types,
      from: msOr(from, undefined),
      to: msOr(to, undefined),
      reportedBy: msOr(reportedBy, undefined),
      knownAt,
      limit,
      after,
    };
    const head = { ...headOf(knownAt), ...echo({ reportedBy }) };
    const { answers } = uses;
    const text = await (group === 'true' ? answers.chronologyLines(question) : answers.chronology(question));
    const told = splicedPage(head, text, key, page.next);
    return reply.headers(told.headers).type(JSON_TYPE).send(told.text);
  });
};
