/** A case: its figures at an hour, how they came about, what happened, and which accounts are behind them. */
import type { ComponentChild } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { extentOf } from '../../wording/hours.ts';
import { publishedByWords } from '../../wording/published.ts';
import { counted, safe } from '../../wording/text.ts';
import { CAVEAT, DEFINITION_WORDS } from '../../wording/words.ts';
import type { Deadlines, Moment } from '../answers.ts';
import { pathWith } from '../ask.ts';
import { instantAt, linkText } from '../hour-steps.ts';
import { go, hrefOf, Link } from '../location.tsx';
import type { ViewProps } from '../page.tsx';
import { Accounts } from '../parts/accounts.tsx';
import { Boxes, standpointQuery } from '../parts/boxes.tsx';
import { Chart } from '../parts/chart.tsx';
import { figuresAt, seriesOf } from '../parts/chart-data.ts';
import { lanesOf } from '../parts/chart-lanes.tsx';
import type { Span } from '../parts/chart-scale.ts';
import { Claims } from '../parts/claims.tsx';
import { Controls } from '../parts/controls.tsx';
import { CurveTable } from '../parts/curve-table.tsx';
import { Definitions } from '../parts/definitions.tsx';
import { BadLink, Failed, Waiting } from '../parts/failed.tsx';
import { footingParts, knownWords } from '../parts/footing.tsx';
import { LearnedList } from '../parts/learned.tsx';
import { ReportHead } from '../parts/report-head.tsx';
import { tableHead } from '../parts/table-head.ts';
import { Timeline } from '../parts/timeline.tsx';
import { useTitle } from '../parts/title.ts';
import { whichWords } from '../parts/which.ts';
import { faultsOf, standpointOf } from '../standpoint.ts';
import { useAnswer } from '../use-answer.ts';
import { useCursor } from '../use-cursor.ts';
import { spansOf, useCurve, useHours } from '../use-curve.ts';
import { type Subject, useSubject } from '../use-subject.ts';

const SETTLE_MS = 150;
const LARGE_ACCOUNTS = 20_000; // as many as a sheet goes through

export const CaseView = (props: ViewProps) => {
  const { id, place } = props;
  const standpoint = standpointOf(place.query);
  const { subject, failure } = useSubject(id, standpoint);
  const faults = faultsOf(place.query, subject?.found.zone);
  useTitle(subject ? safe(subject.found.title) : 'Case');
  if (faults.length > 0) return <BadLink faults={faults} path={place.path} query={place.query} />;
  if (failure) return <Failed failure={failure} what="This case" path={place.path} query={place.query} />;
  if (!subject) return <Waiting what="the case" />;
  return <CaseShown {...props} subject={subject} />;
};

