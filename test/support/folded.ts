/** Logs written down event by event, and the read model folded from them in memory: quick enough for thousands of events. */
import type { LogEvent, RecordedEvent } from '../../src/domain/event.ts';
import { parseStreamName } from '../../src/domain/ids.ts';
import { createFold } from '../../src/projections/fold.ts';
import { openReadModel, type ReadModel } from '../../src/projections/read-model.ts';
import { type Draft, eventId, instantText } from './naive-events.ts';
import type { LogEvent as NaiveEvent } from './naive-log.ts';

const FIRST_RECORDED = Temporal.Instant.from('2021-06-01T00:00:00Z');

/** The drafts as a log, in their order, each recorded a second after the one before. */
export const logOf = (drafts: readonly Draft[]): readonly NaiveEvent[] => {
  const revisions = new Map<string, number>();
  return drafts.map((draft, index) => {
    const revision = revisions.get(draft.stream) ?? 0;
    revisions.set(draft.stream, revision + 1);
    const position = index + 1;
    return { ...draft, position, id: eventId(position), revision, recordedAt: instantText(FIRST_RECORDED.add({ seconds: position })) };
  });
};

/** A stored event as the fold takes it: these logs are already in the form in which the log holds them. */
const asLogEvent = (event: NaiveEvent): LogEvent =>
  ({ ...event, version: 1, stream: parseStreamName(event.stream) }) as unknown as LogEvent;

export const foldedFrom = (log: readonly NaiveEvent[]): ReadModel => {
  const model = openReadModel({ path: ':memory:' });
  const fold = createFold(model);
  const events = log.map(asLogEvent);
  events.forEach((event, index) => {
    const history = (): readonly RecordedEvent[] => events.slice(0, index + 1).filter(({ stream }) => stream === event.stream);
    fold.apply(event, index + 1, history);
  });
  return model;
};
