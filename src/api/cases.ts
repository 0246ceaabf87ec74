/** Cases: what is written about one matter hangs on its case. */
import type { FastifyInstance } from 'fastify';
import { caseOpened } from '../domain/events/case-opened.ts';
import { openingRoute } from './command-routes.ts';
import type { Uses } from './uses.ts';

export const caseWrites = (app: FastifyInstance, uses: Uses): void =>
  openingRoute(app, uses, {
    url: '/v1/cases',
    operationId: 'openCase',
    tags: ['cases'],
    summary: 'Open a case',
    category: 'case',
    type: caseOpened,
    example: {
      title: 'Two blocking orders of February 2021',
      zone: 'Asia/Kolkata',
      occurredAt: '2021-01-31T11:00:00+05:30',
      assertion: 'direct_record',
      synthetic: true,
    },
  });
