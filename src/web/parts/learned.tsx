/** What was learned of the case and when: the points between which answers differ, and the way to each. */
import { eventsWords, reasonWords } from '../../wording/grounds.ts';
import { recordedHour } from '../../wording/hours.ts';
import { counted } from '../../wording/text.ts';
import { EVENT_WORDS, spoken } from '../../wording/words.ts';
import type { Learned } from '../answers.ts';
import { pathWith } from '../ask.ts';
import { hrefOf, Link, type Place } from '../location.tsx';
import { useAnswer } from '../use-answer.ts';
import type { Subject } from '../use-subject.ts';
import { DataTable } from './data-table.tsx';
import { Failed, Waiting } from './failed.tsx';
import { type Presumed, tableHead } from './table-head.ts';

const ROWS = 100;

/** Of all that is on record, also where the reader looks from an earlier point. */
type LearnedProps = {
  readonly subject: Subject;
  readonly place: Place;
  readonly at: string;
  readonly presumption: Presumed | null | undefined;
};
export const LearnedList = ({ subject, place, at, presumption }: LearnedProps) => {
  const { found, orders, zone, known, position } = subject;
  const { value, failure } = useAnswer<Learned>(pathWith(`/v1/cases/${found.id}/learned`, { limit: ROWS, cursor: place.query['learned'] }));
  if (failure) return <Failed failure={failure} what="What was learned" path={place.path} query={place.query} />;
  if (!value) return <Waiting what="what was learned when" />;
  const knownHref = (known: number): string => hrefOf(place.path, { ...place.query, known: `${known}`, page: undefined, rows: undefined });
  return (
    <>
      <DataTable
        name="What was learned when"
        about={tableHead({
          ...{ of: found, orders, at, zone, known, by: undefined, presumption },
          more: [['rows', `of all that is on record, to event ${counted(value.position)}`]],
        })}
        columns={['Recorded', 'Events', 'What', 'Look']}
        rows={value.runs.map((run) => ({
          key: `${run.first}`,
          kind: run.last === position ? 'marked' : undefined,
          cells: [
            { text: recordedWords(run, zone) },
            { text: eventsWords({ number: run.events, first: run.first, last: run.last }) },
            { text: runWords(run).join('; '), shown: runWords(run).map((words) => <p key={words}>{words}</p>) },
            {
              text: '',
              shown: (
                <>
                  {run.first > 1 && <Link href={knownHref(run.first - 1)}>as known before</Link>} ·{' '}
                  <Link href={knownHref(run.last)}>as known after</Link>
                  {run.first > 1 && (
                    <>
                      {' '}
                      ·{' '}
                      <Link
                        href={hrefOf(`${place.path}/changes`, {
                          ...place.query,
                          known: undefined,
                          before: `${run.first - 1}`,
                          after: `${run.last}`,
                        })}
                      >
                        what it changed
                      </Link>
                    </>
                  )}
                </>
              ),
            },
          ],
        }))}
      />
      {value.next !== null && <Link href={hrefOf(place.path, { ...place.query, learned: value.next })}>Learned later</Link>}
    </>
  );
};

type Run = Learned['runs'][number];

const recordedWords = ({ recordedAt: { first, last } }: Run, zone: string): string =>
  first === last ? recordedHour(first, zone) : `${recordedHour(first, zone)} to ${recordedHour(last, zone)}`;

const runWords = ({ isOfChanges, types, changes, events }: Run): readonly string[] => {
  if (!isOfChanges)
    return [
      Object.entries(types)
        .map(([type, number]) => `${EVENT_WORDS[type] ?? spoken(type)} (${counted(number)})`)
        .join(', '),
    ];
  const told = changes.map(
    ({ type, position, reason, explanation }) =>
      `${EVENT_WORDS[type] ?? spoken(type)}, event ${counted(position)}: ${reasonWords({ reason, explanation })}`,
  );
  return events > changes.length ? [...told, `and ${counted(events - changes.length)} more`] : told;
};
