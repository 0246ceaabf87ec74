/** Statements: what was said or written about the matter, by whom. A list of rows, since one source often holds several. */
import type { FastifyInstance } from 'fastify';
import { commandAsked, openingBody } from '../domain/asking.ts';
import { saysWhen, statementMade, WHEN_UNSAID } from '../domain/events/statement-made.ts';
import { invalidIssue } from '../domain/refusing.ts';
import { rowRoute } from './row-routes.ts';
import type { Uses } from './uses.ts';
import { rowsReplies } from './write-replies.ts';

const STATEMENT_ROWS_MAX = 100;

/** A statement made in a meeting may leave its time to that of the meeting. */
const row = openingBody(statementMade).check(({ value, issues }) => {
  if (!saysWhen(value)) issues.push({ ...invalidIssue(value, WHEN_UNSAID), path: ['occurredAt'] });
});

export const statementWrites = (app: FastifyInstance, uses: Uses): void =>
  rowRoute(app, uses, {
    url: '/v1/statements',
    operationId: 'recordStatements',
    tags: ['statements'],
    summary: 'Record what was said or written, as said',
    row,
    rowsMax: STATEMENT_ROWS_MAX,
    response: rowsReplies,
    example: {
      caseId: '0d5f7c1a-5a5e-4c38-9a51-8a5f0c7b2e11',
      kind: 'concern',
      speaker: { role: 'Secretary', organisation: 'Ministry' },
      addressee: { organisation: 'Platform' },
      medium: 'oral',
      orders: [],
      summary: 'The platform treats comparable events in different countries differently.',
      comparators: ['another event abroad'],
      occurredAt: { date: '2021-02-10', part: 'evening', zone: 'Asia/Kolkata', text: 'Wednesday evening' },
      assertion: 'third_party_report',
      sources: [{ name: 'A newspaper', publishedAt: { date: '2021-02-11', zone: 'Asia/Kolkata' } }],
    },
    command: (said, _request, commandId) => commandAsked(statementMade, said, commandId),
  });
