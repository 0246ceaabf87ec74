/** The change indexes of the orders that were asked about, kept for the next question. */
import type { OrderView } from '../domain/order-terms.ts';
import { type ChangeIndex, createChangeIndex } from './change-index.ts';
import { type AskedOrder, type OrderPairs, orderPairs, type Standpoint } from './order-pairs.ts';
import type { ReadModel } from './read-model.ts';

/** An order as known from the standpoint of a question. */
export type KnownOrder = AskedOrder & { readonly view: OrderView; readonly standpoint: Standpoint; readonly pairs: OrderPairs };

const INDEX_BYTES_MAX = 256 * 1024 * 1024;
/** More events than this in between are not followed one by one: the order is read anew. */
const FOLLOWED_MAX = 20_000;
/** CROSS JOIN: from the few events to their pairs, never the other way round. */
const TOUCHED_TARGETS = `
  SELECT DISTINCT pair.target FROM event CROSS JOIN pair ON pair.list = ? AND pair.target = event.stream WHERE event.position > ? AND event.position <= ?`;
const ORDER_TOUCHED = 'SELECT 1 FROM event WHERE stream = ? AND position > ? AND position <= ? LIMIT 1';
/** Orders, since only they have pairs. */
const OTHERS_TOUCHED = `
  SELECT DISTINCT event.stream FROM event WHERE event.position > ? AND event.position <= ? AND event.stream <> ?
  AND EXISTS (SELECT 1 FROM pair WHERE pair.list = event.stream)`;
const SHARES_TARGET = `
  SELECT 1 FROM pair AS other CROSS JOIN pair AS own ON own.list = ? AND own.target = other.target WHERE other.list = ? LIMIT 1`;

/**
 * Change indexes by order and standpoint, least recently used first to go. The newest of an order is moved along when more is known: the pairs that were
 * touched since are taken out as they were known and put in as they are.
 */
export const createOrderIndexes = (model: ReadModel, bytesMax = INDEX_BYTES_MAX) => {
  type Kept = { knownAt: number; readonly index: ChangeIndex };
  const kept = new Map<string, Kept>();

  /** Whether something may have changed for every pair: the order itself, or another that lists one of its targets. */
  const isTouched = ({ no }: KnownOrder, from: number, knownAt: number): boolean =>
    model.get(ORDER_TOUCHED, no, from, knownAt) !== undefined ||
    model.all(OTHERS_TOUCHED, from, knownAt, no).some(([other = 0]) => model.get(SHARES_TARGET, no, other) !== undefined);

  const follow = (entry: Kept, known: KnownOrder): boolean => {
    const { knownAt: from } = entry;
    const { knownAt } = known.standpoint;
    if (knownAt < from || knownAt - from > FOLLOWED_MAX || isTouched(known, from, knownAt)) return false;
    const before = orderPairs(model, known, { ...known.standpoint, knownAt: from });
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
    of(known: KnownOrder): ChangeIndex {
      const { knownAt, toleranceMs, reportedBy } = known.standpoint;
      const newest = [known.id, toleranceMs, reportedBy].join(' ');
      const pinned = `${newest} ${knownAt}`;
      for (const key of [pinned, newest]) {
        const entry = kept.get(key);
        if (!entry || !(entry.knownAt === knownAt || (key === newest && follow(entry, known)))) continue;
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
