/** Who holds a data folder, and what commands do about it. */
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { takeLease } from '../../src/event-store/sqlite.ts';
import { type LedgerProcess, startLedger } from '../support/ledger-process.ts';
import { ledger } from './typed.ts';

// Each test starts processes, which a busy machine takes its time over.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let folder: string;
const inFolder = (...args: readonly string[]) => ledger(...args, '--data', folder);
const serverFile = (): string => join(folder, 'server.json');

const caseOpened = {
  title: 'Case',
  zone: 'Asia/Kolkata',
  occurredAt: '2021-01-31T11:00:00+05:30',
  assertion: 'direct_record',
  synthetic: true,
};
const orderIssued = (ref: string, caseId: string) => ({
  ref,
  caseId,
  instrument: 'direction',
  authority: { organisation: 'Ministry' },
  addressee: { organisation: 'Platform' },
  platform: 'birdsite.example',
  legalBasis: [],
  grounds: [],
  reasonsRecorded: 'unstated',
  urgency: 'ordinary',
  demand: { measure: 'disable_access', territory: ['IN'] },
  deadlineRule: { id: 'none', version: 1 },
  confidential: false,
  occurredAt: '2021-01-31T12:00:00+05:30',
  assertion: 'direct_record',
});

const posted = async (server: LedgerProcess, path: string, body: object): Promise<string> => {
  const reply = await fetch(new URL(path, server.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(reply.status).toBe(201);
  const { id }: { id: string } = JSON.parse(await reply.text());
  return id;
};

const stopped = async (server: LedgerProcess): Promise<void> => {
  server.kill('SIGTERM');
  await server.exit;
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-cli-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a server', () => {
  it('says where it is, and takes that back when it is told to stop', async () => {
    const server = await startLedger({ folder });
    expect(JSON.parse(await readFile(serverFile(), 'utf8'))).toEqual({ url: server.url, pid: server.pid });
    server.kill('SIGTERM');
    expect(await server.exit).toBe(0);
    expect(existsSync(serverFile())).toBe(false);
  });

  it('is asked by commands, and answers as the ledger itself does', async () => {
    const server = await startLedger({ folder });
    const caseId = await posted(server, '/v1/cases', caseOpened);
    const order = await posted(server, '/v1/orders', orderIssued('No. 1', caseId));
    const at = '2021-02-01T00:00:00.000Z';
    const api = await (await fetch(new URL(`/v1/compliance?orders=${order}&at=${at}`, server.url))).text();
    const asking = () => inFolder('compliance', '--json', '--order', 'No. 1', '--at', at);
    expect(await asking()).toEqual({ code: 0, out: `${api}\n`, err: '' });
    expect(JSON.parse((await inFolder('status', '--json')).out)).toMatchObject({
      position: 3,
      server: { url: server.url, pid: server.pid },
    });
    await stopped(server);
    expect(await asking()).toEqual({ code: 0, out: `${api}\n`, err: '' });
    expect(JSON.parse((await inFolder('status', '--json')).out)).toMatchObject({ position: 3, server: null });
  });

  it('lets neither a second one nor a rebuild take its folder', async () => {
    const server = await startLedger({ folder });
    const second = await inFolder('serve', '--port', '0');
    expect(second).toMatchObject({ code: 4, out: '' });
    expect(second.err).toContain(server.url);
    const onItsPort = await inFolder('serve', '--port', new URL(server.url).port);
    expect(onItsPort).toEqual(second);
    expect(await inFolder('rebuild')).toMatchObject({ code: 4, out: '' });
    await stopped(server);
    expect(await inFolder('rebuild', '--json')).toEqual({ code: 0, out: '{"position":1}\n', err: '' });
  });

  it('that was killed is no obstacle', async () => {
    const server = await startLedger({ folder });
    server.kill('SIGKILL');
    await server.exit;
    expect(existsSync(serverFile())).toBe(true);
    expect(JSON.parse((await inFolder('status', '--json')).out)).toMatchObject({ server: null });
    const next = await startLedger({ folder });
    await stopped(next);
    expect(existsSync(serverFile())).toBe(false);
  });
});

describe('a folder held by a process that is no server', () => {
  it('is left alone, whatever a stale server.json says', async () => {
    await stopped(await startLedger({ folder }));
    await writeFile(serverFile(), '{"url":"http://127.0.0.1:1","pid":1}\n');
    const lease = takeLease(folder);
    const { code, out, err } = await inFolder('status');
    lease.release();
    expect({ code, out }).toEqual({ code: 4, out: '' });
    expect(err).toContain('http://127.0.0.1:1');
    expect((await inFolder('status')).code).toBe(0);
  });
});

describe('orders named by a reference', () => {
  let server: LedgerProcess;
  let own: string;
  const ask = (...args: readonly string[]) => ledger('compliance', '--data', own, ...args);

  beforeAll(async () => {
    own = await mkdtemp(join(tmpdir(), 'ledger-cli-orders-'));
    server = await startLedger({ folder: own });
  });
  afterAll(async () => {
    await stopped(server);
    await rm(own, { recursive: true, force: true });
  });

  it('that several bear are refused, with the ids to choose from', async () => {
    const caseId = await posted(server, '/v1/cases', caseOpened);
    const ids = [
      await posted(server, '/v1/orders', orderIssued('No. 7', caseId)),
      await posted(server, '/v1/orders', orderIssued('No. 7', caseId)),
    ];
    const { code, err } = await ask('--order', 'No. 7');
    expect(code).toBe(2);
    for (const id of ids) {
      expect(err).toContain(id);
      expect((await ask('--order', id)).code).toBe(0);
    }
  });

  it('that none bears are not found', async () => {
    expect(await ask('--order', 'No. 8')).toMatchObject({ code: 3, out: '' });
    expect(await ask('--order', 'c9504fb1-ce77-51a8-9e21-30e8bad02525')).toMatchObject({ code: 3, out: '' });
  });
});

describe('what cannot be done', () => {
  it('is told from what was typed wrongly', async () => {
    const typed = [['nothing'], ['compliance', '--at'], ['pairs'], ['serve', '--host', '0.0.0.0'], ['serve', '--port', '65536']];
    const ends = await Promise.all(typed.map((args) => inFolder(...args)));
    expect(ends.map(({ code, out }) => ({ code, out }))).toEqual(typed.map(() => ({ code: 2, out: '' })));
  });

  it('is that there is no ledger: a question makes none', async () => {
    expect(await inFolder('compliance')).toMatchObject({ code: 3, out: '' });
    expect(await inFolder('rebuild')).toMatchObject({ code: 3, out: '' });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is to listen on a port that is taken, and nothing comes of it', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const address = taken.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const { code, err } = await ledger('serve', '--port', port, '--data', join(folder, 'new'));
    taken.close();
    expect(code).toBe(4);
    expect(err).toContain(port);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is to keep data where there can be no folder', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    expect(await ledger('serve', '--port', '0', '--data', file)).toMatchObject({ code: 4, out: '' });
    expect(await ledger('serve', '--port', '0', '--data', join(file, 'below'))).toMatchObject({ code: 4, out: '' });
  });
});
