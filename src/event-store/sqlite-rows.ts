/** From rows to sealed events and back, over the statements of one connection: what is read is checked against the engine's own columns. */
import type { SealedEvent } from '../envelope/envelope.ts';
import { parseSealed } from '../envelope/seal.ts';
import { sha256Hex } from '../envelope/sha256.ts';
import { Conflict, type Corruption, type EventStoreError, StoreCorrupt } from './errors.ts';
import type { WaitingAppend } from './group-commit.ts';

type Bound = number | bigint | string | Uint8Array;
/** Gives each row as an array. */
type Query = { all(...values: readonly Bound[]): unknown };
type Insert = { run(...values: readonly Bound[]): { readonly lastInsertRowid: number | bigint } };

/** The statements of `sqlite-schema.ts` under the same names, prepared. */
export type Statements = {
  readonly selectStreams: Query;
  readonly selectOfStream: Query;
  readonly selectAfter: Query;
  readonly insertStream: Insert;
  readonly insertEvent: Insert;
};

type KnownStream = { readonly no: number | bigint; readonly head: number };
type StreamRow = readonly [no: number, name: string, h: number, head: number | null];

/** 48 bits: a number that binds without a BigInt. A cryptographic hash, since callers choose names and could make slow ones collide. */
const streamHash = (name: string): number => Number.parseInt(sha256Hex(name).slice(0, 12), 16);

const findStream = ({ selectStreams }: Statements, stream: string): KnownStream | undefined => {
  const looked = streamHash(stream);
  for (const [no, name, h, head] of selectStreams.all(looked) as readonly StreamRow[]) {
    if (h !== looked || (name !== stream && streamHash(name) !== looked)) throw corrupt('stream', stream, head);
    if (name !== stream) continue;
    // A stream is made together with its first event.
    if (head === null || head < 0) throw corrupt('order', stream, head);
    return { no, head };
  }
  return undefined;
};

/** Writes inside the open transaction; what it refuses by itself has written nothing and harms no other append of the group. */
export const attempt = (statements: Statements, { stream, events, expected }: WaitingAppend): EventStoreError | undefined => {
  let known: KnownStream | undefined;
  try {
    known = findStream(statements, stream);
  } catch (cause) {
    if (cause instanceof StoreCorrupt) return cause;
    throw cause;
  }
  const head = known?.head ?? 'no_stream';
  if (head !== expected) return new Conflict({ stream, expected, head });
  const no = known?.no ?? statements.insertStream.run(stream, streamHash(stream)).lastInsertRowid;
  for (const { event, text, hash } of events) statements.insertEvent.run(no, event.revision, text, hash);
  return undefined;
};

type EventOfStreamRow = readonly [revision: number, text: string, hash: Uint8Array];

export const eventsOfStream = (statements: Statements, stream: string, from: number, limit: number): readonly SealedEvent[] => {
  const known = findStream(statements, stream);
  if (known === undefined) return [];
  const rows = statements.selectOfStream.all(known.no, from, limit) as readonly EventOfStreamRow[];
  return rows.map(([revision, text, hash], index) => {
    if (revision !== from + index) throw corrupt('order', stream, from + index);
    return checked(stream, revision, text, hash);
  });
};

type EventRow = readonly [seq: number, stream: string | null, revision: number, text: string, hash: Uint8Array];

export const eventsAfter = (statements: Statements, after: number, limit: number): readonly SealedEvent[] => {
  const rows = statements.selectAfter.all(after, limit) as readonly EventRow[];
  return rows.map(([seq, stream, revision, text, hash], index) => {
    if (seq !== after + index + 1) throw corrupt('order', stream, revision);
    return checked(stream, revision, text, hash);
  });
};

const checked = (stream: string | null, revision: number, text: string, hash: Uint8Array): SealedEvent => {
  const sealed = parseSealed(text, hash);
  if (sealed === undefined) throw corrupt('hash', stream, revision);
  // The hash fits, so the event itself says which one it is.
  const { event } = sealed;
  if (event.stream !== stream) throw corrupt('stream', event.stream, event.revision);
  if (event.revision !== revision) throw corrupt('revision', event.stream, event.revision);
  return sealed;
};

const corrupt = (part: Corruption['part'], stream: string | null, revision: number | null): StoreCorrupt =>
  new StoreCorrupt({ part, stream, revision });
