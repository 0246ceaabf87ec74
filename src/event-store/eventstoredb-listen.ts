/** What comes into a cluster's log, as it comes: a hint to read, never what is read; and a watch over the metadata of our streams. */
import { setTimeout as pause } from 'node:timers/promises';
import { type AllStreamSubscription, type Filter, streamNameFilter } from '@eventstore/db-client';
import type { Clients } from './eventstoredb-clients.ts';
import { failureOf } from './eventstoredb-failures.ts';
import { type Foreign, foreignOf, type Place } from './eventstoredb-records.ts';

const SEARCH_WINDOW = 1_000;
const RESUBSCRIBE_MS = 1_000;

export type Tampered = Extract<Foreign, { kind: 'tampered' }>;
export type ListenUses = {
  readonly clients: Clients;
  readonly prefix: string;
  readonly onEvent: () => void;
  readonly onTampered: (tampered: Tampered) => void;
  /** How long a subscription may take to bring what a reader has found, in ms. */
  readonly silentMs: number;
};
export type Listening = {
  /** Told where a reader found the last event that there is: subscriptions that have not brought it after a while are opened anew. */
  readonly found: (place: Place) => void;
  readonly close: () => Promise<void>;
};

/**
 * Two subscriptions: one to what comes from now on, one to the metadata of our streams from the start, which are none unless somebody meddled. Neither
 * comes back by itself after an error, so each is opened again from the last that it saw.
 */
export const listen = (uses: ListenUses): Listening => {
  const events = follow(uses, uses.prefix, 'end', uses.onEvent);
  const metadata = follow(uses, `$$${uses.prefix}`, 'start');
  let waiting: NodeJS.Timeout | undefined;

  return {
    found(place) {
      if (waiting !== undefined || events.hasSeen(place)) return;
      waiting = setTimeout(() => {
        waiting = undefined;
        if (events.hasSeen(place)) return;
        events.openAfter(place);
        // Nothing may ever come of the metadata, so that its silence says nothing; both share a connection.
        metadata.openAfter();
      }, uses.silentMs).unref();
    },
    async close() {
      clearTimeout(waiting);
      await Promise.all([events.close(), metadata.close()]);
    },
  };
};

type Following = {
  readonly hasSeen: (place: Place) => boolean;
  /** Opens it anew after that place, or after the last that it saw. */
  readonly openAfter: (place?: Place) => void;
  readonly close: () => Promise<void>;
};

const follow = (
  { clients, prefix, onTampered }: ListenUses,
  streams: string,
  start: 'start' | 'end',
  onEvent: () => void = () => {},
): Following => {
  const filter: Filter = streamNameFilter({ prefixes: [streams], maxSearchWindow: SEARCH_WINDOW });
  const closing = new AbortController();
  let subscription: AllStreamSubscription | undefined;
  let end: (() => void) | undefined;
  let seen: Place | undefined;

  const untilItEnds = (): Promise<void> =>
    new Promise((resolve) => {
      const client = clients.current('listen');
      const opened = client.subscribeToAll({ fromPosition: seen ?? start, filter });
      subscription = opened;
      end = resolve;
      opened.on('data', ({ event }) => {
        if (event === undefined) return;
        seen = event.position;
        const foreign = foreignOf(event, prefix);
        if (foreign?.kind === 'tampered') onTampered(foreign);
        onEvent();
      });
      opened.on('error', (cause) => {
        clients.failed('listen', client, failureOf(cause));
        resolve();
      });
      opened.once('end', resolve);
      opened.once('close', resolve);
    });
  const run = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      await untilItEnds();
      // What came meanwhile was not announced: readers poll, and the next event is announced again.
      await pause(RESUBSCRIBE_MS, undefined, { signal: closing.signal, ref: false }).catch(() => {});
    }
  };
  const running = run();
  const endIt = (): void => {
    subscription?.unsubscribe().catch(() => {}); // not waited for: it may wait itself until nodes are found
    end?.();
  };
  return {
    hasSeen: ({ commit }) => seen !== undefined && seen.commit >= commit,
    openAfter(place) {
      seen = place ?? seen;
      endIt();
    },
    async close() {
      closing.abort();
      endIt();
      await running;
    },
  };
};
