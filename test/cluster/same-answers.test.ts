/** One ledger, two engines: the same commands give the same events, order, positions and figures, and the demo prints the same. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createServer } from '../../src/api/server.ts';
import { composeLedger } from '../../src/compose.ts';
import { parseInstant } from '../../src/domain/time.ts';
import { EMBEDDED, type Engine } from '../../src/engines.ts';
import { addressIn } from '../event-store/over-the-wire.ts';
import { type FakeCluster, startFakeCluster } from '../support/fake-eventstoredb/cluster.ts';
import { type RandomCase, randomCase } from '../support/random-case.ts';
import { recordCase } from '../support/recorded-case.ts';

const CASES = 4;
const SEED = Number(process.env['SAME_SEED'] ?? Date.now() % 1_000_000);
const ENTRY = fileURLToPath(new URL('../../bin/ledger.js', import.meta.url));

let cluster: FakeCluster;
let folders: string[];
beforeEach(async () => {
  cluster = await startFakeCluster();
  folders = [];
});
afterEach(async () => {
  await cluster.close();
  for (const folder of folders) rmSync(folder, { recursive: true });
});
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-same-'));
  folders.push(folder);
  return folder;
};

/** Each id by the order in which it first appears; hashes, salts and times of recording are each run's own. */
const comparable = (text: string): string => {
  const ids = new Map<string, number>();
  return text
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, (id) => {
      if (!ids.has(id)) ids.set(id, ids.size);
      return `id-${ids.get(id)}`;
    })
    .replaceAll(/"(?:hash|prev|salt|commandHash)":"[0-9a-f]+"/g, '""');
};

const RECORDED_AT = parseInstant('2026-01-01T00:00:00.000Z');

type Run = { readonly events: string; readonly answers: readonly string[] };

/** What a reader of the API gets of a random case that was recorded over this engine. */
const run = async (engine: Engine, theCase: RandomCase): Promise<Run> => {
  const options = { folder: newFolder(), engine, name: 'same', recordedBy: 'local:test', threads: false, clock: () => RECORDED_AT };
  const ledger = await composeLedger(options);
  const app = await createServer(ledger.uses, { logLevel: 'silent' });
  const get = async (url: string): Promise<string> => {
    const { statusCode, body } = await app.inject(url);
    expect(statusCode, body).toBe(200);
    return comparable(body);
  };
  try {
    await recordCase(ledger.uses, theCase);
    const answers: string[] = [];
    const about = `case=${(await app.inject('/v1/cases')).json().cases[0].id}`;
    for (const day of DAYS) answers.push(await get(`/v1/compliance?${about}&at=${day}`), await get(`/v1/deadlines?${about}&at=${day}`));
    return { events: await get('/v1/events?limit=1000'), answers };
  } finally {
    await app.close();
    await ledger.close();
  }
};
const DAYS = ['2023-03-01T06:00:00Z', '2023-03-01T18:00:00Z', '2023-03-03T00:00:00Z', '2030-01-01T00:00:00Z'];

const clusterOf = (prefix: string): Engine => ({ kind: 'eventstoredb', address: addressIn(cluster.url), prefix });

describe('the same commands', () => {
  it(`give the same events, order, positions and figures on both engines, in ${CASES} random cases`, async () => {
    for (const [n, theCase] of fc.sample(randomCase, { numRuns: CASES, seed: SEED }).entries()) {
      const embedded = await run(EMBEDDED, theCase);
      expect(await run(clusterOf(`case${n}.`), theCase), `case ${n} of seed ${SEED}`).toEqual(embedded);
      expect(embedded.events.length).toBeGreaterThan(1_000);
    }
  }, 120_000);
});

describe('the demo', () => {
  const demo = (environment: NodeJS.ProcessEnv): Promise<string> =>
    new Promise((resolve, reject) => {
      const { EVENTSTORE_URL: _, ...own } = process.env;
      const options = { env: { ...own, ...environment }, maxBuffer: 16 * 1024 * 1024 };
      execFile(process.execPath, [ENTRY, 'demo', '--data', newFolder()], options, (error, out) => (error ? reject(error) : resolve(out)));
    });
  /** Where it keeps its data, and when it recorded them, is each run's own. */
  const figures = (text: string): string =>
    text.replaceAll(/\S*ledger-same-\S+/g, 'folder').replaceAll(/\d\d:\d\d:\d\d\.\d{3} IST/g, 'an hour');

  it('prints the same on both engines', async () => {
    const [embedded, onCluster] = [await demo({}), await demo({ EVENTSTORE_URL: cluster.url })];
    expect(figures(onCluster)).toBe(figures(embedded));
    expect(embedded).toContain('97.42 %');
    expect(cluster.records.length).toBeGreaterThan(3_000);
  }, 120_000);
});
