/** The hourly curve of one order over thirty days, over HTTP: now, between writes, and as known earlier; beside the mere reading of the rows behind it. */

import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { READ_MODEL_VERSION } from '../src/projections/read-model.ts';
import { startLedger } from '../test/support/ledger-process.ts';
import type { BigStore } from './big-store.ts';
import { FROM_MS, ORDER, TO_MS, withholdRow } from './example.ts';
import { count, median, ms, quantile, timed } from './figures.ts';
import type { Report } from './report.ts';

const REQUESTS = 30;
const NOW_P95_MS_MAX = 50;
const EARLIER_MS_MAX = 2_000;
const REPEATED_MS_MAX = 50;
/** Earlier positions asked for, as shares of the log. */
const EARLIER = [0.8, 0.65, 0.9];

export const curve = async (report: Report, { folder, targets, events }: BigStore): Promise<void> => {
  report.title(`Hourly curve of one order with ${count(targets)} targets over 30 days, over HTTP, ${REQUESTS} requests each`);
  const rows = await timed(() => readRows(folder, events));
  const ledger = await startLedger({ folder });
  const period = { orders: ORDER, from: new Date(FROM_MS).toISOString(), to: new Date(TO_MS).toISOString() };
  const askCurve = async (more: { readonly knownAt?: string } = {}): Promise<number> => {
    const { seconds, value } = await timed(async () => {
      const reply = await fetch(`${ledger.url}/v1/compliance?${new URLSearchParams({ ...period, ...more })}`);
      return { status: reply.status, text: await reply.text() };
    });
    if (value.status !== 200) throw new Error(`the curve was refused: ${value.text}`);
    return seconds * 1_000;
  };
  const times = async (ask: (n: number) => Promise<number>): Promise<readonly number[]> => {
    const taken: number[] = [];
    for (let n = 0; n < REQUESTS; n += 1) taken.push(await ask(n));
    return taken;
  };

  report.line(`limit: reading its ${count(rows.value)} rows`, ms(rows.seconds * 1_000));
  report.line('now, the first request of the server', ms(await askCurve()));
  const now = await times(() => askCurve());
  const written = await times(async (n) => {
    await withholdOne(ledger.url, n * 10); // these are listed, and were left alone
    return askCurve();
  });
  const first: number[] = [];
  const repeated: number[] = [];
  for (const share of EARLIER) {
    const knownAt = String(Math.round(events * share));
    first.push(await askCurve({ knownAt }));
    repeated.push(...(await times(() => askCurve({ knownAt }))));
  }
  ledger.kill('SIGTERM');
  await ledger.exit;

  const spread = (taken: readonly number[]): string => `p50 ${ms(median(taken))}, p95 ${ms(quantile(taken, 0.95))}`;
  report.bar('now', spread(now), `p95 under ${ms(NOW_P95_MS_MAX)}`, quantile(now, 0.95) < NOW_P95_MS_MAX);
  report.bar('now, a write between each two', spread(written), `p95 under ${ms(NOW_P95_MS_MAX)}`, quantile(written, 0.95) < NOW_P95_MS_MAX);
  const slowest = Math.max(...first);
  report.bar(
    `known earlier, first, ${EARLIER.length} positions`,
    `median ${ms(median(first))}, max ${ms(slowest)}`,
    `under ${ms(EARLIER_MS_MAX)}`,
    slowest < EARLIER_MS_MAX,
  );
  report.line('  of reading the rows', `${(median(first) / (rows.seconds * 1_000)).toFixed(1)} times`);
  report.bar('known earlier, repeated', spread(repeated), `p95 under ${ms(REPEATED_MS_MAX)}`, quantile(repeated, 0.95) < REPEATED_MS_MAX);
};

const withholdOne = async (url: string, n: number): Promise<void> => {
  const body = JSON.stringify({ rows: [withholdRow(n)] });
  const reply = await fetch(`${url}/v1/actions`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const text = await reply.text();
  if (!text.includes('"status":"recorded"')) throw new Error(`the write was refused: ${text}`);
};

const TARGETS_PER_PAGE = 1_000;
const ROWS = `
  SELECT pair.target, fact.event, fact.shape, fact.earliest, fact.latest
  FROM pair JOIN target_fact AS fact ON fact.target = pair.target
  WHERE pair.list = (SELECT no FROM stream WHERE name = ?) AND pair.target > ? AND pair.target <= ? AND fact.since <= ? AND fact.before > ?
  ORDER BY pair.target`;

/** All facts of the order's targets as arrays, page by page, and nothing done with them; returns how many there are. */
const readRows = (folder: string, knownAt: number): number => {
  const db = new DatabaseSync(join(folder, `read-model-${READ_MODEL_VERSION}.sqlite`), { readOnly: true });
  const page = db.prepare(ROWS);
  page.setReturnArrays(true);
  const last = Number(Object.values(db.prepare('SELECT max(no) FROM target').get() ?? {})[0]);
  let read = 0;
  for (let after = 0; after < last; after += TARGETS_PER_PAGE) {
    read += page.all(`order-${ORDER}`, after, after + TARGETS_PER_PAGE, knownAt, knownAt).length;
  }
  db.close();
  return read;
};
