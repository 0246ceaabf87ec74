/**
 * One world of a pair as it goes through time: what it remembers of what came before, and how its clock stands. Worlds that remember the same are one.
 */

import type { Obligation } from './obligation.ts';
import { type Clock, NEVER, type Pause } from './pair-facts.ts';
import { hasHappened, isOver, isPausing, type Moment, momentOf, type View } from './pair-moment.ts';
import type { Loss } from './pair-state.ts';

// What a world remembers, one bit each.
export const EVER_LIVE = 1;
/** Satisfied at some instant in force. */
export const EVER_SATISFIED = 2;
/** Not satisfied at some live instant since it first was. */
export const BROKEN = 4;
/** Not covered at some live instant. */
export const UNCOVERED = 8;
/** Somebody may have acted since the order bound. */
export const SILENCE_BROKEN = 16;
const SATISFIED_LAST = 32;
/** Satisfaction was last lost at an instant in force. */
export const LOST_IN_FORCE = 64;
/** Nobody may have acted yet at some live instant that is not covered: whether that is unknown, the silence at the instant asked about decides. */
const WAS_UNKNOWN = 128;

/** How a due time stood when it was reached, one bit each. */
export const REACHED = 1;
export const LIVE_AT_DUE = 2;
export const SATISFIED_BY_DUE = 4;
export const UNCOVERED_BY_DUE = 8;
/** The pair was withdrawn, or its order over, before it was due: then it never came to be due. */
export const OVER_BEFORE_DUE = 16;

/** `running`: due at an instant in [min, max], ms since 1970. `paused`: [min, max] ms are left. */
export type ClockState = {
  readonly phase: 'waiting' | 'running' | 'paused' | 'reached';
  readonly min: number;
  readonly max: number;
  readonly isStopped: boolean;
};

export type World = {
  /** The instant, and what has happened by it. */
  readonly view: View;
  readonly memory: number;
  /** Since when it may have been unknown: the earliest of the worlds that are one. */
  readonly unknownSince: number;
  readonly clock: ClockState | undefined;
  /** How each due time stood when it was reached: the rule's, then the dates set; 0 before. */
  readonly reached: readonly number[];
  readonly moment: Moment;
  /** How satisfaction was last lost. Worlds that differ in this alone are one: only exact readings are asked. */
  readonly lostBy: Loss | null;
};

/** The stretch in which something happens: one instant, or any between two. */
export type Span = { readonly from: number; readonly to: number };

const NO_DUES: readonly number[] = [];

export const firstWorld = (obligation: Obligation, isOpenTrue: boolean): World => {
  const { clock, dueDates } = obligation.order;
  const view: View = { at: -1, fired: [], isOpenTrue };
  return {
    view,
    memory: 0,
    unknownSince: NEVER,
    clock: clock && { phase: 'waiting', min: 0, max: 0, isStopped: false },
    reached: clock || dueDates.length > 0 ? [0, ...dueDates.map(() => 0)] : NO_DUES,
    moment: momentOf(obligation, view),
    lostBy: null,
  };
};

/** The world at the next instant looked at, with the events that have happened by then. `isDue`: the rule's time is reached. */
export const advanced = (
  obligation: Obligation,
  world: World,
  { span, fired, isDue }: { readonly span: Span; readonly fired: readonly number[]; readonly isDue: boolean },
): World => {
  const view: View = { at: span.from, fired, isOpenTrue: world.view.isOpenTrue };
  const moment = momentOf(obligation, view);
  const memory = remembered(world.memory, moment);
  // What begins when the time is up changes nothing of it: so it is reached first.
  const reached = world.reached.length === 0 ? world.reached : reachedBy(obligation, world, { at: span.from, isDue, moment, memory });
  const clock = world.clock && ticked(obligation, isDue ? dueWithin(world.clock, span) : world.clock, span, view);
  const unknownSince = world.unknownSince === NEVER && (memory & WAS_UNKNOWN) !== 0 ? span.from : world.unknownSince;
  const lostBy = world.moment.isSatisfied && !moment.isSatisfied ? lossOf(world.moment, moment, view) : world.lostBy;
  return { view, memory, unknownSince, clock, reached, moment, lostBy };
};

/** `null` if what was relied on ended in both ways at once. */
const lossOf = (before: Moment, now: Moment, { at }: View): Loss | null => {
  const ways = before.relied.flatMap(({ restriction, lifted }): Loss | readonly Loss[] => {
    const left = now.inForce.find((one) => one.restriction === restriction);
    if (!left) return restriction.until <= at ? 'ran_out' : 'lifted';
    return left.lifted.length > lifted.length ? 'lifted' : [];
  });
  const [first = null, ...others] = ways;
  return others.every((way) => way === first) ? first : null;
};

