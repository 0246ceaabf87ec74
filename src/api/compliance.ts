/** How many accounts under orders were restricted as asked: at an instant, hour by hour, and account by account; as known at a position. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { DEADLINE_CAVEAT } from '../domain/deadlines/deadline-rules.ts';
import { inputFields } from '../domain/fields.ts';
import { type CaseId, orderIdText } from '../domain/ids.ts';
import { ENDINGS, FLAGS, GROUNDS, PLACES, STATUSES } from '../domain/pairs/pair-state.ts';
import { INSTANT_MS_MAX, INSTANT_MS_MIN, instantFromMs, msOf } from '../domain/time.ts';
import { ZONE_LENGTH_MAX, zoneOf } from '../domain/zone.ts';
import { COUNTED_KINDS, type ComplianceScope, pointsMax } from '../projections/compliance.ts';
import { GROUPINGS } from '../projections/groups.ts';
import { markersOf } from '../projections/markers.ts';
import { COUNTED_STATUS, EVER, LOST_BY, type PairsAsked } from '../projections/pairs-asked.ts';
import type { ReadModel } from '../projections/read-model.ts';
import { caseOfOrder, findCase, findOrder } from '../projections/registers.ts';
import { definitionsQuery, echo, kindsQuery, scopeOf, scopeQuery, standpointOf, standpointQuery } from './compliance-scope.ts';
import { headOf, msOr, pageOf, pageQuery, pointOf, pointQuery, queryInvalid, replies } from './query.ts';
import { parseStep, SAMPLES_MAX, samplesOf } from './samples.ts';
import { complianceReply, pairsReply } from './schemas/compliance.ts';
import { JSON_TYPE, spliced, splicedPage } from './spliced.ts';
import type { Uses } from './uses.ts';

const STEP_LENGTH_MAX = 40;
const STEP_DEFAULT = 'PT1H';

const asked = z.strictObject({
  ...pointQuery,
  ...scopeQuery,
  ...definitionsQuery,
  at: inputFields.instant.optional().meta({ description: 'By default the time of the request' }),
  from: inputFields.instant.optional().meta({ description: 'With `to`: a curve over [from, to)' }),
  to: inputFields.instant.optional(),
  step: z.string().max(STEP_LENGTH_MAX).optional().meta({ description: 'ISO 8601 duration between samples; by default PT1H' }),
  zone: z.string().max(ZONE_LENGTH_MAX).optional().meta({ description: "Whose local hours are sampled; by default the case's" }),
  groupBy: z.enum(GROUPINGS).optional(),
});
type Asked = z.infer<typeof asked>;

const statuses = [...new Set<string>([COUNTED_STATUS, ...PLACES, ...STATUSES, ...GROUNDS, ...FLAGS, 'undetermined'])];
const yesOrNo = z.enum(['true', 'false']);
/** All of what is given must hold; by the names of a row. */
const narrowing = {
  status: z.enum(statuses).optional().meta({
    description:
      'A status, a ground, a flag, a place as in `is` (`in_effect`, `not_in_effect`, `unknown`), or `counted`: all that the figures count',
  }),
  is: z.enum(PLACES).optional().meta({ description: 'As `is` of a row, whatever its status' }),
  ground: z
    .enum([...GROUNDS, 'undetermined'])
    .optional()
    .meta({ description: 'In effect on this ground' }),
  ending: z
    .enum([...ENDINGS, 'undetermined'])
    .optional()
    .meta({ description: 'What ended the order for the account' }),
  responseDeclined: yesOrNo.optional().meta({ description: 'Whether the response that stands is a refusal' }),
  lostBy: z.enum(LOST_BY).optional().meta({ description: 'How it ceased to be in effect while the order stood' }),
  isTimingOpen: yesOrNo.optional().meta({ description: 'Whether the hours leave open if it came in time' }),
  ever: z.enum(EVER).optional().meta({
    description:
      'By the definition "ever": `counted`, certainly; `population`, certainly in its population; `before`, counted and not in effect at the instant',
  }),
};
const pairsAsked = z.strictObject({
  ...pageQuery,
  ...standpointQuery,
  order: orderIdText,
  at: inputFields.instant.optional(),
  ...narrowing,
  kinds: kindsQuery,
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
    const scope = scopeOf(uses.model, query, knownAt);
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
    const { order, kinds: only = COUNTED_KINDS } = query;
    const asked = narrowedTo(query);
    if (!caseOfOrder(uses.model, order, knownAt)) throw queryInvalid('order', 'not known at this position', { knownAt });
    const at = page.after?.at ?? msOr(query.at, uses.nowMs());
    const from = standpointOf(query, knownAt);
    const text = await uses.answers.pairs({ order, ...from, kinds: only, at, asked, after: page.after?.after ?? 0, limit });
    const head = {
      ...headOf(knownAt),
      ...echo(query),
      validAt: instantFromMs(at),
      order,
      rule: findOrder(uses.model, order, knownAt, uses.rules)?.deadlineRule ?? null,
      caveat: DEADLINE_CAVEAT,
      kinds: only,
      ...Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)),
    };
    const told = splicedPage(head, text, z.int(), (after) => page.next(after === undefined ? undefined : { after, at }));
    return reply.headers(told.headers).type(JSON_TYPE).send(told.text);
  });
};

const narrowedTo = ({ status, is, ground, ending, lostBy, ever, ...query }: z.infer<typeof pairsAsked>): PairsAsked => {
  const [responseDeclined, isTimingOpen] = [isYes(query.responseDeclined), isYes(query.isTimingOpen)];
  return { status, is, ground, ending, responseDeclined, lostBy, isTimingOpen, ever };
};

const isYes = (given: z.infer<typeof yesOrNo> | undefined): boolean | undefined => (given === undefined ? undefined : given === 'true');

const stateText = async (uses: Uses, query: Asked, scope: ComplianceScope): Promise<string> => {
  const { at, step, zone, groupBy } = query;
  if (step !== undefined || zone !== undefined)
    throw queryInvalid(step === undefined ? 'zone' : 'step', 'belongs to a curve: give from and to');
  const ms = msOr(at, uses.nowMs());
  const text = await uses.answers.at({ ...scope, at: ms, groupBy });
  return spliced({ ...headOf(scope.knownAt), ...echo(query), validAt: instantFromMs(ms), kinds: scope.kinds }, text);
};

const curveText = async (uses: Uses, query: Asked, scope: ComplianceScope): Promise<string> => {
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
  const text = await uses.answers.curve({ ...scope, ...period, samples });
  const markers = markersOf(uses.model, { ...scope, ...period });
  return spliced({ ...headOf(scope.knownAt), ...echo(query), from, to, step: stepText, zone, kinds: scope.kinds, markers }, text);
};

const UTC = 'UTC';

const zoneAsked = (model: ReadModel, { zone, case: ofCase }: Asked, { orders, knownAt }: ComplianceScope): string => {
  if (zone === undefined) return zoneOfCase(model, ofCase ?? (orders[0] && caseOfOrder(model, orders[0], knownAt)), knownAt);
  const known = zoneOf(zone);
  if (!('value' in known)) throw queryInvalid('zone', 'an IANA name or an offset');
  return known.value;
};

const zoneOfCase = (model: ReadModel, id: CaseId | undefined, knownAt: number): string => (id && findCase(model, id, knownAt)?.zone) ?? UTC;
