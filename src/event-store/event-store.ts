/** The port to the log: what an engine promises, and the bounds that every engine checks in the same way. */
import { isStreamName, type NonEmpty, type SealedEvent } from '../envelope/envelope.ts';
import { AppendTooLarge, MalformedAppend } from './errors.ts';

/** The revision that the stream's last event must have. There is no "any": it would hide a lost update. */
export type ExpectedRevision = number | 'no_stream';

declare const resumes: unique symbol;
/** Where a reader of one engine's log goes on; means nothing to anybody else and is never shown. */
export type ResumeToken = string & { readonly [resumes]: true };

/** A token as a reader kept it. */
export const resumeToken = (text: string): ResumeToken => text as ResumeToken;

export interface EventStore {
  /**
   * Stores all or none of the events, in order, in their one stream, and resolves once they are durable. Throws `Conflict` with the head if it is not
   * `expected`; `StoreUnavailable` if surely nothing was stored; `OutcomeUnknown` if that cannot be told.
   */
  append(events: NonEmpty<SealedEvent>, options: { readonly expected: ExpectedRevision }): Promise<void>;
  /** Events of one stream from revision `from` on, dense, at most `limit`; an unknown stream is empty. */
  readStream(stream: string, options: { readonly from: number; readonly limit: number }): Promise<readonly SealedEvent[]>;
  /** Events of all streams after the token (`null`: from the start), in an order that is the same each time; every acknowledged event is there at once. */
  readAll(options: {
    readonly after: ResumeToken | null;
    readonly limit: number;
  }): Promise<{ readonly events: readonly SealedEvent[]; readonly next: ResumeToken }>;
  /** Calls `wake` after an append, at least once for the last one. A hint only: readers poll `readAll`. Returns what ends the calls. */
  onAppended(wake: () => void): () => void;
  /** Answers what was handed over, then ends reads and timers, so that the process may exit. */
  close(): Promise<void>;
}

/** What whoever runs the ledger wants to know of one thread's connection to a cluster. Plain data, since threads tell each other. */
export type ClusterHealth = {
  /** Ms since 1970 of the last call that was answered; null before the first. */
  readonly answeredAt: number | null;
  readonly inFlight: number;
  /** How many clients had to be made anew. */
  readonly renewals: number;
  readonly outcomesUnknown: number;
  /** How often something was tried again, by what had failed. */
  readonly retries: { readonly [failure: string]: number };
  /** Streams of the ledger to which somebody else did something: their events may be gone with the next scavenge. */
  readonly tampered: readonly { readonly stream: string; readonly keys: readonly string[] }[];
};
/** What became of an append, `STORED` or the code of its error, and after how long, all tries included. */
export type AppendSettled = { readonly outcome: string; readonly ms: number };

/** Under the smallest limit of a server, 1 MiB an append. */
export const APPEND_BYTES_MAX = 900_000;
export const APPEND_EVENTS_MAX = 1_000;
/** What an event costs a server besides E: type, id, metadata. */
const EVENT_OVERHEAD_BYTES = 200;
/** Bounds what one read holds in memory, and for how long it keeps a thread. */
export const READ_EVENTS_MAX = 1_000;

/** Refuses what no engine may send; returns the stream and what the append weighs. */
export const checkAppend = (
  events: readonly SealedEvent[],
  expected: ExpectedRevision,
): { readonly stream: string; readonly bytes: number } => {
  const [first] = events;
  if (first === undefined) throw new MalformedAppend('no_events');
  if (events.length > APPEND_EVENTS_MAX) throw new AppendTooLarge({ measure: 'events', actual: events.length, max: APPEND_EVENTS_MAX });
  if (expected !== 'no_stream' && !isRevision(expected)) throw new MalformedAppend('expected');
  const { stream } = first.event;
  if (!isStreamName(stream)) throw new MalformedAppend('stream_name');
  let revision = expected === 'no_stream' ? 0 : expected + 1;
  let bytes = 0;
  for (const { event, text } of events) {
    if (event.stream !== stream) throw new MalformedAppend('several_streams');
    if (event.revision !== revision) throw new MalformedAppend('revisions');
    revision += 1;
    bytes += Buffer.byteLength(text) + EVENT_OVERHEAD_BYTES;
  }
  if (bytes > APPEND_BYTES_MAX) throw new AppendTooLarge({ measure: 'bytes', actual: bytes, max: APPEND_BYTES_MAX });
  return { stream, bytes };
};

/** A wrong page is a mistake in our own code, and no answer would be right. */
export const checkPage = ({ from, limit }: { readonly from: number; readonly limit: number }): void => {
  if (!isRevision(from)) throw new RangeError(`a page starts at a revision, not at ${from}`);
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > READ_EVENTS_MAX)
    throw new RangeError(`a page has 1 to ${READ_EVENTS_MAX} events, not ${limit}`);
};

const isRevision = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
