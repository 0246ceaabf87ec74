/** The tables of the embedded store and the settings of a connection to them. */

/** "ELdg": what `file` and SQLite itself see in the header. */
export const APPLICATION_ID = 0x454c6467;
export const SCHEMA_VERSION = 1;

/**
 * One statement an entry, compared at each start with what the file holds, so that a dropped trigger is noticed.
 * An index on the names themselves would be touched at random by every new stream, twenty or more bytes wide; one on eight bytes costs a third of it.
 */
export const SCHEMA = [
  `CREATE TABLE streams (
    no   INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    h    INTEGER NOT NULL -- 48 bits of the name's SHA-256; the name is compared after the look-up
  ) STRICT`,
  'CREATE INDEX streams_by_h ON streams (h)',
  `CREATE TABLE events (
    seq      INTEGER PRIMARY KEY, -- log order; one writer and no deletes leave no gap
    stream   INTEGER NOT NULL REFERENCES streams (no),
    revision INTEGER NOT NULL CHECK (revision >= 0),
    body     BLOB NOT NULL,
    hash     BLOB NOT NULL CHECK (length(hash) = 32),
    UNIQUE (stream, revision)
  ) STRICT`,
  "CREATE TRIGGER streams_refuse_update BEFORE UPDATE ON streams BEGIN SELECT RAISE(ABORT, 'streams are immutable'); END",
  "CREATE TRIGGER streams_refuse_delete BEFORE DELETE ON streams BEGIN SELECT RAISE(ABORT, 'streams are immutable'); END",
  "CREATE TRIGGER events_refuse_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are immutable'); END",
  "CREATE TRIGGER events_refuse_delete BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are immutable'); END",
] as const;

export const CREATE_SCHEMA = `${SCHEMA.join(';\n')};
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${SCHEMA_VERSION};`;

export const SELECT_SCHEMA = 'SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL';

/** For every connection: nothing in the file is trusted to run code, and what is read is checked as it is read. */
export const SETTINGS = `
  PRAGMA trusted_schema = OFF;
  PRAGMA cell_size_check = ON;
`;

/** Spares the disk the bytes of a WAL that an import once made long. */
const WAL_BYTES_KEPT = 64 * 2 ** 20;

export const WRITER_SETTINGS = `
  PRAGMA synchronous = FULL;
  PRAGMA fullfsync = ON; -- macOS: fsync alone stops at the drive's own cache
  PRAGMA checkpoint_fullfsync = ON;
  PRAGMA recursive_triggers = ON; -- without it INSERT OR REPLACE deletes past the triggers
  PRAGMA journal_size_limit = ${WAL_BYTES_KEPT};
`;
/** What PRAGMA synchronous answers for FULL. */
export const SYNCHRONOUS_FULL = 2;

/** By the hash alone: a name that does not fit its hash was altered, and must not pass for an unknown stream. */
export const SELECT_STREAMS = 'SELECT no, name, h, (SELECT max(revision) FROM events WHERE stream = no) FROM streams WHERE h = ?';
export const INSERT_STREAM = 'INSERT INTO streams (name, h) VALUES (?, ?)';
export const INSERT_EVENT = 'INSERT INTO events (stream, revision, body, hash) VALUES (?, ?, CAST(? AS BLOB), ?)';
/** As TEXT: SQLite hands over a string for a third less than a BLOB to decode. */
export const SELECT_OF_STREAM =
  'SELECT revision, CAST(body AS TEXT), hash FROM events WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?';
/** LEFT JOIN: an event whose stream is gone must be seen to be altered, not be left out. */
export const SELECT_AFTER = `SELECT seq, name, revision, CAST(body AS TEXT), hash
  FROM events LEFT JOIN streams ON no = stream WHERE seq > ? ORDER BY seq LIMIT ?`;
export const SELECT_LAST_SEQ = 'SELECT coalesce(max(seq), 0) FROM events';
