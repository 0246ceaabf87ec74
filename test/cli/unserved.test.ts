/** What commands say of an order of which no service is on record, while accounts are listed and acted upon. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { caseBody, listRow, orderBody } from '../support/bodies.ts';
import { openServedLedger, type ServedLedger } from '../support/served-ledger.ts';
import { ledger } from './typed.ts';

// Each test starts processes, which a busy machine takes its time over.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let served: ServedLedger;
let order: string;
beforeAll(async () => {
  served = await openServedLedger();
  const { id: caseId } = await served.post('/v1/cases', caseBody);
  ({ id: order } = await served.post('/v1/orders', { ...orderBody(caseId), ref: 'O1', statedTargetCount: 1 }));
  await served.post(`/v1/orders/${order}/targets`, { rows: ['alpha', 'beta', 'gamma'].map(listRow) });
});
afterAll(() => served.close());

const REASON = 'no service of the order is on record by this time, so no account is counted';

it.each(['compliance', 'state', 'dossier'])('%s says that it is the service that is missing', async (command) => {
  const { code, out } = await ledger(command, '--order', 'O1', '--at', '2021-02-10T18:00', '--data', served.folder);
  expect(code).toBe(0);
  const words = out.replace(/\s+/g, ' ');
  expect(words).toContain(REASON);
  expect(words).not.toContain('under an order in force');
});

it.each(['compliance', 'state', 'dossier'])('%s says that more are listed than the order states', async (command) => {
  const { out } = await ledger(command, '--order', 'O1', '--at', '2021-02-10T18:00', '--data', served.folder);
  const words = out.replace(/\s+/g, ' ');
  expect(words).toContain('3 are listed, 2 more than the 1 that the order states: check the list');
  expect(words).not.toContain('the figures are about the listed ones only');
});
