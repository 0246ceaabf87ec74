/**
 * What would be recorded: the same deciding, over a store that keeps to itself what is appended. Nothing of it is stored, and what is decided later sees what
 * was decided before.
 */
import type { SealedEvent } from '../envelope/envelope.ts';
import { checkAppend, type EventStore } from '../event-store/event-store.ts';
import { createExecuting, type ExecuteUses } from './execute.ts';
import { createRecord, type Record } from './record.ts';

/** Records, reads what it decides upon, and can try beforehand: the ledger itself, or a rehearsal. */
export type Recorder = { readonly record: Record; readonly log: Pick<EventStore, 'readStream'>; readonly rehearse: () => Rehearsal };
export type Rehearsal = Recorder & {
  /** What would have been appended, in order. */
  readonly events: () => readonly SealedEvent[];
};

/** Of one request: it never hears of what is recorded after it has read a stream. */
export const createRehearsal = (uses: ExecuteUses): Rehearsal => {
  const { store, events, has } = keepingToItself(uses.store);
  const rehearsing = { ...uses, store, isRecorded: (id: string): boolean => uses.isRecorded(id) || has(id) };
  const record = createRecord({ ...createExecuting(rehearsing), positions: { of: async () => null } });
  return { record, log: store, events, rehearse: () => createRehearsal(rehearsing) };
};

const keepingToItself = (store: Pick<EventStore, 'readStream'>) => {
  const appended: SealedEvent[] = [];
  const ids = new Set<string>();
  const streams = new Map<string, SealedEvent[]>();
  const own: Pick<EventStore, 'append' | 'readStream'> = {
    async append(events, { expected }) {
      const { stream } = checkAppend(events, expected);
      const kept = streams.get(stream) ?? [];
      streams.set(stream, kept);
      kept.push(...events);
      appended.push(...events);
      for (const { event } of events) ids.add(event.id);
    },
    async readStream(stream, { from, limit }) {
      const kept = streams.get(stream) ?? [];
      const end = kept[0]?.event.revision ?? Number.POSITIVE_INFINITY; // what others have appended since is no part of it
      const stored = from < end ? await store.readStream(stream, { from, limit: Math.min(limit, end - from) }) : [];
      return [...stored, ...kept.filter(({ event }) => event.revision >= from).slice(0, limit - stored.length)];
    },
  };
  return { store: own, events: (): readonly SealedEvent[] => appended, has: (id: string): boolean => ids.has(id) };
};
