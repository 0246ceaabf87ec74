/** The form of what a search finds. */
import { z } from 'zod';
import { entryForm } from './chronology.ts';
import { head } from './common.ts';
import { targetEntry } from './registers.ts';

export const searchReply = z.strictObject({
  ...head,
  words: z.string(),
  named: z
    .array(
      z.strictObject({
        is: z.enum(['case', 'order', 'target', 'meeting', 'statement', 'claim', 'evidence', 'import', 'event']),
        id: z.string(),
      }),
    )
    .meta({ description: 'What has exactly this id, or stands at this position' }),
  targets: z.array(targetEntry).meta({ description: 'Whose name is, begins with, or has in it what was asked for' }),
  targetsMore: z.boolean(),
  entries: z.array(entryForm).meta({ description: 'Events about no one target whose words have in them what was asked for' }),
  entriesMore: z.boolean(),
  isComplete: z.boolean().meta({ description: 'Whether everything on record was gone through' }),
});
