/**
 * The life of one pair: the instants at which its state changes, computed from what was recorded about its target and its order. Figures ask which
 * outcomes are possible over all choices of instants; statuses are read twice, with every extent at its earliest and at its latest.
 */
import { isTimedExactly, leavesOpen, type Obligation, obligationOf, readAt } from './obligation.ts';
import type { OrderTerms, PairFacts } from './pair-facts.ts';
import { outcomesOfWorld, timedOutcome } from './pair-outcomes.ts';
import {
  ANYTHING,
  agreedDescription,
  descriptionOf,
  EFFECTIVE_SHIFT,
  NO,
  NOT_YET_BINDING,
  OUT,
  type Outcomes,
  type PairState,
  packDescription,
  type ReadStatus,
  stateNumber,
  stateOf,
  UNKNOWN,
  YES,
} from './pair-state.ts';
import { describedWorld } from './pair-status.ts';
import { sweep } from './pair-sweep.ts';
import { isSilent, WAS_UNKNOWN, type World } from './pair-world.ts';

/** The steps of a pair's life as pairs of numbers: instant, number of the state from then on. Before the first it is not yet binding. */
export type Steps = readonly number[];
/**
 * Silence is judged at the instant asked about: a late report makes a pair known for the time before it too. Then so many milliseconds
 * that had some outcomes have others, as fours of numbers: instant, outcomes before, outcomes from then on, milliseconds.
 */
export type Moves = readonly number[];
export type Life = { readonly steps: Steps; readonly moves: Moves };

export const pairLife = (order: OrderTerms, pair: PairFacts): Life => {
  const obligation = obligationOf(order, pair);
  const recorder = createRecorder(order);
  if (isExact(obligation)) {
    sweep(obligation, (at, worlds) => {
      const [world] = worlds ?? [];
      if (world) recorder.add(at, outcomesOfWorld(obligation, world), describedWorld(obligation, world), timeOf(worlds));
    });
    return recorder.life();
  }
  const described = readingsOf(obligation);
  let next = 0;
  let outcomes = 0;
  let time: Time = NOTHING_YET;
  const describeUntil = (at: number): void => {
    for (; next < described.length && (described[next]?.at ?? at) < at; next += 1)
      if (outcomes !== 0) recorder.add(described[next]?.at ?? at, outcomes, described[next]?.description ?? 0, time);
  };
  const descriptionAt = (at: number): number => described.findLast((one) => one.at <= at)?.description ?? NOT_YET_DESCRIBED;
  sweep(obligation, (at, worlds) => {
    describeUntil(at);
    outcomes = worlds ? possibleOutcomes(obligation, worlds) : ANYTHING;
    time = timeOf(worlds);
    recorder.add(at, outcomes, descriptionAt(at), time);
  });
  describeUntil(Number.POSITIVE_INFINITY);
  return recorder.life();
};

/** The number of a pair's state at an instant. */
export const stateNumberAt = (steps: Steps, t: number): number => {
  let state = NOT_YET_BINDING;
  for (let i = 0; i < steps.length && (steps[i] ?? 0) <= t; i += 2) state = steps[i + 1] ?? state;
  return state;
};
export const stateAt = (steps: Steps, t: number): PairState => stateOf(stateNumberAt(steps, t));

/** What each reading says at an instant, each status once: one, unless the sources leave it open. */
export const statusesAt = (order: OrderTerms, pair: PairFacts, t: number): readonly ReadStatus[] => {
  const obligation = obligationOf(order, pair);
  const readings = isExact(obligation) ? [describedSteps(obligation, undefined)] : separateReadings(obligation);
  return [...new Set(readings.map((steps) => descriptionOf(steps.findLast(({ at }) => at <= t)?.description ?? NOT_YET_DESCRIBED).status))];
};

/** Whether every instant is exact and nothing is left unstated: then one world is all. */
const isExact = (obligation: Obligation): boolean => !leavesOpen(obligation) && isTimedExactly(obligation);

const possibleOutcomes = (obligation: Obligation, worlds: readonly World[]): number => {
  let outcomes = 0;
  for (const world of worlds) outcomes |= outcomesOfWorld(obligation, world);
  return outcomes;
};

// ---- Readings

type Described = { readonly at: number; readonly description: number };
const NOT_YET_DESCRIBED = packDescription(stateOf(NOT_YET_BINDING));