const CaseShown = ({ place, subject }: ViewProps & { readonly subject: Subject }) => {
  const standpoint = standpointOf(place.query);
  const { found, orders, refs, position, known, zone, why } = subject;
  const { by } = standpoint;
  const { at, isMoving, setAt } = useCursor(place, subject.at, zone);
  const { whole, start } = useMemo(() => spansOf(found, orders, subject.at), [found, orders, subject.at]);
  const span: Span = useMemo(
    () => ({
      from: standpoint.from === undefined ? start.from : Date.parse(standpoint.from),
      to: standpoint.to === undefined ? start.to : Date.parse(standpoint.to),
    }),
    [standpoint.from, standpoint.to, start],
  );
  const { curve, buckets, failure: noCurve } = useCurve({ caseId: found.id, orders: orders.length, span, zone, position, by });
  const isLarge = orders.some(({ listed }) => listed.counted > LARGE_ACCOUNTS);
  const sheet = useAnswer<Moment>(
    pathWith(isLarge ? '/v1/compliance' : '/v1/compliance/state', { case: found.id, at, knownAt: position, reportedBy: by }),
    isMoving ? SETTLE_MS : 0,
  );
  // They go through all accounts: so they come behind what is seen first, and of a large order stand on its own page alone.
  const deadlines = useAnswer<Deadlines>(
    isLarge || !curve ? undefined : pathWith('/v1/deadlines', { case: found.id, at: subject.at, knownAt: position, reportedBy: by }),
  );
  const series = useMemo(() => (curve ? seriesOf(curve, orders) : []), [curve, orders]);
  const hours = useHours({ caseId: found.id, at, zone, position, by, isNeeded: curve?.changes === 'omitted' });
  const near = useMemo(() => (hours ? seriesOf(hours, orders) : []), [hours, orders]);
  const atCursor = figuresAt(
    [
      { series, hasAllChanges: curve?.changes === 'all' },
      { series: near, hasAllChanges: false },
    ],
    Date.parse(at),
  );
  const hrefHere = (path: string): string => hrefOf(path, standpointQuery(place));
  const lanes = useMemo(
    () => (curve ? lanesOf(curve.markers, deadlines.value, { zone, refs, hrefOf: hrefHere }) : []),
    [curve, deadlines.value, zone, refs, place.query],
  );
  // Of a large case figures and curve come first: what goes through all of its events would take the time that they need.
  const isFirst = isLarge && !curve && !noCurve;
  const isFresh = !sheet.isLate && sheet.value?.validAt === at;
  const fresh = isFresh ? sheet.value : undefined;
  const toSpan = ({ from, to }: Span): void => {
    const isStart = from === start.from && to === start.to;
    go(
      hrefOf(place.path, {
        ...place.query,
        from: isStart ? undefined : linkText(instantAt(from), zone),
        to: isStart ? undefined : linkText(instantAt(to), zone),
      }),
      { isStep: true },
    );
  };
  const terms = footingParts({ presumption: fresh?.total ?? fresh?.orders[0], at, zone, known, by });
  const presumption = orders.length === 0 ? null : (fresh?.total ?? fresh?.orders[0]);
  const ofOrder = (id: string) => {
    const own = fresh?.orders.find(({ order }) => order === id);
    return { presumption: own, sheet: own };
  };
  return (
    <>
      <Heading subject={subject} />
      <ReportHead
        title={`${safe(found.title)}${found.synthetic ? ' [ILLUSTRATION]' : ''}`}
        at={at}
        zone={zone}
        known={known}
        by={by}
        filters={filtersOf(place.query)}
      />
      <Controls
        place={place}
        standpoint={standpoint}
        at={at}
        why={isMoving ? '' : why}
        zone={zone}
        caseZone={found.zone}
        position={position}
        onAt={setAt}
      />
      {sheet.failure && !isMoving ? (
        <Failed failure={sheet.failure} what="The figures of this case" path={place.path} query={place.query} />
      ) : orders.length === 0 ? (
        <p class="notice">
          No order is on record in this case{standpoint.known === undefined ? '' : ' as known at this point'}: it has no figures yet. What
          is recorded stands in the timeline below.
        </p>
      ) : (
        <Boxes subject={subject} place={place} at={at} by={by} sheet={fresh} figuresAt={atCursor} />
      )}
      <nav class="actions" aria-label="More of this hour">
        <Link href={hrefOf(`${place.path}/sheet`, { ...standpointQuery(place), at: linkText(at, zone) })}>
          The sheet: at this hour and by it
        </Link>
        <a href="#timeline">Timeline</a>
        <a href="#accounts">Accounts</a>
        <a href="#claims">Claims</a>
      </nav>
      {noCurve && <Failed failure={noCurve} what="The chart" path={place.path} query={place.query} />}
      {curve && (
        <>
          <h2>{DEFINITION_WORDS.effective}, hour by hour</h2>
          <Chart
            name={`${DEFINITION_WORDS.effective}: ${safe(found.title)}`}
            {...{ series, figuresAt: atCursor, lanes, buckets, span, whole, zone, at, terms }}
            onAt={setAt}
            onSpan={toSpan}
          />
          <p class="footing">
            {knownWords(known, zone)}
            {by === undefined ? '' : ` · ${publishedByWords(by, zone)}`} · a step holds until the next change; marks are beside the curve
            and no cause of it
            {curve.changes === 'omitted' ? ' · more than 5,000 changes: drawn at samples alone, between which it may have moved' : ''}
          </p>
          <CurveTable {...{ curve, series, zone }} about={tableHead({ of: found, orders, at, zone, known, by, presumption })} />
        </>
      )}
      <Fold name="More definitions">{() => <Definitions subject={subject} at={at} by={by} />}</Fold>
      <Fold name="As we knew it: what was learned when">{() => <LearnedList {...{ subject, place, at, presumption }} />}</Fold>
      {isFirst ? <Waiting what="the timeline" /> : <Timeline {...{ subject, place, at, by, presumption }} />}
      {orders.length > 0 && <Accounts {...{ orders, place, at, by, zone, known, ofOrder }} of={found} />}
      {!isFirst && <Claims {...{ subject, place, at, by, presumption }} />}
      <p class="footing">
        {knownWords(known, zone)} · {CAVEAT}
        {found.synthetic ? ' · an illustration with synthetic accounts and hours' : ''}
      </p>
    </>
  );
};

const Heading = ({ subject: { found, orders, zone } }: { readonly subject: Subject }) => (
  <>
    <h1>
      {safe(found.title)}
      {found.synthetic && <strong class="tag"> [ILLUSTRATION]</strong>}
    </h1>
    <p class="hint">
      opened {extentOf(found.openedAt, zone)} · {counted(orders.length)} {orders.length === 1 ? 'order' : 'orders'}
      {found.synthetic ? ' · synthetic accounts and hours: an illustration, not findings' : ''}
    </p>
  </>
);

/** What is asked only when it is opened. */
const Fold = ({ name, children }: { readonly name: string; readonly children: () => ComponentChild }) => {
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{name}</summary>
      {isOpen && children()}
    </details>
  );
};

/** What narrows the page, for the heading of what is printed. */
const filtersOf = ({ types, party, which }: { readonly [name: string]: string | undefined }): readonly string[] => [
  ...(types === undefined ? [] : [`timeline: ${safe(types)} only`]),
  ...(party === undefined ? [] : [`timeline: by or with ${safe(party)}`]),
  ...(which === undefined ? [] : [`accounts: ${whichWords(which)} only`]),
];
