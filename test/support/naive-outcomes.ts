/** What one pair is, for each definition of a figure, in one world: outside the population, or inside it and one of three. */
import { dueAsAt } from './naive-deadlines.ts';
import { bindingOf, type Force, forceAt, isCoveredAt, isDeclinedAt, isTimeCoveredAt } from './naive-order-life.ts';
import type { NaiveHistory, NaiveListing, NaiveOrder } from './naive-record.ts';
import { citesAsLegal, inForceAt, satisfies, type World } from './naive-restrictions.ts';
import { type Grid, middleOf } from './naive-worlds.ts';

export type Outcome = 'out' | 'yes' | 'no' | 'unknown';

export const PAIR_DEFINITIONS = ['effective', 'anyRestriction', 'ever', 'onTime', 'sustained', 'citingOrder', 'platformStyle'] as const;
export type PairDefinition = (typeof PAIR_DEFINITIONS)[number];

export type Outcomes = {
  readonly pair: { readonly [definition in PairDefinition]: Outcome };
  /** Of the milliseconds of each stretch of time. */
  readonly time: readonly Outcome[];
};

/** Milliseconds that are all alike, since nothing fixed lies between them: the one at a cut, and those up to the next. */
export type Stretch = { readonly at: number; readonly index: number; readonly milliseconds: bigint };

/** Time from the first cut up to `validAt`, half-open; `index` is the place of `at` among the instants. */
const stretchesOf = ({ cuts }: Grid, instants: readonly number[], validAt: number): readonly Stretch[] => {
  const stretch = (at: number, milliseconds: bigint): Stretch => {
    const index = instants.indexOf(at);
    if (index < 0) throw new Error('a stretch of time is told at one of the instants');
    return { at, index, milliseconds };
  };
  const past = cuts.filter((cut) => cut < validAt);
  return past.flatMap((cut, place) => {
    const next = cuts[place + 1];
    const within = Math.min(next === undefined ? validAt : middleOf(cut, next), validAt);
    const milliseconds = BigInt(Math.min(next ?? validAt, validAt) - cut);
    return milliseconds === 1n ? [stretch(cut, 1n)] : [stretch(cut, 1n), stretch(within, milliseconds - 1n)];
  });
};

/** The instants up to `validAt` at which anything can change, and what is said of all worlds of a pair. */
export type Frame = {
  readonly instants: readonly number[];
  readonly stretches: readonly Stretch[];
  readonly world: World;
  /** In milliseconds, for orders that set no number of hours. */
  readonly tolerance: number | undefined;
  /** No restriction that can have been in force at some instant from binding to `validAt`. */
  readonly isUnreportedSince: (binding: number) => boolean;
};

type Question = { readonly validAt: number; readonly tolerance: number | undefined };

export const frameOf = (grid: Grid, { validAt, tolerance }: Question, of: Pick<Frame, 'world' | 'isUnreportedSince'>): Frame => {
  const instants = grid.instants.filter((instant) => instant <= validAt);
  return { ...of, instants, stretches: stretchesOf(grid, instants, validAt), tolerance };
};

/** One world of the order, told at each instant. */
export type Obligation = {
  readonly order: NaiveOrder<number>;
  readonly listing: NaiveListing<number>;
  readonly binding: number;
  readonly force: readonly Force[];
  readonly isCovered: readonly boolean[];
  /** Undefined: not due by `validAt`. */
  readonly due: number | undefined;
};

export const obligationOf = (order: NaiveOrder<number>, listing: NaiveListing<number>, { instants, tolerance }: Frame): Obligation => {
  const validAt = instants.at(-1) ?? 0;
  const due = dueAsAt(order, listing, { instant: validAt, tolerance });
  return {
    order,
    listing,
    binding: bindingOf(order, listing),
    force: instants.map((instant) => forceAt(order, listing, instant)),
    isCovered: instants.map((instant) => isCoveredAt(order, instant)),
    due: due.is === 'due' && due.at <= validAt ? due.at : undefined,
  };
};

