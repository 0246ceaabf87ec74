/** The change indexes of the orders that were asked about, kept for the next question. */
import type { OrderId } from '../domain/ids.ts';
import type { OrderView } from '../domain/order-terms.ts';
import { type ChangeIndex, createChangeIndex } from './change-index.ts';
import { type OrderPairs, orderPairs } from './order-pairs.ts';
import type { ReadModel } from './read-model.ts';

/** An order as known at the position asked about. */
export type KnownOrder = { readonly id: OrderId; readonly no: number; readonly view: OrderView; readonly pairs: OrderPairs };

const INDEX_BYTES_MAX = 256 * 1024 * 1024;
/** More events than this in between are not followed one by one: the order is read anew. */
const FOLLOWED_MAX = 20_000;
/** CROSS JOIN: from the few events to their pairs, never the other way round. */
const TOUCHED_TARGETS = `
  SELECT DISTINCT pair.target FROM event CROSS JOIN pair ON pair.list = ? AND pair.target = event.stream WHERE event.position > ? AND event.position <= ?`;
const ORDER_TOUCHED = 'SELECT 1 FROM event WHERE stream = ? AND position > ? AND position <= ? LIMIT 1';

/**
 * Change indexes by order and position, least recently used first to go. The newest of an order is moved along when more is known: the pairs that were
 * touched since are taken out as they were known and put in as they are.
 */
export const createOrderIndexes = (model: ReadModel, bytesMax = INDEX_BYTES_MAX) => {
  type Kept = { knownAt: number; readonly index: ChangeIndex };
  const kept = new Map<string, Kept>();

  const follow = (entry: Kept, known: KnownOrder, knownAt: number): boolean => {
    const { knownAt: from } = entry;
    if (knownAt < from || knownAt - from > FOLLOWED_MAX || model.get(ORDER_TOUCHED, known.no, from, knownAt)) return false;
    const before = orderPairs(model, { ...known, knownAt: from });
    for (const [target] of model.all(TOUCHED_TARGETS, known.no, from, knownAt)) {
      const was = before.one(Number(target));
      const is = known.pairs.one(Number(target));
      if (was) entry.index.count(was, -1);
      if (is) entry.index.count(is, 1);
    }
    entry.knownAt = knownAt;
    return true;
  };
  const evict = (): void => {
    let bytes = [...kept.values()].reduce((sum, { index }) => sum + index.bytes(), 0);
    for (const [key, { index }] of kept) {
      if (bytes <= bytesMax || kept.size === 1) return;
      bytes -= index.bytes();
      kept.delete(key);
    }
  };

  return {
    of(known: KnownOrder, knownAt: number): ChangeIndex {
      const newest = `${known.id}`;
      const pinned = `${known.id} ${knownAt}`;
      for (const key of [pinned, newest]) {
        const entry = kept.get(key);
        if (!entry || !(entry.knownAt === knownAt || (key === newest && follow(entry, known, knownAt)))) continue;
        kept.delete(key);
        kept.set(key, entry);
        return entry.index;
      }
      const index = createChangeIndex();
      known.pairs.each((pair) => index.count(pair, 1));
      const replaced = kept.get(newest);
      // What is known later than the newest becomes the newest; an earlier position has an entry of its own.
      const key = !replaced || replaced.knownAt <= knownAt ? newest : pinned;
      kept.delete(key);
      kept.set(key, { knownAt, index });
      evict();
      return index;
    },
  };
};
