/** `ledger timeline`: what happened, in order; acts that say the same of many accounts in one line. */
import type { Command } from 'commander';
import { changeWords, groundsOf, valueWords } from '../wording/grounds.ts';
import { extentOf } from '../wording/hours.ts';
import { classesOf, extentIn, kindWords, sentence } from '../wording/sentences.ts';
import { counted, safe } from '../wording/text.ts';
import { CAVEAT } from '../wording/words.ts';
import { answers, type Entry, type Line, type Order } from './answers.ts';
import { type AskingOptions, asking, titleOf, withLedger } from './asking.ts';
import { asked, type Ledger, read } from './client.ts';
import { recordedLine } from './knowledge.ts';
import type { Shell } from './shell.ts';
import { EXIT, Stopped } from './stopped.ts';
import { askedIfKnown, caseNamed, type Known, pages, type Subjects, subjectsOf, withPoint } from './subjects.ts';
import { targetNamed } from './target-named.ts';
import { wrapped } from './terminal.ts';
import { instantFrom } from './typed-hours.ts';

type Options = AskingOptions & {
  readonly case?: string;
  readonly order?: string;
  readonly target?: string;
  readonly from?: string;
  readonly to?: string;
  readonly each?: true;
  readonly cursor?: string;
};

const PAGE_ROWS = 1_000;

export const timelineCommand = (shell: Shell): Command =>
  asking('timeline')
    .description('what happened, in the order in which it occurred, and on what each event rests')
    .option('--case <case>', 'id or title of a case')
    .option('--order <order>', 'id or reference of an order')
    .option('--target <target>', 'id or name of an account, as it is written: its whole record')
    .option('--from <hour>', 'from then on')
    .option('--to <hour>', 'before then')
    .option('--each', 'each event on its own, with its grounds, also where many say the same')
    .option('--cursor <cursor>', 'with --json, which prints one page of up to 1,000: go on where another page ended')
    .action((options: Options) =>
      withLedger(shell, options, async (ledger, known) => {
        const named = [options.case, options.order, options.target].filter((name) => name !== undefined);
        if (named.length > 1) throw new Stopped(EXIT.usage, 'Name one of --case, --order, --target.');
        const question: Question = { ledger, known, options, columns: shell.columns };
        const lines = options.target === undefined ? await ofOrders(question) : await ofTarget(question, options.target);
        for (const line of lines) shell.print(line);
      }),
    );

type Question = {
  readonly ledger: Ledger;
  readonly known: Known | undefined;
  readonly options: Options;
  readonly columns: number;
};

// ---- Of a case or an order

const ofOrders = async ({ ledger, known, options, columns }: Question): Promise<readonly string[]> => {
  const { order, cursor, json, each } = options;
  const subjects = await subjectsOf(ledger, { order: order === undefined ? undefined : [order], case: options.case, known });
  const { zone, orders } = subjects;
  const about = order === undefined ? { case: await caseIdOf(ledger, options.case, subjects, known) } : { order: orders[0]?.id };
  const period = { from: hourAsked(options.from, zone), to: hourAsked(options.to, zone) };
  const group = each ? undefined : 'true';
  const pathAt = (point: string | undefined, from: string | undefined): string =>
    withPoint('/v1/chronology', point, { ...about, ...period, group, limit: PAGE_ROWS, cursor: from });
  const text = await asked(ledger, pathAt(known?.position, cursor));
  if (json) return [text];
  if (each) {
    const { position } = read(answers.entries, text);
    const pathOf = (from: string | undefined): string => pathAt(`${position}`, from);
    const entries = await pages(pathOf, async (path) => {
      const page = read(answers.entries, await asked(ledger, path));
      return { rows: page.entries, next: page.next };
    });
    const all = await withOrdersOf(ledger, entries, subjects, known);
    return [
      ...(await headOf(ledger, titleOf(subjects), position, subjects)),
      ...told(
        entries.map((entry) => entryTold(entry, all)),
        columns,
      ),
      ...foot(false),
    ];
  }
  const { position } = read(answers.chronology, text);
  const lines = await linesOf(ledger, (from) => pathAt(`${position}`, from));
  const all = await withOrdersOf(ledger, lines, subjects, known);
  return [
    ...(await headOf(ledger, titleOf(subjects), position, subjects)),
    ...told(
      lines.map((line) => lineTold(line, all)),
      columns,
    ),
    ...foot(lines.some(({ events }) => events > 1)),
  ];
};

