/** The evaluator over rows, against a deliberately naive one that shares no code with it and goes from instant to instant. */
import fc from 'fast-check';
import { describe, it } from 'vitest';
import type { LogEvent } from '../../src/domain/codec.ts';
import type { RecordedEvent } from '../../src/domain/history.ts';
import { parseStreamName } from '../../src/domain/ids.ts';
import { createFold } from '../../src/projections/fold.ts';
import { openReadModel } from '../../src/projections/read-model.ts';
import { expectSameAsNaive } from '../support/compare-figures.ts';
import type { LogEvent as NaiveEvent } from '../support/naive-log.ts';
import { randomLog, randomQuestion } from '../support/random-case.ts';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 150);

/** A stored event as the fold takes it: the random log is already in the form in which the log holds it. */
const asLogEvent = (event: NaiveEvent): LogEvent =>
  ({ ...event, version: 1, stream: parseStreamName(event.stream) }) as unknown as LogEvent;

const foldedFrom = (log: readonly NaiveEvent[]) => {
  const model = openReadModel({ path: ':memory:' });
  const fold = createFold(model);
  const events = log.map(asLogEvent);
  events.forEach((event, index) => {
    const history = (): readonly RecordedEvent[] => events.slice(0, index + 1).filter(({ stream }) => stream === event.stream);
    fold.apply(event, index + 1, history);
  });
  return model;
};

describe('figures', () => {
  it('are those of the naive evaluator, for uncertain times, late reports and corrections', () => {
    fc.assert(
      fc.property(
        randomLog.chain((log) => fc.tuple(fc.constant(log), fc.array(randomQuestion(log), { minLength: 5, maxLength: 12 }))),
        ([log, questions]) => expectSameAsNaive(foldedFrom(log), log, questions),
      ),
      { numRuns: RUNS },
    );
  });
});
