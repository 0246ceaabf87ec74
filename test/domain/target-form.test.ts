/** What kind of target is meant by how it is written, where nobody says it. */
import { describe, expect, it } from 'vitest';
import { isAddressOfPost, kindOfForm } from '../../src/domain/target-form.ts';

describe('the form of a target', () => {
  it.each([
    ['#word', 'hashtag'],
    ['＃word', 'hashtag'],
    ['@name', 'account'],
    [' @name ', 'account'],
    ['https://twitter.com/name', 'account'],
    ['https://www.x.com/name/', 'account'],
    ['https://x.com/name?lang=en', 'account'],
    ['HTTPS://TWITTER.COM/name', 'account'],
    ['https://x.com/name/status/12', 'post'],
    ['https://x.com/i/web/status/12', 'post'],
    ['https://x.com/name/with_replies', 'url'],
    ['https://x.com/explore', 'url'],
    ['https://x.com', 'url'],
    ['https://news.example/name/status/12', 'url'],
    ['https://[', 'url'],
    ['name', undefined],
    ['x.com/name', undefined],
    ['12345', undefined],
  ] as const)('%s is %s', (verbatim, kind) => {
    expect(kindOfForm(verbatim, 'twitter.com')).toBe(kind);
  });

  it('says nothing of profiles and posts where addresses are not known', () => {
    expect(kindOfForm('https://birdsite.example/name', 'birdsite.example')).toBe('url');
    expect(isAddressOfPost('https://birdsite.example/name/status/12', 'birdsite.example')).toBe(false);
    expect(isAddressOfPost('https://x.com/name/status/12', 'twitter.com')).toBe(true);
  });
});
