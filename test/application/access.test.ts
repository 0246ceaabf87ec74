/** Who is let in by the tokens of a file, as the file changes under a process that runs. */
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openToAll } from '../../src/application/access.ts';
import { changeTokens, readTokens, TokensInvalid, TokensLocked } from '../../src/application/token-file.ts';
import { parseInstant } from '../../src/domain/time.ts';
import { inThePast, makeToken, openTokenFile, type TokenFile } from '../support/tokens.ts';

let file: TokenFile;
beforeEach(() => {
  file = openTokenFile();
});
afterEach(() => file.close());

const anna = makeToken('Anna', 'reader');
const ben = makeToken('Ben', 'recorder');

describe('without a file', () => {
  it('everybody is let in, under the name that the configuration says', () => {
    for (const access of [file.access(), openToAll('local:test')]) {
      expect(access.asksForTokens()).toBe(false);
      expect(access.hasTokenInForce()).toBe(false);
      expect(access.whoIs(undefined)).toMatchObject({ kind: 'known', caller: { recordedBy: 'local:test', role: 'admin' } });
      expect(access.whoIs(anna.text)).toMatchObject({ kind: 'known', caller: { recordedBy: 'local:test' } });
    }
  });

  it('the first token closes the door, behind those too who came in before', () => {
    const access = file.access();
    const before = access.whoIs(undefined);
    file.write(anna);
    expect(access.whoIs(undefined)).toEqual({ kind: 'no_token' });
    expect(before.kind === 'known' && before.caller.isStillIn()).toBe(false);
  });
});

describe('by tokens', () => {
  it('the holder is known by the name of the token', () => {
    file.write(anna, ben);
    const access = file.access();
    expect(access.asksForTokens()).toBe(true);
    expect(access.whoIs(ben.text)).toMatchObject({ kind: 'known', caller: { recordedBy: 'Ben', role: 'recorder' } });
    expect(access.whoIs(undefined)).toEqual({ kind: 'no_token' });
  });

  it('nothing else is accepted, and nothing is told of why', () => {
    const over = makeToken('Cleo', 'admin', { expiresAt: inThePast });
    file.write(anna, ben, over);
    const access = file.access();
    const answers = [
      makeToken('Anna', 'admin').text,
      over.text,
      anna.text.slice(0, -1),
      `${anna.text}0`,
      `${anna.text}\n`,
      anna.text.toUpperCase(),
      anna.text.replace(anna.token.id, ben.token.id),
      anna.text.replace(anna.secret, anna.token.sha256),
      anna.token.sha256,
      '',
      '\u0000',
    ].map((text) => access.whoIs(text));
    expect(answers).toEqual(answers.map(() => ({ kind: 'not_accepted' })));
  });

  it('a token is in force until its end, and not at it', () => {
    const end = parseInstant('2026-01-01T00:00:00.000Z');
    let now = parseInstant('2025-12-31T23:59:59.999Z');
    const brief = makeToken('Brief', 'reader', { expiresAt: end });
    file.write(brief);
    const access = file.access(() => now);
    const who = access.whoIs(brief.text);
    const isStillIn = () => who.kind === 'known' && who.caller.isStillIn();
    expect([access.hasTokenInForce(), isStillIn()]).toEqual([true, true]);
    now = end;
    expect([access.hasTokenInForce(), isStillIn()]).toEqual([false, false]);
    expect(access.whoIs(brief.text)).toEqual({ kind: 'not_accepted' });
  });

  it('one that is revoked is out at once, and so is whoever came in by it', () => {
    file.write(anna, ben);
    const access = file.access();
    const who = access.whoIs(anna.text);
    file.write(ben);
    expect(access.whoIs(anna.text)).toEqual({ kind: 'not_accepted' });
    expect(who.kind === 'known' && who.caller.isStillIn()).toBe(false);
    expect(access.whoIs(ben.text).kind).toBe('known');
  });

  it('another secret under the same id is another token', () => {
    file.write(anna);
    const access = file.access();
    const who = access.whoIs(anna.text);
    file.write(makeToken('Anna', 'reader', { id: anna.token.id }));
    expect(who.kind === 'known' && who.caller.isStillIn()).toBe(false);
  });

  it('without any left nobody is let in', () => {
    file.write(anna);
    const access = file.access();
    file.write();
    expect(access.asksForTokens()).toBe(true);
    expect(access.whoIs(undefined)).toEqual({ kind: 'no_token' });
    expect(access.whoIs(anna.text)).toEqual({ kind: 'not_accepted' });
  });
});

