/** The legal life of an order towards one target, every time being exact: when it binds, what force it has, how it was answered. */
import type { Interruption, NaiveHistory, NaiveListing, NaiveOrder, Rank } from './naive-record.ts';

type Order = NaiveOrder<number>;
type Listing = NaiveListing<number>;

export type Force = 'not_issued' | 'not_served' | 'withdrawn' | 'revoked' | 'expired' | 'stayed' | 'in_force';

/** The later of issue, first receipt and receipt of the list. Infinity: never served, never binding. */
export const bindingOf = ({ issued, receipts }: Order, { occurred, received }: Listing): number =>
  Math.max(issued, received ?? occurred, Math.min(...receipts)); // the least of none is Infinity

/** The first that applies. */
export const forceAt = (order: Order, listing: Listing, instant: number): Force => {
  const hasHappened = (moment: number) => moment <= instant;
  if (!hasHappened(order.issued)) return 'not_issued';
  if (!hasHappened(bindingOf(order, listing))) return 'not_served';
  if (listing.withdrawals.some(hasHappened)) return 'withdrawn';
  if (order.revocations.some(hasHappened)) return 'revoked';
  if (hasHappened(order.expiresAt)) return 'expired';
  return order.stays.some((stay) => isInterruptedAt(stay, instant)) ? 'stayed' : 'in_force';
};

/** Whether an order no longer asks, for good. */
export const isEnded = (force: Force): force is 'withdrawn' | 'revoked' | 'expired' =>
  force === 'withdrawn' || force === 'revoked' || force === 'expired';

/** Infinity: nothing ends it. */
export const endOfInterruption = ({ until, ends }: Interruption<number>): number => Math.min(until, ...ends);

const isInterruptedAt = (interruption: Interruption<number>, instant: number): boolean =>
  interruption.start <= instant && instant < endOfInterruption(interruption);

/** Of the answers given by then, for the whole order or for this target, the last decides: by its latest instant, then by its place. */
export const isDeclinedAt = ({ id, answers }: Order, { declines }: NaiveHistory<number>, instant: number): boolean => {
  const refusals = declines.filter(({ orders }) => orders.includes(id)).map((decline) => ({ ...decline, declines: true }));
  return lastRanked([...answers, ...refusals].filter(({ occurred }) => occurred <= instant))?.declines === true;
};

export const lastRanked = <Item extends { readonly rank: Rank }>(items: readonly Item[]): Item | undefined =>
  [...items].sort((a, b) => a.rank.latest - b.rank.latest || a.rank.position - b.rank.position).at(-1);

/** Of several declarations that reach an instant the one recorded last decides. At its end a declaration counts, and adds no time. */
export const isCoveredAt = ({ coverage }: Pick<Order, 'coverage'>, instant: number): boolean =>
  coverage.findLast(({ from, to }) => from <= instant && instant <= to)?.completeness === 'complete';

/** The same for the millisecond that begins at an instant: here the end of a declaration is outside. */
export const isTimeCoveredAt = ({ coverage }: Pick<Order, 'coverage'>, instant: number): boolean =>
  coverage.findLast(({ from, to }) => from <= instant && instant < to)?.completeness === 'complete';
