/** `ledger timeline`: what happened, in order; acts that say the same of many accounts in one line. */
import type { Command } from 'commander';
import { answers, type Entry, type Line, type Order } from './answers.ts';
import { type AskingOptions, asking, titleOf, withLedger } from './asking.ts';
import { asked, type Ledger, read } from './client.ts';
import { extentOf, instantFrom } from './hours.ts';
import { kindWords, sentence } from './sentences.ts';
import type { Shell } from './shell.ts';
import { EXIT, Stopped } from './stopped.ts';
import { caseNamed, pages, type Subjects, subjectsOf, withPoint } from './subjects.ts';
import { aligned, counted, safe, wrapped } from './terminal.ts';
import { spoken } from './words.ts';

type Options = AskingOptions & {
  readonly case?: string;
  readonly order?: string;
  readonly target?: string;
  readonly from?: string;
  readonly to?: string;
  readonly cursor?: string;
};

const PAGE_ROWS = 1_000;

export const timelineCommand = (shell: Shell): Command =>
  asking('timeline')
    .description('what happened, in the order in which it occurred')
    .option('--case <case>', 'id or title of a case')
    .option('--order <order>', 'id or reference of an order')
    .option('--target <id>', 'id of an account: its whole record')
    .option('--from <hour>', 'from then on')
    .option('--to <hour>', 'before then')
    .option('--cursor <cursor>', 'with --json, which prints one page of up to 1,000: go on where another page ended')
    .action((options: Options) =>
      withLedger(shell, options, async (ledger) => {
        const named = [options.case, options.order, options.target].filter((name) => name !== undefined);
        if (named.length > 1) throw new Stopped(EXIT.usage, 'Name one of --case, --order, --target.');
        const lines =
          options.target === undefined ? await ofOrders(ledger, options, shell) : await ofTarget(ledger, options.target, options);
        for (const line of lines) shell.print(line);
      }),
    );

const ofOrders = async (ledger: Ledger, options: Options, shell: Shell): Promise<readonly string[]> => {
  const { knownAt, order, cursor, json } = options;
  const subjects = await subjectsOf(ledger, { order: order === undefined ? undefined : [order], case: options.case, knownAt });
  const { zone, orders } = subjects;
  const about = order === undefined ? { case: await caseIdOf(ledger, options.case, subjects) } : { order: orders[0]?.id };
  const period = { from: hourAsked(options.from, zone), to: hourAsked(options.to, zone) };
  const pathOf = (from: string | undefined): string =>
    withPoint('/v1/chronology', knownAt, { ...about, ...period, group: 'true', limit: PAGE_ROWS, cursor: from });
  if (json) return [await asked(ledger, pathOf(cursor))];
  const lines = await linesOf(ledger, pathOf);
  return [titleOf(subjects), ...told(lines, await withOrdersOf(ledger, lines, subjects, knownAt), shell.columns)];
};

const hourAsked = (typed: string | undefined, zone: string): string | undefined =>
  typed === undefined ? undefined : instantFrom(typed, zone);

const caseIdOf = async (ledger: Ledger, name: string | undefined, subjects: Subjects): Promise<string> => {
  if (name !== undefined) return (await caseNamed(ledger, name)).id;
  if (subjects.case) return subjects.case.id;
  throw new Stopped(EXIT.usage, 'There are several cases. Name one with --case; "ledger status" lists them.');
};

export const linesOf = (ledger: Ledger, pathOf: (cursor: string | undefined) => string): Promise<readonly Line[]> =>
  pages(pathOf, async (path) => {
    const page = read(answers.chronology, await asked(ledger, path));
    return { rows: page.lines, next: page.next };
  });

export const refsOf = (ids: readonly string[], orders: readonly Order[]): readonly string[] =>
  ids.map((id) => safe(orders.find((order) => order.id === id)?.ref ?? id));

const lineSentence = ({ type, says, orders, kinds, targets, classes, first }: Line, subjects: Subjects): string => {
  const whom = targets === 1 && first.target ? safe(first.target.verbatim) : kindWords(kinds);
  return sentence({ type, says, orders: refsOf(orders, subjects.orders), whom, classes, zone: subjects.zone });
};

