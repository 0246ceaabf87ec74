/** What a cluster may do to a call, one lane each: nothing is lost, nothing stored twice, nobody waits for ever, and the caller is told the truth. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { AppendTooLarge, Conflict, OutcomeUnknown, StoreCorrupt, StoreUnavailable } from '../../src/event-store/errors.ts';
import { resumeToken } from '../../src/event-store/event-store.ts';
import { PATIENCE } from '../../src/event-store/eventstoredb-retries.ts';
import type { AppendFault, ReadFault } from '../support/fake-eventstoredb/faults.ts';
import { HASTE, type OverTheWire, PREFIX, startOverTheWire, textsOf } from './over-the-wire.ts';
import { headOf, numbered, opening, sealedAfter, wholeLog } from './sealed-events.ts';

let wire: OverTheWire | undefined;
const start = async (options: Parameters<typeof startOverTheWire>[0] = {}): Promise<OverTheWire> => {
  wire = await startOverTheWire(options);
  return wire;
};
afterEach(async () => {
  await wire?.close();
  wire = undefined;
});

/** HASTE's bound, and what a busy machine adds. */
const WAIT_MS_MAX = 6_000;
const within = async <T>(ms: number, promise: Promise<T>): Promise<T> => {
  const started = performance.now();
  try {
    return await promise;
  } finally {
    expect(performance.now() - started).toBeLessThan(ms);
  }
};

/** What a fault does, without which calls it strikes. */
type Done<F> = F extends F ? Omit<F, 'on' | 'nth' | 'times' | 'node' | 'stream'> : never;

const onAppend: readonly (readonly [string, Done<AppendFault>, 'passes' | typeof StoreUnavailable | typeof OutcomeUnknown])[] = [
  ['not leader, but another is', { do: 'not_leader', leader: 'living' }, 'passes'],
  ['not leader, and the leader is dead', { do: 'not_leader', leader: 'dead' }, StoreUnavailable],
  ['no leader is known', { do: 'not_leader', leader: 'unknown' }, StoreUnavailable],
  ['not ready', { do: 'not_ready' }, StoreUnavailable],
  ['too busy', { do: 'too_busy' }, StoreUnavailable],
  ["the server's time is up before the commit", { do: 'timeout', when: 'before_commit' }, OutcomeUnknown],
  ["the server's time is up after the commit", { do: 'timeout', when: 'after_commit' }, OutcomeUnknown],
  ['a fault in the server before the commit', { do: 'internal', when: 'before_commit' }, OutcomeUnknown],
  ['a fault in the server after the commit', { do: 'internal', when: 'after_commit' }, OutcomeUnknown],
  ['connection reset before the commit', { do: 'reset', when: 'before_commit' }, OutcomeUnknown],
  ['connection reset after the commit', { do: 'reset', when: 'after_commit' }, OutcomeUnknown],
  ['the answer is lost', { do: 'answer_lost' }, OutcomeUnknown],
  ['the answer comes after our deadline', { do: 'late', ms: 900 }, OutcomeUnknown],
  ['silence', { do: 'silent' }, OutcomeUnknown],
];

