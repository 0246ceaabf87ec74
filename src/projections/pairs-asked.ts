/** Which pairs of an order are asked for: one status, ground, place or flag, and what narrows it, so that each number that is counted has its list. */
import { besideStatus, isTimingOpen, type Loss, OUT, outcomesIn, type PairState, type Place, YES } from '../domain/pairs/pair-state.ts';

/** As a status of a question: every pair that the figures count. */
export const COUNTED_STATUS = 'counted';

/** How a pair ceased to be in effect while the order stood; `none`: it did not, or in ways that differ. */
export const LOST_BY = ['lifted', 'ran_out', 'none'] as const satisfies readonly (Loss | 'none')[];
/** By the definition "ever": certainly counted, certainly in its population, or counted and not in effect at the instant. */
export const EVER = ['counted', 'population', 'before'] as const;

/** All that is given must hold. Names are those of a row, whose values these are. */
export type PairsAsked = {
  /** A status, ground, place or flag, such as `reversed_while_in_force`, or `counted`. */
  readonly status?: string | undefined;
  readonly is?: Place | undefined;
  readonly ground?: string | undefined;
  /** What ended the order for it. */
  readonly ending?: string | undefined;
  readonly responseDeclined?: boolean | undefined;
  readonly lostBy?: (typeof LOST_BY)[number] | undefined;
  readonly isTimingOpen?: boolean | undefined;
  readonly ever?: (typeof EVER)[number] | undefined;
};

export const groundRead = ({ place, ground }: PairState): string | null => (place === 'in_effect' ? (ground ?? 'undetermined') : null);

export const isAsked = (state: PairState, asked: PairsAsked): boolean =>
  isOfStatus(state, asked.status) &&
  isOrAny(state.place, asked.is) &&
  isOrAny(groundRead(state), asked.ground) &&
  isOrAny(state.ending, asked.ending) &&
  isOrAny(state.responseDeclined, asked.responseDeclined) &&
  isOrAny(besideStatus(state).lostBy ?? 'none', asked.lostBy) &&
  isOrAny(isTimingOpen(state), asked.isTimingOpen) &&
  isEver(state, asked.ever);

const isOrAny = <T>(found: T, asked: T | undefined): boolean => asked === undefined || found === asked;

const isOfStatus = ({ place, status, ground, flags }: PairState, asked: string | undefined): boolean =>
  asked === undefined ||
  (asked === COUNTED_STATUS && place !== 'apart' && place !== 'population_open') ||
  place === asked ||
  status === asked ||
  (place === 'in_effect' && ground === asked) ||
  flags.some((flag) => flag === asked);

const isEver = ({ outcomes }: PairState, asked: PairsAsked['ever']): boolean => {
  const ever = outcomesIn(outcomes, 'ever');
  switch (asked) {
    case undefined:
      return true;
    case 'counted':
      return ever === YES;
    case 'population':
      return (ever & OUT) === 0;
    case 'before':
      return isEverBefore(outcomes);
  }
};

/** In effect at some time so far, and not at the instant. */
export const isEverBefore = (outcomes: number): boolean =>
  outcomesIn(outcomes, 'ever') === YES && outcomesIn(outcomes, 'effective') !== YES;
