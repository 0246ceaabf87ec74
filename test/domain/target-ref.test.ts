import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parsePlatform, platformStored } from '../../src/domain/platform.ts';
import type { Parsed } from '../../src/domain/refusal.ts';
import { refusalOf, refusing } from '../../src/domain/refusing.ts';
import {
  hasMixedScripts,
  KEY_LENGTH_MAX,
  parseTargetRef,
  type TargetKind,
  type TargetRef,
  type TargetRefInput,
  targetIdOf,
  targetRefInput,
  targetRefStored,
  VERBATIM_LENGTH_MAX,
} from '../../src/domain/target-ref.ts';

const TWITTER = 'twitter.com';
const BIRDSITE = 'birdsite.example';

/** The key; else the reason of a URL's refusal; else the refusal's code. */
const outcome = (kind: TargetKind, verbatim: string, platform = TWITTER): string => {
  const answer: Parsed<TargetRef> = parseTargetRef({ platform, kind, verbatim });
  if ('value' in answer) return answer.value.key;
  if ('invalid' in answer) return 'invalid';
  return answer.refusal.code === 'URL_REFUSED' ? `URL_REFUSED ${answer.refusal.why}` : answer.refusal.code;
};
const INVALID = 'TARGET_KEY_INVALID';

describe('a platform', () => {
  it.each([
    ['twitter.com', 'twitter.com'],
    ['Twitter.COM', 'twitter.com'],
    ['www.twitter.com', 'twitter.com'],
    ['mobile.twitter.com', 'twitter.com'],
    ['x.com', 'twitter.com'],
    ['www.x.com', 'twitter.com'],
    [' x.com ', 'twitter.com'],
    ['twitter.com.', 'twitter.com'],
    ['ｔｗｉｔｔｅｒ.com', 'twitter.com'],
    ['notx.com', 'notx.com'],
    ['x.com.evil.example', 'evil.example'],
    ['news.bbc.co.uk', 'bbc.co.uk'],
    ['birdsite.example', 'birdsite.example'],
    ['bücher.de', 'xn--bcher-kva.de'],
    ['XN--BCHER-KVA.de', 'xn--bcher-kva.de'],
    ['someone.github.io', 'github.io'],
  ])('%s is %s', (text, platform) => {
    expect(parsePlatform(text)).toEqual({ value: platform });
    expect(parsePlatform(platform)).toEqual({ value: platform });
    expect(platformStored.parse(platform)).toBe(platform);
  });

  it.each([
    '',
    ' ',
    'twitter',
    'localhost',
    'com',
    'co.uk',
    '.com',
    'twitter..com',
    '127.0.0.1',
    '2130706433',
    '0x7f.1',
    '[::1]',
    'https://twitter.com',
    'twitter.com/path',
    'twitter.com:443',
    'user@twitter.com',
    'twitter.com?x',
    'twitter.com#x',
    'twitter.com\\x',
    'twitter .com',
    'twit%74er.com',
    `${'a'.repeat(64)}.com`.repeat(8),
  ])('is not %j', (text) => {
    expect(parsePlatform(text)).toMatchObject({ refusal: { code: INVALID, kind: 'platform' } });
    expect(outcome('account', 'somebody', text)).toBe(INVALID);
  });
});

