/** How far this process's read model has come, and who waits for it. */
import type { Positions } from './record.ts';

export const POSITION_WAIT_MS = 2_000; // a write is answered by then, its position known or not

export type Moved = { readonly position: number; readonly events: readonly { readonly id: string; readonly position: number }[] };

export type Progress = Positions & {
  /** Told by the runner after each batch. */
  readonly moved: (step: Moved) => void;
  /** Told when no runner moves the model any more: whoever waits is answered. */
  readonly stopped: (why?: unknown) => void;
  /** What stopped it, if it is known. */
  readonly whyStopped: () => unknown;
  readonly isFollowing: () => boolean;
  readonly reached: (position: number, timeoutMs: number) => Promise<boolean>;
  readonly onMoved: (wake: (position: number) => void) => () => void;
};

/** `known` looks an event up in the read model; `undefined` if it is not reflected yet. */
export const createProgress = (start: number, known: (eventId: string) => number | undefined): Progress => {
  const waiting = new Map<string, Set<(position: number | null) => void>>();
  const listeners = new Set<(position: number) => void>();
  let position = start;
  let isFollowing = true;
  let stoppedBy: unknown;

  const reached = (wanted: number, timeoutMs: number): Promise<boolean> => {
    if (position >= wanted) return Promise.resolve(true);
    return new Promise((resolve) => {
      const settle = (isThere: boolean): void => {
        clearTimeout(timer);
        listeners.delete(wake);
        resolve(isThere);
      };
      const wake = (now: number): void => {
        if (now >= wanted) settle(true);
      };
      const timer = setTimeout(() => settle(false), timeoutMs);
      listeners.add(wake);
    });
  };

  return {
    of(eventId) {
      const there = known(eventId);
      if (there !== undefined) return Promise.resolve(there);
      if (!isFollowing) return Promise.resolve(null);
      return new Promise((resolve) => {
        const others = waiting.get(eventId) ?? new Set();
        const settle = (found: number | null): void => {
          clearTimeout(timer);
          others.delete(settle);
          if (others.size === 0) waiting.delete(eventId);
          resolve(found);
        };
        const timer = setTimeout(() => settle(null), POSITION_WAIT_MS);
        waiting.set(eventId, others.add(settle));
      });
    },
    moved(step) {
      position = step.position;
      for (const { id, position: at } of step.events) for (const settle of [...(waiting.get(id) ?? [])]) settle(at);
      for (const wake of [...listeners]) wake(position);
    },
    stopped(why) {
      stoppedBy ??= why;
      isFollowing = false;
      for (const others of [...waiting.values()]) for (const settle of [...others]) settle(null);
    },
    isFollowing: () => isFollowing,
    whyStopped: () => stoppedBy,
    reached,
    onMoved(wake) {
      const listener = (now: number): void => wake(now);
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};
