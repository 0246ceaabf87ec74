/** `ledger trail`, `ledger dossier` and `ledger state`, as people read them and as scripts do. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { caseBody, coverageBody, listRow, orderBody, serviceBody, withholdRow } from '../support/bodies.ts';
import { openServedLedger, type ServedLedger } from '../support/served-ledger.ts';
import { ledger } from './typed.ts';

// Each test starts processes, which a busy machine takes its time over.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const AT = ['--at', '2021-02-10T18:00+05:30'];

let served: ServedLedger;
let target: string;
beforeAll(async () => {
  served = await openServedLedger();
  const { id: caseId } = await served.post('/v1/cases', caseBody);
  const { id: order } = await served.post('/v1/orders', { ...orderBody(caseId), ref: 'O1' });
  await served.post(`/v1/orders/${order}/service`, serviceBody);
  await served.post(`/v1/orders/${order}/targets`, { rows: ['one', 'two'].map(listRow) });
  const { results } = await served.post('/v1/actions', { rows: [withholdRow('one', [order])] });
  target = results[0].stream.replace('target-', '');
  await served.post('/v1/coverage', coverageBody(order));
});
afterAll(() => served.close());

const typed = (...args: readonly string[]) => ledger(...args, '--data', served.folder);
const shown = async (...args: readonly string[]): Promise<string> => {
  const { code, out, err } = await typed(...args);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return out.replace(/\s+/g, ' '); // wherever a long line was broken
};

describe('ledger trail', () => {
  it('tells of an account by its name or its id, event by event, with what it was then', async () => {
    const byName = await shown('trail', '--target', 'one', ...AT);
    expect(byName).toContain('one withheld in IN, citing O1');
    expect(byName).toContain('→ O1: in effect');
    expect(byName).toContain('no confirmation on record (an interim direction)');
    expect(byName).toContain('no finding of compliance');
    expect(await shown('trail', '--target', target, ...AT)).toBe(byName);
  });

  it('answers a script as the API does, and writes the sheet and the page that the API sends', async () => {
    const path = `/v1/targets/${target}/audit-trail?at=2021-02-10T12:30:00Z`;
    const trail = await served.get(path);
    expect(await served.typed('trail', '--target', target, ...AT)).toEqual(trail);
    expect(trail).toMatchObject({ zone: 'Asia/Kolkata', synthetic: true, sort: 'occurred' });
    const sheet = await typed('trail', '--target', target, ...AT, '--csv');
    expect(sheet.out.trim()).toBe((await served.app.inject(`${path}&format=csv`)).body.trim());
    const page = await typed('trail', '--target', target, ...AT, '--html');
    expect(page.out).toContain('<style>@page');
    expect(page.out).not.toContain('href=');
    expect(page.out.trim()).toBe((await served.app.inject(`${path}&format=html`)).body.trim());
    expect((await typed('trail', '--target', target, '--csv', '--html')).code).toBe(2);
  });

  it('without an hour typed is about the end to which the record is declared complete, and says so', async () => {
    const why = '(no instant given: the end to which the record is declared complete)';
    expect(await shown('trail', '--target', 'one')).toContain(why);
    expect(await shown('dossier', '--order', 'O1')).toContain(why);
    expect(await shown('dossier', '--order', 'O1', ...AT)).not.toContain('no instant given');
  });

  it('says that no such account is on record', async () => {
    const { code, err } = await typed('trail', '--target', 'nobody');
    expect({ code, err }).toEqual({ code: 3, err: expect.stringMatching(/Nothing called "nobody" is on record/) });
    // No account can be called so: it is a hashtag, of which there is none.
    const hashtag = await typed('trail', '--target', '#synthetic-h1');
    expect(hashtag).toMatchObject({ code: 3, err: expect.stringMatching(/Nothing called "#synthetic-h1" is on record/) });
  });
});

describe('ledger timeline of an account', () => {
  it('takes what the trail takes, with the same words on a miss', async () => {
    const byName = await shown('timeline', '--target', '@One');
    expect(byName).toContain('one withheld in IN, citing O1');
    expect(await shown('timeline', '--target', target)).toBe(byName);
    expect((await typed('timeline', '--target', 'one', '--known-at', '2021-02-10T18:00')).code).toBe(3);
    const missed = await typed('timeline', '--target', 'nobody');
    expect(missed).toEqual(await typed('trail', '--target', 'nobody'));
  });
});

describe('ledger dossier', () => {
  it('tells of an order with its accounts after each event', async () => {
    const out = await shown('dossier', '--order', 'O1', ...AT);
    expect(out).toContain('2 accounts listed by order O1');
    expect(out).toMatch(/→ 1 in effect → 1 nothing on record that does what the order asks/);
    expect(out).toContain('What the record lacks:');
  });
});

describe('ledger state', () => {
  it('says what was in effect, by what record, and how long after the act it was recorded', async () => {
    const out = await shown('state', '--order', 'O1', ...AT);
    expect(out).toContain('In effect at this time: 1/2 = 50.00 %');
    expect(out).toMatch(/: this account withheld in IN, citing O1/);
    expect(out).toMatch(/— event 7: direct record, no file attached; recorded .* days after/);
    expect(out).toContain('no restriction, and no refusal under this order, on record by then');
    expect(await served.typed('state', '--order', 'O1', ...AT)).toMatchObject({ orders: [{ inEffectBefore: 0 }] });
  });

  it('names each account with its events where it is asked to, and prints what to type next as it runs', async () => {
    const hint = /^Every account with its events: npx ledger (.*)$/m.exec((await typed('state', '--order', 'O1', ...AT)).out)?.[1];
    expect(hint).toBe(`state --order O1 ${AT.join(' ')} --each --data ${served.folder}`);
    const { code, out } = await ledger(...(hint ?? '').split(' '));
    expect(code).toBe(0);
    expect(out).toMatch(/^ +one: event 7$/m);
    expect(out).toMatch(/^ +two$/m);
    expect(out).not.toContain('Every account with its events');
    const next = /^Of one account, what it was before and since: npx ledger (.*)$/m.exec(out)?.[1];
    expect(next).toBe(`trail --target one --data ${served.folder}`);
    expect((await ledger(...(next ?? '').split(' '))).code).toBe(0);
  });
});