const headOf = async (ledger: Ledger, title: string, position: number, { orders, zone }: Subjects): Promise<readonly string[]> => [
  title,
  await recordedLine(ledger, position, zone, orders[0]?.issuedAt.earliest ?? '1970-01-01T00:00:00.000Z'),
  '',
];

const foot = (isGrouped: boolean): readonly string[] => [
  '',
  ...(isGrouped ? ['On what each event of a line of several rests: the same with --each.'] : []),
  CAVEAT,
];

const hourAsked = (typed: string | undefined, zone: string): string | undefined =>
  typed === undefined ? undefined : instantFrom(typed, zone);

const caseIdOf = async (ledger: Ledger, name: string | undefined, subjects: Subjects, known: Known | undefined): Promise<string> => {
  if (name !== undefined) return (await caseNamed(ledger, name, known)).id;
  if (subjects.case) return subjects.case.id;
  throw new Stopped(EXIT.usage, 'There are several cases. Name one with --case; "npx ledger status" lists them.');
};

export const linesOf = (ledger: Ledger, pathOf: (cursor: string | undefined) => string): Promise<readonly Line[]> =>
  pages(pathOf, async (path) => {
    const page = read(answers.chronology, await asked(ledger, path));
    return { rows: page.lines, next: page.next };
  });

export const refsOf = (ids: readonly string[], orders: readonly Order[]): readonly string[] =>
  ids.map((id) => safe(orders.find((order) => order.id === id)?.ref ?? id));

/** An event about one order may name others, whose references are shown too. */
const withOrdersOf = async (
  ledger: Ledger,
  named: readonly { readonly orders: readonly string[] }[],
  subjects: Subjects,
  known: Known | undefined,
): Promise<Subjects> => {
  const found = new Set(subjects.orders.map(({ id }) => id));
  const others = [...new Set(named.flatMap(({ orders }) => orders))].filter((id) => !found.has(id));
  if (others.length === 0) return subjects;
  const more = await subjectsOf(ledger, { order: others, known });
  return { ...subjects, orders: [...subjects.orders, ...more.orders] };
};

// ---- Lines

/** When, which event or how many, and what happened. */
type Told = { readonly when: string; readonly which: string; readonly words: string };

const lineTold = (line: Line, subjects: Subjects): Told => {
  const { type, says, orders, kinds, targets, classes, first, events, isCorrected, isRetracted } = line;
  if (events === 1) return entryTold(first, subjects, classes);
  const { zone } = subjects;
  const whom = targets === 1 && first.target ? safe(first.target.verbatim) : kindWords(kinds);
  const words = sentence({ type, says, orders: refsOf(orders, subjects.orders), whom, classes, zone });
  const changes = `${isCorrected ? ' [corrected]' : ''}${isRetracted ? ' [retracted: counts no more]' : ''}`;
  // A line does not say on what each of its events rests: that the first is no direct record is a reason to look.
  const grounds = first.assertion === 'direct_record' ? '' : ` [the first ${groundsOf(first, zone)}]`;
  return {
    when: extentOf(line.occurredAt, zone),
    which: `${counted(events)} events from ${counted(first.position)}`,
    words: `${words}${changes}${grounds}`,
  };
};

const entryTold = (entry: Entry, { orders, zone }: Subjects, classes: Line['classes'] = classesOf(entry)): Told => {
  const whom = safe(entry.target?.verbatim ?? '');
  const told = { type: entry.type, says: entry.says, orders: refsOf(entry.orders, orders), whom, classes, zone };
  const received = receivedWords(entry, zone);
  return {
    when: extentOf(entry.occurredAt, zone),
    which: `event ${counted(entry.position)}`,
    words: `${sentence(told)}${received} ${groundsOf(entry, zone)}${entryChanges(entry, zone)}`,
  };
};

