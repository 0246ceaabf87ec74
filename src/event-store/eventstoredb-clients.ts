/**
 * The client, kept usable: made anew where its failures stick to a connection, held to a number of calls at once, and watched, since its reads have no
 * deadline and its discovery cannot be ended.
 */
import { EventStoreDBClient } from '@eventstore/db-client';
import pLimit from 'p-limit';
import type { ClusterHealth } from './event-store.ts';
import { type Failure, failureOf, NotSent, WatchdogElapsed } from './eventstoredb-failures.ts';
import type { ClusterAddress } from './eventstoredb-url.ts';

export type Client = EventStoreDBClient;

/** Clients with equal settings share one connection, and with it 100 calls at once: each kind of call has a connection of its own. */
export type Role = 'append' | 'read' | 'listen';

const KEEP_ALIVE_MS = 10_000; // less, and the client warns on the console
const CALLS_MAX = 32; // beyond 100 on one connection calls hang without an error
const FAILURES_MAX = 3;
const MAX_DISCOVER_ATTEMPTS = 3;
const GOSSIP_TIMEOUT_SECONDS = 2;

export type Clients = {
  /**
   * One call against the current client, after its turn. Throws what the call threw; `NotSent` if its turn came when no time was left; and
   * `WatchdogElapsed` after `watchdogMs` without progress, or when the time is over: what is then left behind can no longer be heard.
   */
  readonly call: <T>(role: Role, time: Time, use: (client: Client, progress: () => void) => Promise<T>) => Promise<T>;
  readonly current: (role: Role) => Client;
  /** Tells of what failed outside of `call`. */
  readonly failed: (role: Role, client: Client, failure: Failure) => void;
  readonly health: () => ClientsHealth;
  readonly close: () => Promise<void>;
};
export type Time = { readonly watchdogMs: number; readonly msLeft: () => number };
type ClientsHealth = Pick<ClusterHealth, 'answeredAt' | 'inFlight' | 'renewals'>;

export const createClients = (address: ClusterAddress): Clients => {
  const make = clientMaker(address);
  const held = new Map<Role, { client: Client; failures: number }>();
  const turns = { append: pLimit(CALLS_MAX), read: pLimit(CALLS_MAX), listen: pLimit(CALLS_MAX) };
  let made = 0;
  let renewals = 0;
  let answeredAt: number | null = null;
  let inFlight = 0;
  let isClosed = false;

  const current = (role: Role): { client: Client; failures: number } => {
    const known = held.get(role);
    if (known) return known;
    // Every client differs in this setting, so that none inherits the connection of one that was given up.
    const fresh = { client: make(KEEP_ALIVE_MS + made), failures: 0 };
    made += 1;
    held.set(role, fresh);
    return fresh;
  };
  const failed = (role: Role, client: Client, { renew, meaning }: Failure): void => {
    const known = held.get(role);
    if (known?.client !== client) return; // of a client that is gone already
    if (renew === 'never') {
      if (meaning.kind !== 'not_stored') known.failures = 0; // the server answered
      return;
    }
    known.failures += 1;
    if (renew === 'after_several' && known.failures < FAILURES_MAX) return;
    held.delete(role);
    renewals += 1;
    client.dispose().catch(() => {});
  };

  const watched = async <T>(
    role: Role,
    { watchdogMs, msLeft }: Time,
    use: (client: Client, progress: () => void) => Promise<T>,
  ): Promise<T> => {
    if (isClosed || msLeft() <= 0) throw new NotSent(isClosed ? 'closed' : 'no time is left');
    const { client } = current(role);
    inFlight += 1;
    try {
      const answer = await withWatchdog({ watchdogMs, msLeft }, (progress) => use(client, progress));
      answeredAt = Date.now();
      const known = held.get(role);
      if (known?.client === client) known.failures = 0;
      return answer;
    } catch (cause) {
      failed(role, client, failureOf(cause));
      throw cause;
    } finally {
      inFlight -= 1;
    }
  };

  return {
    call: (role, time, use) => turns[role](() => watched(role, time, use)),
    current: (role) => current(role).client,
    failed,
    health: () => ({ answeredAt, inFlight, renewals }),
    async close() {
      isClosed = true;
      const all = [...held.values()];
      held.clear();
      await Promise.all(all.map(({ client }) => client.dispose().catch(() => {})));
    },
  };
};

const clientMaker = ({ hosts, isDiscovery, isEncrypted, ca, credentials, settings }: ClusterAddress) => {
  const security = isEncrypted ? { insecure: false, ...(ca !== undefined && { rootCertificate: Buffer.from(ca) }) } : { insecure: true };
  const user = isEncrypted ? credentials : undefined;
  const discovery = {
    maxDiscoverAttempts: MAX_DISCOVER_ATTEMPTS,
    gossipTimeout: GOSSIP_TIMEOUT_SECONDS,
    nodePreference: 'leader' as const,
  };
  return (keepAliveInterval: number): Client => {
    const all = { connectionName: `ledger-${process.pid}`, ...settings, keepAliveInterval };
    if (isDiscovery) return new EventStoreDBClient({ ...discovery, ...all, discover: hosts[0] }, security, user);
    if (hosts.length > 1) return new EventStoreDBClient({ ...discovery, ...all, endpoints: [...hosts] }, security, user);
    return new EventStoreDBClient({ ...all, endpoint: hosts[0] }, security, user);
  };
};

const withWatchdog = <T>({ watchdogMs, msLeft }: Time, use: (progress: () => void) => Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const elapsed = (): void => reject(new WatchdogElapsed('no answer, or none in time'));
    const silence = setTimeout(elapsed, watchdogMs);
    const end = setTimeout(elapsed, msLeft());
    use(() => silence.refresh())
      .finally(() => {
        clearTimeout(silence);
        clearTimeout(end);
      })
      .then(resolve, reject);
  });
