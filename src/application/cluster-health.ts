/** What a cluster's state means to whoever watches over the ledger. */
import type { ClusterHealth } from '../event-store/event-store.ts';

export type { ClusterHealth };

export type Alarm = {
  /** Somebody set metadata of a stream of the ledger or deleted it: with the server's next scavenge its events may be gone. */
  readonly code: 'stream_metadata';
  readonly stream: string;
  /** The keys of the metadata, such as `$tb`, `$maxAge`, `$acl`; `$streamDeleted` for a stream that was closed for ever. */
  readonly keys: readonly string[];
};

export const alarmsOf = ({ tampered }: ClusterHealth): readonly Alarm[] =>
  tampered.map(({ stream, keys }) => ({ code: 'stream_metadata', stream, keys }));
