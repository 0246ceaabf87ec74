/** What came before an event and after it in its case, and, of a meeting, what was said in it: sequence, not cause. */
import { extentOf } from '../../wording/hours.ts';
import { lineRow } from '../../wording/report.ts';
import type { Entry, EntryPage, Line, LinePage } from '../answers.ts';
import { pathWith } from '../ask.ts';
import { instantAt } from '../hour-steps.ts';
import { hrefOf, Link, type Place } from '../location.tsx';
import { useAnswer } from '../use-answer.ts';
import { DAY_MS } from './chart-scale.ts';
import { asLine } from './lines.ts';
import { targetOf } from './timeline.tsx';

const ROWS = 40;
const SHOWN = 5;
const REACH_MS = 14 * DAY_MS;

type AroundProps = {
  readonly caseId: string;
  readonly entry: Entry;
  readonly position: number;
  readonly zone: string;
  readonly refs: { readonly [order: string]: string };
  readonly query: Place['query'];
};

export const Around = (props: AroundProps) => {
  const { caseId, entry, position } = props;
  const { earliest, latest } = entry.occurredAt;
  const asked = { case: caseId, group: 'true', knownAt: position };
  const after = useAnswer<LinePage>(pathWith('/v1/chronology', { ...asked, from: earliest, limit: ROWS }));
  const before = useAnswer<LinePage>(
    pathWith('/v1/chronology', { ...asked, from: instantAt(Date.parse(earliest) - REACH_MS), to: earliest, limit: 1_000 }),
  );
  const isOther = ({ first }: Line): boolean => first.event !== entry.event;
  const undetermined = (after.value?.lines ?? []).filter((line) => isOther(line) && line.occurredAt.earliest <= latest);
  const later = (after.value?.lines ?? []).filter((line) => isOther(line) && line.occurredAt.earliest > latest);
  const earlier = (before.value?.lines ?? []).filter((line) => isOther(line) && line.occurredAt.latest < earliest);
  return (
    <>
      {entry.type === 'MeetingHeld' && <SaidIn {...props} />}
      <h2>Before and after it: sequence, not cause</h2>
      <Lines {...props} name="Before it (of the fortnight before)" lines={earlier.slice(-SHOWN)} />
      {undetermined.length > 0 && (
        <Lines {...props} name="At the same time, or which came first is not known" lines={undetermined.slice(0, SHOWN)} />
      )}
      <Lines {...props} name="After it" lines={later.slice(0, SHOWN)} />
    </>
  );
};

type LinesProps = AroundProps & { readonly name: string; readonly lines: readonly Line[] };

const Lines = ({ name, lines, zone, refs, query }: LinesProps) => (
  <>
    <h3>{name}</h3>
    {lines.length === 0 ? (
      <p>nothing on record</p>
    ) : (
      <ul>
        {lines.map((line) => (
          <li key={line.first.event}>
            {extentOf(line.occurredAt, zone)}:{' '}
            <Link href={hrefOf(`/events/${line.first.event}`, query)}>{lineRow({ ...line, notes: [] }, [], { zone, refs }).what}</Link>
          </li>
        ))}
      </ul>
    )}
  </>
);

/** Statements that name the meeting as where they were made. */
const SaidIn = ({ caseId, entry, position, zone, refs, query }: AroundProps) => {
  const { value } = useAnswer<EntryPage>(
    pathWith('/v1/chronology', { case: caseId, types: 'StatementMade', knownAt: position, limit: 1_000 }),
  );
  const meeting = targetOf(entry.stream);
  const said = (value?.entries ?? []).filter(({ says }) => says['meetingId'] === meeting);
  return (
    <>
      <h2>What was said in it</h2>
      {said.length === 0 ? (
        <p>Nothing that was said in it is on record.</p>
      ) : (
        <ul>
          {said.map((one) => (
            <li key={one.event}>
              <Link href={hrefOf(`/events/${one.event}`, query)}>{lineRow({ ...asLine(one), notes: [] }, [], { zone, refs }).what}</Link>
            </li>
          ))}
        </ul>
      )}
    </>
  );
};
