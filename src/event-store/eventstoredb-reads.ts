/** Reads of a cluster in pages: to the end of each page, watched for progress, tried again a bounded number of times. */
import { setTimeout as pause } from 'node:timers/promises';
import type { AllStreamResolvedEvent, ResolvedEvent, StreamingRead } from '@eventstore/db-client';
import { AccessDenied, StoreUnavailable } from './errors.ts';
import type { Client, Clients } from './eventstoredb-clients.ts';
import { failureOf } from './eventstoredb-failures.ts';
import { corrupt, type Place, type Read, sealedOf } from './eventstoredb-records.ts';
import type { Patience, Retries } from './eventstoredb-retries.ts';

const PAGE_MAX = 500;

export type Reads = {
  /** Our events of one stream from a revision on, dense, at most `limit`. */
  readonly ofStream: (stream: string, from: number, limit: number) => Promise<readonly Read[]>;
  /** What stands in `$all` from a place on, that place included. */
  readonly ofAll: (place: Place | null, count: number) => Promise<readonly AllStreamResolvedEvent[]>;
};
export type ReadsUses = {
  readonly clients: Clients;
  readonly retries: Retries;
  readonly patience: Patience;
  readonly prefix: string;
  readonly isClosed: () => boolean;
};

export const createReads = ({ clients, retries, patience, prefix, isClosed }: ReadsUses): Reads => {
  /** Throws `StoreUnavailable` once the tries are over. */
  const readPage = async <T>(stream: string | null, start: (client: Client) => StreamingRead<T>): Promise<readonly T[]> => {
    const attempts = retries.start();
    for (;;) {
      if (isClosed()) throw new StoreUnavailable('closed');
      try {
        return await clients.call('read', { watchdogMs: patience.readWatchdogMs, msLeft: attempts.msLeft }, (client, progress) =>
          collected(start(client), progress),
        );
      } catch (cause) {
        const failure = failureOf(cause);
        if (failure.meaning.kind === 'not_found') return [];
        if (failure.meaning.kind === 'denied') throw new AccessDenied('the cluster refuses this user', { cause });
        if (failure.meaning.kind === 'deleted') throw corrupt('stream', stream, null);
        const waitMs = attempts.next(failure);
        if (waitMs === undefined) throw new StoreUnavailable(isClosed() ? 'closed' : 'unreachable', { cause });
        await pause(waitMs);
      }
    }
  };

  return {
    async ofStream(stream, from, limit) {
      const read: Read[] = [];
      for (;;) {
        const maxCount = Math.min(PAGE_MAX, limit - read.length);
        const options = { fromRevision: BigInt(from + read.length), maxCount, requiresLeader: true };
        const page = await readPage<ResolvedEvent>(stream, (client) => client.readStream(`${prefix}${stream}`, options));
        for (const { event } of page) {
          if (event === undefined || Number(event.revision) !== from + read.length) throw corrupt('order', stream, from + read.length);
          read.push({ sealed: sealedOf(event, prefix), place: event.position });
        }
        // A page may end early, in the middle of an append too; an empty one is the end.
        if (page.length === 0 || read.length >= limit) return read;
      }
    },
    ofAll: (place, maxCount) =>
      readPage<AllStreamResolvedEvent>(null, (client) =>
        client.readAll({ fromPosition: place ?? 'start', maxCount, requiresLeader: true }),
      ),
  };
};

/** To its end: a read that is left early keeps its place among the calls of the connection. */
const collected = <T>(read: StreamingRead<T>, progress: () => void): Promise<readonly T[]> =>
  new Promise((resolve, reject) => {
    const records: T[] = [];
    read.on('data', (record: T) => {
      records.push(record);
      progress();
    });
    read.once('end', () => resolve(records));
    read.on('error', reject); // stays, since what is cancelled later may still say so
  });
