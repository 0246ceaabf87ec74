/** The engine for a cluster: the contract over a server on the client's own wire, and on a real server where one is named. */
import { randomUUID } from 'node:crypto';
import { describe } from 'vitest';
import type { EventStore } from '../../src/event-store/event-store.ts';
import { openEventStoreDb } from '../../src/event-store/eventstoredb.ts';
import { PATIENCE } from '../../src/event-store/eventstoredb-retries.ts';
import type { ClusterAddress } from '../../src/event-store/eventstoredb-url.ts';
import { type AlteredPart, eventStoreContract, type OpenedLog } from '../contract/event-store-contract.ts';
import type { FakeCluster } from '../support/fake-eventstoredb/cluster.ts';
import { startAppending } from './children.ts';
import { addressIn, PREFIX, startOverTheWire } from './over-the-wire.ts';

const exitCodeOf = async (url: string): Promise<number | null> => {
  const { lines, exit } = startAppending({ place: url, inFlight: 2, textBytes: 10, appendsMax: 10 });
  lines.resume();
  return exit;
};

const alter = (
  cluster: FakeCluster,
  { stream, revision }: { readonly stream: string; readonly revision: number },
  part: AlteredPart,
): void =>
  cluster.alter({ stream: `${PREFIX}${stream}`, revision }, (record) => {
    switch (part) {
      case 'body': {
        const data = Buffer.from(record.data);
        data[20] = (data[20] ?? 0) ^ 1;
        return { data };
      }
      case 'hash':
        return { metadata: Buffer.from(record.metadata.toString().replace(/[0-9a-f]"/, (end) => (end.startsWith('0') ? '1"' : '0"'))) };
      case 'stream':
        return { stream: `${PREFIX}order-9` };
      case 'revision':
        return { revision: record.revision ^ 64 };
    }
  });

eventStoreContract('EventStoreDB over the wire', async (): Promise<OpenedLog> => {
  const wire = await startOverTheWire();
  return {
    store: wire.open({ patience: PATIENCE }),
    openAgain: async () => wire.open({ patience: PATIENCE }),
    alter: async (event, part) => alter(wire.cluster, event, part),
    exitCodeAfterClose: () => exitCodeOf(wire.cluster.url),
    dispose: wire.close,
  };
});

const real = process.env['EVENTSTORE_URL'];
if (real === undefined) process.stdout.write('SKIPPED real server: EVENTSTORE_URL is not set\n');

/** As the server itself says it; a certificate that this process does not know keeps it from being asked. */
const versionOf = async ({ hosts: [{ address, port }], isEncrypted }: ClusterAddress): Promise<string> => {
  const reply = await fetch(`${isEncrypted ? 'https' : 'http'}://${address}:${port}/info`).catch(() => undefined);
  return reply?.ok ? await reply.text() : 'a version that could not be asked for';
};

describe.skipIf(real === undefined)('a real server (skipped without EVENTSTORE_URL)', async () => {
  if (real === undefined) return;
  const address = addressIn(real);
  process.stdout.write(`real server: ${await versionOf(address)}\n`);
  eventStoreContract(
    'the server of EVENTSTORE_URL',
    async () => {
      const prefix = `t${randomUUID().replaceAll('-', '').slice(0, 20)}.`;
      const opened: EventStore[] = [];
      const open = (): EventStore => {
        const store = openEventStoreDb({ address, prefix });
        opened.push(store);
        return store;
      };
      return {
        store: open(),
        openAgain: async () => open(),
        alter: async () => {
          throw new Error('nothing of it can be altered from outside');
        },
        exitCodeAfterClose: () => exitCodeOf(real),
        dispose: async () => {
          for (const each of opened) await each.close();
        },
      };
    },
    'nothing of a real server can be altered from outside; over the wire it is',
  );
});
