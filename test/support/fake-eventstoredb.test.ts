/** The fake event store server, driven by the real client: it answers by the tables of the specification, and each fault shows as it should. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  AccessDeniedError,
  type AllStreamSubscription,
  DeadlineExceededError,
  type EventData,
  EventStoreDBClient,
  jsonEvent,
  MaxAppendSizeExceededError,
  NotLeaderError,
  type ResolvedEvent,
  StreamDeletedError,
  StreamNotFoundError,
  type StreamSubscription,
  streamNameFilter,
  TimeoutError,
  UnavailableError,
  UnknownError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type FakeCluster, type FakeClusterOptions, startFakeCluster } from './fake-eventstoredb/cluster.ts';
import type { AppendFault } from './fake-eventstoredb/faults.ts';

/** Passed with each append: without them the client would use the batch call. */
const credentials = { username: 'admin', password: 'changeit' };
type ExpectedRevision = bigint | 'no_stream' | 'any' | 'stream_exists';

const clusters: FakeCluster[] = [];
const clients: EventStoreDBClient[] = [];

const start = async (options?: FakeClusterOptions): Promise<FakeCluster> => {
  const cluster = await startFakeCluster(options);
  clusters.push(cluster);
  return cluster;
};

const connect = ({ url }: { readonly url: string }, query = ''): EventStoreDBClient => {
  const client = EventStoreDBClient.connectionString(`${url}${query}`);
  clients.push(client);
  return client;
};

const opened = async (options?: FakeClusterOptions) => {
  const cluster = await start(options);
  return { cluster, client: connect(cluster) };
};

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.dispose()));
  await Promise.all(clusters.splice(0).map((cluster) => cluster.close()));
});

const eventOf = (n: number, id: string = randomUUID()) => jsonEvent({ id, type: 'Noted', data: { n }, metadata: { hash: `h${n}` } });
const eventsOf = (count: number) => Array.from({ length: count }, (_, n) => eventOf(n));

const appendTo = (
  client: EventStoreDBClient,
  events: EventData[],
  {
    expected,
    stream = 'order-1',
    deadline = 10_000,
  }: { readonly expected: ExpectedRevision; readonly stream?: string; readonly deadline?: number },
) => client.appendToStream(stream, events, { expectedRevision: expected, credentials, requiresLeader: true, deadline });

const failureOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'no failure',
    (cause: unknown) => cause,
  );

const all = async (events: AsyncIterable<ResolvedEvent>): Promise<NonNullable<ResolvedEvent['event']>[]> => {
  const list = [];
  for await (const { event } of events) if (event !== undefined) list.push(event);
  return list;
};

const revisions = async (events: AsyncIterable<ResolvedEvent>): Promise<number[]> =>
  (await all(events)).map(({ revision }) => Number(revision));

const idsStored = ({ records }: FakeCluster): string[] => records.map(({ id }) => id);

describe('an append that the client gives up while it sends it', () => {
  it('is stored whole or not at all', async () => {
    const { client, cluster } = await opened();
    const EVENTS = 400;
    const streams = Array.from({ length: 80 }, (_, n) => `order-${n}`);
    for (const [n, stream] of streams.entries())
      await failureOf(appendTo(client, eventsOf(EVENTS), { expected: 'no_stream', stream, deadline: 5 + (n % 40) }));
    const counts = streams.map((stream) => cluster.records.filter((record) => record.stream === stream).length);
    expect(counts.filter((count) => count !== 0 && count !== EVENTS)).toEqual([]);
    expect(counts).toContain(0);
  });
});

