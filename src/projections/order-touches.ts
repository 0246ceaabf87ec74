/** What, between two positions, can have changed the accounts of an order: something that happened to the order, or to single accounts. */
import type { OrderId } from '../domain/ids.ts';
import { streamOf } from '../domain/ids.ts';
import { findStream } from './dictionaries.ts';
import { listedByKind } from './listing-counts.ts';
import type { ReadModel } from './read-model.ts';

export type OrderTouches = {
  /** Positions of events in the order's own stream, or in that of another order that names one of its targets; in log order. */
  readonly orderEvents: readonly number[];
  /** How many targets its list has, as known at the end. */
  readonly size: number;
  /** Numbers of its targets after one, in whose own streams something was recorded; ascending. */
  readonly targets: (after: number) => readonly number[];
};

/** Orders, since only they have pairs. */
const ORDERS_TOUCHED = `
  SELECT DISTINCT event.stream FROM event WHERE event.position > ? AND event.position <= ?
  AND EXISTS (SELECT 1 FROM pair WHERE pair.list = event.stream)`;
const SHARES_TARGET = `
  SELECT 1 FROM pair AS other CROSS JOIN pair AS own ON own.list = ? AND own.target = other.target WHERE other.list = ? LIMIT 1`;
/** From which position on something else is known of what an order's own stream says. */
const OWN = `
  SELECT since FROM record WHERE subject = ? AND stream = subject AND since > ? AND since <= ?
  UNION SELECT before FROM record WHERE subject = ? AND stream = subject AND before > ? AND before <= ?`;
const TARGETS_TOUCHED = `
  SELECT DISTINCT pair.target FROM event CROSS JOIN pair ON pair.list = ? AND pair.target = event.stream
  WHERE event.position > ? AND event.position <= ? AND pair.target > ? ORDER BY pair.target`;

export const createOrderTouches = (model: ReadModel, from: number, to: number) => {
  const touched = model.all(ORDERS_TOUCHED, from, to).map(([no]) => Number(no));
  const ownEvents = (no: number): readonly number[] => model.all(OWN, no, from, to, no, from, to).map(([position]) => Number(position));
  return {
    of(order: OrderId): OrderTouches {
      const no = findStream(model, streamOf('order', order));
      if (no === undefined) return { orderEvents: [], size: 0, targets: () => [] };
      const others = touched.filter((other) => other !== no && model.get(SHARES_TARGET, no, other) !== undefined);
      return {
        orderEvents: [no, ...others].flatMap(ownEvents).sort((a, b) => a - b),
        size: Object.values(listedByKind(model, no, to)).reduce((sum, listed) => sum + listed, 0),
        targets: (after) => model.all(TARGETS_TOUCHED, no, from, to, after).map(([target]) => Number(target)),
      };
    },
  };
};
