/** The engine for a cluster: EventStoreDB or KurrentDB over the vendor's client. Every promise of the port, on a server that many processes share. */
import { AccessDenied, isEventStoreError, OutcomeUnknown, StoreUnavailable } from './errors.ts';
import { type AppendSettled, type ClusterHealth, checkAppend, checkPage, type EventStore, type ResumeToken } from './event-store.ts';
import { appendUntilSettled } from './eventstoredb-append.ts';
import { createClients } from './eventstoredb-clients.ts';
import { type Listening, listen, type Tampered } from './eventstoredb-listen.ts';
import { createReads } from './eventstoredb-reads.ts';
import type { Place } from './eventstoredb-records.ts';
import { createRetries, PATIENCE, type Patience } from './eventstoredb-retries.ts';
import { createScan } from './eventstoredb-scan.ts';
import type { ClusterAddress } from './eventstoredb-url.ts';

const POLL_MS = 1_000; // a lost announcement delays by this much and loses nothing

export type EventStoreDbOptions = {
  readonly address: ClusterAddress;
  readonly prefix: string;
  /** The stream whose first event is the first of all under the prefix; unless it is said, a read from the start goes through the whole log. */
  readonly openedBy?: string;
  /** For a thread that only reads. */
  readonly readOnly?: boolean;
  readonly patience?: Patience;
};

export type ClusterEventStore = EventStore & {
  readonly health: () => ClusterHealth;
  /** Tells of each append that was sent, as soon as it is known what became of it. */
  readonly onAppendSettled: (told: (settled: AppendSettled) => void) => void;
};

/** Connects at the first call. */
export const openEventStoreDb = (options: EventStoreDbOptions): ClusterEventStore => {
  const { address, prefix, openedBy, readOnly = false, patience = PATIENCE } = options;
  const clients = createClients(address);
  const retries = createRetries(patience);
  const listeners = createListeners();
  const tampered = new Map<string, Set<string>>();
  const appends = new Set<Promise<void>>();
  const told: ((settled: AppendSettled) => void)[] = [];
  let outcomesUnknown = 0;
  let isClosed = false;

  const onTampered = ({ stream, keys }: Tampered): void => {
    tampered.set(stream, (tampered.get(stream) ?? new Set()).union(new Set(keys)));
  };
  const reads = createReads({ clients, retries, patience, prefix, isClosed: () => isClosed });
  const readSealed = async (stream: string, from: number, limit: number) =>
    (await reads.ofStream(stream, from, limit)).map(({ sealed }) => sealed);
  const scan = createScan({
    prefix,
    openedBy,
    readFrom: reads.ofAll,
    placeIn: async (stream, revision) => (await reads.ofStream(stream, revision, 1))[0]?.place,
  });
  let listening: Listening | undefined;

  return {
    async append(events, { expected }) {
      const { stream, bytes } = checkAppend(events, expected);
      if (readOnly) throw new AccessDenied('opened for reading only');
      if (isClosed) throw new StoreUnavailable('closed');
      const appending = { clients, retries, patience, prefix, credentials: address.credentials, read: readSealed };
      const settled = appendUntilSettled(appending, { stream, bytes, events, expected });
      appends.add(settled);
      const started = performance.now();
      let outcome = 'STORED';
      try {
        await settled;
      } catch (cause) {
        if (cause instanceof OutcomeUnknown) outcomesUnknown += 1;
        outcome = isEventStoreError(cause) ? cause.code : 'UNEXPECTED';
        throw cause;
      } finally {
        appends.delete(settled);
        for (const tell of told) tell({ outcome, ms: performance.now() - started });
      }
      listeners.wake();
    },
    async readStream(stream, { from, limit }) {
      checkPage({ from, limit });
      return readSealed(stream, from, limit);
    },
    async readAll({ after, limit }) {
      const place = placeIn(after);
      checkPage({ from: 0, limit });
      const { events, last } = await scan.after(place, limit);
      if (events.length > 0 && events.length < limit && last) listening?.found(last);
      return { events, next: tokenOf(last) };
    },
    onAppended(wake) {
      listening ??= listen({ clients, prefix, onEvent: listeners.wake, onTampered, silentMs: patience.silentMs });
      return listeners.add(wake);
    },
    health: () => ({
      ...clients.health(),
      outcomesUnknown,
      retries: Object.fromEntries(retries.counted()),
      tampered: [...tampered].map(([stream, keys]) => ({ stream, keys: [...keys] })),
    }),
    onAppendSettled: (tell) => void told.push(tell),
    async close() {
      isClosed = true;
      await Promise.allSettled(appends);
      listeners.clear();
      await listening?.close();
      listening = undefined;
      await clients.close();
    },
  };
};

/** Those who are told of appends: by our own, by the subscription, and each second in case both were missed. */
const createListeners = () => {
  const listeners = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;
  const wake = (): void => {
    for (const listener of [...listeners]) listener();
  };
  const clear = (): void => {
    listeners.clear();
    clearInterval(timer);
    timer = undefined;
  };
  return {
    wake,
    clear,
    add(listener: () => void): () => void {
      const own = (): void => listener();
      listeners.add(own);
      timer ??= setInterval(wake, POLL_MS).unref();
      return () => {
        listeners.delete(own);
        if (listeners.size === 0) clear();
      };
    },
  };
};

/** `start`, or the server's `commit/prepare` of the last event that was given out. */
const START = 'start';
const TOKEN = /^(\d{1,19})\/(\d{1,19})$/;

const tokenOf = (place: Place | null): ResumeToken => (place === null ? START : `${place.commit}/${place.prepare}`) as ResumeToken;

const placeIn = (token: ResumeToken | null): Place | null => {
  if (token === null || token === START) return null;
  const [, commit, prepare] = TOKEN.exec(token) ?? [];
  if (commit === undefined || prepare === undefined) throw new RangeError('a token of another engine');
  return { commit: BigInt(commit), prepare: BigInt(prepare) };
};
