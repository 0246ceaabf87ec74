/** The difference between two points of knowledge: figures before and after, each account that is read otherwise, and the event that changed it. */
import { figureWords } from '../../wording/figure-text.ts';
import { reasonWords } from '../../wording/grounds.ts';
import { hourOf, recordedHour } from '../../wording/hours.ts';
import { standingAt } from '../../wording/standing.ts';
import { counted, safe } from '../../wording/text.ts';
import { CAVEAT, DEFINITION_WORDS, EVENT_WORDS, pairWords, spoken, unitOf } from '../../wording/words.ts';
import type { Diff, Order } from '../answers.ts';
import { pathWith } from '../ask.ts';
import { linkText } from '../hour-steps.ts';
import { go, hrefOf, Link, type Place } from '../location.tsx';
import type { ViewProps } from '../page.tsx';
import { standpointQuery } from '../parts/boxes.tsx';
import { totalName } from '../parts/chart-data.ts';
import { Controls } from '../parts/controls.tsx';
import { type Cell, DataTable } from '../parts/data-table.tsx';
import { BadLink, Failed, Waiting } from '../parts/failed.tsx';
import { footingParts } from '../parts/footing.tsx';
import { ReportHead } from '../parts/report-head.tsx';
import { tableHead } from '../parts/table-head.ts';
import { useTitle } from '../parts/title.ts';
import { faultsOf, standpointOf } from '../standpoint.ts';
import { useAnswer } from '../use-answer.ts';
import { type Subject, useSubject } from '../use-subject.ts';

const ROWS = 100;

export const ChangesView = ({ id, place }: ViewProps) => {
  const standpoint = standpointOf(place.query);
  const { before, after, rows } = place.query;
  const { subject, failure } = useSubject(id, { ...standpoint, known: after });
  const faults = [
    ...faultsOf(place.query, subject?.found.zone),
    ...[before, after].flatMap((known) => faultsOf({ known }, undefined)),
    ...(before === undefined ? [{ words: 'This link names no point of knowledge to begin from.', mends: [] }] : []),
  ];
  const diff = useAnswer<Diff>(
    subject && faults.length === 0
      ? pathWith('/v1/compliance/diff', {
          case: id,
          from: before,
          to: subject.position,
          at: subject.at,
          reportedBy: standpoint.by,
          limit: ROWS,
          cursor: rows,
        })
      : undefined,
  );
  const casePath = `/cases/${encodeURIComponent(id)}`;
  useTitle('What was learned');
  if (faults.length > 0) return <BadLink faults={faults} path={casePath} query={standpointQuery(place)} />;
  const failed = failure ?? diff.failure;
  if (failed) return <Failed failure={failed} what="This difference" path={casePath} query={standpointQuery(place)} />;
  if (!subject || !diff.value) return <Waiting what="the difference" />;
  return <DiffShown {...{ place, subject, diff: diff.value }} />;
};

