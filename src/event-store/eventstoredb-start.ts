/** What is asked of a cluster before a ledger trusts it: is it there, of a known version, with a clock that goes right, readable, and ours. */
import { request as plainRequest } from 'node:http';
import { request as encryptedRequest } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { streamNameFilter } from '@eventstore/db-client';
import { StoreUnavailable } from './errors.ts';
import { type Clients, createClients } from './eventstoredb-clients.ts';
import { createReads } from './eventstoredb-reads.ts';
import { createRetries, PATIENCE } from './eventstoredb-retries.ts';
import type { ClusterAddress, Host } from './eventstoredb-url.ts';

const HTTP_TIMEOUT_MS = 5_000;
const UNREACHABLE_WAIT_MS = 5_000;
/** A server that starts with a large log checks it first. */
const NOT_READY_WAIT_MS = 60_000;
const PAUSE_MS = 500;
const TOLD_AFTER_MS = 2_000;
const CLOCK_NOTED_MS = 5_000;
const CLOCK_REFUSED_MS = 60_000;
/** Before it, what this engine relies on is not known to hold. */
const VERSION_MIN = [22, 10] as const;
const VERSION_KNOWN = [26, 1] as const;
/** From then on it says that a subscription has caught up; of an older one, silence for a while is taken for it. */
const ANNOUNCES_FROM = [23, 10] as const;
const SILENT_WAIT_MS = 3_000;
const ANNOUNCED_WAIT_MS = 60_000;

export type StartUses = {
  readonly address: ClusterAddress;
  readonly prefix: string;
  /** The stream whose first event makes the prefix a ledger, and that event's type. */
  readonly ledger: { readonly stream: string; readonly type: string };
  /** Hears of what is odd but no reason to refuse. */
  readonly onNote: (note: string) => void;
  readonly notReadyWaitMs?: number;
};

/**
 * Throws `StoreUnavailable` with the reason, or `AccessDenied` where this user may not read `$all`. Reads only: whether an empty prefix becomes a ledger is
 * decided elsewhere.
 */
export const checkCluster = async (uses: StartUses): Promise<void> => {
  const host = await liveHost(uses);
  const isAnnouncing = await checkInfo(uses, host);
  const clients = createClients(uses.address);
  try {
    await checkContent(uses, clients, isAnnouncing);
  } finally {
    await clients.close();
  }
};

// ---- Over HTTP

type Answer = { readonly status: number; readonly date: string | undefined; readonly body: string };

/** The first node that says it is ready. */
const liveHost = async ({ address, onNote, notReadyWaitMs = NOT_READY_WAIT_MS }: StartUses): Promise<Host> => {
  const started = performance.now();
  let isThere = false;
  let isTold = false;
  for (;;) {
    for (const host of address.hosts) {
      const { status } = (await get(address, host, '/health/live').catch(() => undefined)) ?? { status: 0 };
      if (status >= 200 && status < 300) return host;
      isThere ||= status > 0;
    }
    if (!isTold && performance.now() - started >= TOLD_AFTER_MS) {
      isTold = true;
      onNote('Waiting for the cluster to answer that it is ready.');
    }
    if (performance.now() - started >= (isThere ? notReadyWaitMs : Math.min(UNREACHABLE_WAIT_MS, notReadyWaitMs)))
      throw new StoreUnavailable(isThere ? 'not_ready' : 'unreachable');
    await pause(PAUSE_MS);
  }
};

/** Whether the server says when a subscription has caught up. */
const checkInfo = async ({ address, onNote }: StartUses, host: Host): Promise<boolean> => {
  const { date, body } = await get(address, host, '/info').catch((cause: unknown) => {
    throw new StoreUnavailable('unreachable', { cause });
  });
  const version = versionIn(body);
  if (version === undefined) onNote('The server does not say of which version it is.');
  else if (isBefore(version, VERSION_MIN)) throw new StoreUnavailable('server_version');
  else if (isBefore(VERSION_KNOWN, version)) onNote(`The server's version ${version.join('.')} is newer than those known to this program.`);
  const off = date === undefined ? 0 : Math.abs(Date.parse(date) - Date.now());
  if (off > CLOCK_REFUSED_MS) throw new StoreUnavailable('clock_off');
  if (off > CLOCK_NOTED_MS) onNote(`The clocks of the server and of this machine differ by ${Math.round(off / 1_000)} seconds.`);
  return version !== undefined && !isBefore(version, ANNOUNCES_FROM);
};

type Version = readonly [major: number, minor: number];
const VERSION = /"(?:es|db|kurrent)?version"\s*:\s*"v?(\d+)\.(\d+)/i;

const versionIn = (body: string): Version | undefined => {
  const [, major, minor] = VERSION.exec(body) ?? [];
  return major === undefined || minor === undefined ? undefined : [Number(major), Number(minor)];
};
const isBefore = ([major, minor]: Version, [otherMajor, otherMinor]: Version): boolean =>
  major < otherMajor || (major === otherMajor && minor < otherMinor);

const get = (address: ClusterAddress, { address: host, port }: Host, path: string): Promise<Answer> => {
  const { isEncrypted, ca, credentials } = address;
  const user = isEncrypted && credentials ? { auth: `${credentials.username}:${credentials.password}` } : {};
  const options = { host, port, path, timeout: HTTP_TIMEOUT_MS, agent: false as const, ...user };
  return new Promise((resolve, reject) => {
    const request = isEncrypted ? encryptedRequest({ ...options, ...(ca !== undefined && { ca }) }) : plainRequest(options);
    request.once('response', async (response) => {
      try {
        const chunks = await Array.fromAsync(response);
        resolve({ status: response.statusCode ?? 0, date: response.headers.date, body: Buffer.concat(chunks).toString() });
      } catch (cause) {
        reject(cause);
      }
    });
    request.once('timeout', () => request.destroy(new Error('no answer in time')));
    request.once('error', reject);
    request.end();
  });
};

// ---- Over the client

const checkContent = async ({ prefix, ledger }: StartUses, clients: Clients, isAnnouncing: boolean): Promise<void> => {
  const reads = createReads({ clients, retries: createRetries(PATIENCE), patience: PATIENCE, prefix, isClosed: () => false });
  await reads.ofAll(null, 1);
  const isLedger = async (): Promise<boolean | undefined> => {
    const [first] = await reads.ofStream(ledger.stream, 0, 1);
    return first && first.sealed.event.type === ledger.type;
  };
  const known = await isLedger();
  if (known) return;
  // What stands there may be the ledger that another process has opened in this very moment.
  if (known === false || ((await holdsAnything(clients, prefix, isAnnouncing)) && !(await isLedger())))
    throw new StoreUnavailable('not_a_ledger');
};

/** Whether any stream begins with the prefix. */
const holdsAnything = (clients: Clients, prefix: string, isAnnouncing: boolean): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const subscription = clients
      .current('listen')
      .subscribeToAll({ fromPosition: 'start', filter: streamNameFilter({ prefixes: [prefix], maxSearchWindow: 1_000 }) });
    const settle = (settled: () => void): void => {
      clearTimeout(timer);
      subscription.unsubscribe().then(settled, settled);
    };
    const timer = isAnnouncing
      ? setTimeout(() => settle(() => reject(new StoreUnavailable('unreachable'))), ANNOUNCED_WAIT_MS)
      : setTimeout(() => settle(() => resolve(false)), SILENT_WAIT_MS);
    subscription.once('data', () => settle(() => resolve(true)));
    subscription.once('caughtUp', () => settle(() => resolve(false)));
    subscription.on('error', (cause) => settle(() => reject(new StoreUnavailable('unreachable', { cause }))));
  });
