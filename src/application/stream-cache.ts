/** Streams as they were last read or written, parsed once: bounded by bytes, and dropped as soon as somebody else is seen to have written. */
import { logEventOf } from '../domain/codec.ts';
import type { EffectiveEvent, RecordedEvent } from '../domain/event.ts';
import { effective, isFact } from '../domain/history.ts';
import type { StreamName } from '../domain/ids.ts';
import type { SealedEvent } from '../envelope/envelope.ts';
import type { Head } from '../envelope/seal.ts';
import { type EventStore, READ_EVENTS_MAX } from '../event-store/event-store.ts';

const STREAM_CACHE_BYTES_MAX = 64 * 1024 * 1024; // of stored text; parsed it takes a few times as much
const KEPT_SHARE = 15 / 16; // of what is remembered, when it has become too much

export type CachedStream = {
  readonly events: RecordedEvent[];
  /** Who caused which event: found before deciding, so that a repeat is answered with the first answer. */
  readonly byCommand: Map<string, { readonly commandHash: string; readonly event: RecordedEvent }>;
  head: Head;
  bytes: number;
  /** The opening event as it stands now; `undefined` if none stands. */
  first: EffectiveEvent | undefined;
};

export type StreamCache = {
  readonly load: (stream: StreamName) => Promise<CachedStream>;
  readonly peek: (stream: StreamName) => CachedStream | undefined;
  readonly add: (stream: StreamName, cached: CachedStream, sealed: readonly SealedEvent[]) => void;
  readonly drop: (stream: StreamName) => void;
};

export const createStreamCache = (store: Pick<EventStore, 'readStream'>, bytesMax = STREAM_CACHE_BYTES_MAX): StreamCache => {
  const streams = new Map<StreamName, CachedStream>(); // in order of last use
  let bytes = 0;

  const drop = (stream: StreamName): void => {
    bytes -= streams.get(stream)?.bytes ?? 0;
    streams.delete(stream);
  };
  // Many at a time: a Map keeps the places of what was deleted, and whoever looks for its first key passes them all.
  const dropOldest = (): void => {
    for (const oldest of streams.keys()) {
      if (bytes <= bytesMax * KEPT_SHARE) break;
      drop(oldest);
    }
  };
  const keep = (stream: StreamName, cached: CachedStream): void => {
    drop(stream);
    if (cached.events.length === 0) return; // that it is empty is true only until somebody opens it
    streams.set(stream, cached);
    bytes += cached.bytes;
    if (bytes > bytesMax) dropOldest();
  };
  const add = (stream: StreamName, cached: CachedStream, sealed: readonly SealedEvent[]): void => {
    drop(stream);
    for (const event of sealed) append(cached, event);
    if (cached.first === undefined || sealed.some(({ event }) => !isFact(event))) cached.first = effective(cached.events)[0];
    keep(stream, cached);
  };

  return {
    async load(stream) {
      const known = streams.get(stream);
      if (known) {
        streams.delete(stream);
        streams.set(stream, known);
        return known;
      }
      const cached = await readWhole(store, stream);
      keep(stream, cached);
      return cached;
    },
    peek: (stream) => streams.get(stream),
    add,
    drop,
  };
};

export const readWhole = async (store: Pick<EventStore, 'readStream'>, stream: StreamName): Promise<CachedStream> => {
  const cached: CachedStream = { events: [], byCommand: new Map(), head: null, bytes: 0, first: undefined };
  for (;;) {
    const page = await store.readStream(stream, { from: cached.events.length, limit: READ_EVENTS_MAX });
    for (const event of page) append(cached, event);
    if (page.length < READ_EVENTS_MAX) break;
  }
  cached.first = effective(cached.events)[0];
  return cached;
};

const append = (cached: CachedStream, { event, text, hash }: SealedEvent): void => {
  const recorded = logEventOf(event);
  cached.events.push(recorded);
  cached.byCommand.set(event.meta.commandId, { commandHash: event.meta.commandHash, event: recorded });
  cached.head = { revision: event.revision, hash };
  cached.bytes += text.length;
};
