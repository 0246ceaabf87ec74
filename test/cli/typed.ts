/** The ledger as somebody types it: a process of its own, its output and its exit code. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { environmentOf } from '../support/engine.ts';

const ENTRY = fileURLToPath(new URL('../../bin/ledger.js', import.meta.url));
const OUTPUT_BYTES_MAX = 16 * 1024 * 1024;

export type Typed = { readonly code: number | null; readonly out: string; readonly err: string };

/** Output goes into a pipe, as in a script. */
export const ledger = (...args: readonly string[]): Promise<Typed> => ledgerWith({}, ...args);

/** With more in its environment. */
export const ledgerWith = (variables: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<Typed> =>
  new Promise((resolve) => {
    const options = { maxBuffer: OUTPUT_BYTES_MAX, env: { ...environmentOf(folderIn(args)), ...variables } };
    const child = execFile(process.execPath, [ENTRY, ...args], options, (_error, out, err) => resolve({ code: child.exitCode, out, err }));
  });

const folderIn = (args: readonly string[]): string | undefined => {
  const at = args.indexOf('--data');
  return at < 0 ? undefined : args[at + 1];
};
