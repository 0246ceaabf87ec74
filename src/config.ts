/** What the environment says, checked once: the only reader of `process.env`. */
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { DEADLINE_RULES, type DeadlineRule } from './domain/deadlines/deadline-rules.ts';
import { readRules } from './domain/deadlines/own-rules.ts';
import { isLoopback } from './domain/loopback.ts';
import { selfDeclared } from './domain/self-declared.ts';
import { safeText } from './domain/text.ts';
import { partsOfToken } from './domain/token.ts';
import { EMBEDDED, type Engine } from './engines.ts';
import { DEFAULT_STREAM_PREFIX, readClusterUrl, STREAM_PREFIX } from './event-store/eventstoredb-url.ts';

const NAME_LENGTH_MAX = 200;
const PORT_MAX = 65_535;

export type Config = {
  /** Folder of the read model and the files of evidence, and of the log unless a cluster keeps it. */
  readonly folder: string;
  readonly engine: Engine;
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Of the ledger, if this process is the one that opens it. */
  readonly name: string;
  /** Written into the events that are recorded without a token: self-declared, since nobody checks it. */
  readonly recordedBy: string;
  /** The file of tokens that the environment names; `null`: the one in the data folder. */
  readonly tokens: string | null;
  /** What a command shows to the ledger that it asks; `null`: nothing. */
  readonly token: string | null;
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

const line = safeText({ max: NAME_LENGTH_MAX, layout: 'line' });
const environment = z.object({
  LEDGER_DATA: z.string().min(1).default('./data'),
  LEDGER_HOST: z.string().min(1).default('127.0.0.1'),
  LEDGER_PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'a port number, or 0 for any that is free')
    .transform(Number)
    .refine((port) => port <= PORT_MAX, `at most ${PORT_MAX}`)
    .default(4000),
  LEDGER_NAME: line.default('enforcement ledger'),
  LEDGER_RECORDED_BY: line.optional(),
  LEDGER_DEADLINE_RULES: z.string().min(1).optional(),
  EVENTSTORE_URL: z
    .string()
    .min(1)
    .transform((text, context) => {
      const read = readClusterUrl(text);
      if ('address' in read) return read.address;
      context.addIssue({ code: 'custom', message: read.fault });
      return z.NEVER;
    })
    .optional(),
  EVENTSTORE_STREAM_PREFIX: z
    .string()
    .regex(STREAM_PREFIX, 'a lower-case letter, then letters and digits, then one dot at the end')
    .default(DEFAULT_STREAM_PREFIX),
  DEBUG: z.string().optional(),
  LEDGER_TOKENS: z.string().min(1).optional(),
  LEDGER_TOKEN: z
    .string()
    .refine((token) => partsOfToken(token) !== undefined, 'no token, or not the whole of one')
    .optional(),
});

/** Throws ConfigInvalid, which names every variable that is wrong. */
export const readConfig = (variables: NodeJS.ProcessEnv = process.env): Config => {
  const parsed = environment.safeParse(variables);
  if (!parsed.success) throw new ConfigInvalid(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
  const { LEDGER_DATA, LEDGER_HOST, LEDGER_PORT, LEDGER_NAME, LEDGER_RECORDED_BY, LEDGER_DEADLINE_RULES, LEDGER_TOKENS, LEDGER_TOKEN } =
    parsed.data;
  return {
    folder: LEDGER_DATA,
    engine: engineIn(parsed.data),
    host: LEDGER_HOST,
    port: LEDGER_PORT,
    name: LEDGER_NAME,
    recordedBy: selfDeclared(LEDGER_RECORDED_BY ?? userName() ?? 'unnamed'),
    tokens: LEDGER_TOKENS ?? null,
    token: LEDGER_TOKEN ?? null,
    rules: LEDGER_DEADLINE_RULES === undefined ? DEADLINE_RULES : rulesIn(LEDGER_DEADLINE_RULES),
  };
};

/** The client's own log writes users and passwords down. */
const LOGS_SECRETS = /esdb|\*/;

const engineIn = ({ EVENTSTORE_URL, EVENTSTORE_STREAM_PREFIX, DEBUG = '' }: z.infer<typeof environment>): Engine => {
  if (EVENTSTORE_URL === undefined) return EMBEDDED;
  if (EVENTSTORE_URL.credentials && LOGS_SECRETS.test(DEBUG))
    throw new ConfigInvalid(['DEBUG: with esdb in it, the client would log the password of EVENTSTORE_URL. Leave it out']);
  const { caFile } = EVENTSTORE_URL;
  const address = caFile === undefined ? EVENTSTORE_URL : { ...EVENTSTORE_URL, ca: authorityIn(caFile) };
  return { kind: 'eventstoredb', address, prefix: EVENTSTORE_STREAM_PREFIX };
};

const authorityIn = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new ConfigInvalid([`EVENTSTORE_URL: tlsCAFile ${path} cannot be read. Name a PEM file that this user may read`]);
  }
};

export const tokensFileOf = ({ tokens, folder }: Pick<Config, 'tokens' | 'folder'>): string => tokens ?? join(folder, 'tokens.json');

/** Throws ConfigInvalid where whoever reaches the address could read and record without being asked who he is. */
export const assertMayListen = ({ host }: Pick<Config, 'host'>, hasTokenInForce: boolean): void => {
  if (isLoopback(host) || hasTokenInForce) return;
  throw new ConfigInvalid([
    `${host} is not a loopback address (127.0.0.1, ::1 or localhost), and there is no token in force: whoever reached it could read and record. ` +
      'Make a token first with "npx ledger tokens add", or leave --host and LEDGER_HOST out',
  ]);
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
