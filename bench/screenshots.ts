/** `npm run screenshots`: the pictures of the README, taken of the demo's illustrative case as it is served, in a real browser. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { CASE_ID } from '../examples/meity-twitter-2021/illustrative.ts';
import { serveExample } from './example-served.ts';
import { withFolder } from './temporary.ts';

const IMAGES = join(import.meta.dirname, '../docs/images');
const VIEWS = [
  { name: 'case-light', colorScheme: 'light', path: `/cases/${CASE_ID}?at=2021-02-12T09:00:00%2B05:30`, height: 1_212 },
  { name: 'case-dark', colorScheme: 'dark', path: `/cases/${CASE_ID}?at=2021-02-10T12:19:00%2B05:30`, height: 1_262 },
] as const;

await withFolder(async (folder) => {
  const ledger = await serveExample(folder);
  mkdirSync(IMAGES, { recursive: true });
  const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  for (const { name, colorScheme, path, height } of VIEWS) {
    const page = await browser.newPage({ colorScheme, viewport: { width: 1_100, height } });
    await page.goto(ledger.url + path);
    await page.waitForLoadState('networkidle');
    await page.screenshot({ path: join(IMAGES, `${name}.png`) });
  }
  await browser.close();
  ledger.kill('SIGTERM');
  await ledger.exit;
});
