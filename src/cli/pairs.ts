/** `ledger pairs`: which accounts of an order, and why not the others. */
import type { Command } from 'commander';
import { presumptionParts } from '../wording/coverage.ts';
import { isTimed, ruleWords } from '../wording/due-words.ts';
import { endHourOf, extentOf, hourOf } from '../wording/hours.ts';
import { classesOf, groundsWords } from '../wording/sentences.ts';
import { standingAt } from '../wording/standing.ts';
import { counted, cut, safe } from '../wording/text.ts';
import { CAVEAT, pairWords, spoken, unitOf } from '../wording/words.ts';
import { answers, type Entry, type PairRow, totalOf } from './answers.ts';
import { type AskingOptions, asking, instantLine, instantMeant, titleOf, withLedger } from './asking.ts';
import { asked, read } from './client.ts';
import { recordedLine } from './knowledge.ts';
import { endingOf, hasRefusals, hasReversed, orderNotes, refusalEntries, refusalsOf, withoutList } from './order-notes.ts';
import type { Shell } from './shell.ts';
import { EXIT, Stopped } from './stopped.ts';
import { pages, subjectsOf, withPoint } from './subjects.ts';
import { aligned, wrapped } from './terminal.ts';

type Options = AskingOptions & {
  readonly order: string;
  readonly at?: string;
  readonly status?: string;
  readonly kinds?: string;
  readonly cursor?: string;
};

const PAGE_ROWS = 1_000;
const NAME_LENGTH_MAX = 60;
/** Each page of refusals goes through the order's whole list, so more than a few are left to the timeline. */
const REFUSALS_MAX = 5_000;

export const pairsCommand = (shell: Shell): Command =>
  asking('pairs')
    .description('which accounts of an order are in effect, and why not the others')
    .requiredOption('--order <order>', 'id or reference of the order')
    .option(
      '--at <hour>',
      'such as 2021-02-12T09:00, an hour of the case, or with an offset (default: the end to which the record is complete, or now)',
    )
    .option('--status <status>', 'only these, such as in_effect, not_in_effect, reversed_while_in_force, declined, outstanding, unknown')
    .option('--kinds <kinds>', 'which are counted, separated by commas (default: account,post,url)')
    .option('--cursor <cursor>', 'with --json, which prints one page of up to 1,000: go on where another page ended')
    .action((options: Options) =>
      withLedger(shell, options, async (ledger, known) => {
        const { status, kinds, cursor } = options;
        const subjects = await subjectsOf(ledger, { order: [options.order], known });
        const { zone } = subjects;
        const [order] = subjects.orders;
        if (!order) throw new Stopped(EXIT.notFound, 'No order is recorded yet.');
        const meant = instantMeant(options.at, subjects);
        const about = { order: order.id, at: meant.at, status, kinds, limit: PAGE_ROWS };
        const pathAt = (point: string | undefined, from: string | undefined): string =>
          withPoint('/v1/compliance/pairs', point, { ...about, cursor: from });
        const text = await asked(ledger, pathAt(known?.position, cursor));
        if (options.json) return shell.print(text);
        const { position, kinds: counts, rule, caveat } = read(answers.pairs, text);
        const pathOf = (from: string | undefined): string => pathAt(`${position}`, from);
        const rows = await pages(pathOf, async (path) => read(answers.pairs, await asked(ledger, path)));
        const figures = totalOf(
          read(answers.state, await asked(ledger, withPoint('/v1/compliance', `${position}`, { orders: order.id, at: meant.at, kinds }))),
        );
        const moment = { at: meant.at, position };
        const refusals = hasRefusals(figures.makeUp) ? await refusalsOf(ledger, [order.id], moment) : 'not_asked';
        const ending = hasReversed(figures.makeUp) ? await endingOf(ledger, [order.id], moment) : 'not_asked';
        const wordsOf = (row: PairRow): string => pairWords(row, standingAt(order, meant.at), refusals, ending);
        const refused = rows.filter(isRefused).length;
        const entries = refused > 0 && refused <= REFUSALS_MAX ? await refusalEntries(ledger, order.id, moment) : [];
        const byTarget = Map.groupBy(entries, ({ target }) => target?.id);
        const refusedOf = (row: PairRow): readonly string[] =>
          isRefused(row) ? (byTarget.get(row.target) ?? []).map((entry) => refusalWords(entry, zone)) : [];
        const missing = withoutList(order, counts);
        const isDueSaid = rows.some((row) => row.due?.at || isTimed(row));
        const wide = (line: string): readonly string[] => wrapped(line, shell.columns, '  ');
        for (const line of [
          titleOf(subjects),
          ...wide(`${unitOf(counts).many} under order ${safe(order.ref)}, ${instantLine(meant, zone)}`),
          await recordedLine(ledger, position, zone, meant.at),
          ...wide(presumptionParts(figures, zone).join(' · ')),
          ...orderNotes(order, counts).flatMap(wide),
          ...(isDueSaid && rule ? wide(ruleWords(rule)) : []),
          '',
          ...(missing === undefined ? tallyOf(rows, wordsOf) : [missing]),
          ...(rows.length > 0 ? ['', ...rowsOf(rows, wordsOf, zone, refusedOf)] : []),
          '',
          ...(rows.length > 0 ? ["Each account's record, with its grounds: npx ledger timeline --target <id>"] : []),
          ...(isDueSaid ? wide(caveat) : []),
          CAVEAT,
        ])
          shell.print(line);
      }),
    );

