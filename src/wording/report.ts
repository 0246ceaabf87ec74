/** A report as people read it, wherever it is printed: what it is about, what the record lacks, and a row for each event. */

import type { EventNote } from '../domain/gaps.ts';
import { changeWords, groundsParts, type Part, reasonWords, valueWords } from './grounds.ts';
import { extentOf, hourOf, recordedHour, zoneNote } from './hours.ts';
import type { ReportEntry, ReportGap, ReportLine, StatusUnder, TrailForm } from './report-forms.ts';
import { gapWords, NOTE_WORDS } from './report-words.ts';
import type { Says } from './said.ts';
import { classesOf, extentIn, kindWords, sentence } from './sentences.ts';
import { counted, safe } from './text.ts';
import { STATUS_WORDS, statusWords, timingOpenWords } from './words.ts';

export type Report = {
  readonly title: string;
  /** Which answer it is, as values that a program compares. */
  readonly head: readonly (readonly [string, string])[];
  /** Names and what goes by them. */
  readonly facts: readonly (readonly [string, string])[];
  /** What is missing, or to be known before anybody relies on it. */
  readonly gaps: readonly string[];
  readonly rows: readonly ReportRow[];
  /** What is not shown, and where it is. */
  readonly more: string | undefined;
  readonly footing: readonly string[];
};
export type ReportRow = {
  /** Of the event, or of the first of several; and when it was recorded. */
  readonly position: number;
  readonly recordedAt: string;
  /** How many it tells of. */
  readonly events: number;
  /** The event, or the first of them; `undefined`: it corrects or retracts another. */
  readonly entry: ReportEntry | undefined;
  readonly occurred: string;
  readonly received: string;
  readonly recorded: string;
  readonly external: string;
  /** `event 12`, or how many and from which on. */
  readonly which: string;
  readonly what: string;
  /** Whether all of it counts no more. */
  readonly isStruck: boolean;
  /** What it said at first, and says now. */
  readonly struck: readonly { readonly field: string; readonly was: string; readonly is: string }[];
  /** Which event changed it, when that was recorded, and why. */
  readonly changes: readonly string[];
  readonly grounds: readonly Part[];
  readonly after: readonly string[];
  readonly notes: readonly string[];
};

export type Context = { readonly zone: string; readonly refs: { readonly [order: string]: string } };

export const refOf = (order: string, { refs }: Context): string => safe(refs[order] ?? order);

export const rowOf = (
  entry: ReportEntry & { readonly notes: readonly EventNote[] },
  after: readonly string[],
  context: Context,
): ReportRow => {
  const { zone } = context;
  const { type, says, orders, target, position, recordedAt, retracted, correctedBy = [], notes } = entry;
  const whom = safe(target?.verbatim ?? '');
  return {
    ...{ position, recordedAt, events: 1, entry },
    ...timesOf(entry, zone),
    which: `event ${counted(position)}`,
    what: sentence({ type, says, orders: orders.map((order) => refOf(order, context)), whom, classes: classesOf(entry), zone }),
    isStruck: retracted !== undefined,
    struck: struckOf(entry, zone),
    changes: [
      ...correctedBy.map((by) => changeWords('corrected', by, zone)),
      ...(retracted ? [`${changeWords('retracted', retracted, zone)}; counts no more`] : []),
    ],
    grounds: groundsParts(entry, zone),
    after,
    notes: notes.map((note) => NOTE_WORDS[note]),
  };
};

/** One event whole; of many that say the same, what they have in common and the first of them. */
export const lineRow = (line: ReportLine, after: readonly string[], context: Context): ReportRow => {
  const { events, targets, kinds, classes, type, says, orders, first, isRetracted, isCorrected, notes } = line;
  const row = rowOf({ ...first, notes }, after, context);
  if (events === 1) return row;
  const whom = targets === 1 && first.target ? safe(first.target.verbatim) : kindWords(kinds);
  return {
    ...row,
    events,
    which: `${counted(events)} events from ${counted(first.position)}`,
    what: sentence({ type, says, orders: orders.map((order) => refOf(order, context)), whom, classes, zone: context.zone }),
    isStruck: isRetracted,
    struck: [],
    changes: isCorrected ? ['corrected: see each account'] : isRetracted ? ['retracted: counts no more'] : [],
    grounds: ['the first: ', ...row.grounds],
  };
};

type Step = ReportEntry & { readonly notes: readonly EventNote[] };

/** A row for each event; in the order of recording, a row of its own for what corrected or retracted one as well. */
export const rowsOf = <S extends Step>(
  steps: readonly S[],
  afterOf: (step: S) => readonly string[],
  context: Context,
  sort: 'occurred' | 'recorded',
): readonly ReportRow[] => {
  const rows = steps.map((step) => rowOf(step, afterOf(step), context));
  return sort === 'occurred' ? rows : inRecordedOrder([...rows, ...steps.flatMap((step) => changeRows(step, context))]);
};

