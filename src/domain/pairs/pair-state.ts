/**
 * The state of a pair (one order's obligation about one target) at an instant: for each definition of compliance the outcomes that are possible, and
 * how people read the pair. States are numbered as they are met: a million pairs share a few dozen, so a figure is a fold over a short histogram.
 */

/** Outcomes possible for some choice of one instant per extent. Several bits: the sources leave it open. */
export const OUT = 1; // outside the definition's population
export const YES = 2;
export const NO = 4;
export const UNKNOWN = 8; // silent and not covered
export type Outcomes = number;

/** Definitions that count pairs, by the place of their outcomes in a state. A new one is a row here and its outcome in `pair-outcomes.ts`. */
export const PAIR_DEFINITIONS = ['effective', 'anyRestriction', 'ever', 'onTime', 'sustained', 'citingOrder', 'platformStyle'] as const;
export type PairDefinition = (typeof PAIR_DEFINITIONS)[number];

/** What a pair is, first match; in this order. */
export const STATUSES = [
  'not_yet_binding',
  'restricted_after_order_ended',
  'order_ended',
  'suspended_by_stay',
  'target_gone',
  'in_effect_preexisting',
  'in_effect_on_time',
  'in_effect_late',
  'in_effect',
  'reversed_while_in_force',
  'insufficient_measure',
  'insufficient_territory',
  'declined',
  'unknown',
  'tolled',
  'pending',
  'overdue',
  'outstanding',
] as const;
export type Status = (typeof STATUSES)[number];
/** `undetermined`: the readings differ. */
export type ReadStatus = Status | 'undetermined';
export const STATUSES_READ: readonly ReadStatus[] = [...STATUSES, 'undetermined'];

/** On what ground a pair is in effect: the first that matches. It says what was cited, not what caused. */
export const GROUNDS = ['citing_order', 'preexisting', 'other_order', 'platform_rules', 'unstated'] as const;
export type Ground = (typeof GROUNDS)[number];

/** Where platforms count a pair: the basis of its blocks and withholdings, first match; without any, whether that is known. */
export const COLUMNS = ['legal_order', 'platform_rules', 'unstated', 'no_action', 'unknown'] as const;
export type Column = (typeof COLUMNS)[number];

/** What ended the order for a pair, first match. */
export const ENDINGS = ['withdrawn', 'revoked', 'expired'] as const;
export type Ending = (typeof ENDINGS)[number];

/** How a pair ceased to be in effect while the order stood: access was given back, or the end came that was set from the start. */
export const LOSSES = ['lifted', 'ran_out'] as const;
export type Loss = (typeof LOSSES)[number];

/** What is shown beside a pair and changes no figure. */
export const FLAGS = ['without_evidence', 'wider_than_order', 'also_required_by', 'restoration_due'] as const;
export type Flag = (typeof FLAGS)[number];

/** How people read a pair; `null`: none. */
export type Description = {
  readonly status: ReadStatus;
  readonly ground: Ground | 'undetermined' | null;
  readonly responseDeclined: boolean;
  readonly column: Column | 'undetermined' | null;
  readonly ending: Ending | 'undetermined' | null;
  /** Of a pair that is `reversed_while_in_force`; `null` where several restrictions ended at once, each in its own way. */
  readonly lostBy: Loss | 'undetermined' | null;
  readonly flags: readonly Flag[];
};

/**
 * `open`: certainly an obligation, but what the sources leave open decides whether it is in effect. `population_open`: that decides whether it
 * is an obligation at all.
 */
export const PLACES = ['apart', 'in_effect', 'not_in_effect', 'unknown', 'open', 'population_open'] as const;
export type Place = (typeof PLACES)[number];

export type PairState = Description & {
  /** Four bits a definition, in the order of `PAIR_DEFINITIONS`. */
  readonly outcomes: number;
  readonly place: Place;
};

