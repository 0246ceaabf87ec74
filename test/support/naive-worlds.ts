/**
 * Every way in which the uncertain times of one target and of its orders may have fallen, written out one by one: a world chooses an instant
 * for each of them. What is certain holds in all worlds, what is possible in some.
 *
 * Instants are taken from a grid: each end that bears on the target, and every half hour within an uncertain time. In the cases of the tests
 * all ends and all durations are whole hours, and questions are asked at whole or half hours. Then no finer grid is needed: a choice can lie
 * before, at or after every fixed instant, and before, at or after every other choice, also when a duration is added to it. (Two choices that
 * fall into the same hour, one strictly before the other and both strictly within, are asked for nowhere.) A test tries quarters of an hour.
 */
import type { Range } from './naive-log.ts';
import {
  historyAt,
  type Interruption,
  listingAt,
  type NaiveHistory,
  type NaiveLift,
  type NaiveListing,
  type NaiveOrder,
  type NaiveTarget,
  orderAt,
} from './naive-record.ts';

const HOUR = 3_600_000;
export const HALF_HOUR = HOUR / 2;
const WORLDS_MAX = 200_000; // random cases stay far below: more would mean a test that never ends

export type Listed = { readonly order: NaiveOrder; readonly listing: NaiveListing };

export type Grid = {
  /** Every instant that may be chosen, and every fixed one at which something can change, ascending. */
  readonly instants: readonly number[];
  /** Between one and the next nothing is fixed: they cut time into stretches of which any instant within is like any other. */
  readonly cuts: readonly number[];
};

export const gridOf = (target: NaiveTarget, listed: readonly Listed[], validAt: number, stepMs: number): Grid => {
  const extents = extentsOf(target, listed);
  const fixed = [...target.restrictions.map(({ until }) => until), ...listed.flatMap(({ order }) => fixedIn(order))].filter(
    Number.isFinite,
  );
  const within = (step: number) => extents.flatMap((extent) => multiplesWithin(step, extent));
  const ends = [...fixed, ...extents.flatMap(({ earliest, latest }) => [earliest, latest])];
  const cuts = ascending([...ends, ...within(HOUR)]);
  const middles = cuts.slice(1).map((cut, index) => middleOf(cuts[index] ?? cut, cut));
  const afterCoverage = listed.flatMap(({ order }) => order.coverage.map(({ to }) => to + 1));
  return { cuts, instants: ascending([...cuts, ...middles, ...within(stepMs), ...afterCoverage, validAt]) };
};

const extentsOf = (target: NaiveTarget, listed: readonly Listed[]): readonly Range[] => {
  const extents: Range[] = [];
  const note = (extent: Range): Range => {
    extents.push(extent);
    return extent;
  };
  historyAt(target, note);
  for (const { order, listing } of listed) {
    orderAt(order, note);
    listingAt(listing, note);
  }
  return extents;
};

/** How many uncertain times of a pair have an instant in common: of two or more, which came first is open as well. */
export const openAtOnce = (target: NaiveTarget, listed: Listed): number => {
  const uncertain = extentsOf(target, [listed]).filter(({ earliest, latest }) => earliest < latest);
  // Where most are open, one of them begins.
  const openAt = (instant: number) => uncertain.filter(({ earliest, latest }) => earliest <= instant && instant <= latest).length;
  return Math.max(0, ...uncertain.map(({ earliest }) => openAt(earliest)));
};

/** Whether some time of what happened to the target is uncertain: it is so for all of its pairs at once. */
export const hasUncertainHistory = (target: NaiveTarget): boolean => {
  let isUncertain = false;
  historyAt(target, ({ earliest, latest }) => {
    isUncertain ||= earliest < latest;
    return earliest;
  });
  return isUncertain;
};

/** An instant within the stretch from one cut to the next. */
export const middleOf = (from: number, to: number): number => Math.floor((from + to) / 2);

const fixedIn = ({ expiresAt, coverage, stays, stops, deadlines }: NaiveOrder): readonly number[] => [
  expiresAt,
  ...coverage.flatMap(({ from, to }) => [from, to]),
  ...[...stays, ...stops].map(({ until }) => until),
  ...deadlines.map(({ dueAt }) => dueAt),
];

