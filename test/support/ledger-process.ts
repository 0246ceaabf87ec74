/** The ledger as a process of its own, started the way that users start it: for what can only be seen from outside. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { environmentOf } from './engine.ts';

const ENTRY = fileURLToPath(new URL('../../bin/ledger.js', import.meta.url));

export type LedgerProcess = {
  readonly url: string;
  readonly pid: number;
  /** Milliseconds from the start of the process to the line that says where it listens. */
  readonly startMs: number;
  readonly kill: (signal: 'SIGKILL' | 'SIGTERM') => void;
  /** The exit code; `null` if a signal ended it. */
  readonly exit: Promise<number | null>;
};

export type LedgerProcessOptions = {
  readonly folder: string;
  /** What the shell does before it becomes the ledger: `ulimit`, for example. */
  readonly before?: string;
  /** Options of Node itself, before the script. */
  readonly nodeOptions?: readonly string[];
  /** Variables besides those of this process. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Whether what it writes to standard error is shown; a test that makes it fail does not want to see it. */
  readonly stderr?: 'inherit' | 'ignore';
};

const running = new Set<ChildProcess>();

/** Ends what a failed test left behind. */
export const killLedgers = async (): Promise<void> => {
  const ends = [...running].map((child) => once(child, 'close'));
  for (const child of running) child.kill('SIGKILL');
  await Promise.all(ends);
};

/** Resolves as soon as it listens. */
export const startLedger = async (options: LedgerProcessOptions): Promise<LedgerProcess> => {
  const { folder, before = ':', nodeOptions = [], environment = {}, stderr = 'inherit' } = options;
  const args = [...nodeOptions, ENTRY, 'serve', '--data', folder, '--port', '0', '--json'];
  const started = performance.now();
  const child = spawn('/bin/sh', ['-c', `${before} && exec "$0" "$@"`, process.execPath, ...args], {
    stdio: ['ignore', 'pipe', stderr],
    env: { ...environmentOf(folder), ...environment },
  });
  running.add(child);
  const exit = once(child, 'close').then(([code]: readonly (number | null)[]) => {
    running.delete(child);
    return code ?? null;
  });
  const { url, pid } = await announced(child);
  return { url, pid, startMs: performance.now() - started, kill: (signal) => void child.kill(signal), exit };
};

const announced = async ({ stdout }: ChildProcess): Promise<{ readonly url: string; readonly pid: number }> => {
  if (stdout === null) throw new Error('a ledger without an output');
  for await (const line of createInterface({ input: stdout })) {
    const said: unknown = JSON.parse(line);
    if (isAnnouncement(said)) return said;
  }
  throw new Error('the ledger ended before it listened');
};

const isAnnouncement = (said: unknown): said is { readonly url: string; readonly pid: number } =>
  typeof said === 'object' && said !== null && 'url' in said && 'pid' in said;