export const OUTCOME_BITS = 4;
const ALL_OUTCOMES = 0xf;
const shiftOf = (definition: PairDefinition): number => OUTCOME_BITS * PAIR_DEFINITIONS.indexOf(definition);
export const EFFECTIVE_SHIFT = shiftOf('effective');
export const outcomesIn = (outcomes: number, definition: PairDefinition): Outcomes => (outcomes >> shiftOf(definition)) & ALL_OUTCOMES;
/** One set of outcomes for each definition. */
export const packOutcomes = (each: { readonly [definition in PairDefinition]: Outcomes }): number =>
  each.effective |
  (each.anyRestriction << OUTCOME_BITS) |
  (each.ever << (2 * OUTCOME_BITS)) |
  (each.onTime << (3 * OUTCOME_BITS)) |
  (each.sustained << (4 * OUTCOME_BITS)) |
  (each.citingOrder << (5 * OUTCOME_BITS)) |
  (each.platformStyle << (6 * OUTCOME_BITS));
const alike = (outcomes: Outcomes): number => {
  let packed = 0;
  for (const definition of PAIR_DEFINITIONS) packed |= outcomes << shiftOf(definition);
  return packed;
};
const OUTSIDE = alike(OUT);
/** Nothing is known: every outcome of every definition is possible. */
export const ANYTHING = alike(ALL_OUTCOMES);

const placeOf = (effective: Outcomes): Place => {
  if (effective === OUT) return 'apart';
  if ((effective & OUT) !== 0) return 'population_open';
  if (effective === YES) return 'in_effect';
  if (effective === UNKNOWN) return 'unknown';
  return effective === NO ? 'not_in_effect' : 'open';
};

/**
 * Whether it is open if a pair that is in effect came in time, although all readings say the same of it: they take every extent at the same end, and so
 * cannot tell what the overlap of two of them leaves open.
 */
export const isTimingOpen = ({ status, outcomes }: PairState): boolean => {
  const onTime = outcomesIn(outcomes, 'onTime');
  if (status === 'in_effect_late') return (onTime & YES) !== 0;
  return status === 'in_effect_on_time' && (onTime & NO) !== 0;
};

/** What is known beside a status, and shown with it: that its timing is open, or how the pair ceased to be in effect. */
export type BesideStatus = { readonly isTimingOpen?: true; readonly lostBy?: Loss };
export const besideStatus = (state: PairState): BesideStatus => ({
  ...(isTimingOpen(state) && { isTimingOpen: true as const }),
  ...((state.lostBy === 'lifted' || state.lostBy === 'ran_out') && { lostBy: state.lostBy }),
});

// ---- Descriptions as small numbers

const FLAG_BITS = 4;
const COLUMN_BITS = 3;
const GROUND_BITS = 3;
const STATUS_BITS = 5;
const ENDING_BITS = 3;
const LOSS_BITS = 2;
const COLUMN_SHIFT = FLAG_BITS;
const DECLINED_SHIFT = COLUMN_SHIFT + COLUMN_BITS;
const GROUND_SHIFT = DECLINED_SHIFT + 1;
const STATUS_SHIFT = GROUND_SHIFT + GROUND_BITS;
const ENDING_SHIFT = STATUS_SHIFT + STATUS_BITS;
const LOSS_SHIFT = ENDING_SHIFT + ENDING_BITS;
const DESCRIPTIONS_MAX = 2 ** (LOSS_SHIFT + LOSS_BITS);

/** A value by its place in its list from 1; 0 for none; the last for `undetermined`. */
const codesOf = <T extends string>(list: readonly T[]): ReadonlyMap<T | 'undetermined' | null, number> =>
  new Map<T | 'undetermined' | null, number>([
    [null, 0],
    ...list.map((value, place) => [value, place + 1] as const),
    ['undetermined', list.length + 1],
  ]);
const STATUS_CODES = codesOf(STATUSES);
const GROUND_CODES = codesOf(GROUNDS);
const COLUMN_CODES = codesOf(COLUMNS);
const ENDING_CODES = codesOf(ENDINGS);
const LOSS_CODES = codesOf(LOSSES);
const FLAG_CODES: ReadonlyMap<Flag, number> = new Map(FLAGS.map((flag, place) => [flag, 1 << place]));
const valueAt = <T extends string>(list: readonly T[], code: number): T | 'undetermined' | null =>
  code === 0 ? null : (list[code - 1] ?? 'undetermined');

