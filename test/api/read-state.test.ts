/** One sheet for an instant: what was in effect at it and by it, what was not, and on what record each account rests. */
import { describe, expect, it } from 'vitest';
import { sheetReply } from '../../src/api/schemas/compliance.ts';
import { parseInstant } from '../../src/domain/time.ts';
import { answerBody, caseBody, coverageBody, declineRow, listRow, orderBody, PLATFORM, serviceBody } from '../support/bodies.ts';
import type { Body, TestLedger } from '../support/ledger.ts';
import { query, read, withLedger } from '../support/reading.ts';

const RECORDED = '2021-02-14T09:00:00.000Z';
const account = (verbatim: string) => ({ platform: PLATFORM, kind: 'account', verbatim });
const report = (locator: string) => ({
  assertion: 'platform_report',
  sources: [{ name: 'Sheet of the platform', locator, publishedAt: '2021-02-11T00:00:00Z' }],
});
const withheld = (verbatim: string, order: string, row: number) => ({
  ...{ action: 'withhold', target: account(verbatim), orders: [order], territory: ['IN'], basis: 'legal_order' },
  ...{ occurredAt: '2021-02-10T10:00:00+05:30', ...report(`row ${row}`) },
});
const restored = (verbatim: string) => ({
  ...{ action: 'reinstate', target: account(verbatim), orders: [], reason: 'own_decision' },
  ...{ occurredAt: '2021-02-10T16:00:00+05:30', assertion: 'direct_record' },
});

/** Seven accounts: five withheld at 10:00, two of these restored at 16:00 and one of the two refused besides; one more refused; one left alone. */
const recordSeven = async (ledger: TestLedger): Promise<string> => {
  const caseId = (await ledger.post('/v1/cases', caseBody)).body.id;
  const order = (await ledger.post('/v1/orders', { ...orderBody(caseId), statedTargetCount: 7 })).body.id;
  await ledger.post(`/v1/orders/${order}/service`, serviceBody);
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  await ledger.post(`/v1/orders/${order}/targets`, { rows: names.map(listRow) });
  const refused = (verbatim: string) => ({ ...declineRow(verbatim, [order]), occurredAt: '2021-02-10T17:00:00+05:30' });
  const rows = [
    ...names.slice(0, 5).map((name, row) => withheld(name, order, row + 2)),
    restored('d'),
    restored('e'),
    refused('e'),
    refused('f'),
  ];
  const { body } = await ledger.post('/v1/actions', { rows });
  expect(body.results.map(({ status }: Body) => status)).toEqual(rows.map(() => 'recorded'));
  await ledger.post('/v1/coverage', coverageBody(order));
  return order;
};

const sheetAt = (ledger: TestLedger, order: string, at: string, more = {}) =>
  read(ledger, `/v1/compliance/state?${query({ orders: order, at, ...more })}`, sheetReply);
const told = ({ lines }: Body) =>
  lines.map((line: Body) => [line.accounts, line.status, line.responseDeclined, line.behind.map(({ type }: Body) => type).join('+')]);

const named = (position: number) => ({ event: expect.any(String), position });

