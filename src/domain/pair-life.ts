/**
 * The life of one pair: the instants at which its state changes, computed from what was recorded about its target and its order. The one
 * place where the rules about satisfaction, silence and uncertain times are applied.
 *
 * All a restriction's uncertainty lies between two readings that hold at every instant at once: starts as late and ends as early as the
 * extents allow (least in force), or the reverse (most in force). Satisfaction grows with what is in force, so "certainly" is the first
 * reading and "possibly" the second. Only the instant from which the order binds is weighed separately.
 */
import type { Range } from './facts.ts';
import { NEVER, type OrderTerms, type PairFacts, type Restriction } from './pair-facts.ts';
import { endOf, LEAST, MOST, type ReadPair, readPair, STATUS_READINGS } from './pair-reading.ts';
import {
  ENDED_NUMBER,
  inEffectNumber,
  NO,
  NOT_YET_NUMBER,
  notInEffectNumber,
  OPEN_NUMBER,
  OUT,
  POPULATION_OPEN_NUMBER,
  packState,
  UNKNOWN,
  UNKNOWN_NUMBER,
  YES,
} from './pair-state.ts';
import type { Territory } from './territory.ts';

/** The steps of a pair's life as pairs of numbers: instant, state from then on. Before the first it is not yet binding. */
export type Steps = readonly number[];

export const pairLife = (order: OrderTerms, pair: PairFacts): Steps => {
  const binding = {
    earliest: Math.max(order.binding.earliest, pair.listed.earliest),
    latest: Math.max(order.binding.latest, pair.listed.latest),
  };
  if (binding.earliest >= order.expiresAt) return binding.earliest === NEVER ? [] : [binding.earliest, ENDED_UNBOUND];
  const at = breakpoints(order, pair, binding);
  const judge = judgeOf(order, pair, binding, at);
  const steps: number[] = [];
  let last = NOT_YET_BINDING;
  for (let i = 0; i < at.length; i += 1) {
    const state = judge(i);
    if (state === last) continue;
    steps.push(at[i] ?? NEVER, state);
    last = state;
  }
  return steps;
};

const UNDETERMINED_IN_EFFECT = inEffectNumber('undetermined');
const UNDETERMINED_NOT_IN_EFFECT = notInEffectNumber('undetermined', false);

export const NOT_YET_BINDING = packState([OUT, OUT], NOT_YET_NUMBER);
const ENDED_UNBOUND = packState([OUT, OUT], ENDED_NUMBER);

/** Every instant from the first possible binding on at which anything can change, ascending, each once. */
const breakpoints = (order: OrderTerms, pair: PairFacts, binding: Range): readonly number[] => {
  const found: number[] = [];
  const add = (instant: number): void => {
    if (instant > binding.earliest && instant < NEVER && !found.includes(instant)) found.push(instant);
  };
  // Two more where binding is uncertain: its last instant before expiry, and the first at which what ended earlier no longer breaks silence.
  const isExact = binding.earliest === binding.latest;
  add(binding.latest);
  add(order.expiresAt);
  if (!isExact && order.expiresAt < NEVER) add(order.expiresAt - 1);
  for (const { start, until, lifts } of pair.restrictions) {
    add(start.earliest);
    add(start.latest);
    add(until);
    if (!isExact && until < NEVER) add(until + 1);
    for (const lift of lifts) {
      add(lift.earliest);
      add(lift.latest);
      if (!isExact) add(lift.latest + 1);
    }
  }
  for (const decline of pair.declines) {
    add(decline.earliest);
    add(decline.latest);
  }
  for (const { earliest, latest } of order.covered) {
    add(earliest);
    add(latest + 1);
  }
  found.push(binding.earliest);
  return found.length === 1 ? found : found.sort((a, b) => a - b);
};

