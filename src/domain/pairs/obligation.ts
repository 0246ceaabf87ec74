/** A pair made ready for judging: what its order and its target contribute, joined; and the same with every extent taken at one of its ends. */
import type { Range } from '../facts.ts';
import { isSpent } from '../restriction.ts';
import type { Territory } from '../territory.ts';
import {
  BINDING_EVENT,
  type Happening,
  NEVER,
  type OrderTerms,
  type PairFacts,
  type Pause,
  type Response,
  type Restriction,
} from './pair-facts.ts';

export type JudgedRestriction = Restriction & {
  /** Began provably before the order bound, whatever instants are chosen. */
  readonly isPreexisting: boolean;
  /** The last instant at which it can have been in force, an end on the instant of binding included. */
  readonly lastPossible: number;
};
export type Obligation = {
  readonly order: OrderTerms;
  readonly pair: PairFacts;
  readonly binding: Happening;
  readonly restrictions: readonly JudgedRestriction[];
  /** By latest, then event. */
  readonly responses: readonly Response[];
};

export const obligationOf = (order: OrderTerms, pair: PairFacts): Obligation => {
  const binding = { event: BINDING_EVENT, ...bindingOf(order, pair) };
  const restrictions = liftedAfterTheyBegan(pair.restrictions).map((restriction) => ({
    ...restriction,
    start: startsBefore(restriction.start, restriction.lifts, restriction.until),
    isPreexisting: restriction.start.latest < binding.earliest,
    lastPossible: endOf(restriction),
  }));
  return { order, pair, binding, restrictions, responses: responsesOf(order, pair) };
};

/** From when on an order binds for a target: the later of its own receipt and the list's. */
export const bindingOf = ({ binding }: Pick<OrderTerms, 'binding'>, { received }: Pick<PairFacts, 'received'>): Range => ({
  earliest: Math.max(binding.earliest, received.earliest),
  latest: Math.max(binding.latest, received.latest),
});

/** And the reverse: one lift that ends several restrictions comes after each of them began. */
const liftedAfterTheyBegan = (restrictions: readonly Restriction[]): readonly Restriction[] => {
  const isNarrowed = restrictions.some(({ start, lifts }) => lifts.some((lift) => lift.earliest < start.earliest));
  if (!isNarrowed) return restrictions;
  const earliest = new Map<number, number>();
  for (const { start, lifts } of restrictions)
    for (const lift of lifts) earliest.set(lift.event, Math.max(earliest.get(lift.event) ?? lift.earliest, start.earliest));
  return restrictions.map((restriction) => ({
    ...restriction,
    lifts: restriction.lifts.map((lift) => ({ ...lift, earliest: Math.min(lift.latest, earliest.get(lift.event) ?? lift.earliest) })),
  }));
};

/** An end is never before its start: what the extent of the start leaves open, that of an end may settle. */
export const startsBefore = (start: Happening, ends: readonly Happening[], until = NEVER): Happening => {
  let latest = Math.min(start.latest, Math.max(until, start.earliest));
  for (const end of ends) latest = Math.min(latest, end.latest);
  return latest === start.latest ? start : { ...start, latest };
};

const responsesOf = ({ answers }: OrderTerms, { declines }: PairFacts): readonly Response[] => {
  if (answers.length === 0 && declines.length === 0) return answers;
  return [...answers, ...declines.map((decline) => ({ ...decline, isDecline: true }))].sort(
    (a, b) => a.latest - b.latest || a.event - b.event,
  );
};

/** When nothing is left of a restriction, its lifts taken as late as they can be. */
const endOf = ({ terms, until, lifts }: Restriction): number => {
  if (lifts.length === 0) return until;
  const lifted: Territory[] = [];
  for (const lift of lifts.length === 1 ? lifts : lifts.toSorted((a, b) => a.latest - b.latest)) {
    lifted.push(lift.territory);
    if (isSpent({ territory: terms.territory, lifted })) return Math.min(until, lift.latest);
  }
  return until;
};

/** Something that happens, with what must have begun before: an end is never before its start. */
export type Dependent = Happening & { readonly after?: Happening };

const isExact = ({ earliest, latest }: Range): boolean => earliest === latest;
const isUncertain = ({ earliest, latest }: Range): boolean => earliest < latest;

/** What an order brings to every pair, found once: a million pairs ask for it. */
type OfOrder = { readonly uncertain: readonly Dependent[]; readonly instants: readonly number[] };
const ofOrders = new WeakMap<OrderTerms, OfOrder>();

