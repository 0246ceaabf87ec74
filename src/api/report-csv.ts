/** A report as CSV (RFC 4180), a row for each event: instants in UTC, what it says in words, and nothing that a spreadsheet takes for a formula. */
import { stringify } from 'csv-stringify/sync';
import type { Report, ReportRow } from '../wording/report.ts';

const COLUMNS = [
  ...['position', 'event', 'type', 'events'],
  ...['happened_earliest_utc', 'happened_latest_utc', 'received_earliest_utc', 'received_latest_utc'],
  ...['recorded_utc', 'recorded_where_it_comes_from_utc', 'recorded_by'],
  ...['what', 'assertion', 'sources', 'files', 'source_words', 'status_after', 'notes', 'first_said', 'changes', 'counts'],
];

/** Begins with a mark of its encoding: without it a spreadsheet reads names in another one. */
export const csvOf = ({ rows }: Report): string =>
  `\ufeff${stringify([COLUMNS, ...rows.map(cellsOf)], {
    escape_formulas: true,
    quoted_string: true, // else a line feed inside a text would begin a row, and what follows it a formula
    record_delimiter: 'windows',
  })}`;

const cellsOf = ({ position, recordedAt, events, entry, what, after, notes, struck, changes, isStruck }: ReportRow): readonly unknown[] => {
  const sources = entry?.sources ?? [];
  return [
    ...[position, entry?.event, entry?.type, events],
    ...[entry?.occurredAt.earliest, entry?.occurredAt.latest, entry?.receivedAt?.earliest, entry?.receivedAt?.latest],
    ...[recordedAt, entry?.externalRecordedAt, entry?.recordedBy],
    ...[what, entry?.assertion, sources.map(({ name, locator }) => (locator === undefined ? name : `${name}, ${locator}`)).join('; ')],
    ...[sources.flatMap(({ evidence }) => evidence ?? []).join('; '), entry?.text],
    ...[after.join('; '), notes.join('; ')],
    ...[struck.map(({ field, was }) => `${field}: ${was}`).join('; '), changes.join('; ')],
    isStruck ? 'retracted' : 'yes',
  ];
};
