/** Cases, orders and targets, as known at a position, in pages of one state. */
import { describe, expect, it } from 'vitest';
import { casePage, caseReply, listedPage, orderPage, orderReply, targetPage, targetReply } from '../../src/api/schemas/registers.ts';
import { account, caseBody, coverageBody, listRow, meetingBody, orderBody, PLATFORM, recordScene } from '../support/bodies.ts';
import type { TestLedger } from '../support/ledger.ts';
import { faultOf, pagesOf, query, read, withLedger } from '../support/reading.ts';

const listOf = (ledger: TestLedger, order: string, names: readonly string[]) =>
  ledger.post(`/v1/orders/${order}/targets`, { rows: names.map(listRow) });
const names = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => `account-${i}`);

describe('the register of cases', () => {
  it('counts orders and meetings, and knows no case before it was opened', async () => {
    await withLedger(async (ledger) => {
      const { caseId, order } = await recordScene(ledger);
      await ledger.post('/v1/meetings', meetingBody(caseId, [order]));
      const { cases, position } = await read(ledger, '/v1/cases', casePage);
      expect(cases).toMatchObject([{ id: caseId, title: 'Two orders', zone: 'Asia/Kolkata', synthetic: true, orders: 1, meetings: 1 }]);
      expect(await read(ledger, `/v1/cases/${caseId}`, caseReply)).toMatchObject({ position, knownAt: position, case: cases[0] });
      expect((await read(ledger, '/v1/cases?knownAt=1', casePage)).cases).toEqual([]);
      expect(faultOf(await ledger.get(`/v1/cases/${caseId}?knownAt=1`))).toBe('404 NOT_FOUND ');
    });
  });

  it('comes in pages of one state: what is recorded meanwhile is not in them', async () => {
    await withLedger(async (ledger) => {
      for (let i = 0; i < 5; i += 1) await ledger.post('/v1/cases', { ...caseBody, title: `Case ${i}` });
      const first = await read(ledger, '/v1/cases?limit=2', casePage);
      await ledger.post('/v1/cases', { ...caseBody, title: 'Late' });
      const second = await read(ledger, `/v1/cases?limit=3&cursor=${first.next}`, casePage);
      expect([...first.cases, ...second.cases].map(({ title }) => title)).toEqual(['Case 0', 'Case 1', 'Case 2', 'Case 3', 'Case 4']);
      expect(second.knownAt).toBe(first.knownAt);
      expect(second.next).toBeNull();
    });
  });

  it('refuses a cursor of another question, and one that nobody made', async () => {
    await withLedger(async (ledger) => {
      for (let i = 0; i < 3; i += 1) await ledger.post('/v1/cases', { ...caseBody, title: `Case ${i}` });
      const { next } = await read(ledger, '/v1/cases?limit=1', casePage);
      const beyond = Buffer.from(JSON.stringify([99, 'x', 1])).toString('base64url');
      const asked = [
        `/v1/orders?limit=1&cursor=${next}`,
        `/v1/cases?knownAt=3&cursor=${next}`,
        '/v1/cases?cursor=1',
        '/v1/cases?cursor=',
        `/v1/cases?cursor=${beyond}`,
      ];
      for (const url of asked) expect(faultOf(await ledger.get(url)), url).toBe('400 CURSOR_INVALID #/cursor');
    });
  });

  it.each([
    ['limit=0', '#/limit'],
    ['limit=1001', '#/limit'],
    ['limit=1e2', '#/limit'],
    ['knownAt=99', '#/knownAt'],
    ['knownAt=2999-01-01T00:00:00Z', '#/knownAt'],
    ['knownAt=yesterday', '#/knownAt'],
    ['minPosition=-1', '#/minPosition'],
    ['colour=red', '#/colour'],
  ])('refuses %s', async (parameters, pointer) => {
    await withLedger(async (ledger) => expect(faultOf(await ledger.get(`/v1/cases?${parameters}`))).toBe(`400 QUERY_INVALID ${pointer}`));
  });

  it('waits for minPosition, and says so if that is not reflected in time', async () => {
    await withLedger(
      async (ledger) => {
        expect((await ledger.get('/v1/cases?minPosition=1')).status).toBe(200);
        const late = await ledger.get('/v1/cases?minPosition=50');
        expect(late.status).toBe(503);
        expect(late.body).toMatchObject({ code: 'READ_MODEL_BEHIND', minPosition: 50, position: 1 });
        expect(late.headers['retry-after']).toBe('1');
      },
      { uses: (uses) => ({ ...uses, reached: async (position) => position <= 1 }) },
    );
  });
});