describe('an append by the table of ids', () => {
  it('is written at the head, and to a stream that is not there, whatever the ids', async () => {
    const { client, cluster } = await opened();
    const events = eventsOf(2);
    expect(await appendTo(client, events, { expected: 'no_stream' })).toMatchObject({ success: true, nextExpectedRevision: 1n });
    const again = await appendTo(client, events, { expected: 1n });
    expect(again.nextExpectedRevision).toBe(3n);
    const { commit, prepare } = cluster.records[3] ?? {};
    expect(again.position).toEqual({ commit: BigInt(commit ?? 0), prepare: BigInt(prepare ?? 0) });
    expect(idsStored(cluster)).toEqual([...events, ...events].map(({ id }) => id));
  });

  it('takes sparse, growing positions', async () => {
    const { client, cluster } = await opened();
    await appendTo(client, eventsOf(3), { expected: 'no_stream' });
    const positions = cluster.records.map(({ commit }) => commit);
    expect(cluster.records.every(({ commit, prepare }) => commit === prepare)).toBe(true);
    expect(positions.every((position, n) => n === 0 || position - (positions[n - 1] ?? 0) > 100)).toBe(true);
  });

  it('is acknowledged without being written where each id is the one stored, with the revision of its own last event', async () => {
    const { client, cluster } = await opened();
    const [first, second] = [eventsOf(2), eventsOf(2)];
    await appendTo(client, first, { expected: 'no_stream' });
    await appendTo(client, second, { expected: 1n });
    const other = second.map(({ id }, n) => jsonEvent({ id, type: 'Another', data: { other: n } }));
    await cluster.nodes[0]?.restart();
    await failureOf(appendTo(client, first, { expected: 'no_stream' })); // the connection was cut
    for (const [events, expected, revision] of [
      [first, 'no_stream', 1n],
      [first.slice(1), 0n, 1n],
      [other, 1n, 3n],
    ] as const) {
      const repeated = await client.appendToStream('order-1', [...events], { expectedRevision: expected, credentials });
      expect(repeated).toEqual({ success: true, nextExpectedRevision: revision, position: undefined });
    }
    expect(cluster.records).toHaveLength(4);
  });

  it('conflicts where the first id is another', async () => {
    const { client } = await opened();
    await appendTo(client, eventsOf(2), { expected: 'no_stream' });
    for (const expected of ['no_stream', 0n] as const) {
      const failure = await failureOf(appendTo(client, eventsOf(1), { expected }));
      expect(failure).toBeInstanceOf(WrongExpectedVersionError);
      expect(failure).toMatchObject({ streamName: 'order-1', expectedVersion: expected, actualVersion: 1n });
    }
  });

  it('conflicts where a later id is another, or lies beyond the head', async () => {
    const { client, cluster } = await opened();
    const [a, b] = [eventOf(0), eventOf(1)];
    await appendTo(client, [a, b], { expected: 'no_stream' });
    for (const events of [
      [a, eventOf(1)],
      [a, b, eventOf(2)],
    ])
      expect(await failureOf(appendTo(client, events, { expected: 'no_stream' }))).toBeInstanceOf(WrongExpectedVersionError);
    expect(cluster.records).toHaveLength(2);
  });

  it('conflicts beyond the head, and where there is no stream', async () => {
    const { client } = await opened();
    expect(await failureOf(appendTo(client, eventsOf(1), { expected: 3n }))).toMatchObject({
      expectedVersion: 3n,
      actualVersion: 'no_stream',
    });
    await appendTo(client, eventsOf(1), { expected: 'no_stream' });
    expect(await failureOf(appendTo(client, eventsOf(1), { expected: 3n }))).toMatchObject({ expectedVersion: 3n, actualVersion: 0n });
  });

  it('looks for ids in its own stream only', async () => {
    const { client } = await opened();
    const events = eventsOf(1);
    await appendTo(client, events, { expected: 'no_stream' });
    await appendTo(client, eventsOf(1), { expected: 'no_stream', stream: 'order-2' });
    expect(await failureOf(appendTo(client, events, { expected: 'no_stream', stream: 'order-2' }))).toBeInstanceOf(
      WrongExpectedVersionError,
    );
  });

  it('goes on above what was soft-deleted', async () => {
    const { client } = await opened();
    await appendTo(client, eventsOf(3), { expected: 'no_stream' });
    await client.deleteStream('order-1');
    expect(await failureOf(all(client.readStream('order-1')))).toBeInstanceOf(StreamNotFoundError);
    expect(await appendTo(client, eventsOf(2), { expected: 'no_stream' })).toMatchObject({ nextExpectedRevision: 4n });
    expect(await revisions(client.readStream('order-1'))).toEqual([3, 4]);
  });

  it('is refused by a tombstone, whatever it expects', async () => {
    const { client, cluster } = await opened();
    await appendTo(client, eventsOf(1), { expected: 'no_stream' });
    await client.tombstoneStream('order-1');
    for (const expected of ['no_stream', 0n, 7n, 'any', 'stream_exists'] as const) {
      const failure = await failureOf(appendTo(client, eventsOf(1), { expected }));
      expect(failure).toBeInstanceOf(StreamDeletedError);
      expect(failure).toMatchObject({ code: 9, streamName: 'order-1' });
    }
    expect(cluster.records.map(({ type }) => type)).toEqual(['Noted', '$streamDeleted']);
  });

  it('that expects nothing in particular is known by the memory of recent ids, which a restart empties', async () => {
    const { client, cluster } = await opened();
    const [a, b] = [eventOf(0), eventOf(1)];
    for (const _ of [1, 2]) expect(await appendTo(client, [a, b], { expected: 'any' })).toMatchObject({ nextExpectedRevision: 1n });
    expect(await appendTo(client, [b], { expected: 'stream_exists' })).toMatchObject({ nextExpectedRevision: 1n, position: undefined });
    for (const events of [
      [a, eventOf(2)],
      [a, eventOf(2), b],
    ])
      expect(await failureOf(appendTo(client, events, { expected: 'any' }))).toBeInstanceOf(WrongExpectedVersionError);
    expect(await appendTo(client, [eventOf(2), a], { expected: 'any' })).toMatchObject({ nextExpectedRevision: 3n });
    cluster.elect(0);
    expect(await appendTo(client, [a, b], { expected: 'any' })).toMatchObject({ nextExpectedRevision: 5n });
    const missing = failureOf(appendTo(client, [a], { expected: 'stream_exists', stream: 'order-2' }));
    expect(await missing).toMatchObject({ type: 'wrong-expected-version', expectedVersion: 'stream_exists', actualVersion: 'no_stream' });
  });

  it('is bounded in all, and event by event', async () => {
    const bytes = Buffer.byteLength(JSON.stringify({ n: 0 }) + JSON.stringify({ hash: 'h0' }));
    const { client, cluster } = await opened({ appendBytesMax: 2 * bytes });
    await appendTo(client, [eventOf(0), eventOf(1)], { expected: 'no_stream' });
    const failure = await failureOf(appendTo(client, [eventOf(0), eventOf(10)], { expected: 1n }));
    expect(failure).toBeInstanceOf(MaxAppendSizeExceededError);
    expect(failure).toMatchObject({ code: 3, maxAppendSize: 2 * bytes });
    cluster.settings.appendEventBytesMax = bytes - 1;
    const single = await failureOf(appendTo(client, [eventOf(0)], { expected: 1n }));
    expect(single).toBeInstanceOf(UnknownError);
    expect(single).toMatchObject({ code: 3 });
  });

  it('shows in the journal with its ids', async () => {
    const { client, cluster } = await opened();
    const events = eventsOf(2);
    await appendTo(client, events, { expected: 'no_stream' });
    expect(cluster.journal).toEqual([
      { method: 'Append', node: 0, requiresLeader: true, stream: 'order-1', ids: events.map(({ id }) => id), expected: 'no_stream' },
    ]);
  });
});

