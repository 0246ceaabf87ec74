/** No room left under the server: it says so, loses nothing that it acknowledged, and the same request is told the truth once there is room. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLogToRead } from '../../src/engines.ts';
import { engineOf, isOnCluster, skippedAs } from '../support/engine.ts';
import { killLedgers, type LedgerProcess, startLedger } from '../support/ledger-process.ts';
import { rebuiltTablesOf, tablesOf } from '../support/read-model-tables.ts';
import { mountSmallDisk, NO_DISK, putBallast, type SmallDisk } from '../support/small-disk.ts';
import { type Asked, expectStoredOnce, recordScene, repeatAll, send, write } from './writers.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-full-'));
});
afterEach(async () => {
  await killLedgers();
  rmSync(folder, { recursive: true });
});

const WRITERS = 8;
const FAILURES = 40;

/** Writes until a number of requests failed; every failure must be one that says what became of the request. */
const writeUntilFull = async ({ url }: LedgerProcess): Promise<readonly Asked[]> => {
  const { asked: opening, ...scene } = await recordScene(url);
  let failures = 0;
  const asked = await write(url, {
    scene,
    name: 'until-full',
    writers: WRITERS,
    goesOn: ({ answer }) => {
      if (answer?.status === 503) failures += 1;
      return failures < FAILURES;
    },
  });
  const answers = asked.map(({ answer }) => (answer && answer.status >= 300 ? `${answer.status} ${answer.code}` : answer?.status));
  expect(new Set(answers).difference(new Set([200, 201, '503 OUTCOME_UNKNOWN', '503 UNAVAILABLE']))).toEqual(new Set());
  expect(failures).toBeGreaterThanOrEqual(FAILURES);
  return [...opening, ...asked];
};

const expectToldTheTruth = async (asked: readonly Asked[]): Promise<void> => {
  const ledger = await startLedger({ folder });
  const settled = await repeatAll(ledger.url, asked);
  ledger.kill('SIGTERM');
  expect(await ledger.exit).toBe(0);
  await expectStoredOnce(await openLogToRead(engineOf(folder), folder), settled);
  expect(tablesOf(folder)).toEqual(await rebuiltTablesOf(folder));
};

const NOT_ON_THIS_DISK = skippedAs('the log is not on this disk');

describe.skipIf(isOnCluster)(`a file that may not grow${NOT_ON_THIS_DISK}`, () => {
  it('is told as a failure, and what was asked is settled by asking again', async () => {
    const ledger = await startLedger({ folder, before: 'ulimit -f 4096', stderr: 'ignore' }); // blocks of 512 bytes
    const asked = await writeUntilFull(ledger);
    ledger.kill('SIGTERM');
    await ledger.exit;
    await expectToldTheTruth(asked);
  }, 120_000);
});

describe.skipIf(isOnCluster)(`a full disk${NOT_ON_THIS_DISK}`, () => {
  let disk: SmallDisk | undefined;
  beforeEach(() => {
    disk = mountSmallDisk(folder);
  });
  afterEach(() => disk?.unmount());

  it('is told as a failure, and is over when there is room again: without a restart, and after one', async ({ skip }) => {
    if (disk === undefined) return skip(NO_DISK);
    const ballast = putBallast(folder, 8 * 2 ** 20);
    const ledger = await startLedger({ folder, stderr: 'ignore' });
    const asked = await writeUntilFull(ledger);
    rmSync(ballast);
    const settled: Asked[] = [];
    for (const request of asked) {
      const answer = await send(ledger.url, request);
      expect(answer?.told.map(({ status }) => status).filter((status) => status !== 'recorded' && status !== 'repeated')).toEqual([]);
      settled.push({ ...request, answer });
    }
    ledger.kill('SIGKILL');
    await ledger.exit;
    await expectToldTheTruth(settled);
  }, 120_000);
});
