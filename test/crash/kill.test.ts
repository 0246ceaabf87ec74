/** The server killed in the middle of writing, and told to stop in the middle of writing: what was acknowledged is there, and whoever asks again is told the truth. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openLogToRead } from '../../src/engines.ts';
import { engineOf } from '../support/engine.ts';
import { killLedgers, startLedger } from '../support/ledger-process.ts';
import { limitMs } from '../support/limit-ms.ts';
import { rebuiltTablesOf, tablesOf } from '../support/read-model-tables.ts';
import { type Asked, expectStoredOnce, isAcknowledged, recordScene, repeatAll, write } from './writers.ts';

vi.setConfig({ testTimeout: limitMs(60_000) });

const KILL_ROUNDS = Number(process.env['KILL_ROUNDS'] ?? 3);
const WRITERS = 16;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-crash-'));
});
afterEach(async () => {
  await killLedgers();
  rmSync(folder, { recursive: true });
});

/** The ledger is opened again, everything is asked once more, and the read model, however it came about, is the one that the log makes. */
const expectNothingLost = async (asked: readonly Asked[], recordedBefore: readonly Asked[]): Promise<readonly Asked[]> => {
  const ledger = await startLedger({ folder });
  const settled = await repeatAll(ledger.url, asked);
  await repeatAll(ledger.url, settled.slice(-WRITERS));
  ledger.kill('SIGTERM');
  expect(await ledger.exit).toBe(0);
  const all = [...recordedBefore.filter(isAcknowledged), ...settled];
  await expectStoredOnce(await openLogToRead(engineOf(folder), folder), all);
  expect(tablesOf(folder)).toEqual(await rebuiltTablesOf(folder));
  return all;
};

describe('kill -9 of the server while it is written to', () => {
  it(
    `loses nothing acknowledged and stores nothing twice, in ${KILL_ROUNDS} rounds on one ledger`,
    async () => {
      const first = await startLedger({ folder });
      const { asked: opening, ...scene } = await recordScene(first.url);
      first.kill('SIGTERM');
      await first.exit;
      let recorded: readonly Asked[] = opening;
      let cutShort = 0;
      for (let round = 1; round <= KILL_ROUNDS; round += 1) {
        const ledger = await startLedger({ folder });
        // After a number of answers, not after a time.
        const killAfter = 1 + ((round * 89) % 300);
        let answers = 0;
        const asked = await write(ledger.url, {
          scene,
          name: `round-${round}`,
          writers: WRITERS,
          goesOn: () => {
            answers += 1;
            if (answers === killAfter) ledger.kill('SIGKILL');
            return true;
          },
        });
        await ledger.exit;
        cutShort += asked.filter((request) => !isAcknowledged(request)).length;
        recorded = await expectNothingLost(asked, recorded);
      }
      // Every writer was cut short in every round: there was always something under way.
      expect(cutShort).toBe(WRITERS * KILL_ROUNDS);
    },
    limitMs(60_000 + KILL_ROUNDS * 20_000),
  );
});

describe('SIGTERM while the server is written to', () => {
  it('ends with 0, and loses nothing acknowledged', async () => {
    const ledger = await startLedger({ folder });
    const { asked: opening, ...scene } = await recordScene(ledger.url);
    let answers = 0;
    const asked = await write(ledger.url, {
      scene,
      name: 'until-stopped',
      writers: WRITERS,
      goesOn: ({ answer }) => {
        answers += 1;
        if (answers === 200) ledger.kill('SIGTERM');
        return answer !== undefined && answer.status < 300;
      },
    });
    expect(await ledger.exit).toBe(0);
    await expectNothingLost(asked, opening);
  });
});
