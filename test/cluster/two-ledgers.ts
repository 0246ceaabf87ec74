/** Two ledgers as processes of their own, each with its folder, on one cluster of the tests. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLogToRead } from '../../src/engines.ts';
import type { EventStore } from '../../src/event-store/event-store.ts';
import { addressIn } from '../event-store/over-the-wire.ts';
import { type FakeCluster, startFakeCluster } from '../support/fake-eventstoredb/cluster.ts';
import { type LedgerProcess, startLedger } from '../support/ledger-process.ts';

const PREFIX = 'two.';

export type TwoLedgers = {
  readonly cluster: FakeCluster;
  readonly folders: readonly [string, string];
  readonly start: (folder: string) => Promise<LedgerProcess>;
  readonly openStore: () => Promise<EventStore>;
  readonly remove: () => Promise<void>;
};

export const withTwoFolders = async ({ nodes }: { readonly nodes: number }): Promise<TwoLedgers> => {
  const cluster = await startFakeCluster({ nodes });
  const newFolder = (): string => mkdtempSync(join(tmpdir(), 'ledger-two-'));
  const folders = [newFolder(), newFolder()] as const;
  return {
    cluster,
    folders,
    start: (folder) => startLedger({ folder, environment: { EVENTSTORE_URL: cluster.url, EVENTSTORE_STREAM_PREFIX: PREFIX } }),
    openStore: () => openLogToRead({ kind: 'eventstoredb', address: addressIn(cluster.url), prefix: PREFIX }, folders[0]),
    async remove() {
      await cluster.close();
      for (const folder of folders) rmSync(folder, { recursive: true });
    },
  };
};
