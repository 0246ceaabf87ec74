/** Answers of the wire, made from plain values. */
import type { Expected } from './append-table.ts';
import { type StoredRecord, TOMBSTONE_REVISION } from './log.ts';
import { AppendResp, type AppendRespMessage, Empty, ReadResp, type ReadRespMessage, StreamIdentifier, UUID } from './wire.ts';

const TICKS_PER_MS = 10_000n;

const revisionText = (revision: number): string => (revision === TOMBSTONE_REVISION ? '9223372036854775807' : String(revision));

const identifierOf = (stream: string) => {
  const identifier = new StreamIdentifier();
  identifier.setStreamName(new Uint8Array(Buffer.from(stream)));
  return identifier;
};

/** Without a position where an append was only recognised. */
export const appended = ({ revision, position }: { readonly revision: number; readonly position?: number }): AppendRespMessage => {
  const success = new AppendResp.Success();
  if (revision === -1) success.setNoStream(new Empty());
  else success.setCurrentRevision(String(revision));
  if (position === undefined) success.setNoPosition(new Empty());
  else {
    const at = new AppendResp.Position();
    at.setCommitPosition(String(position));
    at.setPreparePosition(String(position));
    success.setPosition(at);
  }
  const answer = new AppendResp();
  answer.setSuccess(success);
  return answer;
};

export const wrongVersion = ({
  expected,
  current,
}: {
  readonly expected: Expected;
  readonly current: number | 'no_stream';
}): AppendRespMessage => {
  const wrong = new AppendResp.WrongExpectedVersion();
  if (current === 'no_stream') wrong.setCurrentNoStream(new Empty());
  else wrong.setCurrentRevision(String(current));
  if (expected === 'no_stream') wrong.setExpectedNoStream(new Empty());
  else if (expected === 'any') wrong.setExpectedAny(new Empty());
  else if (expected === 'stream_exists') wrong.setExpectedStreamExists(new Empty());
  else wrong.setExpectedRevision(String(expected));
  const answer = new AppendResp();
  answer.setWrongExpectedVersion(wrong);
  return answer;
};

export const eventRead = (record: StoredRecord): ReadRespMessage => {
  const recorded = new ReadResp.ReadEvent.RecordedEvent();
  const id = new UUID();
  id.setString(record.id);
  recorded.setId(id);
  recorded.setStreamIdentifier(identifierOf(record.stream));
  recorded.setStreamRevision(revisionText(record.revision));
  recorded.setCommitPosition(String(record.commit));
  recorded.setPreparePosition(String(record.prepare));
  const map = recorded.getMetadataMap();
  map.set('type', record.type);
  map.set('content-type', record.contentType);
  map.set('created', String(BigInt(record.created) * TICKS_PER_MS));
  recorded.setData(new Uint8Array(record.data));
  recorded.setCustomMetadata(new Uint8Array(record.metadata));
  const event = new ReadResp.ReadEvent();
  event.setEvent(recorded);
  event.setCommitPosition(String(record.commit));
  const answer = new ReadResp();
  answer.setEvent(event);
  return answer;
};

export const streamNotFound = (stream: string): ReadRespMessage => {
  const missing = new ReadResp.StreamNotFound();
  missing.setStreamIdentifier(identifierOf(stream));
  const answer = new ReadResp();
  answer.setStreamNotFound(missing);
  return answer;
};

export const confirmation = (subscriptionId: string): ReadRespMessage => {
  const confirmed = new ReadResp.SubscriptionConfirmation();
  confirmed.setSubscriptionId(subscriptionId);
  const answer = new ReadResp();
  answer.setConfirmation(confirmed);
  return answer;
};

export const caughtUp = (): ReadRespMessage => {
  const answer = new ReadResp();
  answer.setCaughtUp(new ReadResp.CaughtUp());
  return answer;
};

export const checkpoint = (position: number): ReadRespMessage => {
  const reached = new ReadResp.Checkpoint();
  reached.setCommitPosition(String(position));
  reached.setPreparePosition(String(position));
  const answer = new ReadResp();
  answer.setCheckpoint(reached);
  return answer;
};
