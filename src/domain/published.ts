/** "As published by": a fact is left out if every one of its sources was published provably later. */
import { publicationsIn } from './codec.ts';
import type { JsonObject } from './json.ts';
import { msOf } from './time.ts';

/** `t` in ms since 1970. A fact with no source, or with one source without its date, stays. */
export const isPublishedBy = (data: JsonObject, t: number): boolean => {
  const dates = publicationsIn(data);
  return dates.length === 0 || dates.some((published) => published === undefined || msOf(published.earliest) <= t);
};
