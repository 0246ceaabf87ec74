/** The chart as a table: every change that it draws, with the figure of each line. */
import { useState } from 'preact/hooks';
import { figureText } from '../../wording/figure-text.ts';
import { hourOf } from '../../wording/hours.ts';
import { counted } from '../../wording/text.ts';
import type { Curve } from '../answers.ts';
import type { TableFile } from '../files/table-files.ts';
import { pointAt, type Series } from './chart-data.ts';
import { DataTable } from './data-table.tsx';

const ROWS_SHOWN = 200;

type CurveTableProps = {
  readonly curve: Curve;
  readonly series: readonly Series[];
  readonly zone: string;
  readonly about: TableFile['about'];
};

export const CurveTable = ({ curve, series, zone, about }: CurveTableProps) => {
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="curve-table" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>The chart as a table</summary>
      {isOpen && <Steps {...{ curve, series, zone, about }} />}
    </details>
  );
};

const Steps = ({ curve, series, zone, about }: CurveTableProps) => {
  const first = series[0]?.points[0]?.ms;
  const instants = [
    ...new Set(
      series.flatMap(({ points }) =>
        points.filter(({ is, ms }) => curve.changes === 'omitted' || is === 'change' || ms === first).map(({ ms }) => ms),
      ),
    ),
  ].sort((a, b) => a - b);
  const cellsAt = (ms: number) => [
    { text: hourOf(new Date(ms).toISOString(), zone) },
    ...series.map(({ points }) => {
      const point = pointAt(points, ms);
      return { text: point ? figureText(point.effective) : '–' };
    }),
  ];
  return (
    <>
      {instants.length > ROWS_SHOWN && (
        <p class="hint">
          The first {counted(ROWS_SHOWN)} of {counted(instants.length)} are shown; a file has all, and a closer chart has fewer.
        </p>
      )}
      <DataTable
        name="The chart as a table"
        about={about}
        columns={['From', ...series.map(({ name }) => name)]}
        rows={instants.slice(0, ROWS_SHOWN).map((ms) => ({ key: `${ms}`, cells: cellsAt(ms) }))}
        all={async () => instants.map(cellsAt)}
      />
    </>
  );
};
