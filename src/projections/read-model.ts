/**
 * The read model's file: tables that are nothing but a fold of the log, in a SQLite file of their own that may be deleted at any time. This is the only
 * file here that knows the database; what stands in the tables is the business of the folds and queries beside it.
 */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

/** Raised when a table or what a fold writes changes: then a new file is filled and the old one left alone. */
export const READ_MODEL_VERSION = 7;

export type Value = string | number | null | Uint8Array;
export type Row = readonly Value[];

export interface ReadModel {
  /** Rows as arrays, in the order of the columns asked for. Bounded queries only: all rows are in memory at once. */
  all(sql: string, ...values: readonly Value[]): readonly Row[];
  get(sql: string, ...values: readonly Value[]): Row | undefined;
  run(sql: string, ...values: readonly Value[]): void;
  /** All or nothing. */
  transaction<T>(write: () => T): T;
  /** What is written is seen by `write` itself, and taken back. */
  rehearse<T>(write: () => T): T;
  close(): void;
}

/** No end: also the position before which nothing that stands has ended. */
export const OPEN = Number.MAX_SAFE_INTEGER;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS progress (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    position INTEGER NOT NULL, -- how many of the log's events this model reflects
    resume   TEXT              -- the engine's own token for the same place
  ) STRICT;
  INSERT OR IGNORE INTO progress VALUES (1, 0, NULL);

  CREATE TABLE IF NOT EXISTS stream (
    no   INTEGER PRIMARY KEY,
    hash INTEGER NOT NULL, -- 52 bits of the stream's id: a short index, and the name decides
    name TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS stream_hash ON stream (hash);

  CREATE TABLE IF NOT EXISTS event (
    position INTEGER PRIMARY KEY,
    id       BLOB NOT NULL UNIQUE,
    stream   INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    type     TEXT NOT NULL,
    peak     INTEGER NOT NULL, -- the latest time of recording so far, ms since 1970: it never falls, so an instant is found by halving
    recorded INTEGER           -- when this one was recorded, where a clock that was set back makes that another time than the latest
  ) STRICT;

  -- Events that were recorded as one batch, as their own data have it.
  CREATE TABLE IF NOT EXISTS batch (
    id    BLOB NOT NULL,
    event INTEGER NOT NULL,
    PRIMARY KEY (id, event)
  ) STRICT, WITHOUT ROWID;

  -- What of a batch was retracted, and from which position on: a batch may be large, and what was retracted of it is asked for with it.
  CREATE TABLE IF NOT EXISTS retracted (
    batch   BLOB NOT NULL,
    event   INTEGER NOT NULL,
    since   INTEGER NOT NULL,
    instead INTEGER NOT NULL, -- the event that it is a duplicate of, or 0
    PRIMARY KEY (batch, event)
  ) STRICT, WITHOUT ROWID;

  -- What was retracted, corrections of it too, and by the event at which position.
  CREATE TABLE IF NOT EXISTS struck (
    event INTEGER PRIMARY KEY,
    since INTEGER NOT NULL
  ) STRICT;

  -- Which events name a file of evidence, as they were recorded.
  CREATE TABLE IF NOT EXISTS citation (
    file  INTEGER NOT NULL, -- its stream
    event INTEGER NOT NULL,
    PRIMARY KEY (file, event)
  ) STRICT, WITHOUT ROWID;

  -- What is said of no one target, under its own stream and under each case and order that it is about.
  CREATE TABLE IF NOT EXISTS record (
    subject INTEGER NOT NULL, -- its own stream, or that of a case or an order
    since   INTEGER NOT NULL,
    event   INTEGER NOT NULL,
    before  INTEGER NOT NULL,
    stream  INTEGER NOT NULL, -- that the event stands in
    type    TEXT NOT NULL,
    data    TEXT NOT NULL,
    PRIMARY KEY (subject, since, event)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS record_stream ON record (stream);
  CREATE INDEX IF NOT EXISTS record_type ON record (type, subject);

  CREATE TABLE IF NOT EXISTS target (
    no       INTEGER PRIMARY KEY, -- its stream
    platform TEXT NOT NULL,
    kind     TEXT NOT NULL,
    key      TEXT NOT NULL,
    verbatim TEXT NOT NULL,       -- as first written
    since    INTEGER NOT NULL
  ) STRICT;

  -- Which targets an order has ever listed, or an event has ever named together with it; whether it lists them at K is a fact below.
  CREATE TABLE IF NOT EXISTS pair (
    list   INTEGER NOT NULL, -- stream of the order
    target INTEGER NOT NULL,
    kind   INTEGER NOT NULL, -- place in the vocabulary of kinds
    PRIMARY KEY (list, target)
  ) STRICT, WITHOUT ROWID;

  -- How many targets of a kind an order lists from a position on, so that a million need not be counted.
  CREATE TABLE IF NOT EXISTS listing_count (
    list   INTEGER NOT NULL,
    kind   TEXT NOT NULL,
    since  INTEGER NOT NULL,
    listed INTEGER NOT NULL,
    PRIMARY KEY (list, kind, since)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE IF NOT EXISTS shape (
    no   INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE -- a FactShape as JSON
  ) STRICT;

  -- Known at K: since <= K AND before > K.
  CREATE TABLE IF NOT EXISTS target_fact (
    target   INTEGER NOT NULL,
    since    INTEGER NOT NULL, -- position from which this reading is known
    event    INTEGER NOT NULL, -- position of the event that states it
    part     INTEGER NOT NULL,
    before   INTEGER NOT NULL, -- position at which this reading ended
    shape    INTEGER NOT NULL,
    refers   INTEGER NOT NULL, -- an order's stream, a restriction's event, or 0
    earliest INTEGER NOT NULL, -- ms since 1970
    latest   INTEGER NOT NULL,
    PRIMARY KEY (target, since, event, part)
  ) STRICT, WITHOUT ROWID;
`;

export type ReadModelOptions = {
  readonly path: string;
  readonly readOnly?: boolean;
  /** Filling a new file that nobody reads yet: without a journal and in one transaction until it is closed, since a failed one is thrown away. */
  readonly filling?: boolean;
};

const CACHE_KIB = 65_536;
const FILLING_CACHE_KIB = 524_288;
const BUSY_TIMEOUT_MS = 30_000; // longer than a rehearsal takes: the runner waits for its end, and does not fail

/** The file cannot be opened as a read model. It holds nothing that the log does not: it may be deleted, or rebuilt. */
export class ReadModelUnusable extends Error {
  override readonly name = 'ReadModelUnusable';
  readonly code = 'READ_MODEL_UNUSABLE';
  readonly path: string;

  constructor(path: string, options: ErrorOptions) {
    super(`not usable as a read model: ${path}`, options);
    this.path = path;
  }
}

/** Throws `ReadModelUnusable` for a file that is damaged, is something else, or may not be written. */
export const openReadModel = (options: ReadModelOptions): ReadModel => {
  try {
    return openFile(options);
  } catch (cause) {
    throw new ReadModelUnusable(options.path, { cause });
  }
};

const openFile = ({ path, readOnly = false, filling = false }: ReadModelOptions): ReadModel => {
  const db = new DatabaseSync(path, { readOnly, timeout: BUSY_TIMEOUT_MS });
  db.exec(`PRAGMA cache_size = -${filling ? FILLING_CACHE_KIB : CACHE_KIB}; PRAGMA mmap_size = 1073741824; PRAGMA temp_store = MEMORY`);
  if (!readOnly) {
    db.exec(
      filling
        ? 'PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE'
        : 'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL',
    );
    db.exec(SCHEMA);
  }
  // A commit for each batch would write the same pages again and again, since targets come in no order.
  if (filling) db.exec('BEGIN');
  const statements = new Map<string, StatementSync>();
  const prepared = (sql: string): StatementSync => {
    const known = statements.get(sql);
    if (known) return known;
    const statement = db.prepare(sql);
    statement.setReturnArrays(true);
    statements.set(sql, statement);
    return statement;
  };
  const bound = (values: readonly Value[]): SQLInputValue[] => values as SQLInputValue[];
  return {
    all: (sql, ...values) => prepared(sql).all(...bound(values)) as unknown as readonly Row[],
    get: (sql, ...values) => prepared(sql).get(...bound(values)) as unknown as Row | undefined,
    run: (sql, ...values) => void prepared(sql).run(...bound(values)),
    transaction(write) {
      if (filling) return write();
      db.exec('BEGIN IMMEDIATE');
      try {
        const result = write();
        db.exec('COMMIT');
        return result;
      } catch (error) {
        if (db.isTransaction) db.exec('ROLLBACK');
        throw error;
      }
    },
    rehearse(write) {
      db.exec('BEGIN IMMEDIATE');
      try {
        return write();
      } finally {
        if (db.isTransaction) db.exec('ROLLBACK');
      }
    },
    close() {
      if (filling) db.exec('COMMIT');
      db.close();
    },
  };
};
