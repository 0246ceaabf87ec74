/** What was known stays known: figures through the real commands, against the naive evaluator, the rebuilt model, and themselves earlier on. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../src/domain/calendar.ts';
import { DEFINITIONS } from '../../src/domain/figures.ts';
import { parseOrderId } from '../../src/domain/ids.ts';
import { msOf, parseInstant } from '../../src/domain/time.ts';
import type { EventStore } from '../../src/event-store/event-store.ts';
import { answerCompliance } from '../../src/projections/answer-compliance.ts';
import type { ComplianceAnswers } from '../../src/projections/compliance-answers.ts';
import { openReadModel, type ReadModel } from '../../src/projections/read-model.ts';
import { catchUp, createRunner } from '../../src/projections/runner.ts';
import { expectSameAsNaive } from '../support/compare-figures.ts';
import { limitMs } from '../support/limit-ms.ts';
import { orderId } from '../support/naive-events.ts';
import type { LogEvent as NaiveEvent } from '../support/naive-log.ts';
import { hourText, type RandomCase, randomCase } from '../support/random-case.ts';
import { recordCase, withTestLedger } from '../support/recorded-case.ts';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 20);
/** Each run commits dozens of events to a real disk, one after the other. */
const TIMEOUT_MS = limitMs(60_000);
const HOURS = [0, 2, 3.5, 5, 8, 12, 16];
/** A duration for orders that set none, and a day by which sources had been published. */
const TOLD_HOW = [{}, {}, { tolerance: 'PT3H' }, { reportedBy: hourText(8) }, { tolerance: 'PT2H', reportedBy: hourText(12) }];

const TABLES = [
  'progress',
  'stream',
  'event',
  'batch',
  'retracted',
  'struck',
  'citation',
  'record',
  'target',
  'pair',
  'listing_count',
  'shape',
  'target_fact',
];
const dump = (model: ReadModel): string =>
  JSON.stringify(
    TABLES.map((table) =>
      model.all(`SELECT * FROM ${table}`).map((row) => row.map((value) => (value instanceof Uint8Array ? value.toHex() : value))),
    ),
  );

/** A model filled from the log in batches of a given size. */
const filled = async (log: Pick<EventStore, 'readAll' | 'readStream'>, batchMax: number): Promise<ReadModel> => {
  const model = openReadModel({ path: ':memory:' });
  await catchUp(createRunner({ store: log as EventStore, model, batchMax }));
  return model;
};

const ask = async (compliance: ComplianceAnswers, theCase: RandomCase, knownAt: number): Promise<string> => {
  const scope = {
    orders: theCase.orders.map((_, order) => parseOrderId(orderId(order))),
    knownAt,
    kinds: ['account', 'post', 'url'] as const,
    definitions: DEFINITIONS,
    toleranceMs: 2 * HOUR_MS,
  };
  const at = HOURS.map((hours) => msOf(parseInstant(hourText(hours))));
  const answers = await Promise.all(at.map((t) => compliance.at({ ...scope, at: t, groupBy: 'kind' })));
  const curve = await compliance.curve({ ...scope, from: at[0] ?? 0, to: at.at(-1) ?? 0, samples: at });
  return JSON.stringify([answers, curve]);
};

/** The log in the form in which the naive evaluator takes it. */
const naiveLog = async (log: Pick<EventStore, 'readAll'>): Promise<readonly NaiveEvent[]> => {
  const { events } = await log.readAll({ after: null, limit: 1_000 });
  return events.map(({ event }, index) => ({ ...event, position: index + 1 }));
};

describe('the read model', () => {
  it(
    'gives the figures of the naive evaluator for what the real commands recorded',
    async () => {
      await fc.assert(
        fc.asyncProperty(randomCase, fc.infiniteStream(fc.nat()), async (theCase, picks) => {
          await withTestLedger(async ({ uses }) => {
            await recordCase(uses, theCase);
            const log = await naiveLog(uses.log as EventStore);
            const questions = HOURS.map((hours) => ({
              orders: theCase.orders.map((_, order) => orderId(order)),
              validAt: hourText(hours),
              knownAt: 1 + ((picks.next().value ?? 0) % log.length),
              kinds: ['account', 'post', 'url'],
              ...TOLD_HOW[(picks.next().value ?? 0) % TOLD_HOW.length],
            }));
            expectSameAsNaive(uses.model, log, [...questions, ...questions.map((question) => ({ ...question, knownAt: log.length }))]);
          });
        }),
        { numRuns: RUNS },
      );
    },
    TIMEOUT_MS,
  );

  it(
    'is the same live, rebuilt, and however the log is cut',
    async () => {
      await fc.assert(
        fc.asyncProperty(randomCase, fc.integer({ min: 1, max: 7 }), async (theCase, batchMax) => {
          await withTestLedger(async ({ uses }) => {
            await recordCase(uses, theCase);
            const live = dump(uses.model);
            const log = uses.log as EventStore;
            expect(dump(await filled(log, 1_000))).toBe(live);
            expect(dump(await filled(log, batchMax))).toBe(live);
          });
        }),
        { numRuns: RUNS },
      );
    },
    TIMEOUT_MS,
  );

  it(
    'answers as known before byte for byte as it did then, whatever is corrected or retracted since',
    async () => {
      await fc.assert(
        fc.asyncProperty(randomCase, async (theCase) => {
          await withTestLedger(async ({ uses }) => {
            const then = new Map<number, string>();
            await recordCase(uses, theCase, async (position) => {
              then.set(position, await ask(uses.answers, theCase, position));
            });
            for (const [position, answer] of then) {
              expect(await ask(uses.answers, theCase, position), `as known at ${position}`).toBe(answer);
              // From rows, by an evaluator that has kept nothing.
              expect(
                await ask(answerCompliance(uses.model, uses.log, uses.rules), theCase, position),
                `afresh, as known at ${position}`,
              ).toBe(answer);
            }
          });
        }),
        { numRuns: RUNS },
      );
    },
    TIMEOUT_MS,
  );
});