const ofOrder = (order: OrderTerms): OfOrder => {
  const known = ofOrders.get(order);
  if (known) return known;
  const pauses = [...order.stays, ...order.stops];
  const happenings: readonly Dependent[] = [
    order.issued,
    ...order.revocations,
    ...order.dueDates,
    ...pauses.flatMap(({ begins, ends }) => [begins, ...ends.map((end) => ({ ...end, after: begins }))]),
  ];
  const instants = [
    ...happenings.flatMap(({ earliest, latest }) => [earliest, latest]),
    order.expiresAt,
    ...order.dueDates.map(({ dueAt }) => dueAt),
    ...order.stays.map(({ until }) => until),
    ...order.covered.flatMap(({ earliest, latest }) => [earliest, latest + 1]),
  ];
  const made = { uncertain: happenings.filter(isUncertain), instants: [...new Set(instants)] };
  ofOrders.set(order, made);
  return made;
};

/** Every event of uncertain time, besides those of other orders, about which readings alone ask. */
export const uncertainOf = (obligation: Obligation): readonly Dependent[] => {
  const { order, pair, binding, restrictions, responses } = obligation;
  const { uncertain } = ofOrder(order);
  if (isPairExact(obligation)) return uncertain;
  const own: readonly Dependent[] = [
    { ...binding, after: order.issued },
    pair.listed,
    ...pair.withdrawals,
    ...pair.gone,
    ...responses,
    ...restrictions.flatMap(({ start, lifts }) => [start, ...lifts.map((lift) => ({ ...lift, after: start }))]),
  ];
  return [...uncertain, ...own.filter(isUncertain)];
};

/** Whether every instant is exact, those of other orders included. */
export const isTimedExactly = (obligation: Obligation): boolean =>
  ofOrder(obligation.order).uncertain.length === 0 &&
  isPairExact(obligation) &&
  obligation.pair.others.every(({ issued, listed, ends }) => isExact(issued) && isExact(listed) && ends.every(isExact));

const isPairExact = ({ pair, binding, restrictions, responses }: Obligation): boolean => {
  if (isUncertain(binding) || isUncertain(pair.listed)) return false;
  for (const { start, lifts } of restrictions) if (isUncertain(start) || lifts.some(isUncertain)) return false;
  return responses.every(isExact) && pair.withdrawals.every(isExact) && pair.gone.every(isExact);
};

/** Every instant at which something can change by itself; some come more than once. */
export const instantsOf = ({ order, pair, binding, restrictions, responses }: Obligation): number[] => {
  const found = [...ofOrder(order).instants];
  const add = ({ earliest, latest }: Range): void => {
    found.push(earliest);
    if (latest !== earliest) found.push(latest);
  };
  add(binding);
  add(pair.listed);
  for (const { start, until, lifts } of restrictions) {
    add(start);
    found.push(until);
    for (const lift of lifts) add(lift);
  }
  for (const happening of responses) add(happening);
  for (const happening of pair.withdrawals) add(happening);
  for (const happening of pair.gone) add(happening);
  for (const { issued, listed, ends, expiresAt } of pair.others) {
    found.push(expiresAt);
    add(issued);
    add(listed);
    for (const end of ends) add(end);
  }
  return found;
};

/** Whether satisfaction may hang on a measure or territory that the record leaves unstated. */
export const leavesOpen = ({ order, restrictions }: Obligation): boolean => {
  const { territory } = order.demand;
  return restrictions.some(
    ({ terms, lifts }) =>
      terms.suffices === 'possibly' ||
      terms.coversAlone === 'possibly' ||
      lifts.some((lift) => lift.territory === 'UNSTATED' || (territory === 'UNSTATED' && lift.territory !== 'WORLD')),
  );
};

type End = 'earliest' | 'latest';

/** The obligation with every extent taken at one end: under such a reading everything is exact. */
export const readAt = (obligation: Obligation, end: End): Obligation => {
  const { order, pair, binding, restrictions, responses } = obligation;
  const exact = <H extends Range>(happening: H): H => ({ ...happening, earliest: happening[end], latest: happening[end] });
  const paused = (pause: Pause): Pause => ({ ...pause, begins: exact(pause.begins), ends: pause.ends.map(exact) });
  const read = restrictions.map((restriction) => ({
    ...restriction,
    start: exact(restriction.start),
    lifts: restriction.lifts.map(exact),
  }));
  return {
    order: {
      ...order,
      issued: exact(order.issued),
      revocations: order.revocations.map(exact),
      stays: order.stays.map(paused),
      stops: order.stops.map(paused),
      dueDates: order.dueDates.map(exact),
    },
    pair: {
      ...pair,
      listed: exact(pair.listed),
      withdrawals: pair.withdrawals.map(exact),
      gone: pair.gone.map(exact),
      others: pair.others.map((other) => ({
        ...other,
        issued: exact(other.issued),
        listed: exact(other.listed),
        ends: other.ends.map(exact),
      })),
    },
    binding: exact(binding),
    restrictions: read.map((restriction) => ({ ...restriction, lastPossible: endOf(restriction) })),
    responses: responses.map(exact),
  };
};
