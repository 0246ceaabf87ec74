/** Two API processes on one cluster, both taking writes: conflicts are decided again, repeats are known across them, and each catches up by itself. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Asked, expectStoredOnce, headOf, isAcknowledged, recordScene, repeatAll, type Scene, send, write } from '../crash/writers.ts';
import { listRow, withholdRow } from '../support/bodies.ts';
import { killLedgers, type LedgerProcess } from '../support/ledger-process.ts';
import { tablesOf } from '../support/read-model-tables.ts';
import { type TwoLedgers, withTwoFolders } from './two-ledgers.ts';

let two: TwoLedgers;
let a: LedgerProcess;
let b: LedgerProcess;
let scene: Scene & { readonly asked: readonly Asked[] };

beforeEach(async () => {
  two = await withTwoFolders({ nodes: 1 });
  // Both find an empty cluster at the same time: one of them opens the ledger, the other takes it as it is.
  [a, b] = await Promise.all([two.start(two.folders[0]), two.start(two.folders[1])]);
  scene = await recordScene(a.url);
});
afterEach(async () => {
  await killLedgers();
  await two.remove();
});

const stop = async (): Promise<void> => {
  for (const ledger of [a, b]) {
    ledger.kill('SIGTERM');
    expect(await ledger.exit).toBe(0);
  }
};
const json = async (url: string): Promise<{ readonly [field: string]: unknown }> => {
  const reply = await fetch(url);
  expect(reply.status).toBe(200);
  return JSON.parse(await reply.text());
};
const withheld = (account: string, key: string): Asked => ({
  key,
  path: '/v1/actions',
  body: { rows: [withholdRow(account, [scene.order])] },
  events: 1,
});

describe('two processes on one cluster', () => {
  it('are one ledger: what one wrote the other reads, as soon as it is asked for the position', async () => {
    const path = `/v1/orders/${scene.order}/targets`;
    const rows = Array.from({ length: 20 }, (_, n) => listRow(`seen-${n}`));
    const answer = await send(a.url, { key: 'list', path, body: { rows }, events: rows.length });
    const position = Math.max(...(answer?.told ?? []).map((told) => told.position ?? 0));
    expect(position).toBeGreaterThan(0);
    const query = `orders=${scene.order}&minPosition=${position}`;
    const [one, other] = await Promise.all([a, b].map(({ url }) => json(`${url}/v1/compliance?${query}&at=2021-02-01T12:00:00Z`)));
    expect(other).toEqual(one);
    expect(JSON.stringify(other)).toContain('20');
  });

  it('know a request under one key from each other, also when it comes to both at once', async () => {
    for (let n = 0; n < 20; n += 1) {
      const request = withheld(`twice-${n}`, `twice-${n}`);
      const answers = await Promise.all([send(a.url, request), send(b.url, request)]);
      expect(new Set(answers.map((answer) => answer?.told[0]?.event)).size, 'one event').toBe(1);
      expect(answers.map((answer) => answer?.told[0]?.status).sort()).toEqual(['recorded', 'repeated']);
      const another = { rows: [{ ...withholdRow(`twice-${n}`, [scene.order]), policy: 'another' }] };
      expect(await send(b.url, { ...request, body: another })).toMatchObject({
        told: [{ status: 'refused', problem: { code: 'COMMAND_ID_REUSED' } }],
      });
    }
  });

  it('lose nothing and store nothing twice while both are written to', async () => {
    const perProcess = 150;
    const writeTo = (ledger: LedgerProcess, name: string): Promise<readonly Asked[]> => {
      let answers = 0;
      const goesOn = (): boolean => {
        answers += 1;
        return answers < perProcess;
      };
      return write(ledger.url, { scene, name, writers: 8, goesOn });
    };
    const asked = (await Promise.all([writeTo(a, 'by-a'), writeTo(b, 'by-b')])).flat();
    expect(asked.every(isAcknowledged)).toBe(true);
    // Each comes by itself to the head, which the event that opened the ledger belongs to: only then does a position tell what was there before a repeat.
    const head = [...scene.asked, ...asked].reduce((sum, { events }) => sum + events, 1);
    for (const { url } of [a, b]) await expect.poll(() => headOf(url), { timeout: 10_000 }).toBe(head);
    const settled = await repeatAll(b.url, asked);
    expect(await headOf(b.url)).toBe(head);
    await stop();
    await expectStoredOnce(await two.openStore(), [...scene.asked.filter(isAcknowledged), ...settled]);
    expect(tablesOf(two.folders[0])).toEqual(tablesOf(two.folders[1]));
  });

  it('tell whoever watches how the cluster is, and when somebody meddled with a stream', async () => {
    expect(await json(`${a.url}/health/ready`)).toMatchObject({ status: 'ready', alarms: [] });
    two.cluster.put({ stream: `$$two.order-${scene.order}`, type: '$metadata', data: { $maxCount: 1 } });
    const alarm = { code: 'stream_metadata', stream: `order-${scene.order}`, keys: ['$maxCount'] };
    await expect.poll(async () => (await json(`${b.url}/health/ready`))['alarms'], { timeout: 5_000 }).toEqual([alarm]);
    const metrics = await (await fetch(`${b.url}/metrics`)).text();
    expect(metrics).toMatch(/^ledger_cluster_streams_tampered 1$/m);
    for (const thread of ['serving', 'runner'])
      expect(metrics).toMatch(new RegExp(`^ledger_cluster_answered_seconds{thread="${thread}"} [1-9]`, 'm'));
    expect(metrics).toMatch(/^ledger_read_model_head_seen_seconds [1-9]/m);
  });

  it('tell how long appends took, and what each thread had to try again', async () => {
    const metrics = async (): Promise<string> => (await fetch(`${a.url}/metrics`)).text();
    expect(await send(a.url, withheld('counted', 'counted'))).toMatchObject({ told: [{ status: 'recorded' }] });
    expect(await metrics()).toMatch(/^ledger_cluster_append_seconds_count{outcome="STORED"} [1-9]/m);
    const retriedBy = (thread: string) => new RegExp(`^ledger_cluster_retries{failure="[^"]+",thread="${thread}"} [1-9]`, 'm');
    const mend = two.cluster.fault({ on: 'read', stream: '$all', do: 'not_ready', times: Number.POSITIVE_INFINITY });
    await expect.poll(metrics, { timeout: 15_000 }).toMatch(retriedBy('runner'));
    mend();
    for (const [thread, path] of [
      ['serving', '/v1/events?limit=10'],
      ['answers', `/v1/orders/${scene.order}/dossier`],
    ] as const) {
      two.cluster.fault({ on: 'read', stream: `two.order-${scene.order}`, do: 'not_ready' });
      await json(`${a.url}${path}`);
      expect(await metrics()).toMatch(retriedBy(thread));
    }
  });

  it('follow again after they were refused the log for a while', async () => {
    two.cluster.settings.access = 'no-all';
    await new Promise((resolve) => setTimeout(resolve, 2_500)); // longer than the runner's poll
    two.cluster.settings.access = 'granted';
    const answer = await send(a.url, withheld('afterwards', 'afterwards'));
    expect(answer?.told[0]).toMatchObject({ status: 'recorded', position: expect.any(Number) });
    expect(await json(`${b.url}/v1/orders?minPosition=${answer?.told[0]?.position}`)).toBeDefined();
  });

  it('go on by themselves when one of them is killed', async () => {
    const request = withheld('survives', 'survives');
    b.kill('SIGKILL');
    await b.exit;
    expect(await send(a.url, request)).toMatchObject({ told: [{ status: 'recorded' }] });
    b = await two.start(two.folders[1]);
    expect(await send(b.url, request)).toMatchObject({ told: [{ status: 'repeated' }] });
    await stop();
    expect(tablesOf(two.folders[0])).toEqual(tablesOf(two.folders[1]));
  });
});
