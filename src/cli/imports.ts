/** `ledger imports`: which files were imported, by whom, and what became of their rows; one by its id, with the rows that were not recorded. */
import type { Command } from 'commander';
import { recorderWords } from '../wording/grounds.ts';
import { hourOf, recordedHour } from '../wording/hours.ts';
import { counted, safe } from '../wording/text.ts';
import { type AskingOptions, asking, withLedger } from './asking.ts';
import { asked, read } from './client.ts';
import { type Import, importReply, importsPage } from './import-answers.ts';
import type { Shell } from './shell.ts';
import { EXIT, Stopped } from './stopped.ts';
import { isId, type Known, pages, withPoint } from './subjects.ts';

const PAGE_ROWS = 1_000;

export const importsCommand = (shell: Shell): Command =>
  asking('imports')
    .description('what was imported, and what became of its rows')
    .argument('[id]', 'one of them, with its rows that were not recorded')
    .action((id: string | undefined, options: AskingOptions) =>
      withLedger(shell, options, async (ledger, known) => {
        const path = pathOf(id, known);
        if (options.json) return shell.print(await asked(ledger, path));
        if (id !== undefined) {
          const { import: one, mappingName } = read(importReply, await asked(ledger, path));
          for (const line of [...linesOf(one), ...mappingLines(one, mappingName), ...rowLines(one)]) shell.print(line);
          return;
        }
        const all = await pages(
          (cursor) => withPoint('/v1/imports', known?.position, { limit: PAGE_ROWS, cursor }),
          async (of) => {
            const page = read(importsPage, await asked(ledger, of));
            return { rows: page.imports, next: page.next };
          },
        );
        if (all.length === 0) shell.print('Nothing was imported.');
        for (const line of all.flatMap(linesOf)) shell.print(line);
      }),
    );

const pathOf = (id: string | undefined, known: Known | undefined): string => {
  if (id !== undefined && !isId(id)) throw new Stopped(EXIT.usage, `"${safe(id)}" is no id of an import: "npx ledger imports" lists them.`);
  return id === undefined
    ? withPoint('/v1/imports', known?.position, { limit: PAGE_ROWS })
    : withPoint(`/v1/imports/${id}`, known?.position, {});
};

const linesOf = ({ id, name, file, recordedBy, recordedAt, synthetic, completed, retracted }: Import): readonly string[] => [
  `${id}${synthetic ? '  synthetic' : ''}`,
  `  ${safe(name)}, by ${recorderWords(recordedBy)}, ${hourOf(recordedAt, 'UTC')}; SHA-256 ${file}`,
  `  ${completed === null ? 'not complete: under way, or cut short. Sent again, it goes on' : countWords(completed)}`,
  ...(retracted === null ? [] : [`  ${retractedWords(retracted)}`]),
];

/** `retracted since: all 3 facts, by events 10 to 12, recorded 25 Nov 2026 …: --known-at 9 shows it as it stood before`. */
const retractedWords = ({ facts, moved, of, first, last, recordedAt }: NonNullable<Import['retracted']>): string => {
  const gone = facts - moved;
  const which = [
    ...(gone === 0
      ? []
      : [gone < of ? `${counted(gone)} of its ${counted(of)} facts` : of === 1 ? 'its one fact' : `all ${counted(of)} facts`]),
    ...(moved === 0
      ? []
      : [`${counted(moved)}${gone === 0 ? ` of its ${counted(of)} ${of === 1 ? 'fact' : 'facts'}` : ''} moved to another account`]),
    ...(facts < of ? ['the others stand'] : []),
  ].join('; ');
  const events = first === last ? `by event ${counted(first)}` : `by ${counted(facts)} events, ${counted(first)} to ${counted(last)}`;
  return `${gone === 0 ? 'MOVED' : 'RETRACTED'} since: ${which}; ${events}, recorded ${recordedHour(recordedAt.first, 'UTC')}${first === last ? '' : ` to ${recordedHour(recordedAt.last, 'UTC')}`}; --known-at ${first - 1} shows it as it stood before`;
};

const mappingLines = ({ mapping, confirmed }: Import, name: string | null): readonly string[] => [
  `  mapping ${name === null ? '(its file is not there as it was recorded)' : `"${safe(name)}"`}; SHA-256 ${mapping}`,
  `  ${confirmed.length === 0 ? 'nothing was confirmed' : `confirmed: ${confirmed.map(confirmedWords).join(', ')}`}`,
];

const confirmedWords = ({ kind, facts }: Import['confirmed'][number]): string =>
  facts === undefined ? `${safe(kind)} (all)` : `${safe(kind)} (${facts.map(safe).join(' ')})`;

const countWords = ({ rows: of, facts }: NonNullable<Import['completed']>): string => {
  const { rows, recorded, already, doubtful, refused, nothing } = of;
  return `${counted(rows)} ${rows === 1 ? 'row' : 'rows'}: ${counted(recorded)} recorded, ${counted(already)} on record before, ${counted(doubtful)} doubtful, ${counted(refused)} refused, ${counted(nothing)} with nothing to record; ${counted(facts.recorded)} ${facts.recorded === 1 ? 'fact' : 'facts'} recorded`;
};

const rowLines = ({ completed }: Import): readonly string[] =>
  (completed?.notRecorded ?? []).map(({ row, became, column, value, detail }) => {
    const where = `${row === undefined ? 'mapping' : `row ${counted(row)}`}${column === undefined ? '' : `, column ${safe(column)}`}`;
    return `  ${where}${value === undefined ? '' : ` "${safe(value)}"`}  ${became}: ${safe(detail)}`;
  });
