/** The one log behind all nodes of the fake: records in the order of their positions, and what an append, a deletion or an alteration does to them. */
import { randomUUID } from 'node:crypto';
import { type Expected, judge, type Target, type Verdict } from './append-table.ts';
import { createRecentIds } from './recent-ids.ts';

/** One record, foreign and system ones included. `commit` equals `prepare`, as for every write over gRPC. */
export type StoredRecord = {
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Buffer;
  readonly metadata: Buffer;
  readonly commit: number;
  readonly prepare: number;
  /** The server's clock, in milliseconds since 1970. */
  readonly created: number;
};

export type Proposed = Pick<StoredRecord, 'id' | 'type' | 'contentType' | 'data' | 'metadata'>;
export type Address = { readonly stream: string; readonly revision: number };
/** Text and bytes are stored as they are, anything else as JSON. */
export type Content = string | Uint8Array | object;
export type Put = {
  readonly stream: string;
  readonly type: string;
  readonly data: Content;
  readonly metadata?: Content;
  readonly id?: string;
  readonly contentType?: string;
};
export type Change = Partial<StoredRecord> | ((record: StoredRecord) => Partial<StoredRecord>);

/** Where a record lies, which an alteration of what it says does not move. */
export type Entry = { readonly home: Address; readonly position: number; record: StoredRecord };
export type StreamState = 'missing' | 'open' | 'soft_deleted' | 'tombstoned';
export type Outcome =
  | Exclude<Verdict, { kind: 'write' }>
  | { readonly kind: 'written'; readonly revision: number; readonly position?: number };

/** The revision that a tombstone takes, 2^63 - 1 on the wire, is beyond what a number holds exactly. */
export const TOMBSTONE_REVISION = 2 ** 63;
/** A stream whose `$tb` is this high is soft-deleted. */
const TRUNCATED_WHOLLY = '{"$tb":9223372036854775807}';
const FIRST_POSITION = 1_337;
/** What a record takes on disk besides its words, so that positions are sparse. */
const RECORD_OVERHEAD_BYTES = 127;

export type FakeLog = ReturnType<typeof createLog>;

