/** `ledger diff`: what was known of the same instant at two points of knowledge, which accounts read otherwise, and with which event. */
import type { Command } from 'commander';
import { z } from 'zod';
import { recordedHour } from '../wording/hours.ts';
import { standingAt } from '../wording/standing.ts';
import { counted, cut, safe } from '../wording/text.ts';
import { CAVEAT, EVENT_WORDS, pairWords, spoken, type Unit, unitOf } from '../wording/words.ts';
import { answers, type Order } from './answers.ts';
import { type AskingOptions, collected, instantLine, instantMeant, orderHeading, titleOf, withLedger } from './asking.ts';
import { figureLinesBeside, lackingOf, totalLinesBeside } from './before-after.ts';
import { asked, type Ledger, read } from './client.ts';
import { knownFrom, recordedAtOf } from './knowledge.ts';
import { command, type Shell } from './shell.ts';
import { EXIT, Stopped } from './stopped.ts';
import { pages, type Subjects, subjectsOf, withPoint, zoneOf } from './subjects.ts';
import { folded } from './terminal.ts';

type Options = Omit<AskingOptions, 'knownAt'> & {
  readonly order?: readonly string[];
  readonly case?: string;
  readonly from: string;
  readonly to?: string;
  readonly at?: string;
  readonly kinds?: string;
  readonly cursor?: string;
};

const PAGE_ROWS = 1_000;
const NAME_LENGTH_MAX = 60;

export const diffCommand = (shell: Shell): Command =>
  command('diff')
    .description('what changed between two points of knowledge: figures, accounts, and the events that changed them')
    .requiredOption('--from <position | hour>', 'as known when the ledger had so many events, or as recorded by an hour')
    .option('--to <position | hour>', 'and as known then (default: all)')
    .option('--order <order>', 'id or reference of an order; may be repeated (default: all orders)', collected)
    .option('--case <case>', 'id or title of a case: all of its orders')
    .option('--at <hour>', 'the instant that both are about (default: the end to which the record is complete, or now)')
    .option('--kinds <kinds>', 'which are counted, separated by commas (default: account,post,url)')
    .option('--cursor <cursor>', 'with --json, which prints one page of up to 1,000: go on where another page ended')
    .action((options: Options) =>
      withLedger(shell, { ...options, ...(options.to !== undefined && { knownAt: options.to }) }, async (ledger, to) => {
        const subjects = await subjectsOf(ledger, { order: options.order, case: options.case, known: to });
        const from = await knownFrom(ledger, options.from, { order: options.order, case: options.case });
        if (!from) throw new Stopped(EXIT.usage, '--from names the first point of knowledge.');
        const meant = instantMeant(options.at, subjects);
        const about = { orders: subjects.orders.map(({ id }) => id).join(','), from: from.position, at: meant.at, kinds: options.kinds };
        const pathOf = (end: string | undefined, cursor: string | undefined): string =>
          withPoint('/v1/compliance/diff', undefined, { ...about, to: end, limit: PAGE_ROWS, cursor });
        const text = await asked(ledger, pathOf(to?.position, options.cursor));
        if (options.json) return shell.print(text);
        const first = read(Diff, text);
        const changes = await pages(
          (cursor) => pathOf(`${first.to}`, cursor),
          async (path) => {
            const page = read(Diff, await asked(ledger, path));
            return { rows: page.changes, next: page.next };
          },
        );
        const points = await pointsOf(ledger, first, subjects.zone);
        const lines = [titleOf(subjects), instantLine(meant, subjects.zone), points];
        for (const order of subjects.orders)
          lines.push(
            ...(await orderLines(ledger, { order, subjects, first, changes: changes.filter((change) => change.order === order.id) })),
          );
        if (subjects.orders.length > 1) lines.push('', ...totalLinesBeside(subjects, first));
        for (const line of [...lines, '', CAVEAT]) for (const part of folded(line, shell.columns)) shell.print(part);
      }),
    );

// ---- The answer