describe('the sheet of an instant', () => {
  it('says what was in effect at it, what had been by it, and why not the others', async () => {
    await withLedger(
      async (ledger) => {
        const order = await recordSeven(ledger);
        // At 18:00 a, b and c stand; d and e stood from 10:00 to 16:00; f is refused; about g nothing was recorded, and the record is complete.
        const { orders } = await sheetAt(ledger, order, '2021-02-10T18:00:00+05:30');
        expect(orders[0]).toMatchObject({ effective: { numerator: 3, denominator: 7 }, ever: { numerator: 5 }, inEffectBefore: 2 });
        expect(told(orders[0])).toEqual([
          [3, 'in_effect', false, 'TargetWithheld'],
          [1, 'reversed_while_in_force', false, 'TargetReinstated'],
          [1, 'reversed_while_in_force', true, 'TargetReinstated+TargetDeclined'],
          [1, 'declined', true, 'TargetDeclined'],
          [1, 'outstanding', false, ''],
        ]);
        const noon = await sheetAt(ledger, order, '2021-02-10T12:00:00+05:30');
        expect(noon.orders[0]).toMatchObject({ effective: { numerator: 5 }, ever: { numerator: 5 }, inEffectBefore: 0 });
        expect(told(noon.orders[0])).toEqual([
          [5, 'in_effect', false, 'TargetWithheld'],
          [2, 'outstanding', false, ''],
        ]);
      },
      { clock: () => parseInstant(RECORDED) },
    );
  });

  it('says on what record: source, places in it, no file, and how long after the act it was recorded', async () => {
    await withLedger(
      async (ledger) => {
        const order = await recordSeven(ledger);
        const [{ lines }] = (await sheetAt(ledger, order, '2021-02-10T12:00:00+05:30')).orders;
        // From 10 Feb 04:30 UTC to 14 Feb 09:00 UTC: 4 days, 4 h 30 min.
        expect(lines[0].behind).toEqual([
          {
            type: 'TargetWithheld',
            occurredAt: expect.objectContaining({ earliest: '2021-02-10T04:30:00.000Z' }),
            says: { territory: ['IN'], basis: 'legal_order' },
            orders: [order],
            assertion: 'platform_report',
            sources: [{ name: 'Sheet of the platform', evidence: null, locators: ['row 2', 'row 3', 'row 4'], locatorsMore: 2 }],
            events: { number: 5, first: 12, last: 16, named: [12, 13, 14, 15, 16].map(named), more: 0 },
            recordedAt: { first: RECORDED, last: RECORDED },
            recordedAfterMs: { shortest: 100.5 * 3_600_000, longest: 100.5 * 3_600_000 },
          },
        ]);
        expect(lines[0]).not.toHaveProperty('each');
        expect(lines[0].examples).toEqual(['a', 'b', 'c']);
        expect(lines[1].behind).toEqual([]);
      },
      { clock: () => parseInstant(RECORDED) },
    );
  });

  it('names every account with its events and their places, where it is asked to', async () => {
    await withLedger(async (ledger) => {
      const order = await recordSeven(ledger);
      const [{ lines }] = (await sheetAt(ledger, order, '2021-02-10T18:00:00+05:30', { each: 'true' })).orders;
      const withheldAs = (position: number, row: number) => [{ ...named(position), type: 'TargetWithheld', locators: [`row ${row}`] }];
      expect(lines[0].each).toEqual([
        { target: expect.any(String), verbatim: 'a', events: withheldAs(12, 2) },
        { target: expect.any(String), verbatim: 'b', events: withheldAs(13, 3) },
        { target: expect.any(String), verbatim: 'c', events: withheldAs(14, 4) },
      ]);
      expect(lines.at(-1).each).toEqual([{ target: expect.any(String), verbatim: 'g', events: [] }]);
    });
  });

  it('says what of it was corrected or retracted, and by which events', async () => {
    await withLedger(async (ledger) => {
      const order = await recordSeven(ledger);
      const streamOf = async (verbatim: string) => {
        const { targets } = (await ledger.get(`/v1/targets?${query({ platform: PLATFORM, kind: 'account', verbatim })}`)).body;
        const { entries } = (await ledger.get(`/v1/targets/${targets[0].id}/timeline`)).body;
        return entries.map(({ type, stream, event, position }: Body) => ({ type, stream, event, position }));
      };
      const one = async (verbatim: string, type: string) => (await streamOf(verbatim)).find((entry: Body) => entry.type === type);
      const [restoredD, refusedF] = [await one('d', 'TargetReinstated'), await one('f', 'TargetDeclined')];
      const why = { reason: 'data_entry', explanation: 'An hour late.' };
      const corrections = [
        { stream: restoredD.stream, event: restoredD.event, changes: { occurredAt: '2021-02-10T15:00:00+05:30' }, ...why },
      ];
      const retractions = [{ stream: refusedF.stream, event: refusedF.event, reason: 'wrong', explanation: 'Of another account.' }];
      const at = { corrected: (await ledger.post('/v1/corrections', { rows: corrections })).body.results[0].position, retracted: 0 };
      at.retracted = (await ledger.post('/v1/retractions', { rows: retractions })).body.results[0].position;
      const alone = (position: number) => ({ number: 1, first: position, last: position, named: [named(position)], more: 0 });
      const sheet = await sheetAt(ledger, order, '2021-02-10T18:00:00+05:30');
      const [line, silent] = ['reversed_while_in_force', 'outstanding'].map((status) =>
        sheet.orders[0].lines.find((candidate: Body) => candidate.status === status && !candidate.responseDeclined),
      );
      expect(line).toMatchObject({ accounts: 1, corrected: { accounts: 1, examples: ['d'], by: alone(at.corrected) } });
      expect(silent).toMatchObject({ accounts: 2, behind: [] });
      expect(silent.retracted).toEqual({ accounts: 1, examples: ['f'], entries: alone(refusedF.position), by: alone(at.retracted) });
      const noon = await sheetAt(ledger, order, '2021-02-10T12:00:00+05:30');
      expect(noon.orders[0].lines.some((candidate: Body) => 'corrected' in candidate || 'retracted' in candidate)).toBe(false);
    });
  });

  it('names an answer for the whole order beside what it is behind', async () => {
    await withLedger(async (ledger) => {
      const order = await recordSeven(ledger);
      await ledger.post(`/v1/orders/${order}/responses`, { ...answerBody, answer: 'declined', scope: 'all', classes: undefined });
      const [{ lines }] = (await sheetAt(ledger, order, '2021-02-10T11:00:00+05:30')).orders;
      const declined = lines.find(({ status }: Body) => status === 'declined');
      expect(declined).toMatchObject({ accounts: 2, behind: [{ type: 'OrderAnswered', orders: [order], events: { number: 1 } }] });
    });
  });

  it('leaves out, as published by a day, what was published later, and says so', async () => {
    await withLedger(async (ledger) => {
      const order = await recordSeven(ledger);
      const at = '2021-02-10T12:00:00+05:30';
      const before = await sheetAt(ledger, order, at, { reportedBy: '2021-02-10T23:59:59Z' });
      expect(before).toMatchObject({ reportedBy: '2021-02-10T23:59:59.000Z' });
      expect(before.orders[0].effective).toMatchObject({ numerator: 0, denominator: 7 });
      const by = await sheetAt(ledger, order, at, { reportedBy: '2021-02-11T00:00:00Z' });
      expect(by.orders[0].effective).toMatchObject({ numerator: 5, denominator: 7 });
    });
  });
});
