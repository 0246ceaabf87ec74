/** An account in several orders counts once: what its pairs, taken together, are under `all` or under `any` of the orders that are live for it. */

import type { Steps } from './pairs/pair-life.ts';
import { EFFECTIVE_SHIFT, NO, OUT, type Outcomes, stateOf, UNKNOWN, YES } from './pairs/pair-state.ts';

export type Variant = 'all' | 'any';
export const VARIANTS: readonly Variant[] = ['all', 'any'];

/** The outcome that decides over the others, first match: under `all` a pair that is not in effect, under `any` one that is. */
const DECIDING: { readonly [variant in Variant]: readonly Outcomes[] } = { all: [NO, UNKNOWN, YES, OUT], any: [YES, UNKNOWN, NO, OUT] };
const SINGLE: readonly Outcomes[] = [OUT, YES, NO, UNKNOWN];

const joined = (variant: Variant, a: Outcomes, b: Outcomes): Outcomes => {
  let outcomes = 0;
  for (const one of SINGLE)
    for (const other of SINGLE)
      if ((a & one) !== 0 && (b & other) !== 0)
        outcomes |= DECIDING[variant].find((outcome) => outcome === one || outcome === other) ?? OUT;
  return outcomes;
};

const ANY_SHIFT = 4;
/** Outcomes of both variants as one number, before anything is listed. */
export const NO_TARGET = OUT | (OUT << ANY_SHIFT);
export const targetOutcomes = (state: number, variant: Variant): Outcomes => (variant === 'all' ? state & 0xf : state >> ANY_SHIFT);

/** The steps of a target from those of its pairs: instant, outcomes of both variants from then on. */
export const targetSteps = (pairs: readonly Steps[]): Steps => {
  const instants = [...new Set(pairs.flatMap((steps) => steps.filter((_, place) => place % 2 === 0)))].sort((a, b) => a - b);
  const places = pairs.map(() => 0);
  const steps: number[] = [];
  let last = NO_TARGET;
  for (const instant of instants) {
    let all: Outcomes = OUT;
    let any: Outcomes = OUT;
    for (const [pair, own] of pairs.entries()) {
      let place = places[pair] ?? 0;
      while (place < own.length && (own[place] ?? instant) <= instant) place += 2;
      places[pair] = place;
      const state = own[place - 1];
      const effective = state === undefined ? OUT : (stateOf(state).outcomes >> EFFECTIVE_SHIFT) & 0xf;
      all = joined('all', all, effective);
      any = joined('any', any, effective);
    }
    const state = all | (any << ANY_SHIFT);
    if (state === last) continue;
    steps.push(instant, state);
    last = state;
  }
  return steps;
};