const count = z.int().min(0);
const { is, status, ground, responseDeclined, isTimingOpen, lostBy } = answers.pairs.shape.rows.element.shape;
const Learned = z.object({
  position: count,
  type: z.string(),
  recordedAt: z.string(),
  reason: z.string().optional(),
  explanation: z.string().optional(),
});
type Learned = z.infer<typeof Learned>;
const Reading = z.object({ is, status, ground, responseDeclined, isTimingOpen, lostBy }).nullable();
type Reading = z.infer<typeof Reading>;
const Change = z.object({
  order: z.string(),
  verbatim: z.string(),
  before: Reading,
  after: Reading,
  events: z.array(Learned),
  eventsMore: count,
});
type Change = z.infer<typeof Change>;
const state = answers.state.pick({ orders: true, total: true });
const Diff = z.object({
  from: count,
  to: count,
  validAt: z.string(),
  kinds: z.array(z.string()),
  before: state,
  after: state,
  orderEvents: z.array(Learned.extend({ order: z.string(), accounts: count.nullable() })).optional(),
  changes: z.array(Change),
  next: z.string().nullable(),
});
type Diff = z.infer<typeof Diff>;

// ---- Lines

const pointsOf = async (ledger: Ledger, { from, to }: Diff, zone: string): Promise<string> => {
  const [before, after] = await Promise.all([from, to].map((position) => recordedAtOf(ledger, position)));
  const of = (position: number, recordedAt: string | undefined): string =>
    `event ${counted(position)}${recordedAt === undefined ? '' : `, of ${recordedHour(recordedAt, zone)}`}`;
  return `before: as recorded to ${of(from, before)} · after: as recorded to ${of(to, after)}`;
};

type OrderPart = { readonly order: Order; readonly subjects: Subjects; readonly first: Diff; readonly changes: readonly Change[] };

const orderLines = async (ledger: Ledger, { order, subjects, first, changes }: OrderPart): Promise<readonly string[]> => {
  const zone = zoneOf(subjects, order);
  const unit = unitOf(first.kinds);
  const [before, after] = [first.before, first.after].map(({ orders }) => orders.find((figures) => figures.order === order.id));
  const learned = (first.orderEvents ?? []).filter((event) => event.order === order.id);
  const was = await orderBefore(ledger, order, first.from);
  const lacking = { before: lackingOf(was, before, first.validAt), after: lackingOf(order, after, first.validAt) };
  const words = (reading: Reading, of: Order | undefined): string =>
    reading && of ? pairWords(reading, standingAt(of, first.validAt), 'not_asked') : 'not on the list';
  const rows = changes.flatMap((change) => [
    `  ${cut(safe(change.verbatim), NAME_LENGTH_MAX)}: ${words(change.before, was)} → ${words(change.after, order)}`,
    ...change.events.map((event) => `    — ${learnedWords(event, zone)}`),
    ...(change.eventsMore > 0 ? [`    — and ${counted(change.eventsMore)} more`] : []),
  ]);
  return [
    '',
    orderHeading(subjects, order),
    ...figureLinesBeside({ before, after }, { unit, validAt: first.validAt, zone, lacking }),
    ...learned.map((event) => `  — ${learnedWords(event, zone)}${changedWords(event.accounts, unit)}`),
    changes.length === 0 ? `  no ${unit.one} reads otherwise` : `  ${readOtherwise(changes.length, unit)}:`,
    ...rows,
  ];
};

/** `undefined` if it was not on record then. */
const orderBefore = async (ledger: Ledger, { id }: Order, knownAt: number): Promise<Order | undefined> => {
  const { status: found, text } = await ledger.send({ method: 'GET', path: withPoint(`/v1/orders/${id}`, `${knownAt}`) });
  return found === 404 ? undefined : read(answers.order, text).order;
};

/** `event 12, recorded 14 Feb 2021 14:30 IST: correction recorded, source corrected: "The newspaper corrected the hour."` */
const learnedWords = ({ position, type, recordedAt, reason, explanation }: Learned, zone: string): string => {
  const why = [...(reason === undefined ? [] : [spoken(safe(reason))]), ...(explanation === undefined ? [] : [`"${safe(explanation)}"`])];
  return `event ${counted(position)}, recorded ${recordedHour(recordedAt, zone)}: ${[EVENT_WORDS[type] ?? safe(type), ...why].join(', ')}`;
};

const changedWords = (accounts: number | null, unit: Unit): string =>
  accounts === null ? '; how many it changed is not counted' : `; ${readOtherwise(accounts, unit)} with it`;

const readOtherwise = (accounts: number, unit: Unit): string =>
  `${counted(accounts)} ${accounts === 1 ? `${unit.one} reads` : `${unit.many} read`} otherwise`;