/** It has come to be due here: so it was due no earlier and no later. */
const dueWithin = (clock: ClockState, { from, to }: Span): ClockState => ({
  ...clock,
  phase: 'reached',
  min: Math.max(clock.min, from),
  max: Math.min(clock.max, to),
});

const remembered = (before: number, { force, isLive, isSatisfied, isCovered, isPossiblyRestricted }: Moment): number => {
  let memory = before;
  const isBound = force !== 'not_issued' && force !== 'not_served';
  if (isBound && isPossiblyRestricted) memory |= SILENCE_BROKEN;
  if (isLive) {
    memory |= EVER_LIVE;
    if (!isCovered) memory |= UNCOVERED;
    if (isSatisfied) memory |= EVER_SATISFIED;
    else if ((memory & EVER_SATISFIED) !== 0) memory |= BROKEN;
    if (!isSatisfied && !isCovered && (memory & SILENCE_BROKEN) === 0) memory |= WAS_UNKNOWN;
  }
  if (isSatisfied) return memory | SATISFIED_LAST;
  if ((memory & SATISFIED_LAST) === 0) return memory;
  memory &= ~(SATISFIED_LAST | LOST_IN_FORCE);
  return force === 'in_force' ? memory | LOST_IN_FORCE : memory;
};

type Reaching = { readonly at: number; readonly isDue: boolean; readonly moment: Moment; readonly memory: number };

const reachedBy = (
  { order }: Obligation,
  { reached, moment: before }: World,
  { at, isDue, moment, memory }: Reaching,
): readonly number[] => {
  const dueAt = (place: number): number => (place === 0 ? (isDue ? at : at + 1) : (order.dueDates[place - 1]?.dueAt ?? at + 1));
  if (!reached.some((known, place) => known === 0 && dueAt(place) <= at)) return reached;
  const stood =
    REACHED |
    (moment.isLive ? LIVE_AT_DUE : 0) |
    ((memory & EVER_SATISFIED) === 0 ? 0 : SATISFIED_BY_DUE) |
    ((memory & UNCOVERED) === 0 ? 0 : UNCOVERED_BY_DUE) |
    (isOver(before.force) ? OVER_BEFORE_DUE : 0);
  // A date before all that is looked at was due before the order was issued.
  return reached.map((known, place) => (known !== 0 || dueAt(place) > at ? known : dueAt(place) === at ? stood : REACHED));
};

/** Starts, pauses and goes on; a pause that begins at or after the due time changes nothing. */
const ticked = ({ order, binding }: Obligation, state: ClockState, { from, to }: Span, view: View): ClockState => {
  const { clock } = order;
  if (!clock || state.phase === 'reached') return state;
  const isStopped = anyPausing(order.stops, view);
  const isPaused = isStopped || anyPausing(order.stays, view);
  if (state.phase === 'waiting') {
    if (!hasHappened(clock.startsAt === 'issue' ? order.issued : binding, view)) return state;
    return isPaused ? left(clock, isStopped) : { phase: 'running', min: from + clock.durationMs, max: to + clock.durationMs, isStopped };
  }
  if (state.phase === 'running')
    return isPaused ? { phase: 'paused', min: Math.max(1, state.min - to), max: state.max - from, isStopped } : state;
  const remaining = state.isStopped && !isStopped && clock.onRestart === 'restart' ? left(clock, isStopped) : { ...state, isStopped };
  return isPaused ? remaining : { phase: 'running', min: from + remaining.min, max: to + remaining.max, isStopped };
};

const left = ({ durationMs }: Clock, isStopped: boolean): ClockState => ({ phase: 'paused', min: durationMs, max: durationMs, isStopped });
const anyPausing = (pauses: readonly Pause[], view: View): boolean => pauses.some((pause) => isPausing(pause, view));

/** Which due time holds at the world's instant, by its place in `reached`; -1: none. `withTolerance`: the asker's counts too. */
export const currentDue = ({ order }: Obligation, { view }: World, withTolerance: boolean): number => {
  if (order.dueDates.length === 0 && !order.clock) return -1;
  const set = order.dueDates.findLastIndex((date) => hasHappened(date, view));
  if (set >= 0) return set + 1;
  return order.clock && (withTolerance || !order.clock.isTolerance) ? 0 : -1;
};

/** Whether there is no record of any answer or act since the order bound. */
export const isSilent = ({ memory, moment }: World): boolean =>
  moment.force !== 'not_issued' && moment.force !== 'not_served' && !moment.isDeclined && (memory & SILENCE_BROKEN) === 0;
