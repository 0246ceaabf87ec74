/** What it means, for somebody at a command line, that a data folder cannot be opened, and how to mend it. */

import { safe } from '../wording/text.ts';
import { EXIT, Stopped } from './stopped.ts';

export type StoreFailure = { readonly isLease: boolean; readonly stopped: Stopped };

/** `undefined` for an error that has no code: then it is a mistake of ours, and is left to be seen as one. */
export const storeFailure = (error: unknown, folder: string): StoreFailure | undefined => {
  const code = codeOf(error);
  const stopped = code === undefined ? undefined : sentence(code, error, safe(folder));
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
