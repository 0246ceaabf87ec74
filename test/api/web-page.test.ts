/** How the page is served: its document at each of its addresses, its files for ever, and, where it was not built, a sentence that says so. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServer } from '../../src/api/server.ts';
import { openTestLedger, type TestLedger } from '../support/ledger.ts';

const people = { accept: 'text/html,application/xhtml+xml' };
const ID = '00000000-0000-4000-8000-00000000abcd';

let ledger: TestLedger;
let folder: string;
let built: FastifyInstance;
let bare: FastifyInstance;
beforeAll(async () => {
  ledger = await openTestLedger();
  folder = mkdtempSync(join(tmpdir(), 'ledger-built-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>the page</title>');
  writeFileSync(join(folder, 'icon.svg'), '<svg/>');
  writeFileSync(join(folder, 'assets/index-abc.js'), 'export {};');
  writeFileSync(join(folder, 'secret.txt'), 'no file of the page');
  built = await createServer(ledger.uses, { logLevel: 'silent', pageFolder: folder });
  bare = await createServer(ledger.uses, { logLevel: 'silent', pageFolder: join(folder, 'nowhere') });
});
afterAll(async () => {
  await built.close();
  await bare.close();
  await ledger.close();
  rmSync(folder, { recursive: true });
});

describe('the page, built', () => {
  it.each([
    '/',
    `/cases/${ID}`,
    `/cases/${ID}/sheet`,
    `/cases/${ID}/changes`,
    `/orders/${ID}`,
    `/targets/x`,
    `/meetings/${ID}`,
    `/events/1`,
    `/evidence/${'0'.repeat(64)}`,
    '/search?words=a',
  ])('is sent at %s, and asked for anew each time', async (url) => {
    const { statusCode, headers, body } = await built.inject({ url, headers: people });
    expect([statusCode, headers['content-type'], headers['cache-control']]).toEqual([200, 'text/html; charset=utf-8', 'no-cache']);
    expect(body).toContain('the page');
    expect(headers['content-security-policy']).toBe(
      "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;font-src 'self';connect-src 'self';base-uri 'none';form-action 'none';frame-ancestors 'none'",
    );
  });

  it('has its files kept for ever by name, and no other file of its folder', async () => {
    const { statusCode, headers } = await built.inject('/assets/index-abc.js');
    expect([statusCode, headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
    for (const url of ['/assets/none.js', '/assets/..%2fsecret.txt', '/assets/%2e%2e%2fsecret.txt', '/secret.txt', '/index.html'])
      expect((await built.inject(url)).statusCode, url).toBeGreaterThanOrEqual(400);
  });

  it.each([
    ['/nowhere', 404],
    ['/cases/%ff', 404],
  ])('tells people of a bad address %s by the page, and programs in JSON', async (url, status) => {
    const forPeople = await built.inject({ url, headers: people });
    expect([forPeople.statusCode, forPeople.body.includes('the page')]).toEqual([status, true]);
    const forPrograms = await built.inject(url);
    expect([forPrograms.statusCode, forPrograms.headers['content-type']]).toEqual([status, 'application/problem+json; charset=utf-8']);
    expect((await built.inject({ url: '/v1/nowhere', headers: people })).headers['content-type']).toContain('application/problem+json');
  });

  it('leaves the API and its documentation where they are', async () => {
    for (const url of ['/v1/cases', '/docs', '/openapi.json', '/health/live']) expect((await built.inject(url)).statusCode).toBe(200);
    expect((await built.inject({ method: 'POST', url: '/' })).statusCode).toBe(405);
  });
});

describe('an install that did not build the page', () => {
  it('says so at its address, and how to go on', async () => {
    const { statusCode, body } = await bare.inject('/');
    expect(statusCode).toBe(200);
    for (const words of ['is not built here', 'npm run build', '/docs', 'npx ledger compliance']) expect(body).toContain(words);
    expect((await bare.inject('/assets/index-abc.js')).statusCode).toBe(404);
  });
});
