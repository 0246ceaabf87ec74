/**
 * The status of a pair at an instant: the table of statuses, read with every time at its earliest and then at its latest, each with what the
 * record leaves open as no and as yes. Under one reading every time is exact.
 */
import { dueAsAt } from './naive-deadlines.ts';
import type { Range } from './naive-log.ts';
import { bindingOf, endOfInterruption, forceAt, isCoveredAt, isDeclinedAt, isEnded } from './naive-order-life.ts';
import {
  historyAt,
  listingAt,
  type NaiveHistory,
  type NaiveListing,
  type NaiveOrder,
  type NaiveRecord,
  type NaiveTarget,
  orderAt,
} from './naive-record.ts';
import { citesAsLegal, endOf, type InForce, inForceAt, satisfies, sufficientAmong, type World } from './naive-restrictions.ts';
import type { Listed } from './naive-worlds.ts';
import { withPossibleEnds, withPossibleLifts } from './naive-worlds.ts';

/** In the order of the table. */
export const STATUSES = [
  'not_yet_binding',
  'restricted_after_order_ended',
  'order_ended',
  'suspended_by_stay',
  'target_gone',
  'in_effect_preexisting',
  'in_effect_on_time',
  'in_effect_late',
  'in_effect',
  'reversed_while_in_force',
  'insufficient_measure',
  'insufficient_territory',
  'declined',
  'unknown',
  'tolled',
  'pending',
  'overdue',
  'outstanding',
] as const;
export type Status = (typeof STATUSES)[number];
export type Ground = 'citing_order' | 'preexisting' | 'other_order' | 'platform_rules' | 'unstated';
export type Column = 'legal_order' | 'platform_rules' | 'unstated' | 'no_action' | 'unknown';

/** What a pair is under one reading; the ground only if it is satisfied. */
export type Read = {
  readonly status: Status;
  readonly responseDeclined: boolean;
  readonly ground: Ground | undefined;
  /** Undefined: not listed, or not issued yet. */
  readonly column: Column | undefined;
  /** What ended the order for it; undefined: nothing did. */
  readonly ending: 'withdrawn' | 'revoked' | 'expired' | undefined;
};

export type Readable = Listed & {
  readonly target: NaiveTarget;
  readonly record: NaiveRecord;
  readonly world: World;
  readonly validAt: number;
};

export const readingsOf = (pair: Readable): readonly Read[] => {
  const ends: readonly (keyof Range)[] = ['earliest', 'latest'];
  return ends.flatMap((end) =>
    [false, true].map((open) => {
      const at = (extent: Range) => extent[end];
      const [order, history] = [withPossibleEnds(pair.order), withPossibleLifts(pair.target)];
      const exact = { order: orderAt(order, at), listing: listingAt(pair.listing, at), history: historyAt(history, at) };
      return read({ ...exact, open, isAskedByAnother: isAskedByAnother(pair, at) }, pair);
    }),
  );
};

type Reading = {
  readonly order: NaiveOrder<number>;
  readonly listing: NaiveListing<number>;
  readonly history: NaiveHistory<number>;
  readonly open: boolean;
  readonly isAskedByAnother: boolean;
};

const read = (reading: Reading, pair: Readable): Read => {
  const { order, history, open } = reading;
  const { world, validAt } = pair;
  const inForce = inForceAt(history, world, validAt);
  const status = statusIn(reading, pair);
  const force = forceAt(order, reading.listing, validAt);
  return {
    status,
    ending: isEnded(force) ? force : undefined,
    responseDeclined: isDeclinedAt(order, history, validAt),
    ground: satisfies(order.demand, world, inForce, open) ? groundOf(inForce, reading, pair) : undefined,
    column: reading.listing.occurred <= validAt && order.issued <= validAt ? columnOf(inForce, status) : undefined,
  };
};

/** Whether another order that lists the target stands: issued by then, and neither ended nor given up for it. A stay ends nothing. */
const isAskedByAnother = ({ target, order, record, validAt }: Readable, at: (extent: Range) => number): boolean =>
  target.listings
    .filter((listing) => listing.order !== order.id && at(listing.occurred) <= validAt)
    .some(({ order: id, withdrawals }) => {
      const other = record.orders.find((candidate) => candidate.id === id);
      const isOver = [...withdrawals, ...(other?.revocations ?? [])].some((extent) => at(extent) <= validAt);
      return other !== undefined && at(other.issued) <= validAt && validAt < other.expiresAt && !isOver;
    });

const statusIn = (reading: Reading, pair: Readable): Status => {
  const { order, listing, history, open } = reading;
  const { world, validAt } = pair;
  const force = forceAt(order, listing, validAt);
  if (force === 'not_issued' || force === 'not_served') return 'not_yet_binding';
  const inForce = inForceAt(history, world, validAt);
  if (isEnded(force)) {
    const isCiting = inForce.some(({ restriction }) => citesAsLegal(restriction, order.id));
    return isCiting && !reading.isAskedByAnother ? 'restricted_after_order_ended' : 'order_ended';
  }
  if (force === 'stayed') return 'suspended_by_stay';
  const isSatisfied = satisfies(order.demand, world, inForce, open);
  if (!isSatisfied && history.gone.some((moment) => moment <= validAt)) return 'target_gone';
  return isSatisfied ? statusInEffect(reading, pair) : statusNotInEffect(reading, pair, inForce);
};

