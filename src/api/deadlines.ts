/** What is due under orders, what their authorities owe, and by which rules: at any instant, as known at any position. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { DEADLINE_CAVEAT } from '../domain/deadlines/deadline-rules.ts';
import { inputFields } from '../domain/fields.ts';
import { parseOrderId } from '../domain/ids.ts';
import { instantFromMs } from '../domain/time.ts';
import { findOrder } from '../projections/registers.ts';
import { echo, scopeOf, scopeQuery } from './compliance-scope.ts';
import { calendarOf, type OrderCalled } from './deadlines-calendar.ts';
import { headOf, msOr, pointOf, pointQuery, replies } from './query.ts';
import { calendarReply, deadlinesReply, rulesReply } from './schemas/deadlines.ts';
import { JSON_TYPE, spliced } from './spliced.ts';
import type { Uses } from './uses.ts';

const { tolerance: _, ...scope } = scopeQuery; // a tolerance is the asker's, and makes nothing due
const querystring = z.strictObject({
  ...pointQuery,
  ...scope,
  at: inputFields.instant.optional().meta({ description: 'By default the time of the request' }),
});
type Asked = z.infer<typeof querystring>;

export const deadlines: FastifyPluginAsyncZod<Uses> = async (app, uses) => {
  const tags = ['deadlines'];

  const answered = async (query: Asked) => {
    const knownAt = await pointOf(uses, query);
    const asked = scopeOf(uses.model, query, knownAt);
    const at = msOr(query.at, uses.nowMs());
    const head = { ...headOf(knownAt), ...echo(query), validAt: instantFromMs(at), kinds: asked.kinds };
    return { head, text: await uses.answers.deadlines({ ...asked, at }) };
  };

  const schema = {
    operationId: 'getDeadlines',
    tags,
    summary: 'What is due under orders, overdue or stopped, and what their authorities owe',
    querystring,
    response: replies(deadlinesReply),
  };
  app.get('/v1/deadlines', { schema }, async ({ query }, reply) => {
    const { head, text } = await answered(query);
    return reply.type(JSON_TYPE).send(spliced(head, text));
  });

  const file: object = { description: 'A calendar', content: { 'text/calendar': { schema: calendarReply } } };
  const response: { readonly [status: string]: object } = { ...replies(calendarReply), 200: file };
  const calendar = { operationId: 'getDeadlinesCalendar', tags, summary: 'The same as a calendar', querystring, response };
  app.get('/v1/deadlines.ics', { schema: calendar }, async ({ query }, reply) => {
    const { head, text } = await answered(query);
    const called = (order: string): OrderCalled =>
      findOrder(uses.model, parseOrderId(order), head.position, uses.rules) ?? { ref: order, synthetic: false };
    return reply
      .headers({
        'content-type': 'text/calendar; charset=utf-8; method=PUBLISH',
        'content-disposition': 'attachment; filename="deadlines.ics"',
      })
      .send(calendarOf(deadlinesReply.parse({ ...head, ...JSON.parse(text) }), called));
  });

  const rules = {
    operationId: 'listDeadlineRules',
    tags,
    summary: 'The rules that an order may name, with what of them nobody has confirmed',
    querystring: z.strictObject({}),
    response: replies(rulesReply),
  };
  app.get('/v1/deadline-rules', { schema: rules }, async () => ({ caveat: DEADLINE_CAVEAT, rules: uses.rules }));
};