describe('a file that cannot be used', () => {
  const WRONG = ['', '{', '[]', '{"formatVersion":1,"tokens":[{}]}', '{"formatVersion":2,"tokens":[]}'];

  it.each(WRONG)('%j is not begun with, and the error says where it is wrong', (text) => {
    file.writeText(text);
    expect(() => file.access()).toThrow(TokensInvalid);
    expect(() => file.access()).toThrow(file.path);
  });

  it.each(WRONG)('%j lets nobody in until it is mended', (text) => {
    file.write(anna);
    const access = file.access();
    const who = access.whoIs(anna.text);
    file.writeText(text);
    for (const shown of [anna.text, undefined]) expect(access.whoIs(shown)).toMatchObject({ kind: 'unreadable' });
    expect(access.hasTokenInForce()).toBe(false);
    expect(who.kind === 'known' && who.caller.isStillIn()).toBe(false);
    file.write(anna);
    expect(access.whoIs(anna.text).kind).toBe('known');
  });

  it('that is gone does not open the door', () => {
    file.write(anna);
    const access = file.access();
    file.remove();
    expect(access.asksForTokens()).toBe(true);
    expect(access.whoIs(undefined)).toMatchObject({ kind: 'unreadable', cause: { faults: ['is gone'] } });
    file.write(anna);
    expect(access.whoIs(anna.text).kind).toBe('known');
  });

  it('that the system does not let be read is tried again', () => {
    file.write(anna);
    const access = file.access();
    file.remove();
    mkdirSync(file.path); // reading it fails for root too
    expect(access.whoIs(anna.text)).toMatchObject({ kind: 'unreadable', cause: { faults: ['cannot be read (EISDIR)'] } });
    rmSync(file.path, { recursive: true });
    file.write(anna);
    expect(access.whoIs(anna.text).kind).toBe('known');
  });

  it('is not quoted: somebody may have pasted a secret into it', () => {
    file.writeText(`{"formatVersion":1,"tokens":["${anna.text}"]} ${anna.text}`);
    expect(() => file.access()).not.toThrow(anna.secret);
  });
});

describe('changing the file', () => {
  it('writes it for its owner alone, and leaves nothing beside it', async () => {
    file.writeText('{"formatVersion":1,"tokens":[]}');
    chmodSync(file.path, 0o666);
    await changeTokens(file.path, () => [anna.token]);
    expect(statSync(file.path).mode & 0o777).toBe(0o600);
    expect(statSync(`${file.path}.new`, { throwIfNoEntry: false })).toBeUndefined();
    expect(readTokens(file.path)).toEqual([anna.token]);
    expect(readFileSync(file.path, 'utf8')).not.toContain(anna.secret);
  });

  it('loses none of many changes at once', async () => {
    const made = Array.from({ length: 20 }, (_, index) => makeToken(`n${index}`, 'reader').token);
    await Promise.all(made.map((token) => changeTokens(file.path, (tokens) => [...tokens, token])));
    expect(new Set(readTokens(file.path)?.map(({ id }) => id))).toEqual(new Set(made.map(({ id }) => id)));
  });

  it('leaves it as it was where the change is refused, or would make it wrong', async () => {
    file.write(anna);
    const refuse = (): never => {
      throw new RangeError('refused');
    };
    await expect(changeTokens(file.path, refuse)).rejects.toThrow(RangeError);
    await expect(changeTokens(file.path, (tokens) => [...tokens, ...tokens])).rejects.toThrow();
    expect(readTokens(file.path)).toEqual([anna.token]);
    await changeTokens(file.path, () => []); // nobody holds it any more
  });

  it('does not repair what is wrong by writing over it', async () => {
    file.writeText('{');
    await expect(changeTokens(file.path, () => [])).rejects.toThrow(TokensInvalid);
    expect(readFileSync(file.path, 'utf8')).toBe('{');
  });

  it('waits for whoever is at it, and in the end says which file to remove', async () => {
    writeFileSync(`${file.path}.new`, '');
    await expect(changeTokens(file.path, () => [])).rejects.toThrow(TokensLocked);
    expect(statSync(file.path, { throwIfNoEntry: false })).toBeUndefined();
  });
});
