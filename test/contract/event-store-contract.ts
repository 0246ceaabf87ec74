/** The promises of the event store's port, one test each. Every engine passes all of them; none opts out. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NonEmpty, SealedEvent } from '../../src/envelope/envelope.ts';
import { AppendTooLarge, Conflict, MalformedAppend, StoreCorrupt, StoreUnavailable } from '../../src/event-store/errors.ts';
import { APPEND_BYTES_MAX, APPEND_EVENTS_MAX, type EventStore } from '../../src/event-store/event-store.ts';
import { headOf, numbered, opening, sealedAfter, wholeLog } from '../event-store/sealed-events.ts';

export type AlteredPart = 'body' | 'hash' | 'stream' | 'revision';

/** What an engine's test file gives: a new, empty log, and ways to do to it what the port cannot. */
export type OpenedLog = {
  readonly store: EventStore;
  /** Another store on the same log, as another process or a later start would open it. */
  readonly openAgain: () => Promise<EventStore>;
  /** Flips one bit of one stored event behind the store's back; only where `cannotAlter` gives no reason. */
  readonly alter: (event: { readonly stream: string; readonly revision: number }, part: AlteredPart) => Promise<void>;
  /** Runs a process that opens a log, appends, reads, listens, closes and then does nothing; gives its exit code. */
  readonly exitCodeAfterClose: () => Promise<number | null>;
  readonly dispose: () => Promise<void>;
};

const textsOf = (events: readonly SealedEvent[]): readonly string[] => events.map(({ text }) => text);

const withEvent = ({ event, ...sealed }: SealedEvent, changes: Partial<SealedEvent['event']>): SealedEvent => ({
  ...sealed,
  event: { ...event, ...changes },
});

/** Fits the bound to the byte: text is stored as it is, so one letter more is one byte more. */
const weighing = (bytes: number): NonEmpty<SealedEvent> => {
  const [{ text }] = opening('order-1', { text: '' });
  return opening('order-1', { text: 'x'.repeat(bytes - text.length - 200) });
};

