/** What is left after a kill, a full disk, and a write that fails: nothing acknowledged is lost, and no answer is untrue. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteEventStore } from '../../src/event-store/sqlite.ts';
import { mountSmallDisk, NO_DISK, putBallast, SMALL_DISK_BYTES, type SmallDisk } from '../support/small-disk.ts';
import { type Answer, answerIn, expectTruthful, startAppending } from './children.ts';
import { opening, wholeLog } from './sealed-events.ts';

const KILL_ROUNDS = Number(process.env['KILL_ROUNDS'] ?? 3);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-durability-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const codesOf = (answers: readonly Answer[]): ReadonlySet<string> => new Set(answers.map(({ answer }) => answer));

describe('kill -9', () => {
  it(
    `loses no acknowledged event, in ${KILL_ROUNDS} rounds on one store`,
    async () => {
      const answers: Answer[] = [];
      for (let round = 1; round <= KILL_ROUNDS; round++) {
        const { child, lines, exit } = startAppending({ place: folder, inFlight: 16, textBytes: 700 });
        // Killed after a number of answers, not after a time; the pipe still holds what was answered meanwhile.
        const killAfter = answers.length + 1 + ((round * 397) % 1_500);
        for await (const line of lines) {
          const answer = answerIn(line);
          if (answer !== undefined) answers.push(answer);
          if (answers.length >= killAfter && !child.killed) child.kill('SIGKILL');
        }
        await exit;
        const store = openSqliteEventStore({ folder });
        await expectTruthful(store, answers);
        await store.append(opening(`order-${round}`, {}, {}), { expected: 'no_stream' });
        await store.close();
      }
      expect(codesOf(answers)).toEqual(new Set(['STORED']));
    },
    20_000 + KILL_ROUNDS * 10_000,
  );
});

describe('a write that fails', () => {
  it('gives an unknown outcome, after which the store settles what it holds and goes on, until it cannot', async () => {
    // 2,048 blocks of 512 bytes: the WAL meets the limit at the commit that crosses it, later the file itself does.
    const { lines, exit } = startAppending({ place: folder, inFlight: 4, textBytes: 2_000, appendsMax: 1_000, before: 'ulimit -f 2048' });
    const answers: Answer[] = [];
    for await (const line of lines) {
      const answer = answerIn(line);
      if (answer !== undefined) answers.push(answer);
    }
    expect(await exit).toBe(0);
    const codes = answers.map(({ answer }) => answer);
    expect(codes).toContain('OUTCOME_UNKNOWN');
    expect(codes.lastIndexOf('STORED')).toBeGreaterThan(codes.indexOf('OUTCOME_UNKNOWN'));
    expect(codes).toContain('STORE_UNAVAILABLE');
    expect(codesOf(answers)).toEqual(new Set(['STORED', 'OUTCOME_UNKNOWN', 'STORE_UNAVAILABLE']));
    const store = openSqliteEventStore({ folder });
    await expectTruthful(store, answers);
    await store.append(opening('order-1', {}, {}), { expected: 'no_stream' });
    await store.close();
  }, 60_000);
});

describe('a full disk', () => {
  let disk: SmallDisk | undefined;
  beforeEach(() => {
    disk = mountSmallDisk(folder);
  });
  afterEach(() => disk?.unmount());

  const fill = (name: string): void => {
    const filling = Buffer.alloc(SMALL_DISK_BYTES);
    expect(() => writeFileSync(join(folder, name), filling)).toThrow(expect.objectContaining({ code: 'ENOSPC' }));
  };

  it('is told truthfully, spares what was acknowledged, and is over when there is space again', async ({ skip }) => {
    if (disk === undefined) return skip(NO_DISK);
    // Settling moves what the WAL holds into the file, so that much room is needed once more.
    const ballast = putBallast(folder, 8 * 2 ** 20);
    const store = openSqliteEventStore({ folder });
    const answers: Answer[] = [];
    const append = async (stream: string, textBytes: number): Promise<string> => {
      const events = opening(stream, { text: 'x'.repeat(textBytes) }, {});
      const answer = await store.append(events, { expected: 'no_stream' }).then(
        () => 'STORED',
        (error: { readonly code: string }) => error.code,
      );
      answers.push(...events.map(({ event, hash }) => ({ answer, stream, revision: event.revision, hash: hash.toHex() })));
      return answer;
    };
    // More in one transaction than SQLite keeps in memory: it fails before the commit, and surely nothing is stored.
    const group = await Promise.all(Array.from({ length: 16 }, (_, n) => append(`big-${n}`, 800_000)));
    expect(new Set(group)).toEqual(new Set(['STORE_UNAVAILABLE']));
    expect(await append('small-0', 100)).toBe('STORED');
    for (let n = 1; n < 2_000 && answers.at(-1)?.answer === 'STORED'; n++) await append(`small-${n}`, 10_000);
    expect(answers.at(-1)?.answer).toBe('OUTCOME_UNKNOWN');
    rmSync(ballast);
    expect(await append('space-again', 10_000)).toBe('STORED');
    await expectTruthful(store, answers);
    await store.close();
    const reopened = openSqliteEventStore({ folder });
    await expectTruthful(reopened, answers);
    await reopened.close();
  }, 60_000);

  it('leaves a store that says it is full, and opens and reads as soon as there is room for its shared memory', async ({ skip }) => {
    if (disk === undefined) return skip(NO_DISK);
    const first = openSqliteEventStore({ folder });
    await first.append(opening('order-1', {}), { expected: 'no_stream' });
    await first.close();
    const room = join(folder, 'room');
    writeFileSync(room, Buffer.alloc(64 * 2 ** 10));
    fill('filling');
    expect(() => openSqliteEventStore({ folder })).toThrow(expect.objectContaining({ code: 'STORE_UNAVAILABLE', reason: 'full' }));
    rmSync(room);
    const store = openSqliteEventStore({ folder });
    expect(await wholeLog(store)).toHaveLength(1);
    await store.close();
  });
});
