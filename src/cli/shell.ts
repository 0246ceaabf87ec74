/** Where a command prints, and what it was told besides its own options. */
import { Command } from 'commander';
import type { Config } from '../config.ts';

export type Overrides = { readonly data?: string | undefined; readonly host?: string | undefined; readonly port?: string | undefined };

export type Shell = {
  readonly print: (line: string) => void;
  /** For people only: progress, and what went wrong. */
  readonly note: (line: string) => void;
  /** Replaces the line written last; silent unless somebody watches. */
  readonly progress: (line: string) => void;
  readonly isTerminal: boolean;
  /** Whether somebody watches what is noted. */
  readonly isWatched: boolean;
  readonly columns: number;
  readonly config: (overrides: Overrides) => Config;
};

const COLUMNS_MIN = 60; // narrower, and a chart says nothing; a terminal that does not know its width says 0
const COLUMNS_MAX = 100;

export const shellOf = (configOf: (overrides: Overrides) => Config): Shell => ({
  print: (line) => process.stdout.write(`${line}\n`),
  note: (line) => process.stderr.write(`${line}\n`),
  progress: (line) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}`);
  },
  isTerminal: process.stdout.isTTY,
  isWatched: process.stderr.isTTY,
  columns: Math.max(COLUMNS_MIN, Math.min(COLUMNS_MAX, process.stdout.columns || COLUMNS_MAX)),
  config: configOf,
});

/** What every command takes. */
export const command = (name: string): Command =>
  new Command(name).option('--data <folder>', 'data folder (default: LEDGER_DATA, or ./data)').option('--json', 'print the answer as JSON');

/** Resolves at Ctrl-C or SIGTERM. A second one ends the process at once: the log is safe, `server.json` stays behind. */
export const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    const stop = (): void => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop);
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  });
