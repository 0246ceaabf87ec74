/** Tokens: which roles there are, under which name a holder records, and what the file of tokens holds. */
import { z } from 'zod';
import { sha256Text } from './ids.ts';
import { invalidIssue } from './refusing.ts';
import { safeText } from './text.ts';
import { instantStored } from './time.ts';

// ---- Roles

/** Each may do what those before it may. */
export const ROLES = ['reader', 'recorder', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export const mayAs = (role: Role, needed: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(needed);

// ---- What a holder keeps

/** Lets a scanner for leaked secrets find tokens. */
const PREFIX = 'elt';
const ID = /^[0-9a-f]{16}$/;
const TOKEN = /^elt_([0-9a-f]{16})_([0-9a-f]{64})$/;

export type TokenParts = { readonly id: string; readonly secret: string };
export const tokenText = ({ id, secret }: TokenParts): string => `${PREFIX}_${id}_${secret}`;
/** `undefined` for what is no token of any ledger. */
export const partsOfToken = (text: string): TokenParts | undefined => {
  const [, id, secret] = TOKEN.exec(text) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
};

// ---- Names of recorders

/** Before the name of a recorder that nobody checked: what the configuration says, where no token is asked for. */
const SELF_DECLARED = 'local:';
export const selfDeclared = (name: string): string => (isSelfDeclared(name) ? name : `${SELF_DECLARED}${name}`);
export const isSelfDeclared = (recordedBy: string): boolean => recordedBy.startsWith(SELF_DECLARED);

/** Names with one key look alike to a reader: they differ in capitals, in spaces, in forms of a letter, or in what is not seen at all. */
export const nameKey = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/[\s\p{Default_Ignorable_Code_Point}]/gu, '')
    .toLowerCase();

const NAME_LENGTH_MAX = 200; // as of the recorder that the configuration names

/** It goes into every event that is recorded with the token, for ever: so it must be no secret, and deceive nobody about where it comes from. */
export const tokenName = safeText({ max: NAME_LENGTH_MAX, layout: 'line' })
  .refine((name) => name === name.trim(), 'begins or ends with a space')
  .refine((name) => nameKey(name) !== '', 'has nothing that is seen')
  .refine((name) => !nameKey(name).startsWith(SELF_DECLARED), `begins with "${SELF_DECLARED}", which marks a name that nobody checked`)
  .refine((name) => !name.includes(`${PREFIX}_`), 'holds a token, or a part of one')
  .refine((name) => !ID.test(name), "has the form of a token's id");

// ---- What the file holds

export const TOKENS_MAX = 1_000;

/**
 * Of a secret only its SHA-256, plain and fast. Slow hashes with a salt defend what people choose and reuse; a secret of 256 random bits cannot be tried
 * out, whatever a trial costs, and is checked with every request.
 */
const token = z.strictObject({
  id: z.string().regex(ID, 'no id of a token: 16 digits of lower-case hex'),
  name: tokenName,
  role: z.enum(ROLES),
  createdAt: instantStored,
  expiresAt: instantStored.nullable(),
  sha256: sha256Text,
});
export type Token = z.infer<typeof token>;

export const tokensForm = z
  .strictObject({ formatVersion: z.literal(1), tokens: z.array(token).max(TOKENS_MAX) })
  .check(({ value: { tokens }, issues }) => {
    const ids = new Set<string>();
    const names = new Set<string>();
    for (const [index, { id, name }] of tokens.entries()) {
      if (ids.has(id)) issues.push({ ...invalidIssue(id, 'the id of an earlier token'), path: ['tokens', index, 'id'] });
      if (names.has(nameKey(name)))
        issues.push({ ...invalidIssue(name, 'looks like the name of an earlier token'), path: ['tokens', index, 'name'] });
      ids.add(id);
      names.add(nameKey(name));
    }
  });
