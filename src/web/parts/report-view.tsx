/** A report as it is read elsewhere too: what it is about, what the record lacks, and a row for each event; what is struck stays, with its replacement. */
import { partsText } from '../../wording/grounds.ts';
import type { Report, ReportRow } from '../../wording/report.ts';
import { hrefOf, Link, type Place } from '../location.tsx';
import { standpointQuery } from './boxes.tsx';
import { type Cell, DataTable } from './data-table.tsx';
import { type TableTerms, tableHead } from './table-head.ts';
import { withFiles } from './with-files.tsx';

const COLUMNS = ['Happened', 'What', 'Status after', 'Event', 'Received', 'Recorded', 'Recorded where it comes from'];

type ReportViewProps = { readonly report: Report; readonly place: Place; readonly terms: TableTerms };

export const ReportView = ({ report, place, terms }: ReportViewProps) => (
  <>
    <dl class="facts">
      {report.facts.map(([name, value]) => (
        <div key={name + value}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
    <h2>What the record lacks</h2>
    {report.gaps.length === 0 ? (
      <p>Nothing that this ledger looks for.</p>
    ) : (
      <ul>
        {report.gaps.map((gap) => (
          <li key={gap}>{gap}</li>
        ))}
      </ul>
    )}
    <h2>Events</h2>
    <DataTable
      name={report.title}
      about={tableHead({
        ...terms,
        more: [...report.head, ...report.facts, ...report.footing.map((line, at) => [`note ${at + 1}`, line] as const)],
      })}
      kind="report"
      columns={COLUMNS}
      rows={report.rows.map((row) => ({
        key: `${row.position}-${row.what}`,
        kind: row.isStruck ? 'struck' : undefined,
        cells: cellsOf(row, place),
      }))}
    />
    {report.more !== undefined && <p>{report.more}</p>}
    <p class="footing">{report.footing.join(' · ')}</p>
  </>
);

const cellsOf = (row: ReportRow, place: Place): readonly Cell[] => [
  { text: row.occurred },
  {
    text: [
      row.what,
      ...row.struck.map(({ field, was, is }) => `${field}: ${was} → ${is}`),
      ...row.changes,
      partsText(row.grounds),
      ...row.notes,
    ].join('\n'),
    shown: <What row={row} place={place} />,
  },
  { text: row.after.join('; '), shown: row.after.map((status) => <p key={status}>{status}</p>) },
  {
    text: row.which,
    shown: row.entry ? <Link href={hrefOf(`/events/${row.entry.event}`, standpointQuery(place))}>{row.which}</Link> : row.which,
  },
  { text: row.received },
  { text: row.recorded },
  { text: row.external },
];

type WhatProps = { readonly row: ReportRow; readonly place: Place };

const What = ({ row: { what, isStruck, struck, changes, grounds, notes }, place }: WhatProps) => (
  <>
    <p>{isStruck ? <del>{what}</del> : what}</p>
    {struck.map(({ field, was, is }) => (
      <p key={field}>
        {field}: <del>{was}</del> <ins>{is}</ins>
      </p>
    ))}
    {changes.map((change) => (
      <p key={change}>
        <em>{change}</em>
      </p>
    ))}
    <p class="grounds">{withFiles(grounds, standpointQuery(place))}</p>
    {notes.map((note) => (
      <p key={note} class="note">
        {note} (!)
      </p>
    ))}
  </>
);