/** Judges the pair's state from the i-th breakpoint to the next. Called for each in turn: what happened "so far" is carried along. */
const judgeOf = (order: OrderTerms, pair: PairFacts, binding: Range, at: readonly number[]): ((i: number) => number) => {
  const { expiresAt } = order;
  const lastBinding = Math.min(binding.latest, expiresAt - 1);
  const isCertain = isExactly(order, pair);
  const narrow = isCertain ? pair : { ...pair, restrictions: pair.restrictions.map(narrowed) };
  const least = readPair(order, narrow, LEAST);
  const most = isCertain ? least : readPair(order, narrow, MOST);
  const classes = classesOf(binding, isCertain ? certainTracks(least, binding) : uncertainTracks(order, pair, binding));
  let everPossible = false;
  let leastSince = -1; // the last live instant at which it was certainly satisfied

  return (i) => {
    const t = at[i] ?? NEVER;
    const isLiveNow = t < expiresAt;
    const isSatisfied = least.isSatisfiedAt(t);
    const isPossiblySatisfied = isCertain ? isSatisfied : most.isSatisfiedAt(t);
    if (isLiveNow && isPossiblySatisfied) everPossible = true;
    if (isLiveNow && isSatisfied) leastSince = t;
    classes.advanceTo(t, isCertain ? isSatisfied : undefined);
    const silence = silenceOf(pair, binding, Math.min(lastBinding, t), t);
    const lastLive = Math.min(t, expiresAt - 1); // until `t`, or until just before expiry

    let ever = t < binding.latest || binding.latest >= expiresAt ? OUT : 0;
    if (everPossible) ever |= YES;
    ever |= silentOutcomes(silence, {
      isUnmetFrom: (since) => leastSince < segmentStart(at, since),
      isCoveredFrom: (since) => isCovered(order.covered, since, lastLive),
    });

    let effective = t < binding.latest || !isLiveNow ? OUT : 0;
    if (isLiveNow) {
      if (isPossiblySatisfied) effective |= YES;
      effective |= silentOutcomes(silence, { isUnmetFrom: () => !isSatisfied, isCoveredFrom: () => isCovered(order.covered, t, t) });
    }
    return packState([effective, ever], isLiveNow ? classes.classFor(effective) : ENDED_NUMBER);
  };
};

/** The start of the stretch between breakpoints in which an instant lies: states do not change within one. */
const segmentStart = (at: readonly number[], instant: number): number => {
  let start = instant;
  for (const breakpoint of at) if (breakpoint <= instant) start = breakpoint;
  return start;
};

type Silence = {
  /** Possible instants of binding by now. */
  readonly from: number;
  readonly to: number;
  /** With a binding after this, nothing that can have been in force breaks the silence. */
  readonly brokenUntil: number;
  readonly isDeclinePossible: boolean;
  readonly isDeclineCertain: boolean;
};

const silenceOf = (pair: PairFacts, binding: Range, latestBinding: number, t: number): Silence => {
  let brokenUntil = -1;
  for (const restriction of pair.restrictions) {
    if (restriction.start.earliest <= t) brokenUntil = Math.max(brokenUntil, endOf(restriction, 'latest'));
  }
  let isDeclinePossible = false;
  let isDeclineCertain = false;
  for (const decline of pair.declines) {
    if (decline.earliest <= t) isDeclinePossible = true;
    if (decline.latest <= t) isDeclineCertain = true;
  }
  return { from: binding.earliest, to: latestBinding, brokenUntil, isDeclinePossible, isDeclineCertain };
};

/**
 * Whether "no" and "unknown" are possible for some instant of binding. A later binding is more silent, leaves less time to have been
 * satisfied in, and less that would have to be covered: so only the extreme choices need to be tried.
 */
const silentOutcomes = (
  { from, to, brokenUntil, isDeclinePossible, isDeclineCertain }: Silence,
  { isUnmetFrom, isCoveredFrom }: { readonly isUnmetFrom: (since: number) => boolean; readonly isCoveredFrom: (since: number) => boolean },
): number => {
  const firstSilent = Math.max(from, brokenUntil + 1);
  const canBeSilent = firstSilent <= to;
  let outcomes = 0;
  if (canBeSilent && !isDeclineCertain && !isCoveredFrom(firstSilent)) outcomes |= UNKNOWN;
  const isNotSilent = brokenUntil >= from && isUnmetFrom(Math.min(to, brokenUntil));
  const isAnswered = canBeSilent && isUnmetFrom(to) && (isDeclinePossible || isCoveredFrom(to));
  if (isNotSilent || isAnswered) outcomes |= NO;
  return outcomes;
};

