/** Figures that somebody published, as published, beside their own case alone: never figures of this ledger, and never joined into a curve. */
import { useMemo } from 'preact/hooks';
import { claimed, claimedBy } from '../../wording/claim-words.ts';
import { partsText, sourcesParts } from '../../wording/grounds.ts';
import { extentOf } from '../../wording/hours.ts';
import { listIn, objectIn } from '../../wording/said.ts';
import { extentIn } from '../../wording/sentences.ts';
import { counted, safe } from '../../wording/text.ts';
import type { EntryPage } from '../answers.ts';
import { pathWith } from '../ask.ts';
import { hrefOf, Link, type Place } from '../location.tsx';
import { useAnswer } from '../use-answer.ts';
import type { Subject } from '../use-subject.ts';
import { standpointQuery } from './boxes.tsx';
import { DataTable, type TableRow } from './data-table.tsx';
import { Failed } from './failed.tsx';
import { type Presumed, tableHead } from './table-head.ts';
import { withFiles } from './with-files.tsx';

const ROWS = 200;

type ClaimsProps = {
  readonly subject: Subject;
  readonly place: Place;
  readonly at: string;
  readonly by: string | undefined;
  readonly presumption: Presumed | null | undefined;
};

export const Claims = ({ subject, place, at, by, presumption }: ClaimsProps) => {
  const { found, orders, position, zone, known, refs } = subject;
  const { value, failure } = useAnswer<EntryPage>(
    pathWith('/v1/chronology', {
      case: found.id,
      types: 'ClaimRecorded',
      limit: ROWS,
      knownAt: position,
      reportedBy: by,
      cursor: place.query['claims'],
    }),
  );
  const rows = useMemo(
    (): readonly TableRow[] =>
      (value?.entries ?? []).map(({ event, position: number, occurredAt, says, sources = [], retracted }) => {
        const population = objectIn(says, 'population');
        const named = listIn(population, 'orders')
          .map((order) => safe(refs.get(order) ?? order))
          .join(', ');
        const from = sourcesParts(sources, zone);
        const words = claimed(says, named, zone, extentIn(says, 'asOf'));
        return {
          key: event,
          kind: retracted ? 'struck' : undefined,
          cells: [
            { text: extentOf(occurredAt, zone) },
            { text: claimedBy(says) },
            {
              text: words,
              shown: <Link href={hrefOf(`/events/${event}`, standpointQuery(place))}>{retracted ? <del>{words}</del> : words}</Link>,
            },
            { text: partsText(from), shown: withFiles(from, standpointQuery(place)) },
            { text: counted(number) },
          ],
        };
      }),
    [value, zone, refs, place],
  );
  if (failure) return <Failed failure={failure} what="The claims" path={place.path} query={place.query} />;
  if (!value || value.entries.length === 0) return null;
  return (
    <section>
      <h2 id="claims">Claims, as published</h2>
      <p class="hint">
        Figures that others published about this case. They are recorded as published, and none of them is a figure of this ledger.
      </p>
      <DataTable
        name="Claims, as published"
        about={tableHead({ of: found, orders, at, zone, known, by, presumption })}
        columns={['Published', 'By', 'Claimed', 'Source', 'Event']}
        rows={rows}
      />
      {value.next !== null && <Link href={`${hrefOf(place.path, { ...place.query, claims: value.next })}#claims`}>More claims</Link>}
    </section>
  );
};
