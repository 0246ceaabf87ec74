/**
 * The state of a pair (one order's obligation about one target) at an instant, packed into a small integer: for each definition of
 * compliance the outcomes that are possible, and the class in which people read it. A million pairs share a few dozen states, so a figure
 * is a fold over a short histogram.
 */

/** Outcomes possible for some choice of one instant per extent. Several bits: the sources leave it open. */
export const OUT = 1; // outside the definition's population
export const YES = 2;
export const NO = 4;
export const UNKNOWN = 8; // silent and not covered
export type Outcomes = number;

/** Definitions of compliance that a state answers, by the place of their outcomes in it. Adding one is a row here and its outcomes in `pair-life.ts`. */
export const DEFINITIONS = ['effective', 'ever'] as const;
export type Definition = (typeof DEFINITIONS)[number];

/** Why a pair is in effect: the first that matches. It says what was cited, not what caused. */
export const IN_EFFECT = ['citing_order', 'preexisting', 'other_order', 'platform_rules', 'unstated', 'undetermined'] as const;
/** Why a pair is not in effect: the first status that matches; deadlines make further statuses of `outstanding`. */
export const NOT_IN_EFFECT = [
  'reversed_while_in_force',
  'insufficient_measure',
  'insufficient_territory',
  'declined',
  'outstanding',
  'undetermined',
] as const;
export const APART = ['not_yet_binding', 'order_ended'] as const;

export type InEffect = (typeof IN_EFFECT)[number];
export type NotInEffect = (typeof NOT_IN_EFFECT)[number];
export type Apart = (typeof APART)[number];

/**
 * The class of a pair. `open`: certainly an obligation, but the hour that the sources leave open decides whether it is in effect.
 * `population_open`: that hour decides whether the order binds at all.
 */
export type PairClass =
  | { readonly is: 'apart'; readonly status: Apart }
  | { readonly is: 'in_effect'; readonly status: InEffect }
  | { readonly is: 'not_in_effect'; readonly status: NotInEffect; readonly responseDeclined: boolean }
  | { readonly is: 'unknown' }
  | { readonly is: 'open' }
  | { readonly is: 'population_open' };

/** Every class once; its place is its number in a state. */
export const CLASSES: readonly PairClass[] = [
  ...APART.map((status) => ({ is: 'apart', status }) as const),
  { is: 'unknown' },
  { is: 'open' },
  { is: 'population_open' },
  ...IN_EFFECT.map((status) => ({ is: 'in_effect', status }) as const),
  ...NOT_IN_EFFECT.flatMap((status) =>
    [false, true].map((responseDeclined) => ({ is: 'not_in_effect', status, responseDeclined }) as const),
  ),
];

const numbered = (find: (pairClass: PairClass) => boolean): number => CLASSES.findIndex(find);
export const NOT_YET_NUMBER = numbered((found) => found.is === 'apart' && found.status === 'not_yet_binding');
export const ENDED_NUMBER = numbered((found) => found.is === 'apart' && found.status === 'order_ended');
export const UNKNOWN_NUMBER = numbered((found) => found.is === 'unknown');
export const OPEN_NUMBER = numbered((found) => found.is === 'open');
export const POPULATION_OPEN_NUMBER = numbered((found) => found.is === 'population_open');
const FIRST_IN_EFFECT = numbered((found) => found.is === 'in_effect');
export const inEffectNumber = (status: InEffect): number => FIRST_IN_EFFECT + IN_EFFECT.indexOf(status);
const FIRST_NOT_IN_EFFECT = numbered((found) => found.is === 'not_in_effect');
export const notInEffectNumber = (status: NotInEffect, responseDeclined: boolean): number =>
  FIRST_NOT_IN_EFFECT + 2 * NOT_IN_EFFECT.indexOf(status) + (responseDeclined ? 1 : 0);

const OUTCOME_BITS = 4;
const CLASS_SHIFT = OUTCOME_BITS * DEFINITIONS.length;

/** Every state is below this; below 2^26 two of them make one exact key. */
export const STATES_MAX = CLASSES.length << CLASS_SHIFT;

/** Outcomes in the order of `DEFINITIONS`. */
export const packState = (outcomes: readonly Outcomes[], pairClass: number): number =>
  outcomes.reduce((state, bits, place) => state | (bits << (OUTCOME_BITS * place)), pairClass << CLASS_SHIFT);
export const outcomesOf = (state: number, definition: Definition): Outcomes =>
  (state >> (OUTCOME_BITS * DEFINITIONS.indexOf(definition))) & 0xf;
export const classOf = (state: number): PairClass => CLASSES[state >> CLASS_SHIFT] ?? { is: 'open' };