export const inRecordedOrder = (rows: readonly ReportRow[]): readonly ReportRow[] => rows.toSorted((a, b) => a.position - b.position);

/** They have no time of their own but that of recording. */
export const changeRows = ({ position, correctedBy = [], retracted }: ReportEntry, { zone }: Context): readonly ReportRow[] =>
  [...correctedBy.map((by) => ({ by, verb: 'corrects' })), ...(retracted ? [{ by: retracted, verb: 'retracts' }] : [])].map(
    ({ by, verb }) => ({
      ...{ position: by.position, recordedAt: by.recordedAt, events: 1, entry: undefined },
      ...{ occurred: '', received: '', recorded: recordedHour(by.recordedAt, zone), external: '', which: `event ${counted(by.position)}` },
      what: `${verb} event ${counted(position)}: ${reasonWords(by)}`,
      ...{ isStruck: false, struck: [], changes: [], grounds: [], after: [], notes: [] },
    }),
  );

/** What four clocks say: when it happened, when it arrived, when this ledger learned of it, and when the system that it comes from had. */
const timesOf = (
  {
    occurredAt,
    receivedAt,
    recordedAt,
    externalRecordedAt,
  }: Pick<ReportEntry, 'occurredAt' | 'receivedAt' | 'recordedAt' | 'externalRecordedAt'>,
  zone: string,
): Pick<ReportRow, 'occurred' | 'received' | 'recorded' | 'external'> => ({
  occurred: extentOf(occurredAt, zone),
  received: receivedAt ? extentOf(receivedAt, zone) : '',
  recorded: recordedHour(recordedAt, zone),
  external: externalRecordedAt === undefined ? '' : hourOf(externalRecordedAt, zone),
});

const FIELD_WORDS: { readonly [field: string]: string } = { occurredAt: 'happened', receivedAt: 'received' };

const struckOf = ({ struck = {}, occurredAt, receivedAt, says }: ReportEntry, zone: string): ReportRow['struck'] =>
  Object.keys(struck).map((field) => {
    const now = { occurredAt, ...(receivedAt && { receivedAt }), ...says };
    const words = (from: Says): string => {
      const extent = extentIn(from, field);
      if (extent) return extentOf(extent, zone);
      return valueWords(from[field]);
    };
    return { field: FIELD_WORDS[field] ?? safe(field), was: words(struck), is: words(now) };
  });

// ---- Statuses

/** `O1: in effect`; where the sources leave it open, all that is possible. */
export const statusUnderWords = (
  { order, status, readings = [], isTimingOpen, lostBy, responseDeclined }: StatusUnder,
  context: Context,
): string => {
  const open = readings.length > 1 ? readings.map((reading) => STATUS_WORDS[reading]).join(', or ') : statusWords(status, lostBy);
  const refused = responseDeclined && status !== 'declined' ? '; refused' : '';
  return `${refOf(order, context)}: ${open}${timingOpenWords(status, isTimingOpen)}${refused}`;
};

// ---- Around the rows

export const gapLines = (gaps: readonly ReportGap[], context: Context & { readonly validAt: string }): readonly string[] =>
  gaps.map((gap) => gapWords(gap, gap.order === undefined ? '' : `Order ${refOf(gap.order, context)}: `, context));

/** Under which knowledge, and at which instant, the column of statuses stands. */
export const statusAfterLine = ({ position }: { readonly position: number }): string =>
  `Status after: at the last hour at which the event can have happened, as known to event ${counted(position)}. What is struck was recorded and counts no more.`;

type Known = Pick<TrailForm, 'position' | 'recordedAt' | 'validAt' | 'validAtIs' | 'zone' | 'sort'>;

const WHY_WORDS: { readonly [is in Known['validAtIs']]: string } = {
  asked: '',
  declared_to: ' (no instant given: the end to which the record is declared complete)',
  now: ' (now, since no instant was given)',
};

/** What every report says of itself: what is counted, at which instant and why that, as known when, and in which hours. */
export const knownLines = ({ position, recordedAt, validAt, validAtIs, zone }: Known, unit: string): readonly string[] => [
  `${unit}, ${recordedHour(validAt, zone)}${WHY_WORDS[validAtIs]}`,
  `as recorded to event ${counted(position)}${recordedAt === null ? '' : `, of ${recordedHour(recordedAt, zone)}`}`,
  `hours in ${zoneNote(zone, validAt)}`,
];

/** The head of a sheet. `about`: what the report is, and of what. */
export const headOf = (
  { position, recordedAt, validAt, validAtIs, zone, sort }: Known,
  about: { readonly report: string; readonly id: string; readonly isSynthetic: boolean },
): Report['head'] => [
  ['report', about.report],
  ['id', about.id],
  ['synthetic', about.isSynthetic ? 'yes' : 'no'],
  ['known_at_position', `${position}`],
  ['known_at_recorded_utc', recordedAt ?? ''],
  ['valid_at_utc', validAt],
  ['valid_at_is', validAtIs],
  ['zone', zone],
  ['sort', sort],
];
