/** Which events name a file, one by one; what was retracted since is struck. */
import { extentOf, recordedHour } from '../../wording/hours.ts';
import { counted, safe } from '../../wording/text.ts';
import { CAVEAT, EVENT_WORDS, spoken } from '../../wording/words.ts';
import type { Citations } from '../answers.ts';
import { pathWith } from '../ask.ts';
import { hrefOf, Link, type Place, type Query } from '../location.tsx';
import { type Cell, DataTable, type TableRow } from './data-table.tsx';
import { FILE_PAGE_ROWS, pagesOf } from './file-pages.ts';
import { targetOf } from './timeline.tsx';

export const CITED_ROWS = 100;

type CitedByProps = {
  readonly cited: Citations;
  /** Of the question, without a page. */
  readonly path: string;
  readonly place: Place;
  readonly query: Query;
  readonly zone: string;
  readonly known: string;
  readonly name: string;
};

export const CitedBy = ({ cited, path, place, query, zone, known, name }: CitedByProps) => {
  const { citations, total, totalRetracted, next, position, sha256 } = cited;
  const cells = (citation: Citation): readonly Cell[] => cellsOf(citation, zone, query);
  const rows = citations.map((citation): TableRow => {
    const kind = citation.retracted ? 'struck' : undefined;
    return { key: citation.event, cells: cells(citation), kind };
  });
  const pages = pathWith(path, { knownAt: position, limit: FILE_PAGE_ROWS });
  return (
    <section>
      <h2>Cited by {citedWords(total, totalRetracted)}</h2>
      {total === 0 ? (
        <p class="notice">No event that was recorded by then names this file, nor did one that was corrected or retracted since.</p>
      ) : (
        <DataTable
          name={`Cited by: ${name}`}
          about={[
            ['file', sha256],
            ['known', known],
            ['events', `${citedWords(total, totalRetracted)}, each as it was recorded`],
            ['caveat', CAVEAT],
          ]}
          columns={COLUMNS}
          rows={rows}
          all={() => pagesOf<Citations>(pages, (page) => page.citations.map(cells), 'citations')}
        />
      )}
      <p class="footing">
        {known} · each event as it was recorded: one that was corrected since may name another file now; one that was retracted since is
        struck, and counts no more · {CAVEAT}
      </p>
      <p class="pager">
        {place.query['rows'] !== undefined && <Link href={hrefOf(place.path, { ...place.query, rows: undefined })}>First page</Link>}{' '}
        {next !== null && <Link href={hrefOf(place.path, { ...place.query, rows: next })}>Next {counted(CITED_ROWS)}</Link>}
      </p>
    </section>
  );
};

/** `18 events, of which 9 were retracted since` */
const citedWords = (total: number, retracted: number): string => {
  const events = total === 1 ? 'one event' : `${counted(total)} events`;
  if (retracted === 0) return events;
  return total === 1
    ? `${events}, which was retracted since`
    : `${events}, of which ${counted(retracted)} ${retracted === 1 ? 'was' : 'were'} retracted since`;
};

type Citation = Citations['citations'][number];

const COLUMNS = ['Event', 'What', 'About', 'When', 'Where in the file', 'Recorded', 'Retracted since'];

const cellsOf = (citation: Citation, zone: string, query: Query): readonly Cell[] => {
  const { event, position, type, stream, occurredAt, recordedAt, locators, retracted } = citation;
  const about = aboutWords(citation);
  const path = PLACES[categoryOf(stream)]?.path;
  return [
    { text: counted(position), shown: <Link href={hrefOf(`/events/${event}`, query)}>{counted(position)}</Link> },
    { text: EVENT_WORDS[type] ?? spoken(type) },
    { text: about, shown: path === undefined ? about : <Link href={hrefOf(`/${path}/${targetOf(stream)}`, query)}>{about}</Link> },
    { text: occurredAt === null ? '' : extentOf(occurredAt, zone) },
    { text: locators.map(safe).join('; ') },
    { text: recordedHour(recordedAt, zone) },
    retracted === null
      ? { text: '' }
      : {
          text: `by event ${counted(retracted.position)}, ${recordedHour(retracted.recordedAt, zone)}`,
          shown: (
            <>
              by <Link href={hrefOf(`/events/${retracted.event}`, query)}>event {counted(retracted.position)}</Link>,{' '}
              {recordedHour(retracted.recordedAt, zone)}
            </>
          ),
        },
  ];
};

/** `path`: of its page, if it has one. */
const PLACES: { readonly [category: string]: { readonly path?: string; readonly words: string } } = {
  case: { path: 'cases', words: 'its case' },
  order: { path: 'orders', words: 'its order' },
  target: { path: 'targets', words: 'its account' },
  meeting: { path: 'meetings', words: 'its meeting' },
  evidence: { path: 'evidence', words: 'another file' },
  statement: { words: 'a statement' },
  claim: { words: 'a claim' },
  import: { words: 'an import' },
};
const categoryOf = (stream: string): string => stream.split('-')[0] ?? '';
const aboutWords = ({ stream, verbatim }: Citation): string =>
  verbatim === null ? (PLACES[categoryOf(stream)]?.words ?? '') : safe(verbatim);
