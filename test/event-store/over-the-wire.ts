/** The engine for a cluster over a server on the client's own wire, for the tests of both. */
import type { SealedEvent } from '../../src/envelope/envelope.ts';
import { type ClusterEventStore, type EventStoreDbOptions, openEventStoreDb } from '../../src/event-store/eventstoredb.ts';
import { PATIENCE, type Patience } from '../../src/event-store/eventstoredb-retries.ts';
import { type ClusterAddress, readClusterUrl } from '../../src/event-store/eventstoredb-url.ts';
import { type FakeCluster, type FakeClusterOptions, startFakeCluster } from '../support/fake-eventstoredb/cluster.ts';

export const PREFIX = 't.';
/** So short that what lasts in production is over while a test runs; the proportions are those of production. */
export const HASTE: Patience = {
  ...PATIENCE,
  totalMs: 3_000,
  firstWaitMs: 10,
  deadlineMs: 400,
  appendWatchdogMs: 600,
  readWatchdogMs: 400,
  silentMs: 300,
};

export const addressIn = (url: string): ClusterAddress => {
  const read = readClusterUrl(url);
  if ('fault' in read) throw new Error(read.fault);
  return read.address;
};

export type OverTheWire = {
  readonly cluster: FakeCluster;
  readonly open: (options?: Partial<EventStoreDbOptions>) => ClusterEventStore;
  /** What the server holds of a stream, in its order. */
  readonly storedOf: (stream: string) => readonly string[];
  readonly close: () => Promise<void>;
};

export const startOverTheWire = async (options: FakeClusterOptions = {}): Promise<OverTheWire> => {
  const cluster = await startFakeCluster(options);
  const opened: ClusterEventStore[] = [];
  return {
    cluster,
    open(changes = {}) {
      const store = openEventStoreDb({ address: addressIn(cluster.url), prefix: PREFIX, patience: HASTE, ...changes });
      opened.push(store);
      return store;
    },
    storedOf: (stream) =>
      cluster.records.filter((record) => record.stream === `${PREFIX}${stream}`).map(({ data }) => data.toString('utf8')),
    async close() {
      await Promise.all(opened.map((store) => store.close()));
      await cluster.close();
    },
  };
};

export const textsOf = (events: readonly SealedEvent[]): readonly string[] => events.map(({ text }) => text);
