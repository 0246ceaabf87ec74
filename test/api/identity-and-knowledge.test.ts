/** What stays what it is: a stream's case, platform and kind of record, an external id, a point of knowledge; and what a hostile caller cannot change. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createServer } from '../../src/api/server.ts';
import { composeLedger } from '../../src/compose.ts';
import { parseInstant } from '../../src/domain/time.ts';
import { blockRow, caseBody, listRow, orderBody, recordScene, reinstateRow, serviceBody, withholdRow } from '../support/bodies.ts';
import { engineOf } from '../support/engine.ts';
import type { TestLedger } from '../support/ledger.ts';
import { withLedger } from '../support/reading.ts';

type Recorded = { readonly stream: string; readonly event: string };
const correct = async (ledger: TestLedger, { stream, event }: Recorded, changes: object) => {
  const row = { stream, event, changes, reason: 'data_entry', explanation: 'test' };
  return (await ledger.post('/v1/corrections', { rows: [row] })).body.results[0];
};
const retract = async (ledger: TestLedger, { stream, event }: Recorded) =>
  (await ledger.post('/v1/retractions', { rows: [{ stream, event, reason: 'wrong' }] })).body.results[0];
const act = async (ledger: TestLedger, row: object) => (await ledger.post('/v1/actions', { rows: [row] })).body.results[0];

describe('a stream that is opened anew after a retraction', () => {
  const id = '0d5f7c1a-5a5e-4c38-9a51-8a5f0c7b2e11';

  it('stays synthetic if it was', async () => {
    await withLedger(async (ledger) => {
      const opened = (await ledger.post('/v1/cases', { ...caseBody, id })).body;
      await ledger.post('/v1/orders', orderBody(id));
      await retract(ledger, opened);
      expect((await ledger.post('/v1/cases', { ...caseBody, id, synthetic: false })).body.code).toBe('SYNTHETIC_MIX');
      expect((await ledger.post('/v1/cases', { ...caseBody, id, title: 'Another title' })).status).toBe(201);
    });
  });

  it('stays on its platform and in its case, since others have named it there', async () => {
    await withLedger(async (ledger) => {
      const first = (await ledger.post('/v1/cases', caseBody)).body;
      const second = (await ledger.post('/v1/cases', { ...caseBody, title: 'Another case' })).body;
      const order = (await ledger.post('/v1/orders', orderBody(first.id))).body;
      await ledger.post(`/v1/orders/${order.id}/targets`, { rows: [listRow('u1')] });
      await retract(ledger, order);
      const anew = { ...orderBody(first.id), id: order.id };
      expect((await ledger.post('/v1/orders', { ...anew, platform: 'other.example' })).body.code).toBe('PLATFORM_MISMATCH');
      expect((await ledger.post('/v1/orders', { ...anew, caseId: second.id })).body.code).toBe('ALREADY_EXISTS');
      expect((await ledger.post('/v1/orders', { ...anew, ref: 'No. 1 of 2021, corrected copy' })).status).toBe(201);
    });
  });

  it('takes no real act among synthetic ones, even if all of them were retracted', async () => {
    await withLedger(async (ledger) => {
      const scene = await recordScene(ledger);
      const { entries } = (await ledger.get(`/v1/targets/${scene.withheld.target}/timeline`)).body;
      for (const entry of [...entries].reverse()) await retract(ledger, entry);
      expect((await act(ledger, { ...blockRow('listed-1'), synthetic: false })).problem?.code).toBe('SYNTHETIC_MIX');
    });
  });
});

describe('a correction', () => {
  it('takes out only fields that its event type has', async () => {
    await withLedger(async (ledger) => {
      const { withheld } = await recordScene(ledger);
      const many = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`nothing${index}`, null]));
      expect((await correct(ledger, withheld, { policy: 'new', ...many })).status).toBe('refused');
      expect((await correct(ledger, withheld, { policy: 'new', recievedAt: null })).problem?.code).toBe('CORRECTION_INVALID');
    });
  });

  it('leaves an external id alone: two cases never share one', async () => {
    await withLedger(async (ledger) => {
      await ledger.post('/v1/cases', { ...caseBody, externalId: { system: 'a', id: '1' } });
      const second = (await ledger.post('/v1/cases', { ...caseBody, externalId: { system: 'a', id: '2' } })).body;
      expect((await correct(ledger, second, { externalId: { system: 'a', id: '1' } })).problem?.code).toBe('CORRECTION_FORBIDDEN');
    });
  });

  it('leaves no reinstatement of what had ended by its own end before', async () => {
    await withLedger(async (ledger) => {
      const { withheld } = await recordScene(ledger);
      await act(ledger, reinstateRow('listed-1'));
      const corrected = await correct(ledger, withheld, { until: '2021-02-01T15:00:00+05:30' });
      expect(corrected.problem).toMatchObject({ code: 'CORRECTION_INVALID', cause: { code: 'NO_OPEN_RESTRICTION' } });
    });
  });
});

describe('the ground of a restriction', () => {
  // O demands DE and FR. Withheld in DE citing O, then suspended everywhere under the platform's rules, citing nothing: O's own
  // restriction does not cover, none began before O bound, and no other order is cited. So the first ground that matches is platform_rules.
  it('is another order only where one is cited', async () => {
    await withLedger(async (ledger) => {
      const opened = (await ledger.post('/v1/cases', caseBody)).body;
      const demand = { measure: 'disable_access', territory: ['DE', 'FR'] };
      const order = (await ledger.post('/v1/orders', { ...orderBody(opened.id), demand })).body;
      await ledger.post(`/v1/orders/${order.id}/service`, serviceBody);
      await ledger.post(`/v1/orders/${order.id}/targets`, { rows: [listRow('u1')] });
      await act(ledger, { ...withholdRow('u1', [order.id]), territory: ['DE'] });
      await act(ledger, blockRow('u1'));
      const { total } = (await ledger.get(`/v1/compliance?orders=${order.id}&at=2021-02-06T00:00:00Z`)).body;
      expect(total.makeUp.inEffect).toMatchObject({ other_order: 0, platform_rules: 1 });
    });
  });
});

describe('a point of knowledge', () => {
  it('that was answered keeps its position, however soon the next event is recorded', async () => {
    const at = '2021-02-14T03:30:00.000Z';
    await withLedger(
      async (ledger) => {
        await recordScene(ledger);
        const first = await ledger.get(`/v1/events?knownAt=${at}`);
        await act(ledger, blockRow('x'));
        const second = await ledger.get(`/v1/events?knownAt=${at}`);
        expect([second.status, second.body.knownAt]).toEqual([first.status, first.body.knownAt]);
      },
      { clock: () => parseInstant(at) },
    );
  });

  it.each([2_000, 90_000])(
    'at which something may still be recorded, for %i ms here, is refused with when to ask again',
    async (settledAfterMs) => {
      const at = '2021-02-14T03:30:00.000Z';
      let waitedSeconds = 0;
      await withLedger(
        async (ledger) => {
          const { status, body } = await ledger.get(`/v1/events?knownAt=${at}`);
          expect([status, body.code]).toEqual([400, 'QUERY_INVALID']);
          waitedSeconds = Number(/\d+/.exec(body.errors[0].detail)?.[0]);
          expect(waitedSeconds * 1_000).toBe(settledAfterMs);
          expect((await ledger.get(`/v1/events?knownAt=${at}`)).body.knownAt).toBe(1);
        },
        {
          clock: () => parseInstant(Temporal.Instant.from(at).add({ seconds: waitedSeconds }).toString({ smallestUnit: 'millisecond' })),
          uses: (uses) => ({ ...uses, settledAfterMs }),
        },
      );
    },
  );

  it('is answered after a restart on a clock that was set back', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ledger-clock-'));
    const ask = async (now: string, cases: readonly object[] = []): Promise<unknown> => {
      const clock = () => parseInstant(now);
      const ledger = await composeLedger({
        folder,
        engine: engineOf(folder),
        name: 'test',
        recordedBy: 'local:test',
        threads: false,
        clock,
      });
      const app = await createServer(ledger.uses, { logLevel: 'silent' });
      for (const payload of cases) await app.inject({ method: 'POST', url: '/v1/cases', payload });
      const reply = await app.inject('/v1/events?knownAt=2026-02-14T03:30:30.000Z');
      await app.close();
      await ledger.close();
      return JSON.parse(reply.body).knownAt;
    };
    await ask('2026-02-14T03:30:00.000Z', [caseBody]);
    const before = await ask('2026-02-14T03:31:00.000Z', [{ ...caseBody, title: 'second' }]);
    expect(before).toBe(2);
    expect(await ask('2026-02-14T03:29:00.000Z')).toBe(2);
    await rm(folder, { recursive: true, force: true });
  });

  it('in a cursor that was tampered with is refused', async () => {
    await withLedger(async (ledger) => {
      const { order } = await recordScene(ledger);
      await ledger.post(`/v1/orders/${order}/targets`, { rows: [listRow('b')] });
      const url = `/v1/compliance/pairs?order=${order}&limit=1`;
      const { next } = (await ledger.get(url)).body;
      const [position, query] = JSON.parse(Buffer.from(next, 'base64url').toString());
      const forged = Buffer.from(JSON.stringify([position, query, { after: 1, at: Number.MAX_SAFE_INTEGER }])).toString('base64url');
      expect((await ledger.get(`${url}&cursor=${forged}`)).body.code).toBe('CURSOR_INVALID');
    });
  });

  it('beyond the head starts no stream: what comes up to there would be missed', async () => {
    await withLedger(async (ledger) => {
      expect((await ledger.get('/v1/events/stream?after=99')).body.code).toBe('QUERY_INVALID');
    });
  });
});
