/** Web addresses as names (WHATWG URL): what makes two of them one, and which are refused. Nothing here is ever fetched. */
import { type Parsed, parsed, unparsable } from './refusal.ts';

/** Whether a text is meant as one, whatever it is worth. */
export const isWebAddress = (text: string): boolean => /^https?:/i.test(text);

/** An address that a stranger can look up: http or https, nobody's credentials in it, no host of a private network. Else URL_REFUSED. */
export const parseWebUrl = (text: string): Parsed<URL> => {
  const url = URL.parse(text.trim());
  if (url === null) return unparsable({ code: 'URL_REFUSED', why: 'syntax' });
  if (!isWeb(url)) return unparsable({ code: 'URL_REFUSED', why: 'scheme' });
  if (url.username !== '' || url.password !== '') return unparsable({ code: 'URL_REFUSED', why: 'credentials' });
  return isPrivateHost(url.hostname) ? unparsable({ code: 'URL_REFUSED', why: 'private_host' }) : parsed(url);
};

const isWeb = ({ protocol }: URL): boolean => protocol === 'https:' || protocol === 'http:';

/**
 * Host, port if it is not the scheme's own, path without one trailing slash, query without the marks of campaigns. The parser has already
 * lower-cased the host, written it in ASCII and resolved dot segments.
 */
export const urlKey = (url: URL): string => {
  const path = withPlainEscapes(url.pathname).replace(/\/$/, '');
  const parameters = withPlainEscapes(url.search.slice(1))
    .split('&')
    .filter((parameter) => !CAMPAIGN_MARK.test(parameter));
  const query = parameters.join('&');
  return `${url.host}${path}${query === '' ? '' : `?${query}`}`;
};

const CAMPAIGN_MARK = /^(?:utm_[^=]*|gclid|fbclid)(?:=|$)/;

/** RFC 3986 §6.2.2: hexadecimal digits in upper case, and no escape where none is needed. */
const withPlainEscapes = (text: string): string =>
  text.includes('%')
    ? text.replace(/%([0-9A-Fa-f]{2})/g, (whole, hex: string) => {
        const character = String.fromCharCode(Number.parseInt(hex, 16));
        return /[A-Za-z0-9._~-]/.test(character) ? character : whole.toUpperCase();
      })
    : text;

const PRIVATE_SUFFIX = /\.(?:localhost|local|internal|home\.arpa)$/; // RFC 6761, RFC 6762, ICANN 2024, RFC 8375
const IPV4 = /^(\d+)\.(\d+)\.\d+\.\d+$/;
const GLOBAL_IPV6 = /^\[[23][0-9a-f]{3}:/; // 2000::/3 (RFC 4291 §2.4) is all that is assigned for the public

/** `host` as WHATWG writes it: IPv4 in four decimals whatever was sent, IPv6 in brackets. */
const isPrivateHost = (host: string): boolean => {
  if (host.startsWith('[')) return !GLOBAL_IPV6.test(host);
  const name = host.replace(/\.$/, '');
  const address = IPV4.exec(name);
  if (address !== null) return isPrivateIpv4(Number(address[1]), Number(address[2]));
  return !name.includes('.') || PRIVATE_SUFFIX.test(name);
};

/** This network, RFC 1918, shared space (RFC 6598), loopback, link-local, multicast and reserved. */
const isPrivateIpv4 = (first: number, second: number): boolean =>
  first === 0 ||
  first === 10 ||
  first === 127 ||
  first >= 224 ||
  (first === 100 && second >= 64 && second < 128) ||
  (first === 169 && second === 254) ||
  (first === 172 && second >= 16 && second < 32) ||
  (first === 192 && second === 168);

export const HOST_LENGTH_MAX = 253; // RFC 1035 §2.3.4, without the final dot

/** A host name of at least two labels, lower case, ASCII (IDNA), without a final dot; undefined for anything else, addresses included. */
export const hostOf = (text: string): string | undefined => {
  if (/[\s/@:?#\\%[\]]/.test(text)) return undefined;
  const host = URL.parse(`https://${text}`)?.hostname.replace(/\.$/, '');
  return host === undefined || !HOST.test(host) || IPV4.test(host) || host.length > HOST_LENGTH_MAX ? undefined : host;
};

/** The form of what `hostOf` gives. */
export const HOST = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)+$/;
