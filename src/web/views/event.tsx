/** One event: what it says, all its times, on what it rests, what changed it, and what stands around it. */
import { changeWords, groundsParts, type Part } from '../../wording/grounds.ts';
import { extentOf, hourOf, recordedHour } from '../../wording/hours.ts';
import { rowOf } from '../../wording/report.ts';
import { counted, safe } from '../../wording/text.ts';
import { EVENT_WORDS, spoken } from '../../wording/words.ts';
import type { CaseReply, Entry, EventReply, OrderPage } from '../answers.ts';
import { pathWith } from '../ask.ts';
import { hrefOf, Link, type Place } from '../location.tsx';
import type { ViewProps } from '../page.tsx';
import { Around } from '../parts/around.tsx';
import { standpointQuery } from '../parts/boxes.tsx';
import { BadLink, Failed, Waiting } from '../parts/failed.tsx';
import { Fields } from '../parts/fields.tsx';
import { ReportHead } from '../parts/report-head.tsx';
import { targetOf } from '../parts/timeline.tsx';
import { useTitle } from '../parts/title.ts';
import { withFiles } from '../parts/with-files.tsx';
import { faultsOf, knownAtOf, standpointOf, zoneShown } from '../standpoint.ts';
import { useAnswer } from '../use-answer.ts';
import { useRecordedAt } from '../use-subject.ts';

export const EventView = ({ id, place }: ViewProps) => {
  const standpoint = standpointOf(place.query);
  const { value, failure } = useAnswer<EventReply>(pathWith(`/v1/events/${encodeURIComponent(id)}`, { knownAt: knownAtOf(standpoint) }));
  const faults = faultsOf(place.query, undefined);
  useTitle(value ? `Event ${counted(value.event.position)}` : 'Event');
  if (faults.length > 0) return <BadLink faults={faults} path={place.path} query={place.query} />;
  if (failure) return <Failed failure={failure} what="This event" path={place.path} query={place.query} />;
  if (!value) return <Waiting what="the event" />;
  return <EventShown reply={value} place={place} />;
};

export const EventShown = ({ reply, place }: { readonly reply: EventReply; readonly place: Place }) => {
  const { entry, event, position } = reply;
  const standpoint = standpointOf(place.query);
  const { refs, caseId, zone: caseZone } = useNames(entry, position);
  const zone = zoneShown(standpoint, caseZone ?? entry?.occurredAt.zone ?? 'UTC');
  const { envelope } = event;
  const known = { position, recordedAt: useRecordedAt(position) };
  const query = standpointQuery(place);
  if (!entry) return <Change {...{ reply, zone, query }} />;
  const row = rowOf({ ...entry, notes: (entry.sources ?? []).some(({ evidence }) => evidence) ? [] : ['without_file'] }, [], {
    zone,
    refs,
  });
  const facts: readonly Told[] = [
    ['happened', extentOf(entry.occurredAt, zone)],
    ...(entry.receivedAt ? [['received', extentOf(entry.receivedAt, zone)] as const] : []),
    ['recorded', `${recordedHour(entry.recordedAt, zone)}, as event ${counted(event.position)}`],
    ...(entry.externalRecordedAt === undefined ? [] : [['recorded where it comes from', hourOf(entry.externalRecordedAt, zone)] as const]),
    ['rests on', groundsParts(entry, zone)],
    ...row.notes.map((note) => ['note', `${note} (!)`] as const),
  ];
  const title = `Event ${counted(event.position)}: ${EVENT_WORDS[entry.type] ?? spoken(entry.type)}`;
  return (
    <article>
      <p class="way">
        {caseId !== undefined && <Link href={hrefOf(`/cases/${caseId}`, query)}>The case</Link>}{' '}
        {entry.target && <Link href={hrefOf(`/targets/${targetOf(entry.stream)}`, query)}>{safe(entry.target.verbatim)}</Link>}{' '}
        {entry.orders.map((order) => (
          <span key={order}>
            <Link href={hrefOf(`/orders/${order}`, query)}>Order {safe(refs[order] ?? order)}</Link>{' '}
          </span>
        ))}
      </p>
      <h1>
        {title}
        {envelope.data['synthetic'] === true && <strong class="tag"> [ILLUSTRATION]</strong>}
      </h1>
      <ReportHead
        {...{ title, zone, known }}
        at={undefined}
        hoursAt={entry.occurredAt.latest}
        by={undefined}
        filters={[]}
        meaning="One event: what it says, as it stands, and on what it rests."
      />
      <p class="said">{row.isStruck ? <del>{row.what}</del> : row.what}</p>
      {row.struck.map(({ field, was, is }) => (
        <p key={field}>
          {field}: <del>{was}</del> <ins>{is}</ins>
        </p>
      ))}
      {row.changes.map((change) => (
        <p key={change}>
          <em>{change}</em>
        </p>
      ))}
      <dl class="facts">
        {facts.map(([name, words]) => (
          <div key={typeof words === 'string' ? name + words : name}>
            <dt>{name}</dt>
            <dd>{typeof words === 'string' ? words : withFiles(words, query)}</dd>
          </div>
        ))}
      </dl>
      <Fields says={entry.says} zone={zone} refs={refs} />
      {caseId !== undefined && <Around caseId={caseId} entry={entry} {...{ position, zone, refs, query }} />}
      <Bytes reply={reply} />
    </article>
  );
};

