/** One panel of the chart: the share in effect as a step, the band that the record leaves open, and nothing drawn where there is no share. */
import { figureText } from '../../wording/figure-text.ts';
import type { Point, Series } from './chart-data.ts';
import { type Span, shareOf, type Tick } from './chart-scale.ts';

export const PANEL_HEIGHT = 92;
const TOP = 20; // for the name
const BOTTOM = 6;
const INNER = PANEL_HEIGHT - TOP - BOTTOM;

export type Frame = { readonly left: number; readonly width: number; readonly span: Span };
const xOf = (ms: number, { left, width, span }: Frame): number => round(left + Math.min(1, Math.max(0, shareOf(ms, span))) * width);
const yOf = (percent: number): number => round(TOP + (1 - percent / 100) * INNER);
const round = (value: number): number => Math.round(value * 10) / 10;

type PanelProps = { readonly series: Series; readonly top: number; readonly frame: Frame; readonly ticks: readonly Tick[] };

export const Panel = ({ series: { name, points, coveredTo }, top, frame, ticks }: PanelProps) => {
  const steps = stepsIn(points, frame.span);
  const presumed = Math.max(frame.span.from, coveredTo ?? frame.span.from);
  return (
    <g transform={`translate(0 ${top})`}>
      {presumed < frame.span.to && (
        <rect
          class="chart-presumed"
          x={xOf(presumed, frame)}
          y={yOf(100)}
          width={xOf(frame.span.to, frame) - xOf(presumed, frame)}
          height={INNER}
        />
      )}
      {[0, 50, 100].map((percent) => (
        <g key={percent}>
          <line class="chart-grid" x1={frame.left} x2={frame.left + frame.width} y1={yOf(percent)} y2={yOf(percent)} />
          <text class="chart-label" x={frame.left - 6} y={yOf(percent) + 4} text-anchor="end">
            {percent} %
          </text>
        </g>
      ))}
      {ticks.map(({ ms }) => (
        <line key={ms} class="chart-grid" x1={xOf(ms, frame)} x2={xOf(ms, frame)} y1={yOf(100)} y2={yOf(0)} />
      ))}
      {steps.filter(isOpen).map(({ point, from, to }) => (
        <rect
          key={from}
          class="chart-band"
          x={xOf(from, frame)}
          y={yOf(point.effective.percent?.high ?? 0)}
          width={Math.max(1, xOf(to, frame) - xOf(from, frame))}
          height={Math.max(1, yOf(point.effective.percent?.low ?? 0) - yOf(point.effective.percent?.high ?? 0))}
        />
      ))}
      <path
        class="chart-high"
        d={pathOf(
          steps.map((step) => (isOpen(step) ? step : undefined)),
          frame,
          'high',
        )}
      />
      <path class="chart-line" d={pathOf(steps, frame, 'low')} />
      <text class="chart-name" x={frame.left} y={13}>
        {name}
        {steps.every(({ point }) => point.effective.percent === null) ? ': no percentage' : ''}
      </text>
    </g>
  );
};

type Step = { readonly point: Point; readonly from: number; readonly to: number };
const isOpen = ({ point: { effective } }: Step): boolean => effective.percent !== null && effective.percent.low !== effective.percent.high;

/** From each point to the next, as far as the span shows them. */
const stepsIn = (points: readonly Point[], { from, to }: Span): readonly Step[] =>
  points.flatMap((point, place) => {
    const step = { point, from: Math.max(from, point.ms), to: Math.min(to, points[place + 1]?.ms ?? to) };
    return step.from < step.to ? [step] : [];
  });

/** Across, then up or down: a share holds until it changes, and no slope is drawn that nobody recorded. */
const pathOf = (steps: readonly (Step | undefined)[], frame: Frame, end: 'low' | 'high'): string => {
  let isDrawn = false;
  return steps
    .map((step) => {
      const percent = step?.point.effective.percent;
      if (!step || !percent) {
        isDrawn = false;
        return '';
      }
      const [x, y] = [xOf(step.from, frame), yOf(percent[end])];
      const start = isDrawn ? `V${y}` : `M${x} ${y}`;
      isDrawn = true;
      return `${start}H${xOf(step.to, frame)}`;
    })
    .join('');
};

type CursorProps = { readonly point: Point | undefined; readonly top: number; readonly frame: Frame; readonly ms: number };

/** What the line has at the cursor. */
export const CursorMark = ({ point, top, frame, ms }: CursorProps) => {
  if (!point) return null;
  const { percent } = point.effective;
  return (
    <g transform={`translate(0 ${top})`}>
      {percent && <circle class="chart-dot" cx={xOf(ms, frame)} cy={yOf(percent.low)} r={3.5} />}
      <text class="chart-value" x={frame.left + frame.width} y={13} text-anchor="end">
        {figureText(point.effective)}
      </text>
    </g>
  );
};
