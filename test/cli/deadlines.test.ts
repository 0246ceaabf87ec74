/** `ledger deadlines` as people read it; and a ledger whose rules are not there. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createServer } from '../../src/api/server.ts';
import { composeLedger } from '../../src/compose.ts';
import { DEADLINE_CAVEAT, DEADLINE_RULES } from '../../src/domain/deadlines/deadline-rules.ts';
import { readRules } from '../../src/domain/deadlines/own-rules.ts';
import { caseBody, coverageBody, listRow, orderBody, serviceBody } from '../support/bodies.ts';
import { engineOf } from '../support/engine.ts';
import { openServedLedger, type ServedLedger } from '../support/served-ledger.ts';
import { ledger } from './typed.ts';

// Each test starts processes, which a busy machine takes its time over.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let served: ServedLedger;
let order: string;
beforeAll(async () => {
  served = await openServedLedger();
  const { id: caseId } = await served.post('/v1/cases', caseBody);
  ({ id: order } = await served.post('/v1/orders', { ...orderBody(caseId), ref: 'O1', deadlineRule: { id: 'tr-5651-8a', version: 1 } }));
  await served.post(`/v1/orders/${order}/service`, serviceBody);
  await served.post(`/v1/orders/${order}/targets`, { rows: ['one', 'two'].map(listRow) });
  await served.post('/v1/coverage', coverageBody(order));
  await served.post('/v1/orders', { ...orderBody(caseId), ref: 'O2', deadlineRule: { id: 'in-s69a-emergency', version: 1 } });
});
afterAll(() => served.close());

const shown = async (...args: readonly string[]): Promise<string> => {
  const { code, out, err } = await ledger('deadlines', ...args, '--data', served.folder);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return out.replace(/\s+/g, ' '); // wherever a long line was broken
};

describe('ledger deadlines', () => {
  it('says when it is due, by which rule, who confirmed it, and what the accounts are', async () => {
    const out = await shown('--order', 'O1', '--at', '2021-01-31T20:00');
    expect(out).toContain('Rule tr-5651-8a@1, Turkey, Law 5651 Art. 8/A (confirmed by nobody)');
    expect(out).toMatch(/2 accounts, binding 31 Jan 2021 \d\d:\d\d IST: due 31 Jan 2021 \d\d:\d\d IST, by the rule; the time is over/);
    expect(out).toContain('2 not in effect, past the time set');
    expect(out).toContain('not legal advice');
    expect(out).toContain('no finding of compliance');
  });

  it('says what is owed by which provision and that it is unchecked, and not that it is not yet due where no service is on record', async () => {
    const out = await shown('--order', 'O2', '--at', '2026-11-25T12:00');
    expect(out).toContain('Owed besides, by provisions that nobody has confirmed:');
    expect(out).toContain(
      'acknowledgement of the order by the platform: no time can be reckoned: no service on record. Blocking Rules 2009 r.13 (unchecked)',
    );
    expect(out).toContain('never declared complete · assumes that nothing was changed since');
    expect(out).toContain('the record is not declared complete for that time: from what is not on record nothing follows');
    expect(await shown('--order', 'O1', '--at', '2021-01-31T20:00')).not.toContain('nothing follows');
    expect(out).not.toMatch(/not yet due|as the rule says|by at some/);
  });

  it('answers a script as the API does', async () => {
    const typed = await served.typed('deadlines', '--order', order, '--at', '2021-01-31T20:00');
    const answered = await served.get(`/v1/deadlines?orders=${order}&at=2021-01-31T14:30:00Z`);
    expect(typed).toEqual(answered);
  });
});

describe('ledger pairs', () => {
  it('says when each account is due, where a time is set', async () => {
    const { code, out } = await ledger(
      'pairs',
      '--order',
      'O1',
      '--status',
      'overdue',
      '--at',
      '2021-01-31T20:00',
      '--data',
      served.folder,
    );
    expect(code).toBe(0);
    expect(out).toMatch(/one .*due 31 Jan 2021 \d\d:\d\d IST/);
    expect(out).toContain('Rule tr-5651-8a@1, Turkey, Law 5651 Art. 8/A (confirmed by nobody)');
    expect(out.replace(/\s+/g, ' ')).toContain(DEADLINE_CAVEAT);
  });
});

describe('a ledger whose orders go by rules of its own', () => {
  it('is not opened without them: its answers would be others', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ledger-own-rules-'));
    const read = readRules({ rules: [{ id: 'acme', version: 1, framework: 'House', provision: 'Clause 4', duration: 'PT24H' }] });
    if ('faults' in read) throw new Error(read.faults.join());
    const composed = await composeLedger({
      folder,
      engine: engineOf(folder),
      name: 'own',
      recordedBy: 'local:test',
      threads: false,
      rules: read.rules,
    });
    const app = await createServer(composed.uses, { logLevel: 'silent' });
    const post = async (url: string, payload: object) => {
      const reply = await app.inject({ method: 'POST', url, payload });
      expect(reply.statusCode, reply.body).toBe(201);
      return reply.json();
    };
    const { id: caseId } = await post('/v1/cases', caseBody);
    const { id } = await post('/v1/orders', { ...orderBody(caseId), deadlineRule: { id: 'acme', version: 1 } });
    const found = await app.inject(`/v1/orders/${id}`);
    expect(found.json().order.deadlineRule).toMatchObject({ id: 'acme', duration: 'PT24H', provision: 'Clause 4' });
    await app.close();
    await composed.close();

    const without = composeLedger({
      folder,
      engine: engineOf(folder),
      name: 'own',
      recordedBy: 'local:test',
      threads: true,
      rules: DEADLINE_RULES,
    });
    await expect(without).rejects.toMatchObject({ code: 'DEADLINE_RULES_MISSING', rules: ['acme@1'] });
    const { code, err } = await ledger('orders', '--data', folder);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/acme@1.*LEDGER_DEADLINE_RULES/) });
    await rm(folder, { recursive: true });
  });
});
