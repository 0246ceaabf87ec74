/** The chart: a panel of true steps for each order, what happened beside it, and a cursor that every table follows. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { figureText } from '../../wording/figure-text.ts';
import { hourOf } from '../../wording/hours.ts';
import { svgOf } from '../files/svg-file.ts';
import { fileName, save } from '../files/table-files.ts';
import { dayBeside, hourBeside, instantAt } from '../hour-steps.ts';
import { changeBeside, type FiguresAt, type Series } from './chart-data.ts';
import { DENSITY_HEIGHT, Density, LANE_HEIGHT, type Lane, Lanes } from './chart-lanes.tsx';
import { CursorMark, type Frame, PANEL_HEIGHT, Panel } from './chart-lines.tsx';
import { moved, msAt, type Span, shareOf, ticksOf, widthOf, zoomed } from './chart-scale.ts';

type ChartProps = {
  readonly name: string;
  readonly series: readonly Series[];
  readonly figuresAt: FiguresAt;
  readonly lanes: readonly Lane[];
  readonly buckets: readonly number[];
  readonly span: Span;
  readonly whole: Span;
  readonly zone: string;
  /** UTC, three decimals. */
  readonly at: string;
  readonly onAt: (at: string) => void;
  readonly onSpan: (span: Span) => void;
  /** Which answer it is, for the chart as a file. */
  readonly terms: readonly string[];
};

const LEFT = 112;
const RIGHT = 12;
const AXIS = 20;
const WIDTH = 960;
const WIDTH_MIN = 340;
const TICK_PX = 76;
const ZOOM = 1.6;
const DRAG_PX = 6; // less is a click with an unsteady hand

export const Chart = (props: ChartProps) => {
  const { name, series, figuresAt, lanes, buckets, span, zone, at, onSpan, whole, terms } = props;
  const figure = useRef<HTMLElement>(null);
  const width = useWidth(figure);
  const frame: Frame = useMemo(() => ({ left: LEFT, width: width - LEFT - RIGHT, span }), [width, span]);
  const [dragged, setDragged] = useState<Drag>();
  const ms = Date.parse(at);
  const plotHeight = series.length * PANEL_HEIGHT + DENSITY_HEIGHT + AXIS;
  const ticks = useMemo(() => ticksOf(span, zone, Math.max(2, Math.floor(frame.width / TICK_PX))), [span, zone, frame]);
  // Drawn anew when the curve or the span changes, and not with each step of the cursor.
  const lines = useMemo(
    () => series.map((one, place) => <Panel key={one.key} series={one} top={place * PANEL_HEIGHT} frame={frame} ticks={ticks} />),
    [series, frame, ticks],
  );
  const density = useMemo(
    () => <Density buckets={buckets} frame={frame} top={series.length * PANEL_HEIGHT} />,
    [buckets, frame, series.length],
  );
  const marks = useMemo(() => <Lanes lanes={lanes} frame={frame} />, [lanes, frame]);
  const x = LEFT + shareOf(ms, span) * frame.width;
  const isSeen = ms >= span.from && ms <= span.to;
  const wheel = useWheel(props, frame);
  return (
    <figure class="chart" ref={figure} aria-label={name}>
      <div class="chart-plot" ref={wheel}>
        <svg class="chart-svg" viewBox={`0 0 ${width} ${plotHeight}`} role="img" aria-label={summaryOf(props)}>
          {lines}
          {density}
          {ticks.map(({ ms: tick, label }) => (
            <text key={tick} class="chart-label" x={LEFT + shareOf(tick, span) * frame.width} y={plotHeight - 5} text-anchor="middle">
              {label}
            </text>
          ))}
          {isSeen && <line class="chart-cursor" x1={x} x2={x} y1={14} y2={plotHeight - AXIS} />}
          {isSeen &&
            series.map((one, place) => (
              <CursorMark key={one.key} point={figuresAt(one.key)} top={place * PANEL_HEIGHT} frame={frame} ms={ms} />
            ))}
          {dragged && (
            <rect
              class="chart-brush"
              x={Math.min(dragged.from, dragged.to)}
              y={14}
              width={Math.abs(dragged.to - dragged.from)}
              height={plotHeight - AXIS - 14}
            />
          )}
        </svg>
        <Cursor {...props} frame={frame} onDrag={setDragged} />
      </div>
      {lanes.length > 0 && (
        <section aria-label="What happened beside the curve">
          <svg class="chart-svg" viewBox={`0 0 ${width} ${lanes.length * LANE_HEIGHT}`}>
            <title>Marks of what happened, a lane for each kind</title>
            {marks}
          </svg>
        </section>
      )}
      <figcaption class="chart-tools">
        <button type="button" onClick={() => onSpan(zoomed(span, whole, ZOOM, isSeen ? ms : msAt(0.5, span)))}>
          Closer (+)
        </button>
        <button type="button" onClick={() => onSpan(zoomed(span, whole, 1 / ZOOM, isSeen ? ms : msAt(0.5, span)))}>
          Wider (−)
        </button>
        <button type="button" onClick={() => onSpan(moved(span, whole, -0.4))}>
          Earlier
        </button>
        <button type="button" onClick={() => onSpan(moved(span, whole, 0.4))}>
          Later
        </button>
        <button type="button" onClick={() => onSpan(whole)}>
          Whole (0)
        </button>
        <button type="button" onClick={() => figure.current && save(svgOf(figure.current, [name, ...terms]), `${fileName(name)}.svg`)}>
          Download SVG
        </button>
        <span class="hint">
          Arrow keys: an hour; with Shift, a day; [ and ]: the change before and after. Drag to come closer; Ctrl and wheel too.
        </span>
      </figcaption>
    </figure>
  );
};

