/** The golden scenario's accounts from a messy workbook: the same figures, once, whatever the order of the rows and however the import was cut short. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CASE_ID } from '../../examples/meity-twitter-2021/illustrative.ts';
import { openLogToRead } from '../../src/engines.ts';
import { engineOf } from '../support/engine.ts';
import { allEvents, importForm, saidByStream, sendImport } from '../support/imports.ts';
import { type Body, openTestLedger, type TestLedger } from '../support/ledger.ts';
import { killLedgers, startLedger } from '../support/ledger-process.ts';
import { LINES, MESSY_MAPPING, workbookOf } from '../support/messy-workbook.ts';
import { rowIn } from './read-answer.ts';
import { ROWS } from './scenario.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const ROWS_OF_SHEET = 1_435;
/** A listing each, and what was done: 1,436 and 1,936 without the hashtag's two. Seven of the mapping's own. */
const FACTS = 1_435 + 1_935 + 7;
/** The log's own, the file, the mapping, the import's beginning and end. */
const HEAD = 1 + FACTS + 4;

let workbook: Uint8Array;
let ledger: TestLedger;
let answer: Body;
beforeAll(async () => {
  workbook = await workbookOf(LINES);
  ledger = await openTestLedger();
});
afterAll(async () => {
  await ledger.close();
  await killLedgers();
});

const sheet = (file: Uint8Array) => ({ mapping: MESSY_MAPPING, file, name: 'accounts.xlsx' });
const nothing = { recorded: 0, already: ROWS_OF_SHEET, doubtful: 0, refused: 0, nothing: 0, rows: ROWS_OF_SHEET };

describe('a messy workbook of 1,435 rows', () => {
  it('is tried first, and nothing is recorded', async () => {
    const { status, body } = await sendImport(ledger, sheet(workbook), { dryRun: true });
    expect([status, body.status, body.notRecorded]).toEqual([200, 'would_be_recorded', []]);
    expect(body.rows).toEqual({ ...nothing, recorded: ROWS_OF_SHEET, already: 0 });
    expect(body.unread).toEqual(['Our remarks']);
    expect(body.samples.map(({ reads }: Body) => reads)).toContain(
      '1 Feb 2021 14:00 IST: synthetic-o1-001 (account synthetic-o1-001 on birdsite.example) withheld in IN, citing O1 [direct record]',
    );
    expect(await ledger.position()).toBe(1);
  });

  it('is recorded, row by row', async () => {
    const { status, body } = await sendImport(ledger, sheet(workbook));
    answer = body;
    expect([status, body.status, body.notRecorded, body.position]).toEqual([200, 'recorded', [], HEAD]);
    expect(body.facts).toEqual({ recorded: FACTS, already: 0, doubtful: 0, refused: 0 });
  });

  it.each(ROWS)('has the figures of the scenario at $at', async (expected) => {
    const { body } = await ledger.get(`/v1/compliance?${new URLSearchParams({ case: CASE_ID, at: expected.at })}`);
    expect(rowIn(expected.at, body)).toEqual(expected);
  });

  it('is cited by each fact, with its sheet and row', async () => {
    const facts = (await allEvents(ledger.uses.log)).filter(({ stream }) => stream.startsWith('target-'));
    for (const { data } of facts)
      expect((data as Body).sources.at(-1)).toEqual({
        name: 'accounts.xlsx',
        evidence: answer.file,
        locator: expect.stringMatching(/^sheet Accounts, row \d+$/),
      });
    expect(facts.every(({ data }) => (data as Body).batchId === answer.id)).toBe(true);
  });

  it('adds nothing the second time, nor re-sorted', async () => {
    for (const file of [workbook, await workbookOf(LINES.toReversed())]) {
      const { body } = await sendImport(ledger, sheet(file));
      expect([body.status, body.rows]).toEqual(['nothing_new', nothing]);
      expect(await ledger.position()).toBe(HEAD);
    }
  });

  it('says the same when the server was killed in the middle and it was sent again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ledger-import-'));
    const expected = saidByStream(await allEvents(ledger.uses.log));
    let kills = 0;
    for (const after of [1, 1_500, 3_000]) {
      const server = await startLedger({ folder, stderr: 'ignore' });
      const position = async (): Promise<number> => ((await (await fetch(`${server.url}/health/ready`)).json()) as Body).position;
      const sent = fetch(`${server.url}/v1/imports`, { method: 'POST', body: importForm(sheet(workbook)) }).then(
        () => 'answered',
        () => 'cut off',
      );
      await expect.poll(position, { interval: 5, timeout: 60_000 }).toBeGreaterThan(after);
      server.kill('SIGKILL');
      await server.exit;
      if ((await sent) === 'cut off') kills += 1;
    }
    expect(kills).toBeGreaterThan(0);
    const last = await startLedger({ folder });
    const reply = await fetch(`${last.url}/v1/imports`, { method: 'POST', body: importForm(sheet(workbook)) });
    const body = (await reply.json()) as Body;
    expect(body.rows.refused + body.rows.doubtful).toBe(0);
    last.kill('SIGTERM');
    await last.exit;
    const store = await openLogToRead(engineOf(folder), folder);
    expect(saidByStream(await allEvents(store))).toEqual(expected);
    await store.close();
    rmSync(folder, { recursive: true });
  });
});
