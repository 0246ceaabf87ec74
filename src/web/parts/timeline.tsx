/** What happened, in the order in which it occurred: one line for acts that say the same of many accounts; nothing struck is left out. */

import { useMemo } from 'preact/hooks';
import { partsText, sourcesParts } from '../../wording/grounds.ts';
import { hourOf } from '../../wording/hours.ts';
import { type Context, lineRow, type ReportRow } from '../../wording/report.ts';
import { objectsIn, partyName, type Says } from '../../wording/said.ts';
import { kindWords } from '../../wording/sentences.ts';
import { counted, safe } from '../../wording/text.ts';
import { ASSERTION_WORDS, RESTRICTIONS, spoken } from '../../wording/words.ts';
import type { EntryPage, Line, LinePage } from '../answers.ts';
import { pathWith } from '../ask.ts';
import { instantAt, instantIn, linkText } from '../hour-steps.ts';
import { go, hrefOf, Link, type Place } from '../location.tsx';
import { useAnswer } from '../use-answer.ts';
import type { Subject } from '../use-subject.ts';
import { standpointQuery } from './boxes.tsx';
import { type Cell, DataTable, type TableRow } from './data-table.tsx';
import { Failed, Waiting } from './failed.tsx';
import { asLine } from './lines.ts';
import { type Presumed, tableHead } from './table-head.ts';
import { withFiles } from './with-files.tsx';

const ROWS = 200;
const COLUMNS = ['Time', 'What', 'Who', 'Accounts', 'Source, page', 'Recorded', 'Event', 'Note'];

/** What is done to accounts, or refused. */
const ACTS: readonly string[] = [...RESTRICTIONS, 'TargetReinstated', 'TargetDeclined', 'TargetGone'];

/** What a reader looks for among the events, by the types of it. */
export const SELECTIONS: { readonly [name: string]: { readonly words: string; readonly types: string } } = {
  acts: {
    words: 'acts about accounts',
    types: [...ACTS, 'UserNotified', 'TargetLinked', 'TargetWithdrawn', 'TargetListed'].join(','),
  },
  orders: {
    words: 'orders and notices',
    types:
      'CaseOpened,OrderIssued,OrderServed,OrderConfirmed,OrderStayed,StayLifted,OrderRevoked,NoticeServed,OrderAnswered,DeadlineSet,ClockStopped,ClockRestarted,CoverageDeclared',
  },
  said: { words: 'meetings and statements', types: 'MeetingHeld,StatementMade' },
  claims: { words: 'claims, as published', types: 'ClaimRecorded,ClaimWithdrawn' },
};

type TimelineProps = {
  readonly subject: Subject;
  readonly place: Place;
  readonly at: string;
  readonly by: string | undefined;
  readonly presumption: Presumed | null | undefined;
};

export const Timeline = ({ subject, place, at, by, presumption }: TimelineProps) => {
  const { found, orders, position, zone, known } = subject;
  const { types: selected, party, page: cursor, each } = place.query;
  const here = each === undefined ? undefined : instantIn(each);
  const selection = selected === undefined ? undefined : SELECTIONS[selected];
  const period = here === undefined ? { group: 'true' } : { from: here, to: instantAt(Date.parse(here) + 1) };
  const question = { case: found.id, ...period, knownAt: position, reportedBy: by, types: selection?.types, party };
  const {
    value: page,
    failure,
    isLate,
  } = useAnswer<LinePage | EntryPage>(pathWith('/v1/chronology', { ...question, limit: ROWS, cursor }));
  const value = useMemo(() => page && { next: page.next, lines: 'lines' in page ? page.lines : page.entries.map(asLine) }, [page]);
  const changed = value && here === undefined ? changedAt(value.lines, at) : 0;
  // Drawn anew when what is shown or the address changes, and not with each step of a hand that is still moving.
  const told = useMemo(
    () => toldOf(value?.lines ?? [], { zone, refs: Object.fromEntries(subject.refs) }, place),
    [value, zone, subject.refs, place.query],
  );
  const change = (query: Place['query']): void => go(hrefOf(place.path, { ...place.query, page: undefined, ...query }));
  return (
    <section class="timeline" aria-busy={isLate}>
      <h2 id="timeline">Timeline</h2>
      {changed > 0 && (
        <p>
          <Link href={`${hrefOf(place.path, { ...place.query, each: linkText(at, zone), page: undefined })}#timeline`}>
            Changed here: {counted(changed)}
          </Link>{' '}
          {changed === 1 ? 'account' : 'accounts'} acted upon at {hourOf(at, zone)}
        </p>
      )}
      {here !== undefined && (
        <p class="notice">
          Each event that can have happened at {hourOf(here, zone)}, alone.{' '}
          <Link href={`${hrefOf(place.path, { ...place.query, each: undefined, page: undefined })}#timeline`}>The whole timeline</Link>
        </p>
      )}
      <form
        class="filters"
        onSubmit={(event) => {
          event.preventDefault();
          const name = new FormData(event.currentTarget).get('party');
          change({ party: typeof name === 'string' && name.trim() !== '' ? name.trim() : undefined });
        }}
      >
        <label>
          Show{' '}
          <select value={selection ? (selected ?? '') : ''} onChange={({ currentTarget }) => change({ types: currentTarget.value })}>
            <option value="">everything</option>
            {Object.entries(SELECTIONS).map(([name, { words }]) => (
              <option key={name} value={name}>
                {words}
              </option>
            ))}
          </select>
        </label>{' '}
        <label>
          by or with{' '}
          <input name="party" type="search" defaultValue={party ?? ''} placeholder="a name, role, organisation" maxLength={200} />
        </label>{' '}
        <button type="submit">Filter</button>
      </form>
      {failure && <Failed failure={failure} what="This timeline" path={place.path} query={place.query} />}
      {!failure && !value && <Waiting what="the timeline" />}
      {value && value.lines.length === 0 && (
        <p class="notice">
          Nothing on record fits this filter.{' '}
          <Link href={hrefOf(place.path, { ...place.query, types: undefined, party: undefined, page: undefined })}>Show everything</Link>
        </p>
      )}
      {value && value.lines.length > 0 && (
        <DataTable
          name={`Timeline: ${safe(found.title)}`}
          about={tableHead({
            ...{ of: found, orders, at, zone, known, by, presumption },
            more: [['only', selection ? selection.words : 'all'], ...(party === undefined ? [] : [['by or with', safe(party)] as const])],
          })}
          columns={COLUMNS}
          rows={rowsAt(told, at, zone)}
        />
      )}
      <p class="pager">
        {cursor !== undefined && <Link href={hrefOf(place.path, { ...place.query, page: undefined })}>First page</Link>}{' '}
        {value?.next && (
          <Link href={`${hrefOf(place.path, { ...place.query, page: value.next })}#timeline`}>Next {counted(ROWS)} lines</Link>
        )}
      </p>
    </section>
  );
};

