/** An import came to the end of its file: what became of its rows, and which of them were not recorded, and why. */
import { z } from 'zod';
import { eventType } from '../event-type.ts';
import { uuidText } from '../ids.ts';
import { safeText } from '../text.ts';

const count = z.int().min(0);

/** Each row once: refused if anything of it was, else doubtful if anything of it was held back, else recorded if anything of it was new. */
export const rowCounts = z.strictObject({
  rows: count,
  recorded: count,
  /** All that they say was on record before. */
  already: count,
  doubtful: count,
  refused: count,
  /** No entry of the mapping applied to them. */
  nothing: count,
});
export type RowCounts = z.infer<typeof rowCounts>;

/** A row may yield several facts, and the mapping facts of its own. */
export const factCounts = z.strictObject({ recorded: count, already: count, doubtful: count, refused: count });
export type FactCounts = z.infer<typeof factCounts>;

export const VALUE_LENGTH_MAX = 200; // characters of a cell that are shown
export const DETAIL_LENGTH_MAX = 1_000;
export const ROWS_LISTED_MAX = 1_000; // further ones are counted

/** What was not recorded: a row that could not be read, or one of its facts. Without `row` it is a fact of the mapping itself. */
export const notRecorded = z.strictObject({
  row: z.int().min(1).optional(),
  became: z.enum(['refused', 'doubtful']),
  code: safeText({ max: 100, layout: 'line' }),
  column: safeText({ max: VALUE_LENGTH_MAX, layout: 'line' }).optional(),
  value: safeText({ max: VALUE_LENGTH_MAX, layout: 'line' }).optional(),
  detail: safeText({ max: DETAIL_LENGTH_MAX, layout: 'line' }),
  /** The mapping's entry that made the fact. */
  entry: safeText({ max: VALUE_LENGTH_MAX, layout: 'line' }).optional(),
  /** What the fact says, as an id: to confirm it. */
  fact: uuidText.optional(),
});
export type NotRecorded = z.infer<typeof notRecorded>;

export const importCompleted = eventType({
  name: 'ImportCompleted',
  version: 1,
  category: 'import',
  fields: () => ({ rows: rowCounts, facts: factCounts, notRecorded: z.array(notRecorded).max(ROWS_LISTED_MAX) }),
  rules: [],
});
