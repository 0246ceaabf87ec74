/** What a figure is made of: on what ground pairs are in effect, as what they are not, and what stands beside the figure. */
import type { Histogram } from './figures.ts';
import { type Flag, type Ground, type PairState, type ReadStatus, STATUSES_READ, stateOf } from './pairs/pair-state.ts';

export type StatusCount = { readonly status: ReadStatus; readonly responseDeclined: boolean; readonly pairs: number };
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
  readonly statuses: readonly { readonly status: ReadStatus; readonly pairs: number }[];
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
  const statuses = new Map<ReadStatus, number>();
  const notInEffect = new Map<string, number>();
  for (const [number, pairs] of histogram) {
    const { place, status, ground, ending, responseDeclined, flags: flagged } = stateOf(number);
    places[place] += pairs;
    statuses.set(status, (statuses.get(status) ?? 0) + pairs);
    for (const flag of flagged) flags[flag] += pairs;
    if (place === 'in_effect') inEffect[ground ?? 'undetermined'] += pairs;
    else if (place === 'apart') apart[apartOf(status, ending)] += pairs;
    else if (place === 'not_in_effect') {
      const key = keyOf(status, responseDeclined);
      notInEffect.set(key, (notInEffect.get(key) ?? 0) + pairs);
    }
  }
  const { without_evidence: withoutEvidence, ...others } = flags;
  return {
    inEffect,
    notInEffect: STATUSES_READ.flatMap((status) =>
      [false, true].flatMap((responseDeclined) => {
        const pairs = notInEffect.get(keyOf(status, responseDeclined)) ?? 0;
        return pairs > 0 ? [{ status, responseDeclined, pairs }] : [];
      }),
    ),
    unknown: places.unknown,
    open: places.open,
    apart,
    populationOpen: places.population_open,
    statuses: STATUSES_READ.flatMap((status) => {
      const pairs = statuses.get(status) ?? 0;
      return pairs > 0 ? [{ status, pairs }] : [];
    }),
    withoutEvidence,
    flags: others,
  };
};

const keyOf = (status: ReadStatus, responseDeclined: boolean): string => `${status} ${responseDeclined}`;
const apartOf = (status: ReadStatus, ending: PairState['ending']): Apart => {
  if (ending !== null) return ending;
  return APART.find((apart) => apart === status) ?? 'undetermined';
};
