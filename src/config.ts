/** What the environment says, checked once: the only reader of `process.env`. */
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { z } from 'zod';
import { DEADLINE_RULES, type DeadlineRule } from './domain/deadlines/deadline-rules.ts';
import { readRules } from './domain/deadlines/own-rules.ts';
import { isLoopback } from './domain/loopback.ts';
import { safeText } from './domain/text.ts';

const NAME_LENGTH_MAX = 200;
const PORT_MAX = 65_535;

export type Config = {
  /** Folder of the log and the read model. */
  readonly folder: string;
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Of the ledger, if this process is the one that opens it. */
  readonly name: string;
  /** Written into every event: self-declared, since nobody shows a token yet. */
  readonly recordedBy: string;
  /** The deadline rules that orders may name: those that ship, and those of the file that the environment names. */
  readonly rules: readonly DeadlineRule[];
};

/** Told to whoever started the process: what is wrong, and how to mend it. */
export class ConfigInvalid extends Error {
  override readonly name = 'ConfigInvalid';
  readonly code = 'CONFIG_INVALID';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.faults = faults;
  }
}

export { isLoopback };

const NOT_LOOPBACK =
  'this release listens on loopback only (127.0.0.1, ::1 or localhost), because it knows no tokens yet: whoever reaches it may write. ' +
  'Leave LEDGER_HOST out, and let a proxy or an SSH tunnel that checks who is calling lead to it';

const line = safeText({ max: NAME_LENGTH_MAX, layout: 'line' });
const environment = z.object({
  LEDGER_DATA: z.string().min(1).default('./data'),
  LEDGER_HOST: z.string().refine(isLoopback, NOT_LOOPBACK).default('127.0.0.1'),
  LEDGER_PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'a port number, or 0 for any that is free')
    .transform(Number)
    .refine((port) => port <= PORT_MAX, `at most ${PORT_MAX}`)
    .default(4000),
  LEDGER_NAME: line.default('enforcement ledger'),
  LEDGER_RECORDED_BY: line.optional(),
  LEDGER_DEADLINE_RULES: z.string().min(1).optional(),
});

/** Throws ConfigInvalid, which names every variable that is wrong. */
export const readConfig = (variables: NodeJS.ProcessEnv = process.env): Config => {
  const parsed = environment.safeParse(variables);
  if (!parsed.success) throw new ConfigInvalid(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
  const { LEDGER_DATA, LEDGER_HOST, LEDGER_PORT, LEDGER_NAME, LEDGER_RECORDED_BY, LEDGER_DEADLINE_RULES } = parsed.data;
  return {
    folder: LEDGER_DATA,
    host: LEDGER_HOST,
    port: LEDGER_PORT,
    name: LEDGER_NAME,
    recordedBy: LEDGER_RECORDED_BY ?? `local:${userName() ?? 'unnamed'}`,
    rules: LEDGER_DEADLINE_RULES === undefined ? DEADLINE_RULES : rulesIn(LEDGER_DEADLINE_RULES),
  };
};

const rulesIn = (path: string): readonly DeadlineRule[] => {
  const invalid = (faults: readonly string[]): ConfigInvalid =>
    new ConfigInvalid(faults.map((fault) => `LEDGER_DEADLINE_RULES: ${path}: ${fault}`));
  let file: unknown;
  try {
    file = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw invalid([error instanceof SyntaxError ? `is no JSON: ${error.message}` : 'cannot be read']);
  }
  const read = readRules(file);
  if ('faults' in read) throw invalid(read.faults);
  return read.rules;
};

/** A user without an entry in the system's table has no name, nor has one whose name no line of text could hold. */
const userName = (): string | undefined => {
  try {
    return line.safeParse(userInfo().username).data;
  } catch {
    return undefined;
  }
};
