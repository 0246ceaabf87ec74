/**
 * A server of the EventStoreDB kind, as far as the ledger uses one: the client's own wire, several nodes over one log, by the tables of
 * the documented behaviour of the servers and from nothing else. What a test cannot do over the wire it does through what is returned here.
 */
import type { Member, NodeContext, Settings } from './context.ts';
import { createFaults, type Fault } from './faults.ts';
import type { Call } from './journal.ts';
import { type Address, type Change, createLog, type Put, type StoredRecord } from './log.ts';
import { type FakeNode, startNode } from './node.ts';
import { createSubscriptions, type OpenSubscription } from './subscriptions.ts';
import { createTimers } from './timers.ts';

export type FakeCluster = {
  /** A connection string with all nodes. */
  readonly url: string;
  readonly nodes: readonly FakeNode[];
  /** `undefined` during an election. */
  readonly leader: FakeNode | undefined;
  /** Makes this node the leader, dead or alive, or begins an election with `null`. */
  readonly elect: (index: number | null) => void;
  readonly journal: readonly Call[];
  /** Everything stored, in log order. */
  readonly records: readonly StoredRecord[];
  /** Switches; may be thrown at any time. */
  readonly settings: Settings;
  /** Stores a record that no append of ours has written: foreign, system or metadata. */
  readonly put: (record: Put) => StoredRecord;
  /** Changes what a stored record says, and not where it lies. */
  readonly alter: (at: Address, change: Change) => void;
  readonly remove: (at: Address) => void;
  readonly truncate: (stream: string, options: { readonly before: number }) => void;
  readonly softDelete: (stream: string) => void;
  readonly tombstone: (stream: string) => void;
  /** Returns what takes it back. */
  readonly fault: (fault: Fault) => () => void;
  readonly subscriptions: () => readonly OpenSubscription[];
  /** Ends every subscription with an error. */
  readonly dropSubscriptions: () => void;
  readonly close: () => Promise<void>;
};

export type FakeClusterOptions = Partial<Settings> & {
  readonly nodes?: number;
  /** Whether calls are remembered; where nobody looks at the journal, it would only grow. */
  readonly isJournalKept?: boolean;
  /** A free one each if not said. */
  readonly ports?: readonly number[];
};

export const startFakeCluster = async (options: FakeClusterOptions = {}): Promise<FakeCluster> => {
  const { nodes: size = 1, ports = [], isJournalKept = true, ...switches } = options;
  const settings: Settings = {
    ready: true,
    access: 'granted',
    version: '24.10.0.0',
    clockOffsetMs: 0,
    gossip: 'members',
    appendBytesMax: 2 ** 20,
    appendEventBytesMax: 16 * 2 ** 20,
    ...switches,
  };
  const now = (): number => Date.now() + settings.clockOffsetMs;
  const log = createLog({ now });
  const faults = createFaults();
  const timers = createTimers();
  const subscriptions = createSubscriptions();
  const journal: Call[] = [];
  const nodes: Awaited<ReturnType<typeof startNode>>[] = [];
  let leading: number | null = 0;
  const leader = () => (leading === null ? undefined : nodes[leading]);

  const contextOf = (index: number): Omit<NodeContext, 'reset'> => ({
    index,
    log,
    faults,
    timers,
    subscriptions,
    settings,
    members: (): readonly Member[] => nodes,
    leader,
    record: (call) => {
      if (isJournalKept) journal.push({ ...call, node: index });
    },
    now,
  });
  for (let index = 0; index < size; index += 1) nodes.push(await startNode({ port: ports[index] ?? 0, context: contextOf(index) }));

  return {
    url: `esdb://admin:changeit@${nodes.map(({ address, port }) => `${address}:${port}`).join(',')}?tls=false`,
    nodes,
    get leader() {
      return leader();
    },
    elect(index) {
      leading = index;
      log.forgetRecent();
    },
    journal,
    get records() {
      return log.entries.map(({ record }) => record);
    },
    settings,
    put: log.put,
    alter: log.alter,
    remove: log.remove,
    truncate: log.truncate,
    softDelete: log.softDelete,
    tombstone: log.tombstone,
    fault: faults.add,
    subscriptions: subscriptions.list,
    dropSubscriptions: subscriptions.drop,
    async close() {
      timers.clear();
      await Promise.all(nodes.map((node) => node.close()));
    },
  };
};
