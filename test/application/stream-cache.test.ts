/** What is kept of streams: as much as there is room for, and what stands first in them as it stands now. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newEventId, newSalt } from '../../src/application/clock.ts';
import { createExecuting, type Execute, type Outcome } from '../../src/application/execute.ts';
import { createStreamCache } from '../../src/application/stream-cache.ts';
import type { Command } from '../../src/domain/command.ts';
import { DEADLINE_RULES } from '../../src/domain/deadlines/deadline-rules.ts';
import { parseCommandId, parseEventId, parseStreamName } from '../../src/domain/ids.ts';
import type { SealedEvent } from '../../src/envelope/envelope.ts';
import type { Head } from '../../src/envelope/seal.ts';
import { type EventStore, READ_EVENTS_MAX } from '../../src/event-store/event-store.ts';
import { openSqliteEventStore } from '../../src/event-store/sqlite.ts';
import { headOf, numbered, opening, sealedAfter } from '../event-store/sealed-events.ts';
import {
  block,
  correct,
  type Fact,
  issueOrder,
  ist,
  openCase,
  orderOne,
  RECORDED_AT,
  recorded,
  retract,
  withhold,
} from '../support/controls.ts';

let folder: string;
let store: EventStore;
/** Streams read so far, in order. */
let read: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-cache-'));
  const real = openSqliteEventStore({ folder });
  read = [];
  store = {
    ...real,
    readStream(stream, page) {
      read.push(stream);
      return real.readStream(stream, page);
    },
  };
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

describe('an order that others cite', () => {
  let execute: Execute;
  let commands = 0;
  const run = (command: Command): Promise<Outcome> => {
    commands += 1;
    return execute(command, { commandId: parseCommandId(`c${commands}`), recordedBy: 'local:test' });
  };
  const asRecorded = async (command: Command): Promise<Fact> => {
    const outcome = await run(command);
    if (outcome.kind !== 'recorded') throw new Error(JSON.stringify(outcome));
    return { ...recorded(command), id: parseEventId(outcome.eventId) };
  };
  /** Before the order was issued, as it was recorded first. */
  const early = (n: number): Command => withhold({ occurredAt: ist('01-31 10:00'), policy: `Rule ${n}` });

  beforeEach(() => {
    execute = createExecuting({
      ...{
        store,
        ledger: '00000000-0000-7000-8000-0000000000aa',
        clock: () => RECORDED_AT,
        newEventId,
        newSalt,
        placeOf: () => undefined,
        isShared: false,
        rules: DEADLINE_RULES,
      },
    }).execute;
  });

  it('is known as it stands now: corrected, and retracted', async () => {
    await run(openCase());
    const issue = await asRecorded(issueOrder({ occurredAt: ist('01-31 12:00') }));
    const beforeIssue = { kind: 'refused', refusal: { code: 'BEFORE_ISSUE', order: orderOne } };
    expect(await run(early(1))).toMatchObject(beforeIssue);
    await asRecorded(correct(issue, { occurredAt: ist('01-31 09:00') }));
    expect(await run(early(1))).toMatchObject({ kind: 'recorded' });
    await asRecorded(correct(issue, { occurredAt: ist('01-31 11:00') }));
    expect(await run(early(2))).toMatchObject(beforeIssue);
    await asRecorded(correct(issue, { occurredAt: ist('01-31 09:30') }));
    await asRecorded(retract(issue));
    expect(await run(early(3))).toMatchObject({
      kind: 'refused',
      refusal: { code: 'REFERENCE_UNKNOWN', field: 'orders', reference: orderOne },
    });
    // Issued anew, in the same stream.
    await asRecorded(issueOrder({ occurredAt: ist('01-31 09:00'), ref: 'Synthetic/1a' }));
    expect(await run(early(3))).toMatchObject({ kind: 'recorded' });
  });

  it('is known so to a process that reads it first after that', async () => {
    await run(openCase());
    const issue = await asRecorded(issueOrder({ occurredAt: ist('01-31 12:00') }));
    await asRecorded(correct(issue, { occurredAt: ist('01-31 09:00') }));
    execute = createExecuting({
      store,
      ledger: '00000000-0000-7000-8000-0000000000aa',
      clock: () => RECORDED_AT,
      newEventId,
      newSalt,
      placeOf: () => undefined,
      isShared: false,
      rules: DEADLINE_RULES,
    }).execute;
    expect(await run(early(1))).toMatchObject({ kind: 'recorded' });
    await asRecorded(block({ synthetic: true }));
  });
});

