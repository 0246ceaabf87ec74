/** The sheet of one order as lines: figures, the accounts of which the record says the same, and under them which events say so. */
import { figureWords } from '../wording/figure-text.ts';
import { behindWords, changedWords, NOTHING_BEHIND, sheetLineWords, someOf } from '../wording/sheet-words.ts';
import { partsAt, standingAt, unservedOf } from '../wording/standing.ts';
import { counted, safe } from '../wording/text.ts';
import { DEFINITION_WORDS, type Unit } from '../wording/words.ts';
import type { Order, OrderSheet, SheetLine } from './answers.ts';

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
  const { unit, order, validAt } = about;
  const unserved = unservedOf(partsAt([order], [sheet], validAt));
  return [
    `${DEFINITION_WORDS.effective}: ${figureWords(effective, unit, [], unserved)}`,
    `${DEFINITION_WORDS.ever}: ${figureWords(ever, unit, [], unserved)}${inEffectBefore > 0 ? `; ${counted(inEffectBefore)} of these not at this time` : ''}`,
    ...(lines === null
      ? [`More accounts than one sheet goes through. They are listed by: ${about.list}`]
      : lines.flatMap((line) => accountsLines(line, about))),
  ];
};

/** How many, what they are, and under it on what record. */
const accountsLines = (line: SheetLine, { order, unit, zone, refs, validAt }: About): readonly string[] => {
  const whom = line.accounts === 1 ? `this ${unit.one}` : `these ${unit.many}`;
  const under = [
    ...(line.behind.length === 0 ? [NOTHING_BEHIND] : []),
    ...line.behind.map((behind) => behindWords(behind, { whom, zone, refs })).flatMap(({ said, record }) => [said, record]),
    ...changedWords(line),
    ...namesOf(line),
  ];
  return [
    `${counted(line.accounts).padStart(7)}  ${sheetLineWords(line, standingAt(order, validAt))}`,
    ...under.map((words) => INDENT + words),
  ];
};

const INDENT = ' '.repeat(9);

/** A few names; or every account, with the events behind it and the places in their sources. */
const namesOf = ({ accounts, examples, each }: SheetLine): readonly string[] => {
  if (!each) return [someOf({ accounts, examples })];
  return each.map(({ verbatim, events }) => {
    const named = events.map(({ position, locators }) => [`event ${counted(position)}`, ...locators.map(safe)].join(', '));
    return `${safe(verbatim)}${named.length === 0 ? '' : `: ${named.join('; ')}`}`;
  });
};