describe('an append', () => {
  it.each(onAppend)('is stored once though the first try meets this: %s', async (_, done) => {
    const { cluster, open, storedOf } = await start({ nodes: 2 });
    const store = open();
    cluster.fault({ on: 'append', ...done } as AppendFault);
    const events = opening('order-1', ...numbered(3));
    await within(WAIT_MS_MAX, store.append(events, { expected: 'no_stream' }));
    expect(storedOf('order-1')).toEqual(textsOf(events));
    const next = sealedAfter(headOf(events), 'order-1', {});
    await store.append(next, { expected: 2 });
    expect(textsOf(await wholeLog(store))).toEqual(textsOf([...events, ...next]));
  });

  it.each(onAppend)('says what is known when every try meets this: %s', async (_, done, outcome) => {
    const { cluster, open, storedOf } = await start({ nodes: 2 });
    const store = open();
    const mend = cluster.fault({ on: 'append', times: Number.POSITIVE_INFINITY, ...done } as AppendFault);
    const events = opening('order-1', ...numbered(2));
    const settled = await within(
      WAIT_MS_MAX,
      store.append(events, { expected: 'no_stream' }).then(
        () => 'passes' as const,
        (error: unknown) => error,
      ),
    );
    if (outcome === 'passes') expect(settled === 'passes' || settled instanceof StoreUnavailable).toBe(true);
    else expect(settled).toBeInstanceOf(outcome);
    if (settled instanceof StoreUnavailable) expect(storedOf('order-1')).toEqual([]);
    mend();
    // Whoever is told nothing certain looks, and finds the whole append or nothing of it; then goes on from there.
    const stored = textsOf(await store.readStream('order-1', { from: 0, limit: 10 }));
    expect([[], textsOf(events)]).toContainEqual(stored);
    if (stored.length === 0) await store.append(events, { expected: 'no_stream' });
    expect(storedOf('order-1')).toEqual(textsOf(events));
  });

  it('is a conflict if the revision was taken by somebody else while the outcome was open', async () => {
    const { cluster, open, storedOf } = await start();
    const [store, rival] = [open(), open()];
    cluster.fault({ on: 'append', do: 'timeout', when: 'before_commit' });
    const [ours, theirs] = [opening('order-1', { n: 1 }), opening('order-1', { n: 2 })];
    const appended = store.append(ours, { expected: 'no_stream' });
    await rival.append(theirs, { expected: 'no_stream' }).catch(() => rival.append(theirs, { expected: 'no_stream' }));
    const settled = await appended.catch((error: unknown) => error);
    if (storedOf('order-1')[0] === theirs[0].text) expect(settled).toBeInstanceOf(Conflict);
    expect(storedOf('order-1')).toHaveLength(1);
  });

  it('that the server refuses to repeat, though it is stored, is found in its stream', async () => {
    const { cluster, open, storedOf } = await start();
    cluster.fault({ on: 'append', do: 'answer_lost' });
    const events = opening('order-1', {}, {});
    const appended = open().append(events, { expected: 'no_stream' });
    await expect.poll(() => storedOf('order-1')).toHaveLength(2);
    // A server that no longer knows it by its id answers that the revision is taken.
    cluster.alter({ stream: `${PREFIX}order-1`, revision: 0 }, { id: '00000000-0000-4000-8000-000000000000' });
    await appended;
    expect(storedOf('order-1')).toEqual(textsOf(events));
  });

  it('outlasts an election of some seconds', async () => {
    const { cluster, open, storedOf } = await start({ nodes: 3 });
    cluster.elect(null);
    setTimeout(() => cluster.elect(1), 4_000);
    const events = opening('order-1', {});
    await open({ patience: PATIENCE }).append(events, { expected: 'no_stream' });
    expect(storedOf('order-1')).toEqual(textsOf(events));
  }, 30_000);

  it('that waited for its turn until its time was over was surely not stored', async () => {
    const { cluster, open } = await start();
    const store = open();
    cluster.fault({ on: 'append', times: Number.POSITIVE_INFINITY, do: 'silent' });
    const appends = Array.from({ length: 300 }, (_, n) => store.append(opening(`target-${n}`, {}), { expected: 'no_stream' }));
    const settled = await within(2 * WAIT_MS_MAX, Promise.allSettled(appends));
    const codes = settled.map((one) => (one.status === 'rejected' ? one.reason.code : 'STORED'));
    expect(new Set(codes)).toEqual(new Set(['OUTCOME_UNKNOWN', 'STORE_UNAVAILABLE']));
    const sent = new Set(cluster.journal.flatMap(({ method, stream }) => (method === 'Append' ? [stream] : [])));
    // Of those that never came to the server, each of the 32 turns may have let one go in its last moment.
    const unsent = codes.filter((_, n) => !sent.has(`${PREFIX}target-${n}`));
    expect(unsent.filter((code) => code === 'OUTCOME_UNKNOWN').length).toBeLessThanOrEqual(32);
  });

  it('goes to the leader, as reads do', async () => {
    const { cluster, open } = await start();
    const store = open();
    await store.append(opening('order-1', {}), { expected: 'no_stream' });
    await store.readStream('order-1', { from: 0, limit: 1 });
    await wholeLog(store);
    expect(cluster.journal.map(({ requiresLeader }) => requiresLeader)).not.toContain(false);
    expect(cluster.journal.length).toBeGreaterThan(2);
  });

  it('that the server finds too large is not tried again', async () => {
    const { cluster, open } = await start({ appendBytesMax: 2_000 });
    const error = await open()
      .append(opening('order-1', ...numbered(10)), { expected: 'no_stream' })
      .catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(AppendTooLarge);
    expect(error).toMatchObject({ measure: 'bytes', max: 2_000 });
    expect(cluster.journal.filter(({ method }) => method === 'Append')).toHaveLength(1);
  });

  it('by a user without the right is refused, and not tried again', async () => {
    const { cluster, open } = await start({ access: 'denied' });
    await expect(open().append(opening('order-1', {}), { expected: 'no_stream' })).rejects.toMatchObject({ code: 'ACCESS_DENIED' });
    expect(cluster.journal.filter(({ method }) => method === 'Append')).toHaveLength(1);
  });

  it('never takes the client’s batch path', async () => {
    const { cluster, open } = await start();
    await open().append(opening('order-1', {}), { expected: 'no_stream' });
    expect(cluster.journal.map(({ method }) => method)).toEqual(['Append']);
  });

  it('into a stream that somebody closed, or deleted and so moved on, is an alarm and no success', async () => {
    const { cluster, open } = await start();
    const store = open();
    const events = opening('order-1', {}, {});
    await store.append(events, { expected: 'no_stream' });
    cluster.softDelete(`${PREFIX}order-1`);
    await expect(store.append(opening('order-1', {}), { expected: 'no_stream' })).rejects.toBeInstanceOf(StoreCorrupt);
    cluster.tombstone(`${PREFIX}order-1`);
    await expect(store.append(sealedAfter(headOf(events), 'order-1', {}), { expected: 1 })).rejects.toBeInstanceOf(StoreCorrupt);
  });
});

