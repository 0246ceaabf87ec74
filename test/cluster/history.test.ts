/**
 * Mixed writes through two processes while the cluster fails in every way that the lanes know, then a look at its history: every acknowledged event is
 * present once at its acknowledged revision, every stream is dense, nothing else is there, and both read models are equal.
 *
 * A minute by default; `HISTORY_SECONDS=1800 npm test -- test/cluster/history.test.ts` takes half an hour. `HISTORY_SEED` repeats a run's faults.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Asked, expectStoredOnce, headOf, isAcknowledged, recordScene, repeatAll, type Scene, send, write } from '../crash/writers.ts';
import { withholdRow } from '../support/bodies.ts';
import type { FakeCluster } from '../support/fake-eventstoredb/cluster.ts';
import type { Fault } from '../support/fake-eventstoredb/faults.ts';
import { killLedgers, type LedgerProcess } from '../support/ledger-process.ts';
import { tablesOf } from '../support/read-model-tables.ts';
import { type TwoLedgers, withTwoFolders } from './two-ledgers.ts';

const SECONDS = Number(process.env['HISTORY_SECONDS'] ?? 60);
const SEED = Number(process.env['HISTORY_SEED'] ?? 1 + (Date.now() % 1_000_000));
const WRITERS = 4;
const QUIET_MS = 150; // between two faults
const NODES = 3;

let two: TwoLedgers;
beforeEach(async () => {
  two = await withTwoFolders({ nodes: NODES });
});
afterEach(async () => {
  await killLedgers();
  await two.remove();
});

/** Small and good enough to choose by: https://en.wikipedia.org/wiki/Linear_congruential_generator, the constants of Numerical Recipes. */
const chooser = (seed: number): ((below: number) => number) => {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

const FAULTS: readonly Fault[] = [
  { on: 'append', do: 'not_leader', leader: 'living' },
  { on: 'append', do: 'not_leader', leader: 'unknown' },
  { on: 'append', do: 'not_leader', leader: 'dead' },
  { on: 'append', do: 'not_ready' },
  { on: 'append', do: 'too_busy', times: 3 },
  { on: 'append', do: 'timeout', when: 'before_commit' },
  { on: 'append', do: 'timeout', when: 'after_commit' },
  { on: 'append', do: 'internal', when: 'before_commit', times: 2 },
  { on: 'append', do: 'internal', when: 'after_commit', times: 7 },
  { on: 'append', do: 'reset', when: 'before_commit' },
  { on: 'append', do: 'reset', when: 'after_commit' },
  { on: 'append', do: 'late', ms: 800 },
  { on: 'read', do: 'internal', times: 2 },
  { on: 'read', do: 'not_ready' },
  { on: 'read', do: 'reset' },
  { on: 'read', do: 'end_early', after: 1 },
  { on: 'subscribe', do: 'silent' },
  { on: 'connect', do: 'reset' },
];

/** What goes wrong next. */
const disturb = async (cluster: FakeCluster, choose: (below: number) => number): Promise<void> => {
  const what = choose(FAULTS.length + 3);
  const fault = FAULTS[what];
  if (fault) {
    const mend = cluster.fault(fault);
    await pause(QUIET_MS);
    mend();
    return;
  }
  switch (what - FAULTS.length) {
    case 0:
      cluster.dropSubscriptions();
      return;
    case 1:
      cluster.elect(choose(NODES));
      return;
    default: {
      const index = choose(NODES);
      await cluster.nodes[index]?.kill();
      cluster.elect((index + 1) % NODES);
      await pause(QUIET_MS);
      await cluster.nodes[index]?.restart();
    }
  }
};

/** How often a process says that it had to try a call to the cluster again. */
const retriesOf = async (url: string): Promise<number> => {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return [...metrics.matchAll(/^ledger_cluster_retries\{.*\} (\d+)$/gm)].reduce((sum, [, count]) => sum + Number(count), 0);
};

/** The same request to both processes at once, over and over: whatever each is told, it is one event. */
const writeRivals = async (
  scene: Scene,
  [a, b]: readonly [LedgerProcess, LedgerProcess],
  goesOn: () => boolean,
): Promise<readonly Asked[]> => {
  const asked: Asked[] = [];
  for (let n = 0; goesOn(); n += 1) {
    const request = { key: `rival-${n}`, path: '/v1/actions', body: { rows: [withholdRow(`rival-${n}`, [scene.order])] }, events: 1 };
    const answers = await Promise.all([a, b].map(({ url }) => send(url, request)));
    const events = answers.flatMap((answer) => answer?.told.map(({ event }) => event) ?? []);
    expect(new Set(events).size, request.key).toBeLessThanOrEqual(1);
    asked.push({ ...request, answer: answers.find((answer) => answer !== undefined && answer.status < 300) });
  }
  return asked;
};

it(
  `keeps a true history for ${SECONDS} s of faults, seed ${SEED}`,
  async () => {
    const [a, b] = await Promise.all([two.start(two.folders[0]), two.start(two.folders[1])]);
    const scene = await recordScene(a.url);
    const end = performance.now() + 1_000 * SECONDS;
    const goesOn = (): boolean => performance.now() < end;

    const disturbing = (async () => {
      const choose = chooser(SEED);
      let disturbed = 0;
      for (; goesOn(); disturbed += 1) {
        await disturb(two.cluster, choose);
        await pause(QUIET_MS);
      }
      return disturbed;
    })();
    const written = await Promise.all([
      ...[a, b].map(({ url }, process) => write(url, { scene, name: `p${process}`, writers: WRITERS, goesOn })),
      writeRivals(scene, [a, b], goesOn),
    ]);
    expect(await disturbing).toBeGreaterThan(SECONDS / 2);
    const asked = written.flat();

    // The faults did strike: both had to try again, over and over.
    for (const { url } of [a, b]) expect(await retriesOf(url)).toBeGreaterThan(SECONDS / 10);

    // All is well again: what was left open is asked once more, and both come to the same place.
    const headsMeet = async (): Promise<boolean> => (await headOf(a.url)) === (await headOf(b.url));
    await expect.poll(headsMeet, { timeout: 30_000 }).toBe(true);
    const settled = await repeatAll(a.url, asked);
    await expect.poll(headsMeet, { timeout: 30_000 }).toBe(true);
    for (const ledger of [a, b]) {
      ledger.kill('SIGTERM');
      expect(await ledger.exit).toBe(0);
    }
    await expectStoredOnce(await two.openStore(), [...scene.asked.filter(isAcknowledged), ...settled]);
    expect(tablesOf(two.folders[0])).toEqual(tablesOf(two.folders[1]));
    expect(asked.length).toBeGreaterThan(SECONDS);
  },
  (SECONDS + 120) * 1_000 + SECONDS * 2_000,
);
