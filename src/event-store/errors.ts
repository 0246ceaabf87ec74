/** The ways in which the event store fails: a closed union, told apart by class or `code` and never by message. */
import type { ExpectedRevision } from './event-store.ts';

export type EventStoreError =
  | Conflict
  | MalformedAppend
  | AppendTooLarge
  | AccessDenied
  | StoreUnavailable
  | OutcomeUnknown
  | StoreCorrupt
  | LeaseHeld;

/** The stream's head is not where the caller expected it; nothing was stored. */
export class Conflict extends Error {
  override readonly name = 'Conflict';
  readonly code = 'CONFLICT';
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly head: ExpectedRevision;

  constructor({
    stream,
    expected,
    head,
  }: { readonly stream: string; readonly expected: ExpectedRevision; readonly head: ExpectedRevision }) {
    super(`${stream}: expected ${expected}, found ${head}`);
    this.stream = stream;
    this.expected = expected;
    this.head = head;
  }
}

export type MalformedAppendReason = 'no_events' | 'stream_name' | 'several_streams' | 'revisions' | 'expected';

/** A mistake of the caller's, found before anything was sent. */
export class MalformedAppend extends Error {
  override readonly name = 'MalformedAppend';
  readonly code = 'MALFORMED_APPEND';
  readonly reason: MalformedAppendReason;

  constructor(reason: MalformedAppendReason) {
    super(`malformed append: ${reason}`);
    this.reason = reason;
  }
}

/** More than one append may carry: found before anything was sent, or by the server. */
export class AppendTooLarge extends Error {
  override readonly name = 'AppendTooLarge';
  readonly code = 'APPEND_TOO_LARGE';
  readonly measure: 'bytes' | 'events';
  readonly actual: number;
  readonly max: number;

  constructor({ measure, actual, max }: { readonly measure: 'bytes' | 'events'; readonly actual: number; readonly max: number }) {
    super(`append of ${actual} ${measure}, at most ${max}`);
    this.measure = measure;
    this.actual = actual;
    this.max = max;
  }
}

/** The store refuses this user, or this connection may only read; nothing was stored. */
export class AccessDenied extends Error {
  override readonly name = 'AccessDenied';
  readonly code = 'ACCESS_DENIED';
}

export type UnavailableReason =
  | 'closed'
  | 'busy'
  | 'full'
  /** The store cannot be opened, or cannot be opened again after an append whose outcome is unknown. */
  | 'cannot_open'
  /** Of a cluster: no node answers, or none within the time for all tries. */
  | 'unreachable'
  /** Of a cluster: it answers that it is still starting. */
  | 'not_ready'
  /** Where a reader was to go on is no place of this log. */
  | 'foreign_place'
  | 'server_version'
  /** The server's clock and ours differ by more than any record could bear. */
  | 'clock_off'
  /** What stands at that place is no store of ours, or one whose tables or triggers were changed. */
  | 'not_a_ledger'
  | 'schema_version'
  /** The disk or its settings do not give the durability that an acknowledgement promises. */
  | 'not_durable'
  | 'other';

/** Surely nothing was stored; the same call may be made again later. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  readonly code = 'STORE_UNAVAILABLE';
  readonly reason: UnavailableReason;

  constructor(reason: UnavailableReason, options?: ErrorOptions) {
    super(`event store unavailable: ${reason}`, options);
    this.reason = reason;
  }
}

/** The append is on disk, or it is not: read the stream before deciding anew. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';
  readonly code = 'OUTCOME_UNKNOWN';
  readonly stream: string;

  constructor(stream: string, options?: ErrorOptions) {
    super(`${stream}: not known whether the append was stored`, options);
    this.stream = stream;
  }
}

/** Where the alteration showed. Names and numbers are the engine's own; `null` where the engine cannot tell any more. */
export type Corruption = {
  readonly part: 'hash' | 'stream' | 'revision' | 'order' | 'file';
  readonly stream: string | null;
  readonly revision: number | null;
};

/** What is stored is not what was sealed: never data. */
export class StoreCorrupt extends Error {
  override readonly name = 'StoreCorrupt';
  readonly code = 'STORE_CORRUPT';
  readonly part: Corruption['part'];
  readonly stream: string | null;
  readonly revision: number | null;

  constructor({ part, stream, revision }: Corruption, options?: ErrorOptions) {
    super(`stored event altered (${part}): stream ${stream ?? 'unknown'}, revision ${revision ?? 'unknown'}`, options);
    this.part = part;
    this.stream = stream;
    this.revision = revision;
  }
}

/** Another process writes to this data folder. */
export class LeaseHeld extends Error {
  override readonly name = 'LeaseHeld';
  readonly code = 'LEASE_HELD';
  readonly folder: string;

  constructor(folder: string, options?: ErrorOptions) {
    super(`another process writes to ${folder}`, options);
    this.folder = folder;
  }
}

const CLASSES = [
  Conflict,
  MalformedAppend,
  AppendTooLarge,
  AccessDenied,
  StoreUnavailable,
  OutcomeUnknown,
  StoreCorrupt,
  LeaseHeld,
] as const;

/** How a read failed, as plain data: between threads an error loses its class. */
export type ReadFailure =
  | { readonly code: 'STORE_UNAVAILABLE'; readonly reason: UnavailableReason }
  | ({ readonly code: 'STORE_CORRUPT' } & Corruption)
  | { readonly code: 'ACCESS_DENIED'; readonly message: string };

/** `undefined` for what is no failure of a read. Known by its fields: one that ended a thread comes without its class. */
export const readFailureOf = (error: unknown): ReadFailure | undefined => {
  if (!(error instanceof Error && 'code' in error)) return undefined;
  const failure = error as Error & ReadFailure;
  switch (failure.code) {
    case 'STORE_UNAVAILABLE':
      return { code: failure.code, reason: failure.reason };
    case 'STORE_CORRUPT':
      return { code: failure.code, part: failure.part, stream: failure.stream, revision: failure.revision };
    case 'ACCESS_DENIED':
      return { code: failure.code, message: failure.message };
    default:
      return undefined;
  }
};

/** The error again. */
export const readErrorFrom = (failure: ReadFailure): StoreUnavailable | StoreCorrupt | AccessDenied => {
  switch (failure.code) {
    case 'STORE_UNAVAILABLE':
      return new StoreUnavailable(failure.reason);
    case 'STORE_CORRUPT':
      return new StoreCorrupt(failure);
    case 'ACCESS_DENIED':
      return new AccessDenied(failure.message);
  }
};

export const isEventStoreError = (cause: unknown): cause is EventStoreError => CLASSES.some((known) => cause instanceof known);