const onRead: readonly (readonly [string, Done<ReadFault>])[] = [
  ['silence in the middle', { do: 'silent_midway' }],
  ['a fault in the server', { do: 'internal' }],
  ['not ready', { do: 'not_ready' }],
  ['too busy', { do: 'too_busy' }],
  ['connection reset', { do: 'reset' }],
  ['no leader is known', { do: 'not_leader', leader: 'unknown' }],
  ['the server’s time is up', { do: 'timeout' }],
  ['a page that ends inside an append', { do: 'end_early', after: 2 }],
  ['a slow server', { do: 'slow', ms: 5 }],
];

describe('a read', () => {
  it.each(onRead)('is whole though the first try meets this: %s', async (_, done) => {
    const { cluster, open } = await start();
    const store = open();
    const events = opening('order-1', ...numbered(6));
    await store.append(events, { expected: 'no_stream' });
    cluster.fault({ on: 'read', ...done } as ReadFault);
    expect(textsOf(await within(WAIT_MS_MAX, store.readStream('order-1', { from: 0, limit: 100 })))).toEqual(textsOf(events));
    cluster.fault({ on: 'read', ...done } as ReadFault);
    expect(textsOf(await within(WAIT_MS_MAX, wholeLog(store)))).toEqual(textsOf(events));
  });

  it.each(onRead.filter(([, { do: what }]) => what !== 'slow' && what !== 'end_early'))(
    'says that the store cannot be reached when every try meets this: %s',
    async (_, done) => {
      const { cluster, open } = await start();
      const store = open();
      await store.append(opening('order-1', ...numbered(6)), { expected: 'no_stream' });
      cluster.fault({ on: 'read', times: Number.POSITIVE_INFINITY, ...done } as ReadFault);
      await expect(within(WAIT_MS_MAX, store.readStream('order-1', { from: 0, limit: 100 }))).rejects.toBeInstanceOf(StoreUnavailable);
    },
  );

  it('from which an event was left out is an error that names it', async () => {
    const { cluster, open } = await start();
    const store = open();
    await store.append(opening('order-1', ...numbered(6)), { expected: 'no_stream' });
    const named = { code: 'STORE_CORRUPT', part: 'order', stream: 'order-1', revision: 3 };
    cluster.fault({ on: 'read', do: 'skip_event', index: 3 });
    await expect(store.readStream('order-1', { from: 0, limit: 100 })).rejects.toMatchObject(named);
    cluster.fault({ on: 'read', do: 'skip_event', index: 3 });
    await expect(wholeLog(store)).rejects.toMatchObject(named);
  });

  it('that goes on in the middle, as after a start, misses nothing that was left out at the seam', async () => {
    const { cluster, open } = await start();
    const store = open();
    await store.append(opening('order-1', ...numbered(6)), { expected: 'no_stream' });
    const { next } = await store.readAll({ after: null, limit: 3 });
    expect((await open().readAll({ after: next, limit: 10 })).events).toHaveLength(3);
    cluster.fault({ on: 'read', stream: '$all', do: 'skip_event', index: 1 }); // the first after the one that is read again
    await expect(open().readAll({ after: next, limit: 10 })).rejects.toMatchObject({ part: 'order', stream: 'order-1', revision: 3 });
  });

  it('that is to go on at a place of another log is refused', async () => {
    const { open } = await start();
    const store = open();
    await store.append(opening('order-1', {}), { expected: 'no_stream' });
    for (const place of ['999999999/999999999', '1/1'])
      await expect(store.readAll({ after: resumeToken(place), limit: 10 })).rejects.toMatchObject({ reason: 'foreign_place' });
  });

  it('that waits for its turn ends with the store, and nothing is sent afterwards', async () => {
    const { cluster, open } = await start();
    const store = open();
    await store.append(opening('order-1', ...numbered(6)), { expected: 'no_stream' });
    cluster.fault({ on: 'read', times: Number.POSITIVE_INFINITY, do: 'silent_midway' });
    const reads = Promise.allSettled(Array.from({ length: 100 }, () => store.readStream('order-1', { from: 0, limit: 10 })));
    await expect.poll(() => cluster.journal.filter(({ method }) => method === 'Read').length).toBe(32);
    await store.close();
    const settled = await within(WAIT_MS_MAX, reads);
    for (const one of settled) expect(one).toMatchObject({ status: 'rejected', reason: { code: 'STORE_UNAVAILABLE' } });
    expect(cluster.journal.filter(({ method }) => method === 'Read')).toHaveLength(32);
  });

  it('of a user without the right is refused', async () => {
    const { open } = await start({ access: 'no-all' });
    const store = open();
    await store.append(opening('order-1', {}), { expected: 'no_stream' });
    await expect(store.readAll({ after: null, limit: 1 })).rejects.toMatchObject({ code: 'ACCESS_DENIED' });
  });
});