const summaryOf = ({ series, span, zone }: ChartProps): string =>
  `${series.map((one) => one.name).join(', ')}: share in effect from ${hourOf(instantAt(span.from), zone)} to ${hourOf(instantAt(span.to), zone)}. The same stands in a table below.`;

const useWidth = (of: { readonly current: HTMLElement | null }): number => {
  const [width, setWidth] = useState(WIDTH);
  useEffect(() => {
    if (!of.current) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry && entry.contentRect.width > 0) setWidth(Math.max(WIDTH_MIN, Math.round(entry.contentRect.width)));
    });
    observer.observe(of.current);
    return () => observer.disconnect();
  }, [of]);
  return width;
};

// ---- The cursor

type Drag = { readonly from: number; readonly to: number };
type CursorProps = ChartProps & { readonly frame: Frame; readonly onDrag: (drag: Drag | undefined) => void };

/** Lies over the panels: a slider of hours for whoever uses keys, and what takes the pointer. */
const Cursor = ({ series, figuresAt, span, whole, zone, at, onAt, onSpan, frame, onDrag }: CursorProps) => {
  const start = useRef<number | undefined>(undefined);
  const ms = Date.parse(at);
  const placeOf = (event: PointerEvent): number => {
    const box = (event.currentTarget instanceof HTMLElement ? event.currentTarget : undefined)?.getBoundingClientRect();
    if (!box) return frame.left;
    const scale = (frame.left + frame.width + RIGHT) / box.width;
    return Math.min(frame.left + frame.width, Math.max(frame.left, (event.clientX - box.left) * scale));
  };
  const instantAtX = (x: number): number => msAt((x - frame.left) / frame.width, span);
  const steps: { readonly [key: string]: () => void } = {
    ArrowLeft: () => onAt(hourBeside(at, zone, -1)),
    ArrowRight: () => onAt(hourBeside(at, zone, 1)),
    PageDown: () => onAt(dayBeside(at, zone, -1)),
    PageUp: () => onAt(dayBeside(at, zone, 1)),
    Home: () => onAt(instantAt(span.from)),
    End: () => onAt(instantAt(span.to)),
    '[': () => toChange(-1),
    ']': () => toChange(1),
    '+': () => onSpan(zoomed(span, whole, ZOOM, ms)),
    '-': () => onSpan(zoomed(span, whole, 1 / ZOOM, ms)),
    '0': () => onSpan(whole),
  };
  const toChange = (by: 1 | -1): void => {
    const change = changeBeside(series, ms, by);
    if (change !== undefined) onAt(instantAt(change));
  };
  const values = series.map((one) => {
    const point = figuresAt(one.key);
    return `${one.name} ${point ? figureText(point.effective) : 'being asked'}`;
  });
  return (
    <div
      class="chart-slider"
      role="slider"
      tabIndex={0}
      aria-label="Hour looked at"
      aria-valuemin={0}
      aria-valuemax={Math.round(widthOf(span) / 60_000)}
      aria-valuenow={Math.round((ms - span.from) / 60_000)}
      aria-valuetext={`${hourOf(at, zone)}: ${values.join('; ')}`}
      onKeyDown={(event) => {
        const step =
          steps[event.shiftKey && event.key.startsWith('Arrow') ? (event.key === 'ArrowLeft' ? 'PageDown' : 'PageUp') : event.key];
        if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        step();
      }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        start.current = placeOf(event);
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (start.current === undefined) return;
        const to = placeOf(event);
        onDrag(Math.abs(to - start.current) > DRAG_PX ? { from: start.current, to } : undefined);
      }}
      onPointerUp={(event) => {
        const [from, to] = [start.current, placeOf(event)];
        start.current = undefined;
        onDrag(undefined);
        if (from === undefined) return;
        if (Math.abs(to - from) <= DRAG_PX) onAt(minuteOf(instantAtX(to)));
        else onSpan({ from: Math.round(instantAtX(Math.min(from, to))), to: Math.round(instantAtX(Math.max(from, to))) });
      }}
      onPointerCancel={() => {
        start.current = undefined;
        onDrag(undefined);
      }}
    />
  );
};

const MINUTE_MS = 60_000;
/** A hand points at no second. */
const minuteOf = (ms: number): string => instantAt(Math.floor(ms / MINUTE_MS) * MINUTE_MS);

/** The wheel alone moves the page; with Ctrl, or while the chart is in use, it zooms. */
const useWheel = ({ span, whole, onSpan }: ChartProps, frame: Frame) => {
  const plot = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const on = plot.current;
    const zoom = (event: WheelEvent): void => {
      if (!on || (!event.ctrlKey && !on.contains(document.activeElement))) return;
      event.preventDefault();
      const box = on.getBoundingClientRect();
      const x = ((event.clientX - box.left) / box.width) * (frame.left + frame.width + RIGHT);
      onSpan(zoomed(span, whole, event.deltaY < 0 ? ZOOM : 1 / ZOOM, msAt((x - frame.left) / frame.width, span)));
    };
    on?.addEventListener('wheel', zoom, { passive: false });
    return () => on?.removeEventListener('wheel', zoom);
  }, [span, whole, onSpan, frame]);
  return plot;
};
