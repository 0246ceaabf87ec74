/** The ledger's own stream: its first event fixes the ledger's UUID, so that no event can be moved into another ledger. */
import { LEDGER_STREAM } from '../domain/ids.ts';
import { commandHash, sealAll } from '../envelope/seal.ts';
import { Conflict } from '../event-store/errors.ts';
import type { EventStore } from '../event-store/event-store.ts';
import type { Clock } from './clock.ts';

export const LEDGER_OPENED = 'LedgerOpened';
const LEDGER_OPENED_VERSION = 1;

export type Ledger = { readonly id: string; readonly name: string };
export type OpenLedgerUses = {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly newSalt: () => string;
  readonly recordedBy: string;
};

/** The ledger that the store holds; an empty store becomes one. Processes that start at once agree: one append wins. */
export const openLedger = async (uses: OpenLedgerUses, name: string): Promise<Ledger> => {
  const existing = await readLedger(uses.store);
  if (existing) return existing;
  const { store, clock, newId, newSalt, recordedBy } = uses;
  const id = newId();
  const data = { name };
  const meta = { commandId: id, commandHash: commandHash({ type: LEDGER_OPENED, stream: LEDGER_STREAM, data }), recordedBy };
  const draft = { type: LEDGER_OPENED, version: LEDGER_OPENED_VERSION, data };
  const head = { ledger: id, stream: LEDGER_STREAM, head: null, meta, recordedAt: clock(), newEventId: newId, newSalt };
  try {
    await store.append(sealAll([draft], head), { expected: 'no_stream' });
    return { id, name };
  } catch (error) {
    const winner = error instanceof Conflict ? await readLedger(store) : undefined;
    if (winner) return winner;
    throw error;
  }
};

/** `undefined` for a store without events. */
const readLedger = async (store: EventStore): Promise<Ledger | undefined> => {
  const [first] = await store.readStream(LEDGER_STREAM, { from: 0, limit: 1 });
  if (!first) return undefined;
  const { ledger, data } = first.event;
  return { id: ledger, name: String(data['name']) };
};
