/** A promise that nobody waited for fails: the process ends by itself with its own exit code, and what was acknowledged is there. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { caseBody } from '../support/bodies.ts';
import { killLedgers, startLedger } from '../support/ledger-process.ts';
import { headOf, send } from './writers.ts';

const FAILS_LATER = "data:text/javascript,process.on('SIGUSR2', () => void Promise.reject(new Error('nobody waits for this')))";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-unhandled-'));
});
afterEach(async () => {
  await killLedgers();
  rmSync(folder, { recursive: true });
});

it('a fault of its own ends the server with 70', async () => {
  const ledger = await startLedger({ folder, stderr: 'ignore', nodeOptions: ['--import', FAILS_LATER] });
  expect(await send(ledger.url, { key: 'k', path: '/v1/cases', body: caseBody, events: 1 })).toMatchObject({ status: 201 });
  process.kill(ledger.pid, 'SIGUSR2');
  expect(await ledger.exit).toBe(70);
  const again = await startLedger({ folder });
  expect(await headOf(again.url)).toBe(2);
});
