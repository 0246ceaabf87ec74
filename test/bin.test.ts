/** `bin/ledger.js`: which Node it ends up under, what it hands on, and what it says when there is none. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const entry = join(import.meta.dirname, '../bin/ledger.js');

/** Stands in for src/main.ts. TypeScript, so that only a Node which strips types gets through it. */
const MAIN = `
  const [command, ...rest]: string[] = process.argv.slice(2);
  const beats = (): unknown => setInterval(() => {}, 1_000);
  if (command === 'report') console.log(JSON.stringify({ version: process.versions.node, rest }));
  if (command === 'exit') process.exitCode = Number(rest[0]);
  if (command === 'wait') {
    beats();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => { console.log(signal); process.exit(40); });
    console.log('ready');
  }
  if (command === 'die') { beats(); process.kill(process.pid, 'SIGKILL'); }
`;

/** Makes any Node look like an older one to the entry, in the process that is started and not in the one it starts. */
const OLDER = 'export {}; Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.11.0" } });';

/** The system's own Node, behind the one that npm puts first, if it really is an older one. */
const olderNodeOfTheSystem = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'node'))
  .filter((node) => existsSync(node))
  .find((node) => Number.parseInt(execFileSync(node, ['--version'], { encoding: 'utf8' }).slice(1), 10) < 26);

const nodeStandsIn = (folder: string): void => {
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  symlinkSync(process.execPath, join(folder, 'node_modules/.bin/node'));
};

const packageIn = (folder: string): string => {
  mkdirSync(join(folder, 'bin'), { recursive: true });
  mkdirSync(join(folder, 'src'));
  copyFileSync(entry, join(folder, 'bin/ledger.js'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'src/main.ts'), MAIN);
  return join(folder, 'bin/ledger.js');
};

describe.skipIf(process.platform === 'win32')('the entry (on a system with signals)', () => {
  let folder: string;
  let running: ChildProcess[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ledger-entry-'));
    writeFileSync(join(folder, 'older.mjs'), OLDER);
  });

  afterEach(() => {
    for (const child of running) child.kill('SIGKILL');
    running = [];
    rmSync(folder, { recursive: true, force: true });
  });

  const started = (node: string, args: readonly string[]) => {
    const child = spawn(node, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    running.push(child);
    return child;
  };
  const underOlderNode = (script: string, ...args: string[]) =>
    started(process.execPath, ['--import', pathToFileURL(join(folder, 'older.mjs')).href, script, ...args]);
  const underThisNode = (script: string, ...args: string[]) => started(process.execPath, [script, ...args]);

  const ended = async (child: ReturnType<typeof started>) => {
    const [[code, signal], out, err] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]);
    return { code, signal, out, err };
  };

  it('starts the ledger under a Node that is new enough, without a word of its own', async () => {
    const { code, out, err } = await ended(underThisNode(packageIn(folder), 'report', 'a', '--b=c d'));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toEqual({ version: process.versions.node, rest: ['a', '--b=c d'] });
  });

  it('runs itself again under the Node in node_modules, with the same arguments', async () => {
    nodeStandsIn(folder);
    const { code, out, err } = await ended(underOlderNode(packageIn(folder), 'report', 'a', '--b=c d'));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toEqual({ version: process.versions.node, rest: ['a', '--b=c d'] });
  });

  it('finds a Node that was put further up', async () => {
    nodeStandsIn(folder);
    const { code, out } = await ended(underOlderNode(packageIn(join(folder, 'tools/ledger')), 'report'));
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ version: process.versions.node });
  });

  it('finds it from its own place when it was called through a link', async () => {
    const script = packageIn(join(folder, 'tools/ledger'));
    nodeStandsIn(join(folder, 'tools/ledger'));
    symlinkSync(script, join(folder, 'ledger.js'));
    const { code } = await ended(underOlderNode(join(folder, 'ledger.js'), 'report'));
    expect(code).toBe(0);
  });

  it('hands on the exit code', async () => {
    nodeStandsIn(folder);
    const { code, signal } = await ended(underOlderNode(packageIn(folder), 'exit', '7'));
    expect({ code, signal }).toEqual({ code: 7, signal: null });
  });

  it('dies by the signal by which the ledger died', async () => {
    nodeStandsIn(folder);
    const { code, signal } = await ended(underOlderNode(packageIn(folder), 'die'));
    expect({ code, signal }).toEqual({ code: null, signal: 'SIGKILL' });
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('forwards %s and waits for the orderly end', async (name) => {
    nodeStandsIn(folder);
    const child = underOlderNode(packageIn(folder), 'wait');
    child.stdout.once('data', () => child.kill(name));
    const { code, out } = await ended(child);
    expect({ code, out }).toEqual({ code: 40, out: `ready\n${name}\n` });
  });

  it('ends in order when whoever handed over is killed outright', async () => {
    nodeStandsIn(folder);
    const child = underOlderNode(packageIn(folder), 'wait');
    child.stdout.once('data', () => child.kill('SIGKILL'));
    // The output ends when the last process that writes to it has ended.
    const { signal, out } = await ended(child);
    expect({ signal, out }).toEqual({ signal: 'SIGKILL', out: 'ready\nSIGTERM\n' });
  });

  it('is refused without a Node, and names what is missing and both ways to mend it', async () => {
    const { code, out, err } = await ended(underOlderNode(packageIn(folder), 'report'));
    expect({ code, out }).toEqual({ code: 1, out: '' });
    for (const fact of ['20.11.0', 'Node 26', 'node_modules/.bin', 'npm ci', 'https://nodejs.org']) expect(err).toContain(fact);
  });

  describe.skipIf(olderNodeOfTheSystem === undefined)('under an older Node in earnest (needs one on the PATH)', () => {
    const older = olderNodeOfTheSystem ?? '';

    it('runs itself again under the Node in node_modules', async () => {
      nodeStandsIn(folder);
      const { code, out, err } = await ended(started(older, [packageIn(folder), 'report', 'a']));
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(JSON.parse(out)).toEqual({ version: process.versions.node, rest: ['a'] });
    });

    it('is refused in words, not by a syntax error', async () => {
      const { code, err } = await ended(started(older, [packageIn(folder), 'report']));
      expect(code).toBe(1);
      expect(err).toContain('npm ci');
    });
  });

  it('does not hand over to a Node that is too old itself, or does not run', async () => {
    mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
    writeFileSync(join(folder, 'node_modules/.bin/node'), '#!/bin/sh\necho v22.1.0\n', { mode: 0o755 });
    const script = packageIn(folder);
    expect(await ended(underOlderNode(script, 'report'))).toMatchObject({ code: 1, out: '' });
    writeFileSync(join(folder, 'node_modules/.bin/node'), 'no program');
    expect(await ended(underOlderNode(script, 'report'))).toMatchObject({ code: 1, out: '' });
  });

  it('says so when it lies inside node_modules, where Node runs no TypeScript', async () => {
    const { code, err } = await ended(underThisNode(packageIn(join(folder, 'node_modules/ledger')), 'report'));
    expect(code).toBe(1);
    expect(err).toContain('node_modules');
    expect(err).not.toContain('    at ');
  });
});
