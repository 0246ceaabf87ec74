/** The page as it is served: built from its sources, with both cases that ship on record behind it, in a real browser. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page, type Request } from 'playwright-core';
import { build } from 'vite';
import { describe, expect, vi } from 'vitest';
import { illustrativeCase } from '../../examples/meity-twitter-2021/illustrative.ts';
import { reportedCase } from '../../examples/meity-twitter-2021/reported.ts';
import { createServer } from '../../src/api/server.ts';
import type { Access } from '../../src/application/access.ts';
import { composeLedger } from '../../src/compose.ts';
import { recordExample } from '../examples/recorded-example.ts';
import { engineOf } from '../support/engine.ts';
import type { Body } from '../support/ledger.ts';
import { limitMs } from '../support/limit-ms.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
const CHROMIUM =
  process.env['CHROMIUM'] ??
  (process.env['PATH'] ?? '')
    .split(':')
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find((file) => existsSync(file));

/** What needs a browser; where there is none, one line says so. */
export const describeInBrowser = (name: string, tests: () => void): void => {
  const lacking = CHROMIUM === undefined ? ' (skipped: no Chromium here; apt-get install chromium, or set CHROMIUM to one)' : '';
  if (lacking !== '') process.stdout.write(`SKIPPED ${name}${lacking}\n`); // a report in short form names no skipped test
  describe.skipIf(lacking !== '')(`${name}${lacking}`, tests);
};

export type ServedPage = {
  readonly url: string;
  /** What the API answers. */
  readonly api: (path: string) => Promise<Body>;
  readonly post: (path: string, body: object) => Promise<Body>;
  /** A page of its own; `complaints` is what the browser said against it. `before`: a script that runs before the page's own. */
  readonly open: (path: string, options?: BrowserContextOptions & { readonly before?: string }) => Promise<Opened>;
  readonly close: () => Promise<void>;
};
export type Opened = { readonly page: Page; readonly complaints: readonly string[] };

/** `access`: who may ask; by default everybody. */
export const servePage = async ({ access }: { readonly access?: Access } = {}): Promise<ServedPage> => {
  const folder = await mkdtemp(join(tmpdir(), 'ledger-page-'));
  const pageFolder = join(folder, 'web');
  await build({ configFile: join(import.meta.dirname, '../../vite.config.ts'), logLevel: 'error', build: { outDir: pageFolder } });
  const composed = await composeLedger({
    folder,
    engine: engineOf(folder),
    name: 'page',
    recordedBy: 'local:test',
    threads: true,
    ...(access && { access }),
  });
  const app = await createServer(composed.uses, { logLevel: 'silent', pageFolder });
  const post = async (url: string, body: object, headers: object = {}): Promise<Body> => {
    const reply = await app.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/json', ...headers },
      payload: JSON.stringify(body),
    });
    expect(reply.statusCode, reply.body).toBeLessThan(300);
    return reply.json();
  };
  for (const requests of [illustrativeCase(), reportedCase()]) await recordExample(requests, post);
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  let browser: Browser | undefined;
  return {
    url,
    post,
    async api(path) {
      const reply = await app.inject(path);
      expect(reply.statusCode, reply.body).toBe(200);
      return reply.json();
    },
    async open(path, { before, ...options } = {}) {
      browser ??= await chromium.launch({ ...(CHROMIUM !== undefined && { executablePath: CHROMIUM }), args: ['--no-sandbox'] });
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
      if (before !== undefined) await context.addInitScript(before);
      const page = await context.newPage();
      followRequests(page);
      const complaints = complaintsOf(page, url);
      await page.goto(url + path);
      await settled(page);
      return { page, complaints };
    },
    async close() {
      await browser?.close();
      await app.close();
      await composed.close();
      await rm(folder, { recursive: true });
    },
  };
};

/** Errors, what the policy of the page refused, and requests to anywhere else. */
const complaintsOf = (page: Page, url: string): readonly string[] => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    // A refused question is told by the browser too; what the page makes of it is what is under test.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', async (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('blob:')) complaints.push(`asked ${request.url()}`);
  });
  return complaints;
};

type Requests = { readonly open: Set<Request>; lastAnswerMs: number };
const requestsOf = new WeakMap<Page, Requests>();

const followRequests = (page: Page): void => {
  const requests: Requests = { open: new Set(), lastAnswerMs: 0 };
  const over = (request: Request): void => {
    requests.open.delete(request);
    requests.lastAnswerMs = Date.now();
  };
  page
    .on('request', (request) => requests.open.add(request))
    .on('requestfinished', over)
    .on('requestfailed', over);
  requestsOf.set(page, requests);
};

/** Longer than the page waits for a hand to rest. */
const QUIET_MS = 280;

/** Every question is answered, none has followed for as long as a hand takes to rest, and nothing shown is late. */
export const settled = async (page: Page): Promise<void> => {
  const requests = requestsOf.get(page);
  if (!requests) throw new Error('a page that was not opened here');
  const sinceMs = Date.now();
  await vi.waitUntil(
    async () =>
      requests.open.size === 0 &&
      Date.now() - Math.max(sinceMs, requests.lastAnswerMs) > QUIET_MS &&
      (await page.locator('h1, .notice').count()) > 0 &&
      (await page.locator('.waiting, [aria-busy="true"]').count()) === 0,
    { interval: 40, timeout: limitMs(30_000) },
  );
};

/** The words that a reader sees, in one line. */
export const wordsOf = async (page: Page, selector = 'main'): Promise<string> =>
  (await page.locator(selector).first().innerText()).replace(/\s+/g, ' ');
