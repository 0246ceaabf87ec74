/** What a failure of the event store means to whoever asked for a write: the rest is for the log, and for whoever runs the ledger. */
import { isEventStoreError, readFailureOf } from '../event-store/errors.ts';

export type StoreFailure =
  /** Surely nothing was stored: ask again later. */
  | 'unavailable'
  /** Stored or not: ask again with the same command id, which finds out. */
  | 'outcome_unknown'
  /** More than one append may carry. */
  | 'too_large'
  /** Our own mistake, or an altered store: asking again does not help. */
  | 'fault';

/** Which stored event was altered or is missing. An error that has come from another thread has lost its class, and is known by its fields. */
export const storeCorruptionIn = (cause: unknown): { readonly stream: string | null; readonly revision: number | null } | undefined => {
  const failure = readFailureOf(cause);
  return failure?.code === 'STORE_CORRUPT' ? { stream: failure.stream, revision: failure.revision } : undefined;
};

/** `undefined` for what is no failure of the store at all. */
export const storeFailureOf = (cause: unknown): StoreFailure | undefined => {
  if (!isEventStoreError(cause)) return undefined;
  switch (cause.code) {
    case 'STORE_UNAVAILABLE':
    case 'ACCESS_DENIED':
    case 'LEASE_HELD':
    case 'CONFLICT':
      return 'unavailable';
    case 'OUTCOME_UNKNOWN':
      return 'outcome_unknown';
    case 'APPEND_TOO_LARGE':
      return 'too_large';
    case 'MALFORMED_APPEND':
    case 'STORE_CORRUPT':
      return 'fault';
  }
};
