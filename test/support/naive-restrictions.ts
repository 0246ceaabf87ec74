/** What is in force against a target at an instant, every time being exact, and whether that does what an order asks. */
import type { NaiveHistory, NaiveOrder, NaiveRestriction, NaiveTerritory } from './naive-record.ts';

export type Demand = NaiveOrder['demand'];
type History = NaiveHistory<number>;
type Restriction = NaiveRestriction<number>;

/** A restriction and the countries in which it holds at some instant: a source may have left them open. */
export type InForce = { readonly restriction: Restriction; readonly countries: Countries };
type Countries = ReadonlySet<string> | 'UNSTATED';

/** What `WORLD` is: every country that anything about the target names, and one that stands for all others. */
export type World = ReadonlySet<string>;

export const worldOf = (demands: readonly Demand[], { restrictions, lifts }: NaiveHistory<unknown>): World => {
  const territories = [
    ...demands.map(({ territory }) => territory),
    ...restrictions.map(({ territory }) => territory),
    ...lifts.flatMap(({ ends }) => ends.map(({ territory }) => territory)),
  ];
  return new Set([...territories.flatMap((territory) => (typeof territory === 'string' ? [] : territory)), 'elsewhere']);
};

/** Begun, not yet at its `until`, and not lifted everywhere. */
export const inForceAt = (history: History, world: World, instant: number): readonly InForce[] =>
  history.restrictions.flatMap((restriction) => {
    if (instant < restriction.start || instant >= restriction.until) return [];
    const countries = stillRestricted(history, world, restriction, instant);
    return countries === 'UNSTATED' || countries.size > 0 ? [{ restriction, countries }] : [];
  });

const stillRestricted = ({ lifts }: History, world: World, { id, territory }: Restriction, instant: number): Countries => {
  const lifted = lifts
    .filter(({ occurred }) => occurred <= instant)
    .flatMap(({ ends }) => ends.filter(({ restriction }) => restriction === id).map((end) => end.territory));
  if (territory === 'UNSTATED') return lifted.length > 0 ? new Set() : 'UNSTATED';
  const left = new Set(countriesOf(territory, world));
  for (const freed of lifted) for (const country of countriesOf(freed, world)) left.delete(country);
  return left;
};

/** From when on nothing is left of a restriction; Infinity when something always is. */
export const endOf = (history: History, world: World, restriction: Restriction): number => {
  const moments = history.lifts.map(({ occurred }) => occurred).sort((a, b) => a - b);
  const nothingLeft = moments.find((moment) => {
    const countries = stillRestricted(history, world, restriction, moment);
    return countries !== 'UNSTATED' && countries.size === 0;
  });
  return Math.min(restriction.until, nothingLeft ?? Number.POSITIVE_INFINITY);
};

/**
 * Whether what is in force does what the order asks. `open` is the truth of what the record leaves open (a measure or a territory that
 * is not stated), for all of it alike: more of it true never satisfies less.
 */
export const satisfies = (demand: Demand, world: World, inForce: readonly InForce[], open: boolean): boolean => {
  const sufficient = sufficientAmong(demand, inForce, open);
  return sufficient.length > 0 && covers(demand.territory, world, sufficient, open);
};

/** Those in force whose measure is enough, whatever their territory: R of the domain's rules. */
export const sufficientAmong = (demand: Demand, inForce: readonly InForce[], open: boolean): readonly InForce[] =>
  inForce.filter(({ restriction }) => suffices(demand.measure, restriction, open));

const suffices = (demanded: string, { measure, isLimit }: Restriction, open: boolean): boolean => {
  switch (demanded) {
    case 'disable_access':
      return !isLimit;
    case 'remove':
      return !isLimit && ['suspended', 'terminated', 'removed'].includes(measure);
    case 'limit':
      return true;
    case 'unstated':
      return open;
    default:
      throw new Error(`no such demand: ${demanded}`);
  }
};

const covers = (demanded: NaiveTerritory, world: World, inForce: readonly InForce[], open: boolean): boolean => {
  if (open && inForce.some(({ countries }) => countries === 'UNSTATED')) return true;
  const united = new Set(inForce.flatMap(({ countries }) => (countries === 'UNSTATED' ? [] : [...countries])));
  const everywhere = world.isSubsetOf(united);
  if (demanded === 'UNSTATED') return everywhere || open;
  return demanded === 'WORLD' ? everywhere : demanded.every((country) => united.has(country));
};

const countriesOf = (territory: NaiveTerritory, world: World): Iterable<string> => {
  if (territory === 'WORLD') return world;
  if (territory === 'UNSTATED') throw new Error('a lift of stated countries has to name them');
  return territory;
};

/** Whether the platform says that it acted on this order. */
export const citesAsLegal = ({ basis, orders }: Pick<Restriction, 'basis' | 'orders'>, order: string): boolean =>
  basis === 'legal_order' && orders.includes(order);