/** One world of the target, as one order sees it, told at each instant. */
export type Effect = {
  readonly history: NaiveHistory<number>;
  readonly isSatisfied: readonly boolean[];
  readonly isGone: readonly boolean[];
  /** At `validAt`: anything at all, a block or withhold, and what cites this order alone satisfying it. */
  readonly isRestricted: boolean;
  readonly isBlockedOrWithheld: boolean;
  readonly isSatisfiedByCiting: boolean;
};

export const effectOf = (
  history: NaiveHistory<number>,
  { id, demand }: Pick<NaiveOrder<unknown>, 'id' | 'demand'>,
  open: boolean,
  { instants, world }: Frame,
): Effect => {
  const inForceNow = inForceAt(history, world, instants.at(-1) ?? 0);
  const citing = inForceNow.filter(({ restriction }) => citesAsLegal(restriction, id));
  return {
    history,
    isSatisfied: instants.map((instant) => satisfies(demand, world, inForceAt(history, world, instant), open)),
    isGone: instants.map((instant) => history.gone.some((moment) => moment <= instant)),
    isRestricted: inForceNow.length > 0,
    isBlockedOrWithheld: inForceNow.some(({ restriction }) => !restriction.isLimit),
    isSatisfiedByCiting: satisfies(demand, world, citing, open),
  };
};

export const outcomesIn = (obligation: Obligation, effect: Effect, frame: Frame): Outcomes => {
  const { instants, stretches } = frame;
  const { order, listing, due } = obligation;
  const now = instants.length - 1;
  const validAt = instants[now] ?? 0;
  const isInForce = (index: number) => obligation.force[index] === 'in_force';
  const isSatisfied = (index: number) => effect.isSatisfied[index] === true;
  const isLive = (index: number) => isInForce(index) && (effect.isGone[index] !== true || isSatisfied(index));
  const isSilent = frame.isUnreportedSince(obligation.binding) && !isDeclinedAt(order, effect.history, validAt);
  const indices = [...instants.keys()];
  const isUncoveredUpTo = (last: number) => indices.some((index) => index <= last && isLive(index) && !obligation.isCovered[index]);

  const first = indices.find((index) => isInForce(index) && isSatisfied(index));
  const isUnknownNow = isLive(now) && !isSatisfied(now) && isSilent && !obligation.isCovered[now];
  const ofLive = (isYes: boolean): Outcome => (isLive(now) ? ofOthers(isYes, isUnknownNow) : 'out');

  const onTime = (): Outcome => {
    const dueIndex = due === undefined ? -1 : instants.findLastIndex((instant) => instant <= due);
    if (due === undefined || dueIndex < 0 || !isLive(dueIndex)) return 'out';
    return ofOthers(first !== undefined && (instants[first] ?? 0) <= due, isSilent && isUncoveredUpTo(dueIndex));
  };
  const sustained = (): Outcome => {
    const hasHeld = first !== undefined && indices.every((index) => index < first || !isLive(index) || isSatisfied(index));
    return isLive(now) ? ofOthers(isSatisfied(now) && hasHeld, isSilent && isUncoveredUpTo(now)) : 'out';
  };
  const isListed = listing.occurred <= validAt && order.issued <= validAt;

  return {
    pair: {
      effective: ofLive(isSatisfied(now)),
      anyRestriction: ofLive(effect.isRestricted),
      ever: indices.some(isLive) ? ofOthers(first !== undefined, isSilent && isUncoveredUpTo(now)) : 'out',
      onTime: onTime(),
      sustained: sustained(),
      citingOrder: ofLive(effect.isSatisfiedByCiting),
      platformStyle: isListed ? ofOthers(effect.isBlockedOrWithheld, isUnknownNow) : 'out',
    },
    time: stretches.map(({ at, index }) => (isLive(index) ? ofOthers(isSatisfied(index), isSilent && !isTimeCoveredAt(order, at)) : 'out')),
  };
};

const ofOthers = (isYes: boolean, isUnknown: boolean): Outcome => {
  if (isYes) return 'yes';
  return isUnknown ? 'unknown' : 'no';
};