/** Those of an uncertain time; an exact one needs no further instants. */
const multiplesWithin = (step: number, { earliest, latest }: Range): readonly number[] => {
  if (earliest === latest) return [];
  const first = Math.ceil(earliest / step);
  const last = Math.floor(latest / step);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => (first + index) * step);
};

const ascending = (instants: readonly number[]): readonly number[] => [...new Set(instants)].sort((a, b) => a - b);

/** The orders' worlds: an interruption ends no earlier than it begins. */
export const everyObligation = (
  { order, listing }: Listed,
  grid: Grid,
): readonly { readonly order: NaiveOrder<number>; readonly listing: NaiveListing<number> }[] =>
  everyWorld((at) => ({ order: orderAt(order, at), listing: listingAt(listing, at) }), grid).filter(({ order: { stays, stops } }) =>
    [...stays, ...stops].every(endsNoEarlier),
  );

const endsNoEarlier = ({ start, ends }: Interruption<number>): boolean => ends.every((end) => end >= start);

/** The target's worlds: nothing is lifted before it began. */
export const everyHistory = (target: NaiveTarget, grid: Grid): readonly NaiveHistory<number>[] => {
  const worlds = everyWorld((at) => historyAt(target, at), grid).filter(liftsNothingEarlier);
  if (worlds.length === 0) throw new Error(`${target.stream}: every choice has a lift before the start of what it lifts`);
  return worlds;
};

const liftsNothingEarlier = ({ restrictions, lifts }: NaiveHistory<number>): boolean =>
  lifts.every(({ occurred, ends }) =>
    ends.every(({ restriction }) => restrictions.every(({ id, start }) => id !== restriction || occurred >= start)),
  );

/** The order with each time as far as it is possible: an interruption begins no later than it can end, and ends no earlier than it can begin. */
export const withPossibleEnds = (order: NaiveOrder): NaiveOrder => ({
  ...order,
  stays: order.stays.map(possible),
  stops: order.stops.map(possible),
});

const possible = ({ start, ends, ...rest }: Interruption): Interruption => ({
  ...rest,
  start: { earliest: start.earliest, latest: Math.min(start.latest, ...ends.map(({ latest }) => latest)) },
  ends: ends.map(({ earliest, latest }) => ({ earliest: Math.max(earliest, start.earliest), latest })),
});

/** The same for what is lifted. */
export const withPossibleLifts = (history: NaiveHistory): NaiveHistory => {
  const { restrictions, lifts } = history;
  const liftsOf = (id: string) => lifts.filter(({ ends }) => ends.some(({ restriction }) => restriction === id));
  const liftedBy = ({ ends }: NaiveLift) => restrictions.filter(({ id }) => ends.some(({ restriction }) => restriction === id));
  return {
    ...history,
    restrictions: restrictions.map(({ start, ...rest }) => ({
      ...rest,
      start: {
        earliest: start.earliest,
        latest: Math.min(start.latest, rest.until, ...liftsOf(rest.id).map(({ occurred }) => occurred.latest)),
      },
    })),
    lifts: lifts.map((lift) => {
      const earliest = Math.max(lift.occurred.earliest, ...liftedBy(lift).map(({ start }) => start.earliest));
      return { ...lift, occurred: { earliest, latest: lift.occurred.latest } };
    }),
  };
};

/** `make` asks for each time in turn. */
const everyWorld = <World>(make: (at: (extent: Range) => number) => World, { instants }: Grid): readonly World[] => {
  const extents: Range[] = [];
  make((extent) => {
    extents.push(extent);
    return extent.earliest;
  });
  return everyChoice(extents, instants).map((chosen) => {
    const next = chosen.values();
    return make(({ earliest }) => next.next().value ?? earliest);
  });
};

const everyChoice = (extents: readonly Range[], instants: readonly number[]): readonly (readonly number[])[] => {
  let choices: readonly (readonly number[])[] = [[]];
  for (const { earliest, latest } of extents) {
    const possible = earliest === latest ? [earliest] : instants.filter((instant) => earliest <= instant && instant <= latest);
    choices = choices.flatMap((chosen) => possible.map((instant) => [...chosen, instant]));
    if (choices.length > WORLDS_MAX) throw new Error(`more than ${WORLDS_MAX} worlds of one target and order`);
  }
  return choices;
};
