/** Tokens: which roles there are, under which name a holder records, and what the file of tokens holds. */
import { z } from 'zod';
import { sha256Text } from './ids.ts';
import { invalidIssue } from './refusing.ts';
import { SELF_DECLARED } from './self-declared.ts';
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

/** Names with one key look alike to a reader: they differ in capitals, in spaces, in forms of a letter, or in what is not seen at all. */
export const nameKey = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/[\s\p{Default_Ignorable_Code_Point}]/gu, '')
    .toLowerCase();

/** What looks like each character of `local:` once forms, capitals, accents and spaces are taken off: after the confusables of Unicode UTS #39. */
const LOOKS_LIKE = new Map([
  ['l', 'l1|i\u0131\u0269\u01C0\u04CF\u0456\u03B9\u05C0\u05D5\u05DF\u0661\u06F1\u0627\u07CA\u16C1\u2223\u2D4F\uA4F2\u4E28'],
  [
    'o',
    'o0\u03BF\u03C3\u043E\u0585\u05E1\u0647\u0665\u06F5\u0966\u09E6\u0A66\u0B20\u0B66\u0AE6\u0BE6\u0C66\u0CE6\u0D20\u0D66\u0D82\u0E50\u0ED0\u101D\u1040\u10FF\u1D0F\u1D11\u2D54\u3007\uA4F3',
  ],
  ['c', 'c\u0441\u03C2\u03C3\u1D04\u2CA5\uABAF\uA4DA'],
  ['a', 'a\u0430\u03B1\u0251\u1D00\u237A\uAB7A\uA4EE'],
  [':', ':\u0903\u0A83\u02D0\u02F8\u0589\u05C3\u0703\u0704\u16EC\u1803\u1809\u205A\u2236\uA4FD\uA789'],
]);
const LOOKS_SELF_DECLARED = new RegExp(`^${[...SELF_DECLARED].map((each) => `[${LOOKS_LIKE.get(each)}]`).join('')}`, 'u');
const looksSelfDeclared = (name: string): boolean =>
  LOOKS_SELF_DECLARED.test(
    nameKey(name)
      .normalize('NFKD')
      .replace(/\p{Mn}/gu, ''),
  );

const NAME_LENGTH_MAX = 200; // as of the recorder that the configuration names

/** It goes into every event that is recorded with the token, for ever: so it must be no secret, and deceive nobody about where it comes from. */
export const tokenName = safeText({ max: NAME_LENGTH_MAX, layout: 'line' })
  .refine((name) => name === name.trim(), 'begins or ends with a space')
  .refine((name) => nameKey(name) !== '', 'has nothing that is seen')
  .refine((name) => !looksSelfDeclared(name), `begins like "${SELF_DECLARED}", which marks a name that nobody checked`)
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
