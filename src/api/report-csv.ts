/**
 * A report as CSV (RFC 4180): instants in UTC, what it says in words, and nothing that a spreadsheet takes for a formula. All rows have the same columns, under
 * one row of names; `line` says what a row is: `head` (which answer this is, and what has to be known of it), `gap` (what the record lacks), `event`.
 */
import { csvOfTable, type TableCell } from '../sheets/write.ts';
import type { Report, ReportRow } from '../wording/report.ts';

const COLUMNS = [
  ...['line', 'name', 'what'],
  ...['position', 'event', 'type', 'events'],
  ...['happened_earliest_utc', 'happened_latest_utc', 'received_earliest_utc', 'received_latest_utc'],
  ...['recorded_utc', 'recorded_where_it_comes_from_utc', 'recorded_by'],
  ...['assertion', 'sources', 'files', 'source_words', 'status_after', 'notes', 'first_said', 'changes', 'counts'],
];

export const csvOf = (report: Report): string =>
  csvOfTable({
    columns: COLUMNS,
    rows: [...headCells(report), ...report.gaps.map((gap) => padded('gap', '', gap)), ...report.rows.map(cellsOf)],
  });

const headCells = ({ title, head, facts, footing, more }: Report): readonly (readonly TableCell[])[] => [
  padded('head', 'title', title),
  ...[...head, ...facts].map(([name, value]) => padded('head', name, value)),
  ...footing.map((line) => padded('head', 'note', line)),
  ...(more === undefined ? [] : [padded('head', 'more', more)]),
];
/** As wide as the others: a parser takes rows of one width alone. */
const padded = (...cells: readonly [line: string, name: string, what: string]): readonly TableCell[] => [
  ...cells,
  ...Array<undefined>(COLUMNS.length - cells.length).fill(undefined),
];

const cellsOf = ({
  position,
  recordedAt,
  events,
  entry,
  what,
  after,
  notes,
  struck,
  changes,
  isStruck,
}: ReportRow): readonly TableCell[] => {
  const sources = entry?.sources ?? [];
  return [
    ...['event', '', what],
    ...[position, entry?.event, entry?.type, events],
    ...[entry?.occurredAt.earliest, entry?.occurredAt.latest, entry?.receivedAt?.earliest, entry?.receivedAt?.latest],
    ...[recordedAt, entry?.externalRecordedAt, entry?.recordedBy],
    ...[entry?.assertion, sources.map(({ name, locator }) => (locator === undefined ? name : `${name}, ${locator}`)).join('; ')],
    ...[sources.flatMap(({ evidence }) => evidence ?? []).join('; '), entry?.text],
    ...[after.join('; '), notes.join('; ')],
    ...[struck.map(({ field, was }) => `${field}: ${was}`).join('; '), changes.join('; ')],
    isStruck ? 'retracted' : 'yes',
  ];
};
