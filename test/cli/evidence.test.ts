/** `ledger evidence`: a file put on record at the command line, listed, and its bytes looked at again. */
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { killLedgers, type LedgerProcess, startLedger } from '../support/ledger-process.ts';
import { ledger, type Typed } from './typed.ts';

// Each test starts processes, which a busy machine takes its time over.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let root: string;
let folder: string;
let server: LedgerProcess;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ledger-cli-'));
  folder = join(root, 'data');
  server = await startLedger({ folder });
});
afterAll(async () => {
  await killLedgers();
  await rm(root, { recursive: true, force: true });
});

const sha256 = (bytes: string): string => createHash('sha256').update(bytes).digest('hex');
const evidence = (...args: readonly string[]): Promise<Typed> => ledger('evidence', ...args, '--data', folder);
const HOW = ['--from', 'Gazette', '--method', 'downloaded', '--obtained', '2021-02-12T09:00+05:30'];
const file = (name: string, bytes: string): string => {
  const path = join(root, name);
  writeFileSync(path, bytes);
  return path;
};
const placeOf = (hash: string): string => join(folder, 'evidence', hash.slice(0, 2), hash);

describe('ledger evidence', () => {
  it('adds a file, once, whether a server runs or not, and lists it', async () => {
    const scan = file('scan.pdf', 'a page');
    expect(await evidence('add', scan, ...HOW)).toEqual({ code: 0, out: `On record (event 2): ${sha256('a page')}\n`, err: '' });
    server.kill('SIGTERM');
    await server.exit;
    const again = await evidence('add', scan, ...HOW);
    expect(again).toEqual({ code: 0, out: `On record already (event 2): ${sha256('a page')}\n`, err: '' });
    const other = await evidence('add', file('notes', 'other words'), ...HOW, '--synthetic', '--json');
    expect(JSON.parse(other.out)).toMatchObject({ status: 'recorded', id: sha256('other words') });
    const { out } = await evidence('list');
    expect(out).toContain(`${sha256('a page')}\n`);
    expect(out).toContain(`${sha256('other words')}  synthetic\n`);
    expect(out).toContain('application/pdf, 6 bytes; from Gazette, downloaded, 12 Feb 2021 03:30 UTC');
    const listed = JSON.parse((await evidence('list', '--json')).out);
    expect(listed.evidence.map(({ mediaType, occurredAt }: { mediaType: string; occurredAt: object }) => [mediaType, occurredAt])).toEqual([
      ['application/pdf', expect.objectContaining({ precision: 'minute', zone: '+05:30' })],
      ['application/octet-stream', expect.objectContaining({ precision: 'minute', zone: '+05:30' })],
    ]);
    expect(await evidence('list', '--known-at', '1')).toEqual({ code: 0, out: 'No file is on record.\n', err: '' });
  });

  it('verifies what is there, and names what is missing or altered', async () => {
    expect(await evidence('verify')).toEqual({ code: 0, out: 'All 2 files on record are intact.\n', err: '' });
    const [altered, missing] = [sha256('a page'), sha256('other words')];
    chmodSync(placeOf(altered), 0o644);
    writeFileSync(placeOf(altered), 'another page');
    rmSync(placeOf(missing));
    const { code, out, err } = await evidence('verify');
    expect([code, out.trimEnd().split('\n').toSorted()]).toEqual([1, [`altered  ${altered}`, `missing  ${missing}`]]);
    expect(err).toContain('2');
    expect(JSON.parse((await evidence('verify', '--json')).out)).toEqual({
      files: 2,
      damaged: [
        { sha256: altered, file: 'altered' },
        { sha256: missing, file: 'missing' },
      ],
    });
    await evidence('add', join(root, 'scan.pdf'), ...HOW);
    expect((await evidence('verify')).out).toBe(`missing  ${missing}\n`);
  });

  it('says what is wrong with what was typed, by the option in which it was', async () => {
    const scan = join(root, 'scan.pdf');
    mkdirSync(join(root, 'folder'));
    const typed: readonly (readonly [readonly string[], string])[] = [
      [['add', join(root, 'nowhere'), ...HOW], 'nowhere'],
      [['add', join(root, 'folder'), ...HOW], 'folder'],
      [['add', file('empty', ''), ...HOW], 'EVIDENCE_EMPTY'],
      [['add', scan, ...HOW, '--from', 'Somebody else'], 'evidence list'],
      [['add', scan, ...HOW, '--obtained', 'yesterday'], 'yesterday'],
      [['add', scan, ...HOW, '--obtained', '2021-02-30'], '--obtained'],
      [['add', scan, ...HOW, '--derived-from', 'a'.repeat(64)], '--derived-from'],
      [['add', scan, '--from', 'Gazette'], '--method'],
      [['nothing'], 'nothing'],
    ];
    for (const [args, said] of typed) {
      const { code, out, err } = await evidence(...args);
      expect([args, code, out]).toEqual([args, 2, '']);
      expect(err).toContain(said);
    }
  });

  it('asks of no ledger: a question makes none', async () => {
    const none = join(root, 'none');
    expect(await ledger('evidence', 'list', '--data', none)).toMatchObject({ code: 3, out: '' });
    expect(await ledger('evidence', 'add', join(root, 'scan.pdf'), ...HOW, '--data', none)).toMatchObject({ code: 3, out: '' });
  });
});
