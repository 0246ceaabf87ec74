/**
 * Whether a stream has gone on beyond what is remembered of it. Rows that cite one order all ask the same: those who ask while it is being looked at share
 * the next look, which begins after they asked, so that each is told what stood in the log then or later.
 */
import type { EventStore } from '../event-store/event-store.ts';

/** Resolves true if the stream holds an event at that revision. */
export type Look = (stream: string, revision: number) => Promise<boolean>;

export const createLooks = (store: Pick<EventStore, 'readStream'>): Look => {
  type Looking = { readonly now: Promise<boolean>; next: Promise<boolean> | undefined };
  const under = new Map<string, Looking>();

  const begin = (key: string, stream: string, revision: number): Promise<boolean> => {
    const now = store.readStream(stream, { from: revision, limit: 1 }).then(({ length }) => length > 0);
    const looking: Looking = { now, next: undefined };
    under.set(key, looking);
    const over = (): void => {
      if (looking.next === undefined) under.delete(key);
    };
    now.then(over, over);
    return now;
  };
  return (stream, revision) => {
    const key = `${stream} ${revision}`;
    const looking = under.get(key);
    if (looking === undefined) return begin(key, stream, revision);
    const again = (): Promise<boolean> => begin(key, stream, revision);
    looking.next ??= looking.now.then(again, again);
    return looking.next;
  };
};
