/** One append, until its outcome is known or cannot be: the same sealed bytes at the same revision, tried again within a bounded time. */
import { setTimeout as pause } from 'node:timers/promises';
import type { NonEmpty, SealedEvent } from '../envelope/envelope.ts';
import { AccessDenied, AppendTooLarge, Conflict, OutcomeUnknown, StoreCorrupt, StoreUnavailable } from './errors.ts';
import type { ExpectedRevision } from './event-store.ts';
import type { Clients } from './eventstoredb-clients.ts';
import { type Failure, failureOf } from './eventstoredb-failures.ts';
import { corrupt, eventDataOf } from './eventstoredb-records.ts';
import type { Patience, Retries } from './eventstoredb-retries.ts';

/** The client takes its batch path, which has no deadline, unless a call brings credentials; without TLS they are not sent. */
const UNSENT = { username: 'ledger', password: 'unsent' };

export type Appending = {
  readonly clients: Clients;
  readonly retries: Retries;
  readonly patience: Patience;
  readonly prefix: string;
  readonly credentials: { readonly username: string; readonly password: string } | undefined;
  /** What stands in the stream from a revision on: after a conflict it tells whether an earlier try of ours was stored. */
  readonly read: (stream: string, from: number, limit: number) => Promise<readonly SealedEvent[]>;
};
type Append = {
  readonly stream: string;
  readonly bytes: number;
  readonly events: NonEmpty<SealedEvent>;
  readonly expected: ExpectedRevision;
};

/** Throws the port's errors. `OutcomeUnknown` as soon as one try may have been stored and none is known to be. */
export const appendUntilSettled = async (uses: Appending, append: Append): Promise<void> => {
  const { stream, expected } = append;
  const attempts = uses.retries.start();
  let isInDoubt = false;
  for (;;) {
    const failure = await tryOnce(uses, append, attempts.msLeft);
    if (failure === undefined) return;
    const { meaning } = failure;
    switch (meaning.kind) {
      case 'conflict': {
        // An acknowledgement that was lost looks like a conflict to the next try.
        if (isInDoubt && (await isStored(uses, append))) return;
        throw new Conflict({ stream, expected, head: meaning.head });
      }
      case 'deleted':
        throw corrupt('stream', stream, null);
      case 'denied':
        throw isInDoubt ? new OutcomeUnknown(stream, failure) : new AccessDenied('the cluster refuses this user', failure);
      case 'too_large':
        throw isInDoubt ? new OutcomeUnknown(stream, failure) : tooLarge(append, meaning.bytesMax);
      case 'ambiguous':
      case 'not_found':
        isInDoubt = true;
    }
    const waitMs = attempts.next(failure);
    if (waitMs === undefined) throw isInDoubt ? new OutcomeUnknown(stream, failure) : new StoreUnavailable('unreachable', failure);
    await pause(waitMs);
  }
};

type Failed = Failure & { readonly cause: unknown };

/** `undefined` once it is acknowledged. */
const tryOnce = async (uses: Appending, { stream, events, expected }: Append, msLeft: () => number): Promise<Failed | undefined> => {
  const { clients, patience, prefix, credentials = UNSENT } = uses;
  const last = events.at(-1)?.event.revision ?? 0;
  const expectedRevision = expected === 'no_stream' ? 'no_stream' : BigInt(expected);
  let stored: bigint;
  try {
    const answer = await clients.call('append', { watchdogMs: patience.appendWatchdogMs, msLeft }, (client) =>
      client.appendToStream(`${prefix}${stream}`, events.map(eventDataOf), {
        expectedRevision,
        credentials,
        deadline: Math.max(1, Math.min(patience.deadlineMs, msLeft())), // as of now: it may have waited for its turn
        requiresLeader: true,
      }),
    );
    stored = answer.nextExpectedRevision;
  } catch (cause) {
    return { ...failureOf(cause), cause };
  }
  // Stored elsewhere than where it says: somebody deleted the stream, and the server went on counting.
  if (stored !== BigInt(last)) throw corrupt('revision', stream, last);
  return undefined;
};

/** Ids are made anew for each decision: ours in the stream are an earlier try of this very append. */
const isStored = async ({ read }: Appending, { stream, events, expected }: Append): Promise<boolean> => {
  let found: readonly SealedEvent[];
  try {
    found = await read(stream, expected === 'no_stream' ? 0 : expected + 1, events.length);
  } catch (cause) {
    throw cause instanceof StoreCorrupt ? cause : new OutcomeUnknown(stream, { cause });
  }
  return events.every(({ text }, place) => found[place]?.text === text);
};

const tooLarge = ({ bytes }: Append, bytesMax: number | undefined): AppendTooLarge =>
  new AppendTooLarge({ measure: 'bytes', actual: bytes, max: bytesMax ?? bytes - 1 });
