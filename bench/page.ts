/** The page in a real browser: what it weighs, how soon the example case is seen, and how a cursor moves over a year of hours of a large order. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Browser, chromium, type Page } from 'playwright-core';
import { CASE_ID } from '../examples/meity-twitter-2021/illustrative.ts';
import { PAGE_FOLDER } from '../src/api/web-page.ts';
import { startLedger } from '../test/support/ledger-process.ts';
import type { BigStore } from './big-store.ts';
import { CASE } from './example.ts';
import { serveExample } from './example-served.ts';
import { count, median, ms, quantile } from './figures.ts';
import type { Report } from './report.ts';
import { withFolder } from './temporary.ts';

const WEIGHT_BYTES_MAX = 60_000;
const FIRST_VIEW_MS_MAX = 1_000;
const STEP_MS_MAX = 100;
const VIEWS = 7;
const STEPS = 120;

const CHROMIUM = process.env['CHROMIUM'] ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((file) => existsSync(file));

export const page = async (report: Report, { folder, targets }: BigStore): Promise<void> => {
  report.title('The page');
  const weight = weightOf(PAGE_FOLDER);
  report.bar(
    'document, script and style, gzipped',
    `${count(weight)} bytes`,
    `under ${count(WEIGHT_BYTES_MAX)}`,
    weight < WEIGHT_BYTES_MAX,
  );
  if (CHROMIUM === undefined)
    return report.line('in a browser', 'not measured: no Chromium here (apt-get install chromium, or set CHROMIUM)');
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  try {
    await withFolder((example) => firstView(report, browser, example));
    await cursor(report, browser, { folder, targets });
  } finally {
    await browser.close();
  }
};

/** What the first view loads: the writer of workbooks is fetched when one is asked for. */
const weightOf = (folder: string): number => {
  const files = readdirSync(join(folder, 'assets')).filter((name) => name.startsWith('index-'));
  return ['index.html', ...files.map((name) => join('assets', name))].reduce(
    (sum, name) => sum + gzipSync(readFileSync(join(folder, name))).length,
    0,
  );
};

/** From the beginning of the navigation, by the browser's own clock, until figures and curve are there. */
const SEEN = `new Promise((seen) => {
  const look = () => document.querySelector('.figure strong') && document.querySelector('.chart-line') ? seen(performance.now()) : requestAnimationFrame(look);
  look();
})`;

const firstView = async (report: Report, browser: Browser, folder: string): Promise<void> => {
  const ledger = await serveExample(folder);
  const taken: number[] = [];
  for (let view = 0; view < VIEWS; view += 1) {
    const context = await browser.newContext(); // nothing is remembered of the view before
    const opened = await context.newPage();
    await opened.goto(`${ledger.url}/cases/${CASE_ID}`, { waitUntil: 'commit' });
    taken.push(Number(await opened.evaluate(SEEN)));
    await context.close();
  }
  ledger.kill('SIGTERM');
  await ledger.exit;
  report.bar(
    'first view of the example case',
    `median ${ms(median(taken))}, worst ${ms(Math.max(...taken))}`,
    `median under ${ms(FIRST_VIEW_MS_MAX)}`,
    median(taken) < FIRST_VIEW_MS_MAX,
  );
};

/** One step by key, from the key until the figure of the new hour is painted. */
const STEP = `new Promise((done) => {
  const slider = document.querySelector('.chart-slider');
  const before = slider.getAttribute('aria-valuetext');
  const started = performance.now();
  slider.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, cancelable: true }));
  const look = () => {
    const now = slider.getAttribute('aria-valuetext');
    if (now !== before && !now.includes('being asked') && document.querySelector('.figure strong')) done(performance.now() - started);
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})`;

const cursor = async (report: Report, browser: Browser, { folder, targets }: Pick<BigStore, 'folder' | 'targets'>): Promise<void> => {
  const ledger = await startLedger({ folder });
  const opened: Page = await browser.newPage();
  const query = new URLSearchParams({
    at: '2021-02-20T00:00:00+05:30',
    from: '2021-02-01T00:00:00+05:30',
    to: '2022-02-01T00:00:00+05:30',
  });
  await opened.goto(`${ledger.url}/cases/${CASE}?${query}`, { waitUntil: 'commit' });
  const seen = Number(await opened.evaluate(SEEN));
  await opened.waitForTimeout(3_000); // until what is asked for ahead is there, as it is when a reader has looked at the chart
  const taken: number[] = [];
  for (let step = 0; step < STEPS; step += 1) taken.push(Number(await opened.evaluate(STEP)));
  await opened.close();
  ledger.kill('SIGTERM');
  await ledger.exit;
  report.line(`first view of an order with ${count(targets)} targets, a year`, ms(seen));
  const p95 = quantile(taken, 0.95);
  report.bar(
    `a step of the cursor over its hours, ${STEPS} steps`,
    `p50 ${ms(median(taken))}, p95 ${ms(p95)}, worst ${ms(Math.max(...taken))}`,
    `p95 under ${ms(STEP_MS_MAX)}`,
    p95 < STEP_MS_MAX,
  );
};
