/** What stands above the rows of every table that is taken along as a file: of what it is and under which terms, since beside the page nothing else says it. */
import { type Coverage, coverageWords } from '../../wording/coverage.ts';
import { endHourOf, recordedHour, zoneNote } from '../../wording/hours.ts';
import { publishedByWords } from '../../wording/published.ts';
import { safe } from '../../wording/text.ts';
import { ACCOUNTS, CAVEAT, type Unit } from '../../wording/words.ts';
import type { TableFile } from '../files/table-files.ts';
import { type Known, knownWords } from './footing.tsx';

export type Presumed = Coverage & { readonly presumedSince: string | null };
export type TableTerms = {
  /** The title, where the page that shows the table knows it. */
  readonly of: { readonly id: string; readonly title?: string; readonly synthetic: boolean };
  readonly orders: readonly { readonly id: string; readonly ref: string }[];
  readonly unit?: Unit;
  /** UTC, three decimals. */
  readonly at: string;
  readonly zone: string;
  readonly known: Known;
  readonly by: string | undefined;
  /** `undefined` until it is answered; `null`: of no order. */
  readonly presumption: Presumed | null | undefined;
  /** What the table has of its own: which rows, by which rule. */
  readonly more?: TableFile['about'];
};

/** The same lines, in the same order, above every table. */
export const tableHead = ({ of, orders, unit = ACCOUNTS, at, zone, known, by, presumption, more = [] }: TableTerms): TableFile['about'] => [
  ['case', of.title === undefined ? of.id : `${safe(of.title)}, ${of.id}`],
  ['illustration', of.synthetic ? 'yes: synthetic accounts and hours, no findings' : 'no'],
  ['order', orders.map(({ id, ref }) => `${safe(ref)}, ${id}`).join('; ') || 'none'],
  ['unit', `${unit.many} under an order`],
  ['at', `${recordedHour(at, zone)} (${at})`],
  ['hours', zoneNote(zone, at)],
  ['known', knownWords(known, zone)],
  ['published', by === undefined ? 'whenever' : publishedByWords(by, zone)],
  ...presumedLines(presumption, zone),
  ...more,
  ['caveat', CAVEAT],
];

const presumedLines = (presumption: Presumed | null | undefined, zone: string): TableFile['about'] => {
  const silent = presumption === null ? 'no order' : 'not answered when this file was made';
  if (!presumption)
    return [
      ['coverage', silent],
      ['presumption', silent],
    ];
  const { presumedSince } = presumption;
  return [
    ['coverage', coverageWords(presumption, zone)],
    ['presumption', presumedSince === null ? 'none' : `assumes that nothing was changed since ${endHourOf(presumedSince, zone)}`],
  ];
};
