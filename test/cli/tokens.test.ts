/** `ledger tokens`, and what a server and the other commands do about them: each a process of its own. */
import { existsSync, statSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { partsOfToken, type Role } from '../../src/domain/token.ts';
import { sha256Hex } from '../../src/envelope/sha256.ts';
import type { Body } from '../support/ledger.ts';
import { killLedgers, startLedger } from '../support/ledger-process.ts';
import { ledgerWith, type Typed } from './typed.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-who-'));
});
afterEach(async () => {
  await killLedgers();
  await rm(folder, { recursive: true, force: true });
});

const path = (): string => join(folder, 'tokens.json');
const typed = (...args: readonly string[]): Promise<Typed> => ledgerWith({}, ...args, '--data', folder);
const typedWith = (token: string, ...args: readonly string[]): Promise<Typed> =>
  ledgerWith({ LEDGER_TOKEN: token }, ...args, '--data', folder);
const add = (name: string, role: Role = 'reader', ...more: readonly string[]) =>
  typed('tokens', 'add', '--name', name, '--role', role, ...more);
const added = async (name: string, role: Role): Promise<string> => {
  const { code, out, err } = await add(name, role);
  expect([code, err]).toEqual([0, expect.any(String)]);
  return out.trim();
};

describe('making a token', () => {
  it('prints it once, and keeps its hash alone, for the owner of the file', async () => {
    const { code, out, err } = await add('Legal desk', 'recorder', '--expires', '30');
    expect(code).toBe(0);
    const parts = partsOfToken(out.slice(0, -1));
    expect(parts).toBeDefined();
    expect(err).toMatch(/Legal desk.*recorder/);
    expect(err).not.toContain(parts?.secret);
    const text = await readFile(path(), 'utf8');
    expect(text).not.toContain(parts?.secret);
    expect(statSync(path()).mode & 0o777).toBe(0o600);
    const [token] = JSON.parse(text).tokens;
    expect(token).toMatchObject({ id: parts?.id, name: 'Legal desk', role: 'recorder', sha256: sha256Hex(parts?.secret ?? '') });
    expect(Date.parse(token.expiresAt) - Date.parse(token.createdAt)).toBe(30 * 86_400_000);
  });

  it('loses none of several that are made at once', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const ends = await Promise.all(names.map((name) => add(name)));
    expect(ends.map(({ code }) => code)).toEqual(names.map(() => 0));
    const { out } = await typed('tokens', 'list', '--json');
    expect(
      JSON.parse(out)
        .tokens.map(({ name }: { name: string }) => name)
        .sort(),
    ).toEqual(names);
    expect(new Set(ends.map(({ out: token }) => token)).size).toBe(names.length);
  });

  it('refuses what is typed wrongly', async () => {
    await add('Anna');
    const ends = await Promise.all([
      add('anna'),
      add('local:root'),
      add('a\nb'),
      add(''),
      typed('tokens', 'add', '--name', 'Ben', '--role', 'root'),
      typed('tokens', 'add', '--name', 'Ben'),
      add('Ben', 'reader', '--expires', '0'),
      add('Ben', 'reader', '--expires', '2021-01-01T00:00Z'),
      add('Ben', 'reader', '--expires', '9999999'),
      add('Ben', 'reader', '--expires', '2099-01-01'),
    ]);
    expect(ends.map(({ code, out }) => [code, out])).toEqual(ends.map(() => [2, '']));
    expect(JSON.parse((await typed('tokens', 'list', '--json')).out).tokens).toHaveLength(1);
  });

  it('says what is wrong with the file, and leaves it alone', async () => {
    await writeFile(path(), '{"formatVersion":1,"tokens":[{"name":"x"}]}');
    for (const args of [['add', '--name', 'a', '--role', 'reader'], ['list'], ['revoke', 'x']]) {
      const { code, err } = await typed('tokens', ...args);
      expect([code, err]).toEqual([2, expect.stringMatching(/tokens\.json.*\n.*tokens\.0\.id: /)]);
    }
    expect(await readFile(path(), 'utf8')).toBe('{"formatVersion":1,"tokens":[{"name":"x"}]}');
  });

  it('needs a folder', async () => {
    const { code, err } = await ledgerWith({}, 'tokens', 'add', '--name', 'a', '--role', 'reader', '--data', join(folder, 'nowhere'));
    expect([code, err]).toEqual([4, expect.stringContaining('no folder')]);
  });

  it('goes into the file that the environment names', async () => {
    const elsewhere = join(folder, 'elsewhere.json');
    const { code } = await ledgerWith({ LEDGER_TOKENS: elsewhere }, 'tokens', 'add', '--name', 'a', '--role', 'admin', '--data', folder);
    expect([code, existsSync(elsewhere), existsSync(path())]).toEqual([0, true, false]);
  });
});

describe('tokens that there are', () => {
  it('are listed without their hashes, and revoked by name or id', async () => {
    expect((await typed('tokens', 'list')).out).toMatch(/^No tokens/);
    const { id } = partsOfToken(await added('Anna', 'reader')) ?? { id: '' };
    await added('Ben', 'admin');
    const { out } = await typed('tokens', 'list');
    expect(out.split('\n').slice(0, 2)).toEqual([
      expect.stringMatching(new RegExp(`^${id}  reader  made .* UTC  does not expire  Anna$`)),
      expect.stringMatching(/^[0-9a-f]{16} {2}admin {3}made .* {2}Ben$/),
    ]);
    expect(out).not.toMatch(/[0-9a-f]{17}/);
    expect((await typed('tokens', 'list', '--json')).out).not.toMatch(/[0-9a-f]{17}|sha256/);
    expect(JSON.parse((await typed('tokens', 'revoke', id, '--json')).out)).toMatchObject({ id, name: 'Anna', left: 1 });
    expect(await typed('tokens', 'revoke', id)).toMatchObject({ code: 3, out: '' });
    expect(await typed('tokens', 'revoke', 'Ben')).toMatchObject({ code: 0, err: expect.stringMatching(/nobody is let in/) });
    expect((await typed('tokens', 'list')).out).toMatch(/^No token is left/);
  });
});