describe('a read', () => {
  it('of a stream goes both ways, from either end or a revision, which it includes', async () => {
    const { client } = await opened();
    await appendTo(client, eventsOf(5), { expected: 'no_stream' });
    const read = (options: Parameters<typeof client.readStream>[1]) => revisions(client.readStream('order-1', options));
    expect(await read({})).toEqual([0, 1, 2, 3, 4]);
    expect(await read({ fromRevision: 2n, maxCount: 2 })).toEqual([2, 3]);
    expect(await read({ fromRevision: 9n })).toEqual([]);
    expect(await read({ direction: 'backwards', fromRevision: 'end', maxCount: 2 })).toEqual([4, 3]);
    expect(await read({ direction: 'backwards', fromRevision: 2n })).toEqual([2, 1, 0]);
  });

  it('gives back what was stored', async () => {
    const { client, cluster } = await opened({ clockOffsetMs: 3_600_000 });
    const text = '"é" € 🔒 \u0007\n/ \u2028';
    const id = randomUUID();
    await appendTo(client, [jsonEvent({ id, type: 'Noted', data: { text }, metadata: { hash: 'h' } })], { expected: 'no_stream' });
    const [event] = await all(client.readStream('order-1'));
    expect(event).toMatchObject({ id, streamId: 'order-1', type: 'Noted', isJson: true, data: { text }, metadata: { hash: 'h' } });
    expect(event?.created.getTime()).toBe(cluster.records[0]?.created);
    expect((event?.created.getTime() ?? 0) - Date.now()).toBeGreaterThan(3_500_000);
  });

  it('of all includes the position that it is given, both ways, and sees foreign records', async () => {
    const { client, cluster } = await opened();
    await appendTo(client, eventsOf(2), { expected: 'no_stream' });
    cluster.put({ stream: '$settings', type: '$>', data: 'not json' });
    await appendTo(client, eventsOf(2), { expected: 'no_stream', stream: 'order-2' });
    const everything = await all(client.readAll());
    expect(everything.map(({ streamId, revision }) => [streamId, revision])).toEqual([
      ['order-1', 0n],
      ['order-1', 1n],
      ['$settings', 0n],
      ['order-2', 0n],
      ['order-2', 1n],
    ]);
    expect(everything[2]?.data).toBe('not json');
    const middle = everything[2]?.position ?? 'start';
    const from = (options: Parameters<typeof client.readAll>[0]) => all(client.readAll(options));
    expect(await from({ fromPosition: middle })).toEqual(everything.slice(2));
    expect(await from({ fromPosition: middle, maxCount: 2 })).toEqual(everything.slice(2, 4));
    expect(await from({ fromPosition: middle, direction: 'backwards' })).toEqual(everything.slice(0, 3).reverse());
    expect(await from({ fromPosition: 'end', direction: 'backwards', maxCount: 1 })).toEqual(everything.slice(-1));
    expect(await from({ fromPosition: 'end' })).toEqual([]);
  });

  it('says what is missing, deleted or truncated', async () => {
    const { client, cluster } = await opened();
    expect(await failureOf(all(client.readStream('order-9')))).toBeInstanceOf(StreamNotFoundError);
    await appendTo(client, eventsOf(4), { expected: 'no_stream' });
    cluster.truncate('order-1', { before: 2 });
    expect(await revisions(client.readStream('order-1'))).toEqual([2, 3]);
    cluster.softDelete('order-1');
    expect(await failureOf(all(client.readStream('order-1')))).toBeInstanceOf(StreamNotFoundError);
    cluster.tombstone('order-1');
    expect(await failureOf(all(client.readStream('order-1')))).toMatchObject({ type: 'stream-deleted', code: 9, streamName: 'order-1' });
    const types = (await all(client.readAll())).map(({ type, revision }) => [type, revision]);
    expect(types.slice(4)).toEqual([
      ['$metadata', 0n],
      ['$metadata', 1n],
      ['$streamDeleted', 2n ** 63n - 1n],
    ]);
  });

  it('shows what was altered or removed behind the server', async () => {
    const { client, cluster } = await opened();
    await appendTo(client, eventsOf(4), { expected: 'no_stream' });
    cluster.alter({ stream: 'order-1', revision: 0 }, ({ data }) => ({ data: Buffer.from(`${data} `) }));
    cluster.alter({ stream: 'order-1', revision: 1 }, { stream: 'order-x', revision: 7 });
    cluster.remove({ stream: 'order-1', revision: 2 });
    const events = await all(client.readStream('order-1'));
    expect(events.map(({ streamId, revision }) => [streamId, Number(revision)])).toEqual([
      ['order-1', 0],
      ['order-x', 7],
      ['order-1', 3],
    ]);
    expect(await all(client.readAll())).toEqual(events);
    expect(cluster.records[0]?.data.toString()).toBe('{"n":0} ');
  });
});

