/** Everything recorded about one target, in occurred order, as known at a position: its audit trail. */
import { streamOf, type TargetId } from '../domain/ids.ts';
import { isProvablyBefore } from '../domain/time.ts';
import { type Entry, entriesOf, inOccurredOrder } from './entries.ts';
import { historyOf } from './histories.ts';
import type { Log } from './log.ts';
import type { ReadModel } from './read-model.ts';

/** Events whose extents overlap with an entry's: which came first is not known, and not taken from the log. */
const UNDETERMINED_MAX = 100;
export type TimelineEntry = Entry & {
  readonly undeterminedWith?: readonly string[];
  /** How many more there are than are named. */
  readonly undeterminedMore?: number;
};
export type TimelineQuestion = { readonly target: TargetId; readonly knownAt: number; readonly after: number; readonly limit: number };
/** `next` is the `after` of the next page: how many entries were shown. */
export type TimelinePage = { readonly entries: readonly TimelineEntry[]; readonly next: number | undefined };

export const targetTimeline = async (
  model: ReadModel,
  log: Log,
  { target, knownAt, after, limit }: TimelineQuestion,
): Promise<TimelinePage> => {
  const history = await historyOf(model, log, streamOf('target', target), knownAt);
  const entries = entriesOf(history).toSorted(inOccurredOrder);
  const page = entries.slice(after, after + limit).map((entry) => ({ ...entry, ...undetermined(entry, entries) }));
  return { entries: page, next: after + limit < entries.length ? after + limit : undefined };
};

const undetermined = (entry: Entry, entries: readonly Entry[]): Pick<TimelineEntry, 'undeterminedWith' | 'undeterminedMore'> => {
  if (entry.retracted) return {};
  const overlapping = entries.filter((other) => other !== entry && !other.retracted && overlap(entry, other));
  if (overlapping.length === 0) return {};
  const more = overlapping.length - UNDETERMINED_MAX;
  return {
    undeterminedWith: overlapping.slice(0, UNDETERMINED_MAX).map(({ event }) => event),
    ...(more > 0 && { undeterminedMore: more }),
  };
};

const overlap = (a: Entry, b: Entry): boolean =>
  !isProvablyBefore(a.occurredAt, b.occurredAt) && !isProvablyBefore(b.occurredAt, a.occurredAt);
