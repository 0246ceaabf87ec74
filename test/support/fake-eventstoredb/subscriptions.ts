/** Subscriptions: from after a position through the log to its end, and from then on live. */
import { randomUUID } from 'node:crypto';
import { caughtUp, checkpoint, confirmation, eventRead } from './answers.ts';
import type { NodeContext } from './context.ts';
import type { SubscribeFault } from './faults.ts';
import { type Entry, type FakeLog, firstFrom, type StoredRecord } from './log.ts';
import { type ReadCall, refuse, send } from './read-call.ts';
import { dropped } from './refusals.ts';
import type { ReadFilter, ReadRequest } from './requests.ts';
import { laneOf, passes } from './selection.ts';

/** One that is open now. */
export type OpenSubscription = {
  readonly id: string;
  readonly node: number;
  readonly stream: string;
  readonly from: number | 'start' | 'end';
  readonly prefixes: readonly string[];
  readonly sent: number;
};

export type Subscriptions = ReturnType<typeof createSubscriptions>;

export const createSubscriptions = () => {
  const open = new Map<OpenSubscription, () => void>();
  return {
    list: (): readonly OpenSubscription[] => [...open.keys()],
    /** Ends each with an error, as a server that goes down does. */
    drop: (): void => {
      for (const end of [...open.values()]) end();
    },
    add(subscription: OpenSubscription, end: () => void): () => void {
      open.set(subscription, end);
      return () => void open.delete(subscription);
    },
  };
};

/** Ends when the client or the connection is gone, or when it is dropped. */
export const subscribe = async (
  { log, index: node, subscriptions }: NodeContext,
  call: ReadCall,
  { stream, from, filter }: ReadRequest,
  fault: SubscribeFault | undefined,
): Promise<void> => {
  const subscription = { id: randomUUID(), node, stream, from, prefixes: filter?.prefixes ?? [], sent: 0 };
  const over = Promise.withResolvers<'over'>();
  const remove = subscriptions.add(subscription, () => {
    refuse(call, dropped());
    over.resolve('over');
  });
  call.on('cancelled', () => over.resolve('over'));
  call.on('close', () => over.resolve('over'));
  const distort = distortionOf(fault);
  let after = startOf(log, stream, from);
  let looked = 0;
  let isCaughtUp = false;

  try {
    if (!(await send(call, confirmation(subscription.id)))) return;
    if (fault?.do === 'silent') return void (await over.promise);
    while (true) {
      const { entries, keyOf } = laneOf(log, stream);
      let at = firstFrom(entries, after + 1, keyOf);
      // What nobody is told of is gone over at once: the log of a server that many tests share is long.
      for (let over = entries[at]; over && isSilent(filter, over, looked + 1); over = entries[at]) {
        after = keyOf(over);
        looked += 1;
        at += 1;
      }
      const next = entries[at];
      if (next === undefined) {
        const grown = whenGrown(log);
        if (!isCaughtUp) {
          isCaughtUp = true;
          if (!(await send(call, caughtUp()))) return grown.stop();
        }
        const woken = await Promise.race([grown.promise, over.promise]);
        grown.stop();
        if (woken === 'over') return;
        continue;
      }
      after = keyOf(next);
      looked += 1;
      if (filter === undefined || passes(filter, next)) {
        for (const record of distort(next.record)) {
          if (!(await send(call, eventRead(record)))) return;
          subscription.sent += 1;
        }
      }
      if (filter !== undefined && looked % filter.checkpointEvery === 0 && !(await send(call, checkpoint(next.position)))) return;
    }
  } finally {
    remove();
  }
};

/** Neither sent nor the place of a checkpoint. */
const isSilent = (filter: ReadFilter | undefined, entry: Entry, looked: number): boolean =>
  filter !== undefined && looked % filter.checkpointEvery !== 0 && !passes(filter, entry);

/** A subscription begins after the record that it names. */
const startOf = (log: FakeLog, stream: string, from: ReadRequest['from']): number => {
  if (from === 'start') return -1;
  if (from !== 'end') return from;
  const { entries, keyOf } = laneOf(log, stream);
  const last = entries.at(-1);
  return last === undefined ? -1 : keyOf(last);
};

const whenGrown = (log: FakeLog): { readonly promise: Promise<'grown'>; readonly stop: () => void } => {
  const { promise, resolve } = Promise.withResolvers<'grown'>();
  return { promise, stop: log.onGrown(() => resolve('grown')) };
};

/** What is sent in place of each event. */
const distortionOf = (fault: SubscribeFault | undefined): ((record: StoredRecord) => readonly StoredRecord[]) => {
  let index = -1;
  let held: StoredRecord | undefined;
  return (record) => {
    index += 1;
    if (held !== undefined) {
      const late = held;
      held = undefined;
      return [record, late];
    }
    if (fault === undefined || !('index' in fault) || fault.index !== index) return [record];
    switch (fault.do) {
      case 'skip_event':
        return [];
      case 'double_event':
        return [record, record];
      case 'swap_events':
        held = record;
        return [];
    }
  };
};
