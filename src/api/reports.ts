/** What is filed: the audit trail of a target and the dossier of an order, as JSON, as CSV, and as a page that prints. */
import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { inputFields } from '../domain/fields.ts';
import { type OrderId, parseOrderId, parseTargetId, type TargetId } from '../domain/ids.ts';
import { type Instant, instantFromMs, msOf } from '../domain/time.ts';
import { recordedAtOf } from '../projections/log.ts';
import { findOrder } from '../projections/registers.ts';
import { ordersListing } from '../projections/target-register.ts';
import { dossierReport } from '../wording/dossier-report.ts';
import type { Report } from '../wording/report.ts';
import { DossierForm, TrailForm, type VALID_AT_IS } from '../wording/report-forms.ts';
import { trailReport } from '../wording/trail-report.ts';
import { headOf, notFound, pointOf, pointQuery, replies, resourceId } from './query.ts';
import { csvOf } from './report-csv.ts';
import { PAGE_POLICY, pageOf } from './report-page.ts';
import { dossierReply, trailReply } from './schemas/reports.ts';
import { JSON_TYPE, spliced } from './spliced.ts';
import type { Uses } from './uses.ts';

const FORMATS = ['json', 'csv', 'html'] as const;
const querystring = z.strictObject({
  ...pointQuery,
  at: inputFields.instant.optional().meta({
    description:
      'The instant of the status now; by default the end to which the record is declared complete, if it is past, else the time of the request',
  }),
  sort: z.enum(['occurred', 'recorded']).default('occurred').meta({ description: 'When it happened, or when the ledger learned of it' }),
  format: z.enum(FORMATS).default('json'),
});
type Asked = z.infer<typeof querystring>;

export const reports: FastifyPluginAsyncZod<Uses> = async (app, uses) => {
  /** What all reports are asked and say first. */
  const pointAsked = async (query: Asked, ordersAt: (knownAt: number) => readonly OrderId[]) => {
    const knownAt = await pointOf(uses, query);
    const { at, validAtIs } = instantMeant(uses, query.at, { orders: ordersAt(knownAt), knownAt });
    const head = {
      ...headOf(knownAt),
      validAt: instantFromMs(at),
      validAtIs,
      sort: query.sort,
      recordedAt: await recordedAtOf(uses.model, uses.log, knownAt),
    };
    return { head, knownAt, at, sort: query.sort };
  };

  const trail = {
    operationId: 'getAuditTrail',
    tags: ['targets'],
    summary: 'Everything that touches a target, with what it was after each event: JSON, CSV, or a page that prints',
    params: resourceId,
    querystring,
    response: withFiles(trailReply),
  };
  app.get('/v1/targets/:id/audit-trail', { schema: trail }, async ({ params, query }, reply) => {
    const target = parseTargetId(params.id);
    const { head, knownAt, at, sort } = await pointAsked(query, (point) => ordersOf(uses, target, point));
    const text = await uses.answers.trail({ target, knownAt, at, sort });
    if (text === 'null') throw notFound({ knownAt });
    const answer = spliced(head, text);
    if (query.format === 'json') return reply.type(JSON_TYPE).send(answer);
    return send(reply, query.format, trailReport(TrailForm.parse(JSON.parse(answer))));
  });

  const dossier = {
    operationId: 'getDossier',
    tags: ['orders'],
    summary: 'Everything about an order, with what its accounts were after each event: JSON, CSV, or a page that prints',
    params: resourceId,
    querystring,
    response: withFiles(dossierReply),
  };
  app.get('/v1/orders/:id/dossier', { schema: dossier }, async ({ params, query }, reply) => {
    const order = parseOrderId(params.id);
    const { head, knownAt, at, sort } = await pointAsked(query, () => [order]);
    const text = await uses.answers.dossier({ order, knownAt, at, sort });
    if (text === 'null') throw notFound({ knownAt });
    const answer = spliced(head, text);
    if (query.format === 'json') return reply.type(JSON_TYPE).send(answer);
    return send(reply, query.format, dossierReport(DossierForm.parse(JSON.parse(answer))));
  });
};

type Known = { readonly orders: readonly OrderId[]; readonly knownAt: number };

/** What is asked; else the end to which the record on all the orders is declared complete, if it is past; else now. */
const instantMeant = (uses: Uses, asked: Instant | undefined, { orders, knownAt }: Known): Meant => {
  if (asked !== undefined) return { at: msOf(asked), validAtIs: 'asked' };
  const now = uses.nowMs();
  const ends = orders.map((order) => findOrder(uses.model, order, knownAt, uses.rules)?.coveredTo ?? undefined);
  const end = Math.min(...ends.map((instant) => (instant === undefined ? Number.POSITIVE_INFINITY : msOf(instant))));
  return ends.includes(undefined) || end > now ? { at: now, validAtIs: 'now' } : { at: end, validAtIs: 'declared_to' };
};
type Meant = { readonly at: number; readonly validAtIs: (typeof VALID_AT_IS)[number] };

/** Of an order whose record was retracted nothing is declared. */
const ordersOf = ({ model }: Uses, target: TargetId, knownAt: number): readonly OrderId[] =>
  ordersListing(model, target, knownAt).flatMap(({ order, caseId }) => (caseId === null ? [] : [parseOrderId(order)]));

const send = (reply: FastifyReply, format: 'csv' | 'html', report: Report): FastifyReply =>
  format === 'html'
    ? reply.header('content-security-policy', PAGE_POLICY).type('text/html; charset=utf-8').send(pageOf(report))
    : reply.type('text/csv; charset=utf-8; header=present').send(csvOf(report));

/** The same answer in other forms. */
const withFiles = (form: z.ZodType): { readonly [status: string]: object } => ({
  ...replies(form),
  200: {
    description: 'As JSON; or, as `format` asks, as CSV or as a page',
    content: { 'application/json': { schema: form }, 'text/csv': { schema: z.string() }, 'text/html': { schema: z.string() } },
  },
});