describe('the key of an account', () => {
  it.each([
    ['someone', 'someone'],
    ['@SomeOne', 'someone'],
    ['  @someone\n', 'someone'],
    ['some_one-2.x', 'some_one-2.x'],
    ['@someone@server.example', 'someone@server.example'],
    ['ＳＯＭＥＯＮＥ', 'someone'],
    ['कमल', 'कमल'],
    ['ﬁrst', 'first'],
    ['https://twitter.com/SomeOne', 'someone'],
    ['https://x.com/SomeOne', 'someone'],
    ['HTTP://www.X.com/@SomeOne/', 'someone'],
    ['https://mobile.twitter.com/SomeOne/status/1?s=20#top', 'someone'],
    ['https://twitter.com/%40some%4Fne', 'someone'],
    ['https://twitter.com/caf%C3%A9', 'café'],
  ])('%j is %s', (verbatim, key) => {
    expect(outcome('account', verbatim)).toBe(key);
  });

  it.each([
    '@',
    '@@someone',
    '＠someone',
    'some one',
    'some/one',
    'some:one',
    'some!',
    'कि', // a vowel sign is a mark, not a letter: the rules name letters and numbers alone
    '\u200Bsomeone',
    'https://twitter.com',
    'https://twitter.com/',
    'https://twitter.com/i/user/1',
    'https://twitter.com/I/user/1',
    'https://twitter.com/search?q=x',
    'https://twitter.com/hashtag/x',
    'https://twitter.com//someone',
    'https://twitter.com/%E0%A4%A',
    'https://twitter.com/a%2Fb',
    'https://twitter.com.evil.example/someone',
    'https://facebook.com/someone',
    'twitter.com/someone',
  ])('is not had from %j', (verbatim) => {
    expect(outcome('account', verbatim)).toBe(INVALID);
  });

  it('is not had from an address on a platform whose addresses are not known', () => {
    expect(outcome('account', 'https://birdsite.example/someone', BIRDSITE)).toBe(INVALID);
  });

  it('is never had from an address that hides its host', () => {
    expect(outcome('account', 'https://twitter.com@evil.example/someone')).toBe('URL_REFUSED credentials');
    expect(outcome('account', 'https://user:secret@twitter.com/someone')).toBe('URL_REFUSED credentials');
  });
});

describe('the key of a post', () => {
  it.each([
    ['1357000000000000000', '1357000000000000000'],
    ['dQw4w9WgXcQ', 'dQw4w9WgXcQ'],
    ['-_', '-_'],
    [' 42 ', '42'],
    ['x'.repeat(64), 'x'.repeat(64)],
    ['https://twitter.com/someone/status/1357?s=20', '1357'],
    ['https://x.com/someone/statuses/1357/photo/1', '1357'],
    ['https://x.com/i/web/status/1357', '1357'],
    ['https://twitter.com/someone/status/1357abc', 'twitter.com/someone/status/1357abc'],
    ['https://twitter.com/someone/status/', 'twitter.com/someone/status'],
    ['https://example.org/p/7/', 'example.org/p/7'],
    ['https://example.org/someone/status/1357', 'example.org/someone/status/1357'],
  ])('%s is %s', (verbatim, key) => {
    expect(outcome('post', verbatim)).toBe(key);
  });

  it('is an address where the platform has no known ones, or is another', () => {
    expect(outcome('post', 'https://birdsite.example/a/status/1', BIRDSITE)).toBe('birdsite.example/a/status/1');
    expect(outcome('post', 'https://x.com/a/status/1', BIRDSITE)).toBe('x.com/a/status/1');
  });

  it.each([['x'.repeat(65)], ['post 7'], ['https://'], ['пост']])('is not had from %j', (verbatim) => {
    expect(outcome('post', verbatim)).toBe('URL_REFUSED syntax');
  });
});

