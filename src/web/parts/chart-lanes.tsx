/** What happened beside the curve, a lane for each kind, never joined into it: each mark opens its event. Where the hour is open, a bar as wide as that. */
import { type Extent, extentOf } from '../../wording/hours.ts';
import { counted, safe } from '../../wording/text.ts';
import { EVENT_WORDS, spoken } from '../../wording/words.ts';
import type { Curve, Deadlines } from '../answers.ts';
import { follow } from '../location.tsx';
import type { Frame } from './chart-lines.tsx';
import { shareOf } from './chart-scale.ts';

export const LANE_HEIGHT = 20;
export const DENSITY_HEIGHT = 26;

export type Mark = { readonly key: string; readonly href: string; readonly at: Extent; readonly words: string };
export type Lane = { readonly name: string; readonly marks: readonly Mark[] };

export const LANES: readonly (readonly [name: string, types: readonly string[]])[] = [
  [
    'orders',
    [
      'OrderIssued',
      'OrderServed',
      'OrderConfirmed',
      'OrderStayed',
      'StayLifted',
      'OrderRevoked',
      'CoverageDeclared',
      'DeadlineSet',
      'ClockStopped',
      'ClockRestarted',
    ],
  ],
  ['notices, answers', ['NoticeServed', 'OrderAnswered']],
  ['meetings', ['MeetingHeld']],
  ['statements', ['StatementMade']],
  ['claims', ['ClaimRecorded', 'ClaimWithdrawn']],
];

type Context = { readonly zone: string; readonly refs: ReadonlyMap<string, string>; readonly hrefOf: (path: string) => string };
type Marker = Curve['markers'][number];

/** Of what tells an event from others of its type, what a few words can hold. */
const TELLING = ['purpose', 'kind', 'how', 'answer', 'cause'];

/** Lanes without a mark are left out. */
export const lanesOf = (markers: readonly Marker[], deadlines: Deadlines | undefined, context: Context): readonly Lane[] =>
  [
    ...LANES.map(([name, types]) => ({
      name,
      marks: markers.filter(({ type }) => types.includes(type)).map((marker) => markOf(marker, context)),
    })),
    { name: 'due', marks: deadlines ? dueMarks(deadlines, context) : [] },
  ].filter(({ marks }) => marks.length > 0);

const markOf = (marker: Marker, { zone, refs, hrefOf }: Context): Mark => {
  const { event, type, orders, occurredAt } = marker;
  const named = orders.map((order) => safe(refs.get(order) ?? order)).join(', ');
  const told = Object.entries(marker).flatMap(([name, value]) => (TELLING.includes(name) && typeof value === 'string' ? [value] : []));
  const words = [
    EVENT_WORDS[type] ?? safe(type),
    ...(told.length > 0 ? [`(${told.map((value) => safe(spoken(value))).join(', ')})`] : []),
    ...(named === '' ? [] : [`on ${named}`]),
  ].join(' ');
  return { key: event, href: hrefOf(`/events/${event}`), at: occurredAt, words: `${extentOf(occurredAt, zone)}: ${words}` };
};

/** What the rules reckon; its words, and whose rules they are, stand on the page of the order. */
const dueMarks = ({ orders }: Deadlines, { zone, refs, hrefOf }: Context): readonly Mark[] =>
  orders.flatMap(({ order, due, duties }) => {
    const named = safe(refs.get(order) ?? order);
    const href = hrefOf(`/orders/${order}`);
    return [
      ...(due?.at
        ? [
            {
              key: `due-${order}`,
              href,
              at: due.at,
              words: `${extentOf(due.at, zone)}: due under ${named}, by a rule that is a reading aid`,
            },
          ]
        : []),
      ...duties.flatMap(({ what, by }) =>
        by
          ? [
              {
                key: `${order}-${what}`,
                href,
                at: by,
                words: `${extentOf(by, zone)}: ${safe(what)}, owed under ${named}, by a rule that is a reading aid`,
              },
            ]
          : [],
      ),
    ];
  });

