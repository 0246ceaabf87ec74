/**
 * One reading of a pair: every extent taken at one of its ends, and what only possibly satisfies counted or not. Under a reading everything is exact:
 * what is in force at an instant, whether that satisfies the order, and in which class the pair then stands.
 */
import type { Range } from './facts.ts';
import type { OrderTerms, PairFacts, Restriction } from './pair-facts.ts';
import type { InEffect, NotInEffect } from './pair-state.ts';
import { covers, isSpent, type Verdict } from './restriction.ts';
import type { Territory } from './territory.ts';

type End = 'earliest' | 'latest';
export type Reading = { readonly start: End; readonly end: End; readonly countsPossible: boolean };

/** Starts as late and ends as early as the extents allow: the least that can be in force, at every instant at once. */
export const LEAST: Reading = { start: 'latest', end: 'earliest', countsPossible: false };
/** The reverse: the most that can be in force. */
export const MOST: Reading = { start: 'earliest', end: 'latest', countsPossible: true };
/** Statuses are read with every extent at its earliest, then at its latest; what only possibly satisfies as no, then as yes. */
export const STATUS_READINGS: readonly Reading[] = [
  { start: 'earliest', end: 'earliest', countsPossible: false },
  { start: 'earliest', end: 'earliest', countsPossible: true },
  { start: 'latest', end: 'latest', countsPossible: false },
  { start: 'latest', end: 'latest', countsPossible: true },
];

/** A restriction in force from `from` (ms) until before `to`. */
type Span = { readonly restriction: Restriction; readonly from: number; readonly to: number };

export type ReadPair = {
  readonly isSatisfiedAt: (t: number) => boolean;
  /** Why it is satisfied at `t`: the first ground that matches. */
  readonly inEffect: (t: number, binding: Range) => InEffect;
  /** Why it is not satisfied at `t`; `lastLost` is the last instant by then at which satisfaction ended, -1 if it never did. */
  readonly notInEffect: (
    t: number,
    bindsFrom: number,
    lastLost: number,
  ) => { readonly status: NotInEffect; readonly responseDeclined: boolean };
};

export const readPair = (order: OrderTerms, pair: PairFacts, reading: Reading): ReadPair => {
  const spans = pair.restrictions.map((restriction) => spanOf(restriction, reading));
  /** Restrictions in force whose measure suffices: those on which satisfaction relies. */
  const relied = (t: number): readonly Restriction[] => {
    const found: Restriction[] = [];
    for (const { restriction, from, to } of spans)
      if (from <= t && t < to && counts(restriction.terms.suffices, reading)) found.push(restriction);
    return found;
  };
  const isAnyInForce = (t: number): boolean => spans.some(({ from, to }) => from <= t && t < to);

  return {
    isSatisfiedAt: (t) => isSatisfiedBy(order, relied(t), reading, t),
    inEffect(t, binding) {
      const all = relied(t);
      const citing = all.filter(({ terms }) => terms.basis === 'legal_order' && terms.citesOrder);
      return isSatisfiedBy(order, citing, reading, t) ? 'citing_order' : otherGround(all, binding);
    },
    notInEffect(t, bindsFrom, lastLost) {
      const responseDeclined = pair.declines.some((decline) => decline[reading.start] <= t);
      const wasReversed = lastLost >= bindsFrom && lastLost < order.expiresAt;
      if (wasReversed) return { status: 'reversed_while_in_force', responseDeclined };
      if (relied(t).length > 0) return { status: 'insufficient_territory', responseDeclined };
      if (isAnyInForce(t)) return { status: 'insufficient_measure', responseDeclined };
      return { status: responseDeclined ? 'declined' : 'outstanding', responseDeclined };
    },
  };
};

const counts = (verdict: Verdict, { countsPossible }: Reading): boolean => verdict === 'yes' || (countsPossible && verdict === 'possibly');

const spanOf = (restriction: Restriction, { start, end }: Reading): Span => ({
  restriction,
  from: restriction.start[start],
  to: endOf(restriction, end),
});

/** When nothing is left of a restriction, its lifts taken at one end of their extents. */
export const endOf = ({ terms, until, lifts }: Restriction, end: End): number => {
  if (lifts.length === 0) return until;
  const lifted: Territory[] = [];
  for (const lift of lifts.length === 1 ? lifts : lifts.toSorted((a, b) => a[end] - b[end])) {
    lifted.push(lift.territory);
    if (isSpent({ territory: terms.territory, lifted })) return Math.min(until, lift[end]);
  }
  return until;
};

/** Whether restrictions that are in force and suffice in measure cover, between them, the territory demanded. */
const isSatisfiedBy = (order: OrderTerms, inForce: readonly Restriction[], reading: Reading, t: number): boolean => {
  if (inForce.length === 0) return false;
  let isWhole = true; // nothing lifted by now
  for (const { terms, lifts } of inForce) {
    const isLifted = lifts.some((lift) => lift[reading.end] <= t);
    if (!isLifted && counts(terms.coversAlone, reading)) return true;
    isWhole &&= !isLifted;
  }
  if (inForce.length === 1 && isWhole) return false;
  const reach = inForce.map(({ terms, lifts }) => ({
    territory: terms.territory,
    lifted: lifts.filter((lift) => lift[reading.end] <= t).map((lift) => lift.territory),
  }));
  return counts(covers(order.demand.territory, reach), reading);
};

/** `preexisting` is provable or not said: it compares extents, whatever the reading. */
const otherGround = (relied: readonly Restriction[], binding: Range): InEffect => {
  if (relied.every(({ start }) => start.latest < binding.earliest)) return 'preexisting';
  if (relied.some(({ terms }) => terms.basis === 'legal_order' && terms.citesOther)) return 'other_order';
  return relied.some(({ terms }) => terms.basis === 'platform_rules') ? 'platform_rules' : 'unstated';
};
