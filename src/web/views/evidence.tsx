/** A file of evidence: what it is, from whom it was had and how, whether its bytes are still those, and which events rest on it. */
import { useState } from 'preact/hooks';
import { changeWords, type Part } from '../../wording/grounds.ts';
import { extentOf, recordedHour } from '../../wording/hours.ts';
import { counted, safe } from '../../wording/text.ts';
import type { Citations, EventReply, Evidence, Verification } from '../answers.ts';
import { AskFailed, askFile, type Failure, pathWith } from '../ask.ts';
import { save } from '../files/table-files.ts';
import { hrefOf, Link } from '../location.tsx';
import type { ViewProps } from '../page.tsx';
import { standpointQuery } from '../parts/boxes.tsx';
import { CITED_ROWS, CitedBy } from '../parts/cited-by.tsx';
import { BadLink, Failed, Waiting } from '../parts/failed.tsx';
import { knownWords } from '../parts/footing.tsx';
import { ReportHead } from '../parts/report-head.tsx';
import { useTitle } from '../parts/title.ts';
import { withFiles } from '../parts/with-files.tsx';
import { faultsOf, knownAtOf, standpointOf, zoneShown } from '../standpoint.ts';
import { useAnswer } from '../use-answer.ts';
import { useRecordedAt } from '../use-subject.ts';

const BYTES_WORDS: { readonly [state in Verification['file']]: string } = {
  intact: 'they are held, and are what was put on record',
  missing: 'they are not held here: the file is missing',
  altered: 'they are not those that were put on record: the file here was altered, and is not handed out',
  unreadable: 'the file is here, and cannot be read',
};
/** What was found, and when: a file may be altered at any time after. */
const bytesWords = ({ file, hashedAt }: Verification, zone: string): string =>
  `looked for and hashed ${recordedHour(hashedAt, zone)}: ${BYTES_WORDS[file]}`;

/** That nobody could ask says nothing of the file. */
const notAskedWords = (failure: Failure): string => {
  if (failure.kind === 'unreachable') return 'could not be asked for: the ledger does not answer';
  if (failure.kind === 'token') return 'could not be asked for: the ledger asks who is calling';
  return `could not be asked for: ${safe(failure.problem.title)}`;
};

export const EvidenceView = ({ id, place }: ViewProps) => {
  const standpoint = standpointOf(place.query);
  const path = `/v1/evidence/${encodeURIComponent(id)}`;
  const record = useAnswer<Evidence>(pathWith(`${path}/record`, { knownAt: knownAtOf(standpoint) }));
  const { value } = record;
  const known = value?.position;
  const event = useAnswer<EventReply>(value && pathWith(`/v1/events/${value.evidence.event}`, { knownAt: known }));
  const bytes = useAnswer<Verification>(value && pathWith(`${path}/verification`, { knownAt: known }));
  const cited = useAnswer<Citations>(
    value && pathWith(`${path}/citations`, { knownAt: known, limit: CITED_ROWS, cursor: place.query['rows'] }),
  );
  const recordedAt = useRecordedAt(known);
  const faults = faultsOf(place.query, undefined);
  useTitle('File of evidence');
  if (faults.length > 0) return <BadLink faults={faults} path={place.path} query={place.query} />;
  const failure = record.failure ?? event.failure ?? cited.failure;
  if (failure) return <Failed failure={failure} what="This file" path={place.path} query={place.query} />;
  if (!value || !event.value || !cited.value) return <Waiting what="the file" />;
  const { evidence } = value;
  const { entry } = event.value;
  const zone = zoneShown(standpoint, entry?.occurredAt.zone ?? 'UTC');
  const query = standpointQuery(place);
  const asKnown = { position: value.position, recordedAt };
  const name = `File of evidence: ${safe(evidence.mediaType)}, ${counted(evidence.bytes)} bytes`;
  const facts: readonly (readonly [string, string | readonly Part[]])[] = [
    ['SHA-256', evidence.id],
    ['obtained from', safe(evidence.obtainedFrom)],
    ['how', safe(evidence.method)],
    ['obtained', extentOf(evidence.occurredAt, zone)],
    ['said to be', `${safe(evidence.mediaType)}: as whoever sent it states, nobody looked inside`],
    ['size', `${counted(evidence.bytes)} bytes`],
    ...(evidence.derivedFrom === undefined ? [] : [['made from', [{ file: evidence.derivedFrom }]] as const]),
    ...(evidence.derivation === undefined ? [] : [['made how', safe(evidence.derivation)] as const]),
    ...(evidence.text === undefined ? [] : [['said of it', safe(evidence.text)] as const]),
    ...(entry ? [['recorded', `${recordedHour(entry.recordedAt, zone)}, as event ${counted(entry.position)}`] as const] : []),
  ];
  return (
    <article>
      <h1>
        {name}
        {evidence.synthetic && <strong class="tag"> [ILLUSTRATION]</strong>}
      </h1>
      <ReportHead
        {...{ title: name, zone, known: asKnown }}
        at={undefined}
        hoursAt={evidence.occurredAt.latest}
        by={undefined}
        filters={[]}
        meaning="A file of evidence, and which events name it, each as it was recorded."
      />
      {evidence.retracted && (
        <p class="notice">
          The record of this file was taken back ({changeWords('retracted', evidence.retracted, zone)}). What names it stands, unless it was
          retracted too.
        </p>
      )}
      <dl class="facts">
        {facts.map(([what, words]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd class={what === 'SHA-256' ? 'hash' : undefined}>{typeof words === 'string' ? words : withFiles(words, query)}</dd>
          </div>
        ))}
        <div>
          <dt>its bytes</dt>
          <dd>
            {bytes.failure ? notAskedWords(bytes.failure) : bytes.value ? bytesWords(bytes.value, zone) : 'being hashed …'}
            {!bytes.failure && bytes.value?.file === 'intact' && <Download path={path} name={evidence.id} />}
          </dd>
        </div>
      </dl>
      <p>
        <Link href={hrefOf(`/events/${evidence.event}`, query)}>The event that put it on record</Link>
      </p>
      <CitedBy cited={cited.value} path={`${path}/citations`} {...{ place, query, zone, name }} known={knownWords(asKnown, zone)} />
    </article>
  );
};

/** Fetched, so that it comes also where the ledger asks who is calling. */
const Download = ({ path, name }: { readonly path: string; readonly name: string }) => {
  const [said, setSaid] = useState('');
  const take = async (): Promise<void> => {
    try {
      save(await askFile(path), name);
      setSaid('');
    } catch (error) {
      if (!(error instanceof AskFailed)) throw error;
      setSaid('The ledger did not hand it out: nothing was saved.');
    }
  };
  return (
    <span class="downloads">
      {' '}
      <button type="button" onClick={() => void take()}>
        Download the file
      </button>{' '}
      <span role="status">{said}</span>
    </span>
  );
};