describe('a log between the events of others', () => {
  it('is read without them, in its order, and an idle poll does not read them again', async () => {
    const { cluster, open } = await start();
    const store = open();
    const all: string[] = [];
    for (let n = 0; n < 5; n += 1) {
      const events = opening(`order-${n}`, {}, {});
      await store.append(events, { expected: 'no_stream' });
      all.push(...textsOf(events));
      for (let other = 0; other < 150; other += 1)
        cluster.put({ stream: other % 2 ? 'other-1' : '$stats', type: 'Other', data: { other } });
    }
    expect(textsOf(await wholeLog(store, 3))).toEqual(all);
    const { next } = await store.readAll({ after: null, limit: 100 });
    let after = next;
    for (let page = await store.readAll({ after, limit: 100 }); page.events.length > 0; page = await store.readAll({ after, limit: 100 }))
      after = page.next;
    const before = cluster.journal.length;
    await store.readAll({ after, limit: 100 });
    expect(cluster.journal.length - before).toBe(1);
  });

  it('is read from where it was opened, whatever others had stored before', async () => {
    const { cluster, open } = await start();
    for (let other = 0; other < 1_500; other += 1) cluster.put({ stream: 'other-1', type: 'Other', data: { other } });
    const store = open({ openedBy: 'ledger' });
    expect(await wholeLog(store)).toEqual([]);
    const all = [opening('ledger', {}), opening('order-1', {}, {})];
    for (const events of all) await store.append(events, { expected: 'no_stream' });
    for (const each of [store, open({ openedBy: 'ledger' })]) {
      const before = cluster.journal.length;
      expect(textsOf(await wholeLog(each, 2))).toEqual(all.flatMap(textsOf));
      const starts = cluster.journal.slice(before).flatMap((call) => (call.method === 'Read' && call.stream === '$all' ? [call.from] : []));
      expect(starts).toHaveLength(3);
      for (const from of starts) expect(from).toBeGreaterThanOrEqual(cluster.records[1_499]?.commit ?? 0);
    }
  });

  it('says which of its streams somebody set metadata of, or closed, also before this process began', async () => {
    const { cluster, open } = await start();
    await open().append(opening('order-1', {}), { expected: 'no_stream' });
    cluster.put({ stream: `$$${PREFIX}order-1`, type: '$metadata', data: { $maxAge: 60 } });
    cluster.put({ stream: '$$other-1', type: '$metadata', data: { $maxAge: 60 } });
    const store = open();
    store.onAppended(() => {});
    await expect.poll(() => store.health().tampered).toEqual([{ stream: 'order-1', keys: ['$maxAge'] }]);
    cluster.tombstone(`${PREFIX}order-1`);
    await expect.poll(() => store.health().tampered).toEqual([{ stream: 'order-1', keys: ['$maxAge', '$streamDeleted'] }]);
  });
});

