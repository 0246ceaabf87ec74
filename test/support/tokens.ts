/** Tokens made up for tests, and a file that holds them. */
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Access, accessByTokens } from '../../src/application/access.ts';
import { type Clock, newTokenParts, systemClock } from '../../src/application/clock.ts';
import { parseInstant } from '../../src/domain/time.ts';
import { type Role, type Token, tokenText } from '../../src/domain/token.ts';
import { sha256Hex } from '../../src/envelope/sha256.ts';

export const inThePast = parseInstant('2021-02-01T00:00:00.000Z');

export type MadeToken = { readonly text: string; readonly secret: string; readonly token: Token };

export const makeToken = (name: string, role: Role, changes: Partial<Token> = {}): MadeToken => {
  const parts = newTokenParts();
  const token = { id: parts.id, name, role, createdAt: inThePast, expiresAt: null, sha256: sha256Hex(parts.secret), ...changes };
  return { text: tokenText({ id: token.id, secret: parts.secret }), secret: parts.secret, token };
};

export const bearing = ({ text }: MadeToken): { readonly authorization: string } => ({ authorization: `Bearer ${text}` });

export type TokenFile = {
  readonly path: string;
  readonly write: (...tokens: readonly MadeToken[]) => void;
  /** Whatever it is. */
  readonly writeText: (text: string) => void;
  readonly remove: () => void;
  readonly access: (clock?: Clock) => Access;
  readonly close: () => void;
};

/** As the commands write it: another file in its place. */
export const openTokenFile = (): TokenFile => {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-tokens-'));
  const path = join(folder, 'tokens.json');
  const writeText = (text: string): void => {
    writeFileSync(`${path}.test`, text);
    renameSync(`${path}.test`, path);
  };
  return {
    path,
    write: (...tokens) => writeText(JSON.stringify({ formatVersion: 1, tokens: tokens.map(({ token }) => token) })),
    writeText,
    remove: () => rmSync(path),
    access: (clock = systemClock) => accessByTokens({ path, recordedBy: 'local:test', clock }),
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
};