describe('the key of an address', () => {
  it.each([
    ['https://Example.org', 'example.org'],
    ['http://example.org/', 'example.org'],
    ['http://example.org:80/a', 'example.org/a'],
    ['https://example.org:443/a', 'example.org/a'],
    ['https://example.org:8443/a', 'example.org:8443/a'],
    ['http://example.org:443/a', 'example.org:443/a'],
    ['https://example.org/A/b/', 'example.org/A/b'],
    ['https://example.org/a//', 'example.org/a/'],
    ['https://example.org/a/?b=1', 'example.org/a?b=1'],
    ['https://example.org/a#top', 'example.org/a'],
    ['https://example.org/a?', 'example.org/a'],
    ['https://example.org/a?utm_source=x&b=1&utm_medium=y&gclid=z&fbclid', 'example.org/a?b=1'],
    ['https://example.org/a?utm_source=x#f', 'example.org/a'],
    ['https://example.org/a?utm%5Fsource=x', 'example.org/a'],
    ['https://example.org/a?utmost=1&xutm_a=2&gclids=3', 'example.org/a?utmost=1&xutm_a=2&gclids=3'],
    ['https://example.org/a?b=2&a=1&b=1', 'example.org/a?b=2&a=1&b=1'],
    ['https://example.org/%7euser/%e4%b8%ad', 'example.org/~user/%E4%B8%AD'],
    ['https://example.org/中', 'example.org/%E4%B8%AD'],
    ['https://example.org/a%2fb', 'example.org/a%2Fb'],
    ['https://example.org/a/./b/../c', 'example.org/a/c'],
    ['https://example.org/a/%2e%2e/c', 'example.org/c'],
    ['https://example.org/100%', 'example.org/100%'],
    ['https://bücher.example/', 'xn--bcher-kva.example'],
    ['  https://example.org/a  ', 'example.org/a'],
    ['https://8.8.8.8/a', '8.8.8.8/a'],
    ['https://[2001:db8::1]/a', '[2001:db8::1]/a'],
    ['https:example.org/a', 'example.org/a'],
    ['https:\\\\example.org\\a', 'example.org/a'],
  ])('%s is %s', (verbatim, key) => {
    expect(outcome('url', verbatim)).toBe(key);
  });

  it.each([
    ['ftp://example.org/', 'scheme'],
    ['javascript:alert(1)', 'scheme'],
    ['java\nscript:alert(1)', 'scheme'],
    ['data:text/html,x', 'scheme'],
    ['file:///etc/passwd', 'scheme'],
    ['mailto:a@example.org', 'scheme'],
    ['example.org:80/a', 'scheme'],
    ['example.org/a', 'syntax'],
    ['//example.org/a', 'syntax'],
    ['https://', 'syntax'],
    ['https://exa mple.org/', 'syntax'],
    ['https://example.org:99999/', 'syntax'],
    ['https://1.2.3.256/', 'syntax'],
    ['words', 'syntax'],
    ['https://user@example.org/', 'credentials'],
    ['https://user:secret@example.org/', 'credentials'],
    ['https://:secret@example.org/', 'credentials'],
    ['https://localhost/', 'private_host'],
    ['https://LOCALHOST.:8080/', 'private_host'],
    ['https://a.localhost/', 'private_host'],
    ['https://printer.local/', 'private_host'],
    ['https://printer.local./', 'private_host'],
    ['https://wiki.internal/', 'private_host'],
    ['https://nas.home.arpa/', 'private_host'],
    ['https://intranet/', 'private_host'],
    ['https://127.0.0.1/', 'private_host'],
    ['https://127.1/', 'private_host'],
    ['https://2130706433/', 'private_host'],
    ['https://0x7f000001/', 'private_host'],
    ['https://0177.0.0.1/', 'private_host'],
    ['https://１２７.0.0.1/', 'private_host'],
    ['https://0.0.0.0/', 'private_host'],
    ['https://10.0.0.1/', 'private_host'],
    ['https://172.16.0.1/', 'private_host'],
    ['https://172.31.255.255/', 'private_host'],
    ['https://192.168.1.1/', 'private_host'],
    ['https://169.254.169.254/latest/meta-data', 'private_host'],
    ['https://100.64.0.1/', 'private_host'],
    ['https://255.255.255.255/', 'private_host'],
    ['https://[::1]/', 'private_host'],
    ['https://[::]/', 'private_host'],
    ['https://[fe80::1]/', 'private_host'],
    ['https://[fd00::1]/', 'private_host'],
    ['https://[fc00::1]/', 'private_host'],
    ['https://[::ffff:127.0.0.1]/', 'private_host'],
    ['https://[::ffff:8.8.8.8]/', 'private_host'],
  ])('is refused to %j: %s', (verbatim, why) => {
    expect(outcome('url', verbatim)).toBe(`URL_REFUSED ${why}`);
  });

  it.each([
    'https://172.15.0.1/',
    'https://172.32.0.1/',
    'https://192.169.0.1/',
    'https://11.0.0.1/',
    'https://100.128.0.1/',
    'https://localhost.example.org/',
  ])('stands beside those: %s', (verbatim) => {
    expect(outcome('url', verbatim)).not.toContain('URL_REFUSED');
  });
});