/** What a subscription gives, as text, and a wait for so much of it. */
const listen = (subscription: AllStreamSubscription | StreamSubscription | ReturnType<EventStoreDBClient['readAll']>) => {
  const seen: string[] = [];
  const waiting = new Set<() => void>();
  const note = (what: string): void => {
    seen.push(what);
    for (const look of waiting) look();
  };
  subscription.on('confirmation', () => note('confirmation'));
  subscription.on('caughtUp', () => note('caughtUp'));
  subscription.on('end', () => note('end'));
  subscription.on('error', ({ name }: Error) => note(name));
  subscription.on('data', ({ event }: ResolvedEvent) => note(`${event?.streamId} ${event?.revision}`));
  const until = (count: number): Promise<string[]> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (seen.length < count) return;
        waiting.delete(look);
        resolve(seen);
      };
      waiting.add(look);
      look();
    });
  return { seen, until };
};

describe('a subscription', () => {
  it('to all begins after its position, catches up, and goes on live', async () => {
    const { client, cluster } = await opened();
    await appendTo(client, eventsOf(3), { expected: 'no_stream' });
    const [first] = await all(client.readAll({ maxCount: 1 }));
    const subscription = client.subscribeToAll({ fromPosition: first?.position ?? 'start' });
    const { until } = listen(subscription);
    expect(await until(4)).toEqual(['confirmation', 'order-1 1', 'order-1 2', 'caughtUp']);
    await appendTo(client, eventsOf(1), { expected: 2n });
    expect((await until(5)).at(-1)).toBe('order-1 3');
    expect(cluster.subscriptions()).toMatchObject([{ stream: '$all', node: 0, sent: 3 }]);
    await subscription.unsubscribe();
    await vi.waitFor(() => expect(cluster.subscriptions()).toEqual([]));
  });

  it('to a stream, from the start, after a revision or from the end', async () => {
    const { client } = await opened();
    await appendTo(client, eventsOf(3), { expected: 'no_stream' });
    const heard = (['start', 1n, 'end'] as const).map((fromRevision) => listen(client.subscribeToStream('order-1', { fromRevision })));
    const counts = [5, 3, 2];
    for (const [n, { until }] of heard.entries()) await until(counts[n] ?? 0);
    await appendTo(client, eventsOf(1), { expected: 2n });
    for (const [n, { until }] of heard.entries()) await until((counts[n] ?? 0) + 1);
    expect(heard.map(({ seen }) => seen)).toEqual([
      ['confirmation', 'order-1 0', 'order-1 1', 'order-1 2', 'caughtUp', 'order-1 3'],
      ['confirmation', 'order-1 2', 'caughtUp', 'order-1 3'],
      ['confirmation', 'caughtUp', 'order-1 3'],
    ]);
  });

  it('with prefixes leaves other streams out, and says how far it looked', async () => {
    const { client, cluster } = await opened();
    for (const stream of ['a.1', 'b.1', '$$a.1', '$$b.1']) cluster.put({ stream, type: 'x', data: {} });
    const checkpoints: bigint[] = [];
    const filter = streamNameFilter({
      prefixes: ['a.', '$$a.'],
      maxSearchWindow: 2,
      checkpointInterval: 1,
      checkpointReached: (_, { commit }) => void checkpoints.push(commit),
    });
    const { until } = listen(client.subscribeToAll({ filter }));
    expect(await until(4)).toEqual(['confirmation', 'a.1 0', '$$a.1 0', 'caughtUp']);
    expect(checkpoints).toEqual([cluster.records[1], cluster.records[3]].map((record) => BigInt(record?.commit ?? 0)));
    expect(cluster.journal.at(-1)).toMatchObject({ method: 'Subscribe', stream: '$all', from: 'start', prefixes: ['a.', '$$a.'] });
  });

  it('waits for a reader that does not read', async () => {
    const { client, cluster } = await opened();
    for (let n = 0; n < 3_000; n += 1) cluster.put({ stream: 'order-1', type: 'x', data: { text: 'x'.repeat(1_000) } });
    const subscription = client.subscribeToAll();
    await once(subscription, 'confirmation');
    await appendTo(client, eventsOf(1), { expected: 2_999n });
    const sent = cluster.subscriptions()[0]?.sent ?? 0;
    expect(sent).toBeLessThan(2_000);
    await listen(subscription).until(3_002);
  });

  it('beyond a hundred calls on one connection gets nothing, and appends hang', async () => {
    const { client, cluster } = await opened();
    const held = Array.from({ length: 100 }, () => client.subscribeToAll());
    await Promise.all(held.map((subscription) => listen(subscription).until(2)));
    const last = listen(client.subscribeToAll());
    expect(await failureOf(appendTo(client, eventsOf(1), { expected: 'no_stream', deadline: 200 }))).toBeInstanceOf(DeadlineExceededError);
    expect({ open: cluster.subscriptions().length, seen: last.seen }).toEqual({ open: 100, seen: [] });
  });

  it('ends with an error when it is dropped, or its node is killed', async () => {
    const { client, cluster } = await opened();
    for (const end of [cluster.dropSubscriptions, () => cluster.nodes[0]?.kill()]) {
      const subscription = client.subscribeToAll();
      await once(subscription, 'confirmation');
      const failed = once(subscription, 'error');
      await end();
      expect((await failed)[0]).toBeInstanceOf(UnavailableError);
    }
    expect(cluster.subscriptions()).toEqual([]);
  });

  it('may be struck by a fault of its own', async () => {
    const { client, cluster } = await opened();
    await appendTo(client, eventsOf(4), { expected: 'no_stream' });
    const heard = async (count: number): Promise<string[]> => listen(client.subscribeToAll()).until(count);
    cluster.fault({ on: 'subscribe', do: 'skip_event', index: 1 });
    expect(await heard(5)).toEqual(['confirmation', 'order-1 0', 'order-1 2', 'order-1 3', 'caughtUp']);
    cluster.fault({ on: 'subscribe', do: 'double_event', index: 1 });
    expect((await heard(7)).slice(2, 4)).toEqual(['order-1 1', 'order-1 1']);
    cluster.fault({ on: 'subscribe', do: 'swap_events', index: 1 });
    expect((await heard(6)).slice(2, 4)).toEqual(['order-1 2', 'order-1 1']);
    cluster.fault({ on: 'subscribe', do: 'silent' });
    expect(await heard(1)).toEqual(['confirmation']);
  });
});