/** `cannotAlter`: why nothing of the store can be altered from outside, where that is so. */
export const eventStoreContract = (engine: string, open: () => Promise<OpenedLog>, cannotAlter?: string): void => {
  describe(`the event store's promises on ${engine}`, () => {
    let log: OpenedLog;
    let store: EventStore;
    beforeEach(async () => {
      log = await open();
      store = log.store;
    });
    afterEach(() => log.dispose());

    it('an acknowledged event is read back byte for byte', async () => {
      const texts = ['"é" € 🔒 \u0007\n/', '\u2028\u2029', '\ufffd\ufeff', '1e21', '__proto__', ' '];
      const events = opening('order-1', { n: 2 ** 53 - 1, neg: 1 - 2 ** 53, list: [true, false, [], {}], texts }, { zero: 0 });
      await store.append(events, { expected: 'no_stream' });
      const again = await log.openAgain();
      for (const each of [store, again]) {
        expect(await each.readStream('order-1', { from: 0, limit: 10 })).toEqual(events);
        expect((await each.readAll({ after: null, limit: 10 })).events).toEqual(events);
      }
    });

    it('events of one append are stored all or none, in order', async () => {
      const first = opening('order-1', ...numbered(3));
      await store.append(first, { expected: 'no_stream' });
      await expect(store.append(opening('order-1', ...numbered(5)), { expected: 'no_stream' })).rejects.toThrow(Conflict);
      expect(textsOf(await store.readStream('order-1', { from: 0, limit: 10 }))).toEqual(textsOf(first));
      expect(textsOf(await wholeLog(store))).toEqual(textsOf(first));
    });

    it('revisions are dense from 0', async () => {
      const first = opening('order-1', ...numbered(3));
      await store.append(first, { expected: 'no_stream' });
      await store.append(sealedAfter(headOf(first), 'order-1', ...numbered(4)), { expected: 2 });
      const events = await store.readStream('order-1', { from: 0, limit: 10 });
      expect(events.map(({ event }) => event.revision)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    });

    it('`no_stream` opens a new stream and conflicts on one with events, naming its head', async () => {
      await store.append(opening('order-1', ...numbered(3)), { expected: 'no_stream' });
      const conflict = await store.append(opening('order-1', {}), { expected: 'no_stream' }).catch((error: unknown) => error);
      expect(conflict).toBeInstanceOf(Conflict);
      expect(conflict).toMatchObject({ code: 'CONFLICT', stream: 'order-1', expected: 'no_stream', head: 2 });
    });

    it("the head's revision is accepted, a lower or higher one conflicts", async () => {
      const first = opening('order-1', ...numbered(3));
      await store.append(first, { expected: 'no_stream' });
      for (const expected of [0, 1, 3, 2 ** 40]) {
        const events = sealedAfter({ ...headOf(first), revision: expected }, 'order-1', {});
        await expect(store.append(events, { expected })).rejects.toMatchObject({ code: 'CONFLICT', expected, head: 2 });
      }
      const elsewhere = sealedAfter(headOf(first), 'order-2', {});
      await expect(store.append(elsewhere, { expected: 2 })).rejects.toMatchObject({ code: 'CONFLICT', expected: 2, head: 'no_stream' });
      await store.append(sealedAfter(headOf(first), 'order-1', {}), { expected: 2 });
      expect(await wholeLog(store)).toHaveLength(4);
    });

    it('of fifty writers at one revision one wins', async () => {
      const first = opening('order-1', {});
      await store.append(first, { expected: 'no_stream' });
      const rivals = Array.from({ length: 50 }, (_, n) => sealedAfter(headOf(first), 'order-1', { n }));
      const bystanders = Array.from({ length: 5 }, (_, n) => opening(`target-${n}`, { n }));
      const answers = Promise.allSettled(rivals.map((events) => store.append(events, { expected: 0 })));
      await Promise.all(bystanders.map((events) => store.append(events, { expected: 'no_stream' })));
      const winners = (await answers).flatMap(({ status }, index) => (status === 'fulfilled' ? [rivals[index]?.[0].text] : []));
      expect(winners).toHaveLength(1);
      expect(textsOf(await store.readStream('order-1', { from: 1, limit: 10 }))).toEqual(winners);
      for (const answer of await answers) if (answer.status === 'rejected') expect(answer.reason).toBeInstanceOf(Conflict);
    });

    describe('an append is refused before it is sent', () => {
      const refused = async (events: readonly SealedEvent[], expected: number | 'no_stream', fields: object): Promise<void> => {
        // An append without events cannot be written in the port's types; a caller in JavaScript still can.
        const error = await store.append(events as NonEmpty<SealedEvent>, { expected }).catch((cause: unknown) => cause);
        expect(error).toMatchObject(fields);
        expect(await wholeLog(store)).toEqual([]);
      };

      it('over 900,000 bytes', async () => {
        await refused(weighing(APPEND_BYTES_MAX + 1), 'no_stream', { code: 'APPEND_TOO_LARGE', measure: 'bytes', actual: 900_001 });
        await store.append(weighing(APPEND_BYTES_MAX), { expected: 'no_stream' });
        expect(await store.readStream('order-1', { from: 0, limit: 1 })).toHaveLength(1);
      });

      it('over 1,000 events', async () => {
        await refused(opening('order-1', ...numbered(APPEND_EVENTS_MAX + 1)), 'no_stream', {
          code: 'APPEND_TOO_LARGE',
          measure: 'events',
          actual: 1_001,
        });
        await store.append(opening('order-1', ...numbered(APPEND_EVENTS_MAX)), { expected: 'no_stream' });
        expect(await store.readStream('order-1', { from: 0, limit: 1_000 })).toHaveLength(1_000);
      });

      it('with a bad stream name', async () => {
        const [event] = opening('order-1', {});
        for (const stream of ['', '$all', 'Order-1', 'order-', 'order 1', 'order-é', 'order-1\n', `order-${'x'.repeat(195)}`]) {
          await refused([withEvent(event, { stream })], 'no_stream', { code: 'MALFORMED_APPEND', reason: 'stream_name' });
        }
        await store.append(opening(`order-${'x'.repeat(194)}`, {}), { expected: 'no_stream' });
      });

      it('without events, of two streams, or with revisions that do not run on from `expected`', async () => {
        const [first, second] = opening('order-1', {}, {});
        if (second === undefined) throw new Error('two events');
        await refused([], 'no_stream', { code: 'MALFORMED_APPEND', reason: 'no_events' });
        await refused([first, withEvent(second, { stream: 'order-2' })], 'no_stream', {
          code: 'MALFORMED_APPEND',
          reason: 'several_streams',
        });
        await refused([first, first], 'no_stream', { code: 'MALFORMED_APPEND', reason: 'revisions' });
        await refused([second, first], 'no_stream', { code: 'MALFORMED_APPEND', reason: 'revisions' });
        await refused([first], 0, { code: 'MALFORMED_APPEND', reason: 'revisions' });
        for (const expected of [-1, 0.5, Number.NaN]) await refused([first], expected, { code: 'MALFORMED_APPEND', reason: 'expected' });
      });

      it('with classes that can be told apart', async () => {
        await expect(store.append(weighing(APPEND_BYTES_MAX + 1), { expected: 'no_stream' })).rejects.toThrow(AppendTooLarge);
        await expect(store.append(opening('order-1', {}), { expected: 5 })).rejects.toThrow(MalformedAppend);
      });
    });

    it('an unknown stream is empty', async () => {
      await store.append(opening('order-1', {}), { expected: 'no_stream' });
      expect(await store.readStream('order-2', { from: 0, limit: 10 })).toEqual([]);
      expect(await store.readStream('order-1', { from: 1, limit: 10 })).toEqual([]);
      expect(await store.readStream("'; --", { from: 0, limit: 10 })).toEqual([]);
    });

    it('pages have neither gap nor overlap', async () => {
      const long = opening('order-1', ...numbered(100));
      await store.append(long, { expected: 'no_stream' });
      await Promise.all(Array.from({ length: 60 }, (_, n) => store.append(opening(`target-${n}`, { n }), { expected: 'no_stream' })));
      const whole = textsOf(await wholeLog(store));
      expect(new Set(whole).size).toBe(160);
      for (const limit of [1, 7, 80, 160, 161]) {
        expect(textsOf(await wholeLog(store, limit))).toEqual(whole);
        const pages: SealedEvent[] = [];
        for (let from = 0; from < long.length; from += limit) pages.push(...(await store.readStream('order-1', { from, limit })));
        expect(textsOf(pages)).toEqual(textsOf(long));
      }
    });

    it('`readAll` excludes its token, shows every acknowledged event at once, and gives the same order each time', async () => {
      const empty = await store.readAll({ after: null, limit: 10 });
      expect(empty.events).toEqual([]);
      let token = empty.next;
      const seen: string[] = [];
      for (let n = 0; n < 20; n++) {
        const events = opening(`target-${n}`, { n });
        await store.append(events, { expected: 'no_stream' });
        const page = await store.readAll({ after: token, limit: 10 });
        expect(textsOf(page.events)).toEqual(textsOf(events));
        expect(await store.readAll({ after: page.next, limit: 10 })).toEqual({ events: [], next: page.next });
        seen.push(...textsOf(page.events));
        token = page.next;
      }
      expect(textsOf(await wholeLog(store))).toEqual(seen);
      expect(textsOf(await wholeLog(await log.openAgain()))).toEqual(seen);
    });

    it('a wake-up follows an append; a lost one delays and loses nothing', async () => {
      let endWakes: () => void = () => {};
      const woken = new Promise<void>((resolve) => {
        endWakes = store.onAppended(resolve);
      });
      const first = opening('order-1', {});
      await store.append(first, { expected: 'no_stream' });
      await woken;
      endWakes();
      const { next } = await store.readAll({ after: null, limit: 10 });
      const second = opening('order-2', {});
      await store.append(second, { expected: 'no_stream' });
      expect(textsOf((await store.readAll({ after: next, limit: 10 })).events)).toEqual(textsOf(second));
    });

    for (const part of ['body', 'hash', 'stream', 'revision'] as const) {
      const lacking = cannotAlter === undefined ? '' : ` (skipped: ${cannotAlter})`;
      it.skipIf(cannotAlter !== undefined)(`an altered stored event is an error, not data: ${part}${lacking}`, async () => {
        await store.append(opening('order-2', ...numbered(3)), { expected: 'no_stream' });
        await store.append(opening('order-1', ...numbered(3)), { expected: 'no_stream' });
        await log.alter({ stream: 'order-1', revision: 1 }, part);
        for (const each of [store, await log.openAgain()]) {
          const whole = await wholeLog(each).catch((error: unknown) => error);
          expect(whole).toBeInstanceOf(StoreCorrupt);
          expect(whole).toMatchObject({ code: 'STORE_CORRUPT', stream: 'order-1', revision: 1 });
          const stream = await each.readStream('order-1', { from: 0, limit: 10 }).catch((error: unknown) => error);
          expect(stream).toBeInstanceOf(StoreCorrupt);
          expect(stream).toMatchObject({ stream: 'order-1', revision: 1 });
        }
      });
    }

    it('`close` ends reads and timers and lets the process exit', async () => {
      const handedOver = store.append(opening('order-1', {}), { expected: 'no_stream' });
      await store.close();
      await handedOver;
      await store.close();
      await expect(store.append(opening('order-2', {}), { expected: 'no_stream' })).rejects.toThrow(StoreUnavailable);
      await expect(store.readAll({ after: null, limit: 1 })).rejects.toThrow(StoreUnavailable);
      await expect(store.readStream('order-1', { from: 0, limit: 1 })).rejects.toThrow(StoreUnavailable);
      expect(await wholeLog(await log.openAgain())).toHaveLength(1);
      expect(await log.exitCodeAfterClose()).toBe(0);
    });
  });
};
