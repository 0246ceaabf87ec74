/**
 * A table of one fact a row through the whole real path - read twice, mapped, decided, sealed, appended, and reflected by what is read - beside raw inserts of
 * the same bytes into the same tables, with the memory that it takes.
 */

import { once } from 'node:events';
import { createWriteStream, openAsBlob } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createServer } from '../src/api/server.ts';
import { composeLedger } from '../src/compose.ts';
import { CREATE_SCHEMA, INSERT_EVENT, INSERT_STREAM, SETTINGS, WRITER_SETTINGS } from '../src/event-store/sqlite-schema.ts';
import { CASE, caseOpening, instantOf, ORDER, orderIssue, PLATFORM, verbatimOf } from './example.ts';
import { count, rate, share, timed } from './figures.ts';
import type { Report } from './report.ts';

const RATE_MIN = 25_000;
const SHARE_OF_INSERTS_MIN = 0.4;
const SAMPLE_MS = 100;
const ROWS_PER_TRANSACTION = 10_000;
/** How much more memory the second half of a file may take than the first. */
const GROWTH_MAX = 1.25;

const FORMATS = ['csv', 'jsonl'] as const;
type Format = (typeof FORMATS)[number];

export const importing = async (report: Report, folder: string, rows: number): Promise<void> => {
  for (const format of FORMATS) {
    report.title(`Import of ${count(rows)} rows, one event each, from ${format === 'csv' ? 'a CSV' : 'JSON lines'}`);
    const own = await mkdtemp(join(folder, `import-${format}-`));
    const table = join(own, `table.${format}`);
    await writeTable(table, rows, format);
    report.line('file', `${count((await stat(table)).size)} bytes`);
    const { seconds, memory } = await importTable(own, table, rows, format);
    const limit = rawInserts(own);
    const reached = rows / seconds;
    report.line('limit: raw inserts of the same bytes', rate(limit));
    report.bar('rate', rate(reached), `at least ${rate(RATE_MIN)}`, reached >= RATE_MIN);
    report.bar(
      'of raw inserts',
      share(reached / limit),
      `at least ${share(SHARE_OF_INSERTS_MIN)}`,
      reached / limit >= SHARE_OF_INSERTS_MIN,
    );
    const [half, end] = [peakOf(memory.slice(0, memory.length / 2)), peakOf(memory)];
    const figures = `${mebibytes(half)} in the first half, ${mebibytes(end)} in all`;
    report.bar('peak memory', figures, `at most ${share(GROWTH_MAX)} of the first half's`, end <= GROWTH_MAX * half);
    await rm(own, { recursive: true });
  }
};

const COLUMNS = ['Account', 'When', 'Page'];

const writeTable = async (path: string, rows: number, format: Format): Promise<void> => {
  const file = createWriteStream(path);
  if (format === 'csv') file.write(`${COLUMNS.join(',')}\n`);
  for (let n = 0; n < rows; n += 1) {
    const cells = [verbatimOf(n), new Date(instantOf(n)).toISOString(), `row ${n % 1_009}`];
    const line = format === 'csv' ? cells.join(',') : JSON.stringify(Object.fromEntries(COLUMNS.map((name, at) => [name, cells[at]])));
    if (!file.write(`${line}\n`)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
};

const mappingOf = (format: Format) => ({
  mapping: 1,
  name: 'Benchmark (synthetic)',
  file: { format },
  common: {
    assertion: 'platform_report',
    synthetic: true,
    sources: [{ name: 'Birdsite (synthetic), report', locator: { column: 'Page' } }],
  },
  rows: [
    {
      event: 'TargetWithheld',
      fields: {
        target: { column: 'Account', as: 'target', platform: PLATFORM, kind: 'account' },
        orders: [],
        territory: ['IN'],
        basis: 'unstated',
        occurredAt: { column: 'When', as: 'time' },
      },
    },
  ],
});

type Imported = { readonly seconds: number; readonly memory: readonly number[] };

/** As it is served, over a real socket. */
const importTable = async (folder: string, table: string, rows: number, format: Format): Promise<Imported> => {
  const data = join(folder, 'data');
  const ledger = await composeLedger({ folder: data, name: 'benchmark', recordedBy: 'local:bench', threads: true });
  const app = await createServer(ledger.uses);
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const post = async (path: string, body: object): Promise<void> => {
    const reply = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!reply.ok) throw new Error(await reply.text());
  };
  await post('/v1/cases', { id: CASE, ...caseOpening });
  await post('/v1/orders', { id: ORDER, ...orderIssue });
  const memory: number[] = [];
  const sampler = setInterval(() => memory.push(process.memoryUsage.rss()), SAMPLE_MS);
  const form = new FormData();
  form.append('mapping', JSON.stringify(mappingOf(format)));
  form.append('file', await openAsBlob(table), `table.${format}`);
  const { seconds, value } = await timed(async () => {
    const reply = await fetch(`${url}/v1/imports`, { method: 'POST', body: form });
    return reply.json();
  });
  clearInterval(sampler);
  const { rows: counts, position } = value as { readonly rows?: { readonly recorded: number }; readonly position: number | null };
  if (counts?.recorded !== rows || position === null) throw new Error(`not all of it is there: ${JSON.stringify(value).slice(0, 1_000)}`);
  await app.close();
  await ledger.close();
  return { seconds, memory };
};

/** The events of the log just made, into a new file of the same tables, with the same settings. */
const rawInserts = (folder: string): number => {
  const source = new DatabaseSync(join(folder, 'data', 'ledger.sqlite'), { readOnly: true });
  const target = new DatabaseSync(join(folder, 'raw.sqlite'));
  target.exec(`PRAGMA journal_mode = WAL; ${SETTINGS} ${WRITER_SETTINGS} ${CREATE_SCHEMA}`);
  const streams = source.prepare('SELECT no, name, h FROM streams WHERE no > ? ORDER BY no LIMIT ?');
  const events = source.prepare('SELECT seq, stream, revision, CAST(body AS TEXT), hash FROM events WHERE seq > ? ORDER BY seq LIMIT ?');
  for (const statement of [streams, events]) statement.setReturnArrays(true);
  const insertStream = target.prepare(INSERT_STREAM);
  const insertEvent = target.prepare(INSERT_EVENT);
  let [inserted, streamsInserted, ms] = [0, 0, 0];
  for (;;) {
    const page = events.all(inserted, ROWS_PER_TRANSACTION) as unknown as readonly (readonly [
      number,
      number,
      number,
      string,
      Uint8Array,
    ])[];
    const opened = streams.all(streamsInserted, ROWS_PER_TRANSACTION) as unknown as readonly (readonly [number, string, number])[];
    if (page.length === 0) break;
    const started = performance.now();
    target.exec('BEGIN IMMEDIATE');
    for (const [, name, h] of opened) insertStream.run(name, h);
    for (const [, stream, revision, body, hash] of page) insertEvent.run(stream, revision, body, hash);
    target.exec('COMMIT');
    ms += performance.now() - started;
    inserted += page.length;
    streamsInserted += opened.length;
  }
  source.close();
  target.close();
  return (1_000 * inserted) / ms;
};

const peakOf = (bytes: readonly number[]): number => Math.max(0, ...bytes);
const mebibytes = (bytes: number): string => `${count(bytes / 2 ** 20)} MiB`;
