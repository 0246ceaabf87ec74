/** The server killed in the middle of a batch: a repeat with the same key finishes it, and changes no event twice. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { killLedgers, type LedgerProcess, startLedger } from '../support/ledger-process.ts';
import { limitMs } from '../support/limit-ms.ts';
import { rebuiltTablesOf, tablesOf } from '../support/read-model-tables.ts';
import { headOf, recordScene } from './writers.ts';

vi.setConfig({ testTimeout: limitMs(60_000) });

const BATCH = '7d9f3c1e-2b4a-4f6d-8e1a-3c5b7d9f1e2a';
const ROWS = 1_000;
const EVENTS = 3 * ROWS;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-batch-'));
});
afterEach(async () => {
  await killLedgers();
  rmSync(folder, { recursive: true });
});

const post = async ({ url }: LedgerProcess, path: string, body: object, key: string) => {
  const headers = { 'content-type': 'application/json', 'idempotency-key': key };
  const reply = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  const answer: { readonly batch: { readonly [count: string]: number } } = JSON.parse(await reply.text());
  expect(reply.status).toBe(200);
  return answer;
};

it('a batch that was cut short by kill -9 is finished by a repeat', async () => {
  const first = await startLedger({ folder });
  const { order } = await recordScene(first.url);
  for (let from = 0; from < EVENTS; from += ROWS) {
    const rows = Array.from({ length: ROWS }, (_, n) => ({
      target: { platform: 'birdsite.example', kind: 'account', verbatim: `account-${from + n}` },
      occurredAt: '2021-02-01T14:00:00+05:30',
      assertion: 'direct_record',
      batchId: BATCH,
    }));
    await post(first, `/v1/orders/${order}/targets`, { rows }, `list-${from}`);
  }
  const change = { batchId: BATCH, shift: { occurredAt: '-PT1H' }, reason: 'data_entry', explanation: 'An hour ahead.' };
  const before = await headOf(first.url);
  const cutShort = post(first, '/v1/corrections', change, 'shift').catch((error: unknown) => error);
  while ((await headOf(first.url)) < before + ROWS / 2);
  first.kill('SIGKILL');
  await first.exit;
  expect(await cutShort).toBeInstanceOf(TypeError); // the connection ended without an answer

  const second = await startLedger({ folder });
  const { batch } = await post(second, '/v1/corrections', change, 'shift');
  expect(batch).toMatchObject({ events: EVENTS, unchanged: 0, retracted: 0, refused: 0 });
  expect(batch['repeated']).toBeGreaterThanOrEqual(ROWS / 2);
  expect(batch['changed']).toBeGreaterThan(0);
  expect(await headOf(second.url)).toBe(before + EVENTS);
  expect((await post(second, '/v1/corrections', change, 'shift')).batch).toMatchObject({ changed: 0, repeated: EVENTS });
  second.kill('SIGTERM');
  expect(await second.exit).toBe(0);
  expect(tablesOf(folder)).toEqual(await rebuiltTablesOf(folder));
});
