/** Trying corrections before they are made: row by row, over several orders, within limits, while others write; and what a body may not say. */
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { account, listRow, orderBody, recordScene, reinstateRow, type Scene, withholdRow } from '../support/bodies.ts';
import { type Body, openTestLedger, type TestLedger } from '../support/ledger.ts';
import { limitMs } from '../support/limit-ms.ts';
import { faultOf, query, withLedger } from '../support/reading.ts';

vi.setConfig({ testTimeout: limitMs(120_000) });

const BATCH = '7d9f3c1e-2b4a-4f6d-8e1a-3c5b7d9f1e2a';
const SAID = { reason: 'data_entry', explanation: 'Mistyped.' };
const AFTERNOON = '2021-02-01T14:00:00+05:30';

let ledger: TestLedger;
let scene: Scene;
beforeEach(async () => {
  ledger = await openTestLedger();
  scene = await recordScene(ledger);
});
afterEach(() => ledger.close());

const withheldRow = (changes: object) => ({ stream: scene.withheld.stream, event: scene.withheld.event, changes, ...SAID });
const numerators = (state: Body) => state.orders.map(({ order, effective }: Body) => [order, effective.numerator, effective.denominator]);

describe('a dry run of rows', () => {
  it('decides each upon those before it, and says of none that it is recorded', async () => {
    const rows = [
      withheldRow({ occurredAt: '2021-02-01T15:00:00+05:30' }),
      withheldRow({ policy: 'Rule 1' }),
      withheldRow({ policy: 'Rule 1' }),
      withheldRow({ occurredAt: '2020-02-01T15:00:00+05:30' }),
    ];
    const before = await ledger.position();
    const { status, body } = await ledger.post('/v1/corrections', { rows, dryRun: true, at: AFTERNOON });
    expect(status).toBe(200);
    expect(body.results.map((row: Body) => [row.row, row.status, row.revision, 'event' in row, row.problem?.code])).toEqual([
      [0, 'would_be_recorded', 2, false, undefined],
      [1, 'would_be_recorded', 3, false, undefined],
      [2, 'repeated', 3, false, undefined],
      [3, 'refused', undefined, false, 'CORRECTION_INVALID'],
    ]);
    expect([body.wouldBeRecorded, body.position, await ledger.position()]).toEqual([2, before, before]);
    const [{ before: now, after }] = body.figures;
    expect([numerators(now), numerators(after)]).toEqual([[[scene.order, 1, 1]], [[scene.order, 0, 1]]]);
    expect((await ledger.get(`/v1/events/${scene.withheld.event}`)).body.entry.correctedBy).toBeUndefined();
  });

  it('gives the figures of now, where no instant is asked for, and of the orders of the case', async () => {
    const second = await ledger.post('/v1/orders', { ...orderBody(scene.caseId), ref: 'No. 2 of 2021' });
    const elsewhere = await recordScene(ledger, 'elsewhere');
    const rows = [withheldRow({ territory: ['FR'] })];
    const { body } = await ledger.post('/v1/corrections', { rows, dryRun: true });
    expect(body.orders).toEqual([scene.order, second.body.id]);
    expect(body.figures).toHaveLength(1);
    // Or of those that are named, whatever their case.
    const named = await ledger.post('/v1/corrections', { rows, dryRun: true, at: AFTERNOON, orders: [elsewhere.order, scene.order] });
    expect(named.body.orders).toEqual([elsewhere.order, scene.order]);
    expect(numerators(named.body.figures[0].after)).toEqual([
      [elsewhere.order, 1, 1],
      [scene.order, 0, 1],
    ]);
  });

  it('shows what a correction of the order itself does to all its accounts', async () => {
    await ledger.post(`/v1/orders/${scene.order}/targets`, { rows: [listRow('listed-2')] });
    const change = { demand: { measure: 'disable_access', territory: ['IN', 'FR'] } };
    const rows = [{ stream: scene.issue.stream, event: scene.issue.event, changes: change, ...SAID }];
    const { body } = await ledger.post('/v1/corrections', { rows, dryRun: true, at: AFTERNOON });
    // One of two was withheld in India; that is not in France.
    expect([numerators(body.figures[0].before), numerators(body.figures[0].after)]).toEqual([[[scene.order, 1, 2]], [[scene.order, 0, 2]]]);
  });

  it('has no figures of an order that would no longer stand, and none at all where nothing would be recorded', async () => {
    await ledger.post('/v1/retractions', { rows: [{ stream: scene.withheld.stream, event: scene.withheld.event, reason: 'wrong' }] });
    const services = (await ledger.get(`/v1/events?after=3&limit=1`)).body.events;
    const [{ envelope: service }] = services;
    const rows = [service, { stream: scene.issue.stream, id: scene.issue.event }].map(({ stream, id }) => ({
      stream,
      event: id,
      reason: 'wrong',
    }));
    const { body } = await ledger.post('/v1/retractions', { rows, dryRun: true, at: AFTERNOON });
    expect(body.results.map(({ status }: Body) => status)).toEqual(['would_be_recorded', 'would_be_recorded']);
    expect([numerators(body.figures[0].before), numerators(body.figures[0].after)]).toEqual([[[scene.order, 0, 1]], []]);
    // The listing, which stays.
    expect(body.resting).toEqual([{ stream: scene.issue.stream, name: 'No. 1 of 2021', facts: 1, orders: [] }]);
    // What stands in a case counts, without what goes with it.
    const opened = (await ledger.get(`/v1/events?limit=1000`)).body.events.find(
      ({ envelope }: Body) => envelope.stream === `case-${scene.caseId}`,
    ).envelope;
    const ofCase = { stream: opened.stream, event: opened.id, reason: 'wrong' };
    const dry = async (all: readonly object[]): Promise<Body> => (await ledger.post('/v1/retractions', { rows: all, dryRun: true })).body;
    expect((await dry([ofCase])).resting).toEqual([
      { stream: opened.stream, name: expect.any(String), facts: 3, orders: ['No. 1 of 2021'] },
    ]);
    expect((await dry([...rows, ofCase])).resting.map(({ stream }: Body) => stream)).toEqual([scene.issue.stream]);
    expect((await dry([{ stream: scene.withheld.stream, event: scene.withheld.event, reason: 'duplicate' }])).resting).toEqual([]);
    const nothing = await ledger.post('/v1/retractions', { rows: [{ ...rows[1], event: BATCH.replace('4f6d', '7f6d') }], dryRun: true });
    expect([nothing.body.wouldBeRecorded, nothing.body.orders]).toEqual([0, []]);
  });

  it('is answered while others write, upon what is recorded by then', async () => {
    await withLedger(
      async (threaded) => {
        const there = await recordScene(threaded);
        const row = { stream: there.withheld.stream, event: there.withheld.event, changes: { territory: ['FR'] }, ...SAID };
        const write = (n: number) =>
          threaded.post('/v1/actions', { rows: [withholdRow(`account-${n}`, [there.order]), reinstateRow('listed-1')] });
        const tries = Array.from({ length: 5 }, () =>
          threaded.post('/v1/corrections', { rows: [row], dryRun: true, at: AFTERNOON, orders: [there.order] }),
        );
        const answers = await Promise.all([...Array.from({ length: 20 }, (_, n) => write(n)), ...tries]);
        expect(answers.map(({ status }) => status)).toEqual(Array(25).fill(200));
        for (const { body } of answers.slice(20)) {
          expect(numerators(body.figures[0].before)).toEqual([[there.order, 1, 1]]);
          // A reinstatement that names India forbids a territory that does not hold it: upon which of the two it is decided is open.
          expect(['would_be_recorded', 'refused']).toContain(body.results[0].status);
          expect(numerators(body.figures[0].after)[0][1]).toBe(body.results[0].status === 'refused' ? 1 : 0);
        }
        // The runner goes on.
        const after = await threaded.post('/v1/actions', { rows: [withholdRow('account-99', [there.order])] });
        expect(after.body.results[0].position).toBe(await threaded.position());
      },
      { threads: true },
    );
  });
});

