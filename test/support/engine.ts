/** The engine of a test's ledger: the file in its folder, or the server that `EVENTSTORE_URL` names, where each folder has streams of its own. */
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { EMBEDDED, type Engine } from '../../src/engines.ts';
import { readClusterUrl } from '../../src/event-store/eventstoredb-url.ts';

const clusterUrl: string | undefined = process.env['EVENTSTORE_URL'];

export const isOnCluster = clusterUrl !== undefined;

/** For the name of a test of what the embedded engine alone does: why it is skipped where the log is on a cluster. */
export const skippedAs = (reason: string): string => (isOnCluster ? ` (skipped on a cluster: ${reason})` : '');

/** Random as the folder's name is. */
const prefixOf = (folder: string): string => `t${createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 20)}.`;

export const engineOf = (folder: string): Engine => {
  if (clusterUrl === undefined) return EMBEDDED;
  const read = readClusterUrl(clusterUrl);
  if ('fault' in read) throw new Error(`EVENTSTORE_URL ${read.fault}`);
  return { kind: 'eventstoredb', address: read.address, prefix: prefixOf(folder) };
};

/** The same for a process of its own. */
export const environmentOf = (folder: string | undefined): NodeJS.ProcessEnv => ({
  ...process.env,
  ...(clusterUrl !== undefined && folder !== undefined && { EVENTSTORE_STREAM_PREFIX: prefixOf(folder) }),
});