describe('a cluster', () => {
  it('is found by gossip, which prefers the leader', async () => {
    const cluster = await start({ nodes: 3 });
    cluster.elect(2);
    await appendTo(connect(cluster), eventsOf(1), { expected: 'no_stream' });
    expect(cluster.journal[0]?.method).toBe('Gossip.Read');
    expect(cluster.journal.at(-1)).toMatchObject({ method: 'Append', node: 2 });
    expect(cluster.leader).toBe(cluster.nodes[2]);
  });

  it('sends a client on to the new leader', async () => {
    const cluster = await start({ nodes: 3 });
    const client = connect(cluster);
    await appendTo(client, eventsOf(1), { expected: 'no_stream' });
    cluster.elect(1);
    const failure = await failureOf(appendTo(client, eventsOf(1), { expected: 0n }));
    expect(failure).toBeInstanceOf(NotLeaderError);
    expect(failure).toMatchObject({ code: 5, leader: { address: '127.0.0.1', port: cluster.nodes[1]?.port } });
    await appendTo(client, eventsOf(1), { expected: 0n });
    expect(cluster.journal.at(-1)).toMatchObject({ method: 'Append', node: 1 });
  });

  it('loses a node and gets it back on the same port', async () => {
    const cluster = await start({ nodes: 3 });
    const client = connect(cluster);
    await appendTo(client, eventsOf(1), { expected: 'no_stream' });
    const lost = cluster.nodes[0];
    await lost?.kill();
    expect(lost?.alive).toBe(false);
    cluster.elect(1);
    expect(await failureOf(appendTo(client, eventsOf(1), { expected: 0n }))).toBeInstanceOf(UnavailableError);
    await appendTo(client, eventsOf(1), { expected: 0n });
    await lost?.restart();
    expect(lost?.alive).toBe(true);
    expect(await revisions(connect({ url: `esdb://127.0.0.1:${lost?.port}?tls=false` }).readStream('order-1'))).toEqual([0, 1]);
  });

  it('has no leader during an election', async () => {
    const cluster = await start({ nodes: 3 });
    const client = connect(cluster);
    await appendTo(client, eventsOf(1), { expected: 'no_stream' });
    cluster.elect(null);
    const failure = await failureOf(appendTo(client, eventsOf(1), { expected: 0n }));
    expect(failure).toBeInstanceOf(UnknownError);
    expect(failure).toMatchObject({ code: 2 });
    const undiscovered = await failureOf(appendTo(connect(cluster, '&maxDiscoverAttempts=1'), eventsOf(1), { expected: 0n }));
    expect(Object(undiscovered).constructor).toBe(Error);
    expect(undiscovered).not.toHaveProperty('code');
  });

  it('may know of nobody', async () => {
    const cluster = await start({ nodes: 2, gossip: 'nobody' });
    const failure = await failureOf(appendTo(connect(cluster, '&maxDiscoverAttempts=1'), eventsOf(1), { expected: 'no_stream' }));
    expect(Object(failure).constructor).toBe(Error);
  });

  it('changes its leader in the middle of many appends, and keeps each that was acknowledged', async () => {
    const cluster = await start({ nodes: 3 });
    const client = connect(cluster);
    await appendTo(client, eventsOf(1), { expected: 'no_stream', stream: 'warm' });
    const ends = Array.from({ length: 64 }, (_, n) => {
      if (n === 32) cluster.elect(1);
      return failureOf(appendTo(client, eventsOf(1), { expected: 'no_stream', stream: `order-${n}` }));
    });
    const acknowledged = (await Promise.all(ends)).filter((end) => end === 'no failure').length;
    expect(cluster.records).toHaveLength(1 + acknowledged);
  });

  it('lets a follower forward what does not ask for the leader', async () => {
    const cluster = await start({ nodes: 2 });
    const client = connect({ url: `esdb://127.0.0.1:${cluster.nodes[1]?.port}?tls=false` });
    await client.appendToStream('order-1', eventsOf(1), { expectedRevision: 'no_stream', credentials });
    expect(cluster.journal).toMatchObject([{ method: 'Append', node: 1, requiresLeader: false }]);
    expect(await failureOf(all(client.readStream('order-1', { requiresLeader: true })))).toBeInstanceOf(NotLeaderError);
  });
});

