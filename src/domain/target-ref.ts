/** Whom or what an order names: the rules `target-key@1`, by which two ways of writing one account are one target. */
import { z } from 'zod';
import { idOfTarget, type TargetId } from './ids.ts';
import { hasKnownAddresses, isOwnPage, parsePlatform, platformInput, platformOfHost, platformStored } from './platform.ts';
import { type Parsed, parsed, unparsable } from './refusal.ts';
import { safeText, unsafeText } from './text.ts';
import { hostOf, isWebAddress, parseWebUrl, urlKey } from './web-address.ts';

export const targetKind = z.enum(['account', 'post', 'url', 'hashtag', 'service', 'class']);
export type TargetKind = z.infer<typeof targetKind>;

/** `key` identifies the target within platform and kind; `verbatim` is the source's writing; `platformId` the platform's own stable id. */
export type TargetRef = {
  readonly platform: string;
  readonly kind: TargetKind;
  readonly key: string;
  readonly verbatim: string;
  readonly platformId?: string;
};

export const VERBATIM_LENGTH_MAX = 2_048; // characters (Unicode code points), as for what follows
export const KEY_LENGTH_MAX = 2_048; // compatibility folding can lengthen a text
const PLATFORM_ID_LENGTH_MAX = 128;

const verbatim = safeText({ max: VERBATIM_LENGTH_MAX });
const platformId = safeText({ max: PLATFORM_ID_LENGTH_MAX, layout: 'line' }).exactOptional();

/** What a caller sends: the key is the ledger's to compute. */
export const targetRefInput = z.strictObject({ platform: platformInput, kind: targetKind, verbatim, platformId });
export type TargetRefInput = z.infer<typeof targetRefInput>;

/** Schema of a stored target, without a transform. The key is not computed again: it stays as the version that made it had it. */
export const targetRefStored: z.ZodType<TargetRef> = z.strictObject({
  platform: platformStored,
  kind: targetKind,
  key: safeText({ max: KEY_LENGTH_MAX, layout: 'line' }),
  verbatim,
  platformId,
});

/** A second writing of the same target in one source. */
export const targetRefAlias = z.strictObject({ verbatim, platformId });

/** TARGET_KEY_INVALID, URL_REFUSED or TEXT_UNSAFE if no key follows from what was sent. */
export const parseTargetRef = (input: TargetRefInput): Parsed<TargetRef> => {
  const { kind, verbatim } = input;
  const unsafe = unsafeText(verbatim);
  if (unsafe !== undefined) return unparsable(unsafe);
  const platform = parsePlatform(input.platform);
  if (!('value' in platform)) return platform;
  const key = keyOf(kind, verbatim.trim(), platform.value);
  if (!('value' in key)) return key;
  if (key.value === '') return noKey(kind, verbatim, 'nothing is left');
  if (key.value.length > KEY_LENGTH_MAX && [...key.value].length > KEY_LENGTH_MAX) return noKey(kind, verbatim, 'too long');
  const ref = { platform: platform.value, kind, key: key.value, verbatim };
  return parsed(input.platformId === undefined ? ref : { ...ref, platformId: input.platformId });
};

/** Always derived, never given: the same target in two orders, or after a lost answer, has the same stream. */
export const targetIdOf = ({ platform, kind, key }: Pick<TargetRef, 'platform' | 'kind' | 'key'>): TargetId =>
  idOfTarget(platform, kind, key);

const noKey = (kind: TargetKind, verbatim: string, why: string) => unparsable({ code: 'TARGET_KEY_INVALID', kind, verbatim, why });

const keyOf = (kind: TargetKind, text: string, platform: string): Parsed<string> => {
  switch (kind) {
    case 'account':
      return accountKey(text, platform);
    case 'post':
      return postKey(text, platform);
    case 'url':
      return addressKey(text);
    case 'hashtag':
      return hashtagKey(text);
    case 'service':
      return serviceKey(text);
    case 'class':
      return parsed(text.replace(/\s+/gu, ' ').normalize('NFC').toLowerCase());
  }
};

