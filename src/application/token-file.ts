/** The file of tokens: read whole and checked, changed whole or not at all. A running server and commands beside it share it. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { type Token, tokensForm } from '../domain/token.ts';

const OWNER_ONLY = 0o600;
const LOCK_WAIT_MS = 5_000; // another command writes for moments
const LOCK_POLL_MS = 25;

/** What is wrong with the file, and where in it. */
export class TokensInvalid extends Error {
  override readonly name = 'TokensInvalid';
  readonly code = 'TOKENS_INVALID';
  readonly path: string;
  readonly faults: readonly string[];

  constructor(path: string, faults: readonly string[], options?: ErrorOptions) {
    super(faults.map((fault) => `${path}: ${fault}`).join('\n'), options);
    this.path = path;
    this.faults = faults;
  }
}

/** Another command is changing the file, or was killed while it did. */
export class TokensLocked extends Error {
  override readonly name = 'TokensLocked';
  readonly code = 'TOKENS_LOCKED';
  readonly lock: string;

  constructor(lock: string) {
    super(`${lock} is there`);
    this.lock = lock;
  }
}

/** `undefined` if there is no such file. Throws TokensInvalid. */
export const readTokens = (path: string): readonly Token[] | undefined => {
  let file: unknown;
  try {
    file = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    // The message of a SyntaxError quotes the file: it may hold what somebody pasted in by mistake.
    if (cause instanceof SyntaxError) throw new TokensInvalid(path, ['is no JSON']);
    if (codeOf(cause) === 'ENOENT' || codeOf(cause) === 'ENOTDIR') return undefined;
    throw new TokensInvalid(path, [`cannot be read (${codeOf(cause)})`], { cause });
  }
  const { data, error } = tokensForm.safeParse(file);
  if (data) return data.tokens;
  throw new TokensInvalid(
    path,
    error.issues.map(({ path: place, message }) => `${place.length === 0 ? 'the whole' : place.join('.')}: ${message}`),
  );
};

/** Whether it is still the file that was read: another value for every file put in its place, and for one that was written to. */
export const stampOf = (path: string): string => {
  try {
    const { ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
    return `${ino} ${size} ${mtimeNs} ${ctimeNs}`;
  } catch (error) {
    return `${codeOf(error)}`;
  }
};

/**
 * Puts what `change` makes of the tokens in their place. What is written first stands beside the file and can be made by one process at a time, which
 * reads only then: so of two changes at once the later one sees the earlier. Throws TokensInvalid, TokensLocked, what `change` throws, and what the
 * system says of a folder that is not there or cannot be written.
 */
export const changeTokens = async (named: string, change: (tokens: readonly Token[]) => readonly Token[]): Promise<void> => {
  const path = existsSync(named) ? realpathSync(named) : named; // the file itself, not a link to it that a server does not look at
  const fresh = `${path}.new`;
  const file = await openAlone(fresh);
  try {
    const tokens = tokensForm.parse({ formatVersion: 1, tokens: change(readTokens(path) ?? []) });
    writeFileSync(file, `${JSON.stringify(tokens, undefined, 2)}\n`);
    fsyncSync(file);
    renameSync(fresh, path);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
  syncFolder(dirname(path));
};

const openAlone = async (path: string): Promise<number> => {
  for (let waitedMs = 0; ; waitedMs += LOCK_POLL_MS) {
    try {
      return openSync(path, 'wx', OWNER_ONLY);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    if (waitedMs >= LOCK_WAIT_MS) throw new TokensLocked(path);
    await new Promise((resolve) => setTimeout(resolve, LOCK_POLL_MS));
  }
};

/** The new name is on disk too: a token that was revoked does not come back after a power loss. */
const syncFolder = (folder: string): void => {
  if (process.platform === 'win32') return; // there a folder cannot be opened
  const opened = openSync(folder, 'r');
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
};

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
