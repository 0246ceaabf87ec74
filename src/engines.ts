/** The engines that can keep the log, and how each is opened: beside `compose.ts` the only file that names them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LEDGER_OPENED } from './application/open-ledger.ts';
import { LEDGER_STREAM } from './domain/ids.ts';
import { LeaseHeld } from './event-store/errors.ts';
import type { EventStore } from './event-store/event-store.ts';
import type { ClusterEventStore } from './event-store/eventstoredb.ts';
import type { ClusterAddress } from './event-store/eventstoredb-url.ts';
import { LEASE_FILE, openSqliteEventStore, STORE_FILE, takeLease } from './event-store/sqlite.ts';

/** Plain data, since threads are told of it. */
export type Engine =
  /** One file in the data folder, one process that writes. */
  | { readonly kind: 'embedded' }
  /** A cluster, or one node, that any number of processes share; each has a data folder of its own for what is derived. */
  | { readonly kind: 'eventstoredb'; readonly address: ClusterAddress; readonly prefix: string };

export const EMBEDDED: Engine = { kind: 'embedded' };

export type OpenedLog = {
  readonly store: EventStore;
  /** The same store, where a cluster keeps it; `null` where a file does. */
  readonly cluster: ClusterEventStore | null;
  readonly close: () => Promise<void>;
};

/** To write and read, as the one process of this data folder. Throws the event store's errors: `LeaseHeld` if another process has the folder. */
export const openLog = async (engine: Engine, folder: string, onNote: (note: string) => void): Promise<OpenedLog> => {
  if (engine.kind === 'embedded') {
    const store = openSqliteEventStore({ folder });
    return { store, cluster: null, close: () => store.close() };
  }
  const lease = takeLease(folder);
  try {
    const { address, prefix } = engine;
    // Loaded where it is used: the client takes longer to load than a question to a file takes.
    const [{ openEventStoreDb }, { checkCluster }] = await Promise.all([
      import('./event-store/eventstoredb.ts'),
      import('./event-store/eventstoredb-start.ts'),
    ]);
    await checkCluster({ address, prefix, ledger: { stream: LEDGER_STREAM, type: LEDGER_OPENED }, onNote });
    const store = openEventStoreDb({ address, prefix, openedBy: LEDGER_STREAM });
    return {
      store,
      cluster: store,
      async close() {
        await store.close();
        lease.release();
      },
    };
  } catch (error) {
    lease.release();
    throw error;
  }
};

export type LogToRead = EventStore & {
  /** Where a cluster keeps it. */
  readonly health?: ClusterEventStore['health'];
};

/** To read only, for a thread beside the one that writes. */
export const openLogToRead = async (engine: Engine, folder: string): Promise<LogToRead> => {
  if (engine.kind === 'embedded') return openSqliteEventStore({ folder, readOnly: true });
  const { openEventStoreDb } = await import('./event-store/eventstoredb.ts');
  return openEventStoreDb({ address: engine.address, prefix: engine.prefix, openedBy: LEDGER_STREAM, readOnly: true });
};

/** Whether a ledger was ever opened: a question makes none, and no file. */
export const hasLedger = async (engine: Engine, folder: string): Promise<boolean> => {
  if (engine.kind === 'embedded') return existsSync(join(folder, STORE_FILE));
  if (isHeld(folder)) return true; // by a process that is asked instead, also while the cluster is away
  const store = await openLogToRead(engine, folder);
  try {
    return (await store.readStream(LEDGER_STREAM, { from: 0, limit: 1 })).length > 0;
  } finally {
    await store.close();
  }
};

const isHeld = (folder: string): boolean => {
  if (!existsSync(join(folder, LEASE_FILE))) return false;
  try {
    takeLease(folder).release();
    return false;
  } catch (error) {
    return error instanceof LeaseHeld;
  }
};