const MARK_WIDTH = 9;
const CLOSE_PX = 8; // nearer than this, marks would hide each other

type Cluster = { readonly x: number; readonly end: number; readonly marks: readonly Mark[] };

const clustersOf = (marks: readonly Mark[], { left, width, span }: Frame): readonly Cluster[] => {
  const placed = marks.flatMap((mark) => {
    const [from, to] = [Date.parse(mark.at.earliest), Date.parse(mark.at.latest)];
    if (to < span.from || from >= span.to) return [];
    const [x, end] = [from, to].map((ms) => left + Math.min(1, Math.max(0, shareOf(ms, span))) * width);
    return x === undefined || end === undefined ? [] : [{ x, end, marks: [mark] }];
  });
  const clusters: Cluster[] = [];
  for (const one of placed.sort((a, b) => a.x - b.x)) {
    const last = clusters.at(-1);
    if (last && one.x - last.x < CLOSE_PX)
      clusters[clusters.length - 1] = { x: last.x, end: Math.max(last.end, one.end), marks: [...last.marks, ...one.marks] };
    else clusters.push(one);
  }
  return clusters;
};

type LanesProps = { readonly lanes: readonly Lane[]; readonly frame: Frame };

export const Lanes = ({ lanes, frame }: LanesProps) => (
  <>
    {lanes.map(({ name, marks }, place) => (
      <g key={name} transform={`translate(0 ${place * LANE_HEIGHT})`}>
        <text class="chart-label" x={frame.left - 6} y={14} text-anchor="end">
          {name}
        </text>
        <line class="chart-grid" x1={frame.left} x2={frame.left + frame.width} y1={10} y2={10} />
        {clustersOf(marks, frame).map((cluster) => (
          <ClusterMark key={cluster.marks[0]?.key} cluster={cluster} />
        ))}
      </g>
    ))}
  </>
);

/** Of several one upon another the first is opened, and how many there are is written beside: the table has each. */
const ClusterMark = ({ cluster: { x, end, marks } }: { readonly cluster: Cluster }) => {
  const [first] = marks;
  if (!first) return null;
  const words =
    marks.length === 1 ? first.words : `${counted(marks.length)} at about this time: ${marks.map((mark) => mark.words).join(' · ')}`;
  return (
    <a class="chart-mark" href={first.href} onClick={(event) => follow(event, first.href)}>
      <title>{words}</title>
      {end - x > 2 && <rect class="chart-extent" x={x} y={7} width={end - x} height={6} rx={3} />}
      <rect class="chart-touch" x={x - MARK_WIDTH} y={0} width={2 * MARK_WIDTH} height={LANE_HEIGHT} />
      <path class="chart-diamond" d={`M${x} 4l6 6l-6 6l-6 -6z`} />
      {marks.length > 1 && (
        <text class="chart-many" x={x + 8} y={14}>
          {marks.length}
        </text>
      )}
    </a>
  );
};

type DensityProps = { readonly buckets: readonly number[]; readonly frame: Frame; readonly top: number };

/** How many events each part of the span has, by the height of its bar; logarithmic, so that one event beside a thousand is seen. */
export const Density = ({ buckets, frame, top }: DensityProps) => {
  const most = Math.max(1, ...buckets);
  const width = frame.width / Math.max(1, buckets.length);
  return (
    <g transform={`translate(0 ${top})`}>
      <text class="chart-label" x={frame.left - 6} y={18} text-anchor="end">
        events
      </text>
      {buckets.map((events, place) => {
        if (events === 0) return null;
        const height = 2 + (DENSITY_HEIGHT - 6) * (Math.log1p(events) / Math.log1p(most));
        return (
          <rect
            key={place}
            class="chart-density"
            x={frame.left + place * width}
            y={DENSITY_HEIGHT - height}
            width={Math.max(1, width - 0.5)}
            height={height}
          />
        );
      })}
    </g>
  );
};
