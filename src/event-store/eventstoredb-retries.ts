/** How often and how long a call to the cluster is tried again, and what is counted of it. */
import type { Failure } from './eventstoredb-failures.ts';

/** How long a cluster is waited for, in ms. */
export type Patience = {
  readonly triesMax: number;
  /** From the first try to the last answer. */
  readonly totalMs: number;
  readonly firstWaitMs: number;
  /** An append's own deadline, which the server hears of too. */
  readonly deadlineMs: number;
  /** For what the deadline does not reach, the discovery of the nodes above all. */
  readonly appendWatchdogMs: number;
  /** Without another event for so long, a read is given up: the client knows no deadline for it. */
  readonly readWatchdogMs: number;
  /** An event that a reader found and a subscription has not brought for so long makes it a silent one. */
  readonly silentMs: number;
};
export const PATIENCE: Patience = {
  triesMax: 7,
  totalMs: 15_000,
  firstWaitMs: 250, // doubled each time: an election of some seconds is outlasted
  deadlineMs: 10_000,
  appendWatchdogMs: 12_000,
  readWatchdogMs: 15_000,
  silentMs: 10_000,
};

export type Attempts = {
  readonly msLeft: () => number;
  /** How long to wait before the next try, in ms; `undefined` if there is to be none. */
  readonly next: (failure: Failure) => number | undefined;
};
export type Retries = {
  readonly start: () => Attempts;
  /** How often something was tried again, by what had failed. */
  readonly counted: () => ReadonlyMap<string, number>;
};

export const createRetries = ({ triesMax, totalMs, firstWaitMs }: Patience): Retries => {
  const counted = new Map<string, number>();
  return {
    counted: () => counted,
    start() {
      const end = performance.now() + totalMs;
      let tries = 1;
      const msLeft = (): number => end - performance.now();
      return {
        msLeft,
        next({ label }) {
          // Half of it by chance, so that those who failed together do not come back together: nothing that is recorded depends on it.
          // biome-ignore lint/plugin: a wait is no part of any answer.
          const waitMs = firstWaitMs * 2 ** (tries - 1) * (0.5 + Math.random() / 2);
          if (tries >= triesMax || waitMs >= msLeft()) return undefined;
          tries += 1;
          counted.set(label, (counted.get(label) ?? 0) + 1);
          return waitMs;
        },
      };
    },
  };
};
