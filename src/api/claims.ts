/** Claims: figures that somebody published, recorded as published; and that one was taken back. */
import type { FastifyInstance } from 'fastify';
import { claimRecorded } from '../domain/events/claim-recorded.ts';
import { claimWithdrawn } from '../domain/events/claim-withdrawn.ts';
import { followingRoute, openingRoute } from './command-routes.ts';
import type { Uses } from './uses.ts';

const tags = ['claims'];
const source = { name: 'A newspaper', publishedAt: { date: '2021-02-12', zone: 'Asia/Kolkata' } };

export const claimWrites = (app: FastifyInstance, uses: Uses): void => {
  openingRoute(app, uses, {
    url: '/v1/claims',
    operationId: 'recordClaim',
    tags,
    summary: 'Record a figure that somebody published, as published',
    category: 'claim',
    type: claimRecorded,
    example: {
      caseId: '0d5f7c1a-5a5e-4c38-9a51-8a5f0c7b2e11',
      claimant: { description: 'Sources in the ministry' },
      relayedBy: [{ organisation: 'A newspaper' }],
      metric: 'compliance_rate',
      population: { orders: [] },
      comparator: 'nearly',
      value: '97',
      numerator: 1398,
      denominator: 1435,
      unit: 'percent',
      occurredAt: { date: '2021-02-12', zone: 'Asia/Kolkata' },
      assertion: 'third_party_report',
      sources: [source],
      text: 'nearly 97 per cent, 1,398 of 1,435',
    },
  });
  followingRoute(app, uses, {
    url: '/v1/claims/:id/withdrawal',
    operationId: 'recordClaimWithdrawal',
    tags,
    summary: 'Record that a claim was taken back',
    category: 'claim',
    named: 'in_path',
    type: claimWithdrawn,
    example: {
      by: { organisation: 'A newspaper' },
      reason: 'The figure was corrected in a later edition.',
      occurredAt: { date: '2021-02-13', zone: 'Asia/Kolkata' },
      assertion: 'third_party_report',
      sources: [{ name: 'The same newspaper', locator: 'page 2' }],
    },
  });
};
