/** Whom or what an order is about: the targets that it lists, and those that it gives up. */
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { RowOutcome } from '../application/record.ts';
import { namingOneTarget, targetStream } from '../domain/asking.ts';
import type { Command } from '../domain/command.ts';
import { targetListed } from '../domain/events/target-listed.ts';
import { targetWithdrawn } from '../domain/events/target-withdrawn.ts';
import type { JsonObject } from '../domain/json.ts';
import { isUnknown, resourcePath } from './command-routes.ts';
import { fragment, problem, Refused } from './problems.ts';
import { rowRoute } from './row-routes.ts';
import type { Uses } from './uses.ts';
import { problemReplies, rowsReplies } from './write-replies.ts';

type ListingRoute = {
  readonly url: string;
  readonly operationId: string;
  readonly summary: string;
  readonly type: { readonly name: string };
  readonly row: z.ZodObject;
  readonly example: JsonObject;
};

const target = { platform: 'birdsite.example', kind: 'account', verbatim: '@synthetic-o1-001' };

/** Rows about one order, each in its target's stream: the path names the order. */
const LISTINGS: readonly ListingRoute[] = [
  {
    url: '/v1/orders/:id/targets',
    operationId: 'recordListing',
    summary: 'Record which targets an order lists',
    type: targetListed,
    row: targetListed.input.omit({ order: true }),
    example: { target, assertion: 'direct_record' },
  },
  {
    url: '/v1/orders/:id/withdrawals',
    operationId: 'recordWithdrawal',
    summary: 'Record which targets an order gave up',
    type: targetWithdrawn,
    row: targetWithdrawn.input.omit({ order: true }),
    example: {
      target,
      reason: 'Listed by mistake, says the ministry',
      occurredAt: '2021-02-02T12:00:00+05:30',
      assertion: 'direct_record',
    },
  },
];

export const listingWrites = (app: FastifyInstance, uses: Uses): void => {
  for (const { type, row, ...route } of LISTINGS) {
    rowRoute(app, uses, {
      ...route,
      tags: ['orders'],
      params: resourcePath,
      row: namingOneTarget(row),
      response: { ...rowsReplies, ...problemReplies(404) },
      command: (said, request) => ({
        type: type.name,
        stream: targetStream(said),
        data: { ...said, order: resourcePath.parse(request.params).id } satisfies JsonObject,
      }),
      before: refuseTwice,
      after: (outcomes, request) => refuseUnknownOrder(outcomes, resourcePath.parse(request.params).id),
    });
  }
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
