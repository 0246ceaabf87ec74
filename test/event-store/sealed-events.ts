/** Sealed events for tests of the event store: real seals, with ids and salts that count up; and the whole of a log. */
import type { NonEmpty, SealedEvent } from '../../src/envelope/envelope.ts';
import { commandHash, type Head, sealAll } from '../../src/envelope/seal.ts';
import type { EventStore, ResumeToken } from '../../src/event-store/event-store.ts';

const LEDGER = '00000000-0000-7000-8000-000000000001';
const RECORDED_AT = '2026-01-02T03:04:05.678Z';

let made = 0;
const newEventId = (): string => `00000000-0000-7000-8000-${(++made).toString(16).padStart(12, '0')}`;
const newSalt = (): string => (++made).toString(16).padStart(32, '0');

/** One event for each `data`, following `head`. */
export const sealedAfter = (head: Head, stream: string, ...data: NonEmpty<object>): NonEmpty<SealedEvent> => {
  const meta = { commandId: `c${++made}`, commandHash: commandHash({ type: 'Record', stream, data: {} }), recordedBy: 'local:test' };
  const [first, ...rest] = data.map((each) => ({ type: 'TestRecorded', version: 1, data: each }));
  if (first === undefined) throw new Error('no events');
  return sealAll([first, ...rest], { ledger: LEDGER, stream, head, meta, recordedAt: RECORDED_AT, newEventId, newSalt });
};

export const opening = (stream: string, ...data: NonEmpty<object>): NonEmpty<SealedEvent> => sealedAfter(null, stream, ...data);

/** The head that a following append builds on. */
export const headOf = (events: NonEmpty<SealedEvent>): { readonly revision: number; readonly hash: Uint8Array } => {
  const { event, hash } = events[events.length - 1] ?? events[0];
  return { revision: event.revision, hash };
};

export const numbered = (count: number): NonEmpty<{ readonly n: number }> => [
  { n: 0 },
  ...Array.from({ length: count - 1 }, (_, n) => ({ n: n + 1 })),
];

export const wholeLog = async (store: EventStore, limit = 1_000): Promise<readonly SealedEvent[]> => {
  const events: SealedEvent[] = [];
  let after: ResumeToken | null = null;
  for (;;) {
    const page: Awaited<ReturnType<EventStore['readAll']>> = await store.readAll({ after, limit });
    if (page.events.length === 0) return events;
    events.push(...page.events);
    after = page.next;
  }
};
