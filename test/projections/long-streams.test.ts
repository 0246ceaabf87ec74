/** Streams and pages longer than one read: what is read by several reads is the same as if it were one. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseStreamName } from '../../src/domain/ids.ts';
import { type Draft as SealDraft, sealAll } from '../../src/envelope/seal.ts';
import { type EventStore, READ_EVENTS_MAX } from '../../src/event-store/event-store.ts';
import { openSqliteEventStore } from '../../src/event-store/sqlite.ts';
import { historyOf } from '../../src/projections/histories.ts';
import { placesAfter, readPlaces } from '../../src/projections/log.ts';
import { openReadModel, type ReadModel } from '../../src/projections/read-model.ts';
import { catchUp, createRunner } from '../../src/projections/runner.ts';
import { headOf, numbered, opening, sealedAfter } from '../event-store/sealed-events.ts';
import { foldedFrom, logOf } from '../support/folded.ts';
import {
  type Draft,
  eventCorrected,
  eventId,
  eventRetracted,
  orderId,
  orderIssued,
  targetListed,
  targetOf,
  targetStream,
  targetWithheld,
} from '../support/naive-events.ts';
import { hourText, storedExtent } from '../support/random-case.ts';

let folder: string;
let store: EventStore;
let model: ReadModel;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-long-'));
  store = openSqliteEventStore({ folder });
  model = openReadModel({ path: ':memory:' });
});
afterEach(async () => {
  model.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

const follow = () => catchUp(createRunner({ store, model }));

describe('the history of a stream longer than a read', () => {
  const STREAM = parseStreamName('case-00000000-0000-4000-8000-000000000001');
  const OTHER = 'case-00000000-0000-4000-8000-000000000002';
  const positions = async (knownAt: number) => (await historyOf(model, store, STREAM, knownAt)).map(({ position }) => position);
  const upTo = (count: number) => Array.from({ length: count }, (_, n) => n + 1);

  it('is all of it, up to the point of knowledge', async () => {
    const first = opening(STREAM, ...numbered(READ_EVENTS_MAX));
    await store.append(first, { expected: 'no_stream' });
    await follow();
    expect(await positions(READ_EVENTS_MAX)).toEqual(upTo(READ_EVENTS_MAX));
    await store.append(sealedAfter(headOf(first), STREAM, ...numbered(500)), { expected: READ_EVENTS_MAX - 1 });
    await store.append(opening(OTHER, { n: 0 }), { expected: 'no_stream' });
    // The log is ahead: what the read model does not reflect yet is not known.
    expect(await positions(9_999)).toEqual(upTo(READ_EVENTS_MAX));
    await follow();
    for (const knownAt of [1, 999, 1_000, 1_001, 1_200, 1_499]) expect(await positions(knownAt)).toEqual(upTo(knownAt));
    for (const knownAt of [1_500, 1_501]) expect(await positions(knownAt)).toEqual(upTo(1_500));
    const history = await historyOf(model, store, STREAM, 1_500);
    expect(history.map(({ revision }) => revision)).toEqual(upTo(1_500).map((position) => position - 1));
    expect(history[0]).toMatchObject({ stream: STREAM, type: 'TestRecorded', meta: { recordedBy: 'local:test' } });
  });
});

describe('a correction in a stream longer than a read', () => {
  it('makes of the read model what the whole history says', async () => {
    const order = orderId(0);
    const target = targetOf('account', 'long');
    const hours = (earliest: number) => storedExtent({ earliest, latest: earliest });
    const restriction = { orders: [order], basis: 'legal_order', territory: ['IN'] };
    const facts: readonly Draft[] = [
      orderIssued(order, hours(0), { demand: { measure: 'disable_access', territory: ['IN'] } }),
      targetListed(target, hours(0), { order }),
      ...Array.from({ length: 1_100 }, (_, n) => targetWithheld(target, hours(1 + n), { ...restriction, until: hourText(1.5 + n) })),
    ];
    const named = (position: number) => ({ stream: targetStream(target), id: eventId(position) });
    const drafts: readonly Draft[] = [
      ...facts,
      eventCorrected(named(1_090), { changes: { basis: 'unstated' } }),
      eventRetracted(named(5)),
      eventCorrected(named(6), { changes: { territory: ['FR'] }, removes: ['until'] }),
    ];
    const log = logOf(drafts);
    const groups = Map.groupBy(log.slice(0, facts.length), ({ stream }) => stream);
    const heads = new Map<string, { revision: number; hash: Uint8Array }>();
    const ids = log.values();
    const append = async (stream: string, events: readonly SealDraft[]): Promise<void> => {
      for (let from = 0; from < events.length; from += 500) {
        const [first, ...rest] = events.slice(from, from + 500);
        if (!first) return;
        const sealed = sealAll([first, ...rest], {
          ledger: '00000000-0000-7000-8000-000000000001',
          stream,
          head: heads.get(stream) ?? null,
          meta: { commandId: 'c1', commandHash: '0'.repeat(64), recordedBy: 'local:test' },
          recordedAt: log[0]?.recordedAt ?? '',
          newEventId: () => ids.next().value?.id ?? '',
          newSalt: () => '0'.repeat(32),
        });
        await store.append(sealed, { expected: heads.get(stream)?.revision ?? 'no_stream' });
        heads.set(stream, headOf(sealed));
      }
    };
    const versioned = (events: readonly Draft[]): readonly SealDraft[] => events.map(({ type, data }) => ({ type, data, version: 1 }));
    for (const [stream, events] of groups) await append(stream, versioned(events));
    await append(targetStream(target), versioned(drafts.slice(facts.length)));
    await follow();

    const folded = foldedFrom(log);
    for (const table of ['pair', 'listing_count', 'shape', 'target_fact', 'target']) {
      const rows = (of: ReadModel) => of.all(`SELECT * FROM ${table}`);
      expect(rows(model), table).toEqual(rows(folded));
    }
    expect(model.all('SELECT count(*) FROM target_fact WHERE before < ?', Number.MAX_SAFE_INTEGER)).toEqual([[5]]);
  });
});

describe('a page of long events', () => {
  it('ends with the one that makes it longer than it may be, and has at least one', async () => {
    const stream = 'case-00000000-0000-4000-8000-000000000001';
    const sealed = opening(stream, ...numbered(5));
    await store.append(sealed, { expected: 'no_stream' });
    await follow();
    const places = placesAfter(model, { after: 0, knownAt: 5, limit: 10 });
    const lengths = sealed.map(({ text }) => text.length);
    const upTo = (count: number) => lengths.slice(0, count).reduce((sum, length) => sum + length, 0);
    const read = async (textMax: number) => (await readPlaces(store, places, textMax)).map(({ position }) => position);
    expect(await read(0)).toEqual([1]);
    expect(await read(upTo(1) - 1)).toEqual([1]);
    expect(await read(upTo(1))).toEqual([1, 2]);
    expect(await read(upTo(3) - 1)).toEqual([1, 2, 3]);
    expect(await read(upTo(3))).toEqual([1, 2, 3, 4]);
    expect(await read(upTo(5))).toEqual([1, 2, 3, 4, 5]);
  });
});