describe('a body is turned down', () => {
  const batch = { batchId: BATCH, ...SAID };
  it.each([
    ['with neither rows nor a batch', {}, '#/rows'],
    ['with both', { ...batch, rows: [], changes: {} }, '#/rows'],
    ['with a batch and neither changes nor shift', batch, '#/changes'],
    ['with both changes and shift', { ...batch, changes: { policy: 'x' }, shift: { occurredAt: 'PT1H' } }, '#/changes'],
    ['with a batch and no reason', { batchId: BATCH, changes: { policy: 'x' }, explanation: 'x' }, '#/reason'],
    ['with a shift that is no duration', { ...batch, shift: { occurredAt: 'an hour' } }, '#/shift/occurredAt'],
    ['with a type that no event has', { ...batch, changes: { policy: 'x' }, types: ['TargetShadowed'] }, '#/types/0'],
    ['with orders of a run that is not dry', { ...batch, changes: { policy: 'x' }, orders: [BATCH] }, '#/orders'],
    ['with an instant of a run that is not dry', { ...batch, changes: { policy: 'x' }, at: AFTERNOON }, '#/at'],
    ['with an order that nobody recorded', { ...batch, changes: { policy: 'x' }, dryRun: true, orders: [BATCH] }, '#/orders'],
  ])('%s', async (_, body, pointer) => {
    const reply = await ledger.post('/v1/corrections', body);
    expect([reply.status, reply.body.code, reply.body.errors.map((error: Body) => error.pointer)]).toEqual([
      400,
      'BODY_INVALID',
      expect.arrayContaining([pointer]),
    ]);
  });

  it('with rows that say what belongs to a batch', async () => {
    const reply = await ledger.post('/v1/retractions', {
      rows: [{ stream: scene.withheld.stream, event: scene.withheld.event, reason: 'wrong' }],
      explanation: 'x',
      types: ['TargetListed'],
    });
    expect(faultOf(reply)).toBe('400 BODY_INVALID #/types,#/explanation');
  });

  it('with a batch that nobody recorded', async () => {
    for (const dryRun of [false, true]) {
      const reply = await ledger.post('/v1/retractions', { batchId: BATCH, reason: 'wrong', dryRun });
      expect([faultOf(reply), reply.body.reference]).toEqual(['422 REFERENCE_UNKNOWN #/batchId', BATCH]);
    }
  });

  it('with more orders and instants than one answer holds', async () => {
    const issued = await Promise.all(
      Array.from({ length: 50 }, (_, n) => ledger.post('/v1/orders', { ...orderBody(scene.caseId), ref: `No. ${n}` })),
    );
    expect(issued.every(({ status }) => status === 201)).toBe(true);
    // With the first there are 51; at 19 instants that is 969 figures before and 969 after, at 20 it is 1,020.
    const at = Array.from({ length: 20 }, (_, n) => `2021-02-${String(n + 1).padStart(2, '0')}T00:00:00Z`);
    const dry = (instants: readonly string[]) =>
      ledger.post('/v1/corrections', { rows: [withheldRow({ policy: 'x' })], dryRun: true, at: instants });
    expect((await dry(at.slice(1))).status).toBe(200);
    const reply = await dry(at);
    expect([faultOf(reply), reply.body.orders, reply.body.ordersMax]).toEqual(['400 BODY_INVALID #/orders', 51, 50]);
  });
});

