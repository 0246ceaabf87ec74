/** `ledger compare-lists`: whether a list that somebody sent is the one that an order has on record. */
import { Argument, type Command } from 'commander';
import { z } from 'zod';
import { counted, safe } from '../wording/text.ts';
import { CAVEAT } from '../wording/words.ts';
import { type AskingOptions, asking, instantLine, instantMeant, orderHeading, titleOf, withLedger } from './asking.ts';
import { askedWith, read } from './client.ts';
import { recordedLine } from './knowledge.ts';
import { type ListRead, listFrom } from './list-file.ts';
import { keyLines } from './list-keys.ts';
import { type Comparison, comparisonForm, countLines, kindsOf, ordersNamed, rowLines, totalsLine } from './list-rows.ts';
import type { Shell } from './shell.ts';
import { EXIT, Stopped } from './stopped.ts';
import { referencesOf, subjectsOf, withPoint } from './subjects.ts';
import { wrapped } from './terminal.ts';
import { quoted, typedCommand } from './typed-command.ts';

type Options = AskingOptions & {
  readonly order: string;
  readonly at?: string;
  readonly kind?: string;
  readonly column?: string;
  readonly each?: true;
  readonly cursor?: string;
};

const PAGE_ROWS = 1_000;

export const compareListsCommand = (shell: Shell): Command =>
  asking('compare-lists')
    .description('whether a list that somebody sent is the one that an order has on record; nothing is recorded')
    .addArgument(new Argument('[file]', 'the list: text, one name or address a line; default: standard input'))
    .requiredOption('--order <order>', 'id or reference of the order')
    .option('--column <name>', 'the file is a table (CSV or XLSX) with a header, and the list is this column')
    .option('--at <hour>', 'what the order lists then (default: the end to which the record is complete, or now)')
    .option('--kind <kind>', 'of every line, such as account, post or url, and of what is compared (default: each line says it itself)')
    .option('--each', 'the lines that agree too')
    .option('--cursor <cursor>', 'with --json, which prints one page of up to 1,000: go on where another page ended, with the same list')
    .action(async (path: string | undefined, options: Options) => {
      if (path === undefined && process.stdin.isTTY) shell.note('Paste the list, one name a line, and end it with Ctrl-D.');
      const list = await listFrom({ path, column: options.column });
      const isSame = await withLedger(shell, options, async (ledger, known) => {
        const { json, kind, each, cursor } = options;
        const subjects = await subjectsOf(ledger, { order: [options.order], known });
        const [order] = subjects.orders;
        if (!order) throw new Stopped(EXIT.notFound, 'No order is recorded yet.');
        const meant = instantMeant(options.at, subjects);
        const asked = { at: meant.at, kind, each: each && 'true', limit: PAGE_ROWS, cursor };
        const text = await askedWith(ledger, withPoint(`/v1/orders/${order.id}/targets/comparison`, known?.position, asked), {
          lines: list.lines,
        });
        if (json) {
          shell.print(text);
          return read(z.object({ isSame: z.boolean().optional() }), text).isSame;
        }
        const comparison = read(comparisonForm, text);
        const { zone } = subjects;
        const at = { position: `${comparison.position}`, words: `event ${counted(comparison.position)}` };
        const refs = await referencesOf(ledger, subjects, ordersNamed(comparison), at);
        const wide = (line: string): readonly string[] => wrapped(line, shell.columns, '  ');
        for (const line of [
          titleOf(subjects),
          ...headLines(list, options.column).flatMap(wide),
          ...wide(`the list against ${orderHeading(subjects, order)}, ${instantLine(meant, zone)}`),
          await recordedLine(ledger, comparison.position, zone, meant.at),
          ...wide(totalsLine(comparison)),
          '',
          ...countLines(comparison),
          ...rowLines(comparison, { zone, refs }),
          ...hintsOf(comparison, path, options),
          '',
          ...keyLines(kindsOf(comparison)).flatMap(wide),
          CAVEAT,
        ])
          shell.print(line);
        return comparison.isSame;
      });
      if (isSame === false) throw new Stopped(EXIT.attention, 'The list is not the one on record.');
    });

/** What was compared, so that what is printed can be held against it later. */
const headLines = ({ name, sha256, lines: all }: ListRead, column: string | undefined): readonly string[] => {
  const lines = all.filter((line) => line.trim() !== '').length;
  const of = column === undefined ? (lines === 1 ? 'line' : 'lines') : `${lines === 1 ? 'row' : 'rows'} with a value`;
  const from = column === undefined ? '' : `, column "${safe(column)}"`;
  return [
    `the list: ${name}${from}; ${counted(lines)} ${of}${column === undefined ? ', blank ones apart' : ''}`,
    `SHA-256 of what was read: ${sha256}`,
  ];
};

/** What to type next. */
const hintsOf = ({ rows, counts, next }: Comparison, path: string | undefined, options: Options): readonly string[] => {
  const { order, at, kind, column, knownAt, data, each } = options;
  const [account] = rows.flatMap((row) => ('target' in row && !('isOnRecord' in row) ? [row.target.verbatim] : []));
  const asked = { order, column, at, kind, 'known-at': knownAt, data };
  const isTable = column === undefined && counts?.matched === 0 && counts.sheet.unreadable > 0;
  return [
    ...(next === null
      ? []
      : ['', `${counted(rows.length)} rows are shown, and there are more: --json prints them page by page, with --cursor.`]),
    ...(isTable ? ['', 'If the file is a table, name the column that has the list: --column <name>'] : []),
    ...(account === undefined
      ? []
      : ['', `Of one of them, all that is recorded: ${typedCommand('trail', { target: account, 'known-at': knownAt, data })}`]),
    ...(each || path === undefined
      ? []
      : [`The lines that agree too: ${typedCommand(`compare-lists ${quoted(path)}`, { ...asked, each: true })}`]),
  ];
};
