/** `ledger state`: what was in effect at an instant and by it, what was not, and how that is known: one sheet for orders. */
import type { Command } from 'commander';
import { figureWords } from '../wording/figure-text.ts';
import { durationOf, extentOf, hourOf, recordedHour } from '../wording/hours.ts';
import { sentence } from '../wording/sentences.ts';
import { counted, safe } from '../wording/text.ts';
import { ASSERTION_WORDS, CAVEAT, DEFINITION_WORDS, pairWords, spoken, type Unit, unitOf } from '../wording/words.ts';
import { answers, type Behind, type Order, type OrderSheet, type SheetLine } from './answers.ts';
import { type AskingOptions, askingAboutOrders, instantLine, instantMeant, orderHeading, titleOf, withLedger } from './asking.ts';
import { asked, read } from './client.ts';
import { footing } from './figure-lines.ts';
import { recordedAtOf } from './knowledge.ts';
import { orderNotes, standingAt } from './order-notes.ts';
import type { Shell } from './shell.ts';
import { subjectsOf, withPoint, zoneOf } from './subjects.ts';
import { folded } from './terminal.ts';
import { instantFrom } from './typed-hours.ts';

type Options = AskingOptions & {
  readonly order?: readonly string[];
  readonly case?: string;
  readonly at?: string;
  readonly kinds?: string;
  readonly reportedBy?: string;
};

export const stateCommand = (shell: Shell): Command =>
  askingAboutOrders('state')
    .description('one sheet: what was in effect at an instant and by it, what was not, and how that is known')
    .option('--at <hour>', 'such as 2021-02-10T18:00 (default: the end to which the record is complete, or now)')
    .option('--kinds <kinds>', 'which are counted, separated by commas (default: account,post,url)')
    .option('--reported-by <hour>', 'as published by then: without what all sources published later')
    .action((options: Options) =>
      withLedger(shell, options, async (ledger, known) => {
        const { kinds, reportedBy, json } = options;
        const subjects = await subjectsOf(ledger, { order: options.order, case: options.case, known });
        const meant = instantMeant(options.at, subjects);
        const by = reportedBy === undefined ? undefined : instantFrom(reportedBy, subjects.zone);
        const orders = subjects.orders.map(({ id }) => id).join(',');
        const text = await asked(
          ledger,
          withPoint('/v1/compliance/state', known?.position, { orders, at: meant.at, kinds, reportedBy: by }),
        );
        if (json) return shell.print(text);
        const sheet = read(answers.sheet, text);
        const recordedAt = await recordedAtOf(ledger, sheet.position);
        const unit = unitOf(sheet.kinds);
        shell.print(titleOf(subjects));
        shell.print(instantLine(meant, subjects.zone));
        if (by !== undefined) shell.print(`as published by ${hourOf(by, subjects.zone)}: without what all sources published later`);
        for (const order of subjects.orders) {
          const figures = sheet.orders.find((one) => one.order === order.id);
          if (!figures) continue;
          const zone = zoneOf(subjects, order);
          const context = { unit, validAt: sheet.validAt, zone, position: sheet.position, recordedAt };
          const about = { order, unit, zone, refs: new Map(subjects.orders.map(({ id, ref }) => [id, safe(ref)])), validAt: sheet.validAt };
          const notes = orderNotes(order, sheet.kinds);
          const lines = [...notes, ...sheetLines(figures, about), footing(context, figures)].map((line) => `  ${line}`);
          for (const line of ['', orderHeading(subjects, order), ...lines])
            for (const part of folded(line, shell.columns)) shell.print(part);
        }
        shell.print('');
        shell.print('Each account with its events: npx ledger pairs, and npx ledger timeline --target <id>');
        shell.print(CAVEAT);
      }),
    );

type About = {
  readonly order: Order;
  readonly unit: Unit;
  readonly zone: string;
  /** References by id. */
  readonly refs: ReadonlyMap<string, string>;
  readonly validAt: string;
};

const sheetLines = (sheet: OrderSheet, about: About): readonly string[] => {
  const { effective, ever, inEffectBefore, lines } = sheet;
  const { unit } = about;
  return [
    `${DEFINITION_WORDS.effective}: ${figureWords(effective, unit, [])}`,
    `${DEFINITION_WORDS.ever}: ${figureWords(ever, unit, [])}${inEffectBefore > 0 ? `; ${counted(inEffectBefore)} of these not at this time` : ''}`,
    ...(lines === null
      ? ['More accounts than one sheet goes through: npx ledger pairs lists them.']
      : lines.flatMap((line) => accountsLines(line, about))),
  ];
};

/** How many, what they are, and under it on what record. */
const accountsLines = (line: SheetLine, about: About): readonly string[] => {
  const standing = standingAt(about.order, about.validAt);
  const whom = line.accounts === 1 ? `this ${about.unit.one}` : `these ${about.unit.many}`;
  const rest = line.accounts > line.examples.length ? ', …' : '';
  return [
    `${counted(line.accounts).padStart(7)}  ${pairWords(line, standing, 'not_asked')}`,
    ...(line.behind.length === 0
      ? ['         nothing is on record about them']
      : line.behind.flatMap((behind) => behindLines(behind, whom, about))),
    `         ${line.examples.map(safe).join(', ')}${rest}`,
  ];
};

const behindLines = (behind: Behind, whom: string, { zone, refs }: About): readonly string[] => {
  const orders = behind.orders.map((id) => refs.get(id) ?? id);
  const says = sentence({ type: behind.type, says: behind.says, orders, whom, classes: {}, zone });
  return [`         ${extentOf(behind.occurredAt, zone)}: ${says}`, `         — ${sourceWords(behind)}; ${recordedWords(behind, zone)}`];
};

const sourceWords = ({ assertion, sources }: Behind): string => {
  const said = ASSERTION_WORDS[assertion] ?? safe(spoken(assertion));
  if (sources.length === 0) return `${said}, no file attached`;
  const named = sources.map(({ name, evidence, locators, locatorsMore }) => {
    const where =
      locators.length === 0
        ? ''
        : `, ${locators.map(safe).join(', ')}${locatorsMore > 0 ? ` and ${counted(locatorsMore)} more places` : ''}`;
    return `${safe(name)}${where}, ${evidence === null ? 'no file attached' : `file ${safe(evidence)}`}`;
  });
  return `${said}: ${named.join('; ')}`;
};

/** How long after the act the ledger learned of it. */
const recordedWords = ({ recordedAt: { first, last }, recordedAfterMs: { shortest, longest } }: Behind, zone: string): string => {
  const [from, to] = [recordedHour(first, zone), recordedHour(last, zone)];
  const when = from === to ? from : `${from} to ${to}`;
  const [least, most] = [afterWords(shortest), afterWords(longest)];
  return `recorded ${when}, ${least === most ? least : `${least} to ${most}`} after`;
};
const DAY_MS = 86_400_000;
const afterWords = (ms: number): string => (ms < 2 * DAY_MS ? durationOf(Math.max(0, ms)) : `${counted(Math.floor(ms / DAY_MS))} days`);