/** Accounts that were acted upon at the very instant, as far as the lines at hand tell. */
const changedAt = (lines: readonly Line[], at: string): number =>
  lines
    .filter(
      ({ type, occurredAt, isRetracted }) => occurredAt.earliest === at && occurredAt.latest === at && ACTS.includes(type) && !isRetracted,
    )
    .reduce((sum, { targets }) => sum + targets, 0);

type Told = { readonly line: Line; readonly key: string; readonly isStruck: boolean; readonly cells: readonly Cell[] };

/** What does not change with the hour looked at. */
const toldOf = (lines: readonly Line[], context: Context, place: Place): readonly Told[] =>
  lines.map((line) => {
    const row = lineRow({ ...line, notes: notesOf(line) }, [], context);
    return { line, key: line.first.event, isStruck: row.isStruck, cells: cellsOf(line, row, context, place) };
  });

/** Where the hour looked at lies among the rows is said in a row of its own. */
const rowsAt = (told: readonly Told[], at: string, zone: string): readonly TableRow[] => {
  const next = told.findIndex(({ line }) => line.occurredAt.earliest > at);
  return told.map(({ line: { occurredAt }, key, isStruck, cells }, index) => ({
    key,
    cells,
    kind: isStruck ? 'struck' : occurredAt.earliest > at ? 'later' : occurredAt.earliest === at ? 'marked' : undefined,
    above: index === next ? `Hour looked at: ${hourOf(at, zone)}. What follows had not happened, or need not have.` : undefined,
  }));
};

const notesOf = ({ first: { sources = [] } }: Line): 'without_file'[] =>
  sources.some(({ evidence }) => evidence !== undefined) ? [] : ['without_file'];

const cellsOf = (line: Line, row: ReportRow, { zone }: Context, place: Place): readonly Cell[] => {
  const { first, events, kinds } = line;
  const { sources = [], assertion } = first;
  const query = standpointQuery(place);
  const accounts = kindWords(kinds);
  const notes = [
    ...row.changes,
    ...row.notes.map((note) => `${note} (!)`),
    ...row.struck.map(({ field, was, is }) => `${field}: first ${was}, now ${is}`),
  ];
  const source = sources.length > 0 ? sourcesParts(sources, zone) : [ASSERTION_WORDS[assertion] ?? safe(spoken(assertion))];
  return [
    {
      text: row.occurred,
      shown: <Link href={hrefOf(place.path, { ...place.query, at: linkText(line.occurredAt.earliest, zone) })}>{row.occurred}</Link>,
    },
    {
      text: row.what,
      shown: row.isStruck ? <del>{row.what}</del> : row.what,
    },
    { text: whoIn(line) },
    {
      text: accounts,
      shown:
        first.target && events === 1 ? (
          <Link href={hrefOf(`/targets/${targetOf(first.stream)}`, query)}>{safe(first.target.verbatim)}</Link>
        ) : events === 1 ? (
          accounts
        ) : (
          <Link
            href={`${hrefOf(place.path, { ...place.query, each: linkText(line.occurredAt.earliest, zone), page: undefined })}#timeline`}
          >
            {accounts}
          </Link>
        ),
    },
    { text: partsText(source), shown: withFiles(source, query) },
    { text: row.recorded },
    { text: row.which, shown: <Link href={hrefOf(`/events/${first.event}`, query)}>{row.which}</Link> },
    { text: notes.join('; '), shown: notes.map((note) => <p key={note}>{note}</p>) },
  ];
};

/** `target-<id>` names the target. */
export const targetOf = (stream: string): string => stream.slice(stream.indexOf('-') + 1);

const PARTIES = ['speaker', 'claimant', 'by', 'authority'];

/** Who did or said it, as far as the event names him; of acts about accounts, the platform. */
const whoIn = ({ type, says, first }: Line): string => {
  const people = objectsIn(says, 'participants');
  if (people.length > 0) return people.map(participantName).join(', ');
  const named = PARTIES.flatMap((field) => (typeof says[field] === 'object' ? objectsIn({ of: [says[field] ?? {}] }, 'of') : []));
  if (named.length > 0) return named.map(partyName).join(', ');
  return type.startsWith('Target') && type !== 'TargetListed' && type !== 'TargetWithdrawn' && first.target ? 'platform' : '';
};
const participantName = (party: Says): string => {
  const count = typeof party['count'] === 'number' ? `${counted(party['count'])} of ` : '';
  return `${count}${partyName(party)}`;
};
