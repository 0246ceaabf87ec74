/** Compliance at an instant, hour by hour and account by account, over HTTP: the questions; the figures themselves are tested elsewhere. */
import { describe, expect, it } from 'vitest';
import { diffReply } from '../../src/api/compliance-diff.ts';
import { curveReply, pairsReply, sheetReply, stateReply } from '../../src/api/schemas/compliance.ts';
import { parseInstant } from '../../src/domain/time.ts';
import {
  caseBody,
  coverageBody,
  declineRow,
  listRow,
  meetingBody,
  orderBody,
  recordScene,
  reinstateRow,
  serviceBody,
  withholdRow,
} from '../support/bodies.ts';
import type { Body, TestLedger } from '../support/ledger.ts';
import { faultOf, pagesOf, query, read, withLedger } from '../support/reading.ts';

const IN_FORCE = '2021-02-01T14:00:00+05:30';
const LIFTED = '2021-02-01T19:50:00+05:30';
const names = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => `n-${i}`);

/** Ten more accounts: the first five withheld and reinstated, the sixth refused. */
const recordMany = async (ledger: TestLedger) => {
  const scene = await recordScene(ledger);
  await ledger.post(`/v1/orders/${scene.order}/targets`, { rows: names(10).map(listRow) });
  const withheld = names(5).map((name) => withholdRow(name, [scene.order]));
  await ledger.post('/v1/actions', { rows: [...withheld, ...names(5).map(reinstateRow), declineRow('n-5', [scene.order])] });
  return scene;
};

