/** How many accounts under orders were restricted as asked: at an instant, hour by hour, and account by account; as known at a position. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { inputFields } from '../domain/fields.ts';
import { type CaseId, caseIdText, type OrderId, orderIdText } from '../domain/ids.ts';
import { APART, CLASSES, IN_EFFECT, NOT_IN_EFFECT } from '../domain/pair-state.ts';
import { type TargetKind, targetKind } from '../domain/target-ref.ts';
import { INSTANT_MS_MAX, INSTANT_MS_MIN, instantFromMs, msOf } from '../domain/time.ts';
import { ZONE_LENGTH_MAX, zoneOf } from '../domain/zone.ts';
import { COUNTED_KINDS, pointsMax } from '../projections/compliance.ts';
import { markersOf } from '../projections/markers.ts';
import type { ReadModel } from '../projections/read-model.ts';
import { caseOfOrder, findCase, ordersOfCase } from '../projections/registers.ts';
import { headOf, listOf, msOr, ORDERS_MAX, orderList, pageOf, pageQuery, pointOf, pointQuery, queryInvalid, replies } from './query.ts';
import { complianceReply, pairsReply } from './read-schemas.ts';
import { parseStep, SAMPLES_MAX, samplesOf } from './samples.ts';
import type { Uses } from './uses.ts';

const STEP_LENGTH_MAX = 40;
const STEP_DEFAULT = 'PT1H';
const JSON_TYPE = 'application/json; charset=utf-8';

/** A described class of targets has no number of members, so it enters no figure. */
const kinds = listOf(targetKind.exclude(['class']), targetKind.options.length).optional();
const asked = z.strictObject({
  ...pointQuery,
  orders: orderList.optional(),
  case: caseIdText.optional(),
  kinds,
  at: inputFields.instant.optional().meta({ description: 'By default the time of the request' }),
  from: inputFields.instant.optional().meta({ description: 'With `to`: a curve over [from, to)' }),
  to: inputFields.instant.optional(),
  step: z.string().max(STEP_LENGTH_MAX).optional().meta({ description: 'ISO 8601 duration between samples; by default PT1H' }),
  zone: z.string().max(ZONE_LENGTH_MAX).optional().meta({ description: "Whose local hours are sampled; by default the case's" }),
  groupBy: z.enum(['kind']).optional(),
});
type Asked = z.infer<typeof asked>;

const statuses = [...new Set<string>([...CLASSES.map(({ is }) => is), ...APART, ...IN_EFFECT, ...NOT_IN_EFFECT])];
const pairsAsked = z.strictObject({
  ...pageQuery,
  order: orderIdText,
  at: inputFields.instant.optional(),
  status: z.enum(statuses).optional().meta({ description: 'A status, or a class as in `is`: `in_effect`, `not_in_effect`, `unknown`' }),
  kinds,
});
const pairsKey = z.object({ after: z.int().min(0), at: z.int().min(INSTANT_MS_MIN).max(INSTANT_MS_MAX) });

export const compliance: FastifyPluginAsyncZod<Uses> = async (app, uses) => {
  const schema = {
    operationId: 'getCompliance',
    tags: ['compliance'],
    summary: 'How many accounts under orders were restricted as asked, at an instant or hour by hour',
    querystring: asked,
    response: replies(complianceReply),
  };
  app.get('/v1/compliance', { schema }, async ({ query }, reply) => {
    const knownAt = await pointOf(uses, query);
    const scope = { orders: ordersOf(uses.model, query, knownAt), knownAt, kinds: query.kinds ?? COUNTED_KINDS };
    const answer =
      query.from === undefined && query.to === undefined ? await stateText(uses, query, scope) : await curveText(uses, query, scope);
    return reply.type(JSON_TYPE).send(answer);
  });

  const pairs = {
    operationId: 'getCompliancePairs',
    tags: ['compliance'],
    summary: 'The accounts under an order, each with its status at an instant',
    querystring: pairsAsked,
    response: replies(pairsReply),
  };
  app.get('/v1/compliance/pairs', { schema: pairs }, async ({ url, query }, reply) => {
    const page = await pageOf(uses, url, query, pairsKey);
    const { knownAt, limit } = page;
    const { order, status, kinds: only = COUNTED_KINDS } = query;
    if (!caseOfOrder(uses.model, order, knownAt)) throw queryInvalid('order', 'not known at this position', { knownAt });
    const at = page.after?.at ?? msOr(query.at, uses.nowMs());
    const text = await uses.compliance.pairs({ order, knownAt, kinds: only, at, status, after: page.after?.after ?? 0, limit });
    const [, after] = NEXT.exec(text) ?? [];
    if (after === undefined) throw new Error('a page of pairs that does not say where it ends');
    const { cursor, headers } = page.next(after === 'null' ? undefined : { after: Number(after), at });
    const head = { ...headOf(knownAt), validAt: instantFromMs(at), order, kinds: only, ...(status !== undefined && { status }) };
    return reply
      .headers(headers)
      .type(JSON_TYPE)
      .send(spliced(head, text.replace(NEXT, `"next":${JSON.stringify(cursor)}}`)));
  });
};

