/** What SQLite's result codes mean to a caller of the port. */
import { AccessDenied, type EventStoreError, isEventStoreError, StoreCorrupt, StoreUnavailable } from './errors.ts';

const SQLITE_PERM = 3;
export const SQLITE_BUSY = 5;
const SQLITE_LOCKED = 6;
const SQLITE_READONLY = 8;
const SQLITE_IOERR = 10;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;
export const SQLITE_NOTADB = 26;

/** No room for the 32 KiB that connections share beside the file: a full disk, reported as an I/O error. */
const SQLITE_IOERR_SHMSIZE = SQLITE_IOERR | (19 << 8);

const extendedCodeOf = (cause: unknown): number | undefined =>
  cause instanceof Error && 'errcode' in cause && typeof cause.errcode === 'number' ? cause.errcode : undefined;

/** The primary code is the low byte of the extended one. */
const codeOf = (cause: unknown): number | undefined => {
  const extended = extendedCodeOf(cause);
  return extended === undefined ? undefined : extended & 0xff;
};

export const isCode = (cause: unknown, code: number): boolean => codeOf(cause) === code;

/** After these nothing that the connection believes can be relied on: open the file anew. */
export const isDoubtful = (cause: unknown): boolean => isCode(cause, SQLITE_IOERR) || isCode(cause, SQLITE_CORRUPT);

export const storeErrorOf = (cause: unknown): EventStoreError => {
  if (extendedCodeOf(cause) === SQLITE_IOERR_SHMSIZE) return new StoreUnavailable('full', { cause });
  switch (codeOf(cause)) {
    case undefined:
      if (isEventStoreError(cause)) return cause;
      throw cause; // a mistake in our own code
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return new StoreUnavailable('busy', { cause });
    case SQLITE_FULL:
      return new StoreUnavailable('full', { cause });
    case SQLITE_CANTOPEN:
      return new StoreUnavailable('cannot_open', { cause });
    case SQLITE_PERM:
    case SQLITE_READONLY:
      return new AccessDenied('the system lets this user read the store, not write it', { cause });
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return new StoreCorrupt({ part: 'file', stream: null, revision: null }, { cause });
  }
  return new StoreUnavailable('other', { cause });
};