const receivedWords = ({ occurredAt, receivedAt }: Entry, zone: string): string => {
  if (!receivedAt || (receivedAt.earliest === occurredAt.earliest && receivedAt.latest === occurredAt.latest)) return '';
  return `, received ${extentOf(receivedAt, zone)}`;
};

/** What was said before, and which event says otherwise. */
const entryChanges = ({ correctedBy = [], struck = {}, retracted }: Entry, zone: string): string => {
  const told = new Set<string>();
  const corrected = correctedBy.map((by) => {
    const fields = by.fields.filter((field) => !told.has(field));
    for (const field of fields) told.add(field);
    return ` [${changeWords('corrected', by, zone)}${struckWords(struck, fields, zone)}]`;
  });
  return `${corrected.join('')}${retracted ? ` [${changeWords('retracted', retracted, zone)}; counts no more]` : ''}`;
};

/** Each beside the first correction that changed it. */
const struckWords = (struck: Entry['says'], fields: readonly string[], zone: string): string =>
  fields
    .filter((field) => field in struck)
    .map((field) => {
      const extent = extentIn(struck, field);
      if (extent) return `; first recorded as ${extentOf(extent, zone)}`;
      return `; ${safe(field)} first recorded as ${valueWords(struck[field])}`;
    })
    .join('');

const HEAD_WIDTH_MAX = 52;
const INDENT_WIDTH = 4;

/** Long heads and sentences go on under themselves; what stands beside short heads begins in one column. */
const told = (all: readonly Told[], columns: number): readonly string[] => {
  const heads = all.map(({ when, which }) => `${when}  ${which}`);
  const width = Math.max(0, ...heads.map((head) => [...head].length).filter((length) => length <= HEAD_WIDTH_MAX));
  return all.flatMap(({ words }, place) => {
    const head = heads[place] ?? '';
    const text = wrapped(words, columns - INDENT_WIDTH);
    if ([...head].length > width || [...words].length > columns - width - 2)
      return [...wrapped(head, columns, '  '), ...text.map((line) => ' '.repeat(INDENT_WIDTH) + line)];
    return [`${head}${' '.repeat(width - [...head].length)}  ${words}`];
  });
};

// ---- Of a target

const ofTarget = async ({ ledger, known, options, columns }: Question, named: string): Promise<readonly string[]> => {
  const { cursor, json, from, to } = options;
  if (from !== undefined || to !== undefined)
    throw new Stopped(EXIT.usage, '--from and --to go with --case or --order: the record of an account is shown whole.');
  const target = await targetNamed(ledger, named, known);
  const path = `/v1/targets/${encodeURIComponent(target)}/timeline`;
  const pathAt = (point: string | undefined, after: string | undefined): string =>
    withPoint(path, point, { limit: PAGE_ROWS, cursor: after });
  const text = await askedIfKnown(ledger, pathAt(known?.position, cursor), known, `no account ${safe(named)}`);
  if (json) return [text];
  const first = read(answers.timeline, text);
  const pathOf = (after: string | undefined): string => pathAt(`${first.position}`, after);
  const entries = await pages(pathOf, async (page) => {
    const found = read(answers.timeline, await asked(ledger, page));
    return { rows: found.entries, next: found.next };
  });
  const ids = [...new Set(entries.flatMap(({ orders }) => orders))];
  const subjects = await subjectsOf(ledger, ids.length === 0 ? { known } : { order: ids, known });
  const { verbatim, platform } = first.target;
  const isSynthetic = subjects.orders.some(({ synthetic }) => synthetic);
  return [
    ...(await headOf(ledger, `${safe(verbatim)} on ${safe(platform)}${isSynthetic ? '   SYNTHETIC' : ''}`, first.position, subjects)),
    ...told(
      entries.map((entry) => entryTold(entry, subjects)),
      columns,
    ),
    ...foot(false),
  ];
};