describe('compliance at an instant', () => {
  it('is answered for orders or a case, at the time of the request by default', async () => {
    await withLedger(
      async (ledger) => {
        const { caseId, order } = await recordScene(ledger);
        const ofOrder = await read(ledger, `/v1/compliance?${query({ orders: order, at: IN_FORCE })}`, stateReply);
        expect(ofOrder).toMatchObject({
          validAt: '2021-02-01T08:30:00.000Z',
          position: 6,
          knownAt: 6,
          rulesVersion: 2,
          kinds: ['account', 'post', 'url'],
        });
        expect(ofOrder.orders).toMatchObject([{ order, effective: { numerator: 1, denominator: 1 } }]);
        expect(await read(ledger, `/v1/compliance?${query({ case: caseId, at: IN_FORCE })}`, stateReply)).toEqual(ofOrder);
        expect((await read(ledger, `/v1/compliance?case=${caseId}`, stateReply)).validAt).toBe('2021-02-14T09:00:00.000Z');
        const hashtags = await read(
          ledger,
          `/v1/compliance?${query({ orders: order, at: IN_FORCE, kinds: 'hashtag', groupBy: 'kind' })}`,
          stateReply,
        );
        expect(hashtags.total).toMatchObject({ effective: { denominator: 0 }, groups: [{ group: 'hashtag' }] });
      },
      { clock: () => parseInstant('2021-02-14T09:00:00.000Z') },
    );
  });

  it('takes several orders, in either form of a list, and sums them', async () => {
    await withLedger(async (ledger) => {
      const { caseId, order } = await recordScene(ledger);
      const second = (await ledger.post('/v1/orders', { ...orderBody(caseId), ref: 'No. 2' })).body.id;
      await ledger.post(`/v1/orders/${second}/service`, serviceBody);
      await ledger.post(`/v1/orders/${second}/targets`, { rows: [listRow('listed-1')] });
      const at = query({ at: IN_FORCE });
      const commas = await ledger.get(`/v1/compliance?orders=${order},${second}&${at}`);
      expect(commas.body.total.effective).toMatchObject({ numerator: 2, denominator: 2 });
      expect((await ledger.get(`/v1/compliance?orders=${order}&orders=${second}&orders=${order}&${at}`)).body).toEqual(commas.body);
    });
  });

  it('adds no synthetic order to a real one, and says which is which', async () => {
    await withLedger(async (ledger) => {
      const { order } = await recordScene(ledger);
      const realCase = (await ledger.post('/v1/cases', { ...caseBody, synthetic: false })).body.id;
      const real = (await ledger.post('/v1/orders', { ...orderBody(realCase), ref: 'Real' })).body.id;
      await ledger.post(`/v1/orders/${real}/service`, serviceBody);
      await ledger.post(`/v1/orders/${real}/targets`, { rows: [listRow('of-the-real-one')] });
      const orders = `${order},${real}`;
      const told = [
        { order, synthetic: true },
        { order: real, synthetic: false },
      ];
      const none = { total: null, totalReason: 'mixed_synthetic' };
      expect(await read(ledger, `/v1/compliance?${query({ orders, at: IN_FORCE, groupBy: 'kind' })}`, stateReply)).toMatchObject({
        orders: told,
        ...none,
      });
      expect(await read(ledger, `/v1/compliance?${query({ orders, from: IN_FORCE, to: LIFTED })}`, curveReply)).toMatchObject({
        orders: told,
        ...none,
      });
      expect(await read(ledger, `/v1/compliance/state?${query({ orders, at: IN_FORCE })}`, sheetReply)).toMatchObject({
        orders: told,
        ...none,
      });
      expect(await read(ledger, `/v1/compliance/diff?${query({ orders, from: 1, at: IN_FORCE })}`, diffReply)).toMatchObject({
        after: none,
      });
      const alone = await read(ledger, `/v1/compliance?${query({ orders: real, at: IN_FORCE })}`, stateReply);
      expect(alone).toMatchObject({ orders: [{ synthetic: false }], total: { effective: { denominator: 1 } } });
      expect(alone).not.toHaveProperty('totalReason');
    });
  });

  it('refuses what it does not know, and questions that are two', async () => {
    await withLedger(async (ledger) => {
      const { caseId, order } = await recordScene(ledger);
      const fault = async (parts: Parameters<typeof query>[0]) => faultOf(await ledger.get(`/v1/compliance?${query(parts)}`));
      expect(await fault({})).toBe('400 QUERY_INVALID #/orders');
      expect(await fault({ case: caseId, orders: order })).toBe('400 QUERY_INVALID #/orders');
      expect(await fault({ orders: caseId })).toBe('400 QUERY_INVALID #/orders');
      expect(await fault({ orders: order, knownAt: 2 })).toBe('400 QUERY_INVALID #/orders');
      expect(await fault({ case: order })).toBe('400 QUERY_INVALID #/case');
      expect(await fault({ orders: order, kinds: 'class' })).toBe('400 QUERY_INVALID #/kinds/0');
      expect(await fault({ orders: order, at: '2021-02-01T14:00' })).toBe('400 QUERY_INVALID #/at');
      expect(await fault({ orders: order, at: IN_FORCE, from: IN_FORCE, to: LIFTED })).toBe('400 QUERY_INVALID #/at');
      expect(await fault({ orders: order, from: IN_FORCE })).toBe('400 QUERY_INVALID #/to');
      expect(await fault({ orders: order, from: LIFTED, to: IN_FORCE })).toBe('400 QUERY_INVALID #/to');
      expect(await fault({ orders: order, at: IN_FORCE, step: 'PT1H' })).toBe('400 QUERY_INVALID #/step');
      expect(await fault({ orders: order, from: IN_FORCE, to: LIFTED, step: 'PT1S' })).toBe('400 QUERY_INVALID #/step');
      expect(await fault({ orders: order, from: '2000-01-01T00:00:00Z', to: LIFTED })).toBe('400 QUERY_INVALID #/step');
      expect(await fault({ orders: order, from: IN_FORCE, to: LIFTED, zone: 'Mars' })).toBe('400 QUERY_INVALID #/zone');
    });
  });

  it('is answered for a case without orders as nothing', async () => {
    await withLedger(async (ledger) => {
      const { body } = await ledger.post('/v1/cases', caseBody);
      const { orders, total } = await read(ledger, `/v1/compliance?case=${body.id}`, stateReply);
      expect(orders).toEqual([]);
      expect(total.effective).toMatchObject({ denominator: 0, percent: null, reason: 'empty_population' });
    });
  });
});

