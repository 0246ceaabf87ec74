/** Answers that would be too long: refused before they are made, or cut into pages. */
import { describe, expect, it } from 'vitest';
import { eventPage } from '../../src/api/schemas/chronology.ts';
import type { EventStore } from '../../src/event-store/event-store.ts';
import { pointsMax } from '../../src/projections/compliance.ts';
import { headOf, opening, sealedAfter } from '../event-store/sealed-events.ts';
import { caseBody, orderBody } from '../support/bodies.ts';
import type { Body } from '../support/ledger.ts';
import { query, read, withLedger } from '../support/reading.ts';

describe('a curve of many orders', () => {
  it('has fewer samples, and says how many there may be', async () => {
    const samples: number[] = [];
    await withLedger(
      async (ledger) => {
        const { body } = await ledger.post('/v1/cases', caseBody);
        const ORDERS = 10;
        for (let n = 0; n < ORDERS; n += 1) await ledger.post('/v1/orders', { ...orderBody(body.id), ref: `No. ${n}` });
        const max = pointsMax(ORDERS);
        const from = Temporal.Instant.from('2021-02-01T00:00:00Z');
        // Samples stand at whole hours in [from, to).
        const ask = (count: number) =>
          ledger.get(`/v1/compliance?${query({ case: body.id, zone: 'UTC', from: `${from}`, to: `${from.add({ hours: count })}` })}`);
        const fits = await ask(max);
        expect([fits.status, fits.body.isCurve]).toEqual([200, true]);
        expect(samples).toEqual([max]);
        expect((await ask(max + 1)).body).toMatchObject({ code: 'QUERY_INVALID', samplesMax: max, errors: [{ pointer: '#/step' }] });
        const [one] = (await ledger.get(`/v1/orders?case=${body.id}`)).body.orders;
        const ofOne = `/v1/compliance?${query({ orders: one.id, zone: 'UTC', from: `${from}`, to: `${from.add({ hours: max + 1 })}` })}`;
        expect((await ledger.get(ofOne)).status).toBe(200);
        expect(samples).toEqual([max, max + 1]);
      },
      {
        uses: (uses) => ({
          ...uses,
          answers: {
            ...uses.answers,
            curve: async (question) => {
              samples.push(question.samples.length);
              return JSON.stringify({ isCurve: true });
            },
          },
        }),
      },
    );
  });
});

describe('a page of long events', () => {
  it('is short, and the next goes on where it ended', async () => {
    await withLedger(async (ledger) => {
      const store = ledger.uses.log as EventStore;
      const stream = 'case-00000000-0000-4000-8000-000000000001';
      const LONG = { said: 'x'.repeat(850_000) };
      let events = opening(stream, LONG);
      await store.append(events, { expected: 'no_stream' });
      for (let n = 1; n < 20; n += 1) {
        const head = headOf(events);
        events = sealedAfter(head, stream, LONG);
        await store.append(events, { expected: head.revision });
      }
      expect(await ledger.uses.reached(21, 10_000)).toBe(true);
      // The ledger's own event and ten long ones: the tenth makes it more than 8 MiB.
      const first = await read(ledger, '/v1/events?limit=1000', eventPage);
      const positions = (page: Body): readonly number[] => page.events.map(({ position }: Body) => position);
      expect(positions(first)).toEqual(Array.from({ length: 11 }, (_, n) => n + 1));
      expect(first.next).toBe(11);
      const second = await read(ledger, '/v1/events?limit=1000&after=11', eventPage);
      expect(positions(second)).toEqual(Array.from({ length: 10 }, (_, n) => n + 12));
      expect(second.next).toBeNull();
    });
  });
});
