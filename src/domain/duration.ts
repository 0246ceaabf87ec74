/** Durations as ISO 8601 writes them, in elapsed time: a day is 24 hours, a week seven days. */
import { DAY_MS } from './calendar.ts';

const LENGTH_MAX = 40;
const DAYS_MAX = 36_600; // a hundred years

/** In ms. Throws RangeError for what is no such duration, and for months and years, which are of no fixed length. */
export const elapsedMs = (duration: string): number => Temporal.Duration.from(duration).total('milliseconds');

/** In ms, of text that somebody wrote; `undefined` unless it is a duration of whole milliseconds, above zero and of at most a hundred years. */
export const parseDurationMs = (text: string): number | undefined => {
  if (text.length > LENGTH_MAX) return undefined;
  try {
    const ms = elapsedMs(text);
    return Number.isInteger(ms) && ms > 0 && ms <= DAYS_MAX * DAY_MS ? ms : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};
