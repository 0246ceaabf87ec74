/** "What did you know on the 15th, and what do you know now?": figures and accounts at one instant from two points of knowledge, and the events in between. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { inputFields } from '../domain/fields.ts';
import { orderIdText, streamNameText, uuidText } from '../domain/ids.ts';
import { GROUNDS, PLACES, STATUSES_READ } from '../domain/pairs/pair-state.ts';
import { targetKind } from '../domain/target-ref.ts';
import { INSTANT_MS_MAX, INSTANT_MS_MIN, instantFromMs, instantStored } from '../domain/time.ts';
import { definitionsQuery, echo, scopeOf, scopeQuery } from './compliance-scope.ts';
import { headOf, msOr, pageOf, pageQuery, positionNamed, queryInvalid, replies } from './query.ts';
import { head, next } from './schemas/common.ts';
import { besideStatus, stateForm } from './schemas/compliance.ts';
import { JSON_TYPE, splicedPage } from './spliced.ts';
import type { Uses } from './uses.ts';

const POINT_LENGTH_MAX = 40;
const point = z.string().max(POINT_LENGTH_MAX);
const { knownAt: _, ...page } = pageQuery;
const querystring = z.strictObject({
  ...page,
  ...scopeQuery,
  ...definitionsQuery,
  from: point.meta({ description: 'As known at this position, or at this instant' }),
  to: point.optional().meta({ description: 'And at this one; by default now' }),
  at: inputFields.instant.optional().meta({ description: 'The instant that the figures are of; by default the time of the request' }),
});
const key = z.object({
  order: z.int().min(0),
  target: z.int().min(0),
  at: z.int().min(INSTANT_MS_MIN).max(INSTANT_MS_MAX),
});

// ---- The form of the answer

const count = z.int().min(0);
const learned = {
  event: uuidText,
  position: count,
  type: z.string(),
  stream: streamNameText,
  recordedAt: instantStored,
  about: uuidText.optional().meta({ description: 'Of a correction or retraction: the event that it is about' }),
  reason: z.string().optional(),
  explanation: z.string().optional(),
};
const reading = z
  .strictObject({
    is: z.enum(PLACES),
    status: z.enum(STATUSES_READ),
    ground: z.enum([...GROUNDS, 'undetermined']).nullable(),
    responseDeclined: z.boolean(),
    ...besideStatus,
  })
  .nullable();
const change = z
  .strictObject({
    order: orderIdText,
    target: uuidText,
    kind: targetKind,
    platform: z.string(),
    key: z.string(),
    verbatim: z.string(),
    before: reading.meta({ description: "null: not on the order's list, as known then" }),
    after: reading,
    events: z.array(z.strictObject(learned)).meta({ description: "In the account's own stream; none where only its order changed" }),
    eventsMore: count,
  })
  .meta({ id: 'AccountChange' });
const orderEvent = z.strictObject({
  order: orderIdText,
  ...learned,
  accounts: count.nullable().meta({ description: 'Whose reading changed with this event; null: not counted, the lists are too long' }),
});
export const diffReply = z.strictObject({
  ...head,
  tolerance: z.string().optional(),
  reportedBy: instantStored.optional(),
  from: count,
  to: count,
  validAt: instantStored,
  kinds: z.array(targetKind),
  before: stateForm,
  after: stateForm,
  orderEvents: z.array(orderEvent).optional().meta({ description: 'What the ledger learned of the orders themselves; on the first page' }),
  changes: z.array(change),
  ...next,
});

export const complianceDiff: FastifyPluginAsyncZod<Uses> = async (app, uses) => {
  const schema = {
    operationId: 'getComplianceDiff',
    tags: ['compliance'],
    summary: 'What changed between two points of knowledge, and with which event',
    querystring,
    response: replies(diffReply),
  };
  app.get('/v1/compliance/diff', { schema }, async ({ url, query }, reply) => {
    const named = query.to === undefined ? undefined : String(positionNamed(uses, 'to', query.to));
    const { knownAt: to, after, limit, next: goOn } = await pageOf(uses, url, { ...query, knownAt: named }, key);
    const from = positionNamed(uses, 'from', query.from);
    if (from > to) throw queryInvalid('from', 'known later than `to`', { from, to });
    const { knownAt: _, ...scope } = scopeOf(uses.model, query, to);
    const at = after?.at ?? msOr(query.at, uses.nowMs());
    const place = after ? { order: after.order, target: after.target } : null;
    const text = await uses.answers.diff({ ...scope, from, to, at, after: place, limit });
    const told = { ...headOf(to), ...echo(query), from, to, validAt: instantFromMs(at), kinds: scope.kinds };
    const page = splicedPage(told, text, placeForm, (next) => goOn(next && { ...next, at }));
    return reply.headers(page.headers).type(JSON_TYPE).send(page.text);
  });
};

const placeForm = key.omit({ at: true });
