/** A ledger with one order and many targets, filled through the event store as fast as it takes events: what the large questions are asked of. */
import { newEventId, newSalt } from '../src/application/clock.ts';
import { openLedger } from '../src/application/open-ledger.ts';
import type { EventType } from '../src/domain/event-type.ts';
import { caseOpened } from '../src/domain/events/case-opened.ts';
import { orderIssued } from '../src/domain/events/order-issued.ts';
import { orderServed } from '../src/domain/events/order-served.ts';
import { parseCaseId, parseOrderId, type StreamName, streamOf } from '../src/domain/ids.ts';
import { instantFromMs } from '../src/domain/time.ts';
import { commandHash, type Head, sealAll } from '../src/envelope/seal.ts';
import { openSqliteEventStore } from '../src/event-store/sqlite.ts';
import { CASE, caseOpening, ORDER, orderIssue, orderService } from './example.ts';
import { type Sealed, targetEvents } from './target-events.ts';

export type BigStore = { readonly folder: string; readonly events: number; readonly targets: number; readonly bytesPerEvent: number };

const IN_FLIGHT = 5_000;
const RECORDED_AT = instantFromMs(Date.parse('2021-06-01T00:00:00Z'));

/**
 * All targets are listed, in order; nine of ten are withheld, in an order that has nothing to do with the list's; every tenth of those is reinstated
 * three days later.
 */
export const fillBigStore = async (folder: string, targets: number): Promise<BigStore> => {
  const store = openSqliteEventStore({ folder });
  const { id: ledger } = await openLedger(
    { store, clock: () => RECORDED_AT, newId: newEventId, newSalt, recordedBy: 'local:bench' },
    'benchmark',
  );
  const make = targetEvents({ ledger, newEventId, newSalt });
  let events = 1;
  let bytes = 0;
  const appendAll = async (
    count: number,
    sealed: (place: number) => { readonly events: Sealed; readonly head: Head } | undefined,
  ): Promise<void> => {
    for (let from = 0; from < count; from += IN_FLIGHT) {
      const appended: Promise<void>[] = [];
      for (let place = from; place < Math.min(count, from + IN_FLIGHT); place += 1) {
        const next = sealed(place);
        if (!next) continue;
        appended.push(store.append(next.events, { expected: next.head?.revision ?? 'no_stream' }));
        events += next.events.length;
        bytes += next.events.reduce((sum, { text }) => sum + text.length, 0);
      }
      await Promise.all(appended);
    }
  };

  await appendAll(1, () => ({ events: opening(ledger, streamOf('case', parseCaseId(CASE)), [[caseOpened, caseOpening]]), head: null }));
  const order = streamOf('order', parseOrderId(ORDER));
  await appendAll(1, () => ({
    events: opening(ledger, order, [
      [orderIssued, orderIssue],
      [orderServed, { ...orderService, receivedAt: orderService.occurredAt }],
    ]),
    head: null,
  }));
  const hashes = new Uint8Array(targets * HASH_BYTES);
  await appendAll(targets, (n) => {
    const listed = make.listed(n);
    hashes.set(listed[0].hash, n * HASH_BYTES);
    return { events: listed, head: null };
  });
  const restrictions = new Map<number, { readonly head: Head; readonly restriction: string }>();
  await appendAll(targets, (place) => {
    const n = scattered(place, targets);
    if (n % 10 === 0) return undefined;
    const head = { revision: 0, hash: hashes.subarray(n * HASH_BYTES, (n + 1) * HASH_BYTES) };
    const withheld = make.withheld(n, head);
    if (n % 10 === 1) restrictions.set(n, { head: { revision: 1, hash: withheld[0].hash }, restriction: withheld[0].event.id });
    return { events: withheld, head };
  });
  const reinstated = [...restrictions];
  await appendAll(reinstated.length, (place) => {
    const [n, { head, restriction }] = reinstated[place] ?? [0, { head: null, restriction: '' }];
    return { events: make.reinstated(n, head, restriction), head };
  });
  await store.close();
  return { folder, events, targets, bytesPerEvent: bytes / (events - 1) };
};

const HASH_BYTES = 32;

/** Every number below `count` once, in an order without rhyme: the factor is a prime that divides no count used here. */
const scattered = (place: number, count: number): number => (place * 7_368_787) % count;

const opening = (ledger: string, stream: StreamName, facts: readonly (readonly [EventType, object])[]): Sealed => {
  const [first, ...rest] = facts.map(([type, row]) => ({
    type: type.name,
    version: type.version,
    data: type.stored.parse(type.input.parse(row)) as object,
  }));
  if (!first) throw new Error('no facts');
  const meta = { commandId: newEventId(), commandHash: commandHash({ ...first, stream }), recordedBy: 'local:bench' };
  return sealAll([first, ...rest], { ledger, stream, head: null, meta, recordedAt: RECORDED_AT, newEventId, newSalt });
};
