/** The random cases through the real commands: they say enough, and what a plain log leaves out of an order's life the ledger refuses too. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EVENT_CORRECTED, EVENT_RETRACTED } from '../../src/domain/events/corrections.ts';
import { EVENT_TYPES } from '../../src/domain/events/event-types.ts';
import type { EventStore } from '../../src/event-store/event-store.ts';
import { plainLogOf } from './plain-log.ts';
import { type RandomCase, randomCase } from './random-case.ts';
import { recordCase, withTestLedger } from './recorded-case.ts';

const EVENTS_MAX = 1_000;
const typesRecorded = (theCase: RandomCase): Promise<readonly { readonly stream: string; readonly type: string }[]> =>
  withTestLedger(async ({ uses }) => {
    await recordCase(uses, theCase);
    const { events } = await (uses.log as EventStore).readAll({ after: null, limit: EVENTS_MAX });
    return events.map(({ event: { stream, type } }) => ({ stream, type }));
  });

it('eighty cases record every type of event', async () => {
  const found = new Set<string>();
  for (const theCase of fc.sample(randomCase, { numRuns: 80, seed: 1 }))
    for (const { type } of await typesRecorded(theCase)) found.add(type);
  // What an import says of itself changes no figure, and it records by itself.
  const drawn = EVENT_TYPES.filter(({ category }) => category !== 'import');
  expect(drawn.filter(({ name }) => !found.has(name))).toEqual([]);
  expect([EVENT_CORRECTED, EVENT_RETRACTED].filter((type) => !found.has(type))).toEqual([]);
}, 60_000);

it('an order and a claim live in the ledger as they do in a plain log', async () => {
  const lives = (events: Awaited<ReturnType<typeof typesRecorded>>) =>
    events
      .filter(({ stream }) => stream.startsWith('order-') || stream.startsWith('claim-'))
      .map(({ stream, type }) => `${stream} ${type}`);
  await fc.assert(
    fc.asyncProperty(randomCase, async (drawn) => {
      const theCase = { ...drawn, corrections: [] };
      expect(lives(await typesRecorded(theCase))).toEqual(lives(plainLogOf(theCase)));
    }),
    { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 30) },
  );
}, 60_000);
