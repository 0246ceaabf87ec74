/**
 * The life of one pair: the instants at which its state changes, computed from what was recorded about its target and its order. Figures ask which
 * outcomes are possible over all choices of instants; statuses are read twice, with every extent at its earliest and at its latest.
 */
import { isTimedExactly, leavesOpen, type Obligation, obligationOf, readAt } from './obligation.ts';
import { NEVER, type OrderTerms, type PairFacts } from './pair-facts.ts';
import { effectiveOutcome, outcomesOfWorld, timedOutcome } from './pair-outcomes.ts';
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
import { isSilent, type World } from './pair-world.ts';

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
      if (world) recorder.add(at, outcomesOfWorld(obligation, world), describedWorld(obligation, world), worlds);
    });
    return recorder.life();
  }
  const described = readingsOf(obligation);
  let next = 0;
  let outcomes = 0;
  let held: readonly World[] | undefined = NO_WORLDS;
  const describeUntil = (at: number): void => {
    for (; next < described.length && (described[next]?.at ?? at) < at; next += 1)
      if (outcomes !== 0) recorder.add(described[next]?.at ?? at, outcomes, described[next]?.description ?? 0, held);
  };
  const descriptionAt = (at: number): number => described.findLast((one) => one.at <= at)?.description ?? NOT_YET_DESCRIBED;
  sweep(obligation, (at, worlds) => {
    describeUntil(at);
    outcomes = worlds ? possibleOutcomes(obligation, worlds) : ANYTHING;
    held = worlds;
    recorder.add(at, outcomes, descriptionAt(at), worlds);
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
    { openChoices: [isOpenTrue ?? false] },
  );
  return steps;
};

// ---- Steps and moves

/** How the time from an instant on counts: its outcomes if nobody had answered; and the silence so far. */
type Time = { readonly outcomes: Outcomes; readonly silence: Silence };
/** Since when silence may have been kept in some world, and since when it may be broken in one: of the time before that it says nothing. */
type Silence = { readonly keptSince: number; readonly brokenSince: number };
const NOTHING_TOLD: Silence = { keptSince: NEVER, brokenSince: NEVER };
const NOTHING_YET: Time = { outcomes: OUT, silence: NOTHING_TOLD };
const NO_WORLDS: readonly World[] = [];

const timeOf = (worlds: readonly World[] | undefined): Time => {
  if (!worlds) return { outcomes: ALL, silence: NOTHING_TOLD };
  if (worlds.length === 0) return NOTHING_YET;
  let outcomes = 0;
  let [keptSince, brokenSince] = [NEVER, NEVER];
  for (const world of worlds) {
    outcomes |= timedOutcome(world, world.moment.isCovered);
    if (isSilent(world)) keptSince = Math.min(keptSince, world.unknownSince);
    else brokenSince = Math.min(brokenSince, world.unknownSince);
  }
  return { outcomes, silence: brokenSince === NEVER ? NOTHING_TOLD : { keptSince, brokenSince } };
};

/** What time from an instant on that may be unknown counts as, when silence is no longer certain, or over. */
const countedAs = ({ from, outcomes }: SilentTime, { keptSince, brokenSince }: Silence): Outcomes => {
  if (brokenSince > from) return outcomes;
  return keptSince <= from ? outcomes | NO : (outcomes & ~UNKNOWN) | NO;
};

const effectiveOf = (state: number): Outcomes => (stateOf(state).outcomes >> EFFECTIVE_SHIFT) & ALL;
const ALL = OUT | YES | NO | UNKNOWN;

/** The millisecond that begins with the end of a declaration counts as declared or not as those that follow are: an end adds no time. */
const atCoverageEnd = (
  worlds: readonly World[] | undefined,
  isCovered: boolean,
): { readonly timed: Outcomes; readonly counted: Outcomes } => {
  if (!worlds) return { timed: ALL, counted: ALL };
  let [timed, counted] = [0, 0];
  for (const world of worlds) {
    timed |= timedOutcome(world, isCovered);
    counted |= effectiveOutcome(world, isCovered);
  }
  return { timed, counted };
};

/** So many milliseconds from an instant on about which silence decides: their outcomes if it is kept, and those as which they count now. */
type SilentTime = { readonly from: number; readonly outcomes: Outcomes; counted: Outcomes; readonly ms: number };

const createRecorder = ({ coverageEnds, covered }: OrderTerms) => {
  const steps: number[] = [];
  const moves: number[] = [];
  const silent: SilentTime[] = [];
  let state = NOT_YET_BINDING;
  let held: readonly World[] | undefined = NO_WORLDS;
  let time = NOTHING_YET;
  let since = 0;

  const spend = (from: number, outcomes: Outcomes, counted: Outcomes, ms: number): void => {
    if ((outcomes & UNKNOWN) !== 0 && ms > 0) silent.push({ from, outcomes, counted, ms });
  };
  const recount = (at: number): void => {
    for (const stretch of silent) {
      const now = countedAs(stretch, time.silence);
      if (now !== stretch.counted) moves.push(at, stretch.counted, now, stretch.ms);
      stretch.counted = now;
    }
  };

  return {
    add(at: number, outcomes: number, description: number, worlds: readonly World[] | undefined): void {
      const number = stateNumber(outcomes, description);
      const before = effectiveOf(state);
      if (coverageEnds.includes(at - 1) && since < at && held !== NO_WORLDS) {
        spend(since, time.outcomes, before, at - 1 - since);
        const isCovered = covered.some(({ earliest, latest }) => earliest <= at && at <= latest);
        const { timed, counted } = atCoverageEnd(held, isCovered);
        if (before !== counted) moves.push(at, before, counted, 1);
        spend(at, timed, counted, 1);
      } else spend(since, time.outcomes, before, at - since);
      since = at;
      held = worlds;
      time = timeOf(worlds);
      if (silent.length > 0) recount(at);
      if (number === state) return;
      steps.push(at, number);
      state = number;
    },
    life: (): Life => ({ steps, moves }),
  };
};