const statusInEffect = (reading: Reading, pair: Readable): Status => {
  const { order, listing } = reading;
  if (isPreexisting(reading, pair)) return 'in_effect_preexisting';
  const due = dueAsAt(order, listing, { instant: pair.validAt });
  if (due.is === 'none') return 'in_effect';
  // With the clock stopped now, the time was not over, whenever it was that the order was first satisfied.
  return due.is === 'stopped' || firstSatisfaction(reading, pair) <= due.at ? 'in_effect_on_time' : 'in_effect_late';
};

const statusNotInEffect = (reading: Reading, pair: Readable, inForce: readonly InForce[]): Status => {
  const { order, listing, history, open } = reading;
  const { validAt } = pair;
  const lostAt = lastLoss(reading, pair);
  if (lostAt !== undefined && forceAt(order, listing, lostAt) === 'in_force') return 'reversed_while_in_force';
  if (inForce.length > 0)
    return sufficientAmong(order.demand, inForce, open).length > 0 ? 'insufficient_territory' : 'insufficient_measure';
  if (isDeclinedAt(order, history, validAt)) return 'declined';
  if (isUnreported(reading, pair) && !isCoveredAt(order, validAt)) return 'unknown';
  const due = dueAsAt(order, listing, { instant: validAt });
  if (due.is === 'stopped') return 'tolled';
  if (due.is === 'none') return 'outstanding';
  return validAt < due.at ? 'pending' : 'overdue';
};

/** No restriction at any instant since the order bound; one that ended just then says something about that instant. */
const isUnreported = ({ order, listing, history }: Reading, { world, validAt }: Readable): boolean =>
  history.restrictions.every(
    (restriction) =>
      restriction.start > validAt || endOf(history, world, restriction) < Math.max(bindingOf(order, listing), restriction.start),
  );

/** Every restriction whose measure is enough began provably before anything could bind: extents are compared, whatever the reading. */
const isPreexisting = ({ order, history, open }: Reading, pair: Readable): boolean => {
  const relied = sufficientAmong(order.demand, inForceAt(history, pair.world, pair.validAt), open);
  const earliestBinding = bindingOf(
    orderAt(pair.order, ({ earliest }) => earliest),
    listingAt(pair.listing, ({ earliest }) => earliest),
  );
  return relied.every(({ restriction }) => restriction.extent.latest < earliestBinding);
};

/** What was cited, first match; it does not say what caused. */
const groundOf = (inForce: readonly InForce[], reading: Reading, pair: Readable): Ground => {
  const { order, open } = reading;
  const citing = inForce.filter(({ restriction }) => citesAsLegal(restriction, order.id));
  if (satisfies(order.demand, pair.world, citing, open)) return 'citing_order';
  if (isPreexisting(reading, pair)) return 'preexisting';
  const relied = sufficientAmong(order.demand, inForce, open).map(({ restriction }) => restriction);
  if (relied.some(({ basis, orders }) => basis === 'legal_order' && orders.some((cited) => cited !== order.id))) return 'other_order';
  return relied.some(({ basis }) => basis === 'platform_rules') ? 'platform_rules' : 'unstated';
};

/** As platforms usually count: blocks and withholds, whatever order they cite; where nothing is known of any, that is said. */
const columnOf = (inForce: readonly InForce[], status: Status): Column => {
  const bases = inForce.filter(({ restriction }) => !restriction.isLimit).map(({ restriction }) => restriction.basis);
  if (bases.includes('legal_order')) return 'legal_order';
  if (bases.includes('platform_rules')) return 'platform_rules';
  if (bases.length > 0) return 'unstated';
  return status === 'unknown' ? 'unknown' : 'no_action';
};

/** Every instant at which something becomes otherwise under a reading, up to now. */
const moments = ({ order, listing, history }: Reading, { validAt }: Readable): readonly number[] => {
  const changes = [
    bindingOf(order, listing),
    ...order.stays.map(endOfInterruption),
    ...history.restrictions.flatMap(({ start, until }) => [start, until]),
    ...history.lifts.map(({ occurred }) => occurred),
  ];
  return [...new Set(changes)].filter((moment) => moment <= validAt).sort((a, b) => a - b);
};

/** The first instant at which the order was in force and satisfied. */
const firstSatisfaction = (reading: Reading, pair: Readable): number => {
  const { order, listing, history, open } = reading;
  const found = moments(reading, pair).find(
    (moment) =>
      forceAt(order, listing, moment) === 'in_force' && satisfies(order.demand, pair.world, inForceAt(history, pair.world, moment), open),
  );
  return found ?? Number.POSITIVE_INFINITY;
};

/** The last instant up to now at which the demand stopped being met, in force or not. */
const lastLoss = (reading: Reading, pair: Readable): number | undefined => {
  const { order, history, open } = reading;
  const all = moments(reading, pair);
  const isMet = all.map((moment) => satisfies(order.demand, pair.world, inForceAt(history, pair.world, moment), open));
  return all.findLast((_, index) => isMet[index - 1] === true && isMet[index] === false);
};
