/** The embedded engine: one SQLite file in a folder, one writer, appends committed in groups. */
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { AccessDenied, type EventStoreError, LeaseHeld, OutcomeUnknown, StoreUnavailable } from './errors.ts';
import { checkAppend, checkPage, type EventStore, READ_EVENTS_MAX, type ResumeToken } from './event-store.ts';
import { groupCommit, type WaitingAppend } from './group-commit.ts';
import { isCode, isDoubtful, SQLITE_BUSY, SQLITE_NOTADB, storeErrorOf } from './sqlite-errors.ts';
import { attempt, eventsAfter, eventsOfStream, type Statements } from './sqlite-rows.ts';
import {
  APPLICATION_ID,
  CREATE_SCHEMA,
  INSERT_EVENT,
  INSERT_STREAM,
  SCHEMA,
  SCHEMA_VERSION,
  SELECT_AFTER,
  SELECT_LAST_SEQ,
  SELECT_OF_STREAM,
  SELECT_SCHEMA,
  SELECT_STREAMS,
  SETTINGS,
  SYNCHRONOUS_FULL,
  WRITER_SETTINGS,
} from './sqlite-schema.ts';

/**
 * Never open one of these files by other means inside the process that writes: on POSIX systems closing any descriptor of a file drops the
 * process's locks on it, the lease among them.
 */
export const STORE_FILE = 'ledger.sqlite';
export const LEASE_FILE = 'lease.sqlite';

const BUSY_TIMEOUT_MS = 5_000; // another thread's import may hold the writer's lock for one of its transactions
const CHECKPOINT_PAGES = 1_000; // the checkpoint runs inside the COMMIT that crosses this: longer ones show as a late answer

export type SqliteEventStoreOptions = {
  /** Must exist. Holds the store and its lease. */
  readonly folder: string;
  /** A connection for a thread that only reads; the store must have been made. Its `onAppended` never calls. */
  readonly readOnly?: boolean;
  /** `held`: this process has taken the lease already, and another of its threads asks. Otherwise the store takes it, and gives it back on close. */
  readonly lease?: 'take' | 'held';
};

