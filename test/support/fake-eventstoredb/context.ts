/** What the services of one node are given: the log and the switches that all nodes share, and the node's own place among them. */
import type { Faults } from './faults.ts';
import type { Call } from './journal.ts';
import type { FakeLog } from './log.ts';
import { accessDenied, noLeaderKnown, notLeader, notReady, type Refusal, tooBusy } from './refusals.ts';
import type { Subscriptions } from './subscriptions.ts';
import type { Timers } from './timers.ts';

/** Switches of the whole server. They may be thrown at any time. */
export type Settings = {
  ready: boolean;
  access: 'granted' | 'denied' | 'no-all';
  /** As `/info` gives it. */
  version: string;
  /** How far the server's clock is ahead of ours. */
  clockOffsetMs: number;
  /** What `Gossip.Read` lists: the members as they are, or nobody. */
  gossip: 'members' | 'nobody';
  appendBytesMax: number;
  appendEventBytesMax: number;
};

export type Member = {
  readonly index: number;
  readonly address: string;
  readonly port: number;
  readonly alive: boolean;
};

export type NodeContext = {
  readonly index: number;
  readonly log: FakeLog;
  readonly faults: Faults;
  readonly timers: Timers;
  readonly subscriptions: Subscriptions;
  readonly settings: Readonly<Settings>;
  readonly members: () => readonly Member[];
  /** `undefined` during an election. */
  readonly leader: () => Member | undefined;
  readonly record: (call: Omit<Call, 'node'>) => void;
  readonly now: () => number;
  /** Cuts the connection from this address with a reset. */
  readonly reset: (peer: string) => void;
};

/** An address where nobody listens. */
const DEAD = { address: '127.0.0.1', port: 1 };

type Asked = { readonly requiresLeader: boolean; readonly stream?: string; readonly writes: boolean };

/** Why the node, as it is now, does not serve the call. */
export const refusalNow = ({ index, settings, leader }: NodeContext, { requiresLeader, stream, writes }: Asked): Refusal | undefined => {
  if (!settings.ready) return notReady();
  if (settings.access === 'denied' || (settings.access === 'no-all' && stream === '$all')) return accessDenied();
  const leading = leader();
  if (leading === undefined) return requiresLeader || writes ? noLeaderKnown() : undefined;
  // Without the header a follower forwards a write; over one log that is the same as doing it.
  return requiresLeader && leading.index !== index ? notLeader(leading) : undefined;
};

type RefusingFault = { readonly do: string; readonly leader?: 'living' | 'dead' | 'unknown' };

/** What a fault makes the node say instead. */
export const refusalOf = (fault: RefusingFault | undefined, { index, members }: NodeContext): Refusal | undefined => {
  switch (fault?.do) {
    case 'not_ready':
      return notReady();
    case 'too_busy':
      return tooBusy();
    case 'not_leader': {
      if (fault.leader === 'unknown') return noLeaderKnown();
      if (fault.leader === 'dead') return notLeader(DEAD);
      const living = members().filter(({ alive }) => alive);
      return notLeader(living.find((member) => member.index !== index) ?? living[0] ?? DEAD);
    }
    default:
      return undefined;
  }
};