type Scope = {
  readonly orders: readonly OrderId[];
  readonly knownAt: number;
  readonly kinds: readonly TargetKind[];
};

const stateText = async (uses: Uses, { at, step, zone, groupBy }: Asked, scope: Scope): Promise<string> => {
  if (step !== undefined || zone !== undefined)
    throw queryInvalid(step === undefined ? 'zone' : 'step', 'belongs to a curve: give from and to');
  const ms = msOr(at, uses.nowMs());
  const text = await uses.compliance.at({ ...scope, at: ms, groupBy });
  return spliced({ ...headOf(scope.knownAt), validAt: instantFromMs(ms), kinds: scope.kinds }, text);
};

const curveText = async (uses: Uses, query: Asked, scope: Scope): Promise<string> => {
  const { from, to, at, groupBy, step: stepText = STEP_DEFAULT } = query;
  if (from === undefined || to === undefined) throw queryInvalid(from === undefined ? 'from' : 'to', 'from and to go together');
  if (to <= from) throw queryInvalid('to', 'not after from');
  if (at !== undefined || groupBy !== undefined)
    throw queryInvalid(at === undefined ? 'groupBy' : 'at', 'belongs to one instant: leave out from and to');
  const step = parseStep(stepText);
  if (!step) throw queryInvalid('step', 'an ISO 8601 duration of whole minutes, such as PT1H or P1D');
  const zone = zoneAsked(uses.model, query, scope);
  const period = { from: msOf(from), to: msOf(to) };
  const samples = samplesOf({ ...period, zone, step });
  if (!samples) throw queryInvalid('step', `more than ${SAMPLES_MAX} samples: take a longer step`, { samplesMax: SAMPLES_MAX });
  const max = pointsMax(scope.orders.length);
  if (samples.length > max)
    throw queryInvalid('step', `more than ${max} samples for so many orders: take a longer step`, { samplesMax: max });
  const text = await uses.compliance.curve({ ...scope, ...period, samples });
  const markers = markersOf(uses.model, { ...scope, ...period });
  return spliced({ ...headOf(scope.knownAt), from, to, step: stepText, zone, kinds: scope.kinds, markers }, text);
};

/** Orders asked for, all of them known; or those of the case. */
const ordersOf = (model: ReadModel, { orders, case: ofCase }: Asked, knownAt: number): readonly OrderId[] => {
  if ((orders === undefined) === (ofCase === undefined)) throw queryInvalid('orders', 'give either orders or case');
  if (ofCase !== undefined) {
    const found = findCase(model, ofCase, knownAt) && ordersOfCase(model, ofCase, { after: 0, limit: ORDERS_MAX, knownAt });
    if (!found) throw queryInvalid('case', 'not known at this position', { knownAt });
    if (found.next !== undefined)
      throw queryInvalid('case', `has more than ${ORDERS_MAX} orders: name those meant`, { ordersMax: ORDERS_MAX });
    return found.rows;
  }
  const unknown = orders?.filter((order) => !caseOfOrder(model, order, knownAt)) ?? [];
  if (unknown.length > 0) throw queryInvalid('orders', 'not known at this position', { knownAt, unknown });
  return orders ?? [];
};

const UTC = 'UTC';

const zoneAsked = (model: ReadModel, { zone, case: ofCase }: Asked, { orders, knownAt }: Scope): string => {
  if (zone === undefined) return zoneOfCase(model, ofCase ?? (orders[0] && caseOfOrder(model, orders[0], knownAt)), knownAt);
  const known = zoneOf(zone);
  if (!('value' in known)) throw queryInvalid('zone', 'an IANA name or an offset');
  return known.value;
};

const zoneOfCase = (model: ReadModel, id: CaseId | undefined, knownAt: number): string => (id && findCase(model, id, knownAt)?.zone) ?? UTC;

// ---- Text

/** The members of an answer that is JSON text after those of its head: it is heavy, and sent on as it is. */
const spliced = (head: object, text: string): string => `${JSON.stringify(head).slice(0, -1)},${text.slice(1)}`;

/** The last member of a page of pairs: where the next one begins, for which the caller gets a cursor. */
const NEXT = /"next":(null|\d+)\}$/;
