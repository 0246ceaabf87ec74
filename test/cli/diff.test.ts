/** `ledger diff` as people read it, and as scripts do. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { caseBody, coverageBody, listRow, orderBody, serviceBody, withholdRow } from '../support/bodies.ts';
import { type LedgerProcess, startLedger } from '../support/ledger-process.ts';
import { ledger } from './typed.ts';

// Each test starts processes, which a busy machine takes its time over.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const HOUR = '2021-02-01T14:00';

let folder: string;
let server: LedgerProcess;
/** Before the order's service is known, and after. */
let [unserved, served]: number[] = [];

const post = async (
  path: string,
  body: object,
): Promise<{ readonly id: string; readonly results: readonly { readonly stream: string; readonly event: string }[] }> => {
  const headers = { 'content-type': 'application/json' };
  const reply = await fetch(new URL(path, server.url), { method: 'POST', headers, body: JSON.stringify(body) });
  expect(reply.ok).toBe(true);
  return JSON.parse(await reply.text());
};
const position = async (): Promise<number> => {
  const reply = await fetch(new URL('/health/ready', server.url));
  const { position: at }: { readonly position: number } = JSON.parse(await reply.text());
  return at;
};
const typed = (...args: readonly string[]) => ledger('diff', ...args, '--data', folder);
const shown = async (...args: readonly string[]): Promise<string> => {
  const { code, out, err } = await typed(...args);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return out.replace(/\s+/g, ' '); // wherever a long line was broken
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-diff-'));
  server = await startLedger({ folder });
  const { id: caseId } = await post('/v1/cases', caseBody);
  const { id: order } = await post('/v1/orders', { ...orderBody(caseId), ref: 'O1' });
  await post(`/v1/orders/${order}/targets`, { rows: ['one', 'two'].map(listRow) });
  const [withheld] = (await post('/v1/actions', { rows: [withholdRow('one', [order])] })).results;
  unserved = await position();
  await post(`/v1/orders/${order}/service`, serviceBody);
  await post('/v1/coverage', coverageBody(order));
  served = await position();
  const changes = { occurredAt: '2021-02-01T15:00:00+05:30' };
  const said = { reason: 'source_corrected', explanation: 'An hour later, says the paper.' };
  await post('/v1/corrections', { rows: [{ stream: withheld?.stream, event: withheld?.event, changes, ...said }] });
});
afterAll(async () => {
  server.kill('SIGTERM');
  await server.exit;
  await rm(folder, { recursive: true });
});

describe('ledger diff', () => {
  it('says what was learned of the order, once, and which accounts read otherwise', async () => {
    const out = await shown('--from', `${unserved}`, '--to', `${served}`, '--at', HOUR);
    expect(out).toContain('before: as recorded to event 6, of');
    const unservedWords = '– (no percentage: no service of the order is on record by this time, so no account is counted)';
    expect(out).toContain(`In effect at this time: ${unservedWords} before, 1/2 = 50.00 % after`);
    expect(await shown('--from', '1', '--to', `${unserved}`, '--at', HOUR)).toContain(
      `In effect at this time: the order not on record before, ${unservedWords} after`,
    );
    expect(await shown('--from', `${unserved}`, '--at', '2021-01-30T12:00')).toContain(
      'In effect at this time: – (no percentage: no account is under an order in force at this time), before and after',
    );
    // Unit, hour, for when the record was declared complete and what was presumed, at either point of knowledge.
    expect(out).toMatch(
      /accounts under an order, 1 Feb 2021 14:00 IST · before: never declared complete · assumes that nothing was changed since 1 Feb 2021 14:00 IST · after: declared complete 31 Jan 2021 12:00 IST to 13 Feb 2021 00:00 IST by Platform, on 13 Feb 2021, event 8, recorded \d+ \w+ \d+ \(not verified\)/,
    );
    expect(out).toMatch(/— event 7, recorded [^:]+:\d\d:[\d.]+ \w+: order served; 2 accounts read otherwise with it/);
    expect(out).toMatch(/— event 8, recorded [^:]+:\d\d:[\d.]+ \w+: record declared complete; 1 account reads otherwise with it/);
    expect(out).toContain('2 accounts read otherwise:');
    expect(out).toContain('one: no service of the order on record by this time → in effect, citing the order');
    expect(out).toContain('published rules applied to recorded events; no finding');
  });

  it('says which correction changed an account, and why', async () => {
    const out = await shown('--order', 'O1', '--from', `${served}`, '--at', HOUR);
    expect(out).toContain('1 account reads otherwise:');
    expect(out).toMatch(
      /one: in effect, citing the order → nothing on record .* — event 9, recorded .* correction recorded, source corrected, "An hour later, says the paper."/,
    );
    expect(await shown('--from', `${served}`, '--to', `${served}`, '--at', HOUR)).toContain('no account reads otherwise');
  });

  it('prints the answer as it is, page by page', async () => {
    const { code, out } = await typed('--from', `${unserved}`, '--at', HOUR, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      kinds: ['account', 'post', 'url'],
      before: { orders: [{ coveredTo: null, declaredIn: null }] },
      after: { orders: [{ effective: { unit: 'pairs' }, coveredBy: 'Platform', declaredIn: { position: 8 }, presumedSince: null }] },
      from: unserved,
      orderEvents: [{}, {}],
      changes: [{ verbatim: 'one' }, { verbatim: 'two' }],
      next: null,
    });
  });

  it('refuses what names no point of knowledge', async () => {
    expect(await typed('--at', HOUR)).toMatchObject({ code: 2, err: expect.stringContaining('--from') });
    expect(await typed('--from', '7', '--to', '6')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--from: known later than `to`'),
    });
    expect(await typed('--from', 'yesterday')).toMatchObject({ code: 2 });
    expect(await typed('--from', '1', '--order', 'O9')).toMatchObject({ code: 3 });
  });
});