const DiffShown = ({ place, subject, diff }: { readonly place: Place; readonly subject: Subject; readonly diff: Diff }) => {
  const { found, zone, known, at, why, position, orders, refs } = subject;
  const standpoint = standpointOf(place.query);
  const unit = unitOf(diff.kinds);
  const title = `What was learned between event ${counted(diff.from)} and event ${counted(diff.to)}`;
  const presumption = diff.after.total ?? diff.after.orders[0];
  const about = tableHead({
    ...{ of: found, orders, unit, at: diff.validAt, zone, known, by: standpoint.by, presumption: presumption ?? null },
    more: [
      ['known before', `to event ${counted(diff.from)}`],
      ['known after', `to event ${counted(diff.to)}`],
    ],
  });
  const figureRows = [
    ...diff.after.orders.map((one) => ({
      key: one.order,
      name: `Order ${safe(refs.get(one.order) ?? one.order)}`,
      before: diff.before.orders.find(({ order }) => order === one.order),
      after: one,
    })),
    ...(orders.length > 1 && diff.after.total
      ? [{ key: 'total', name: totalName(orders.length), before: diff.before.total, after: diff.after.total }]
      : []),
  ].flatMap(({ key, name, before, after }) =>
    (['effective', 'ever'] as const).map((definition) => ({
      key: `${key}-${definition}`,
      kind:
        before && figureWords(before[definition], unit, []) === figureWords(after[definition], unit, []) ? undefined : ('marked' as const),
      cells: [
        { text: name },
        { text: DEFINITION_WORDS[definition] },
        { text: before ? figureWords(before[definition], unit, []) : 'order not known then' },
        { text: figureWords(after[definition], unit, []) },
      ],
    })),
  );
  return (
    <>
      <p class="way">
        <Link href={hrefOf(`/cases/${found.id}`, standpointQuery(place))}>{safe(found.title)}</Link>
      </p>
      <h1>
        {title}
        {found.synthetic && <strong class="tag"> [ILLUSTRATION]</strong>}
      </h1>
      <ReportHead title={`${title}: ${safe(found.title)}`} at={at} zone={zone} known={known} by={standpoint.by} filters={[]} />
      <Controls
        {...{ place, standpoint: { ...standpoint, known: `${position}` }, at, why, zone, position }}
        caseZone={found.zone}
        onAt={(moved) => go(hrefOf(place.path, { ...place.query, rows: undefined, at: linkText(moved, zone) }))}
      />
      <DataTable
        name={title}
        about={about}
        columns={['Of', 'What is meant', `As known to event ${counted(diff.from)}`, `As known to event ${counted(diff.to)}`]}
        rows={figureRows}
      />
      <p class="footing">
        {footingParts({
          presumption,
          at: diff.validAt,
          zone,
          known,
          unit,
          by: standpoint.by,
        }).join(' · ')}
      </p>
      {(diff.orderEvents ?? []).length > 0 && (
        <>
          <h2>Learned of the orders themselves</h2>
          <DataTable
            name="Learned of the orders themselves"
            about={about}
            columns={['Order', 'Event', 'Accounts read otherwise']}
            rows={(diff.orderEvents ?? []).map((one) => ({
              key: one.event,
              cells: [
                { text: safe(refs.get(one.order) ?? one.order) },
                learnedCell(one, zone, standpointQuery(place)),
                { text: one.accounts === null ? 'not counted: the lists are too long' : counted(one.accounts) },
              ],
            }))}
          />
        </>
      )}
      <h2>Accounts read otherwise at {hourOf(diff.validAt, zone)}</h2>
      {diff.changes.length === 0 ? (
        <p>No account is read otherwise at this hour.</p>
      ) : (
        <DataTable
          name="Accounts read otherwise"
          about={about}
          columns={['Account', 'Order', 'Before', 'After', 'By which event']}
          rows={diff.changes.map((change) => changeRow(change, orders, { zone, at, query: standpointQuery(place), refs }))}
        />
      )}
      {diff.next !== null && <Link href={hrefOf(place.path, { ...place.query, rows: diff.next })}>Next {counted(ROWS)}</Link>}
      <p class="footing">{CAVEAT}</p>
    </>
  );
};

type Change = Diff['changes'][number];
type Learned = Change['events'][number];
type Context = { readonly zone: string; readonly at: string; readonly query: Place['query']; readonly refs: ReadonlyMap<string, string> };

const changeRow = (change: Change, orders: readonly Order[], { zone, at, query, refs }: Context) => {
  const order = orders.find(({ id }) => id === change.order);
  const standing = order ? standingAt(order, at) : 'not_issued';
  const words = (reading: Change['before']): string =>
    reading === null ? "not on the order's list, as known then" : pairWords(reading, standing, 'not_asked');
  const events = change.events.map((event) => learnedCell(event, zone, query));
  return {
    key: `${change.order}-${change.target}`,
    cells: [
      { text: safe(change.verbatim), shown: <Link href={hrefOf(`/targets/${change.target}`, query)}>{safe(change.verbatim)}</Link> },
      { text: safe(refs.get(change.order) ?? change.order) },
      { text: words(change.before) },
      { text: words(change.after) },
      {
        text: events.map(({ text }) => text).join('; '),
        shown: (
          <>
            {events.map(({ text, shown }) => (
              <p key={text}>{shown}</p>
            ))}
            {change.eventsMore > 0 && <p>and {counted(change.eventsMore)} more</p>}
            {events.length === 0 && 'only its order changed'}
          </>
        ),
      },
    ],
  };
};

const learnedCell = ({ event, position, type, recordedAt, reason, explanation }: Learned, zone: string, query: Place['query']): Cell => {
  const why = reason === undefined ? '' : `: ${reasonWords({ reason, explanation })}`;
  const text = `event ${counted(position)}, ${EVENT_WORDS[type] ?? spoken(type)}, recorded ${recordedHour(recordedAt, zone)}${why}`;
  return { text, shown: <Link href={hrefOf(`/events/${event}`, { ...query, known: undefined })}>{text}</Link> };
};
