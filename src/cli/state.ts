/** `ledger state`: what was in effect at an instant and by it, what was not, and how that is known: one sheet for orders. */
import type { Command } from 'commander';
import { figureWords } from '../wording/figure-text.ts';
import { PUBLISHED_WORDS, publishedByWords } from '../wording/published.ts';
import { partsAt, unservedOf } from '../wording/standing.ts';
import { counted, safe } from '../wording/text.ts';
import { CAVEAT, DEFINITION_WORDS, unitOf } from '../wording/words.ts';
import { answers, type Order, type OrderSheet, type Sheet } from './answers.ts';
import {
  type AskingOptions,
  askingAboutOrders,
  instantLine,
  instantMeant,
  type MeantInstant,
  NO_TOTAL,
  orderHeading,
  titleOf,
  withLedger,
} from './asking.ts';
import { asked, type Ledger, read } from './client.ts';
import { footing } from './figure-lines.ts';
import { recordedAtOf } from './knowledge.ts';
import { orderNotes } from './order-notes.ts';
import { type About, sheetLines } from './sheet-lines.ts';
import type { Shell } from './shell.ts';
import { type Known, referencesOf, type Subjects, subjectsOf, withPoint, zoneOf } from './subjects.ts';
import { folded } from './terminal.ts';
import { typedCommand } from './typed-command.ts';
import { instantFrom } from './typed-hours.ts';

type Options = AskingOptions & {
  readonly order?: readonly string[];
  readonly case?: string;
  readonly at?: string;
  readonly kinds?: string;
  readonly reportedBy?: string;
  readonly each?: true;
};

export const stateCommand = (shell: Shell): Command =>
  askingAboutOrders('state')
    .description('one sheet: what was in effect at an instant and by it, what was not, and how that is known')
    .option('--at <hour>', 'such as 2021-02-10T18:00 (default: the end to which the record is complete, or now)')
    .option('--kinds <kinds>', 'which are counted, separated by commas (default: account,post,url)')
    .option('--reported-by <hour>', `as published by then: ${PUBLISHED_WORDS}`)
    .option('--each', 'every account, with the events behind it')
    .action((options: Options) =>
      withLedger(shell, options, async (ledger, known) => {
        const { kinds, reportedBy, json, each } = options;
        const subjects = await subjectsOf(ledger, { order: options.order, case: options.case, known });
        const meant = instantMeant(options.at, subjects);
        const by = reportedBy === undefined ? undefined : instantFrom(reportedBy, subjects.zone);
        const orders = subjects.orders.map(({ id }) => id).join(',');
        const path = withPoint('/v1/compliance/state', known?.position, {
          orders,
          at: meant.at,
          kinds,
          reportedBy: by,
          each: each && 'true',
        });
        const text = await asked(ledger, path);
        if (json) return shell.print(text);
        const shown = { sheet: read(answers.sheet, text), subjects, options };
        const lines = [
          titleOf(subjects),
          instantLine(meant, subjects.zone),
          ...(by === undefined ? [] : [publishedByWords(by, subjects.zone)]),
          ...(await partsOf(ledger, shown)),
        ];
        for (const line of lines) for (const part of folded(line, shell.columns)) shell.print(part);
        for (const line of ['', ...hintsOf(shown, meant), CAVEAT]) shell.print(line); // a command that is broken off does not run
      }),
    );

type Shown = { readonly sheet: Sheet; readonly subjects: Subjects; readonly options: Options };

const partsOf = async (ledger: Ledger, { sheet, subjects, options }: Shown): Promise<readonly string[]> => {
  const unit = unitOf(sheet.kinds);
  const context = { unit, validAt: sheet.validAt, position: sheet.position, recordedAt: await recordedAtOf(ledger, sheet.position) };
  const refs = await referencesOf(ledger, subjects, citedIn(sheet), knownAs(sheet));
  const parts: string[] = [];
  for (const order of subjects.orders) {
    const figures = sheet.orders.find((one) => one.order === order.id);
    if (!figures) continue;
    const zone = zoneOf(subjects, order);
    const about: About = { order, unit, zone, refs, validAt: sheet.validAt, list: listCommand(order, options) };
    const lines = [...orderNotes(order, sheet.kinds), ...sheetLines(figures, about), footing({ ...context, zone }, figures)];
    parts.push('', orderHeading(subjects, order), ...indented(lines));
  }
  return [...parts, ...totalLines(sheet, subjects, { ...context, zone: subjects.zone })];
};

const indented = (lines: readonly string[]): readonly string[] => lines.map((line) => `  ${line}`);

const knownAs = ({ position }: Sheet): Known => ({ position: `${position}`, words: `event ${counted(position)}` });
const citedIn = ({ orders }: Sheet): readonly string[] =>
  orders.flatMap(({ lines }: OrderSheet) => (lines ?? []).flatMap(({ behind }) => behind.flatMap((one) => one.orders)));

const totalLines = (
  { total, orders: ofOrders }: Sheet,
  { orders }: Subjects,
  context: Parameters<typeof footing>[0],
): readonly string[] => {
  if (orders.length < 2) return [];
  if (total === null) return ['', NO_TOTAL];
  const withoutList = ofOrders.filter(({ effective }) => effective.reason === 'no_target_list').map(({ order }) => order);
  const missing = orders.filter(({ id }) => withoutList.includes(id)).map(({ ref }) => safe(ref));
  const unserved = unservedOf(partsAt(orders, ofOrders, context.validAt));
  const lines = [
    `${DEFINITION_WORDS.effective}: ${figureWords(total.effective, context.unit, missing, unserved)}`,
    `${DEFINITION_WORDS.ever}: ${figureWords(total.ever, context.unit, missing, unserved)}`,
    footing(context, total),
  ];
  return ['', `ALL ${orders.length} ORDERS`, ...indented(lines)];
};

// ---- What to type next

const listCommand = ({ id }: Order, { at, kinds, knownAt, data }: Options): string =>
  typedCommand('pairs', { order: id, at, kinds, 'known-at': knownAt, data });

const hintsOf = ({ sheet, options }: Shown, meant: MeantInstant): readonly string[] => {
  const { order, case: ofCase, kinds, reportedBy, knownAt, data, each } = options;
  const at = options.at ?? meant.at;
  const question = { order, case: ofCase, at, kinds, 'reported-by': reportedBy, 'known-at': knownAt };
  const lines = sheet.orders.flatMap((one) => one.lines ?? []);
  const changed = lines.flatMap(({ corrected, retracted }) => (corrected ?? retracted)?.examples ?? []);
  const [account] = [...changed, ...lines.flatMap(({ examples }) => examples)];
  return [
    ...(each || lines.length === 0 ? [] : [`Every account with its events: ${typedCommand('state', { ...question, each: true, data })}`]),
    ...(account === undefined
      ? []
      : [`Of one account, what it was before and since: ${typedCommand('trail', { target: account, 'known-at': knownAt, data })}`]),
  ];
};
