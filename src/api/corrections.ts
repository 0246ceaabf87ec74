/** Corrections and retractions: nothing is changed or deleted, a further event says what holds. */
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { correctionInput, EVENT_CORRECTED, EVENT_RETRACTED, retractionInput } from '../domain/events/corrections.ts';
import { parseStreamName } from '../domain/ids.ts';
import type { JsonObject } from '../domain/json.ts';
import { rowRoute } from './row-routes.ts';
import type { Uses } from './uses.ts';
import { rowsReplies } from './write-replies.ts';

const named = { stream: 'target-e0ee40ae-bed6-581a-8948-fd16c8cdf470', event: '01950000-0000-7000-8000-000000000001' };

type CorrectionRoute = {
  readonly url: string;
  readonly operationId: string;
  readonly summary: string;
  readonly type: string;
  readonly row: z.ZodType;
  readonly example: JsonObject;
};

const ROUTES: readonly CorrectionRoute[] = [
  {
    url: '/v1/corrections',
    operationId: 'correctEvents',
    summary: 'Correct fields of recorded events',
    type: EVENT_CORRECTED,
    row: correctionInput,
    example: {
      ...named,
      changes: { occurredAt: '2021-02-04T12:00:00+05:30', receivedAt: null },
      reason: 'source_corrected',
      explanation: 'The newspaper corrected the date.',
    },
  },
  {
    url: '/v1/retractions',
    operationId: 'retractEvents',
    summary: 'Retract recorded events',
    type: EVENT_RETRACTED,
    row: retractionInput,
    example: { ...named, reason: 'wrong', explanation: 'Another account was meant.' },
  },
];

export const correctionWrites = (app: FastifyInstance, uses: Uses): void => {
  for (const { type, ...route } of ROUTES) {
    rowRoute(app, uses, {
      ...route,
      tags: ['corrections'],
      response: rowsReplies,
      command: ({ stream, ...data }) => ({ type, stream: parseStreamName(String(stream)), data }),
    });
  }
};
