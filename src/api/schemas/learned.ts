/** The form of what was learned of a case, and when. */
import { z } from 'zod';
import { uuidText } from '../../domain/ids.ts';
import { count, eventNamed, head, instant, next } from './common.ts';

const change = z.strictObject({
  ...eventNamed.shape,
  type: z.string(),
  about: uuidText.meta({ description: 'The event that it corrects or retracts' }),
  reason: z.string(),
  explanation: z.string().optional(),
});
const run = z
  .strictObject({
    first: count,
    last: count,
    events: count,
    recordedAt: z.strictObject({ first: instant, last: instant }),
    types: z.record(z.string(), count),
    isOfChanges: z.boolean().meta({ description: 'Whether all of them are corrections and retractions, or none' }),
    changes: z.array(change).meta({ description: 'The first few of them' }),
  })
  .meta({ id: 'Run', description: 'Positions of events recorded one soon after another; between them others of the ledger may stand' });
export const learnedReply = z.strictObject({ ...head, case: uuidText, runs: z.array(run), ...next });

export const densityReply = z.strictObject({
  ...head,
  from: instant,
  to: instant,
  buckets: z.array(count).meta({
    description: 'Events in each of as many equal parts of the period, counted at the first instant at which they can have happened',
  }),
});
