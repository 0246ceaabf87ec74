/** The form of what a search finds. */
import { z } from 'zod';
import { MATCHES } from '../../projections/search.ts';
import { entryForm } from './chronology.ts';
import { head } from './common.ts';
import { targetEntry } from './registers.ts';

const match = z.enum(MATCHES).meta({
  description:
    'is: a reference, title, handle, address or external id is what was asked for; begins, has: it begins with it, or has it in it; says: other words have it',
});
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
  targets: z.array(targetEntry.extend({ match }).meta({ id: 'FoundTarget' })).meta({ description: 'The best first' }),
  targetsMore: z.boolean(),
  entries: z
    .array(entryForm.extend({ match }).meta({ id: 'FoundEntry' }))
    .meta({ description: 'Events about no one target, the best first; of those found alike, what opens orders and cases first' }),
  entriesMore: z.boolean(),
  searched: z.string().meta({ description: 'What is gone through' }),
  notSearched: z.string().meta({ description: 'What is not: that it has the words is not excluded by an empty answer' }),
  isComplete: z.boolean().meta({ description: 'Whether all of what is `searched` was gone through' }),
});
