/** What a cluster's state means to whoever watches over the ledger. */
import type { AppendSettled, ClusterHealth } from '../event-store/event-store.ts';

export type { AppendSettled, ClusterHealth };

/** Each has a connection of its own: the one that serves, the one that moves the read model along, the one that answers what takes long. */
export type ThreadName = 'serving' | 'runner' | 'answers';

export type Cluster = {
  /** Of each thread that has a connection; of another thread as it last said. */
  readonly health: () => readonly { readonly thread: ThreadName; readonly health: ClusterHealth }[];
  /** Ms since 1970 when the read model was last seen to reflect all of the log; null before the first time. */
  readonly headSeenAt: () => number | null;
  readonly onAppendSettled: (told: (settled: AppendSettled) => void) => void;
};

/** A reader who is told so late of what others record should know. While much is read in at once it is no fault. */
const BEHIND_NOTED_MS = 10_000;

export type Alarm =
  | {
      /** Somebody set metadata of a stream of the ledger or deleted it: with the server's next scavenge its events may be gone. */
      readonly code: 'stream_metadata';
      readonly stream: string;
      /** The keys of the metadata, such as `$tb`, `$maxAge`, `$acl`; `$streamDeleted` for a stream that was closed for ever. */
      readonly keys: readonly string[];
    }
  | {
      /** For so long the read model was not seen to reflect all of the log: what is read may lack what was recorded since. */
      readonly code: 'read_model_behind';
      readonly seconds: number;
    };

export const alarmsOf = (cluster: Cluster, nowMs: number): readonly Alarm[] => {
  const behindMs = nowMs - (cluster.headSeenAt() ?? nowMs);
  return [
    ...cluster
      .health()
      .flatMap(({ health }) => health.tampered.map(({ stream, keys }) => ({ code: 'stream_metadata' as const, stream, keys }))),
    ...(behindMs > BEHIND_NOTED_MS ? [{ code: 'read_model_behind' as const, seconds: Math.floor(behindMs / 1_000) }] : []),
  ];
};
