/** Reading the log for a read model: side by side, since over a network each read takes its time, and in the order that was asked for. */
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { parseEventId, parseStreamName } from '../../src/domain/ids.ts';
import type { NonEmpty, SealedEvent } from '../../src/envelope/envelope.ts';
import { type Log, type Place, readPlaces, readStreams } from '../../src/projections/log.ts';
import { numbered, opening } from '../event-store/sealed-events.ts';

const STREAMS = Array.from({ length: 100 }, (_, n) => parseStreamName(`order-00000000-0000-4000-8000-${String(n).padStart(12, '0')}`));

/** A log whose answers take a turn each, those asked for first coming last; `together` is how many were awaited at once, at most. */
const slowLog = (events: ReadonlyMap<string, readonly SealedEvent[]>) => {
  let waiting = 0;
  let together = 0;
  const log: Log = {
    async readStream(stream, { from, limit }) {
      waiting += 1;
      together = Math.max(together, waiting);
      for (let turns = 40 - waiting; turns > 0; turns -= 1) await setImmediate();
      waiting -= 1;
      return (events.get(stream) ?? []).slice(from, from + limit);
    },
  };
  return { log, together: () => together };
};
const recorded = new Map<string, NonEmpty<SealedEvent>>(STREAMS.map((stream, n) => [stream, opening(stream, ...numbered(1 + (n % 3)))]));

describe('whole streams', () => {
  it('are read some at a time, and each is what it is', async () => {
    const { log, together } = slowLog(recorded);
    const read = await readStreams(log, [...STREAMS, ...STREAMS.slice(0, 5)]);
    expect([...read].map(([stream, events]) => [stream, events.map(({ id }) => id)])).toEqual(
      STREAMS.map((stream) => [stream, recorded.get(stream)?.map(({ event }) => event.id)]),
    );
    expect(together()).toBe(8);
  });
});

describe('what stands at places', () => {
  const places = STREAMS.map((stream, n): Place => {
    const id = parseEventId(recorded.get(stream)?.[0].event.id ?? '');
    return { position: n + 1, id, no: n, stream, revision: 0 };
  });
  const textOf = (place: number): string => recorded.get(STREAMS[place] ?? '')?.[0].text ?? '';

  it('is read some at a time, and comes in their order', async () => {
    const { log, together } = slowLog(recorded);
    const read = await readPlaces(log, places, Number.MAX_SAFE_INTEGER);
    expect(read.map(({ position, sealed }) => [position, sealed.text])).toEqual(places.map(({ position }, n) => [position, textOf(n)]));
    expect(together()).toBe(8);
  });

  it('ends with the event that makes it too long, the first always there', async () => {
    const { log } = slowLog(recorded);
    const lengthOf = (count: number): number => places.slice(0, count).reduce((sum, _, n) => sum + textOf(n).length, 0);
    for (const [textMax, count] of [
      [0, 1],
      [lengthOf(3) - 1, 3],
      [lengthOf(3), 4],
      [lengthOf(40), 41],
    ] as const)
      expect(await readPlaces(log, places, textMax)).toHaveLength(count);
  });
});
