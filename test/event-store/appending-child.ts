/**
 * A process that appends until it is killed, or until it is told to stop, and writes down each answer as it comes:
 * `<answer> <stream> <revision> <hash>`. Arguments: folder, or URL of a cluster, appends in flight, bytes of text an event, appends at most.
 */
import { writeSync } from 'node:fs';
import { StoreUnavailable } from '../../src/event-store/errors.ts';
import type { EventStore } from '../../src/event-store/event-store.ts';
import { openEventStoreDb } from '../../src/event-store/eventstoredb.ts';
import { openSqliteEventStore } from '../../src/event-store/sqlite.ts';
import { addressIn, PREFIX } from './over-the-wire.ts';
import { headOf, opening, sealedAfter } from './sealed-events.ts';

const [place = '', inFlight = '1', textBytes = '1', appendsMax = 'Infinity'] = process.argv.slice(2);
const store: EventStore = place.startsWith('esdb')
  ? openEventStoreDb({ address: addressIn(place), prefix: PREFIX })
  : openSqliteEventStore({ folder: place });
const text = 'x'.repeat(Number(textBytes));
writeSync(1, 'opened\n');

let appends = 0;
const keepAppending = async (writer: number): Promise<void> => {
  const stream = `target-${process.pid}-${writer}`;
  let last: ReturnType<typeof opening> | undefined;
  while (appends < Number(appendsMax)) {
    appends += 1;
    const events = last === undefined ? opening(stream, { text }, { text }) : sealedAfter(headOf(last), stream, { text }, { text });
    const answer = await store.append(events, { expected: last === undefined ? 'no_stream' : headOf(last).revision }).then(
      () => 'STORED',
      (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : 'NOT_OURS'),
    );
    writeSync(1, events.map(({ event, hash }) => `${answer} ${event.stream} ${event.revision} ${hash.toHex()}\n`).join(''));
    if (answer === 'STORED') last = events;
    // What was stored is not known: what follows would have to read first. Another writer's stream goes on.
    if (answer === 'OUTCOME_UNKNOWN' || answer === 'CONFLICT') return keepAppending(writer + 1_000);
  }
};
const stopListening = store.onAppended(() => {});
await Promise.all(Array.from({ length: Number(inFlight) }, (_, writer) => keepAppending(writer)));
// Where the disk takes no more, a store in doubt answers no reads either; then only the end of this process matters here.
await store.readAll({ after: null, limit: 10 }).catch((error: unknown) => {
  if (!(error instanceof StoreUnavailable)) throw error;
});
stopListening();
await store.close();
