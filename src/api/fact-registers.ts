/** Meetings, statements and claims, as known at a position: of a case, of an order, or one by its id. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { EventType } from '../domain/event-type.ts';
import { claimRecorded } from '../domain/events/claim-recorded.ts';
import { meetingHeld } from '../domain/events/meeting-held.ts';
import { statementMade } from '../domain/events/statement-made.ts';
import { type CaseId, caseIdText, type OrderId, orderIdText, parseStreamName, type StreamName, streamOf } from '../domain/ids.ts';
import { besideClaim, findFact, listFacts } from '../projections/fact-register.ts';
import { echo, standpointQuery } from './compliance-scope.ts';
import { headOf, msOr, notFound, pageOf, pageQuery, pointOf, pointQuery, queryInvalid, replies, resourceId } from './query.ts';
import { claimEntry, factPage, factReply, meetingEntry, statementEntry } from './schemas/facts.ts';
import type { Uses } from './uses.ts';

type Register = {
  /** In the path, as a tag, and as the member of a page. */
  readonly many: string;
  /** The member of an answer about one. */
  readonly one: 'meeting' | 'statement' | 'claim';
  readonly operations: { readonly list: string; readonly get: string };
  readonly type: EventType;
  readonly form: z.ZodType;
  readonly beside?: typeof besideClaim;
};

const REGISTERS: readonly Register[] = [
  {
    many: 'meetings',
    one: 'meeting',
    operations: { list: 'listMeetings', get: 'getMeeting' },
    type: meetingHeld,
    form: meetingEntry,
  },
  {
    many: 'statements',
    one: 'statement',
    operations: { list: 'listStatements', get: 'getStatement' },
    type: statementMade,
    form: statementEntry,
  },
  {
    many: 'claims',
    one: 'claim',
    operations: { list: 'listClaims', get: 'getClaim' },
    type: claimRecorded,
    form: claimEntry,
    beside: besideClaim,
  },
];

const querystring = z.strictObject({
  ...{ case: caseIdText.optional(), order: orderIdText.optional(), ...pageQuery },
  reportedBy: standpointQuery.reportedBy,
});

export const factRegisters: FastifyPluginAsyncZod<Uses> = async (app, uses) => {
  for (const { many, one, operations, type, form, beside } of REGISTERS) {
    const tags = [many];
    const list = {
      operationId: operations.list,
      tags,
      summary: `List ${many}, all or those of a case or an order`,
      querystring,
      response: replies(factPage(many, form)),
    };
    app.get(`/v1/${many}`, { schema: list }, async ({ url, query }, reply) => {
      const subject = subjectOf(query);
      const page = await pageOf(uses, url, query, z.int());
      const { rows, next } = listFacts(
        uses.model,
        type,
        { ...page, after: page.after ?? 0 },
        { subject, beside, reportedBy: msOr(query.reportedBy, undefined) },
      );
      const { cursor, headers } = page.next(next);
      return reply.headers(headers).send({ ...headOf(page.knownAt), ...echo(query), [many]: rows, next: cursor });
    });

    const get = {
      operationId: operations.get,
      tags,
      summary: `A ${one}`,
      params: resourceId,
      querystring: z.strictObject(pointQuery),
      response: replies(factReply(one, form)),
    };
    app.get(`/v1/${many}/:id`, { schema: get }, async ({ params, query }) => {
      const knownAt = await pointOf(uses, query);
      const found = findFact(uses.model, type, parseStreamName(`${one}-${params.id}`), knownAt, beside);
      if (!found) throw notFound({ knownAt });
      return { ...headOf(knownAt), [one]: found };
    });
  }
};

const subjectOf = ({ case: ofCase, order }: { readonly case?: CaseId | undefined; readonly order?: OrderId | undefined }) => {
  if (ofCase !== undefined && order !== undefined) throw queryInvalid('order', 'an order belongs to one case: give either');
  const subject: StreamName | undefined = ofCase === undefined ? undefined : streamOf('case', ofCase);
  return order === undefined ? subject : streamOf('order', order);
};
