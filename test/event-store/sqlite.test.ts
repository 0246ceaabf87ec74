/** The embedded engine: the contract, and what only it promises. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AccessDenied, StoreCorrupt, StoreUnavailable } from '../../src/event-store/errors.ts';
import type { EventStore } from '../../src/event-store/event-store.ts';
import { openSqliteEventStore } from '../../src/event-store/sqlite.ts';
import { CREATE_SCHEMA, SCHEMA, WRITER_SETTINGS } from '../../src/event-store/sqlite-schema.ts';
import { type AlteredPart, eventStoreContract } from '../contract/event-store-contract.ts';
import { startAppending } from './children.ts';
import { headOf, numbered, opening, sealedAfter, wholeLog } from './sealed-events.ts';

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'ledger-store-'));
const fileIn = (folder: string): string => join(folder, 'ledger.sqlite');

/** Does what the triggers forbid, then puts them back, so that only the data differs. */
const behindTheTriggers = (folder: string, change: (db: DatabaseSync) => void): void => {
  const db = new DatabaseSync(fileIn(folder), { enableForeignKeyConstraints: false, timeout: 5_000 });
  const triggers = SCHEMA.filter((statement) => statement.startsWith('CREATE TRIGGER'));
  for (const trigger of triggers) db.exec(`DROP TRIGGER ${trigger.split(' ')[2]}`);
  change(db);
  for (const trigger of triggers) db.exec(trigger);
  db.close();
};

const flippedBit = (bytes: unknown, at: number): Uint8Array => {
  if (!(bytes instanceof Uint8Array)) throw new Error('not a BLOB');
  return bytes.with(at, (bytes[at] ?? 0) ^ 1);
};

const alter = (folder: string, { stream, revision }: { readonly stream: string; readonly revision: number }, part: AlteredPart): void =>
  behindTheTriggers(folder, (db) => {
    const row = db
      .prepare('SELECT seq, stream, revision, body, hash FROM events JOIN streams ON no = stream WHERE name = ? AND revision = ?')
      .get(stream, revision);
    if (row === undefined) throw new Error('no such event');
    const altered = {
      body: () => flippedBit(row['body'], 20),
      hash: () => flippedBit(row['hash'], 31),
      stream: () => Number(row['stream']) ^ 64,
      revision: () => Number(row['revision']) ^ 64,
    }[part]();
    db.prepare(`UPDATE events SET ${part} = ? WHERE seq = ?`).run(altered, row['seq'] ?? null);
  });

eventStoreContract('SQLite', async () => {
  const folder = newFolder();
  const store = openSqliteEventStore({ folder });
  const opened = [store];
  return {
    store,
    openAgain: async () => {
      const again = openSqliteEventStore({ folder, readOnly: true });
      opened.push(again);
      return again;
    },
    alter: async (event, part) => alter(folder, event, part),
    exitCodeAfterClose: async () => {
      const elsewhere = newFolder();
      const { lines, exit } = startAppending({ place: elsewhere, inFlight: 2, textBytes: 10, appendsMax: 10 });
      lines.resume();
      const code = await exit;
      rmSync(elsewhere, { recursive: true });
      return code;
    },
    dispose: async () => {
      for (const each of opened) await each.close();
      rmSync(folder, { recursive: true });
    },
  };
});

