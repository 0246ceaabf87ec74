/** Meetings: who met whom, about which orders. */
import type { FastifyInstance } from 'fastify';
import { meetingHeld } from '../domain/events/meeting-held.ts';
import { openingRoute } from './command-routes.ts';
import type { Uses } from './uses.ts';

export const meetingWrites = (app: FastifyInstance, uses: Uses): void =>
  openingRoute(app, uses, {
    url: '/v1/meetings',
    operationId: 'recordMeeting',
    tags: ['meetings'],
    summary: 'Record that a meeting was held',
    category: 'meeting',
    type: meetingHeld,
    example: {
      caseId: '0d5f7c1a-5a5e-4c38-9a51-8a5f0c7b2e11',
      orders: [],
      participants: [
        { role: 'Secretary', organisation: 'Ministry' },
        { description: 'Counsel of the platform', count: 2 },
      ],
      mode: 'virtual',
      purpose: 'dialogue',
      occurredAt: { date: '2021-02-10', part: 'evening', zone: 'Asia/Kolkata', text: 'Wednesday evening' },
      assertion: 'third_party_report',
      sources: [{ name: 'A newspaper', publishedAt: { date: '2021-02-11', zone: 'Asia/Kolkata' } }],
    },
  });
