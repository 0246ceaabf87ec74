/** Which platform a host belongs to. Part of `target-key@1`: another suffix list or another row below is another version of the key. */
import { getDomain } from 'tldts';
import { z } from 'zod';
import { type Parsed, parsed, unparsable } from './refusal.ts';
import { safeText } from './text.ts';
import { HOST, HOST_LENGTH_MAX, hostOf } from './web-address.ts';

/** Registrable domains that are another platform's. */
const ALIASES: ReadonlyMap<string, string> = new Map([['x.com', 'twitter.com']]);

/** Of the platforms in the table: first path segments that are the site's own pages and nobody's handle. */
const OWN_PAGES: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    'twitter.com',
    new Set([
      'compose',
      'explore',
      'hashtag',
      'home',
      'i',
      'intent',
      'login',
      'messages',
      'notifications',
      'search',
      'settings',
      'share',
      'tos',
    ]),
  ],
]);

/** Whether the table says how this platform's addresses are built. */
export const hasKnownAddresses = (platform: string): boolean => OWN_PAGES.has(platform);
export const isOwnPage = (platform: string, segment: string): boolean => OWN_PAGES.get(platform)?.has(segment.toLowerCase()) ?? false;

/** The registrable domain of a host as `hostOf` gives it, through the table; undefined for a public suffix. */
export const platformOfHost = (host: string): string | undefined => {
  const domain = getDomain(host, { extractHostname: false });
  return domain === null ? undefined : (ALIASES.get(domain) ?? domain);
};

export const platformInput = safeText({ max: HOST_LENGTH_MAX, layout: 'line' });

/** A host name of the platform, such as `mobile.twitter.com`; TARGET_KEY_INVALID if no registrable domain is in it. */
export const parsePlatform = (text: string): Parsed<string> => {
  const host = hostOf(text.trim());
  const platform = host === undefined ? undefined : platformOfHost(host);
  if (platform !== undefined) return parsed(platform);
  return unparsable({ code: 'TARGET_KEY_INVALID', kind: 'platform', verbatim: text, why: 'not a registrable domain' });
};

/** Schema of a stored platform, without a transform. */
export const platformStored = z.string().max(HOST_LENGTH_MAX).regex(HOST);
