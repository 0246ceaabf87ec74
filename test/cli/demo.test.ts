/** `ledger demo`, and what it tells people to type next. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CASE_ID } from '../../examples/meity-twitter-2021/illustrative.ts';
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

  it('says of the refused accounts the same in the deadlines and in the dossier', async () => {
    const words = 'restored while the order stood, then refused, with grounds';
    const { out } = await ledger('deadlines', '--order', 'O1', '--at', '2021-02-12T09:00', '--data', folder);
    expect(out).toContain(`37  ${words}`);
    const dossier = await ledger('dossier', '--order', 'O1', '--at', '2021-02-12T09:00', '--data', folder);
    expect(dossier.out.replace(/\s+/g, ' ')).toContain(`37 ${words}`);
    expect(dossier.out.replace(/\s+/g, ' ')).toMatch(/event 3,382, recorded \d+ \w+ \d{4} \(not verified\)/);
  });

  it('gives every hour its zone, and never 10 February an hour that the source does not have', () => {
    expect([...demo.out.matchAll(/(?<![+T:])\b\d{2}:\d{2}\b(?!(?::[\d.]+)? IST|–)/g)].map(([hour]) => hour)).toEqual([]);
    expect(demo.out).toContain('10 Feb 17:00–24:00 IST, hour not known');
  });

  it('fits 100 columns', () => {
    const shown = demo.out.split('\n').filter((line) => !line.includes(folder));
    expect(shown.filter((line) => [...line].length > 100)).toEqual([]);
  });

  it('is what the README shows, but for the folder and the hour of recording', async () => {
    const [screens = ''] = demo.out.split('Recorded over HTTP');
    const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
    const undated = (text: string): string =>
      text
        .replace(/(as recorded to event [\d,]+), of .* IST$/gm, '$1, of …')
        .replace(/(event [\d,]+, recorded) \d+ \w+ \d{4} \(not verified\)$/gm, '$1 … (not verified)');
    expect(undated(screens).match(/, of …$/gm)).toHaveLength(2);
    expect(undated(screens).match(/, recorded … \(not verified\)$/gm)).toHaveLength(1);
    expect(undated(readme)).toContain(undated(screens));
  });

  it('names commands that work as they are printed', async () => {
    const commands = demo.out.split('\n').filter((line) => /^ {2}npx ledger (?!serve)/.test(line));
    expect(commands).toHaveLength(5);
    for (const [place, line] of commands.entries()) {
      const { code, out, err } = await ledger(...wordsOf(line.trim()).slice(2));
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toContain(place < 3 ? 'O1' : 'R1');
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

describe('the screen of the reported case', () => {
  const screensOf = (out: string): readonly [string, string] => {
    const [illustrative = '', rest = ''] = out.split(/^(?=ENFORCEMENT LEDGER demo {5}REAL REPORTS)/m);
    return [illustrative, rest.split('Recorded over HTTP')[0] ?? ''];
  };
  /** Wherever a long line was broken. */
  const flat = (text: string): string => text.replace(/\s+/g, ' ');

  it('is one of its own, with no figure of the illustration beside it', () => {
    const [illustrative, reported] = screensOf(demo.out);
    expect(illustrative).toMatch(/^ENFORCEMENT LEDGER demo {5}SYNTHETIC/);
    expect(illustrative).not.toContain('R1');
    expect(reported).toContain('REAL REPORTS: what others stated, not findings');
    for (const foreign of ['O1', 'O2', 'synthetic', 'Example', '97.42', '49.41']) expect(reported).not.toContain(foreign);
  });

  it('has no figure of compliance, and says why, for each order and for all', () => {
    const [, reported] = screensOf(demo.out);
    expect(reported.match(/^ORDER R\d, as reported: states [\d,]+$/gm)).toEqual([
      'ORDER R1, as reported: states 257',
      'ORDER R2, as reported: states 1,178',
    ]);
    expect(reported.match(/^ {2}compliance: .*$/gm)).toEqual([
      '  compliance: – (no percentage: no list of the accounts is on record)',
      '  compliance: – (no percentage: no list of the accounts is on record)',
      '  compliance: – (no percentage: no list of the accounts is on record for orders R1, R2)',
    ]);
  });

  it('lets each claim stand beside those that it contradicts, with who said it and where, and gives no verdict', () => {
    const reported = flat(screensOf(demo.out)[1]);
    for (const words of [
      '10 Feb 2021 12:19 IST Times Now: 702; accounts in effect, under R1, R2 Sanatan Prabhat: 709; accounts in effect, under R1, R2',
      'The Times of India (relayed by Indian Defence News): nearly 97 %, 1,398/1,435; share of accounts in effect, under R1, R2 — The Times of India via Indian Defence News',
      'Sanatan Prabhat: 1,398/1,435, second order 1,178/1,178, first order 220/257; accounts in effect, under R1, R2',
      'Indian Express: 257; posts and accounts listed, meaning tweets and handles, under R1',
      'Indian Defence News: more than 500; accounts restricted, meaning suspended permanently, under R1, R2, retelling another claim [measures: suspended; bases: platform rules]',
    ])
      expect(reported).toContain(words);
    expect(reported).not.toMatch(/\b(consistent|differs|not checkable|overstates|understates)\b/);
  });

  it('says what there is no record of', () => {
    const reported = flat(screensOf(demo.out)[1]);
    expect(reported).toContain('NOT ON RECORD service of the order: R1, R2 a list of the accounts: R1, R2');
    expect(reported).toContain('a declaration that the record is complete: R1, R2 what was done about any one account');
  });

  it('is one of two answers as JSON', async () => {
    const { code, out } = await ledger('demo', '--json', '--data', folder);
    expect(code).toBe(0);
    const { illustrative, reported } = JSON.parse(out);
    expect(illustrative.end.total.effective).toMatchObject({ numerator: 1_398, denominator: 1_435 });
    expect(reported.compliance.total.effective).toMatchObject({ percent: null, reason: 'no_target_list' });
    expect(reported.chronology.entries).toHaveLength(57);
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
        const { code, out } = await ledger('compliance', '--json', '--case', CASE_ID, '--at', at, '--data', folder);
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