describe('what is kept of streams', () => {
  const streamAt = (n: number) => parseStreamName(`case-00000000-0000-4000-8000-00000000000${n}`);
  const [a, b, c] = [streamAt(1), streamAt(2), streamAt(3)];
  /** What each of the three weighs. */
  let sizes: Map<string, number>;
  const weightOf = (events: readonly SealedEvent[]): number => events.reduce((sum, { text }) => sum + text.length, 0);
  const sizeOf = (...streams: readonly string[]): number => streams.reduce((sum, stream) => sum + (sizes.get(stream) ?? 0), 0);

  beforeEach(async () => {
    sizes = new Map();
    for (const stream of [a, b, c]) {
      const events = opening(stream, { n: 10 }, { n: 11 });
      sizes.set(stream, weightOf(events));
      await store.append(events, { expected: 'no_stream' });
    }
  });

  it('is read once, as long as there is room', async () => {
    const cache = createStreamCache(store, sizeOf(a, b, c));
    for (const stream of [a, b, c, a, b, c]) expect((await cache.load(stream)).events).toHaveLength(2);
    expect(read).toEqual([a, b, c]);
    expect(cache.peek(a)).toBeDefined();
  });

  it('is what was used last, where there is not', async () => {
    const cache = createStreamCache(store, sizeOf(a, b, c) - 1);
    await cache.load(a);
    await cache.load(b);
    await cache.load(a);
    await cache.load(c); // for which b goes
    expect(cache.peek(b)).toBeUndefined();
    read = [];
    await cache.load(a);
    await cache.load(c);
    expect(read).toEqual([]);
    expect((await cache.load(b)).events).toHaveLength(2); // for which a goes
    expect(read).toEqual([b]);
    expect([cache.peek(a), cache.peek(c) === undefined]).toEqual([undefined, false]);
  });

  it('is nothing of a stream that is larger than all the room, and the stream is answered all the same', async () => {
    const cache = createStreamCache(store, sizeOf(a) - 1);
    expect((await cache.load(a)).events).toHaveLength(2);
    expect(cache.peek(a)).toBeUndefined();
    expect((await cache.load(a)).events).toHaveLength(2);
    expect(read).toEqual([a, a]);
  });

  it('grows with what is written, and weighs each event once', async () => {
    const written: SealedEvent[] = [];
    const [first] = await store.readStream(a, { from: 1, limit: 1 });
    for (let head: Head = first ? { revision: 1, hash: first.hash } : null; written.length < 6; ) {
      const events = sealedAfter(head, a, { n: 10 });
      written.push(...events);
      head = headOf(events);
    }
    const cache = createStreamCache(store, sizeOf(a, b, c) + weightOf(written));
    await cache.load(b);
    for (const event of written) cache.add(a, await cache.load(a), [event]);
    expect(read).toEqual([a, b, a]);
    expect((await cache.load(a)).events).toHaveLength(8);
    await cache.load(c);
    expect(cache.peek(b)).toBeDefined();
    const cached = await cache.load(c);
    cache.add(c, cached, sealedAfter(cached.head, c, { n: 10 }));
    expect([a, b, c].map((stream) => cache.peek(stream) !== undefined)).toEqual([true, false, true]);
  });

  it('is let go of when somebody else is seen to have written, and its room with it', async () => {
    const cache = createStreamCache(store, sizeOf(b, c));
    await cache.load(a);
    await cache.load(b);
    cache.drop(a);
    cache.drop(a);
    cache.drop(c);
    expect(cache.peek(a)).toBeUndefined();
    await cache.load(c);
    expect(cache.peek(b)).toBeDefined();
    await cache.load(a);
    expect(cache.peek(b)).toBeUndefined();
  });

  it('is never that a stream is empty', async () => {
    const cache = createStreamCache(store);
    const d = streamAt(4);
    expect(await cache.load(d)).toMatchObject({ events: [], head: null, first: undefined });
    await store.append(opening(d, { n: 1 }), { expected: 'no_stream' });
    expect((await cache.load(d)).events).toHaveLength(1);
  });

  it('is the whole of a stream, however long', async () => {
    const long = streamAt(5);
    const first = opening(long, ...numbered(READ_EVENTS_MAX));
    await store.append(first, { expected: 'no_stream' });
    const exactly = await createStreamCache(store).load(long);
    expect([exactly.events.length, exactly.head?.revision]).toEqual([READ_EVENTS_MAX, READ_EVENTS_MAX - 1]);
    await store.append(sealedAfter(headOf(first), long, ...numbered(10)), { expected: READ_EVENTS_MAX - 1 });
    const longer = await createStreamCache(store).load(long);
    expect(longer.events.map(({ revision }) => revision)).toEqual(Array.from({ length: READ_EVENTS_MAX + 10 }, (_, n) => n));
    expect(longer.head?.revision).toBe(READ_EVENTS_MAX + 9);
  });
});
