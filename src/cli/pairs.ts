/** `ledger pairs`: which accounts of an order, and why not the others. */
import type { Command } from 'commander';
import { answers, type PairRow } from './answers.ts';
import { type AskingOptions, asking, coverageNote, instantLine, instantMeant, titleOf, withLedger } from './asking.ts';
import { asked, read } from './client.ts';
import { hourOf } from './hours.ts';
import type { Shell } from './shell.ts';
import { pages, subjectsOf, withPoint } from './subjects.ts';
import { aligned, counted, cut, safe } from './terminal.ts';
import { CAVEAT, pairWords } from './words.ts';

type Options = AskingOptions & {
  readonly order: string;
  readonly at?: string;
  readonly status?: string;
  readonly kinds?: string;
  readonly cursor?: string;
};

const PAGE_ROWS = 1_000;
const NAME_LENGTH_MAX = 60;

export const pairsCommand = (shell: Shell): Command =>
  asking('pairs')
    .description('which accounts of an order are in effect, and why not the others')
    .requiredOption('--order <order>', 'id or reference of the order')
    .option(
      '--at <hour>',
      'such as 2021-02-12T09:00, an hour of the case, or with an offset (default: the end to which the record is complete, or now)',
    )
    .option('--status <status>', 'only these, such as in_effect, not_in_effect, reversed_while_in_force, outstanding, unknown')
    .option('--kinds <kinds>', 'which are counted, separated by commas (default: account,post,url)')
    .option('--cursor <cursor>', 'with --json, which prints one page of up to 1,000: go on where another page ended')
    .action((options: Options) =>
      withLedger(shell, options, async (ledger) => {
        const { knownAt, status, kinds, cursor } = options;
        const subjects = await subjectsOf(ledger, { order: [options.order], knownAt });
        const [order] = subjects.orders;
        const meant = instantMeant(options.at, subjects);
        const pathOf = (from: string | undefined): string =>
          withPoint('/v1/compliance/pairs', knownAt, { order: order?.id, at: meant.at, status, kinds, limit: PAGE_ROWS, cursor: from });
        if (options.json) return shell.print(await asked(ledger, pathOf(cursor)));
        let position = 0;
        const rows = await pages(pathOf, async (path) => {
          const page = read(answers.pairs, await asked(ledger, path));
          position = page.position;
          return { rows: page.rows, next: page.next };
        });
        shell.print(titleOf(subjects));
        shell.print(
          `Accounts under order ${safe(order?.ref ?? '')}, ${instantLine(meant, subjects.zone)}, as recorded to event ${counted(position)}`,
        );
        shell.print(coverageNote(subjects, meant.at));
        shell.print('');
        for (const line of [...tallyOf(rows), '', ...rowsOf(rows, subjects.zone), '', CAVEAT]) shell.print(line);
      }),
    );

const tallyOf = (rows: readonly PairRow[]): readonly string[] => {
  const tally = Map.groupBy(rows, pairWords);
  const lines = [...tally].map(([words, found]) => [counted(found.length), words]);
  return lines.length === 0 ? ['none'] : aligned(lines, ['right', 'left']);
};

const rowsOf = (rows: readonly PairRow[], zone: string): readonly string[] =>
  aligned(
    rows.map((row) => [
      cut(safe(row.verbatim), NAME_LENGTH_MAX),
      pairWords(row),
      row.since === null ? '' : `since ${hourOf(row.since, zone)}`,
      row.target,
    ]),
    ['left', 'left', 'left', 'left'],
  );
