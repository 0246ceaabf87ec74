/** What a search finds: by id, by name, by words. */
import { groundsParts } from '../../wording/grounds.ts';
import { extentOf } from '../../wording/hours.ts';
import { classesOf, sentence } from '../../wording/sentences.ts';
import { counted, safe } from '../../wording/text.ts';
import { kindWord } from '../../wording/words.ts';
import type { Entry, Found, FoundEntry, FoundTarget } from '../answers.ts';
import { pathWith } from '../ask.ts';
import { hrefOf, Link, type Query } from '../location.tsx';
import type { ViewProps } from '../page.tsx';
import { standpointQuery } from '../parts/boxes.tsx';
import { BadLink, Failed, Waiting } from '../parts/failed.tsx';
import { targetOf } from '../parts/timeline.tsx';
import { useTitle } from '../parts/title.ts';
import { withFiles } from '../parts/with-files.tsx';
import { faultsOf, knownAtOf, type Standpoint, standpointOf, zoneShown } from '../standpoint.ts';
import { useAnswer } from '../use-answer.ts';

const NAMED: { readonly [is: string]: string } = {
  case: 'cases',
  order: 'orders',
  target: 'targets',
  meeting: 'meetings',
  event: 'events',
  evidence: 'evidence',
};

/** What was found as what was asked for stands before what merely has it in it. */
const MATCH_HEADINGS: readonly (readonly [match: FoundTarget['match'], heading: string])[] = [
  ['is', 'This very name or reference'],
  ['begins', 'Names and references that begin with it'],
  ['has', 'Names and references that have it in them'],
  ['says', 'What is said with these words'],
];

export const SearchView = ({ place }: ViewProps) => {
  const { words = '' } = place.query;
  const standpoint = standpointOf(place.query);
  const { value, failure } = useAnswer<Found>(
    words.trim() === '' ? undefined : pathWith('/v1/search', { words, knownAt: knownAtOf(standpoint) }),
  );
  const faults = faultsOf(place.query, undefined);
  useTitle(`Search: ${safe(words)}`);
  if (faults.length > 0) return <BadLink faults={faults} path={place.path} query={place.query} />;
  if (words.trim() === '')
    return (
      <p class="notice">
        Nothing is searched for: type a part of a name, a reference, an id, or words above. <Link href="/">All cases</Link>
      </p>
    );
  if (failure) return <Failed failure={failure} what="This search" path={place.path} query={place.query} />;
  if (!value) return <Waiting what="what it has of this" />;
  const query = standpointQuery(place);
  const isNothing = value.named.length + value.targets.length + value.entries.length === 0;
  return (
    <>
      <h1>Search: {safe(words)}</h1>
      {isNothing && (
        <p class="notice">
          Nothing that is searched has this. A shorter part of it may find more. <Link href="/">All cases</Link>
        </p>
      )}
      {value.named.length > 0 && (
        <section>
          <h2>By its id</h2>
          <ul>
            {value.named.map(({ is, id }) => (
              <li key={is + id}>{NAMED[is] ? <Link href={hrefOf(`/${NAMED[is]}/${id}`, query)}>{`${is} ${id}`}</Link> : `${is} ${id}`}</li>
            ))}
          </ul>
        </section>
      )}
      {MATCH_HEADINGS.map(([match, heading]) => (
        <FoundAlike
          key={match}
          heading={heading}
          entries={value.entries.filter((entry) => entry.match === match)}
          targets={value.targets.filter((target) => target.match === match)}
          standpoint={standpoint}
          query={query}
        />
      ))}
      {(value.targetsMore || value.entriesMore) && <p class="notice">There is more than is shown here: type more of what is looked for.</p>}
      <p class="footing">
        as recorded to event {counted(value.position)} · searched are {value.searched} · not searched are {value.notSearched}
        {value.isComplete ? '' : ' · the record is longer than one search goes through: what was recorded first was searched'}
      </p>
    </>
  );
};

type FoundAlikeProps = {
  readonly heading: string;
  readonly entries: readonly FoundEntry[];
  readonly targets: readonly FoundTarget[];
  readonly standpoint: Standpoint;
  readonly query: Query;
};

/** Orders, cases and what is said of them before accounts. */
const FoundAlike = ({ heading, entries, targets, standpoint, query }: FoundAlikeProps) => {
  if (entries.length + targets.length === 0) return null;
  return (
    <section>
      <h2>{heading}</h2>
      <ul>
        {entries.map((entry) => (
          <EntryLine key={entry.event} entry={entry} zone={zoneShown(standpoint, entry.occurredAt.zone)} query={query} />
        ))}
        {targets.map(({ id, verbatim, kind, platform }) => (
          <li key={id}>
            <Link href={hrefOf(`/targets/${id}`, query)}>{safe(verbatim)}</Link> {kindWord(kind, 1)} on {safe(platform)}
          </li>
        ))}
      </ul>
    </section>
  );
};

type EntryLineProps = { readonly entry: Entry; readonly zone: string; readonly query: Query };

const EntryLine = ({ entry, zone, query }: EntryLineProps) => {
  const { event, stream, type, says, occurredAt } = entry;
  const [category = ''] = stream.split('-');
  const path =
    type === 'CaseOpened' || type === 'OrderIssued' || type === 'MeetingHeld' ? `/${category}s/${targetOf(stream)}` : `/events/${event}`;
  const orders: readonly string[] = typeof says['ref'] === 'string' ? [safe(says['ref'])] : [];
  return (
    <li>
      {extentOf(occurredAt, zone)}:{' '}
      <Link href={hrefOf(path, query)}>
        {sentence({ type, says, orders, whom: safe(entry.target?.verbatim ?? ''), classes: classesOf(entry), zone })}
      </Link>{' '}
      <span class="grounds">— {withFiles(groundsParts(entry, zone), query)}</span>
    </li>
  );
};
