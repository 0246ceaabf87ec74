/** An import began: which file, read by which mapping, and which doubts were answered beforehand. What it records names it as its batch. */
import { z } from 'zod';
import { eventType } from '../event-type.ts';
import { line } from '../fields.ts';
import { evidenceIdText, uuidText } from '../ids.ts';
import { WARNINGS } from '../warnings.ts';

/** What makes a fact of a file doubtful: the decider's warnings, and an hour at which its case had not begun. */
export const DOUBTS = [...WARNINGS, 'outside_case'] as const;
export type Doubt = (typeof DOUBTS)[number];

const CONFIRMED_FACTS_MAX = 5_000; // more than anybody looks at one by one; together they fit one event

/** All doubts of a kind, or those about the facts named: by what they say, so that a re-sorted file changes nothing. */
export const confirmation = z.strictObject({
  kind: z.enum(DOUBTS),
  facts: z.array(uuidText).min(1).max(CONFIRMED_FACTS_MAX).optional(),
});
export type Confirmation = z.infer<typeof confirmation>;

export const importStarted = eventType({
  name: 'ImportStarted',
  version: 1,
  category: 'import',
  opens: true,
  fields: () => ({
    file: evidenceIdText,
    mapping: evidenceIdText,
    /** As its sender calls the file: for people to read. */
    name: line,
    confirmed: z.array(confirmation).max(DOUBTS.length),
  }),
  fixed: ['file', 'mapping', 'confirmed'],
  rules: [],
});
