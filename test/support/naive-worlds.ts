/**
 * Every way in which one pair's uncertain times may have fallen, written out one by one: a world chooses an instant for each of them. What
 * is certain holds in all worlds, what is possible in some.
 *
 * Instants are taken from a grid: each end that bears on the pair, and one instant between any two neighbours. No finer one is needed.
 * Against a fixed instant a time can only lie before, at or after it, and the grid has all three. Between two uncertain times a strict
 * order is only ever asked of a beginning (a restriction, what binds) that must lie before an ending (a lift): such a beginning may as well
 * fall on the grid point below it, such an ending on the one above.
 */
import type { NaiveListing, NaiveOrder, NaiveRestriction, NaiveTarget, NaiveTerritory, Range } from './naive-log.ts';

const WORLDS_MAX = 200_000; // random cases stay far below: more would mean a test that never ends

export type Pair = {
  readonly order: NaiveOrder;
  readonly target: NaiveTarget;
  readonly listing: NaiveListing;
  /** What `WORLD` is: every country that the pair's events name, and one that stands for all others. */
  readonly everywhere: ReadonlySet<string>;
};

/** One choice for what happened to the target: when each restriction began and each reinstatement came, in the target's order. */
export type TargetWorld = { readonly starts: readonly number[]; readonly lifts: readonly number[] };

export type Worlds = {
  readonly grid: readonly number[];
  /** Every instant at which the pair may have begun to bind; Infinity when the order was never served. */
  readonly bindings: readonly number[];
  /** Every choice of the instants at which the platform declined this order; one empty choice when it never did. */
  readonly declines: readonly (readonly number[])[];
  readonly targetWorlds: readonly TargetWorld[];
};

export const pairOf = (order: NaiveOrder, target: NaiveTarget, listing: NaiveListing): Pair => {
  const territories = [
    order.demand.territory,
    ...target.restrictions.map(({ territory }) => territory),
    ...target.lifts.flatMap(({ ends }) => ends.map(({ territory }) => territory)),
  ];
  const countries = territories.flatMap((territory) => (typeof territory === 'string' ? [] : territory));
  return { order, target, listing, everywhere: new Set([...countries, 'elsewhere']) };
};

export const worldsOf = (pair: Pair, validAt: number): Worlds => {
  const grid = gridOf(pair, validAt);
  const { order, target } = pair;
  const { issued, receipts } = order;
  const bindings = everyChoice([issued, pair.listing.received, ...receipts], grid).map(([issue = 0, list = 0, ...served]) =>
    bindingAt(issue, list, served),
  );
  const starts = target.restrictions.map(({ start }) => start);
  const targetWorlds = everyChoice([...starts, ...target.lifts.map(({ occurred }) => occurred)], grid)
    .map((chosen) => ({ starts: chosen.slice(0, starts.length), lifts: chosen.slice(starts.length) }))
    .filter((world) => endsNothingBeforeItBegan(target, world));
  if (targetWorlds.length === 0) throw new Error(`${target.stream}: every choice has a lift before the start of what it lifts`);
  return { grid, bindings: [...new Set(bindings)], declines: everyChoice(declinesOf(pair), grid), targetWorlds };
};

/** An order binds no earlier than it is issued, first received, and its list received. */
export const bindingAt = (issued: number, listReceived: number, served: readonly number[]): number =>
  Math.max(issued, listReceived, Math.min(...served)); // the least of none is Infinity: never served, never binding

export const declinesOf = ({ order, target }: Pair): readonly Range[] =>
  target.declines.filter(({ orders }) => orders.includes(order.id)).map(({ occurred }) => occurred);

const endsNothingBeforeItBegan = ({ restrictions, lifts }: NaiveTarget, world: TargetWorld): boolean =>
  lifts.every(({ ends }, lift) =>
    ends.every(({ restriction }) =>
      restrictions.every(({ id }, index) => id !== restriction || at(world.lifts, lift) >= at(world.starts, index)),
    ),
  );

const gridOf = ({ order, target, listing }: Pair, validAt: number): readonly number[] => {
  const extents = [
    order.issued,
    ...order.receipts,
    listing.received,
    ...target.restrictions.map(({ start }) => start),
    ...[...target.lifts, ...target.declines].map(({ occurred }) => occurred),
  ];
  const instants = [
    validAt,
    order.expiresAt,
    ...extents.flatMap(({ earliest, latest }) => [earliest, latest]),
    ...target.restrictions.map(({ until }) => until),
    ...order.coverage.flatMap(({ from, to }) => [from, to]),
  ];
  const ends = [...new Set(instants)].filter(Number.isFinite).sort((a, b) => a - b);
  const between = ends.map((end, index) => Math.floor((end + (ends[index + 1] ?? end)) / 2));
  return [...new Set([...ends, ...between])].sort((a, b) => a - b);
};

