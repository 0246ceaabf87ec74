/** Coverage: until when the record on an order is complete, so that silence means something. */
import type { FastifyInstance } from 'fastify';
import { coverageDeclared } from '../domain/events/coverage-declared.ts';
import { followingRoute } from './command-routes.ts';
import type { Uses } from './uses.ts';

export const coverageWrites = (app: FastifyInstance, uses: Uses): void =>
  followingRoute(app, uses, {
    url: '/v1/coverage',
    operationId: 'declareCoverage',
    tags: ['orders'],
    summary: 'Declare for which period the record on an order is complete',
    category: 'order',
    named: 'in_body',
    type: coverageDeclared,
    example: {
      order: '5e0c9a3e-63a5-4f0a-8a43-1de1ab2f7c50',
      from: '2021-01-31T12:00:00+05:30',
      to: '2021-02-13T00:00:00+05:30',
      completeness: 'complete',
      by: { organisation: 'Platform, legal operations' },
      occurredAt: '2021-02-13T00:00:00+05:30',
      assertion: 'direct_record',
    },
  });
