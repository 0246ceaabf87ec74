/** A stream as it was known at a position, with the position of each event. */
import { logEventOf } from '../domain/codec.ts';
import type { LogEvent } from '../domain/event.ts';
import type { StreamName } from '../domain/ids.ts';
import type { Meta } from '../envelope/envelope.ts';
import { READ_EVENTS_MAX } from '../event-store/event-store.ts';
import { findPosition } from './dictionaries.ts';
import type { Log } from './log.ts';
import type { ReadModel } from './read-model.ts';

export type PlacedEvent = LogEvent & { readonly position: number; readonly meta: Meta };
export type History = readonly PlacedEvent[];

/** The events of a stream up to a position, in order. The log may already hold more than the read model reflects. */
export const historyOf = async (model: ReadModel, log: Log, stream: StreamName, knownAt: number): Promise<History> => {
  const history: PlacedEvent[] = [];
  for (;;) {
    const page = await log.readStream(stream, { from: history.length, limit: READ_EVENTS_MAX });
    for (const { event } of page) {
      const position = findPosition(model, event.id) ?? Number.POSITIVE_INFINITY;
      if (position > knownAt) return history;
      history.push({ ...logEventOf(event), meta: event.meta, position });
    }
    if (page.length < READ_EVENTS_MAX) return history;
  }
};
