/** What is filed: the audit trail of a target and the dossier of an order, as JSON, as CSV, and as a page that prints. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { inputFields } from '../domain/fields.ts';
import { parseOrderId, parseTargetId } from '../domain/ids.ts';
import { instantFromMs } from '../domain/time.ts';
import { recordedAtOf } from '../projections/log.ts';
import { dossierReport } from '../wording/dossier-report.ts';
import type { Report } from '../wording/report.ts';
import { DossierForm, TrailForm } from '../wording/report-forms.ts';
import { trailReport } from '../wording/trail-report.ts';
import { headOf, msOr, notFound, pointOf, pointQuery, replies, resourceId } from './query.ts';
import { csvOf } from './report-csv.ts';
import { PRINT_STYLE, PRINT_STYLE_PATH, pageOf } from './report-page.ts';
import { dossierReply, trailReply } from './schemas/reports.ts';
import { JSON_TYPE, spliced } from './spliced.ts';
import type { Uses } from './uses.ts';

const FORMATS = ['json', 'csv', 'html'] as const;
const querystring = z.strictObject({
  ...pointQuery,
  at: inputFields.instant.optional().meta({ description: 'The instant of the status now; by default the time of the request' }),
  sort: z.enum(['occurred', 'recorded']).default('occurred').meta({ description: 'When it happened, or when the ledger learned of it' }),
  format: z.enum(FORMATS).default('json'),
});
type Asked = z.infer<typeof querystring>;
type Sent = { readonly type: string; readonly body: string };

export const reports: FastifyPluginAsyncZod<Uses> = async (app, uses) => {
  /** What all reports are asked and say first. */
  const pointAsked = async (query: Asked) => {
    const knownAt = await pointOf(uses, query);
    const at = msOr(query.at, uses.nowMs());
    const head = {
      ...headOf(knownAt),
      validAt: instantFromMs(at),
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
    const { head, knownAt, at, sort } = await pointAsked(query);
    const text = await uses.compliance.trail({ target: parseTargetId(params.id), knownAt, at, sort });
    if (text === 'null') throw notFound({ knownAt });
    const answer = spliced(head, text);
    if (query.format === 'json') return reply.type(JSON_TYPE).send(answer);
    const { type, body } = printed(query.format, trailReport(TrailForm.parse(JSON.parse(answer))));
    return reply.type(type).send(body);
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
    const { head, knownAt, at, sort } = await pointAsked(query);
    const order = parseOrderId(params.id);
    const text = await uses.compliance.dossier({ order, knownAt, at, sort });
    if (text === 'null') throw notFound({ knownAt });
    const answer = spliced(head, text);
    if (query.format === 'json') return reply.type(JSON_TYPE).send(answer);
    const { type, body } = printed(query.format, dossierReport(DossierForm.parse(JSON.parse(answer))));
    return reply.type(type).send(body);
  });

  app.get(PRINT_STYLE_PATH, { schema: { hide: true } }, async (_request, reply) => reply.type('text/css; charset=utf-8').send(PRINT_STYLE));
};

const printed = (format: 'csv' | 'html', report: Report): Sent =>
  format === 'html'
    ? { type: 'text/html; charset=utf-8', body: pageOf(report) }
    : { type: 'text/csv; charset=utf-8; header=present', body: csvOf(report) };

/** The same answer in other forms. */
const withFiles = (form: z.ZodType): { readonly [status: string]: object } => ({
  ...replies(form),
  200: {
    description: 'As JSON; or, as `format` asks, as CSV or as a page',
    content: { 'application/json': { schema: form }, 'text/csv': { schema: z.string() }, 'text/html': { schema: z.string() } },
  },
});
