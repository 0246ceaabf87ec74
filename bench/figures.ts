/** Numbers of repeated measurements, and how they read. */

/** The value below which a share of the measurements lies; nearest rank. */
export const quantile = (values: readonly number[], share: number): number => {
  const ascending = values.toSorted((a, b) => a - b);
  return ascending[Math.max(0, Math.ceil(share * ascending.length) - 1)] ?? Number.NaN;
};
export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Seconds that something takes. */
export const timed = async <T>(take: () => T | Promise<T>): Promise<{ readonly seconds: number; readonly value: T }> => {
  const started = performance.now();
  const value = await take();
  return { seconds: (performance.now() - started) / 1_000, value };
};

const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
export const count = (value: number): string => grouped.format(value);
export const rate = (perSecond: number): string => `${count(perSecond)}/s`;
export const ms = (milliseconds: number): string => `${milliseconds < 100 ? milliseconds.toFixed(1) : count(milliseconds)} ms`;
export const share = (ratio: number): string => `${(100 * ratio).toFixed(0)} %`;

/** `4,812/s (min 4,610/s)`: the median of the rounds, with the worst beside it. */
export const ratesOf = (perSecond: readonly number[]): string => `${rate(median(perSecond))} (min ${rate(Math.min(...perSecond))})`;
