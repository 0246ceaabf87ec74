/** A step line over hours, drawn with characters: it holds until the next change, and has a gap where there is no percentage. */
import { plot } from 'simple-ascii-chart';
import { midnights, monthDay, msOf, zoneName } from '../wording/hours.ts';

/** From `at` on; `percent` is null where there is none. */
export type Step = { readonly at: string; readonly percent: { readonly low: number; readonly high: number } | null };

type Line = [number, number][];

const HEIGHT_ROWS = 5; // a row for each of 0, 25, 50, 75 and 100 %
const MARGIN_COLUMNS = 10; // the axis and its labels
const DAYS_MAX = 20;

export type ChartOptions = {
  readonly steps: readonly Step[];
  /** Both ends of the axis, which several charts can share. */
  readonly from: string;
  readonly to: string;
  readonly zone: string;
  readonly widthMax: number;
};

/** How the line is to be read: said once, above the chart. */
export const chartNote = (steps: readonly Step[], zone: string, from: string): string => {
  const band = isBand(steps) ? 'upper line: at most, lower: at least; ' : '';
  return `(steps of ${100 / (HEIGHT_ROWS - 1)} points; the figures are in the table; ${band}marks are 00:00 ${zoneName(zone, from)})`;
};

const isBand = (steps: readonly Step[]): boolean => steps.some(({ percent }) => percent !== null && percent.low !== percent.high);

/** Lines of text, none wider than `widthMax`. */
export const stepChart = ({ steps, from, to, zone, widthMax }: ChartOptions): readonly string[] => {
  const lines = linesOf(steps, msOf(to));
  if (lines.length === 0) return ['(no percentage in this period)'];
  const chart = plot(lines, {
    width: widthMax - MARGIN_COLUMNS,
    height: HEIGHT_ROWS,
    yRange: [0, 100],
    customYAxisTicks: [0, 50, 100],
    customXAxisTicks: [...ticksOf(from, to, zone)],
    axisCenter: [msOf(from), undefined], // the axis begins here also where the line begins later
    formatter: (value, { axis }) => (axis === 'y' ? `${value} %` : monthDay(value, zone)),
  });
  const drawn = chart.split('\n').map((line) => line.trimEnd());
  return drawn.filter((line) => line !== '');
};

/** Stretches with a percentage. Where low and high part, both are drawn. */
const linesOf = (steps: readonly Step[], end: number): Line[] => [
  ...stretches(steps, end, 'low'),
  ...(isBand(steps) ? stretches(steps, end, 'high') : []),
];

const stretches = (steps: readonly Step[], end: number, bound: 'low' | 'high'): Line[] => {
  const lines: Line[] = [];
  let line: Line | undefined;
  for (const { at, percent } of steps) {
    const last = line?.at(-1);
    if (percent === null) {
      if (last) line?.push([msOf(at), last[1]]);
      line = undefined;
      continue;
    }
    if (line === undefined) {
      line = [];
      lines.push(line);
    }
    line.push([msOf(at), percent[bound]]);
  }
  const last = line?.at(-1);
  if (line && last && last[0] < end) line.push([end, last[1]]);
  return lines;
};

/** Midnights, thinned out where a mark for each day would not fit. */
const ticksOf = (from: string, to: string, zone: string): readonly number[] => {
  const days = midnights(from, to, zone);
  const every = Math.ceil(days.length / DAYS_MAX);
  return days.filter((_, place) => place % every === 0);
};
