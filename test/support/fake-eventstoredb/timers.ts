/** The fake's few waits, in one place, so that none outlives it. */

export type Timers = ReturnType<typeof createTimers>;

export const createTimers = () => {
  const running = new Set<NodeJS.Timeout>();

  const after = (ms: number, run: () => void): void => {
    const timer = setTimeout(() => {
      running.delete(timer);
      run();
    }, ms);
    running.add(timer);
  };

  return {
    after,
    pause: (ms: number): Promise<void> => new Promise((resolve) => after(ms, resolve)),
    clear(): void {
      for (const timer of running) clearTimeout(timer);
      running.clear();
    },
  };
};