export const createLog = ({ now }: { readonly now: () => number }) => {
  const entries: Entry[] = [];
  const streams = new Map<string, { head: number; tombstoned: boolean; readonly entries: Entry[] }>();
  const listeners = new Set<() => void>();
  const recent = createRecentIds();
  let nextPosition = FIRST_POSITION;

  const streamOf = (name: string) => {
    const known = streams.get(name) ?? { head: -1, tombstoned: false, entries: [] };
    streams.set(name, known);
    return known;
  };

  const headOf = (stream: string): number => streams.get(stream)?.head ?? -1;

  const write = (stream: string, { id, type, contentType, data, metadata }: Proposed, at?: number): Entry => {
    const target = streamOf(stream);
    const revision = at ?? target.head + 1;
    const record = { stream, revision, id, type, contentType, data, metadata, commit: nextPosition, prepare: nextPosition, created: now() };
    const entry = { home: { stream, revision }, position: nextPosition, record };
    nextPosition += RECORD_OVERHEAD_BYTES + Buffer.byteLength(stream) + Buffer.byteLength(type) + data.length + metadata.length;
    if (at === undefined) target.head = revision;
    target.entries.push(entry);
    entries.push(entry);
    recent.remember(stream, id, revision, data.length + metadata.length);
    return entry;
  };

  const grown = (): void => {
    for (const listener of [...listeners]) listener();
  };

  const entryAt = ({ stream, revision }: Address): Entry | undefined => {
    const among = streams.get(stream)?.entries ?? [];
    const entry = among[firstFrom(among, revision, (each) => each.home.revision)];
    return entry?.home.revision === revision ? entry : undefined;
  };

  /** What the last event of `$$<stream>` says, where it can be read. */
  const metadataOf = (stream: string): { readonly [key: string]: unknown } => {
    const last = streams.get(`$$${stream}`)?.entries.at(-1);
    if (last === undefined) return {};
    try {
      return Object(JSON.parse(last.record.data.toString()));
    } catch {
      return {};
    }
  };

  /** Events below this revision are there, and are not read from the stream. */
  const readableFrom = (stream: string): number => {
    const { $tb = 0, $maxCount = Number.POSITIVE_INFINITY } = metadataOf(stream);
    return Math.max(Number($tb), headOf(stream) + 1 - Number($maxCount));
  };

  const stateOf = (stream: string): StreamState => {
    const known = streams.get(stream);
    if (known?.tombstoned) return 'tombstoned';
    if (known === undefined || known.head === -1) return 'missing';
    return readableFrom(stream) >= TOMBSTONE_REVISION ? 'soft_deleted' : 'open';
  };

  const targetOf = (stream: string): Target => ({
    head: headOf(stream),
    tombstoned: stateOf(stream) === 'tombstoned',
    softDeleted: stateOf(stream) === 'soft_deleted',
    idAt: (revision) => entryAt({ stream, revision })?.record.id,
    recent: (id) => recent.revisionOf(stream, id),
  });

  const put = ({ stream, type, data, metadata = '', id = randomUUID(), contentType = 'application/json' }: Put): StoredRecord => {
    const { record } = write(stream, { id, type, contentType, data: bytesOf(data), metadata: bytesOf(metadata) });
    grown();
    return record;
  };

  const putMetadata = (stream: string, data: Content): StoredRecord => put({ stream: `$$${stream}`, type: '$metadata', data });

  const truncate = (stream: string, { before }: { readonly before: number }): StoredRecord => putMetadata(stream, { $tb: before });

  const stored = (at: Address): Entry => {
    const entry = entryAt(at);
    if (entry === undefined) throw new Error(`nothing is stored at ${at.stream}, revision ${at.revision}`);
    return entry;
  };

  return {
    entries: entries as readonly Entry[],
    stateOf,
    readableFrom,
    put,
    headOf,
    entriesOf: (stream: string): readonly Entry[] => streams.get(stream)?.entries ?? [],

    append(stream: string, expected: Expected, proposed: readonly Proposed[]): Outcome {
      const ids = proposed.map(({ id }) => id);
      const verdict = judge(targetOf(stream), expected, ids);
      if (verdict.kind !== 'write') return verdict;
      // What was deleted stays out of sight: the stream goes on above it.
      if (stateOf(stream) === 'soft_deleted') truncate(stream, { before: headOf(stream) + 1 });
      const last = proposed.map((each) => write(stream, each)).at(-1);
      grown();
      return { kind: 'written', revision: headOf(stream), ...(last !== undefined && { position: last.position }) };
    },

    /** Changes what a record says and leaves it where it lies, as a hand in the files would. */
    alter(at: Address, change: Change): void {
      const entry = stored(at);
      entry.record = { ...entry.record, ...(typeof change === 'function' ? change(entry.record) : change) };
    },

    /** As a scavenge does: the revisions and positions of the rest stay. */
    remove(at: Address): void {
      const entry = stored(at);
      entries.splice(entries.indexOf(entry), 1);
      const among = streamOf(at.stream).entries;
      among.splice(among.indexOf(entry), 1);
    },

    truncate,
    softDelete: (stream: string): StoredRecord => putMetadata(stream, TRUNCATED_WHOLLY),

    tombstone(stream: string): StoredRecord {
      const deletion = {
        id: randomUUID(),
        type: '$streamDeleted',
        contentType: 'application/json',
        data: bytesOf('{}'),
        metadata: bytesOf(''),
      };
      const { record } = write(stream, deletion, TOMBSTONE_REVISION);
      streamOf(stream).tombstoned = true;
      grown();
      return record;
    },

    /** What a restart or a new leader has forgotten. */
    forgetRecent: recent.forget,

    /** Calls after each write, until what it returns is called. */
    onGrown(listener: () => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};

/** The index of the first whose key is at least `from`, in a list that is ordered by it. */
export const firstFrom = <T>(sorted: readonly T[], from: number, keyOf: (each: T) => number): number => {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = sorted[middle];
    if (at !== undefined && keyOf(at) < from) low = middle + 1;
    else high = middle;
  }
  return low;
};

const bytesOf = (content: Content): Buffer => {
  if (typeof content === 'string') return Buffer.from(content);
  return content instanceof Uint8Array ? Buffer.from(content) : Buffer.from(JSON.stringify(content));
};
