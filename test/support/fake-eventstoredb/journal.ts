/** Every call that reached a node, in order of arrival, as the fake understood it. */
import type { Expected } from './append-table.ts';

export type Call = {
  readonly method:
    | 'Append'
    | 'BatchAppend'
    | 'Read'
    | 'Subscribe'
    | 'Delete'
    | 'Tombstone'
    | 'Gossip.Read'
    | 'ServerFeatures.GetSupportedMethods'
    | 'GET /health/live'
    | 'GET /info'
    | 'HTTP';
  readonly node: number;
  readonly requiresLeader?: boolean;
  /** `$all` for a read of all. */
  readonly stream?: string;
  readonly ids?: readonly string[];
  readonly expected?: Expected;
  readonly direction?: 'forwards' | 'backwards';
  /** A revision of the stream or a commit position of `$all`. */
  readonly from?: number | 'start' | 'end';
  readonly count?: number;
  readonly prefixes?: readonly string[];
  /** The fault that struck it. */
  readonly fault?: string;
};
