/** What a sheet says of accounts of which the record says the same: what they are, which events say so, and on what those rest. */
import { eventsWords } from './grounds.ts';
import { durationOf, type Extent, extentOf, msOf, recordedHour } from './hours.ts';
import type { Says } from './said.ts';
import { sentence } from './sentences.ts';
import { counted, safe } from './text.ts';
import { ASSERTION_WORDS, type Ending, type Pair, pairWords, RESTRICTIONS, type Refusals, type Standing, spoken } from './words.ts';

export type EventsNamed = { readonly number: number; readonly first: number; readonly last: number };
export type Behind = {
  readonly type: string;
  readonly occurredAt: Extent;
  readonly says: Says;
  readonly orders: readonly string[];
  readonly assertion: string;
  readonly sources: readonly {
    readonly name: string;
    readonly evidence: string | null;
    readonly locators: readonly string[];
    readonly locatorsMore: number;
  }[];
  readonly events: EventsNamed;
  readonly recordedAt: { readonly first: string; readonly last: string };
  readonly recordedAfterMs: { readonly shortest: number; readonly longest: number };
};
type Changed = { readonly accounts: number; readonly examples: readonly string[] };
export type SheetLine = Pair & {
  readonly accounts: number;
  readonly behind: readonly Behind[];
  readonly examples: readonly string[];
  readonly corrected?: (Changed & { readonly by: EventsNamed }) | undefined;
  readonly retracted?: (Changed & { readonly entries: EventsNamed; readonly by: EventsNamed }) | undefined;
};

/** What the accounts of the line are, and why. */
export const sheetLineWords = (line: SheetLine, standing: Standing): string => pairWords(line, standing, refusalsIn(line), endingOf(line));

/** Where no event is behind it. */
export const NOTHING_BEHIND = 'no restriction, and no refusal under this order, on record by then';

/** What is behind the line is all that was done last to each of its accounts: a restoration, or a restriction that ran out. */
const endingOf = ({ behind }: SheetLine): Ending => {
  const ends = behind.filter(({ type }) => type === 'TargetReinstated');
  if (ends.length === 0 || behind.some(({ type }) => RESTRICTIONS.includes(type))) return 'not_asked';
  const refusals = behind.filter(isRefusal);
  const isThen = refusals.every((refusal) => ends.every((end) => msOf(end.occurredAt.latest) < msOf(refusal.occurredAt.earliest)));
  return refusals.length > 0 && isThen ? 'restored_then_refused' : 'restored';
};

const refusalsIn = ({ behind }: SheetLine): Refusals => {
  const refusals = behind.filter(isRefusal);
  if (refusals.length === 0) return 'not_asked';
  return refusals.some(({ says: { grounds } }) => Array.isArray(grounds) && grounds.length > 0) ? 'with_grounds' : 'without_grounds';
};

/** Of single accounts, or of all. */
export const isRefusal = ({ type, says }: { readonly type: string; readonly says: Says }): boolean =>
  type === 'TargetDeclined' || (type === 'OrderAnswered' && says['answer'] === 'declined' && says['scope'] === 'all');

// ---- Behind a line

type About = { readonly whom: string; readonly zone: string; readonly refs: ReadonlyMap<string, string> };

/** When and what happened; and by which events, whose word, recorded when. */
export const behindWords = (behind: Behind, { whom, zone, refs }: About): { readonly said: string; readonly record: string } => {
  const orders = behind.orders.map((id) => refs.get(id) ?? id);
  const says = sentence({ type: behind.type, says: behind.says, orders, whom, classes: {}, zone });
  return {
    said: `${extentOf(behind.occurredAt, zone)}: ${says}`,
    record: `— ${eventsWords(behind.events)}: ${sourceWords(behind)}; ${recordedWords(behind, zone)}`,
  };
};

/** What it was before, the trail of the account shows. */
export const changedWords = ({ accounts, corrected, retracted }: SheetLine): readonly string[] => {
  const of = (changed: Changed): string => (accounts === 1 ? '' : ` of ${counted(changed.accounts)} of these (${someOf(changed)})`);
  const entries = retracted?.entries.number === 1 ? 'entry' : 'entries';
  return [
    ...(corrected ? [`the record${of(corrected)} was corrected by ${eventsWords(corrected.by)}`] : []),
    ...(retracted
      ? [
          `${counted(retracted.entries.number)} retracted ${entries}${of(retracted)}: ${eventsWords(retracted.entries)}, by ${eventsWords(retracted.by)}`,
        ]
      : []),
  ];
};
export const someOf = ({ accounts, examples }: Changed): string =>
  `${examples.map(safe).join(', ')}${accounts > examples.length ? ', …' : ''}`;

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
