/** How accounts change that stand in several orders, each counted once: made when a figure about targets is asked for, and kept for the next question. */
import { NO_TARGET, targetSteps } from '../domain/distinct-targets.ts';
import { type ChangeIndex, createChangeIndex } from './change-index.ts';
import type { KnownOrder } from './order-indexes.ts';
import type { OrderPairs, PairLife } from './order-pairs.ts';

const KEPT_MAX = 4; // sets of orders at one standpoint each: whoever asks for a curve asks for one set

export type DistinctIndexes = {
  /** Of the targets of orders that are looked at from one standpoint. */
  readonly of: (orders: readonly KnownOrder[]) => ChangeIndex;
};

export const createDistinctIndexes = (): DistinctIndexes => {
  const kept = new Map<string, ChangeIndex>();
  return {
    of(orders) {
      const key = JSON.stringify(
        orders.map(({ id, standpoint: { knownAt, toleranceMs, reportedBy } }) => [id, knownAt, toleranceMs, reportedBy]),
      );
      const index = kept.get(key) ?? indexOf(orders);
      kept.delete(key);
      kept.set(key, index);
      for (const oldest of kept.keys()) {
        if (kept.size <= KEPT_MAX) break;
        kept.delete(oldest);
      }
      return index;
    },
  };
};

const indexOf = (orders: readonly KnownOrder[]): ChangeIndex => {
  const index = createChangeIndex(NO_TARGET);
  for (const pairs of byTarget(orders)) {
    const [first] = pairs;
    if (first)
      index.count(
        { kind: first.kind, steps: targetSteps(pairs.map(({ steps }) => steps)), moves: [], listedAt: first.listedAt, recorded: [] },
        1,
      );
  }
  return index;
};

/** The pairs of each target, target by target: orders give theirs in the same order. */
const byTarget = function* (orders: readonly KnownOrder[]): Generator<readonly PairLife[]> {
  const each = orders.map(({ pairs }) => pairsOf(pairs));
  let heads = each.map((pairs) => pairs.next());
  for (;;) {
    const target = Math.min(...heads.map((head) => (head.done ? Number.POSITIVE_INFINITY : head.value.target)));
    if (target === Number.POSITIVE_INFINITY) return;
    const isMeant = (head: IteratorResult<PairLife, undefined>): boolean => !head.done && head.value.target === target;
    yield heads.flatMap((head) => (!head.done && head.value.target === target ? [head.value] : []));
    heads = heads.map((head, place) => (isMeant(head) ? (each[place]?.next() ?? head) : head));
  }
};

const pairsOf = function* (pairs: OrderPairs): Generator<PairLife, undefined> {
  for (let after: number | undefined = 0; after !== undefined; ) {
    const page: ReturnType<OrderPairs['page']> = pairs.page(after);
    yield* page.pairs;
    after = page.next;
  }
  return undefined;
};
