import { describe, expect, it } from 'vitest';
import { newTokenParts } from '../../src/application/clock.ts';
import { isSelfDeclared, selfDeclared } from '../../src/domain/self-declared.ts';
import { mayAs, nameKey, partsOfToken, ROLES, TOKENS_MAX, tokenName, tokensForm, tokenText } from '../../src/domain/token.ts';
import { makeToken } from '../support/tokens.ts';

const isName = (name: string): boolean => tokenName.safeParse(name).success;

describe('the name of a token', () => {
  it.each(['Legal desk', 'Legal: desk', 'Åsa Öberg', 'विधि विभाग', 'कानून: डेस्क', 'Локал: архив', 'localhost', 'local', 'a'.repeat(200)])(
    'may be %j',
    (name) => {
      expect(isName(name)).toBe(true);
    },
  );

  it.each([
    ['nothing', ''],
    ['spaces', '  '],
    ['what is not seen', '\u200b\u2060'],
    ['two lines', 'a\nb'],
    ['a bidirectional override', 'a\u202eb'],
    ['a lone surrogate', 'a\ud800'],
    ['a space at its end', 'Anna '],
    ['201 characters', 'a'.repeat(201)],
    ["an id's form", '0123456789abcdef'],
    ['a token', tokenText(newTokenParts())],
  ])('may not be %s', (_, name) => {
    expect(isName(name)).toBe(false);
  });

  it.each([
    ...['local:root', 'LOCAL:root', 'local :root', 'lo\u200bcal:root', 'ｌｏｃａｌ：root', '\u2060local:root', 'lócál:root', '𝗹𝗼𝗰𝗮𝗹:root'],
    ...['lоcal:root', 'loсal:root', 'locаl:root', 'ӏосаӏ:root', 'ΙΟϹΑΙ:root', 'Iocal:root', '1ocal:root', 'l0ca1:root', '|ocal:root'],
    ...['local∶root', 'local꞉root', 'localːroot', 'local։root', 'lоcal \u2236 root'],
  ])('may not look like one that nobody checked: %j', (name) => {
    expect(isName(name)).toBe(false);
  });

  it('is told from one that nobody checked', () => {
    expect(isSelfDeclared('Legal desk')).toBe(false);
    expect(isSelfDeclared(selfDeclared('Legal desk'))).toBe(true);
  });

  it('has one key with names that look like it', () => {
    expect(new Set(['Anna Maria', 'anna maria', 'Anna\u00a0Maria', 'An\u200bna Maria', 'ＡNNA MARIA'].map(nameKey)).size).toBe(1);
    expect(nameKey('Anna')).not.toBe(nameKey('Anne'));
  });
});

it('a role may do what those before it may', () => {
  expect(ROLES.map((role) => ROLES.filter((needed) => mayAs(role, needed)))).toEqual([
    ['reader'],
    ['reader', 'recorder'],
    ['reader', 'recorder', 'admin'],
  ]);
});

describe('a token', () => {
  it('is read as it was written', () => {
    const parts = newTokenParts();
    expect(tokenText(parts)).toMatch(/^elt_[0-9a-f]{16}_[0-9a-f]{64}$/);
    expect(partsOfToken(tokenText(parts))).toEqual(parts);
  });

  it('is never made twice', () => {
    const made = Array.from({ length: 1_000 }, () => newTokenParts());
    expect(new Set(made.map(({ id }) => id)).size).toBe(1_000);
    expect(new Set(made.map(({ secret }) => secret)).size).toBe(1_000);
  });
});

describe('the file of tokens', () => {
  const file = (...tokens: readonly object[]): object => ({ formatVersion: 1, tokens });
  const { token } = makeToken('Anna', 'reader');

  it('holds tokens, or none', () => {
    expect(tokensForm.safeParse(file()).success).toBe(true);
    expect(tokensForm.safeParse(file(token)).success).toBe(true);
  });

  it('holds as many as the limit says, and not one more', () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => makeToken(`n${index}`, 'reader').token);
    expect(tokensForm.safeParse(file(...many(TOKENS_MAX))).success).toBe(true);
    expect(tokensForm.safeParse(file(...many(TOKENS_MAX + 1))).success).toBe(false);
  });

  it.each([
    ['another version of its form', { formatVersion: 2, tokens: [] }],
    ['a list', [token]],
    ['a field that nobody knows', { formatVersion: 1, tokens: [], open: true }],
    ['a role that is none', file({ ...token, role: 'root' })],
    ['no end, unsaid', file({ ...token, expiresAt: undefined })],
    ['an end that is no instant', file({ ...token, expiresAt: 'tomorrow' })],
    ['a secret', file({ ...token, secret: 'x' })],
    ['a hash that is too short', file({ ...token, sha256: token.sha256.slice(1) })],
    ['one id twice', file(token, { ...makeToken('Ben', 'reader').token, id: token.id })],
    ['two names that look alike', file(token, makeToken('ANNA', 'admin').token)],
  ])('is wrong with %s', (_, wrong) => {
    expect(tokensForm.safeParse(wrong).success).toBe(false);
  });
});