/** On what all readings agree, from instant to instant. */
const readingsOf = (obligation: Obligation): readonly Described[] => {
  const readings = separateReadings(obligation);
  const instants = [...new Set(readings.flatMap((steps) => steps.map(({ at }) => at)))].sort((a, b) => a - b);
  const places = readings.map(() => 0);
  return instants.map((at) => ({
    at,
    description: agreedDescription(
      readings.map((steps, reading) => {
        let place = places[reading] ?? 0;
        while (place < steps.length && (steps[place]?.at ?? at) <= at) place += 1;
        places[reading] = place;
        return steps[place - 1]?.description ?? NOT_YET_DESCRIBED;
      }),
    ),
  }));
};

const separateReadings = (obligation: Obligation): readonly (readonly Described[])[] =>
  (['earliest', 'latest'] as const).flatMap((end) => {
    const read = readAt(obligation, end);
    return (leavesOpen(obligation) ? [false, true] : [false]).map((isOpenTrue) => describedSteps(read, isOpenTrue));
  });

const describedSteps = (obligation: Obligation, isOpenTrue: boolean | undefined): readonly Described[] => {
  const steps: Described[] = [];
  sweep(
    obligation,
    (at, worlds) => {
      const [world] = worlds ?? [];
      if (world) steps.push({ at, description: describedWorld(obligation, world) });
    },
    [isOpenTrue ?? false],
  );
  return steps;
};

// ---- Steps and moves

/** How the time from an instant on counts: its outcomes if nobody had answered, and whether those that were silent are so still. */
type Time = { readonly outcomes: Outcomes; readonly silence: 'kept' | 'open' | 'broken' };
const NOTHING_YET: Time = { outcomes: OUT, silence: 'kept' };

const timeOf = (worlds: readonly World[] | undefined): Time => {
  if (!worlds) return { outcomes: OUT | YES | NO | UNKNOWN, silence: 'kept' };
  let outcomes = 0;
  let isKept = false;
  let isBroken = false;
  for (const world of worlds) {
    outcomes |= timedOutcome(world);
    if ((world.memory & WAS_UNKNOWN) === 0) continue;
    if (isSilent(world)) isKept = true;
    else isBroken = true;
  }
  return { outcomes, silence: !isBroken ? 'kept' : isKept ? 'open' : 'broken' };
};

/** What milliseconds that may be unknown count as, when silence is no longer certain, or over. */
const countedAs = (outcomes: Outcomes, silence: Time['silence']): Outcomes => {
  if ((outcomes & UNKNOWN) === 0 || silence === 'kept') return outcomes;
  return silence === 'open' ? outcomes | NO : (outcomes & ~UNKNOWN) | NO;
};

const effectiveOf = (state: number): Outcomes => (stateOf(state).outcomes >> EFFECTIVE_SHIFT) & ALL;
const ALL = OUT | YES | NO | UNKNOWN;
const BITS = 4;

const createRecorder = ({ coverageEnds }: OrderTerms) => {
  const steps: number[] = [];
  const moves: number[] = [];
  /** Milliseconds so far that silence decides about, by their outcomes if it is kept and by those as which they count now. */
  let silent = new Map<number, number>();
  let state = NOT_YET_BINDING;
  let time = NOTHING_YET;
  let since = 0;

  const spend = (outcomes: Outcomes, counted: Outcomes, ms: number): void => {
    if ((outcomes & UNKNOWN) === 0 || ms === 0) return;
    const key = (outcomes << BITS) | counted;
    silent.set(key, (silent.get(key) ?? 0) + ms);
  };
  const recount = (at: number): void => {
    const recounted = new Map<number, number>();
    for (const [key, ms] of silent) {
      const [outcomes, counted] = [key >> BITS, key & ALL];
      const now = countedAs(outcomes, time.silence);
      if (now !== counted) moves.push(at, counted, now, ms);
      const target = (outcomes << BITS) | now;
      recounted.set(target, (recounted.get(target) ?? 0) + ms);
    }
    silent = recounted;
  };

  return {
    add(at: number, outcomes: number, description: number, now: Time): void {
      const number = stateNumber(outcomes, description);
      // The end of a declaration adds no time: the millisecond that begins with it counts like those that follow.
      const isAfterCoverage = coverageEnds.includes(at - 1);
      const last = isAfterCoverage ? at - 1 : at;
      spend(time.outcomes, effectiveOf(state), last - since);
      if (isAfterCoverage) {
        const [before, after] = [effectiveOf(state), effectiveOf(number)];
        if (before !== after) moves.push(at, before, after, 1);
        spend(now.outcomes, after, 1);
      }
      since = at;
      time = now;
      if (silent.size > 0) recount(at);
      if (number === state) return;
      steps.push(at, number);
      state = number;
    },
    life: (): Life => ({ steps, moves }),
  };
};
