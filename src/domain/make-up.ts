/** What a figure is made of: on what ground pairs are in effect, as what they are not, and what stands beside the figure. */
import type { Histogram } from './figures.ts';
import { type Flag, type Ground, isTimingOpen, type PairState, type ReadStatus, STATUSES_READ, stateOf } from './pairs/pair-state.ts';

/**
 * What is known beside a count of pairs of one status: for how many the readings agree whether they were in time, and the other is not excluded; of those that
 * were in effect while the order stood, how many were lifted and how many ran out. What there is none of is left out.
 */
export type Beside = { readonly timingOpen?: number; readonly lost?: { readonly lifted: number; readonly ran_out: number } };
/** `refused`: of what is not in effect and has another status than refused, how many were refused as well. */
export type CountOfStatus = Beside & { readonly status: ReadStatus; readonly pairs: number; readonly refused?: number };
export type StatusCount = Beside & { readonly status: ReadStatus; readonly responseDeclined: boolean; readonly pairs: number };
/** Why a pair is outside of the figures. */
export const APART = ['not_yet_binding', 'withdrawn', 'revoked', 'expired', 'suspended_by_stay', 'target_gone', 'undetermined'] as const;
export type Apart = (typeof APART)[number];

export type MakeUp = {
  readonly inEffect: { readonly [ground in Ground | 'undetermined']: number };
  /** In the order of the statuses; those without a pair are left out. */
  readonly notInEffect: readonly StatusCount[];
  readonly unknown: number;
  /** Certainly obligations; what the sources leave open decides whether they are in effect. */
  readonly open: number;
  /** Outside the population, counted beside it. */
  readonly apart: { readonly [status in Apart]: number };
  /** Whether it is an obligation depends on what the sources leave open. */
  readonly populationOpen: number;
  /** Every pair by its status, those without a pair left out: published rules applied to recorded events. */
  readonly statuses: readonly CountOfStatus[];
  /** In effect for certain, and no source of what is in force is a registered file. */
  readonly withoutEvidence: number;
  /** Certainly so; they change no figure. */
  readonly flags: { readonly [flag in Exclude<Flag, 'without_evidence'>]: number };
};

/** In one pass: a curve asks for it at each of its points. */
export const makeUpOf = (histogram: Histogram): MakeUp => {
  const inEffect = { citing_order: 0, preexisting: 0, other_order: 0, platform_rules: 0, unstated: 0, undetermined: 0 };
  const apart = {
    ...{ not_yet_binding: 0, withdrawn: 0, revoked: 0, expired: 0 },
    ...{ suspended_by_stay: 0, target_gone: 0, undetermined: 0 },
  };
  const places = { apart: 0, in_effect: 0, not_in_effect: 0, unknown: 0, open: 0, population_open: 0 };
  const flags = { without_evidence: 0, wider_than_order: 0, also_required_by: 0, restoration_due: 0 };
  const statuses: Tallies = new Map();
  const notInEffect: Tallies = new Map();
  for (const [number, pairs] of histogram) {
    const state = stateOf(number);
    const { place, status, ground, ending, responseDeclined, flags: flagged } = state;
    places[place] += pairs;
    tally(statuses, status, state, pairs);
    for (const flag of flagged) flags[flag] += pairs;
    if (place === 'in_effect') inEffect[ground ?? 'undetermined'] += pairs;
    else if (place === 'apart') apart[apartOf(status, ending)] += pairs;
    else if (place === 'not_in_effect') tally(notInEffect, keyOf(status, responseDeclined), state, pairs);
  }
  const { without_evidence: withoutEvidence, ...others } = flags;
  return {
    inEffect,
    notInEffect: STATUSES_READ.flatMap((status) =>
      [false, true].flatMap((responseDeclined) => {
        const found = notInEffect.get(keyOf(status, responseDeclined));
        return found && found.pairs > 0 ? [{ status, responseDeclined, pairs: found.pairs, ...besideOf(found) }] : [];
      }),
    ),
    unknown: places.unknown,
    open: places.open,
    apart,
    populationOpen: places.population_open,
    statuses: statusCounts(statuses),
    withoutEvidence,
    flags: others,
  };
};

type Tally = { pairs: number; timingOpen: number; lifted: number; ran_out: number; refused: number };
export type Tallies = Map<string, Tally>;

/** Adds pairs that are alike under a key, as of a status. */
export const tally = (tallies: Tallies, key: string, state: PairState, pairs: number): void => {
  const found = tallies.get(key) ?? { pairs: 0, timingOpen: 0, lifted: 0, ran_out: 0, refused: 0 };
  tallies.set(key, found);
  found.pairs += pairs;
  if (isTimingOpen(state)) found.timingOpen += pairs;
  if (state.lostBy === 'lifted' || state.lostBy === 'ran_out') found[state.lostBy] += pairs;
  if (state.responseDeclined && state.place === 'not_in_effect' && state.status !== 'declined') found.refused += pairs;
};

/** Of tallies by status: in the order of the statuses, those without a pair left out. */
export const statusCounts = (tallies: Tallies): readonly CountOfStatus[] =>
  STATUSES_READ.flatMap((status) => {
    const found = tallies.get(status);
    if (!found || found.pairs === 0) return [];
    return [{ status, pairs: found.pairs, ...besideOf(found), ...(found.refused > 0 && { refused: found.refused }) }];
  });

const besideOf = ({ timingOpen, lifted, ran_out }: Tally): Beside => ({
  ...(timingOpen > 0 && { timingOpen }),
  ...(lifted + ran_out > 0 && { lost: { lifted, ran_out } }),
});

const keyOf = (status: ReadStatus, responseDeclined: boolean): string => `${status} ${responseDeclined}`;
const apartOf = (status: ReadStatus, ending: PairState['ending']): Apart => {
  if (ending !== null) return ending;
  return APART.find((apart) => apart === status) ?? 'undetermined';
};