describe('a long batch', () => {
  it('is tried up to 10,000 events, worked through in slices, and others are answered in between', async () => {
    const EVENTS = 10_000;
    for (let from = 0; from < EVENTS; from += 1_000) await list(from, 1_000);
    const change = { batchId: BATCH, ...SAID, changes: { note: 'page 3' } };
    const dry = await answeringOthers(ledger.post('/v1/corrections', { ...change, dryRun: true }));
    expect([dry.body.wouldBeRecorded, dry.body.batch.changed]).toEqual([EVENTS, EVENTS]);
    await list(EVENTS, 1);
    const tooMany = await ledger.post('/v1/corrections', { ...change, dryRun: true });
    expect([faultOf(tooMany), tooMany.body.rows, tooMany.body.rowsMax]).toEqual(['413 BATCH_TOO_LARGE #/batchId', EVENTS + 1, EVENTS]);

    await ledger.post('/v1/retractions', { rows: [{ ...(await lastOf(ledger)), reason: 'wrong' }] });
    const real = await answeringOthers(ledger.post('/v1/corrections', change));
    expect(real.body.batch).toMatchObject({ events: EVENTS + 1, changed: EVENTS, retracted: 1, refused: 0 });
    const { body } = await ledger.get(`/v1/compliance?${query({ orders: scene.order })}`);
    expect(body.position).toBe(await ledger.position());
  });
});

const list = async (from: number, length: number): Promise<void> => {
  const rows = Array.from({ length }, (_, n) => ({ target: account(`long-${from + n}`), assertion: 'direct_record', batchId: BATCH }));
  expect((await ledger.post(`/v1/orders/${scene.order}/targets`, { rows })).status).toBe(200);
};

/** Others ask all the while, and are answered many times before the request is. */
const answeringOthers = async <T>(request: Promise<T>): Promise<T> => {
  let isDone = false;
  const done = request.finally(() => {
    isDone = true;
  });
  let answered = 0;
  for (; !isDone; answered += 1) {
    expect((await ledger.get('/health/live')).status).toBe(200);
    await setImmediate();
  }
  expect(answered).toBeGreaterThan(20);
  return done;
};

const lastOf = async ({ get, position }: TestLedger) => {
  const [{ envelope }] = (await get(`/v1/events?after=${(await position()) - 1}&limit=1`)).body.events;
  return { stream: envelope.stream, event: envelope.id };
};