/** A handle; on a platform of the table also the address of a profile there. */
const accountKey = (text: string, platform: string): Parsed<string> => {
  if (!hasKnownAddresses(platform) || !isWebAddress(text)) return handleKey(text);
  const url = parseWebUrl(text);
  if (!('value' in url)) return url;
  if (platformOfHost(url.value.hostname) !== platform) return noKey('account', text, 'an address on another platform');
  const segment = unescaped(url.value.pathname.split('/')[1] ?? '');
  if (segment === undefined || isOwnPage(platform, segment)) return noKey('account', text, 'not the address of a profile');
  return handleKey(segment.trim());
};

const HANDLE = /^[\p{L}\p{N}_.-][\p{L}\p{N}_.@-]*$/u;

/** A key never begins with the sign that was dropped: `@@name` and a full-width `＠name` are no handles, nor a second target. */
const handleKey = (text: string): Parsed<string> => {
  const key = text.replace(/^@/, '').normalize('NFKC').toLowerCase();
  return HANDLE.test(key) ? parsed(key) : noKey('account', text, 'not a handle');
};

const unescaped = (segment: string): string | undefined => {
  try {
    return decodeURIComponent(segment);
  } catch (cause) {
    if (cause instanceof URIError) return undefined;
    throw cause;
  }
};

/** The path of the address of a post, on a platform of the table. */
export const STATUS_PATH = /\/status(?:es)?\/(\d{1,64})(?:\/|$)/;
const POST_ID = /^[A-Za-z0-9_-]{1,64}$/;

const postKey = (text: string, platform: string): Parsed<string> => {
  if (POST_ID.test(text)) return parsed(text);
  const url = parseWebUrl(text);
  if (!('value' in url)) return url;
  const isHere = hasKnownAddresses(platform) && platformOfHost(url.value.hostname) === platform;
  const id = isHere ? STATUS_PATH.exec(url.value.pathname)?.[1] : undefined;
  return parsed(id ?? urlKey(url.value));
};

const addressKey = (text: string): Parsed<string> => {
  const url = parseWebUrl(text);
  return 'value' in url ? parsed(urlKey(url.value)) : url;
};

const hashtagKey = (text: string): Parsed<string> => {
  const key = text
    .replace(/^[#＃]/u, '')
    .normalize('NFKC')
    .toLowerCase();
  return /^#|\s/u.test(key) ? noKey('hashtag', text, 'not one hashtag') : parsed(key);
};

const serviceKey = (text: string): Parsed<string> => {
  const host = hostOf(text);
  return host === undefined ? noKey('service', text, 'not a domain') : parsed(host);
};

/** Scripts in daily use whose letters meet in one word only by mistake or on purpose; those that one language mixes stand together. */
const SCRIPTS = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Georgian}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script=Arabic}/u,
  /\p{Script=Devanagari}/u,
  /\p{Script=Bengali}/u,
  /\p{Script=Gurmukhi}/u,
  /\p{Script=Gujarati}/u,
  /\p{Script=Oriya}/u,
  /\p{Script=Tamil}/u,
  /\p{Script=Telugu}/u,
  /\p{Script=Kannada}/u,
  /\p{Script=Malayalam}/u,
  /\p{Script=Sinhala}/u,
  /\p{Script=Thai}/u,
  /\p{Script=Lao}/u,
  /\p{Script=Myanmar}/u,
  /\p{Script=Khmer}/u,
  /\p{Script=Ethiopic}/u,
  /\p{Script=Cherokee}/u,
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/u,
];

/** Letters of more than one script: `pаypal` with a Cyrillic а looks like another account. A warning and a flag, never a refusal. */
export const hasMixedScripts = (key: string): boolean => {
  if (!/[^\p{ASCII}]/u.test(key)) return false;
  return SCRIPTS.filter((script) => script.test(key)).length > 1;
};
