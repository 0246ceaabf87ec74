/** Which records a read or a subscription gets to see. */
import { type Entry, type FakeLog, firstFrom } from './log.ts';
import type { ReadFilter, ReadRequest } from './requests.ts';

/** What one reads along: all records by position, or those of a stream that are not truncated by revision. */
export type Lane = { readonly entries: readonly Entry[]; readonly keyOf: (entry: Entry) => number };

export const laneOf = (log: FakeLog, stream: string): Lane => {
  if (stream === '$all') return { entries: log.entries, keyOf: ({ position }) => position };
  const entries = log.entriesOf(stream);
  const keyOf = ({ home }: Entry): number => home.revision;
  return { entries: entries.slice(firstFrom(entries, log.readableFrom(stream), keyOf)), keyOf };
};

/** Both directions include the record at `from`, of a stream and of `$all`. */
export const pageOf = (log: FakeLog, { stream, direction, from, count = 0, filter }: ReadRequest): readonly Entry[] => {
  const { entries, keyOf } = laneOf(log, stream);
  const key = from === 'start' ? 0 : from === 'end' ? Number.POSITIVE_INFINITY : from;
  const seen = filter === undefined ? entries : entries.filter((entry) => passes(filter, entry));
  if (direction === 'forwards') {
    const start = firstFrom(seen, key, keyOf);
    return seen.slice(start, start + count);
  }
  const end = firstFrom(seen, key + 1, keyOf);
  return seen.slice(Math.max(end - count, 0), end).reverse();
};

export const passes = ({ on, prefixes, regex }: ReadFilter, { record }: Entry): boolean => {
  const text = on === 'stream' ? record.stream : record.type;
  return prefixes.length > 0 ? prefixes.some((prefix) => text.startsWith(prefix)) : new RegExp(regex).test(text);
};