/** A name, and what goes by it. */
type Told = readonly [name: string, words: string | readonly Part[]];

/** Names of the orders, and the case, of what the event is about. */
const useNames = (entry: Entry | null, position: number) => {
  const said = entry?.says['caseId'];
  const ownCase = entry?.stream.startsWith('case-') ? targetOf(entry.stream) : undefined;
  const orders = useAnswer<OrderPage>(entry ? pathWith('/v1/orders', { limit: 1_000, knownAt: position }) : undefined).value?.orders ?? [];
  const named = orders.find(({ id }) => entry?.orders.includes(id) || entry?.stream === `order-${id}`);
  const caseId = typeof said === 'string' ? said : (ownCase ?? named?.caseId);
  const ofCase = useAnswer<CaseReply>(caseId === undefined ? undefined : pathWith(`/v1/cases/${caseId}`, { knownAt: position }));
  return { refs: Object.fromEntries(orders.map(({ id, ref }) => [id, ref])), caseId, zone: ofCase.value?.case.zone };
};

type ChangeProps = { readonly reply: EventReply; readonly zone: string; readonly query: Place['query'] };

/** A correction or a retraction has no time of its own but that of recording. */
const Change = ({ reply, zone, query }: ChangeProps) => {
  const { position, envelope } = reply.event;
  const { event: about, reason, explanation } = envelope.data;
  const words = EVENT_WORDS[envelope.type] ?? spoken(envelope.type);
  return (
    <article>
      <h1>
        Event {counted(position)}: {words}
      </h1>
      <p class="said">
        {typeof reason === 'string'
          ? changeWords(
              words,
              { position, recordedAt: envelope.recordedAt, reason, explanation: typeof explanation === 'string' ? explanation : undefined },
              zone,
            )
          : `recorded ${recordedHour(envelope.recordedAt, zone)}`}
      </p>
      {typeof about === 'string' && (
        <p>
          <Link href={hrefOf(`/events/${about}`, { ...query, known: undefined })}>The event that it is about</Link>, with what it said
          before and says now.
        </p>
      )}
      <Bytes reply={reply} />
    </article>
  );
};

const Bytes = ({ reply: { event } }: { readonly reply: EventReply }) => (
  <details>
    <summary>As it is stored</summary>
    <p class="grounds">
      hash {event.hash} · stream {safe(event.envelope.stream)}, revision {event.envelope.revision} · event id {event.envelope.id}
    </p>
    <pre>{safe(JSON.stringify(event.envelope, null, 2)).replaceAll('\\u{a}', '\n')}</pre>
  </details>
);
