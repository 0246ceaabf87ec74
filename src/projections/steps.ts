/** Long work in steps, between which others may be answered. */

/** Work in steps: whoever drives it may let others go first in between. */
export type Steps<T> = Generator<undefined, T>;
/** Lets others be answered. */
export type Pause = () => Promise<void>;

export const inSteps = async <T>(steps: Steps<T>, pause: Pause): Promise<T> => {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await pause();
  }
};