/** Throws `LeaseHeld`, `AccessDenied`, `StoreUnavailable`, or `StoreCorrupt` for a file that SQLite itself finds damaged. */
export const openSqliteEventStore = (options: SqliteEventStoreOptions): EventStore => {
  const { folder, readOnly = false, lease = 'take' } = options;
  const path = `${folder}/${STORE_FILE}`;
  const held = readOnly || lease === 'held' ? undefined : takeLease(folder);
  const connections = connect(held, readOnly ? () => openReader(path) : () => openWriter(path));
  const listeners = new Set<() => void>();
  const queue = groupCommit((group) => {
    if (commitAndAnswer(connections, group)) for (const wake of [...listeners]) wake();
  });

  return {
    async append(events, { expected }) {
      const { stream, bytes } = checkAppend(events, expected);
      if (readOnly) throw new AccessDenied('opened for reading only');
      if (connections.isClosed()) throw new StoreUnavailable('closed');
      return new Promise((stored, failed) => queue.add({ stream, events, expected, bytes, stored, failed }));
    },
    async readStream(stream, { from, limit }) {
      checkPage({ from, limit });
      return read(connections, (connection) => eventsOfStream(connection, stream, from, limit));
    },
    async readAll({ after, limit }) {
      const seq = after === null ? 0 : Number(after);
      checkPage({ from: seq, limit });
      const events = read(connections, (connection) => eventsAfter(connection, seq, limit));
      return { events, next: tokenOf(seq + events.length) };
    },
    onAppended(wake) {
      // A listener of its own for each call, so that ending one leaves the same function's other calls alone.
      const listener = (): void => wake();
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    async close() {
      queue.drain();
      listeners.clear();
      connections.close();
      held?.release();
    },
  };
};

/** One connection at a time; none after a failure that leaves doubt about what is on disk, until that was settled. */
type Connections = {
  readonly current: () => Connection;
  readonly giveUp: () => void;
  readonly close: () => void;
  readonly isClosed: () => boolean;
};

const connect = (held: Lease | undefined, open: () => Connection): Connections => {
  let connection: Connection | undefined;
  let closed = false;
  try {
    connection = open();
  } catch (cause) {
    held?.release();
    throw cause;
  }
  const giveUp = (): void => {
    if (connection !== undefined) closeQuietly(connection);
    connection = undefined;
  };
  return {
    current() {
      if (closed) throw new StoreUnavailable('closed');
      connection ??= settled(open());
      return connection;
    },
    giveUp,
    close() {
      giveUp();
      closed = true;
    },
    isClosed: () => closed,
  };
};

const read = <T>(connections: Connections, answer: (connection: Connection) => T): T => {
  try {
    return answer(connections.current());
  } catch (cause) {
    if (isDoubtful(cause)) connections.giveUp();
    throw storeErrorOf(cause);
  }
};

/** True if anything was stored. */
const commitAndAnswer = (connections: Connections, group: readonly WaitingAppend[]): boolean => {
  const errors = commitGroup(connections, group);
  for (const [index, { stored, failed }] of group.entries()) {
    const error = errors[index];
    if (error === undefined) stored();
    else failed(error);
  }
  return errors.includes(undefined);
};

/** One transaction for all; gives what is to be answered to each: an error, or nothing once its events are durable. */
const commitGroup = (connections: Connections, group: readonly WaitingAppend[]): readonly (EventStoreError | undefined)[] => {
  let connection: Connection;
  try {
    connection = connections.current();
    connection.db.exec('BEGIN IMMEDIATE');
  } catch (cause) {
    if (isDoubtful(cause)) connections.giveUp();
    return group.map(() => storeErrorOf(cause)); // nothing was written yet
  }
  let answers: readonly (EventStoreError | undefined)[];
  try {
    answers = group.map((append) => attempt(connection, append));
  } catch (cause) {
    const surelyNothingStored = isRolledBack(connection) && !isDoubtful(cause);
    if (!surelyNothingStored) connections.giveUp();
    return group.map(({ stream }) => (surelyNothingStored ? storeErrorOf(cause) : new OutcomeUnknown(stream, { cause })));
  }
  try {
    connection.db.exec('COMMIT');
  } catch (cause) {
    // The commit record may be in the WAL although its fsync failed.
    connections.giveUp();
    return group.map(({ stream }) => new OutcomeUnknown(stream, { cause }));
  }
  return answers;
};

export type Lease = { readonly release: () => void };

/** Kept here, since a connection that nobody refers to is closed by the garbage collector, and its lock goes with it. */
const leases = new Set<DatabaseSync>();

/** Refuses a second writing process on a folder. The lock belongs to the process and goes with it, however it ends. */
export const takeLease = (folder: string): Lease => {
  const db = openFile(`${folder}/${LEASE_FILE}`, { timeout: 0 });
  try {
    // The lock is all that is wanted: a journal on disk would need space that a full one has not.
    db.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (cause) {
    db.close();
    throw isCode(cause, SQLITE_BUSY) ? new LeaseHeld(folder, { cause }) : storeErrorOf(cause);
  }
  leases.add(db);
  return {
    release() {
      if (leases.delete(db)) db.close();
    },
  };
};

type Connection = Statements & { readonly db: DatabaseSync; readonly writes: boolean };

const openFile = (path: string, options: { readonly timeout: number; readonly readOnly?: boolean }): DatabaseSync => {
  try {
    return new DatabaseSync(path, { ...options, defensive: true });
  } catch (cause) {
    throw new StoreUnavailable('cannot_open', { cause });
  }
};

const openReader = (path: string): Connection =>
  opened(openFile(path, { timeout: BUSY_TIMEOUT_MS, readOnly: true }), false, (db) => {
    db.exec(SETTINGS);
    refuseOtherSchema(db);
  });

const openWriter = (path: string): Connection =>
  opened(openFile(path, { timeout: BUSY_TIMEOUT_MS }), true, (db) => {
    db.exec(SETTINGS);
    // Before anything in the file is changed; a file that the system lets us only read is refused here too.
    db.exec('BEGIN IMMEDIATE');
    if (isEmpty(db)) db.exec(CREATE_SCHEMA);
    refuseOtherSchema(db);
    db.exec('COMMIT');
    db.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    db.exec(WRITER_SETTINGS);
    if (single(db, 'PRAGMA journal_mode = WAL') !== 'wal') throw new StoreUnavailable('not_durable');
    if (single(db, 'PRAGMA synchronous') !== SYNCHRONOUS_FULL) throw new StoreUnavailable('not_durable');
  });

const opened = (db: DatabaseSync, writes: boolean, prepare: (db: DatabaseSync) => void): Connection => {
  try {
    prepare(db);
    return {
      db,
      writes,
      selectStreams: inArrays(db.prepare(SELECT_STREAMS)),
      selectOfStream: inArrays(db.prepare(SELECT_OF_STREAM)),
      selectAfter: inArrays(db.prepare(SELECT_AFTER)),
      insertStream: db.prepare(INSERT_STREAM),
      insertEvent: db.prepare(INSERT_EVENT),
    };
  } catch (cause) {
    db.close();
    throw isCode(cause, SQLITE_NOTADB) ? new StoreUnavailable('not_a_ledger', { cause }) : storeErrorOf(cause);
  }
};

const inArrays = (statement: StatementSync): StatementSync => {
  statement.setReturnArrays(true);
  return statement;
};

const single = (db: DatabaseSync, sql: string): unknown => Object.values(db.prepare(sql).get() ?? {})[0];

const isEmpty = (db: DatabaseSync): boolean =>
  single(db, 'PRAGMA application_id') === 0 && single(db, 'PRAGMA user_version') === 0 && db.prepare(SELECT_SCHEMA).all().length === 0;

const refuseOtherSchema = (db: DatabaseSync): void => {
  if (single(db, 'PRAGMA application_id') !== APPLICATION_ID) throw new StoreUnavailable('not_a_ledger');
  if (single(db, 'PRAGMA user_version') !== SCHEMA_VERSION) throw new StoreUnavailable('schema_version');
  const found = db
    .prepare(SELECT_SCHEMA)
    .all()
    .map(({ sql }) => sql);
  if (found.length !== SCHEMA.length || !SCHEMA.every((statement) => found.includes(statement))) throw new StoreUnavailable('not_a_ledger');
};

/**
 * After a failure that left doubt. What the log now shows is moved out of the WAL and synced, and the WAL emptied: so an event that a reader
 * finds stays, and one that it does not find cannot come back with the next recovery. Then the end of the log is read and checked.
 */
const settled = (connection: Connection): Connection => {
  const { db } = connection;
  try {
    if (connection.writes && single(db, 'PRAGMA wal_checkpoint(TRUNCATE)') !== 0) throw new StoreUnavailable('busy');
    const last = Number(single(db, SELECT_LAST_SEQ));
    eventsAfter(connection, Math.max(0, last - READ_EVENTS_MAX), READ_EVENTS_MAX);
    return connection;
  } catch (cause) {
    closeQuietly(connection);
    throw cause;
  }
};

/** Whether it is over without a trace, whoever ended it: SQLite rolls some failures back by itself. */
const isRolledBack = ({ db }: Connection): boolean => {
  try {
    if (db.isTransaction) db.exec('ROLLBACK');
    return !db.isTransaction;
  } catch {
    return false;
  }
};

const closeQuietly = ({ db }: Connection): void => {
  try {
    db.close();
  } catch {
    // A connection given up after a failure: what it could not tidy up, the next one recovers.
  }
};

/** `seq` has no gaps, so the token after n events is n. */
const tokenOf = (seq: number): ResumeToken => String(seq) as ResumeToken;
