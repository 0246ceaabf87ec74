/** Orders: the instrument, its service, and what became of it. */
import type { FastifyInstance } from 'fastify';
import { clockRestarted } from '../domain/events/clock-restarted.ts';
import { clockStopped } from '../domain/events/clock-stopped.ts';
import { deadlineSet } from '../domain/events/deadline-set.ts';
import { noticeServed } from '../domain/events/notice-served.ts';
import { orderAnswered } from '../domain/events/order-answered.ts';
import { orderConfirmed } from '../domain/events/order-confirmed.ts';
import { orderIssued } from '../domain/events/order-issued.ts';
import { orderRevoked } from '../domain/events/order-revoked.ts';
import { orderServed } from '../domain/events/order-served.ts';
import { orderStayed } from '../domain/events/order-stayed.ts';
import { stayLifted } from '../domain/events/stay-lifted.ts';
import { choosingRoute, followingRoute, openingRoute } from './command-routes.ts';
import type { Uses } from './uses.ts';

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
  {
    url: '/v1/orders/:id/confirmation',
    operationId: 'recordConfirmation',
    summary: 'Record that an interim direction was confirmed',
    type: orderConfirmed,
    example: { by: { role: 'Review committee' }, occurredAt: '2021-02-02T17:00:00+05:30', assertion: 'direct_record' },
  },
  {
    url: '/v1/orders/:id/stay',
    operationId: 'recordStay',
    summary: 'Record that the whole order was stayed',
    type: orderStayed,
    example: {
      by: { organisation: 'High Court' },
      until: '2021-03-15T00:00:00+05:30',
      restorationDirected: false,
      occurredAt: '2021-02-15T11:00:00+05:30',
      assertion: 'official_document',
      sources: [{ name: 'Interim order of the court', locator: 'paragraph 12' }],
    },
  },
  {
    url: '/v1/orders/:id/stay-lift',
    operationId: 'recordStayLift',
    summary: 'Record that a stay was lifted: the one named, else the first that can have been in force',
    type: stayLifted,
    example: { by: { organisation: 'High Court' }, occurredAt: '2021-03-01T15:30:00+05:30', assertion: 'direct_record' },
  },
  {
    url: '/v1/orders/:id/revocation',
    operationId: 'recordRevocation',
    summary: 'Record that the order was revoked, set aside, not confirmed or declared lapsed',
    type: orderRevoked,
    example: {
      how: 'set_aside',
      by: { organisation: 'High Court' },
      restorationDirected: true,
      occurredAt: '2021-03-31T16:00:00+05:30',
      assertion: 'direct_record',
    },
  },
  {
    url: '/v1/orders/:id/notices',
    operationId: 'recordNotice',
    summary: 'Record that a notice about the order was served',
    type: noticeServed,
    example: {
      kind: 'non_compliance',
      pages: 18,
      penaltiesCited: ['Information Technology Act 2000, s. 69A(3)'],
      restatesDemand: true,
      occurredAt: { date: '2021-02-03', zone: 'Asia/Kolkata' },
      assertion: 'direct_record',
    },
  },
  {
    url: '/v1/orders/:id/responses',
    operationId: 'recordResponse',
    summary: 'Record how the platform answered the order as a whole',
    type: orderAnswered,
    example: {
      answer: 'partly_declined',
      by: { organisation: 'Platform' },
      scope: 'some',
      grounds: ['inconsistent_with_local_law', 'fundamental_right'],
      classes: [{ class: 'journalist', assertedBy: 'Platform' }],
      occurredAt: '2021-02-10T10:00:00+05:30',
      assertion: 'platform_report',
      sources: [{ name: 'Platform, statement on its blog' }],
    },
  },
  {
    url: '/v1/orders/:id/deadline',
    operationId: 'recordDeadline',
    summary: 'Record that the time for compliance was set or extended',
    type: deadlineSet,
    example: {
      dueAt: '2021-02-12T18:00:00+05:30',
      by: { organisation: 'Ministry' },
      reason: 'Extended at the request of the platform.',
      occurredAt: '2021-02-10T20:00:00+05:30',
      assertion: 'direct_record',
    },
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
  choosingRoute(app, uses, {
    url: '/v1/orders/:id/tolling',
    operationId: 'recordTolling',
    tags,
    summary: 'Record that the clock of the order was stopped, or restarted',
    category: 'order',
    by: 'act',
    types: { stop: clockStopped, restart: clockRestarted },
    example: { act: 'stop', cause: 'clarification', occurredAt: '2021-02-03T09:00:00+05:30', assertion: 'direct_record' },
  });
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