describe('what is declared complete', () => {
  const presumedAt = async (ledger: TestLedger, order: string, at: string) => {
    const { total } = await read(ledger, `/v1/compliance?${query({ orders: order, at })}`, stateReply);
    const { isCoveredAt, coveredFrom, coveredTo, coveredBy, declaredAt, presumedSince } = total;
    return { isCoveredAt, coveredFrom, coveredTo, coveredBy, declaredAt, presumedSince };
  };
  const [FROM, TO] = ['2021-02-01T18:30:00.000Z', '2021-02-12T18:30:00.000Z'];

  it('is told of the very instant, with who declared it and when', async () => {
    await withLedger(async (ledger) => {
      const { order } = await recordScene(ledger);
      const nothing = { isCoveredAt: false, coveredFrom: null, coveredTo: null, coveredBy: null, declaredAt: null };
      const withheld = '2021-02-01T08:30:00.000Z';
      expect(await presumedAt(ledger, order, '2021-02-05T00:00:00Z')).toEqual({ ...nothing, presumedSince: withheld });
      await ledger.post('/v1/coverage', { ...coverageBody(order), from: '2021-02-02T00:00:00+05:30' });
      const declared = { coveredFrom: FROM, coveredTo: TO, coveredBy: 'Platform', declaredAt: { earliest: TO, latest: TO } };
      for (const at of [FROM, '2021-02-05T00:00:00Z', TO])
        expect(await presumedAt(ledger, order, at)).toEqual({ isCoveredAt: true, ...declared, presumedSince: null });
      expect(await presumedAt(ledger, order, '2021-02-13T00:00:00Z')).toEqual({ isCoveredAt: false, ...declared, presumedSince: TO });
      expect(await presumedAt(ledger, order, '2021-02-01T12:00:00Z')).toEqual({ isCoveredAt: false, ...declared, presumedSince: withheld });
    });
  });

  it('is, of several orders, what holds for all; an order not issued yet has nothing to cover', async () => {
    await withLedger(async (ledger) => {
      const { caseId, order } = await recordScene(ledger);
      const later = { ...orderBody(caseId), ref: 'No. 2', occurredAt: '2021-02-04T12:00:00+05:30' };
      const second = (await ledger.post('/v1/orders', later)).body.id;
      await ledger.post('/v1/coverage', coverageBody(order));
      const both = `${order},${second}`;
      expect(await presumedAt(ledger, both, '2021-02-03T00:00:00Z')).toMatchObject({ isCoveredAt: true, coveredTo: TO });
      expect(await presumedAt(ledger, both, '2021-02-05T00:00:00Z')).toMatchObject({ isCoveredAt: false, coveredTo: null });
      await ledger.post('/v1/coverage', { ...coverageBody(second), from: '2021-02-04T12:00:00+05:30' });
      const narrower = { isCoveredAt: true, coveredFrom: '2021-02-04T06:30:00.000Z', coveredTo: TO };
      expect(await presumedAt(ledger, both, '2021-02-05T00:00:00Z')).toMatchObject(narrower);
    });
  });
});

describe('the curve', () => {
  it('has the local hours of the case, each change, and what happened to the orders beside it', async () => {
    await withLedger(async (ledger) => {
      const { caseId, order } = await recordScene(ledger);
      await ledger.post('/v1/actions', { rows: [reinstateRow('listed-1')] });
      await ledger.post('/v1/meetings', { ...meetingBody(caseId, [order]), occurredAt: '2021-02-01T18:00:00+05:30', endedAt: undefined });
      const period = { from: '2021-02-01T13:10:00+05:30', to: '2021-02-01T21:00:00+05:30' };
      const curve = await read(ledger, `/v1/compliance?${query({ case: caseId, ...period, step: 'PT2H' })}`, curveReply);
      expect(curve).toMatchObject({ zone: 'Asia/Kolkata', step: 'PT2H', changes: 'all', from: '2021-02-01T07:40:00.000Z' });
      expect(curve.total.points.map(({ at, is, effective }: Body) => `${at.slice(11, 16)} ${is} ${effective.numerator}`)).toEqual([
        '07:40 sample 0',
        '08:30 change 1',
        '09:30 sample 1',
        '11:30 sample 1',
        '13:30 sample 1',
        '14:20 change 0',
      ]);
      expect(curve.markers).toMatchObject([{ type: 'MeetingHeld', orders: [order], purpose: 'dialogue', mode: 'virtual' }]);
      const inUtc = await read(ledger, `/v1/compliance?${query({ orders: order, ...period, zone: 'utc' })}`, curveReply);
      expect(inUtc).toMatchObject({ zone: 'UTC', step: 'PT1H' });
      expect(inUtc.total.points[1].at).toBe('2021-02-01T08:00:00.000Z');
    });
  });
});