/** An event about one order may name others, whose references are shown too. */
const withOrdersOf = async (ledger: Ledger, lines: readonly Line[], subjects: Subjects, knownAt: string | undefined): Promise<Subjects> => {
  const known = new Set(subjects.orders.map(({ id }) => id));
  const others = [...new Set(lines.flatMap(({ orders }) => orders))].filter((id) => !known.has(id));
  if (others.length === 0) return subjects;
  const found = await subjectsOf(ledger, { order: others, knownAt });
  return { ...subjects, orders: [...subjects.orders, ...found.orders] };
};

const SENTENCE_WIDTH_MIN = 30;

/** Hour, the event or how many, then what happened; long sentences go on under themselves. */
const told = (lines: readonly Line[], subjects: Subjects, columns: number): readonly string[] => {
  const heads = aligned(
    lines.map(({ occurredAt, events, first }) => [
      extentOf(occurredAt, subjects.zone),
      events === 1 ? `event ${counted(first.position)}` : `${counted(events)} events`,
    ]),
    ['left', 'right'],
  );
  const width = Math.max(0, ...heads.map((head) => head.length));
  return lines.flatMap((line, place) => {
    const words = `${lineSentence(line, subjects)}${changesOf(line, subjects.zone)}`;
    const [head = '', ...rest] = wrapped(words, Math.max(SENTENCE_WIDTH_MIN, columns - width - 2));
    return [`${(heads[place] ?? '').padEnd(width)}  ${head}`, ...rest.map((text) => `${' '.repeat(width)}  ${text}`)];
  });
};

const changesOf = ({ events, isRetracted, isCorrected, first }: Line, zone: string): string => {
  if (events === 1) return entryChanges(first, zone);
  return `${isCorrected ? ' [corrected]' : ''}${isRetracted ? ' [retracted: counts no more]' : ''}`;
};

/** What was said before, and which event says otherwise. */
const entryChanges = ({ correctedBy = [], struck = {}, retracted }: Entry, zone: string): string => {
  const corrected = correctedBy
    .map(({ position, reason }) => ` [corrected by event ${counted(position)}: ${spoken(reason)}${struckWords(struck, zone)}]`)
    .join('');
  return `${corrected}${retracted ? ` [retracted by event ${counted(retracted.position)}: ${spoken(retracted.reason)}; counts no more]` : ''}`;
};

const struckWords = (struck: Entry['says'], zone: string): string =>
  Object.entries(struck)
    .map(([field, value]) => {
      const extent = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
      const { earliest, latest } = { earliest: extent['earliest'], latest: extent['latest'] };
      if (typeof earliest === 'string' && typeof latest === 'string') return `; first recorded as ${extentOf({ earliest, latest }, zone)}`;
      return `; ${safe(field)} first recorded as ${safe(JSON.stringify(value))}`;
    })
    .join('');

const ofTarget = async (ledger: Ledger, target: string, { knownAt, cursor, json, from, to }: Options): Promise<readonly string[]> => {
  if (from !== undefined || to !== undefined)
    throw new Stopped(EXIT.usage, '--from and --to go with --case or --order: the record of an account is shown whole.');
  const pathOf = (after: string | undefined): string =>
    withPoint(`/v1/targets/${encodeURIComponent(target)}/timeline`, knownAt, { limit: PAGE_ROWS, cursor: after });
  const text = await asked(ledger, pathOf(cursor));
  if (json) return [text];
  const first = read(answers.timeline, text);
  const entries = await pages(pathOf, async (path) => {
    const page = read(answers.timeline, await asked(ledger, path));
    return { rows: page.entries, next: page.next };
  });
  const ids = [...new Set(entries.flatMap(({ orders }) => orders))];
  const subjects = await subjectsOf(ledger, ids.length === 0 ? { knownAt } : { order: ids, knownAt });
  const { verbatim, platform } = first.target;
  const rows = entries.map((entry) => {
    const words = sentence({
      type: entry.type,
      says: entry.says,
      orders: refsOf(entry.orders, subjects.orders),
      whom: safe(verbatim),
      classes: {},
      zone: subjects.zone,
    });
    return [extentOf(entry.occurredAt, subjects.zone), `event ${counted(entry.position)}`, `${words}${entryChanges(entry, subjects.zone)}`];
  });
  return [
    `${safe(verbatim)} on ${safe(platform)}${subjects.isSynthetic ? '   SYNTHETIC' : ''}`,
    ...aligned(rows, ['left', 'right', 'left']),
  ];
};