describe('the register of orders', () => {
  it('shows the instrument with its receipts, its coverage and its rule, which nobody has reviewed', async () => {
    await withLedger(async (ledger) => {
      const { caseId, order } = await recordScene(ledger);
      await ledger.post('/v1/coverage', coverageBody(order));
      const { order: found } = await read(ledger, `/v1/orders/${order}`, orderReply);
      expect(found).toMatchObject({
        id: order,
        caseId,
        ref: 'No. 1 of 2021',
        demand: { measure: 'disable_access', territory: ['IN'] },
        deadlineRule: { id: 'in-s69a-emergency', version: 1, reviewedBy: null },
        receipts: [{ channel: 'e-mail', receivedAt: { earliest: '2021-01-31T07:00:00.000Z' } }],
        coverage: [{ completeness: 'complete', to: '2021-02-12T18:30:00.000Z', declaredAt: { earliest: '2021-02-12T18:30:00.000Z' } }],
        coveredTo: '2021-02-12T18:30:00.000Z',
        statedTargetCount: 2,
        listed: { counted: 1, byKind: { account: 1 } },
        flags: ['count_mismatch'],
      });
    });
  });

  it('flags a list that is not what the order states, and no list at all not', async () => {
    await withLedger(async (ledger) => {
      const { body } = await ledger.post('/v1/cases', caseBody);
      const order = (await ledger.post('/v1/orders', orderBody(body.id))).body.id;
      const now = async () => (await read(ledger, `/v1/orders/${order}`, orderReply)).order;
      expect(await now()).toMatchObject({ listed: { counted: 0, byKind: {} }, flags: [] });
      await listOf(ledger, order, ['a']);
      await ledger.post(`/v1/orders/${order}/targets`, {
        rows: [{ target: { platform: PLATFORM, kind: 'hashtag', verbatim: '#h' }, assertion: 'direct_record' }],
      });
      expect(await now()).toMatchObject({ listed: { counted: 1, byKind: { account: 1, hashtag: 1 } }, flags: ['count_mismatch'] });
      await listOf(ledger, order, ['b']);
      expect(await now()).toMatchObject({ listed: { counted: 2 }, flags: [] });
    });
  });

  it('counts what is listed as known then, through retractions and new listings', async () => {
    await withLedger(async (ledger) => {
      const { order } = await recordScene(ledger, 'one');
      const listing = (await listOf(ledger, order, ['two'])).body.results[0];
      const before = await ledger.position();
      await ledger.post('/v1/retractions', { rows: [{ stream: listing.stream, event: listing.event, reason: 'wrong' }] });
      const after = await ledger.position();
      await listOf(ledger, order, ['two', 'three']);
      const counted = async (knownAt: number) =>
        (await read(ledger, `/v1/orders/${order}?knownAt=${knownAt}`, orderReply)).order.listed.counted;
      expect([await counted(before), await counted(after), await counted(after + 2)]).toEqual([2, 1, 3]);
      const listed = (await read(ledger, `/v1/orders/${order}/targets?knownAt=${after}`, listedPage)).targets;
      expect(listed.map(({ key }: { key: string }) => key)).toEqual(['one']);
    });
  });

  it('lists the orders of one case or of all, and the targets of an order in pages', async () => {
    await withLedger(async (ledger) => {
      const { caseId, order } = await recordScene(ledger, 'account-0');
      const other = (await ledger.post('/v1/cases', { ...caseBody, title: 'Other' })).body.id;
      await ledger.post('/v1/orders', { ...orderBody(other), ref: 'Other' });
      await listOf(ledger, order, names(25));
      expect((await read(ledger, '/v1/orders', orderPage)).orders).toHaveLength(2);
      expect((await read(ledger, `/v1/orders?case=${caseId}`, orderPage)).orders.map(({ id }: { id: string }) => id)).toEqual([order]);
      const pages = await pagesOf(ledger, `/v1/orders/${order}/targets?limit=10`, 'targets');
      expect(pages.map(({ length }) => length)).toEqual([10, 10, 5]);
      expect(new Set(pages.flat().map(({ id }) => id)).size).toBe(25);
      expect(faultOf(await ledger.get(`/v1/orders/${caseId}/targets`))).toBe('404 NOT_FOUND ');
    });
  });
});

describe('the register of targets', () => {
  it('finds a target by any way of writing it, with the orders that list it', async () => {
    await withLedger(async (ledger) => {
      const { order, withheld } = await recordScene(ledger, '@Listed');
      const found = await read(ledger, `/v1/targets?${query({ ...account('LISTED') })}`, targetPage);
      expect(found.targets).toMatchObject([{ id: withheld.target, key: 'listed', verbatim: '@Listed' }]);
      expect((await read(ledger, `/v1/targets?${query({ ...account('nobody') })}`, targetPage)).targets).toEqual([]);
      expect(await read(ledger, `/v1/targets/${withheld.target}`, targetReply)).toMatchObject({
        target: { key: 'listed' },
        listedBy: [{ order, ref: 'No. 1 of 2021' }],
      });
      expect(faultOf(await ledger.get('/v1/targets?kind=account'))).toBe('400 QUERY_INVALID #/verbatim');
      expect(faultOf(await ledger.get(`/v1/targets/${order}`))).toBe('404 NOT_FOUND ');
    });
  });
});