describe('plain HTTP on the same port', () => {
  const get = (cluster: FakeCluster, path: string): Promise<Response> => fetch(`http://127.0.0.1:${cluster.nodes[0]?.port}${path}`);

  it('says whether the node is ready', async () => {
    const cluster = await start();
    expect((await get(cluster, '/health/live')).status).toBe(204);
    expect((await get(cluster, '/health/live?liveCode=200')).status).toBe(200);
    cluster.settings.ready = false;
    expect((await get(cluster, '/health/live')).status).toBe(503);
    expect((await get(cluster, '/elsewhere')).status).toBe(404);
  });

  it('says its version, and its time', async () => {
    const cluster = await start({ version: '26.0.1.0', clockOffsetMs: -90_000 });
    const reply = await get(cluster, '/info');
    expect(await reply.json()).toEqual({ esVersion: '26.0.1.0', state: 'leader' });
    const behindMs = Date.now() - Date.parse(reply.headers.get('date') ?? '');
    expect(behindMs).toBeGreaterThan(85_000);
    expect(behindMs).toBeLessThan(95_000);
  });
});

describe('a server that will not', () => {
  it('is not ready', async () => {
    const { client, cluster } = await opened({ ready: false });
    expect(await failureOf(appendTo(client, eventsOf(1), { expected: 'no_stream' }))).toMatchObject({ type: 'unavailable', code: 14 });
    expect(await failureOf(all(client.readAll()))).toBeInstanceOf(UnavailableError);
    cluster.settings.ready = true;
    await appendTo(client, eventsOf(1), { expected: 'no_stream' });
  });

  it('denies everything, or the reading of all', async () => {
    const { client, cluster } = await opened({ access: 'no-all' });
    await appendTo(client, eventsOf(1), { expected: 'no_stream' });
    expect(await failureOf(all(client.readAll()))).toBeInstanceOf(AccessDeniedError);
    expect(await revisions(client.readStream('order-1'))).toEqual([0]);
    cluster.settings.access = 'denied';
    expect(await failureOf(all(client.readStream('order-1')))).toBeInstanceOf(AccessDeniedError);
    expect(await failureOf(appendTo(client, eventsOf(1), { expected: 0n }))).toMatchObject({ type: 'access-denied', code: 7 });
  });
});

