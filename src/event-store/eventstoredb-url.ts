/**
 * The address of a cluster as `EVENTSTORE_URL` has it, read and checked here before the client sees it: the client prints what it does not know, and
 * its own messages hold the password.
 */

/** In front of each stream's name, so that a ledger may share a server. Nothing of the server's own begins so. */
export const STREAM_PREFIX = /^[a-z][a-z0-9]{0,30}\.$/;
export const DEFAULT_STREAM_PREFIX = 'el.';

export type Host = { readonly address: string; readonly port: number };

export type ClusterAddress = {
  readonly hosts: readonly [Host, ...Host[]];
  /** The one host is a name that stands for all nodes. */
  readonly isDiscovery: boolean;
  readonly isEncrypted: boolean;
  /** PEM file of the authority that signed the nodes' certificates; otherwise those that Node knows. */
  readonly caFile: string | undefined;
  /** What that file holds: read once, so that every thread and every later client has the same. */
  readonly ca?: string;
  /** Never logged. Always there if the connection is encrypted. */
  readonly credentials: Credentials | undefined;
  /** What the client is given besides; what is left out, we choose. */
  readonly settings: Settings;
};
export type Credentials = { readonly username: string; readonly password: string };
export type Settings = { readonly [name in Counted]?: number } & { readonly connectionName?: string };
type Counted = (typeof COUNTED)[number];

const PORT = 2113;
const PORT_MAX = 65_535;
const SCHEME = /^(esdb|kurrentdb|kurrent|kdb)(\+discover)?:\/\/(.*)$/s;
/** Settings that are whole numbers: tries, milliseconds, and of `gossipTimeout` seconds. */
const COUNTED = ['maxDiscoverAttempts', 'discoveryInterval', 'gossipTimeout', 'keepAliveTimeout'] as const;

/** What the client knows and we decide, each with the reason. */
const OURS: { readonly [name: string]: string } = {
  defaultdeadline: 'leave it out: each append has a deadline of its own',
  keepaliveinterval: 'leave it out: it keeps the connections apart that write, read and listen',
  nodepreference: 'only `leader`: a follower may lag behind what was just written',
  throwonappendfailure: 'leave it out: a failed append is always an error',
  tlsverifycert: 'the client does not obey it; name the authority that signed the certificate in `tlsCAFile`',
  usercertfile: 'a user certificate is not supported; give a user and a password',
  userkeyfile: 'a user certificate is not supported; give a user and a password',
};

export type ClusterUrl = { readonly address: ClusterAddress } | { readonly fault: string };

/** `esdb://`, `kurrentdb://`, `kurrent://` or `kdb://`, each also with `+discover`. A fault is a sentence that holds no part of the URL's secrets. */
export const readClusterUrl = (url: string): ClusterUrl => {
  const [, , discover, rest] = SCHEME.exec(url.trim()) ?? [];
  if (rest === undefined) return { fault: 'must begin with esdb://, esdb+discover:// or kurrentdb://' };
  const [place = '', query = '', more] = rest.split('?');
  if (more !== undefined || query.includes('@'))
    return { fault: 'has a "?" too many, or an "@" after it: percent-encode those of a user or a password' };
  const at = place.lastIndexOf('@');
  const credentials = at < 0 ? undefined : credentialsIn(place.slice(0, at));
  if (credentials === null) return { fault: 'before the "@" stands user:password, each percent-encoded' };
  const hosts = hostsIn(place.slice(at + 1).replace(/\/+$/, ''));
  if (typeof hosts === 'string') return { fault: hosts };
  const isDiscovery = discover !== undefined;
  if (isDiscovery && hosts.length > 1)
    return { fault: 'with +discover stands one name, which the network resolves to all nodes; without it, list the nodes' };
  const options = optionsIn(query);
  if (typeof options === 'string') return { fault: options };
  if (options.isEncrypted && !credentials)
    return { fault: 'names no user: write user:password@ before the host, or tls=false for a server without TLS' };
  return { address: { hosts, isDiscovery, credentials, ...options } };
};

/** `user:password`; null if it is not that. */
const credentialsIn = (text: string): Credentials | null => {
  const [username = '', password = '', more] = text.split(':');
  if (username === '' || password === '' || more !== undefined) return null;
  try {
    return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
  } catch {
    return null;
  }
};

const HOST = /^([A-Za-z0-9._-]+)(?::(\d{1,5}))?$/;

const hostsIn = (text: string): readonly [Host, ...Host[]] | string => {
  const hosts = text.split(',').map((one): Host | undefined => {
    const [, address, port = String(PORT)] = HOST.exec(one.trim()) ?? [];
    return address === undefined || Number(port) > PORT_MAX || Number(port) === 0 ? undefined : { address, port: Number(port) };
  });
  const known = hosts.filter((host) => host !== undefined);
  const [first, ...others] = known;
  if (!first || known.length < hosts.length)
    return 'names no host: write host:port, several with commas between; an IPv6 address needs a name, since the client cannot take it';
  return [first, ...others];
};

type Options = Pick<ClusterAddress, 'isEncrypted' | 'caFile' | 'settings'>;

const optionsIn = (query: string): Options | string => {
  let isEncrypted = true;
  let caFile: string | undefined;
  let settings: Settings = {};
  for (const part of query === '' ? [] : query.split('&')) {
    const [key = '', value = ''] = part.split('=', 2).map((text) => text.trim());
    const name = key.toLowerCase().replace(/[_-]/g, '');
    const counted = COUNTED.find((one) => one.toLowerCase() === name);
    if (name === 'tls' && (value === 'true' || value === 'false')) isEncrypted = value === 'true';
    else if (name === 'tls') return 'tls is true or false';
    else if (name === 'tlscafile') caFile = decoded(value);
    else if (name === 'connectionname') settings = { ...settings, connectionName: decoded(value) };
    else if (counted && /^\d{1,9}$/.test(value)) settings = { ...settings, [counted]: Number(value) };
    else if (counted) return `${counted} is a whole number`;
    else if (isHarmless(name, value)) continue;
    else
      return OURS[name] === undefined
        ? 'an option is not known: percent-encode what a password has of "?", "&" and "="'
        : `${key}: ${OURS[name]}`;
  }
  return { isEncrypted, caFile, settings };
};

/** Says what is so anyway. */
const isHarmless = (name: string, value: string): boolean =>
  (name === 'nodepreference' && value.toLowerCase() === 'leader') ||
  ((name === 'throwonappendfailure' || name === 'tlsverifycert') && value === 'true');

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** For people and logs: where, and as whom, and nothing that opens it. */
export const shownAddress = ({ hosts, isDiscovery, isEncrypted, credentials }: ClusterAddress): string => {
  const user = credentials ? `${encodeURIComponent(credentials.username)}@` : '';
  return `esdb${isDiscovery ? '+discover' : ''}://${user}${hosts.map(({ address, port }) => `${address}:${port}`).join(',')}${isEncrypted ? '' : '?tls=false'}`;
};
