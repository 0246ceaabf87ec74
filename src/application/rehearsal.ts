/**
 * What would be recorded: the same deciding, over a store that keeps to itself what is appended. Nothing of it is stored, and what is decided later sees what
 * was decided before.
 */
import { parseStreamName } from '../domain/ids.ts';
import type { SealedEvent } from '../envelope/envelope.ts';
import { checkAppend, type EventStore } from '../event-store/event-store.ts';
import { createExecuting, type EventPlace, type ExecuteUses } from './execute.ts';
import { createRecord, type Record } from './record.ts';

/** Records, reads what it decides upon, and can try beforehand: the ledger itself, or a rehearsal. */
export type Recorder = { readonly record: Record; readonly log: Pick<EventStore, 'readStream'>; readonly rehearse: () => Rehearsal };
export type Rehearsal = Recorder & {
  /** What would have been appended, in order. */
  readonly events: () => readonly SealedEvent[];
};

/** Of one request: it never hears of what is recorded after it has read a stream. */
export const createRehearsal = (uses: ExecuteUses): Rehearsal => {
  const { store, events, placeOf } = keepingToItself(uses.store);
  const rehearsing = { ...uses, store, placeOf: (id: string): EventPlace | undefined => placeOf(id) ?? uses.placeOf(id) };
  const record = createRecord({ ...createExecuting(rehearsing), positions: { of: async () => null } });
  return { record, log: store, events, rehearse: () => createRehearsal(rehearsing) };
};

const keepingToItself = (store: Pick<EventStore, 'readStream'>) => {
  const appended: SealedEvent[] = [];
  const places = new Map<string, EventPlace>();
  const streams = new Map<string, SealedEvent[]>();
  const own: Pick<EventStore, 'append' | 'readStream'> = {
    async append(events, { expected }) {
      const { stream } = checkAppend(events, expected);
      const kept = streams.get(stream) ?? [];
      streams.set(stream, kept);
      kept.push(...events);
      appended.push(...events);
      for (const { event } of events) places.set(event.id, { stream: parseStreamName(stream), type: event.type });
    },
    async readStream(stream, { from, limit }) {
      const kept = streams.get(stream) ?? [];
      const end = kept[0]?.event.revision ?? Number.POSITIVE_INFINITY; // what others have appended since is no part of it
      const stored = from < end ? await store.readStream(stream, { from, limit: Math.min(limit, end - from) }) : [];
      return [...stored, ...kept.filter(({ event }) => event.revision >= from).slice(0, limit - stored.length)];
    },
  };
  return { store: own, events: (): readonly SealedEvent[] => appended, placeOf: (id: string): EventPlace | undefined => places.get(id) };
};
