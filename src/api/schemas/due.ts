/** The form of a due time: of an order, and beside each account under it. */
import { z } from 'zod';
import { DUE_PHASES } from '../../domain/deadlines/due.ts';
import { bounds, count, eventNamed } from './common.ts';

/** The sentence of the rules, wherever one of their due times stands. */
export const caveat = z.string().meta({ description: 'To stand beside every due time, and every status that says whether it was kept' });

/** The rule that an order names, in short. */
export const deadlineRule = z.strictObject({
  id: z.string(),
  version: z.int(),
  provision: z.string().nullable(),
  duration: z.string().optional(),
  unchecked: z.array(z.string()).meta({ description: 'What of the rule nobody has checked' }),
  reviewedBy: z.string().nullable().meta({ description: 'Who confirmed it; null: nobody, a reading aid which counsel must confirm' }),
});

export const due = z
  .strictObject({
    setBy: z.array(z.union([z.literal('rule'), eventNamed])).meta({ description: 'The rule, or the events that set a time' }),
    at: bounds
      .nullable()
      .meta({ description: 'Due at one instant in this range; null while the clock cannot have started yet or stands still' }),
    leftMs: z
      .strictObject({ earliest: count, latest: count })
      .nullable()
      .meta({ description: 'Milliseconds that will run once the clock, which stands still, goes on' }),
    phases: z.array(z.enum(DUE_PHASES)).meta({ description: 'One, unless the sources leave it open' }),
    isReached: z.enum(['yes', 'possibly', 'no']),
  })
  .nullable()
  .meta({ description: 'null: nothing sets a time' });
