/** One writing process on a folder. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteEventStore, takeLease } from '../../src/event-store/sqlite.ts';
import { startAppending } from './children.ts';
import { opening, wholeLog } from './sealed-events.ts';

describe('the lease', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ledger-lease-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const expectHeld = (action: () => unknown): void => expect(action).toThrow(expect.objectContaining({ code: 'LEASE_HELD', folder }));

  it('refuses a second writing process, not a reading one, and goes when its process is killed', async () => {
    const { child, lines, exit } = startAppending({ place: folder, inFlight: 1, textBytes: 10 });
    await once(lines, 'line');
    lines.resume();
    expectHeld(() => openSqliteEventStore({ folder }));
    expectHeld(() => takeLease(folder));
    const reader = openSqliteEventStore({ folder, readOnly: true });
    await reader.readAll({ after: null, limit: 10 });
    await reader.close();
    child.kill('SIGKILL');
    await exit;
    const store = openSqliteEventStore({ folder });
    await store.append(opening('order-1', {}), { expected: 'no_stream' });
    await store.close();
  });

  it('refuses a second writer in the same process, and is free again after close', async () => {
    const store = openSqliteEventStore({ folder });
    expectHeld(() => openSqliteEventStore({ folder }));
    await store.close();
    const next = openSqliteEventStore({ folder });
    await next.close();
  });

  it('may be taken by the process, for several stores of its threads', async () => {
    const lease = takeLease(folder);
    expectHeld(() => openSqliteEventStore({ folder }));
    const stores = [openSqliteEventStore({ folder, lease: 'held' }), openSqliteEventStore({ folder, lease: 'held' })] as const;
    const rivals = stores.map((store) => store.append(opening('order-1', {}), { expected: 'no_stream' }));
    const answers = await Promise.allSettled(rivals);
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    for (const store of stores) await store.close();
    expectHeld(() => takeLease(folder));
    lease.release();
    lease.release();
    const store = openSqliteEventStore({ folder });
    expect(await wholeLog(store)).toHaveLength(1);
    await store.close();
  });

  it('is given back when the store cannot be opened', () => {
    const missing = join(folder, 'missing');
    expect(() => openSqliteEventStore({ folder: missing })).toThrow(expect.objectContaining({ reason: 'cannot_open' }));
    takeLease(folder).release();
  });
});
