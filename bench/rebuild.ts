/** The read model made anew from the log, beside the mere reading and parsing of the same log. */

import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { rebuildReadModel } from '../src/compose.ts';
import { EMBEDDED } from '../src/engines.ts';
import type { BigStore } from './big-store.ts';
import { count, median, rate, ratesOf, share, timed } from './figures.ts';
import type { Report } from './report.ts';

const RATE_MIN = 60_000;
const SHARE_OF_SCAN_MIN = 0.25;
const ROWS_PER_PAGE = 1_000;

export const rebuild = async (report: Report, { folder, events }: BigStore, rounds: number): Promise<void> => {
  report.title(`Rebuild of the read model from ${count(events)} events: ${rounds} rounds`);
  const rebuilds: number[] = [];
  const scans: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const scanned = await timed(() => scanAndParse(folder));
    const rebuilt = await timed(() => rebuildReadModel({ folder, engine: EMBEDDED }, () => {}));
    if (scanned.value !== events || rebuilt.value !== events)
      throw new Error(`not all events were read: ${scanned.value} and ${rebuilt.value}`);
    scans.push(events / scanned.seconds);
    rebuilds.push(events / rebuilt.seconds);
    report.line(`round ${round}`, `${rebuilt.seconds.toFixed(1)} s, ${rate(events / rebuilt.seconds)}`);
  }
  report.line('limit: scan and JSON.parse', ratesOf(scans));
  const ofScan = median(rebuilds) / median(scans);
  report.bar('rate', ratesOf(rebuilds), `at least ${rate(RATE_MIN)}`, median(rebuilds) >= RATE_MIN);
  report.bar('of scan and JSON.parse', share(ofScan), `at least ${share(SHARE_OF_SCAN_MIN)}`, ofScan >= SHARE_OF_SCAN_MIN);
};

/** Nothing is checked and nothing kept; returns the number of events. */
const scanAndParse = (folder: string): number => {
  const db = new DatabaseSync(join(folder, 'ledger.sqlite'), { readOnly: true });
  const page = db.prepare('SELECT CAST(body AS TEXT) FROM events WHERE seq > ? ORDER BY seq LIMIT ?');
  page.setReturnArrays(true);
  let parsed = 0;
  for (;;) {
    const rows = page.all(parsed, ROWS_PER_PAGE) as unknown as readonly (readonly [string])[];
    for (const [text] of rows) JSON.parse(text);
    parsed += rows.length;
    if (rows.length < ROWS_PER_PAGE) break;
  }
  db.close();
  return parsed;
};