describe('the accounts under an order', () => {
  const exactly = (instant: string) => ({ earliest: instant, latest: instant });

  it('have each its class, its status, and since when', async () => {
    await withLedger(async (ledger) => {
      const { order } = await recordMany(ledger);
      const asked = async (parts: object) =>
        (await read(ledger, `/v1/compliance/pairs?${query({ order, at: '2021-02-10T12:00:00+05:30', ...parts })}`, pairsReply)).rows;
      expect(await asked({ status: 'in_effect' })).toMatchObject([
        { key: 'listed-1', is: 'in_effect', status: 'in_effect', ground: 'citing_order', since: exactly('2021-02-01T08:30:00.000Z') },
      ]);
      expect(await asked({ status: 'citing_order' })).toHaveLength(1);
      expect((await asked({ status: 'reversed_while_in_force' })).map(({ key }: Body) => key)).toEqual(names(5));
      expect(await asked({ status: 'declined' })).toMatchObject([
        { key: 'n-5', responseDeclined: true, since: exactly('2021-02-10T04:30:00.000Z') },
      ]);
      expect((await asked({ status: 'unknown' })).map(({ key, status, since }: Body) => [key, status, since])).toEqual(
        ['n-6', 'n-7', 'n-8', 'n-9'].map((key) => [key, 'unknown', exactly('2021-01-31T07:00:00.000Z')]),
      );
      expect(await asked({ status: 'not_yet_binding', at: '2021-01-31T12:00:00+05:30' })).toHaveLength(11);
      expect(await asked({ status: 'not_yet_binding', at: '2021-01-31T12:00:00+05:30', kinds: 'post' })).toEqual([]);
    });
  });

  it('are told apart by what a line of figures counts, and by what was so before', async () => {
    await withLedger(async (ledger) => {
      const { order } = await recordMany(ledger);
      const asked = async (parts: object) => {
        const path = `/v1/compliance/pairs?${query({ order, at: '2021-02-10T12:00:00+05:30', ...parts })}`;
        const { rows, ...head } = await read(ledger, path, pairsReply);
        expect(head).toMatchObject(parts);
        return rows.map(({ key }: Body) => key);
      };
      expect(await asked({ is: 'not_in_effect' })).toEqual(names(6));
      expect(await asked({ is: 'not_in_effect', ever: 'before' })).toEqual(names(5));
      expect(await asked({ ever: 'counted' })).toEqual(['listed-1', ...names(5)]);
      expect(await asked({ ever: 'population' })).toHaveLength(11);
      expect(await asked({ lostBy: 'lifted' })).toEqual(names(5));
      expect(await asked({ lostBy: 'ran_out' })).toEqual([]);
      expect(await asked({ ground: 'citing_order' })).toEqual(['listed-1']);
      expect(await asked({ ending: 'withdrawn' })).toEqual([]);
      const declined = await read(ledger, `/v1/compliance/pairs?${query({ order, at: IN_FORCE, responseDeclined: 'true' })}`, pairsReply);
      expect(declined).toMatchObject({ responseDeclined: true });
      expect(await ledger.get(`/v1/compliance/pairs?order=${order}&responseDeclined=perhaps`).then(faultOf)).toBe(
        '400 QUERY_INVALID #/responseDeclined',
      );
    });
  });

  it('are in effect since the last instant at which the act can have come, and go on so with another ground', async () => {
    await withLedger(async (ledger) => {
      const { order } = await recordScene(ledger);
      await ledger.post(`/v1/orders/${order}/targets`, { rows: [listRow('uncertain')] });
      const evening = { date: '2021-02-10', part: 'evening', zone: 'Asia/Kolkata' };
      const other = { basis: 'platform_rules', orders: [], occurredAt: '2021-02-09T10:00:00+05:30' };
      await ledger.post('/v1/actions', { rows: [{ ...withholdRow('uncertain', [order]), occurredAt: evening }] });
      const sinceAt = async (at: string) =>
        (await read(ledger, `/v1/compliance/pairs?${query({ order, at })}`, pairsReply)).rows.find(({ key }: Body) => key === 'uncertain');
      const [from, by] = ['2021-02-10T11:30:00.000Z', '2021-02-10T18:29:59.999Z'];
      expect(await sinceAt('2021-02-10T20:00:00+05:30')).toMatchObject({ is: 'open', since: exactly(from) });
      expect(await sinceAt('2021-02-11T00:00:00+05:30')).toMatchObject({ is: 'in_effect', since: { earliest: from, latest: by } });
      await ledger.post('/v1/actions', { rows: [{ ...withholdRow('listed-1', []), ...other }] });
      const rows = (await read(ledger, `/v1/compliance/pairs?${query({ order, at: '2021-02-10T00:00:00+05:30' })}`, pairsReply)).rows;
      expect(rows.find(({ key }: Body) => key === 'listed-1')).toMatchObject({ since: exactly('2021-02-01T08:30:00.000Z') });
    });
  });

  it('come in pages that are all of one instant and one point of knowledge', async () => {
    let minute = 0;
    await withLedger(
      async (ledger) => {
        const { order } = await recordMany(ledger);
        minute = 30;
        const first = await read(ledger, `/v1/compliance/pairs?order=${order}&limit=4`, pairsReply);
        minute = 45;
        const rest = await read(ledger, `/v1/compliance/pairs?order=${order}&limit=100&cursor=${first.next}`, pairsReply);
        expect([rest.validAt, rest.knownAt]).toEqual([first.validAt, first.knownAt]);
        expect(first.validAt).toBe('2021-02-14T09:30:00.000Z');
        expect([...first.rows, ...rest.rows].map(({ key }) => key)).toEqual(['listed-1', ...names(10)]);
        const pages = await pagesOf(ledger, `/v1/compliance/pairs?order=${order}&limit=2&status=reversed_while_in_force`, 'rows');
        expect(pages.flat().map(({ key }) => key)).toEqual(names(5));
      },
      { clock: () => parseInstant(`2021-02-14T09:${String(minute).padStart(2, '0')}:00.000Z`) },
    );
  });

  it('are not refused by a report that happens to stand at the position that numbers the order', async () => {
    await withLedger(async (ledger) => {
      const caseId = (await ledger.post('/v1/cases', caseBody)).body.id;
      const report = (occurredAt: string) => ({
        ...reinstateRow('a'),
        occurredAt,
        assertion: 'third_party_report',
        sources: [{ name: 'A newspaper' }],
        synthetic: true,
      });
      // Events 3 and 4 in the third stream; the order is the fourth stream.
      for (const at of ['2021-01-30T10:00:00Z', '2021-01-30T11:00:00Z']) await ledger.post('/v1/actions', { rows: [report(at)] });
      const order = (await ledger.post('/v1/orders', orderBody(caseId))).body.id;
      await ledger.post(`/v1/orders/${order}/service`, serviceBody);
      await ledger.post(`/v1/orders/${order}/targets`, { rows: [listRow('a')] });
      const { rows } = await read(ledger, `/v1/compliance/pairs?${query({ order, at: IN_FORCE })}`, pairsReply);
      expect(rows).toMatchObject([{ key: 'a', is: 'unknown', responseDeclined: false }]);
    });
  });

  it('are refused for an order or a status that there is not', async () => {
    await withLedger(async (ledger) => {
      const { caseId, order } = await recordScene(ledger);
      expect(faultOf(await ledger.get(`/v1/compliance/pairs?order=${caseId}`))).toBe('400 QUERY_INVALID #/order');
      expect(faultOf(await ledger.get(`/v1/compliance/pairs?order=${order}&status=good`))).toBe('400 QUERY_INVALID #/status');
      expect(faultOf(await ledger.get('/v1/compliance/pairs'))).toBe('400 QUERY_INVALID #/order');
    });
  });
});
