/** Moves the read model along the log: reads in batches, counts positions, and writes each batch with its resume token in one transaction. */
import { logEventOf } from '../domain/codec.ts';
import type { LogEvent, RecordedEvent } from '../domain/event.ts';

import { isFact } from '../domain/history.ts';
import { type EventStore, READ_EVENTS_MAX, resumeToken } from '../event-store/event-store.ts';
import { createFold } from './fold.ts';
import { readStreams } from './log.ts';
import type { ReadModel } from './read-model.ts';

const PROGRESS = 'SELECT position, resume FROM progress';
const SET_PROGRESS = 'UPDATE progress SET position = ?, resume = ?';

/** What a step reflected: the position reached, and the events with their positions. */
export type Step = { readonly position: number; readonly events: readonly { readonly id: string; readonly position: number }[] };
export type Runner = {
  /** Applies the next batch; an empty step means that the model is at the head of the log. */
  readonly step: () => Promise<Step>;
};

export type RunnerUses = {
  readonly store: EventStore;
  readonly model: ReadModel;
  readonly batchMax?: number;
  readonly rememberedMax?: number;
};

export const createRunner = ({ store, model, batchMax = READ_EVENTS_MAX, rememberedMax }: RunnerUses): Runner => {
  const fold = createFold(model, rememberedMax);
  return {
    async step() {
      const [position = 0, resume = null] = model.get(PROGRESS) ?? [];
      const after = resume === null ? null : resumeToken(String(resume));
      const batch = await store.readAll({ after, limit: batchMax });
      const events = batch.events.map(({ event }, index) => ({ event: logEventOf(event), position: Number(position) + index + 1 }));
      // Whole streams in which something was corrected or retracted, since a correction changes what earlier events say. Read before the transaction is
      // opened: a write lock is not held while the log is read.
      const histories = await readStreams(
        store,
        events.flatMap(({ event }) => (isFact(event) ? [] : [event.stream])),
      );
      if (events.length > 0) {
        model.transaction(() => {
          for (const { event, position: at } of events) fold.apply(event, at, () => historyUpTo(histories.get(event.stream) ?? [], event));
          model.run(SET_PROGRESS, Number(position) + events.length, batch.next);
        });
      }
      return {
        position: Number(position) + events.length,
        events: events.map(({ event, position: at }) => ({ id: event.id, position: at })),
      };
    },
  };
};

/** Runs until nothing is left; `onStep` hears of each batch. */
export const catchUp = async (runner: Runner, onStep?: (step: Step) => void): Promise<number> => {
  for (;;) {
    const step = await runner.step();
    if (step.events.length === 0) return step.position;
    onStep?.(step);
  }
};

/** What the fold is given of a stream whose history this is. */
export const historyUpTo = (history: readonly RecordedEvent[], { revision }: LogEvent): readonly RecordedEvent[] =>
  history.slice(0, revision + 1);