describe('the key of a hashtag, a service, a class', () => {
  it.each<[TargetKind, string, string]>([
    ['hashtag', '#FarmersProtest', 'farmersprotest'],
    ['hashtag', '＃Ｆａｒｍｅｒｓ', 'farmers'],
    ['hashtag', ' farmers ', 'farmers'],
    ['hashtag', '#किसान_आंदोलन', 'किसान_आंदोलन'],
    ['hashtag', '#c++', 'c++'],
    ['service', 'Chat.Example.ORG', 'chat.example.org'],
    ['service', 'bücher.example.', 'xn--bcher-kva.example'],
    ['class', '  Accounts  that\n\tposted THE video ', 'accounts that posted the video'],
    ['class', 'cafe\u0301', 'caf\u00e9'],
    ['class', 'a\u3000b\u2028c', 'a b c'],
  ])('%s %j is %s', (kind, verbatim, key) => {
    expect(outcome(kind, verbatim)).toBe(key);
  });

  it.each<[TargetKind, string]>([
    ['hashtag', '#'],
    ['hashtag', '##farmers'],
    ['hashtag', '﹟farmers'],
    ['hashtag', '# farmers'],
    ['hashtag', '#farmers #protest'],
    ['service', 'chat'],
    ['service', 'https://chat.example.org'],
    ['service', 'chat.example.org/path'],
    ['service', '127.0.0.1'],
    ['service', 'a b.example'],
    ['class', ' '],
    ['class', ''],
  ])('is not had from the %s %j', (kind, verbatim) => {
    expect(outcome(kind, verbatim)).toBe(INVALID);
  });

  it('is no longer than its maximum, though folding lengthens', () => {
    expect(outcome('hashtag', '\uFDFA'.repeat(VERBATIM_LENGTH_MAX))).toBe(INVALID);
    expect(outcome('class', 'x'.repeat(KEY_LENGTH_MAX))).toHaveLength(KEY_LENGTH_MAX);
    expect(outcome('class', 'x'.repeat(KEY_LENGTH_MAX + 1))).toBe(INVALID);
  });
});

const kinds = fc.constantFrom<TargetKind>('account', 'post', 'url', 'hashtag', 'service', 'class');
const handle = fc.stringMatching(/^[\p{L}\p{N}_.@-]{1,20}$/u);
const host = fc.constantFrom('twitter.com', 'x.com', 'www.example.org', 'bücher.de', 'EXAMPLE.co.uk', 'localhost', '10.0.0.1');
const address = fc.tuple(
  fc.constantFrom('http://', 'https://', 'HTTPS://'),
  host,
  fc.constantFrom('', ':80', ':443', ':8080'),
  fc.array(fc.oneof(fc.constantFrom('status', '..', '%7E', '%2f', '%e4', 'a b', 'é'), fc.stringMatching(/^[a-zA-Z0-9]{1,5}$/)), {
    maxLength: 4,
  }),
  fc.constantFrom('', '/', '?', '?utm_a=1', '?b=%5F&utm_a=1&c', '#f'),
);
const addressText = address.map(
  ([scheme, name, port, path, end]) => `${scheme}${name}${port}${path.map((segment) => `/${segment}`).join('')}${end}`,
);
const anyVerbatim = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  handle,
  handle.map((text) => `@${text}`),
  addressText,
  fc.stringMatching(/^[#＃@ a-zA-Z0-9._~:/?%&=-]{0,40}$/u),
);
const platforms = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(TWITTER, 'x.com', BIRDSITE) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
);
const field = refusing(targetRefInput, parseTargetRef);

