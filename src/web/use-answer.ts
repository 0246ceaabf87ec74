/** An answer that a view waits for; while the next one is under way, the one before stands, and is said to be late. */
import { useEffect, useState } from 'preact/hooks';
import { AskFailed, ask, type Failure } from './ask.ts';

export type Answer<T> = {
  readonly value: T | undefined;
  readonly failure: Failure | undefined;
  /** What is shown is not, or not yet, the answer to what is asked. */
  readonly isLate: boolean;
};
type Settled<T> = { readonly path: string | undefined; readonly value: T | undefined; readonly failure: Failure | undefined };

/** `undefined`: nothing is asked yet. `waitMs`: asked only when the question has stood for so long. */
export const useAnswer = <T>(path: string | undefined, waitMs = 0): Answer<T> => {
  const [settled, setSettled] = useState<Settled<T>>({ path: undefined, value: undefined, failure: undefined });
  useEffect(() => {
    if (path === undefined) return;
    let isWanted = true;
    const settle = (settledNow: Settled<T>): void => {
      if (isWanted) setSettled(settledNow);
    };
    const start = (): void => {
      ask<T>(path).then(
        (value) => settle({ path, value, failure: undefined }),
        (error: unknown) => {
          if (!(error instanceof AskFailed)) throw error;
          settle({ path, value: undefined, failure: error.failure });
        },
      );
    };
    const timer = waitMs === 0 ? undefined : setTimeout(start, waitMs);
    if (timer === undefined) start();
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [path, waitMs]);
  return { value: settled.value, failure: settled.path === path ? settled.failure : undefined, isLate: settled.path !== path };
};
