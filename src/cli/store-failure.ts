/** What it means, for somebody at a command line, that a data folder cannot be opened, and how to mend it. */

import type { Config } from '../config.ts';
import { shownAddress } from '../event-store/eventstoredb-url.ts';
import { safe } from '../wording/text.ts';
import { EXIT, Stopped } from './stopped.ts';

export type StoreFailure = { readonly isLease: boolean; readonly stopped: Stopped };

/** `undefined` for an error that has no code: then it is a mistake of ours, and is left to be seen as one. */
export const storeFailure = (error: unknown, { engine, folder }: Pick<Config, 'engine' | 'folder'>): StoreFailure | undefined => {
  const code = codeOf(error);
  const ofCluster = engine.kind === 'embedded' || code === undefined ? undefined : clusterSentence(code, error, engine);
  const stopped = code === undefined ? undefined : (ofCluster ?? sentence(code, error, safe(folder)));
  return stopped && { isLease: code === 'LEASE_HELD', stopped };
};

export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

const reasonOf = (error: unknown): string => (error instanceof Error && 'reason' in error ? String(error.reason) : '');

const sentence = (code: string, error: unknown, folder: string): Stopped | undefined => {
  const refused = (message: string): Stopped => new Stopped(EXIT.refused, message, { cause: error });
  switch (code) {
    case 'LEASE_HELD':
      return refused(`Another process holds the ledger in ${folder}. Stop it first, or name another folder with --data.`);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ACCESS_DENIED':
      return refused(`${folder} cannot be written. Give this user the right to write there, or name another folder with --data.`);
    case 'ENOENT':
    case 'ENOTDIR':
    case 'EEXIST':
      return refused(`${folder} is no folder. Name one with --data.`);
    case 'ENOSPC':
      return refused(`The disk of ${folder} is full. Make room, and repeat.`);
    case 'STORE_CORRUPT':
      return new Stopped(
        EXIT.failed,
        `The log in ${folder} was altered or is damaged: ${messageOf(error)}. Restore a copy of the folder.`,
        { cause: error },
      );
    case 'READ_MODEL_UNUSABLE':
      return refused(
        `What is derived from the log in ${folder} is damaged or cannot be written. Give this user the right to write there, or stop the server and run "npx ledger rebuild".`,
      );
    case 'READ_MODEL_FOREIGN':
      return refused(OF_ANOTHER_LOG);
    case 'DEADLINE_RULES_MISSING':
      return new Stopped(
        EXIT.usage,
        `Orders in ${folder} go by deadline rules that are not there: ${rulesOf(error)}. Name the file that has them in LEDGER_DEADLINE_RULES.`,
        { cause: error },
      );
    case 'STORE_UNAVAILABLE':
      return refused(unavailable(reasonOf(error), folder));
    default:
      return undefined;
  }
};

const OF_ANOTHER_LOG =
  'What is derived in the data folder comes from another log than the one that is opened. Name another folder with --data, or run "npx ledger rebuild" to derive it anew.';

const rulesOf = (error: unknown): string =>
  error instanceof Error && 'rules' in error && Array.isArray(error.rules) ? error.rules.map((rule) => safe(String(rule))).join(', ') : '';
const messageOf = (error: unknown): string => (error instanceof Error ? safe(error.message) : '');

const unavailable = (reason: string, folder: string): string => {
  switch (reason) {
    case 'full':
      return `The disk of ${folder} is full. Make room, and repeat.`;
    case 'not_a_ledger':
      return `What stands in ${folder} is no ledger, or its tables were changed. Name another folder with --data.`;
    case 'schema_version':
      return `The ledger in ${folder} was written by another version of this program. Use that version.`;
    case 'not_durable':
      return `The disk of ${folder} does not promise to keep what is written. Name a folder on a local disk with --data.`;
    default:
      return `The ledger in ${folder} cannot be opened. See that this user may read and write there, or name another folder with --data.`;
  }
};

// ---- A cluster

type Cluster = Extract<Config['engine'], { kind: 'eventstoredb' }>;

/** What is not about the cluster is about the folder: then `undefined`. */
const clusterSentence = (code: string, error: unknown, { address, prefix }: Cluster): Stopped | undefined => {
  const where = `The cluster at ${safe(shownAddress(address))}`;
  const refused = (message: string): Stopped => new Stopped(EXIT.refused, message, { cause: error });
  if (code === 'ACCESS_DENIED')
    return refused(`${where} refuses this user, or does not let it read $all. docs/operating.md has the rights that a ledger needs.`);
  if (code === 'STORE_CORRUPT')
    return new Stopped(
      EXIT.failed,
      `The log on the cluster was altered or is damaged: ${messageOf(error)}. docs/operating.md says what to do.`,
      {
        cause: error,
      },
    );
  if (code !== 'STORE_UNAVAILABLE') return undefined;
  switch (reasonOf(error)) {
    case 'unreachable':
      return refused(`${where} gives no answer. See that it runs and that EVENTSTORE_URL names it, tls=false included if it has no TLS.`);
    case 'not_ready':
      return refused(`${where} answers that it is not ready. Wait until its start or its election is over, and repeat.`);
    case 'server_version':
      return refused(`${where} is older than 22.10, which a ledger needs. Upgrade it.`);
    case 'foreign_place':
      return refused(OF_ANOTHER_LOG);
    case 'clock_off':
      return refused(
        `The clock of ${where.replace('The', 'the')} differs from this machine's by more than a minute. Set both by one source of time.`,
      );
    case 'not_a_ledger':
      return refused(`${where} holds streams that begin with ${safe(prefix)} and are no ledger. Name another EVENTSTORE_STREAM_PREFIX.`);
    default:
      return undefined;
  }
};
