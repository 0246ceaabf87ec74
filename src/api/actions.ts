/** Actions: what became of targets: what a platform did about them or declined to do, whom it told, what else was seen. A list of rows, each about one target. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { namingOneTarget, targetStream } from '../domain/asking.ts';
import type { EventType } from '../domain/event-type.ts';
import { targetBlocked } from '../domain/events/target-blocked.ts';
import { targetDeclined } from '../domain/events/target-declined.ts';
import { targetGone } from '../domain/events/target-gone.ts';
import { targetLimited } from '../domain/events/target-limited.ts';
import { targetLinked } from '../domain/events/target-linked.ts';
import { targetReinstated } from '../domain/events/target-reinstated.ts';
import { targetWithheld } from '../domain/events/target-withheld.ts';
import { userNotified } from '../domain/events/user-notified.ts';
import { rowRoute } from './row-routes.ts';
import type { Uses } from './uses.ts';
import { rowsReplies } from './write-replies.ts';

/** A row's `action`, and the event that it becomes. */
const ACTIONS: ReadonlyMap<string, EventType> = new Map<string, EventType>([
  ['block', targetBlocked],
  ['withhold', targetWithheld],
  ['limit', targetLimited],
  ['reinstate', targetReinstated],
  ['decline', targetDeclined],
  ['notify', userNotified],
  ['gone', targetGone],
  ['link', targetLinked],
]);

const forms = [...ACTIONS].map(([action, { input }]) => namingOneTarget(z.strictObject({ action: z.literal(action), ...input.shape })));
const [first, ...others] = forms;
if (first === undefined) throw new Error('no action');
const row = z.discriminatedUnion('action', [first, ...others]);

export const actionWrites = (app: FastifyInstance, uses: Uses): void =>
  rowRoute(app, uses, {
    url: '/v1/actions',
    operationId: 'recordActions',
    tags: ['actions'],
    summary: 'Record what a platform did about targets or declined to do, whom it told, and what became of them',
    row,
    response: rowsReplies,
    example: {
      action: 'withhold',
      target: { platform: 'birdsite.example', kind: 'account', verbatim: '@synthetic-o1-001' },
      orders: [],
      territory: ['IN'],
      basis: 'unstated',
      occurredAt: '2021-02-01T14:00:00+05:30',
      assertion: 'platform_report',
      sources: [{ name: 'Platform, transparency report', locator: 'page 3' }],
    },
    command: ({ action, ...data }) => ({ type: ACTIONS.get(String(action))?.name ?? '', stream: targetStream(data), data }),
  });