describe('a target', () => {
  it('never throws, and is stored as it was parsed', () => {
    fc.assert(
      fc.property(platforms, kinds, anyVerbatim, (platform, kind, verbatim) => {
        const answer = parseTargetRef({ platform, kind, verbatim });
        if (!('value' in answer) || !targetRefInput.safeParse({ platform, kind, verbatim }).success) return;
        expect(answer.value.verbatim).toBe(verbatim);
        expect(targetRefStored.parse(JSON.parse(JSON.stringify(answer.value)))).toEqual(answer.value);
        expect(targetIdOf(answer.value)).toMatch(/^[0-9a-f-]{36}$/);
      }),
      { numRuns: 5_000 },
    );
  });

  it('has a key that is its own key', () => {
    fc.assert(
      fc.property(platforms, kinds, anyVerbatim, (platform, kind, verbatim) => {
        const answer = parseTargetRef({ platform, kind, verbatim });
        if (!('value' in answer)) return;
        const { key, platform: canonical } = answer.value;
        const isAddress = kind === 'url' || (kind === 'post' && key.includes('.'));
        if (isAddress && /%(?![0-9A-F]{2})|\/$|\/\?/.test(key)) return; // not an address of RFC 3986, or one with an empty last segment
        const scheme = /^\s*http:/i.test(verbatim) ? 'http' : 'https';
        expect(outcome(kind, isAddress ? `${scheme}://${key}` : key, canonical)).toBe(key);
      }),
      { numRuns: 5_000 },
    );
  });

  it('is one target however it is written, and another on another platform or of another kind', () => {
    const idOf = (input: TargetRefInput) => {
      const answer = parseTargetRef(input);
      return 'value' in answer ? targetIdOf(answer.value) : undefined;
    };
    const id = idOf({ platform: TWITTER, kind: 'account', verbatim: 'someone' });
    expect(idOf({ platform: 'x.com', kind: 'account', verbatim: '@SomeOne', platformId: '12' })).toBe(id);
    expect(idOf({ platform: 'mobile.twitter.com', kind: 'account', verbatim: 'https://x.com/someone?lang=en' })).toBe(id);
    expect(idOf({ platform: BIRDSITE, kind: 'account', verbatim: 'someone' })).not.toBe(id);
    expect(idOf({ platform: TWITTER, kind: 'hashtag', verbatim: 'someone' })).not.toBe(id);
    expect(idOf({ platform: BIRDSITE, kind: 'account', verbatim: 'synthetic-o1-001' })).toBe('e0ee40ae-bed6-581a-8948-fd16c8cdf470');
  });

  it('keeps the platform’s own id beside the key', () => {
    expect(field.parse({ platform: TWITTER, kind: 'account', verbatim: '@a', platformId: '12' })).toEqual({
      platform: TWITTER,
      kind: 'account',
      key: 'a',
      verbatim: '@a',
      platformId: '12',
    });
  });

  it.each<[unknown, unknown]>([
    [
      { platform: TWITTER, kind: 'account', verbatim: 'a\u202Eb' },
      { code: 'TEXT_UNSAFE', character: 'U+202E', at: 1 },
    ],
    [
      { platform: TWITTER, kind: 'account', verbatim: 'a\uD800' },
      { code: 'TEXT_UNSAFE', character: 'U+D800', at: 1 },
    ],
    [
      { platform: 'twit\nter.com', kind: 'account', verbatim: 'a' },
      { code: 'TEXT_UNSAFE', character: 'U+000A', at: 4 },
    ],
    [{ platform: TWITTER, kind: 'class', verbatim: 'x'.repeat(VERBATIM_LENGTH_MAX + 1) }, 'too_big'],
    [{ platform: TWITTER, kind: 'class', verbatim: ' ' }, 'invalid_format'],
    [{ platform: TWITTER, kind: 'user', verbatim: 'a' }, 'invalid_value'],
    [{ platform: TWITTER, kind: 'account', verbatim: 'a', key: 'b' }, 'unrecognized_keys'],
    [{ kind: 'account', verbatim: 'a' }, 'invalid_type'],
    [{ platform: TWITTER, kind: 'account', verbatim: 'a', platformId: null }, 'invalid_type'],
    [
      { platform: TWITTER, kind: 'url', verbatim: 'ftp://a.example' },
      { code: 'URL_REFUSED', why: 'scheme' },
    ],
  ])('is not sent as %j', (input, complaint) => {
    const issues = field.safeParse(input).error?.issues ?? [];
    expect(issues.map((issue) => refusalOf(issue) ?? issue.code)).toEqual([complaint]);
  });

  it('cannot be stored half', () => {
    const stored = { platform: TWITTER, kind: 'account', key: 'a', verbatim: '@a' };
    expect(targetRefStored.safeParse(stored).success).toBe(true);
    for (const change of [
      { key: '' },
      { key: 'a\nb' },
      { platform: 'Twitter.com' },
      { platform: 'https://twitter.com' },
      { verbatim: '' },
      { id: '1' },
    ]) {
      expect(targetRefStored.safeParse({ ...stored, ...change }).success).toBe(false);
    }
  });

  it('has a JSON schema', () => {
    expect(z.toJSONSchema(field, { io: 'input' })).toMatchObject({ type: 'object', required: ['platform', 'kind', 'verbatim'] });
    expect(z.toJSONSchema(targetRefStored)).toMatchObject({ type: 'object', required: ['platform', 'kind', 'key', 'verbatim'] });
  });
});

describe('a look-alike', () => {
  it.each(['pаypal', 'αdmin', 'аdmin', 'twitter_оfficial', 'kisanकिसान'])('mixes scripts: %s', (key) => {
    expect(hasMixedScripts(key)).toBe(true);
  });

  it.each(['paypal', 'café', 'почта', 'किसान_2021', '東京タワーです', '서울漢', 'a-b_c.d@e', '123', '', 'émile_ça', 'почта_123'])(
    'is not %s',
    (key) => {
      expect(hasMixedScripts(key)).toBe(false);
    },
  );
});