describe('serving', () => {
  it('beyond loopback is refused until there is a token in force, and makes no ledger', async () => {
    const serve = () => typed('serve', '--host', '0.0.0.0', '--port', '0');
    expect(await serve()).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/0\.0\.0\.0.*loopback.*tokens add/) });
    await added('Anna', 'reader');
    await typed('tokens', 'revoke', 'Anna');
    expect(await serve()).toMatchObject({ code: 2, out: '' });
    expect(existsSync(join(folder, 'ledger.sqlite'))).toBe(false);
  });

  it('beyond loopback with one asks everybody, and is found by commands of this machine', async () => {
    const token = await added('Anna', 'reader');
    const server = await startLedger({ folder, before: 'export LEDGER_HOST=0.0.0.0' });
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const status = async (headers: { readonly [name: string]: string }) => (await fetch(`${server.url}/v1/cases`, { headers })).status;
    expect([await status({}), await status({ authorization: `Bearer ${token}` })]).toEqual([401, 200]);
    expect(await typed('status')).toMatchObject({ code: 4, out: '', err: expect.stringMatching(/LEDGER_TOKEN=.*\(TOKEN_REQUIRED\)/) });
    expect(JSON.parse((await typedWith(token, 'status', '--json')).out)).toMatchObject({ server: { url: server.url } });
  });

  it('is refused with a file of tokens that is wrong', async () => {
    await writeFile(path(), 'x');
    expect(await typed('serve', '--port', '0')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(/tokens\.json.*\n.*is no JSON/),
    });
    expect(existsSync(join(folder, 'ledger.sqlite'))).toBe(false);
  });

  it('follows what becomes of the tokens', async () => {
    const server = await startLedger({ folder, stderr: 'ignore' });
    const read = async (token: string) => (await fetch(`${server.url}/v1/cases`, { headers: { authorization: `Bearer ${token}` } })).status;
    expect((await fetch(`${server.url}/v1/cases`)).status).toBe(200);
    const [anna, ben] = [await added('Anna', 'reader'), await added('Ben', 'admin')];
    expect([(await fetch(`${server.url}/v1/cases`)).status, await read(anna), await read(ben)]).toEqual([401, 200, 200]);
    await typed('tokens', 'revoke', 'Anna');
    expect([await read(anna), await read(ben)]).toEqual([401, 200]);
    await writeFile(path(), '');
    expect(await read(ben)).toBe(503);
    await rm(path());
    expect(await read(ben)).toBe(503);
    expect((await fetch(`${server.url}/v1/cases`)).status).toBe(503);
  });
});

describe('commands', () => {
  const GAZETTE = ['--from', 'The gazette', '--method', 'downloaded', '--obtained', '2021-02-12'];
  const recorders = async (token: string): Promise<readonly string[]> => {
    const { url } = await startLedger({ folder });
    const reply = await fetch(`${url}/v1/events`, { headers: { authorization: `Bearer ${token}` } });
    const { events }: Body = await reply.json();
    return events
      .filter(({ envelope }: Body) => envelope.type === 'EvidenceRegistered')
      .map(({ envelope }: Body) => envelope.meta.recordedBy);
  };

  it('ask and record by the token of their environment, with a server and without', async () => {
    const [recorder, reader] = [await added('Rob', 'recorder'), await added('Rita', 'reader')];
    const files = await Promise.all(
      ['one', 'two', 'three', 'four'].map(async (text) => {
        await writeFile(join(folder, text), text);
        return join(folder, text);
      }),
    );
    const [one = '', two = '', three = '', four = ''] = files;
    const server = await startLedger({ folder });
    const byToken = await typedWith(recorder, 'evidence', 'add', one, ...GAZETTE);
    expect(byToken).toMatchObject({ code: 0, out: expect.stringMatching(/^On record/) });
    expect(await typedWith(reader, 'evidence', 'add', two, ...GAZETTE)).toMatchObject({
      code: 4,
      err: expect.stringMatching(/TOKEN_ROLE/),
    });
    const unknown = recorder.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    const refused = await typedWith(unknown, 'orders');
    expect(refused).toMatchObject({ code: 4, out: '', err: expect.stringMatching(/TOKEN_INVALID/) });
    expect(refused.err).not.toContain(partsOfToken(unknown)?.secret);
    expect(await typedWith('elt_x', 'orders')).toMatchObject({ code: 2, err: expect.stringMatching(/LEDGER_TOKEN/) });
    server.kill('SIGTERM');
    await server.exit;
    expect((await typedWith(recorder, 'evidence', 'add', three, ...GAZETTE)).code).toBe(0);
    expect((await typedWith(reader, 'evidence', 'add', two, ...GAZETTE)).code).toBe(4);
    // Who can open the folder could write to its files: he is let in, and his name is one that nobody checked.
    expect((await typed('evidence', 'add', four, ...GAZETTE)).code).toBe(0);
    expect(await recorders(reader)).toEqual(['Rob', 'Rob', expect.stringMatching(/^local:/)]);
  });
});
