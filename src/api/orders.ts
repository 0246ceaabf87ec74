/** Orders: the instrument, its service, and the list of its targets. */
import type { FastifyInstance } from 'fastify';
import type { RowOutcome } from '../application/record.ts';
import type { Command } from '../domain/command.ts';
import { orderIssued } from '../domain/events/order-issued.ts';
import { orderServed } from '../domain/events/order-served.ts';
import { targetListed } from '../domain/events/target-listed.ts';
import type { JsonObject } from '../domain/json.ts';
import { followingRoute, isUnknown, openingRoute, resourcePath } from './command-routes.ts';
import { fragment, problem, Refused } from './problems.ts';
import { namingOneTarget, rowRoute, targetStream } from './row-routes.ts';
import type { Uses } from './uses.ts';
import { problemReplies, rowsReplies } from './write-replies.ts';

const tags = ['orders'];

/** What is said in an order's own stream: one row for each type. */
const FOLLOWING = [
  {
    url: '/v1/orders/:id/service',
    operationId: 'recordService',
    summary: 'Record that an order was served',
    type: orderServed,
    example: { channel: 'e-mail', to: { organisation: 'Platform' }, occurredAt: '2021-01-31T12:00:00+05:30', assertion: 'direct_record' },
  },
];

export const orderWrites = (app: FastifyInstance, uses: Uses): void => {
  openingRoute(app, uses, {
    url: '/v1/orders',
    operationId: 'issueOrder',
    tags,
    summary: 'Record that an order was issued',
    category: 'order',
    type: orderIssued,
    example: ISSUE,
  });
  for (const route of FOLLOWING) followingRoute(app, uses, { ...route, tags, category: 'order', named: 'in_path' });
  rowRoute(app, uses, {
    url: '/v1/orders/:id/targets',
    operationId: 'recordListing',
    tags,
    summary: 'Record which targets an order lists',
    params: resourcePath,
    row: namingOneTarget(targetListed.input.omit({ order: true })),
    response: { ...rowsReplies, ...problemReplies(404) },
    example: { target: { platform: 'birdsite.example', kind: 'account', verbatim: '@synthetic-o1-001' }, assertion: 'direct_record' },
    command: (row, request) => ({
      type: targetListed.name,
      stream: targetStream(row),
      data: { ...row, order: resourcePath.parse(request.params).id } satisfies JsonObject,
    }),
    before: refuseTwice,
    after: (outcomes, request) => refuseUnknownOrder(outcomes, resourcePath.parse(request.params).id),
  });
};

/** A list that names one target twice is a mistake of the list, and says so before anything is stored. */
const refuseTwice = (commands: readonly Command[]): void => {
  const rows = new Map<string, number>();
  for (const [row, { stream }] of commands.entries()) {
    const earlier = rows.get(stream);
    if (earlier === undefined) rows.set(stream, row);
    else throw new Refused(twice(stream, [earlier, row]));
  }
};

const twice = (stream: string, rows: readonly number[]) =>
  problem(
    'DUPLICATE_TARGET',
    rows.map((row) => ({ pointer: fragment(['rows', row]), detail: 'The same target' })),
    { targetId: stream.slice('target-'.length), rows },
  );

const refuseUnknownOrder = (outcomes: readonly RowOutcome[], order: string): void => {
  const isRefused = outcomes.every(({ kind }) => kind === 'refused');
  if (isRefused && outcomes.some((outcome) => isUnknown(outcome, 'order', order))) throw new Refused(problem('NOT_FOUND'));
};

const ISSUE = {
  caseId: '0d5f7c1a-5a5e-4c38-9a51-8a5f0c7b2e11',
  ref: 'No. 1 of 2021',
  instrument: 'interim_direction',
  authority: { name: 'Ministry of Electronics and Information Technology', country: 'IN' },
  addressee: { organisation: 'Platform' },
  platform: 'birdsite.example',
  legalBasis: [{ act: 'Information Technology Act 2000', provision: 's. 69A' }],
  grounds: [{ category: 'public order' }],
  reasonsRecorded: 'unstated',
  urgency: 'emergency',
  demand: { measure: 'disable_access', territory: ['IN'] },
  statedTargetCount: 257,
  deadlineRule: { id: 'in-s69a-emergency', version: 1 },
  confidential: true,
  occurredAt: '2021-01-31T12:00:00+05:30',
  assertion: 'direct_record',
};