const isRefused = ({ status, responseDeclined }: PairRow): boolean => responseDeclined || status === 'declined';

/** `refused 10 Feb 2021 10:00 IST: fundamental right; stated as news media (event 2,653)` */
const refusalWords = (entry: Entry, zone: string): string => {
  const classes = Object.keys(classesOf(entry)).map((name) => spoken(safe(name)));
  const stated = classes.length === 0 ? '' : `; stated as ${classes.join(', ')}`;
  return `refused ${extentOf(entry.occurredAt, zone)}: ${groundsWords(entry.says)}${stated} (event ${counted(entry.position)})`;
};

type WordsOf = (row: PairRow) => string;

const tallyOf = (rows: readonly PairRow[], wordsOf: WordsOf): readonly string[] => {
  const lines = [...Map.groupBy(rows, wordsOf)].map(([words, found]) => [counted(found.length), words]);
  return lines.length === 0 ? ['none'] : aligned(lines, ['right', 'left']);
};

/** A line for each account; under it what was refused about it. */
const rowsOf = (
  rows: readonly PairRow[],
  wordsOf: WordsOf,
  zone: string,
  refusedOf: (row: PairRow) => readonly string[],
): readonly string[] => {
  const isTimed = rows.some(({ due }) => due?.at);
  const lines = aligned(
    rows.map((row) => [
      cut(safe(row.verbatim), NAME_LENGTH_MAX),
      wordsOf(row),
      sinceWords(row, zone),
      ...(isTimed ? [dueWords(row, zone)] : []),
      row.target,
    ]),
    Array<'left'>(isTimed ? 5 : 4).fill('left'),
  );
  return rows.flatMap((row, place) => [lines[place] ?? '', ...refusedOf(row).map((words) => `    ${words}`)]);
};

/** Since when it is in effect, or not: the status may be younger. */
const sinceWords = ({ since }: PairRow, zone: string): string => {
  if (since === null) return '';
  if (since.earliest === since.latest) return `since ${hourOf(since.latest, zone)}`;
  return `by ${endHourOf(since.latest, zone)} at the latest`;
};

const dueWords = ({ due }: PairRow, zone: string): string => {
  if (!due?.at) return '';
  const { earliest, latest } = due.at;
  return earliest === latest ? `due ${hourOf(latest, zone)}` : `due ${hourOf(earliest, zone)} to ${hourOf(latest, zone)}, hour not known`;
};
