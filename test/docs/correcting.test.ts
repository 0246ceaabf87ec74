/** The guides for newcomers, typed as they stand: what they tell to type works, and gives what they say. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { environmentOf } from '../support/engine.ts';
import { type LedgerProcess, startLedger } from '../support/ledger-process.ts';

// Each block starts processes, which a busy machine takes its time over.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const run = promisify(execFile);
const ENTRY = fileURLToPath(new URL('../../bin/ledger.js', import.meta.url));

let folder: string;
let server: LedgerProcess;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-docs-'));
  server = await startLedger({ folder: join(folder, 'data') });
});
afterAll(async () => {
  server.kill('SIGTERM');
  await server.exit;
  rmSync(folder, { recursive: true });
});

/** What a reader types, block by block. The server runs already. */
const blocksOf = (page: string): readonly string[] =>
  [...readFileSync(new URL(`../../docs/${page}`, import.meta.url), 'utf8').matchAll(/^```sh\n(.*?)^```$/gms)]
    .map(([, block = '']) => block)
    .filter((block) => !block.includes('npm start'));

/** All blocks in one shell, as in one terminal: what each printed. */
const typed = async (...pages: readonly string[]): Promise<readonly string[]> => {
  const ledger = `ledger() { "${process.execPath}" "${ENTRY}" "$@" --data "${join(folder, 'data')}"; }; PATH="${join(process.execPath, '..')}:$PATH"`;
  const blocks = pages.flatMap(blocksOf);
  const script = [
    ledger,
    ...blocks.map((block) => `${block.replaceAll('npx ledger', 'ledger').replaceAll('http://127.0.0.1:4000', server.url)}printf '\\036'\n`),
  ];
  const { stdout } = await run('/bin/sh', ['-euc', script.join('\n')], { cwd: folder, env: environmentOf(join(folder, 'data')) });
  const printed = stdout.split('\u{1e}').slice(0, -1);
  expect(printed).toHaveLength(blocks.length);
  return printed;
};

describe('docs/start.md, then docs/correcting.md', () => {
  it('do what they say', async () => {
    const starts = blocksOf('start.md').length;
    const printed = await typed('start.md', 'correcting.md');
    for (const text of printed) expect(text).not.toContain('/docs/problems/');
    expect(printed[starts - 1]).toContain('1/2 = 50.00 %');
    const [imported = '', dry = '', shifted = '', column = '', one = '', moved = '', diff = ''] = printed.slice(starts);
    const json = (text: string): unknown => JSON.parse(text.split('\n')[0] ?? '');
    expect(imported).toContain('1/4 = 25.00 %');
    expect(imported).toContain('as recorded to event 12');
    const effective = (numerator: number) => ({ total: { effective: { numerator, denominator: 4 } } });
    expect(json(dry)).toMatchObject({ wouldBeRecorded: 2, figures: [{ before: effective(1), after: effective(3) }] });
    expect(json(shifted)).toMatchObject({ batch: { changed: 2, refused: 0 } });
    expect(shifted).toContain('3/4');
    expect(json(column)).toMatchObject({ batch: { changed: 2 } });
    expect(json(one)).toMatchObject({ results: [{ status: 'recorded' }] });
    expect(json(moved)).toMatchObject({ results: [{ status: 'moved' }] });
    expect(moved).toMatch(/@two +in effect/);
    expect(diff).toMatch(/@two: .* → in effect, citing the order/);
    expect(diff.replace(/\s+/g, ' ')).toContain('correction recorded, data entry, "The clock of the export was an hour ahead."');
    // What was first recorded stands beside the correction that changed it, once.
    const { stdout } = await run(process.execPath, [ENTRY, 'timeline', '--order', 'No. 1', '--each', '--data', join(folder, 'data')], {
      env: environmentOf(join(folder, 'data')),
    });
    const told = stdout.replace(/\s+/g, ' ');
    expect(told).toMatch(/"The clock of the export was an hour ahead\."; first recorded as 2 Feb 2021 11:00 IST\]/);
    expect(told).toMatch(/"The column of the policy was left out\."(; policy first recorded as not said)?\]/);
    expect(told).toMatch(/"The platform corrected its report\."; territory first recorded as IN\]/);
  });
});
