/** The engine for a cluster beside bare calls of its client, of the same shape and over the same server: what the rails cost. */
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { newEventId, newSalt } from '../src/application/clock.ts';
import { sealAll } from '../src/envelope/seal.ts';
import type { ResumeToken } from '../src/event-store/event-store.ts';
import { type ClusterEventStore, openEventStoreDb } from '../src/event-store/eventstoredb.ts';
import { readClusterUrl } from '../src/event-store/eventstoredb-url.ts';
import { withServer } from './cluster-server.ts';
import { median, rate, ratesOf, share } from './figures.ts';
import type { Report } from './report.ts';
import { type Sealed, targetEvents } from './target-events.ts';

const IN_FLIGHT = 32; // as many as the engine lets go at once
const ROWS_PER_APPEND = 100;
const PAGE = 1_000;
const SHARE_MIN = 0.8;
const LEDGER = '00000000-0000-7000-8000-0000000000bb';
const UNSENT = { username: 'ledger', password: 'unsent' }; // makes the client take its classic path, as the engine does

export type ClusterOptions = { readonly rounds: number; readonly secondsPerRound: number };
/** One way to the server: by the engine, or bare. */
type Way = {
  readonly append: (events: Sealed) => Promise<void>;
  /** Reads the whole log in pages; gives how many events were read. */
  readonly readAll: (max: number) => Promise<number>;
};

export const cluster = async (report: Report, { rounds, secondsPerRound }: ClusterOptions): Promise<void> => {
  await withServer(async ({ url, name }) => {
    report.title(`The engine for a cluster over ${name}, beside bare calls of the client: ${rounds} rounds of ${secondsPerRound} s each`);
    const read = readClusterUrl(url);
    if ('fault' in read) throw new Error(`EVENTSTORE_URL ${read.fault}`);
    const prefix = `t${Date.now().toString(36)}.`;
    const store = openEventStoreDb({ address: read.address, prefix });
    const { client, way } = bare(url, prefix, read.address.credentials ?? UNSENT);
    const engine = byEngine(store);
    const events = targetEvents({ ledger: LEDGER, newEventId, newSalt });
    let n = 0;
    const one = (): Sealed => {
      n += 1;
      return events.listed(n);
    };
    const shapes = {
      commands: { make: one, events: 1 },
      rows: { make: () => manyOf(one()), events: ROWS_PER_APPEND },
    };
    for (const [shape, { make, events: perAppend }] of Object.entries(shapes)) {
      const measure = async (by: Way): Promise<number> => perAppend * (await appendsPerSecond(by, make, secondsPerRound));
      judge(
        report,
        shape,
        await inTurn(
          rounds,
          () => measure(engine),
          () => measure(way),
        ),
      );
    }
    const eventsMax = 20_000 * secondsPerRound;
    const catchUp = async (by: Way): Promise<number> => perSecond(await timedCount(() => by.readAll(eventsMax)));
    judge(
      report,
      'catch-up events',
      await inTurn(
        rounds,
        () => catchUp(engine),
        () => catchUp(way),
      ),
    );
    await store.close();
    await client.dispose();
  });
};

type Pairs = { readonly ours: readonly number[]; readonly bare: readonly number[] };

/** Each goes first every other time: what warms up serves both alike. The first round is thrown away. */
const inTurn = async (rounds: number, ours: () => Promise<number>, limit: () => Promise<number>): Promise<Pairs> => {
  const measured = { ours: [] as number[], bare: [] as number[] };
  for (let round = 0; round <= rounds; round += 1) {
    const oursFirst = round % 2 === 0;
    const first = oursFirst ? await ours() : await limit();
    const second = oursFirst ? await limit() : await ours();
    if (round === 0) continue;
    measured.ours.push(oursFirst ? first : second);
    measured.bare.push(oursFirst ? second : first);
  }
  return measured;
};

const judge = (report: Report, shape: string, { ours, bare: limit }: Pairs): void => {
  report.line(`limit: ${shape} by bare calls`, ratesOf(limit));
  const kept = median(ours) / median(limit);
  report.bar(
    `${shape} kept`,
    `${share(kept)}: ${ratesOf(ours)}`,
    `at least ${share(SHARE_MIN)} of ${rate(median(limit))}`,
    kept >= SHARE_MIN,
  );
};

const appendsPerSecond = async ({ append }: Way, make: () => Sealed, seconds: number): Promise<number> => {
  const end = performance.now() + 1_000 * seconds;
  const started = performance.now();
  let appends = 0;
  const keepOn = async (): Promise<void> => {
    while (performance.now() < end) {
      await append(make());
      appends += 1;
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, keepOn));
  return (1_000 * appends) / (performance.now() - started);
};

const timedCount = async (take: () => Promise<number>): Promise<{ readonly count: number; readonly ms: number }> => {
  const started = performance.now();
  return { count: await take(), ms: performance.now() - started };
};
const perSecond = ({ count, ms }: { readonly count: number; readonly ms: number }): number => (1_000 * count) / ms;

/** A stream that opens with a hundred events like this one. */
const manyOf = ([{ event }]: Sealed): Sealed => {
  const draft = { type: event.type, version: event.version, data: event.data };
  const { ledger, stream, meta, recordedAt } = event;
  return sealAll([draft, ...Array<typeof draft>(ROWS_PER_APPEND - 1).fill(draft)], {
    ...{ ledger, stream, meta, recordedAt, newEventId, newSalt },
    head: null,
  });
};

const byEngine = (store: ClusterEventStore): Way => ({
  append: (events) => store.append(events, { expected: 'no_stream' }),
  async readAll(max) {
    let read = 0;
    let after: ResumeToken | null = null;
    while (read < max) {
      const page: Awaited<ReturnType<typeof store.readAll>> = await store.readAll({ after, limit: PAGE });
      if (page.events.length === 0) break;
      read += page.events.length;
      after = page.next;
    }
    return read;
  },
});

const bare = (
  url: string,
  prefix: string,
  credentials: { readonly username: string; readonly password: string },
): { readonly client: EventStoreDBClient; readonly way: Way } => {
  const client = EventStoreDBClient.connectionString(url.replace(/^(kurrentdb|kurrent|kdb)/, 'esdb'));
  return {
    client,
    way: {
      async append(events) {
        const data = events.map(({ event, hash }) =>
          jsonEvent({ id: event.id, type: event.type, data: event, metadata: { hash: hash.toHex() } }),
        );
        await client.appendToStream(`${prefix}${events[0].event.stream}`, data, {
          expectedRevision: 'no_stream',
          credentials,
        });
      },
      async readAll(max) {
        let read = 0;
        let from: { readonly commit: bigint; readonly prepare: bigint } | 'start' = 'start';
        while (read < max) {
          let page = 0;
          for await (const { event } of client.readAll({ fromPosition: from, maxCount: PAGE })) {
            page += 1;
            if (event) from = event.position;
          }
          read += page;
          if (page < PAGE) break;
        }
        return read;
      },
    },
  };
};
