/** What moves the read model has failed: writes are recorded all the same, nobody waits for ever, and the server says that it is not ready. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openLogToRead } from '../../src/engines.ts';
import { meetingBody, withholdRow } from '../support/bodies.ts';
import { engineOf } from '../support/engine.ts';
import { killLedgers, startLedger } from '../support/ledger-process.ts';
import { limitMs } from '../support/limit-ms.ts';
import { readModelPath, rebuiltTablesOf, tablesOf } from '../support/read-model-tables.ts';
import { type Asked, expectStoredOnce, headOf, recordScene, repeatAll, send } from './writers.ts';

vi.setConfig({ testTimeout: limitMs(60_000) });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-runner-'));
});
afterEach(async () => {
  await killLedgers();
  rmSync(folder, { recursive: true });
});

/** From outside: the read model's file refuses what the runner writes, until the trigger is dropped. */
const inReadModel = (sql: string): void => {
  const db = new DatabaseSync(readModelPath(folder));
  db.exec(sql);
  db.close();
};

describe('a runner that failed', () => {
  it('leaves a server that records, answers without a position, and is not ready; the next start catches up', async () => {
    const ledger = await startLedger({ folder, stderr: 'ignore' });
    const { asked: opening, caseId, order } = await recordScene(ledger.url);
    inReadModel("CREATE TRIGGER refused BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'refused by the test'); END");

    const rows: Asked = {
      key: 'rows',
      path: '/v1/actions',
      body: { rows: [withholdRow('one', [order]), withholdRow('two', [order])] },
      events: 2,
    };
    const single: Asked = { key: 'single', path: '/v1/meetings', body: meetingBody(caseId, [order]), events: 1 };
    const answered = await send(ledger.url, rows);
    expect(answered?.status).toBe(200);
    expect(answered?.told.map(({ status, position }) => ({ status, position }))).toEqual(
      Array(2).fill({ status: 'recorded', position: null }),
    );
    const alone = await send(ledger.url, single);
    expect(alone?.status).toBe(201);
    expect(alone?.told.map(({ status, position }) => ({ status, position }))).toEqual([{ status: 'recorded', position: null }]);

    const ready = await fetch(`${ledger.url}/health/ready`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ code: 'UNAVAILABLE' });
    expect((await fetch(`${ledger.url}/health/live`)).status).toBe(200);
    // A repeat finds the first answer, and does not wait either.
    expect((await send(ledger.url, rows))?.told.map(({ status, position }) => ({ status, position }))).toEqual(
      Array(2).fill({ status: 'repeated', position: null }),
    );
    ledger.kill('SIGTERM');
    expect(await ledger.exit).toBe(0);

    inReadModel('DROP TRIGGER refused');
    const again = await startLedger({ folder });
    expect(await headOf(again.url)).toBe(1 + opening.length + 3);
    const settled = await repeatAll(again.url, [...opening, { ...rows, answer: answered }, { ...single, answer: alone }]);
    again.kill('SIGTERM');
    expect(await again.exit).toBe(0);
    await expectStoredOnce(await openLogToRead(engineOf(folder), folder), settled);
    expect(tablesOf(folder)).toEqual(await rebuiltTablesOf(folder));
  });
});
