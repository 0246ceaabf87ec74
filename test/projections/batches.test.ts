/** What of a batch was retracted: as known at each position, the same in a model filled anew, and nothing of what was only tried. */
import { expect, it } from 'vitest';
import type { EventStore } from '../../src/event-store/event-store.ts';
import { retractionOfImport } from '../../src/projections/batches.ts';
import { OPEN, openReadModel } from '../../src/projections/read-model.ts';
import { catchUp, createRunner } from '../../src/projections/runner.ts';
import { listRow, recordScene } from '../support/bodies.ts';
import { type Body, openTestLedger } from '../support/ledger.ts';

const BATCH = '7d9f3c1e-2b4a-4f6d-8e1a-3c5b7d9f1e2a';

it('is counted from the position of each retraction on, live as rebuilt', async () => {
  const ledger = await openTestLedger();
  const { model, log } = ledger.uses;
  const scene = await recordScene(ledger);
  const rows = ['a', 'b', 'c'].map((name) => ({ ...listRow(name), batchId: BATCH }));
  const listed: readonly Body[] = (await ledger.post(`/v1/orders/${scene.order}/targets`, { rows })).body.results;
  await ledger.post('/v1/retractions', { batchId: BATCH, reason: 'wrong', dryRun: true });
  const before = await ledger.position();
  const [, b] = listed;
  await ledger.post('/v1/retractions', { rows: [{ stream: b.stream, event: b.event, reason: 'wrong' }] });
  await ledger.post('/v1/retractions', { batchId: BATCH, reason: 'wrong' });
  const counted = (of: typeof model) =>
    Array.from({ length: 5 }, (_, at) => {
      const found = retractionOfImport(of, BATCH, before + at, OPEN);
      return found && [found.facts, found.of, found.first - before, found.last - before];
    });
  expect(counted(model)).toEqual([undefined, [1, 3, 1, 1], [2, 3, 1, 2], [3, 3, 1, 3], [3, 3, 1, 3]]);
  expect(retractionOfImport(model, scene.caseId, before + 4, OPEN)).toBeUndefined();
  for (const batchMax of [1, 1_000]) {
    const anew = openReadModel({ path: ':memory:' });
    await catchUp(createRunner({ store: log as EventStore, model: anew, batchMax }));
    expect(counted(anew)).toEqual(counted(model));
    anew.close();
  }
  await ledger.close();
});