describe('the SQLite event store', () => {
  let folder: string;
  let stores: EventStore[];
  const open = (options: Partial<Parameters<typeof openSqliteEventStore>[0]> = {}): EventStore => {
    const store = openSqliteEventStore({ folder, ...options });
    stores.push(store);
    return store;
  };
  beforeEach(() => {
    folder = newFolder();
    stores = [];
  });
  afterEach(async () => {
    for (const store of stores) await store.close();
    rmSync(folder, { recursive: true });
  });

  it('keeps its WAL, its durability and its identity in the file', async () => {
    await open().append(opening('order-1', {}), { expected: 'no_stream' });
    const db = new DatabaseSync(fileIn(folder), { readOnly: true });
    expect(db.prepare('PRAGMA journal_mode').get()).toMatchObject({ journal_mode: 'wal' });
    expect(db.prepare('PRAGMA application_id').get()).toMatchObject({ application_id: 0x454c6467 });
    expect(db.prepare('PRAGMA user_version').get()).toMatchObject({ user_version: 1 });
    db.close();
  });

  it('refuses UPDATE, DELETE and INSERT OR REPLACE on both tables', async () => {
    await open().append(opening('order-1', {}, {}), { expected: 'no_stream' });
    const db = new DatabaseSync(fileIn(folder));
    db.exec(WRITER_SETTINGS);
    for (const statement of [
      'UPDATE events SET revision = 7',
      "UPDATE events SET body = x'00' WHERE seq = 1",
      'DELETE FROM events WHERE seq = 2',
      'INSERT OR REPLACE INTO events SELECT * FROM events WHERE seq = 1',
      'REPLACE INTO events (stream, revision, body, hash) SELECT stream, revision, body, hash FROM events',
      "UPDATE streams SET name = 'order-2'",
      'DELETE FROM streams',
      "INSERT OR REPLACE INTO streams VALUES (1, 'order-2', 0)",
    ]) {
      expect(() => db.exec(statement), statement).toThrow(/immutable/);
    }
    db.close();
    expect(await wholeLog(open({ readOnly: true }))).toHaveLength(2);
  });

  it('finds an event that was taken out, and a stream that was renamed or has lost its events', async () => {
    const store = open();
    for (const stream of ['order-1', 'order-2', 'order-3']) await store.append(opening(stream, {}, {}), { expected: 'no_stream' });
    behindTheTriggers(folder, (db) => db.exec('DELETE FROM events WHERE seq = 3; DELETE FROM events WHERE stream = 3'));
    await expect(store.readAll({ after: null, limit: 10 })).rejects.toMatchObject({ part: 'order', stream: 'order-2', revision: 1 });
    await expect(store.readStream('order-2', { from: 0, limit: 10 })).rejects.toMatchObject({
      part: 'order',
      stream: 'order-2',
      revision: 0,
    });
    await expect(store.readStream('order-3', { from: 0, limit: 10 })).rejects.toMatchObject({ part: 'order', stream: 'order-3' });
    behindTheTriggers(folder, (db) => db.exec("UPDATE streams SET name = 'order-9' WHERE no = 1"));
    await expect(store.readStream('order-1', { from: 0, limit: 10 })).rejects.toMatchObject({ part: 'stream', stream: 'order-1' });
    await expect(store.readAll({ after: null, limit: 10 })).rejects.toMatchObject({ part: 'stream', stream: 'order-1', revision: 0 });
    // Nor does it pass for a new stream; what else comes with it is stored.
    const renamed = store.append(opening('order-1', {}), { expected: 'no_stream' });
    const bystander = store.append(opening('order-4', {}), { expected: 'no_stream' });
    await expect(renamed).rejects.toThrow(StoreCorrupt);
    await bystander;
  });

  it('tells two streams apart whose names have the same 48 bits of hash', async () => {
    // Found by trying forty million names.
    const [one, other] = ['order-18388720', 'order-38511392'] as const;
    const store = open();
    const first = opening(one, { n: 1 });
    await store.append(first, { expected: 'no_stream' });
    expect(await store.readStream(other, { from: 0, limit: 10 })).toEqual([]);
    const second = opening(other, { n: 2 });
    await store.append(second, { expected: 'no_stream' });
    expect(await store.readStream(one, { from: 0, limit: 10 })).toEqual(first);
    expect(await store.readStream(other, { from: 0, limit: 10 })).toEqual(second);
    await expect(store.append(opening(other, {}), { expected: 'no_stream' })).rejects.toMatchObject({ code: 'CONFLICT', head: 0 });
  });

  it('answers a conflict inside a group without harm to the others', async () => {
    const store = open();
    const first = opening('order-1', {});
    const answers = await Promise.allSettled([
      store.append(first, { expected: 'no_stream' }),
      store.append(opening('order-1', {}), { expected: 'no_stream' }),
      store.append(sealedAfter(headOf(first), 'order-1', {}), { expected: 0 }),
      store.append(opening('order-2', {}), { expected: 'no_stream' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect((await wholeLog(store)).map(({ event }) => `${event.stream}@${event.revision}`)).toEqual([
      'order-1@0',
      'order-1@1',
      'order-2@0',
    ]);
  });

  it('stores what was handed over before close, and calls no listener for what was refused', async () => {
    const store = open();
    let wakes = 0;
    store.onAppended(() => {
      wakes += 1;
    });
    await store.append(opening('order-1', {}), { expected: 'no_stream' });
    expect(wakes).toBe(1);
    await expect(store.append(opening('order-1', {}), { expected: 'no_stream' })).rejects.toThrow();
    expect(wakes).toBe(1);
    const handedOver = Array.from({ length: 20 }, (_, n) => store.append(opening(`target-${n}`, {}), { expected: 'no_stream' }));
    await store.close();
    await Promise.all(handedOver);
    expect(await wholeLog(open({ readOnly: true }))).toHaveLength(21);
  });

  it('says that it is busy when more waits than memory should hold', async () => {
    const store = open();
    const [event] = opening('order-1', { text: 'x'.repeat(800_000) });
    const answers = await Promise.allSettled(Array.from({ length: 200 }, () => store.append([event], { expected: 'no_stream' })));
    const codes = answers.map((answer) => (answer.status === 'fulfilled' ? 'STORED' : answer.reason.code));
    expect(codes.filter((code) => code === 'STORED')).toHaveLength(1);
    expect(codes.filter((code) => code === 'CONFLICT').length).toBeGreaterThan(100);
    expect(codes.at(-1)).toBe('STORE_UNAVAILABLE');
    await expect(store.append(opening('order-2', {}), { expected: 'no_stream' })).resolves.toBeUndefined();
  });

  it('refuses pages without bounds and tokens of another engine', async () => {
    const store = open();
    for (const limit of [0, 1_001, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      await expect(store.readAll({ after: null, limit })).rejects.toThrow(RangeError);
      await expect(store.readStream('order-1', { from: 0, limit })).rejects.toThrow(RangeError);
    }
    await expect(store.readStream('order-1', { from: -1, limit: 1 })).rejects.toThrow(RangeError);
    await expect(store.readAll({ after: '7/7' as never, limit: 1 })).rejects.toThrow(RangeError);
  });

  it('reads in a worker thread, from a connection of its own, while this thread writes', async () => {
    const store = open();
    await store.append(opening('order-0', {}), { expected: 'no_stream' });
    const worker = new Worker(new URL('./reading-worker.ts', import.meta.url), { workerData: { folder, events: 301 } });
    const read = new Promise<readonly string[]>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    for (let n = 1; n <= 100; n++) await store.append(opening(`order-${n}`, ...numbered(3)), { expected: 'no_stream' });
    expect(await read).toEqual((await wholeLog(store)).map(({ text }) => text));
    await worker.terminate();
  });

  it('opened for reading only, it writes nothing and needs a store that was made', async () => {
    expect(() => open({ readOnly: true })).toThrow(StoreUnavailable);
    const store = open();
    const reader = open({ readOnly: true });
    await expect(reader.append(opening('order-1', {}), { expected: 'no_stream' })).rejects.toThrow(AccessDenied);
    await store.append(opening('order-1', {}), { expected: 'no_stream' });
    expect(await wholeLog(reader)).toHaveLength(1);
    await store.close();
    expect(await wholeLog(reader)).toHaveLength(1);
  });

  it('refuses a file that is not its own, a later schema, and a schema that was changed', async () => {
    const openFails = (reason: string): void =>
      expect(() => open()).toThrow(expect.objectContaining({ code: 'STORE_UNAVAILABLE', reason }));
    writeFileSync(fileIn(folder), 'The quick brown fox jumps over the lazy dog. '.repeat(100));
    openFails('not_a_ledger');
    const remade = (change: string): void => {
      rmSync(fileIn(folder));
      const db = new DatabaseSync(fileIn(folder));
      db.exec(change);
      db.close();
    };
    remade('CREATE TABLE other (x)');
    openFails('not_a_ledger');
    remade(`${CREATE_SCHEMA}; PRAGMA user_version = 2`);
    openFails('schema_version');
    remade(`${CREATE_SCHEMA}; DROP TRIGGER events_refuse_update`);
    openFails('not_a_ledger');
    remade(CREATE_SCHEMA);
    await open().append(opening('order-1', {}), { expected: 'no_stream' });
  });

  it('says that it cannot be opened where there is no folder', () => {
    expect(() => openSqliteEventStore({ folder: join(folder, 'missing') })).toThrow(expect.objectContaining({ reason: 'cannot_open' }));
  });
});