const isCovered = (covered: readonly Range[], from: number, to: number): boolean =>
  covered.some(({ earliest, latest }) => earliest <= from && to <= latest);

/** Whether every instant of the pair's own facts is exact, and every restriction certainly does or does not suffice. */
const isExactly = ({ demand }: OrderTerms, { restrictions, declines }: PairFacts): boolean =>
  restrictions.every(
    ({ terms, start, lifts }) =>
      start.earliest === start.latest &&
      terms.suffices !== 'possibly' &&
      terms.coversAlone !== 'possibly' &&
      lifts.every((lift) => lift.earliest === lift.latest && leavesNoDoubt(demand.territory, lift.territory)),
  ) && declines.every(({ earliest, latest }) => earliest === latest);

/** Whether it can be said, after a lift, if what remains covers the demand: a worldwide block less some places covers an unstated one only possibly. */
const leavesNoDoubt = (demanded: Territory, freed: Territory): boolean =>
  freed !== 'UNSTATED' && (demanded !== 'UNSTATED' || freed === 'WORLD');

/** An end is never before its start: what one extent leaves open, the other may settle. */
const narrowed = (restriction: Restriction): Restriction => {
  const { start, lifts } = restriction;
  if (lifts.length === 0) return restriction;
  return {
    ...restriction,
    start: { earliest: start.earliest, latest: Math.min(start.latest, ...lifts.map(({ latest }) => latest)) },
    lifts: lifts.map((lift) => ({ ...lift, earliest: Math.max(lift.earliest, start.earliest) })),
  };
};

/** The class on which all readings agree. Told each instant in turn, since a loss is a fact about what came before. */
type Classes = {
  /** `isSatisfied` is handed in where the one reading has found it already. */
  readonly advanceTo: (t: number, isSatisfied: boolean | undefined) => void;
  readonly classFor: (effective: number) => number;
};

/** A reading, and the instant from which the order binds under it. */
type Track = { readonly reading: ReadPair; readonly bindsFrom: number };

const certainTracks = (reading: ReadPair, { earliest, latest }: Range): readonly Track[] =>
  earliest === latest ? [{ reading, bindsFrom: earliest }] : [earliest, latest].map((bindsFrom) => ({ reading, bindsFrom }));

const uncertainTracks = (order: OrderTerms, pair: PairFacts, binding: Range): readonly Track[] =>
  STATUS_READINGS.map((reading) => ({ reading: readPair(order, pair, reading), bindsFrom: binding[reading.start] }));

const classesOf = (binding: Range, all: readonly Track[]): Classes => {
  const before = binding.earliest - 1;
  const tracks = all.map((track) => ({ ...track, isSatisfied: track.reading.isSatisfiedAt(before), lastLost: -1 }));
  let now = before;

  return {
    advanceTo(t, isSatisfied) {
      now = t;
      for (const track of tracks) {
        const was = track.isSatisfied;
        track.isSatisfied = isSatisfied ?? track.reading.isSatisfiedAt(t);
        if (was && !track.isSatisfied) track.lastLost = t;
      }
    },
    classFor(effective) {
      if ((effective & OUT) !== 0) return POPULATION_OPEN_NUMBER;
      if (effective === YES)
        return agreed(
          tracks.map(({ reading }) => inEffectNumber(reading.inEffect(now, binding))),
          UNDETERMINED_IN_EFFECT,
        );
      if (effective === UNKNOWN) return UNKNOWN_NUMBER;
      if (effective !== NO) return OPEN_NUMBER;
      const numbers = tracks.map(({ reading, bindsFrom, lastLost }) => {
        const { status, responseDeclined } = reading.notInEffect(now, bindsFrom, lastLost);
        return notInEffectNumber(status, responseDeclined);
      });
      return agreed(numbers, UNDETERMINED_NOT_IN_EFFECT);
    },
  };
};

/** What all answer; `otherwise` where they differ. */
const agreed = (answers: readonly number[], otherwise: number): number =>
  answers.every((answer) => answer === answers[0]) ? (answers[0] ?? otherwise) : otherwise;
