/** What an import answers: what became of its rows, how times and targets were read, and each row that was not recorded, with why. */
import { z } from 'zod';
import type { ImportResult } from '../application/import/run-import.ts';
import type { SettledFact } from '../application/import/settle-facts.ts';
import { cellsToMend } from '../application/import/sheet-to-mend.ts';
import { BECAME, type ListedRow, type Words } from '../application/import/tally.ts';
import { factCounts, notRecorded, rowCounts } from '../domain/events/import-completed.ts';
import type { Doubt } from '../domain/events/import-started.ts';
import { sha256Text, uuidText } from '../domain/ids.ts';
import { EVENT_WORDS } from '../wording/words.ts';
import { readsOf } from './import-reads.ts';
import { problems } from './problem-registry.ts';
import { data, instant } from './schemas/common.ts';
import type { Uses } from './uses.ts';

const DOUBT_WORDS: { readonly [D in Doubt]: string } = {
  not_listed: 'The order that it cites does not list this target, as far as is recorded: record the list first, or confirm.',
  unmatched: 'Nothing is on record that it could have lifted: record the restriction first, or confirm that it is only reported.',
  possible_duplicate:
    'An act like this, of the same time and on the same basis, is on record already, perhaps for other places: does a second source tell of it, or is it another act? Confirm if it is another.',
  look_alike_key: 'Letters of several scripts look like one another in this name: compare it with its source, then confirm.',
  outside_case:
    'Its time lies before the case began, or outside the period of the mapping: look at the year and at the order of day and month, then confirm.',
};

export const importWords: Words = {
  ofRefusal(refusal, named) {
    if (refusal.code === 'REFERENCE_UNKNOWN' && named)
      return `no ${named.category} "${named.id}" of "${named.system}" is on record, or it was retracted: add it under \`before\`, or correct the name.`;
    const { title, meaning, remedy } = problems[refusal.code];
    const about = 'event' in refusal ? ` (event ${refusal.event})` : 'reference' in refusal ? ` (${refusal.reference})` : '';
    return `${title}${about}. ${meaning} ${remedy}`;
  },
  fieldOf: (refusal) => ('field' in refusal ? refusal.field : problems[refusal.code].pointer?.split('/')[1]),
  ofDoubt: (doubt) => DOUBT_WORDS[doubt],
};

type Log = Pick<Uses['log'], 'readStream'>;

// ---- Forms

const count = z.int().min(0);
const listedRow = z.strictObject({
  row: z
    .int()
    .min(1)
    .nullable()
    .meta({ description: 'As a spreadsheet or a text editor numbers it; null for a fact of the mapping itself' }),
  cells: data.meta({
    description: 'As the file has them, by the name of the column: of JSON lines the members of the line, of other files text',
  }),
  reasons: z.array(notRecorded.omit({ row: true })),
  facts: z
    .strictObject({ of: count, recorded: z.array(z.string()), already: z.array(z.string()) })
    .nullable()
    .meta({
      description:
        'How many facts the row says, and which of them were (in a dry run: would be) recorded all the same or were on record already, by the name of their entry; null of a row that could not be read, of which nothing is recorded, and where an earlier answer is repeated',
    }),
});
const sample = z.strictObject({ row: z.int().min(1).nullable(), reads: z.string() });

export const importAnswer = z
  .strictObject({
    commandId: z.string(),
    status: z.enum(['recorded', 'repeated', 'nothing_new', 'would_be_recorded']),
    id: uuidText.nullable().meta({ description: 'Of the import, and the `batchId` of what it recorded; null if it recorded nothing' }),
    file: sha256Text,
    recordedAt: instant.nullable().meta({ description: 'When the import came to its end' }),
    position: count
      .min(1)
      .nullable()
      .meta({ description: 'In the log, of its end; null if what is read does not reflect it yet, or nothing was recorded' }),
    rows: rowCounts,
    facts: factCounts,
    columns: z.array(z.string()),
    unread: z.array(z.string()).meta({ description: 'Columns that say nothing to the mapping' }),
    samples: z.array(sample).meta({ description: 'How the first rows are read, in the order of the file' }),
    notRecorded: z.array(listedRow).meta({ description: 'The first 1,000, in the order of the file' }),
  })
  .meta({ id: 'ImportAnswer' });
export type ImportAnswer = z.infer<typeof importAnswer>;

type Answering = {
  readonly isDryRun: boolean;
  /** The one that the import was decided upon, be it a rehearsal's. */
  readonly log: Log;
};

export const answerOf = async (result: ImportResult, { isDryRun, log }: Answering) => {
  const { id, status, rows, facts, listed, columns, unread, samples, position } = result;
  const isTried = isDryRun && status === 'recorded';
  return {
    status: isTried ? ('would_be_recorded' as const) : status,
    id: isTried ? null : id,
    position: isTried ? null : position,
    ...{ rows, facts, columns, unread },
    samples: await Promise.all(samples.map(async ({ at, fact }) => ({ row: rowOf(at), reads: await readsOf(log, fact) }))),
    notRecorded: listed.map(listedRowOf),
  };
};

const rowOf = (at: ListedRow['at']): number | null => (at === 'before' ? null : at.row);

const listedRowOf = ({ at, entries, facts }: ListedRow) => ({
  row: rowOf(at),
  cells: at === 'before' ? {} : cellsToMend(at),
  reasons: entries.map(({ row: _, ...reason }) => reason),
  facts: facts.length === 0 ? null : { of: facts.length, recorded: namesOf(facts, 'recorded'), already: namesOf(facts, 'already') },
});

/** As the mapping names their entries; where it does not, by their event. */
const namesOf = (facts: readonly SettledFact[], became: 'recorded' | 'already'): readonly string[] =>
  facts
    .filter(({ outcome }) => BECAME[outcome.kind] === became)
    .map(({ said, fact: { command } }) => (said.entry === command.type ? (EVENT_WORDS[command.type] ?? command.type) : said.entry));