export const packDescription = ({ status, ground, responseDeclined, column, ending, lostBy, flags }: Description): number => {
  let packed = (STATUS_CODES.get(status) ?? 0) << STATUS_SHIFT;
  packed |= (GROUND_CODES.get(ground) ?? 0) << GROUND_SHIFT;
  packed |= (responseDeclined ? 1 : 0) << DECLINED_SHIFT;
  packed |= (COLUMN_CODES.get(column) ?? 0) << COLUMN_SHIFT;
  packed |= (ENDING_CODES.get(ending) ?? 0) << ENDING_SHIFT;
  packed |= (LOSS_CODES.get(lostBy) ?? 0) << LOSS_SHIFT;
  for (const flag of flags) packed |= FLAG_CODES.get(flag) ?? 0;
  return packed;
};

const bitsOf = (packed: number, shift: number, bits: number): number => (packed >> shift) & (2 ** bits - 1);

export const descriptionOf = (packed: number): Description => ({
  status: valueAt(STATUSES, bitsOf(packed, STATUS_SHIFT, STATUS_BITS)) ?? 'undetermined',
  ground: valueAt(GROUNDS, bitsOf(packed, GROUND_SHIFT, GROUND_BITS)),
  responseDeclined: bitsOf(packed, DECLINED_SHIFT, 1) === 1,
  column: valueAt(COLUMNS, bitsOf(packed, COLUMN_SHIFT, COLUMN_BITS)),
  ending: valueAt(ENDINGS, bitsOf(packed, ENDING_SHIFT, ENDING_BITS)),
  lostBy: valueAt(LOSSES, bitsOf(packed, LOSS_SHIFT, LOSS_BITS)),
  flags: FLAGS.filter((_, place) => bitsOf(packed, place, 1) === 1),
});

/** What several readings say alike; where they differ it is undetermined, and only what all of them flag is flagged. */
export const agreedDescription = (readings: readonly number[]): number => {
  const [first = 0, ...others] = readings;
  if (others.every((other) => other === first)) return first;
  const all = readings.map(descriptionOf);
  const [one] = all;
  const isAlike = (field: keyof Description): boolean => all.every((other) => other[field] === one?.[field]);
  return packDescription({
    status: (isAlike('status') && one?.status) || 'undetermined',
    ground: isAlike('ground') && one ? one.ground : 'undetermined',
    responseDeclined: all.every(({ responseDeclined }) => responseDeclined),
    column: isAlike('column') && one ? one.column : 'undetermined',
    ending: isAlike('ending') && one ? one.ending : 'undetermined',
    lostBy: isAlike('lostBy') && one ? one.lostBy : 'undetermined',
    flags: FLAGS.filter((flag) => all.every(({ flags }) => flags.includes(flag))),
  });
};

// ---- Numbered states

const numbers = new Map<number, number>();
const states: PairState[] = [];

/** More than this many kinds of state cannot occur: below 2^26 two of them make one exact key. */
export const STATES_MAX = 2 ** 26;

/** The number of a state, the same in this process whenever it is met. Numbers are never stored or told. */
export const stateNumber = (outcomes: number, description: number): number => {
  const key = outcomes * DESCRIPTIONS_MAX + description;
  const known = numbers.get(key);
  if (known !== undefined) return known;
  const number = states.length;
  numbers.set(key, number);
  states.push({ ...descriptionOf(description), outcomes, place: placeOf((outcomes >> EFFECTIVE_SHIFT) & ALL_OUTCOMES) });
  return number;
};

export const NOT_YET_BINDING = stateNumber(
  OUTSIDE,
  packDescription({
    status: 'not_yet_binding',
    ground: null,
    responseDeclined: false,
    column: null,
    ending: null,
    lostBy: null,
    flags: [],
  }),
);
/** Throws RangeError for a number that no state has. */
export const stateOf = (number: number): PairState => {
  const state = states[number];
  if (state) return state;
  throw new RangeError(`no state ${number} of a pair`);
};
export const outcomesOf = (number: number, definition: PairDefinition): Outcomes => outcomesIn(stateOf(number).outcomes, definition);
