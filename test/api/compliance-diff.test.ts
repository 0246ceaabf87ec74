/** What changed between two points of knowledge: figures, accounts, and the event that changed each. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diffReply } from '../../src/api/compliance-diff.ts';
import { parseInstant } from '../../src/domain/time.ts';
import { caseBody, coverageBody, listRow, orderBody, recordScene, serviceBody, withholdRow } from '../support/bodies.ts';
import { type Body, openTestLedger, type TestLedger } from '../support/ledger.ts';
import { faultOf, pagesOf, query, read, withLedger } from '../support/reading.ts';

const AFTERNOON = '2021-02-01T14:00:00+05:30';
const SAID = { reason: 'source_corrected', explanation: 'The newspaper corrected the hour.' };

let ledger: TestLedger;
let caseId: string;
let order: string;
/** Each request is recorded an hour after the one before. */
let now: Temporal.Instant;

beforeEach(async () => {
  now = Temporal.Instant.from('2021-02-14T09:00:00Z');
  ledger = await openTestLedger({ clock: () => parseInstant(now.toString({ fractionalSecondDigits: 3 })) });
  caseId = (await ledger.post('/v1/cases', caseBody)).body.id;
  order = (await ledger.post('/v1/orders', orderBody(caseId))).body.id;
  await ledger.post(`/v1/orders/${order}/targets`, { rows: ['one', 'two', 'three'].map(listRow) });
});
afterEach(() => ledger.close());

/** Records, and gives the position then. */
const record = async (
  url: string,
  body: object,
): Promise<{ readonly position: number; readonly results: readonly Body[]; readonly event: string }> => {
  now = now.add({ hours: 1 });
  const reply = await ledger.post(url, body);
  for (const status of [reply.body.status ?? reply.body.results.map((row: Body) => row.status)].flat()) expect(status).toBe('recorded');
  return { position: await ledger.position(), results: reply.body.results ?? [], event: reply.body.event };
};
const serve = () => record(`/v1/orders/${order}/service`, serviceBody);
const withhold = (...names: readonly string[]) => record('/v1/actions', { rows: names.map((name) => withholdRow(name, [order])) });
const diff = (asked: { readonly [parameter: string]: string | number | undefined }) =>
  read(ledger, `/v1/compliance/diff?${query({ orders: order, at: AFTERNOON, ...asked })}`, diffReply);
const figure = (state: Body) =>
  state.total.effective && [state.total.effective.numerator, state.total.effective.unknown, state.total.effective.denominator];
const told = ({ changes }: Body) =>
  changes.map(({ verbatim, before, after }: Body) => [verbatim, before?.status ?? null, after?.status ?? null]);