describe('listening', () => {
  it('hears of what another process appends, and again after the subscription was dropped', async () => {
    const { cluster, open } = await start();
    const [listener, writer] = [open(), open()];
    let woken = 0;
    listener.onAppended(() => {
      woken += 1;
    });
    await expect.poll(() => cluster.subscriptions().length).toBe(2);
    await writer.append(opening('order-1', {}), { expected: 'no_stream' });
    await expect.poll(() => woken, { timeout: 900 }).toBeGreaterThan(0);
    cluster.dropSubscriptions();
    await expect.poll(() => cluster.subscriptions().length, { timeout: 5_000 }).toBe(2);
    await listener.close();
    await expect.poll(() => cluster.subscriptions().length).toBe(0);
  });

  it('that hears nothing still looks each second', async () => {
    const { cluster, open } = await start();
    cluster.fault({ on: 'subscribe', times: Number.POSITIVE_INFINITY, do: 'silent' });
    let woken = 0;
    open().onAppended(() => {
      woken += 1;
    });
    await expect.poll(() => woken, { timeout: 3_000 }).toBeGreaterThan(0);
  });

  it('that does not bring what was read is opened anew, and the watch over metadata with it', async () => {
    const { cluster, open } = await start();
    cluster.fault({ on: 'subscribe', times: 2, do: 'silent' });
    const [listener, writer] = [open(), open()];
    let woken = 0;
    listener.onAppended(() => {
      woken += 1;
    });
    await expect.poll(() => cluster.subscriptions().length).toBe(2);
    const silent = cluster.subscriptions().map(({ id }) => id);
    await writer.append(opening('order-1', {}), { expected: 'no_stream' });
    const { next } = await listener.readAll({ after: null, limit: 10 });
    await expect
      .poll(() => cluster.subscriptions().filter(({ id }) => !silent.includes(id)).length, { timeout: 2 * HASTE.silentMs + 3_000 })
      .toBe(2);
    woken = 0;
    cluster.put({ stream: `$$${PREFIX}order-1`, type: '$metadata', data: { $maxAge: 60 } });
    await expect.poll(() => listener.health().tampered).toHaveLength(1);
    await writer.append(opening('order-2', {}), { expected: 'no_stream' });
    await expect.poll(() => woken, { timeout: 900 }).toBeGreaterThan(0);
    expect((await listener.readAll({ after: next, limit: 10 })).events).toHaveLength(1);
    const opened = cluster.subscriptions().map(({ id }) => id);
    await pause(2 * HASTE.silentMs);
    expect(cluster.subscriptions().map(({ id }) => id)).toEqual(opened); // one that brings what there is stays
  });
});

describe('a cluster whose nodes come and go', () => {
  it('keeps every one of 64 appends that the leader changes under', async () => {
    const { cluster, open, storedOf } = await start({ nodes: 3 });
    const store = open();
    const appends = Array.from({ length: 64 }, (_, n) => opening(`target-${n}`, { n }, { n }));
    const settled = Promise.all(
      appends.map((events, n) => {
        if (n === 20) cluster.elect(1);
        return store.append(events, { expected: 'no_stream' });
      }),
    );
    setTimeout(() => void cluster.nodes[0]?.kill(), 5);
    await within(WAIT_MS_MAX, settled);
    for (const [n, events] of appends.entries()) expect(storedOf(`target-${n}`)).toEqual(textsOf(events));
    expect(await wholeLog(store)).toHaveLength(128);
  });

  it('is found again after its one node was started anew', async () => {
    const { cluster, open } = await start();
    const store = open();
    const events = opening('order-1', {});
    await store.append(events, { expected: 'no_stream' });
    await cluster.nodes[0]?.kill();
    await expect(within(WAIT_MS_MAX, store.readStream('order-1', { from: 0, limit: 1 }))).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(store.append(opening('order-2', {}), { expected: 'no_stream' })).rejects.toBeInstanceOf(StoreUnavailable);
    await cluster.nodes[0]?.restart();
    await store.append(opening('order-2', {}), { expected: 'no_stream' });
    expect(await wholeLog(store)).toHaveLength(2);
  });

  it('that accepts connections and says nothing keeps nobody waiting, nor from closing', async () => {
    const { cluster, open } = await start();
    const store = open();
    cluster.fault({ on: 'connect', times: Number.POSITIVE_INFINITY, do: 'silent' });
    await expect(within(WAIT_MS_MAX, store.append(opening('order-1', {}), { expected: 'no_stream' }))).rejects.toBeInstanceOf(
      OutcomeUnknown,
    );
    await expect(within(WAIT_MS_MAX, store.readAll({ after: null, limit: 1 }))).rejects.toBeInstanceOf(StoreUnavailable);
    await within(WAIT_MS_MAX, store.close());
  });
});
