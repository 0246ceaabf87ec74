/** The form of a due time: of an order, and beside each account under it. */
import { z } from 'zod';
import { DUE_PHASES } from '../../domain/deadlines/due.ts';
import { bounds, count, eventNamed } from './common.ts';

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
