/** What a ledger in one thread reads of a cluster's log while much is appended: as much as there is, not once more for each wake-up. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createServer } from '../../src/api/server.ts';
import { composeLedger } from '../../src/compose.ts';
import { addressIn } from '../event-store/over-the-wire.ts';
import { caseBody } from '../support/bodies.ts';
import { startFakeCluster } from '../support/fake-eventstoredb/cluster.ts';

const CASES = 300;

it('is read once for all the wake-ups that come while it is being read', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ledger-wake-'));
  const cluster = await startFakeCluster();
  const engine = { kind: 'eventstoredb', address: addressIn(cluster.url), prefix: 'wake.' } as const;
  const ledger = await composeLedger({ folder, engine, name: 'test', recordedBy: 'local:test', threads: false });
  const app = await createServer(ledger.uses, { logLevel: 'silent' });
  try {
    const replies = await Promise.all(
      Array.from({ length: CASES }, (_, n) => app.inject({ method: 'POST', url: '/v1/cases', payload: { ...caseBody, title: `${n}` } })),
    );
    const positions = replies.map((reply) => Number(reply.json().position)).sort((a, b) => a - b);
    expect(positions).toEqual(Array.from({ length: CASES }, (_, n) => n + 2));
    await ledger.close(); // after the last read that was still to come
    const reads = cluster.journal.filter(({ method, stream }) => method === 'Read' && stream === '$all');
    expect(reads.length).toBeLessThan(CASES / 2);
  } finally {
    await app.close();
    await cluster.close();
    await rm(folder, { recursive: true });
  }
});