const everyChoice = (extents: readonly Range[], grid: readonly number[]): readonly (readonly number[])[] => {
  let choices: readonly (readonly number[])[] = [[]];
  for (const { earliest, latest } of extents) {
    const instants = grid.filter((instant) => earliest <= instant && instant <= latest);
    choices = choices.flatMap((chosen) => instants.map((instant) => [...chosen, instant]));
    if (choices.length > WORLDS_MAX) throw new Error(`more than ${WORLDS_MAX} worlds of one pair`);
  }
  return choices;
};

/** A restriction and the countries in which it holds at some instant of a world: a source may have left them open. */
type InForce = { readonly restriction: NaiveRestriction; readonly countries: Countries };

type Countries = ReadonlySet<string> | 'UNSTATED';

/** What is in force at an instant of a world: begun, not yet at its `until`, and not lifted everywhere. */
export const inForceAt = (pair: Pair, world: TargetWorld, instant: number): readonly InForce[] =>
  pair.target.restrictions.flatMap((restriction, index) => {
    if (instant < at(world.starts, index) || instant >= restriction.until) return [];
    const countries = stillRestricted(pair, world, restriction, instant);
    return countries === 'UNSTATED' || countries.size > 0 ? [{ restriction, countries }] : [];
  });

const stillRestricted = (pair: Pair, world: TargetWorld, restriction: NaiveRestriction, instant: number): Countries => {
  const lifted = pair.target.lifts
    .filter((_, lift) => at(world.lifts, lift) <= instant)
    .flatMap(({ ends }) => ends)
    .filter((end) => end.restriction === restriction.id)
    .map(({ territory }) => territory);
  if (restriction.territory === 'UNSTATED') return lifted.length > 0 ? new Set() : 'UNSTATED';
  const left = new Set(named(restriction.territory, pair));
  for (const territory of lifted) for (const country of named(territory, pair)) left.delete(country);
  return left;
};

/** From when on nothing is left of a restriction in this world; Infinity when something always is. */
export const endOf = (pair: Pair, world: TargetWorld, restriction: NaiveRestriction): number => {
  const moments = [...world.lifts].sort((a, b) => a - b);
  const nothingLeft = moments.find((moment) => {
    const countries = stillRestricted(pair, world, restriction, moment);
    return countries !== 'UNSTATED' && countries.size === 0;
  });
  return Math.min(restriction.until, nothingLeft ?? Number.POSITIVE_INFINITY);
};

/**
 * Whether what is in force does what the order asks. `open` is the truth of what the record leaves open (a measure or a territory that
 * is not stated), for all of it alike: more of it true never satisfies less.
 */
export const satisfies = (pair: Pair, inForce: readonly InForce[], open: boolean): boolean => {
  const sufficient = inForce.filter(({ restriction }) => suffices(pair.order.demand.measure, restriction.measure, open));
  return sufficient.length > 0 && covers(pair, sufficient, open);
};

/** The restrictions in force whose measure is enough, whatever their territory: R of the domain's rules */
export const sufficientAmong = (pair: Pair, inForce: readonly InForce[], open: boolean): readonly NaiveRestriction[] =>
  inForce.map(({ restriction }) => restriction).filter(({ measure }) => suffices(pair.order.demand.measure, measure, open));

const suffices = (demanded: string, measure: string, open: boolean): boolean => {
  switch (demanded) {
    case 'disable_access':
      return ['suspended', 'terminated', 'removed', 'access_disabled', 'withheld'].includes(measure);
    case 'remove':
      return ['suspended', 'terminated', 'removed'].includes(measure);
    case 'limit':
      return true;
    case 'unstated':
      return open;
    default:
      throw new Error(`no such demand: ${demanded}`);
  }
};

const covers = (pair: Pair, inForce: readonly InForce[], open: boolean): boolean => {
  if (open && inForce.some(({ countries }) => countries === 'UNSTATED')) return true;
  const united = new Set(inForce.flatMap(({ countries }) => (countries === 'UNSTATED' ? [] : [...countries])));
  const everywhere = pair.everywhere.isSubsetOf(united);
  const demanded = pair.order.demand.territory;
  if (demanded === 'UNSTATED') return everywhere || open;
  return demanded === 'WORLD' ? everywhere : demanded.every((country) => united.has(country));
};

const named = (territory: NaiveTerritory, pair: Pair): Iterable<string> => {
  if (territory === 'WORLD') return pair.everywhere;
  if (territory === 'UNSTATED') throw new Error('a lift of stated countries has to name them');
  return territory;
};

const at = (instants: readonly number[], index: number): number => {
  const instant = instants[index];
  if (instant === undefined) throw new Error('a world chooses an instant for every extent');
  return instant;
};