describe('a fault in an append', () => {
  type Struck<F> = F extends unknown ? Omit<F, 'on'> : never;
  /** Soon, where the client is to give up; the connection is there before. */
  const struck = async (fault: Struck<AppendFault>, { soon = false }: { readonly soon?: boolean } = {}) => {
    const { client, cluster } = await opened();
    await appendTo(client, eventsOf(1), { expected: 'no_stream', stream: 'earlier' });
    cluster.fault({ on: 'append', ...fault });
    const failure = await failureOf(appendTo(client, eventsOf(1), { expected: 'no_stream', ...(soon && { deadline: 400 }) }));
    return { failure, stored: cluster.records.length - 1, client, cluster };
  };

  it.each([
    ['is not led', { do: 'not_leader', leader: 'living' }, NotLeaderError, 5],
    ['is sent to a dead leader', { do: 'not_leader', leader: 'dead' }, NotLeaderError, 5],
    ['knows of no leader', { do: 'not_leader', leader: 'unknown' }, UnknownError, 2],
    ['is not ready', { do: 'not_ready' }, UnavailableError, 14],
    ['is too busy', { do: 'too_busy' }, UnavailableError, 14],
    ['times out on the server', { do: 'timeout', when: 'before_commit' }, TimeoutError, 10],
    ['breaks inside', { do: 'internal', when: 'before_commit' }, UnknownError, 13],
    ['is cut off', { do: 'reset', when: 'before_commit' }, UnavailableError, 14],
    ['is never answered', { do: 'silent' }, DeadlineExceededError, 4],
  ] as const)('%s before the commit', async (_, fault, type, code) => {
    const { failure, stored } = await struck(fault, { soon: code === 4 });
    expect(failure).toBeInstanceOf(type);
    expect({ code: Object(failure).code, stored }).toEqual({ code, stored: 0 });
  });

  it.each([
    ['times out on the server', { do: 'timeout', when: 'after_commit' }, TimeoutError, 10],
    ['breaks inside', { do: 'internal', when: 'after_commit' }, UnknownError, 13],
    ['is cut off', { do: 'reset', when: 'after_commit' }, UnavailableError, 14],
    ['is never answered', { do: 'answer_lost' }, DeadlineExceededError, 4],
    ['is answered too late', { do: 'late', ms: 600 }, DeadlineExceededError, 4],
  ] as const)('%s after the commit', async (_, fault, type, code) => {
    const { failure, stored } = await struck(fault, { soon: code === 4 });
    expect(failure).toBeInstanceOf(type);
    expect({ code: Object(failure).code, stored }).toEqual({ code, stored: 1 });
  });

  it('may be late and still in time', async () => {
    const { failure, stored } = await struck({ do: 'late', ms: 50 });
    expect({ failure, stored }).toEqual({ failure: 'no failure', stored: 1 });
  });

  it('from a dead leader leads nowhere, and then back', async () => {
    const { client } = await struck({ do: 'not_leader', leader: 'dead' });
    expect(await failureOf(appendTo(client, eventsOf(1), { expected: 'no_stream' }))).toBeInstanceOf(UnavailableError);
    await appendTo(client, eventsOf(1), { expected: 'no_stream' });
  });

  it('strikes by number, for so many calls, one stream, or while it is held', async () => {
    const { client, cluster } = await opened();
    const answers = async (stream = 'order-1'): Promise<string> => {
      let text = '';
      for (const n of [1, 2, 3, 4])
        text += (await failureOf(appendTo(client, [eventOf(n)], { expected: 'any', stream }))) === 'no failure' ? '+' : '-';
      return text;
    };
    cluster.fault({ on: 'append', do: 'not_ready', nth: 2, times: 2 });
    expect(await answers()).toBe('+--+');
    const release = cluster.fault({ on: 'append', do: 'too_busy', times: Number.POSITIVE_INFINITY, stream: 'order-2' });
    expect(await answers('order-1')).toBe('++++');
    expect(await answers('order-2')).toBe('----');
    expect(cluster.journal.at(-1)?.fault).toBe('too_busy');
    release();
    expect(await answers('order-2')).toBe('++++');
  });
});

