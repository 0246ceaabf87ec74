/** What kind of target a source means by how it writes it, where it does not say: `#word`, `@name`, the address of a profile, of a post, of anything else. */
import { hasKnownAddresses, isOwnPage, platformOfHost } from './platform.ts';
import { STATUS_PATH, type TargetKind } from './target-ref.ts';
import { parseWebUrl } from './web-address.ts';

const ADDRESS = /^https?:\/\//i;

/** `undefined` for a bare word, which may be a handle, an id or a domain. `platform` as `parsePlatform` gives it. */
export const kindOfForm = (verbatim: string, platform: string): TargetKind | undefined => {
  const text = verbatim.trim();
  if (/^[#＃]/u.test(text)) return 'hashtag';
  if (text.startsWith('@')) return 'account';
  if (!ADDRESS.test(text)) return undefined;
  if (isAddressOfPost(text, platform)) return 'post';
  return isAddressOfProfile(text, platform) ? 'account' : 'url';
};

/** Of a post on a platform of the table. Its first segment is a profile: read as an account it would name the author. */
export const isAddressOfPost = (verbatim: string, platform: string): boolean => STATUS_PATH.test(pathOn(verbatim, platform) ?? '');

const isAddressOfProfile = (verbatim: string, platform: string): boolean => {
  const [, profile, ...rest] = (pathOn(verbatim, platform) ?? '').replace(/\/$/, '').split('/');
  return profile !== undefined && profile !== '' && rest.length === 0 && !isOwnPage(platform, profile);
};

/** `undefined` if it is no address, of another host, or the platform is not in the table. */
const pathOn = (verbatim: string, platform: string): string | undefined => {
  if (!hasKnownAddresses(platform) || !ADDRESS.test(verbatim.trim())) return undefined;
  const url = parseWebUrl(verbatim.trim());
  return 'value' in url && platformOfHost(url.value.hostname) === platform ? url.value.pathname : undefined;
};
