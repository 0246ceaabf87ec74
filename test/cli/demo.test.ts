/** `ledger demo`, and what it tells people to type next. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeUpIn, rowIn } from '../examples/read-answer.ts';
import { MAKE_UPS, ROWS } from '../examples/scenario.ts';
import { type LedgerProcess, startLedger } from '../support/ledger-process.ts';
import { ledger, type Typed } from './typed.ts';

// Each test starts processes, which a busy machine takes its time over.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let root: string;
let folder: string;
let demo: Typed;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ledger-demo-test-'));
  folder = join(root, 'a folder'); // whose name a shell would split
  demo = await ledger('demo', '--data', folder);
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** Words of a command line, quoted ones whole. */
const wordsOf = (line: string): readonly string[] =>
  [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');

describe('the demo, where nobody watches', () => {
  it('ends with 0 and without a word of complaint', () => {
    expect({ code: demo.code, err: demo.err }).toEqual({ code: 0, err: '' });
  });

  it('prints the figures of the scenario', () => {
    for (const figure of ['1,398/1,435 = 97.42 %', '220/257 = 85.60 %', '250/257 = 97.28 %', '0/257 = 0.00 %'])
      expect(demo.out).toContain(figure);
    for (const [pairs, words] of [
      ['885', 'citing the order'],
      ['513', "under the platform's own rules, suspended worldwide"],
      ['37', 'restored while the order stood, then refused, with grounds'],
    ])
      expect(demo.out).toContain(`${pairs}  ${words}`);
    expect(demo.out).toContain('689 more followed the meeting');
    expect(demo.out).toContain('33 to 40 h');
  });

  it('shows what was known before the correction and after it', () => {
    expect(demo.out).toMatch(/as known to event 3,393: +1\/257 = 0\.39 %/);
    expect(demo.out).toMatch(/as known to event 3,394: +0\/257 = 0\.00 %/);
  });

  it('gives every hour its zone, and never 10 February an hour that the source does not have', () => {
    expect([...demo.out.matchAll(/(?<![+T])\b\d{2}:\d{2}\b(?! IST|–)/g)].map(([hour]) => hour)).toEqual([]);
    expect(demo.out).toContain('10 Feb 17:00–24:00 IST, hour not known');
  });

  it('fits 100 columns', () => {
    const shown = demo.out.split('\n').filter((line) => !line.includes(folder));
    expect(shown.filter((line) => [...line].length > 100)).toEqual([]);
  });

  it('is what the README shows, but for the folder and the hour of recording', async () => {
    const [screen = ''] = demo.out.split('Recorded over HTTP');
    const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
    const undated = (text: string): string => text.replace(/(as recorded to event 3,394), of .* IST$/m, '$1, of …');
    expect(undated(screen)).toContain(', of …');
    expect(undated(readme)).toContain(undated(screen));
  });

  it('names commands that work as they are printed', async () => {
    const commands = demo.out.split('\n').filter((line) => /^ {2}npx ledger (?!serve)/.test(line));
    expect(commands).toHaveLength(3);
    for (const line of commands) {
      const { code, out, err } = await ledger(...wordsOf(line.trim()).slice(2));
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toContain('O1');
    }
  });

  it('repeats quietly in the same folder', async () => {
    expect(await ledger('demo', '--data', folder)).toEqual(demo);
  });

  it('keeps out of a ledger of something else', async () => {
    const other = join(root, 'other');
    const server = await startLedger({ folder: other });
    server.kill('SIGTERM');
    expect(await server.exit).toBe(0);
    expect(await ledger('demo', '--data', other)).toMatchObject({ code: 4, out: '' });
    expect(JSON.parse((await ledger('status', '--json', '--data', other)).out)).toMatchObject({ position: 1 });
  });
});

describe('ledger compliance --json', () => {
  let server: LedgerProcess;

  beforeAll(async () => {
    server = await startLedger({ folder });
  });
  afterAll(async () => {
    server.kill('SIGTERM');
    await server.exit;
  });

  const answersAt = (instants: readonly string[]) =>
    Promise.all(
      instants.map(async (at) => {
        const { code, out } = await ledger('compliance', '--json', '--at', at, '--data', folder);
        expect(code).toBe(0);
        return { at, answer: JSON.parse(out) };
      }),
    );

  it('has the figures of the scenario at each of its instants', async () => {
    const found = await answersAt(ROWS.map(({ at }) => at));
    expect(found.map(({ at, answer }) => rowIn(at, answer))).toEqual(ROWS);
  });

  it('has the make-up of the scenario', async () => {
    const found = await answersAt(MAKE_UPS.map(({ at }) => at));
    expect(found.map(({ at, answer }) => makeUpIn(at, answer))).toEqual(MAKE_UPS);
  });
});
