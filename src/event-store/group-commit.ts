/** Appends that wait for the next transaction: those that arrive while one is being written share the next one and its fsync. */
import type { NonEmpty, SealedEvent } from '../envelope/envelope.ts';
import { type EventStoreError, StoreUnavailable } from './errors.ts';
import type { ExpectedRevision } from './event-store.ts';

export type WaitingAppend = {
  readonly stream: string;
  readonly events: NonEmpty<SealedEvent>;
  readonly expected: ExpectedRevision;
  readonly bytes: number;
  readonly stored: () => void;
  readonly failed: (error: EventStoreError) => void;
};

export type GroupCommit = {
  readonly add: (append: WaitingAppend) => void;
  /** Commits all that waits, now. */
  readonly drain: () => void;
};

const GROUP_BYTES_MAX = 16 * 2 ** 20; // bounds how long one transaction keeps the thread
const WAITING_BYTES_MAX = 128 * 2 ** 20; // beyond this the disk does not keep up: say so instead of filling the memory

/** `commit` answers every append that it is given, and throws nothing. */
export const groupCommit = (commit: (group: readonly WaitingAppend[]) => void): GroupCommit => {
  let waiting: WaitingAppend[] = [];
  let waitingBytes = 0;

  const commitNext = (): void => {
    const { length, bytes } = nextGroup(waiting);
    const group = waiting.slice(0, length);
    waiting = waiting.slice(length);
    waitingBytes -= bytes;
    // Before the commit, whose answers may add further appends.
    if (waiting.length > 0) setImmediate(commitNext);
    if (length > 0) commit(group);
  };

  return {
    add(append) {
      if (waitingBytes + append.bytes > WAITING_BYTES_MAX) return append.failed(new StoreUnavailable('busy'));
      // Once a turn of the loop: whatever else this turn brings goes into the same transaction.
      if (waiting.length === 0) setImmediate(commitNext);
      waiting.push(append);
      waitingBytes += append.bytes;
    },
    drain() {
      while (waiting.length > 0) commitNext();
    },
  };
};

const nextGroup = (waiting: readonly WaitingAppend[]): { readonly length: number; readonly bytes: number } => {
  let length = 0;
  let bytes = 0;
  for (const append of waiting) {
    if (length > 0 && bytes + append.bytes > GROUP_BYTES_MAX) break;
    length += 1;
    bytes += append.bytes;
  }
  return { length, bytes };
};
