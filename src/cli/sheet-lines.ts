/** The sheet of one order as lines: figures, the accounts of which the record says the same, and under them which events say so. */
import { figureWords } from '../wording/figure-text.ts';
import { eventsWords } from '../wording/grounds.ts';
import { durationOf, extentOf, msOf, recordedHour } from '../wording/hours.ts';
import { sentence } from '../wording/sentences.ts';
import { counted, safe } from '../wording/text.ts';
import { ASSERTION_WORDS, DEFINITION_WORDS, type Ending, pairWords, type Refusals, spoken, type Unit } from '../wording/words.ts';
import type { Behind, Order, OrderSheet, SheetLine } from './answers.ts';
import { isRefusal, standingAt } from './order-notes.ts';

export type About = {
  readonly order: Order;
  readonly unit: Unit;
  readonly zone: string;
  /** References by id. */
  readonly refs: ReadonlyMap<string, string>;
  readonly validAt: string;
  /** The command that lists the accounts of the order. */
  readonly list: string;
};

export const sheetLines = (sheet: OrderSheet, about: About): readonly string[] => {
  const { effective, ever, inEffectBefore, lines } = sheet;
  const { unit } = about;
  return [
    `${DEFINITION_WORDS.effective}: ${figureWords(effective, unit, [])}`,
    `${DEFINITION_WORDS.ever}: ${figureWords(ever, unit, [])}${inEffectBefore > 0 ? `; ${counted(inEffectBefore)} of these not at this time` : ''}`,
    ...(lines === null
      ? [`More accounts than one sheet goes through. They are listed by: ${about.list}`]
      : lines.flatMap((line) => accountsLines(line, about))),
  ];
};

/** How many, what they are, and under it on what record. */
const accountsLines = (line: SheetLine, about: About): readonly string[] => {
  const standing = standingAt(about.order, about.validAt);
  const whom = line.accounts === 1 ? `this ${about.unit.one}` : `these ${about.unit.many}`;
  return [
    `${counted(line.accounts).padStart(7)}  ${pairWords(line, standing, refusalsIn(line), endingOf(line))}`,
    ...(line.behind.length === 0
      ? [`${INDENT}no restriction, and no refusal under this order, on record by then`]
      : line.behind.flatMap((behind) => behindLines(behind, whom, about))),
    ...changedLines(line),
    ...namesOf(line),
  ];
};
/** What is behind the line is all that was done last to each of its accounts: a restoration, or a restriction that ran out. */
const endingOf = ({ behind }: SheetLine): Ending => {
  const ends = behind.filter(({ type }) => type === 'TargetReinstated');
  const restrictions = ['TargetBlocked', 'TargetWithheld', 'TargetLimited'];
  if (ends.length === 0 || behind.some(({ type }) => restrictions.includes(type))) return 'not_asked';
  const refusals = behind.filter(isRefusal);
  const isThen = refusals.every((refusal) => ends.every((end) => msOf(end.occurredAt.latest) < msOf(refusal.occurredAt.earliest)));
  return refusals.length > 0 && isThen ? 'restored_then_refused' : 'restored';
};

const refusalsIn = ({ behind }: SheetLine): Refusals => {
  const refusals = behind.filter(isRefusal);
  if (refusals.length === 0) return 'not_asked';
  return refusals.some(({ says: { grounds } }) => Array.isArray(grounds) && grounds.length > 0) ? 'with_grounds' : 'without_grounds';
};

const INDENT = ' '.repeat(9);

/** What it was before, the trail of the account shows. */
const changedLines = ({ accounts, corrected, retracted }: SheetLine): readonly string[] => {
  const of = (changed: Changed): string => (accounts === 1 ? '' : ` of ${counted(changed.accounts)} of these (${someOf(changed)})`);
  const entries = retracted?.entries.number === 1 ? 'entry' : 'entries';
  return [
    ...(corrected ? [`${INDENT}the record${of(corrected)} was corrected by ${eventsWords(corrected.by)}`] : []),
    ...(retracted
      ? [
          `${INDENT}${counted(retracted.entries.number)} retracted ${entries}${of(retracted)}: ${eventsWords(retracted.entries)}, by ${eventsWords(retracted.by)}`,
        ]
      : []),
  ];
};
type Changed = Pick<NonNullable<SheetLine['corrected']>, 'accounts' | 'examples'>;
const someOf = ({ accounts, examples }: Changed): string => `${examples.map(safe).join(', ')}${accounts > examples.length ? ', …' : ''}`;

/** A few names; or every account, with the events behind it and the places in their sources. */
const namesOf = ({ accounts, examples, each }: SheetLine): readonly string[] => {
  if (!each) return [INDENT + someOf({ accounts, examples })];
  return each.map(({ verbatim, events }) => {
    const named = events.map(({ position, locators }) => [`event ${counted(position)}`, ...locators.map(safe)].join(', '));
    return `${INDENT}${safe(verbatim)}${named.length === 0 ? '' : `: ${named.join('; ')}`}`;
  });
};

const behindLines = (behind: Behind, whom: string, { zone, refs }: About): readonly string[] => {
  const orders = behind.orders.map((id) => refs.get(id) ?? id);
  const says = sentence({ type: behind.type, says: behind.says, orders, whom, classes: {}, zone });
  return [
    `${INDENT}${extentOf(behind.occurredAt, zone)}: ${says}`,
    `${INDENT}— ${eventsWords(behind.events)}: ${sourceWords(behind)}; ${recordedWords(behind, zone)}`,
  ];
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