describe('a fault in a read', () => {
  const opened4 = async () => {
    const { client, cluster } = await opened();
    await appendTo(client, eventsOf(4), { expected: 'no_stream' });
    return { client, cluster };
  };

  it('leaves events out, or ends early', async () => {
    const { client, cluster } = await opened4();
    cluster.fault({ on: 'read', do: 'skip_event' });
    expect(await revisions(client.readAll())).toEqual([0, 1, 3]);
    cluster.fault({ on: 'read', do: 'skip_event', index: 0 });
    expect(await revisions(client.readAll())).toEqual([1, 2, 3]);
    cluster.fault({ on: 'read', do: 'end_early', after: 3 });
    expect(await revisions(client.readAll())).toEqual([0, 1, 2]);
    expect(await revisions(client.readAll())).toEqual([0, 1, 2, 3]);
  });

  it('says nothing more midway', async () => {
    const { client, cluster } = await opened4();
    cluster.fault({ on: 'read', do: 'silent_midway', after: 2 });
    const read = client.readAll();
    const { seen, until } = listen(read);
    await until(2);
    expect(await revisions(client.readAll())).toEqual([0, 1, 2, 3]); // another read on the same connection is served
    expect(seen).toEqual(['order-1 0', 'order-1 1']);
    await read.cancel();
  });

  it('breaks, is refused or cut off, and the next is served', async () => {
    const { client, cluster } = await opened4();
    for (const [fault, type] of [
      [{ do: 'internal' }, UnknownError],
      [{ do: 'not_ready' }, UnavailableError],
      [{ do: 'timeout' }, TimeoutError],
      [{ do: 'not_leader', leader: 'living' }, NotLeaderError],
      [{ do: 'reset' }, UnavailableError],
    ] as const) {
      cluster.fault({ on: 'read', ...fault });
      expect(await failureOf(all(client.readAll()))).toBeInstanceOf(type);
    }
    expect(await revisions(client.readAll())).toEqual([0, 1, 2, 3]);
  });

  it('is slow, event by event', async () => {
    const { client, cluster } = await opened4();
    cluster.fault({ on: 'read', do: 'slow', ms: 20 });
    const before = performance.now();
    expect(await revisions(client.readAll())).toEqual([0, 1, 2, 3]);
    expect(performance.now() - before).toBeGreaterThan(70);
  });
});

describe('a fault in a connection', () => {
  it('leaves it without a word', async () => {
    const { client, cluster } = await opened();
    cluster.fault({ on: 'connect', do: 'silent' });
    expect(await failureOf(appendTo(client, eventsOf(1), { expected: 'no_stream', deadline: 200 }))).toBeInstanceOf(DeadlineExceededError);
    expect(cluster.journal).toEqual([]);
  });

  it('cuts it off', async () => {
    const { client, cluster } = await opened();
    cluster.fault({ on: 'connect', do: 'reset' });
    expect(await failureOf(appendTo(client, eventsOf(1), { expected: 'no_stream' }))).toBeInstanceOf(UnavailableError);
  });
});

it('the batch call is offered, fails, and shows in the journal', async () => {
  const { client, cluster } = await opened();
  const failure = await failureOf(client.appendToStream('order-1', eventsOf(1), { expectedRevision: 'no_stream' }));
  expect(failure).toBeInstanceOf(UnknownError);
  expect(cluster.journal.map(({ method }) => method)).toEqual(['ServerFeatures.GetSupportedMethods', 'BatchAppend']);
});

it('a fake in a process of its own says where it is, serves, and ends on SIGTERM', async () => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'fake-eventstoredb/main.ts')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  try {
    const [url]: string[] = await once(createInterface(child.stdout), 'line');
    await appendTo(connect({ url: url ?? '' }), eventsOf(1), { expected: 'no_stream' });
  } finally {
    child.kill('SIGTERM');
  }
  expect(await exited).toEqual([0, null]);
});
