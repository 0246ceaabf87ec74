/** Statements: what was said or written about the matter, by whom. A list of rows, since one source often holds several. */
import type { FastifyInstance } from 'fastify';
import { statementMade } from '../domain/events/statement-made.ts';
import { parseStreamName } from '../domain/ids.ts';
import { invalidIssue } from '../domain/refusing.ts';
import { openingBody, openingOf } from './command-routes.ts';
import { rowRoute } from './row-routes.ts';
import type { Uses } from './uses.ts';
import { rowsReplies } from './write-replies.ts';

const STATEMENT_ROWS_MAX = 100;

/** A statement made in a meeting may leave its time to that of the meeting. */
const row = openingBody(statementMade).check(({ value, issues }) => {
  if (value['occurredAt'] !== undefined || value['meetingId'] !== undefined) return;
  issues.push({ ...invalidIssue(value, 'say when it was made, or in which meeting'), path: ['occurredAt'] });
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
    command: (said, _request, commandId) => {
      const { id, data } = openingOf('statement', said, commandId);
      return { type: statementMade.name, stream: parseStreamName(`statement-${id}`), data };
    },
  });
