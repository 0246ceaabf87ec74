/** What happened to orders themselves, what was said and what was claimed of them: beside a curve, never joined into it. */
import { extentIn } from '../domain/codec.ts';
import type { OrderId } from '../domain/ids.ts';
import { streamOf } from '../domain/ids.ts';
import { isPublishedBy } from '../domain/published.ts';
import { rangeOf, type TimeExtent } from '../domain/time.ts';
import { findStream } from './dictionaries.ts';
import { inOccurredOrder, occurredIn } from './entries.ts';
import type { ReadModel } from './read-model.ts';
import { recordsOf } from './records.ts';

/** What tells an event from others of its type, if it says so; of a claim, what somebody published. */
export const TELLING = [
  'ref',
  'channel',
  'purpose',
  'mode',
  'completeness',
  'kind',
  'how',
  'answer',
  'scope',
  'dueAt',
  'cause',
  'medium',
  'metric',
  'comparator',
  'value',
  'unit',
] as const;
export type Marker = {
  readonly event: string;
  readonly position: number;
  readonly type: string;
  /** Of those asked for, the orders that it is about. */
  readonly orders: readonly OrderId[];
  readonly occurredAt: TimeExtent;
  readonly receivedAt?: TimeExtent;
} & { readonly [field in (typeof TELLING)[number]]?: string };

/** Those that can have happened in [from, to), by earliest, latest, position; without what all sources published later than `reportedBy`, ms since 1970. */
export const markersOf = (
  model: ReadModel,
  {
    orders,
    knownAt,
    from,
    to,
    reportedBy,
  }: {
    readonly orders: readonly OrderId[];
    readonly knownAt: number;
    readonly from: number;
    readonly to: number;
    readonly reportedBy?: number | undefined;
  },
): readonly Marker[] => {
  const found = new Map<string, Marker>();
  for (const order of orders) {
    const no = findStream(model, streamOf('order', order));
    if (no === undefined) continue;
    for (const { event, position, type, data } of recordsOf(model, no, knownAt)) {
      const occurredAt = occurredIn(data);
      const range = rangeOf(occurredAt);
      if (range.latest < from || range.earliest >= to) continue;
      if (reportedBy !== undefined && !isPublishedBy(data, reportedBy)) continue;
      const receivedAt = extentIn(data, 'receivedAt');
      const said = Object.fromEntries(TELLING.flatMap((field) => (typeof data[field] === 'string' ? [[field, data[field]]] : [])));
      const known = found.get(event)?.orders ?? [];
      found.set(event, { event, position, type, orders: [...known, order], occurredAt, ...(receivedAt && { receivedAt }), ...said });
    }
  }
  return [...found.values()].sort(inOccurredOrder);
};
