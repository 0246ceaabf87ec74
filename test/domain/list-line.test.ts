/** What a line of somebody's list names, whoever wrote it and however. */
import { describe, expect, it } from 'vitest';
import { readLine } from '../../src/domain/list-line.ts';
import type { TargetKind } from '../../src/domain/target-ref.ts';

const ON_TWITTER = { platform: 'twitter.com', kinds: [] };
const read = (line: string, reading: Partial<Parameters<typeof readLine>[1]> = {}) => readLine(line, { ...ON_TWITTER, ...reading });
const named = (kind: TargetKind, key: string) => ({ is: 'named', meant: expect.objectContaining({ kind, key }) });
const unreadable = (code: string, facts: object = {}) => ({ is: 'unreadable', reason: expect.objectContaining({ code, ...facts }) });

describe('a line of a list', () => {
  it.each([
    '@Some_Body',
    'some_body',
    '  SOME_BODY\t',
    '\u00a0@some_body\u00a0',
    '\ufeff@some_body',
    'some_body\r',
    'https://x.com/Some_Body',
    'https://twitter.com/some_body/',
    'http://mobile.twitter.com/some_body?lang=en',
    'https://www.twitter.com/some_body/media#top',
    'ｓｏｍｅ_ｂｏｄｙ',
  ])('names one account, written as %j', (line) => {
    expect(read(line)).toMatchObject(named('account', 'some_body'));
  });

  it.each([
    ['https://twitter.com/some_body/status/1356000000000000001', 'post', '1356000000000000001'],
    ['https://x.com/i/web/statuses/1356000000000000001?s=20', 'post', '1356000000000000001'],
    ['#ＦａｒｍｅｒｓProtest', 'hashtag', 'farmersprotest'],
    ['https://twitter.com/i/lists/7', 'url', 'twitter.com/i/lists/7'],
    ['1356000000000000001', 'account', '1356000000000000001'],
  ] as const)('says itself what it names: %s is %s', (line, kind, key) => {
    expect(read(line)).toMatchObject(named(kind, key));
  });

  it('is an address where nothing is known of how those of the platform are built', () => {
    expect(read('https://birdsite.example/some', { platform: 'birdsite.example' })).toMatchObject(named('url', 'birdsite.example/some'));
  });

  it.each(['', '   ', '\t', '\u00a0', '\ufeff', '\r'])('is blank: %j', (line) => {
    expect(read(line)).toEqual({ is: 'blank' });
  });

  it.each([
    ['two words', 'TARGET_KEY_INVALID', { why: 'not a handle' }],
    ['@@twice', 'TARGET_KEY_INVALID', { why: 'not a handle' }],
    ['1356000000000000000', 'TARGET_KEY_INVALID', { kind: 'account', why: 'a number that a spreadsheet rounded' }],
    ['1.356E+18', 'TARGET_KEY_INVALID', { why: 'not a handle' }],
    ['zero\u200bwidth', 'TARGET_KEY_INVALID', { why: 'not a handle' }],
    ['nul\u0000', 'TEXT_UNSAFE', { character: 'U+0000', at: 3 }],
    ['\u202eredro', 'TEXT_UNSAFE', { character: 'U+202E', at: 0 }],
    ['\u2066isolate\u2069', 'TEXT_UNSAFE', { character: 'U+2066', at: 0 }],
    ['lone\ud800', 'TEXT_UNSAFE', { character: 'U+D800' }],
    ['a'.repeat(3_000), 'TARGET_KEY_INVALID', { why: 'too long' }],
    [`https://twitter.com/${'a'.repeat(3_000)}`, 'TARGET_KEY_INVALID', { why: 'too long' }],
    ['https://elsewhere.example/some', 'TARGET_KEY_INVALID', { why: 'an address on another platform' }],
    ['https://twitter.com.evil.example/some', 'TARGET_KEY_INVALID', { why: 'an address on another platform' }],
    ['https://user:secret@twitter.com/some', 'URL_REFUSED', { why: 'credentials' }],
    ['https://127.0.0.1/some', 'URL_REFUSED', { why: 'private_host' }],
    ['https://', 'URL_REFUSED', { why: 'syntax' }],
  ])('cannot be read: %j', (line, code, facts) => {
    expect(read(line)).toMatchObject(unreadable(code, facts));
  });

  it('is what it is said to be, and nothing else', () => {
    expect(read('1356000000000000001', { kind: 'post' })).toEqual({ ...named('post', '1356000000000000001'), others: [] });
    expect(read('some', { kind: 'account', kinds: ['hashtag'] })).toMatchObject({ others: [] });
    expect(read('https://elsewhere.example/some', { kind: 'url' })).toMatchObject(named('url', 'elsewhere.example/some'));
    expect(read('two words', { kind: 'class' })).toMatchObject(named('class', 'two words'));
  });

  it('is read in further ways, as the list may have it', () => {
    const kinds: readonly TargetKind[] = ['account', 'post', 'url', 'hashtag', 'class'];
    const others = (line: string) => {
      const found = read(line, { kinds });
      return found.is === 'blank' ? [] : found.others.map(({ kind, key }) => [kind, key]);
    };
    expect(others('1356000000000000001')).toContainEqual(['post', '1356000000000000001']);
    expect(others('1356000000000000000')).toContainEqual(['account', '1356000000000000000']); // on the list it may be so
    expect(others('https://twitter.com/some/status/12')).toContainEqual(['url', 'twitter.com/some/status/12']);
    expect(others('https://elsewhere.example/some')).toContainEqual(['url', 'elsewhere.example/some']);
    expect(others('All  related content')).toContainEqual(['class', 'all related content']);
    expect(others('https://twitter.com/some/status/12').map(([kind]) => kind)).not.toContain('account');
    expect(others('@some').map(([kind]) => kind)).not.toContain('account');
  });
});