describe('the difference of two points of knowledge', () => {
  it('as published by a day names no event of which all sources were published later', async () => {
    await serve();
    const from = await ledger.position();
    const sources = [{ name: 'A gazette', publishedAt: '2021-03-20T00:00:00Z' }];
    const revoked = {
      how: 'revoked',
      by: { organisation: 'Ministry' },
      restorationDirected: false,
      occurredAt: '2021-02-01T10:00:00+05:30',
    };
    const { event } = await record(`/v1/orders/${order}/revocation`, { ...revoked, assertion: 'official_document', sources });
    const named = async (more: object = {}) => (await diff({ from, ...more })).orderEvents.map((learned: Body) => learned.event);
    expect(await named()).toEqual([event]);
    expect(await named({ reportedBy: '2021-03-10T00:00:00Z' })).toEqual([]);
  });

  it('names the correction that changed an account, with its reason, and leaves out what did not change', async () => {
    await serve();
    const { position: from, results } = await withhold('one', 'two');
    const [{ stream, event }] = results as [Body];
    await record('/v1/corrections', { rows: [{ stream, event, changes: { occurredAt: '2021-02-01T15:00:00+05:30' }, ...SAID }] });
    const { position: to } = await record('/v1/corrections', { rows: [{ stream, event, changes: { policy: null }, ...SAID }] });
    const body = await diff({ from });
    expect([body.from, body.to, body.position, body.validAt]).toEqual([from, to, to, '2021-02-01T08:30:00.000Z']);
    expect([figure(body.before), figure(body.after)]).toEqual([
      [2, 1, 3],
      [1, 2, 3],
    ]);
    expect(told(body)).toEqual([['one', 'in_effect', 'unknown']]);
    expect(body.changes[0]).toMatchObject({
      order,
      before: { is: 'in_effect', ground: 'citing_order', responseDeclined: false },
      after: { is: 'unknown', ground: null },
      eventsMore: 0,
    });
    // The second correction says nothing that a figure hangs on.
    expect(body.changes[0].events).toMatchObject([{ position: from + 1, type: 'EventCorrected', stream, about: event, ...SAID }]);
    expect(body.changes[0].events[0].recordedAt).toBe('2021-02-14T12:00:00.000Z');
    expect(body.orderEvents).toEqual([]);
  });

  it('names an event of the order once, with how many accounts it changed', async () => {
    const { position: from } = await withhold('one');
    const { event: served } = await serve();
    const { event: covered } = await record('/v1/coverage', coverageBody(order));
    const body = await diff({ from });
    // Before the service was known nothing was binding; then one was in effect and two unknown, until the record was declared complete.
    expect([body.before.total.effective.denominator, figure(body.after)]).toEqual([0, [1, 0, 3]]);
    expect(body.orderEvents.map(({ event, type, accounts }: Body) => [event, type, accounts])).toEqual([
      [served, 'OrderServed', 3],
      [covered, 'CoverageDeclared', 2],
    ]);
    expect(told(body)).toEqual([
      ['one', 'not_yet_binding', 'in_effect'],
      ['two', 'not_yet_binding', 'outstanding'],
      ['three', 'not_yet_binding', 'outstanding'],
    ]);
    expect(body.changes.map(({ events }: Body) => events)).toEqual([[], [], []]);
  });

  it('shows both where both happened, and what came on the list or went from it', async () => {
    const { position: from } = await withhold('one');
    await serve();
    const listed = await record(`/v1/orders/${order}/targets`, { rows: [listRow('four')] });
    const [{ stream, event }] = (await ledger.get(`/v1/orders/${order}/targets`)).body.targets.flatMap(({ verbatim, id, listing }: Body) =>
      verbatim === 'two' ? [{ stream: `target-${id}`, event: listing }] : [],
    );
    await record('/v1/retractions', { rows: [{ stream, event, reason: 'wrong' }] });
    const body = await diff({ from });
    expect(told(body)).toEqual([
      ['one', 'not_yet_binding', 'in_effect'],
      ['two', 'not_yet_binding', null],
      ['three', 'not_yet_binding', 'unknown'],
      ['four', null, 'unknown'],
    ]);
    expect(body.changes.map(({ events }: Body) => events.map(({ type }: Body) => type))).toEqual([
      [],
      ['EventRetracted'],
      [],
      ['TargetListed'],
    ]);
    expect(body.changes[3].events[0].event).toBe(listed.results[0].event);
    expect(body.orderEvents.map(({ accounts }: Body) => accounts)).toEqual([3]);
  });

  it('reaches from one order into another that lists the same account', async () => {
    await serve();
    const { position: from } = await withhold('one');
    await record(`/v1/orders/${order}/revocation`, {
      how: 'revoked',
      by: { name: 'Ministry' },
      restorationDirected: false,
      occurredAt: '2021-02-01T13:00:00+05:30',
      assertion: 'direct_record',
    });
    // The order ended, and nothing else demands what is still in force.
    const revoked = await diff({ from, at: '2021-02-05T00:00:00Z' });
    expect(told(revoked)[0]).toEqual(['one', 'in_effect', 'restricted_after_order_ended']);
    const second = (await record('/v1/orders', { ...orderBody(caseId), ref: 'No. 2' })).event;
    const other = (await ledger.get(`/v1/events/${second}`)).body.entry.orders[0];
    const { position: listed } = await record(`/v1/orders/${other}/targets`, { rows: [listRow('one')] });
    const { event: expired } = await record('/v1/corrections', {
      rows: [{ stream: `order-${other}`, event: second, changes: { expiresAt: '2021-02-04T00:00:00Z' }, ...SAID }],
    }).then(({ results }) => results[0]);
    const body = await diff({ from: listed, at: '2021-02-05T00:00:00Z' });
    expect(told(body)).toEqual([['one', 'order_ended', 'restricted_after_order_ended']]);
    expect(body.orderEvents).toMatchObject([{ order, event: expired, stream: `order-${other}`, accounts: 1, reason: SAID.reason }]);
  });

  it('is asked for by instants, for a case, and page by page', async () => {
    await withhold('one', 'two', 'three');
    await serve();
    now = now.add({ hours: 1 }); // something could still be recorded at the instant asked about
    const asked = { orders: undefined, case: caseId, from: '2021-02-14T10:30:00Z', to: '2021-02-14T11:30:00Z' };
    const body = await diff(asked);
    expect([body.from, body.to, body.changes.length, body.orderEvents.length]).toEqual([9, 10, 3, 1]);
    const pages = await pagesOf(ledger, `/v1/compliance/diff?${query({ ...asked, at: AFTERNOON, limit: 2 })}`, 'changes');
    expect(pages.map((page) => page.length)).toEqual([2, 1]);
    expect(pages.flat()).toEqual(body.changes);
    const first = await ledger.get(`/v1/compliance/diff?${query({ ...asked, at: AFTERNOON, limit: 2 })}`);
    const further = await ledger.get(`/v1/compliance/diff?${query({ ...asked, at: AFTERNOON, limit: 2, cursor: first.body.next })}`);
    diffReply.parse(further.body);
    expect([first.body.orderEvents.length, 'orderEvents' in further.body]).toEqual([1, false]);
    expect(further.body.before).toEqual(first.body.before);
  });

  it('is nothing between a point and itself, and is refused where it is not one', async () => {
    const { position } = await serve();
    const same = await diff({ from: position, to: position });
    expect([same.changes, same.orderEvents, same.after]).toEqual([[], [], same.before]);
    const asked = (more: { readonly [parameter: string]: string | number | undefined }) =>
      ledger.get(`/v1/compliance/diff?${query({ orders: order, from: 1, ...more })}`);
    expect(faultOf(await asked({ from: undefined }))).toBe('400 QUERY_INVALID #/from');
    expect(faultOf(await asked({ from: position, to: position - 1 }))).toBe('400 QUERY_INVALID #/from');
    expect(faultOf(await asked({ to: position + 1 }))).toBe('400 QUERY_INVALID #/to');
    expect(faultOf(await asked({ from: 'yesterday' }))).toBe('400 QUERY_INVALID #/from');
    expect(faultOf(await asked({ orders: undefined }))).toBe('400 QUERY_INVALID #/orders');
    expect(faultOf(await asked({ to: 2 }))).toBe('400 QUERY_INVALID #/orders');
  });
});

it('a server with a thread for long answers gives the same', async () => {
  await withLedger(
    async (threaded) => {
      const scene = await recordScene(threaded);
      const { body } = await threaded.get(`/v1/compliance/diff?${query({ orders: scene.order, at: AFTERNOON, from: 5 })}`);
      diffReply.parse(body);
      expect(told(body)).toEqual([['listed-1', 'unknown', 'in_effect']]);
    },
    { threads: true },
  );
});
