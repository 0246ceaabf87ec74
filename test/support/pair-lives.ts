/**
 * Lives of pairs that a person can reckon. Hours count from 0; an order is issued at hour 0 and binds at hour 5, demands that access be disabled in India
 * and sets no number of hours, and the record is complete to hour 100, unless a life says otherwise.
 */
import { expect } from 'vitest';
import { type Histogram, type PairFigure, pairFigure } from '../../src/domain/figures.ts';
import { type MakeUp, makeUpOf } from '../../src/domain/make-up.ts';
import {
  type Clock,
  type Lift,
  NEVER,
  type OrderTerms,
  type OtherOrder,
  type PairFacts,
  type Restriction,
} from '../../src/domain/pairs/pair-facts.ts';
import { type Life, pairLife, stateNumberAt } from '../../src/domain/pairs/pair-life.ts';
import { PAIR_DEFINITIONS, type PairDefinition } from '../../src/domain/pairs/pair-state.ts';
import { type Basis, covers, type Demand, type Strength, suffices } from '../../src/domain/restriction.ts';
import type { Territory } from '../../src/domain/territory.ts';
import { inIndia } from './controls.ts';

const HOUR = 3_600_000;
export const h = (hours: number): number => hours * HOUR;
/** Just before. */
export const justBefore = (hours: number): number => h(hours) - 1;
export type Hours = number | readonly [earliest: number, latest: number];
const range = (hours: Hours) =>
  typeof hours === 'number' ? { earliest: h(hours), latest: h(hours) } : { earliest: h(hours[0]), latest: h(hours[1]) };
/** Each event has its number, so that one which says two things happens once. */
const LISTED = 1;
const ISSUED = 2;
const OF_ORDER = 10;
const OF_TARGET = 1_000;

export type Asked = {
  readonly issued?: Hours;
  readonly binding?: Hours;
  readonly demand?: Demand;
  readonly expires?: number;
  readonly covered?: readonly (readonly [number, number])[];
  readonly revoked?: { readonly at: Hours; readonly restorationDirected?: boolean };
  readonly stays?: readonly Paused[];
  readonly stops?: readonly Paused[];
  readonly clock?: Partial<Omit<Clock, 'durationMs'>> & { readonly hours: number };
  /** A time set at an hour, due at another. */
  readonly dueDates?: readonly { readonly set: Hours; readonly due: number }[];
  readonly answers?: readonly { readonly at: Hours; readonly isDecline: boolean }[];
};
type Paused = { readonly from: Hours; readonly to?: Hours; readonly until?: number; readonly restorationDirected?: boolean };

const pauses = (all: readonly Paused[], first: number): OrderTerms['stays'] =>
  all.map(({ from, to, until, restorationDirected = false }, place) => ({
    begins: { event: first + 2 * place, ...range(from) },
    until: until === undefined ? NEVER : h(until),
    ends: to === undefined ? [] : [{ event: first + 2 * place + 1, ...range(to) }],
    restorationDirected,
  }));

export const order = ({
  issued = 0,
  binding = 5,
  demand = { measure: 'disable_access', territory: inIndia },
  expires,
  covered = [[0, 100]],
  revoked,
  stays = [],
  stops = [],
  clock,
  dueDates = [],
  answers = [],
}: Asked = {}): OrderTerms => ({
  demand,
  issued: { event: ISSUED, ...range(issued) },
  binding: range(binding),
  expiresAt: expires === undefined ? NEVER : h(expires),
  covered: covered.map(range),
  coverageEnds: covered.map(([, to]) => h(to)),
  revocations: revoked ? [{ event: OF_ORDER, ...range(revoked.at), restorationDirected: revoked.restorationDirected ?? false }] : [],
  stays: pauses(stays, OF_ORDER + 100),
  stops: pauses(stops, OF_ORDER + 200),
  clock: clock && { startsAt: 'receipt', onRestart: 'continue', isTolerance: false, ...clock, durationMs: h(clock.hours) },
  dueDates: dueDates
    .map(({ set, due }, place) => ({ event: OF_ORDER + 300 + place, ...range(set), dueAt: h(due) }))
    .sort((a, b) => a.latest - b.latest || a.event - b.event),
  answers: answers.map(({ at, isDecline }, place) => ({ event: OF_ORDER + 400 + place, ...range(at), isDecline })),
});

export type Restricted = {
  readonly from: Hours;
  readonly lifted?: readonly (readonly [Hours, Territory])[];
  readonly until?: number;
  readonly strength?: Strength;
  readonly territory?: Territory;
  readonly basis?: Basis;
  readonly cites?: boolean;
  /** Another order, besides or instead. */
  readonly citesOther?: boolean;
  readonly evidenced?: boolean;
  /** Lifts of the same number are one event, which ends several restrictions at once. */
  readonly liftedBy?: number;
};
/** Withheld in India, citing the order, unless it says otherwise. */
export const restricted =
  (said: Restricted) =>
  ({ demand }: OrderTerms, place: number): Restriction => {
    const { from, lifted = [], until, strength = 'withheld', territory = inIndia, basis = 'legal_order', cites = true } = said;
    const event = OF_TARGET + 20 * place;
    return {
      start: { event, ...range(from) },
      until: until === undefined ? NEVER : h(until),
      lifts: lifted.map(([at, where], lift): Lift => ({ event: said.liftedBy ?? event + 1 + lift, ...range(at), territory: where })),
      terms: {
        suffices: suffices(demand.measure, strength),
        coversAlone: covers(demand.territory, [{ territory, lifted: [] }]),
        territory,
        measure: strength,
        basis,
        isLimit: strength === 'limited',
        isEvidenced: said.evidenced ?? false,
        citesOrder: cites,
        citesOther: said.citesOther ?? (basis === 'legal_order' && !cites),
      },
    };
  };

export type Told = {
  readonly restrictions?: readonly ReturnType<typeof restricted>[];
  readonly declines?: readonly Hours[];
  /** When the order listed it, and when the list arrived, if later. */
  readonly listed?: Hours;
  readonly withdrawn?: Hours;
  readonly gone?: Hours;
  readonly others?: readonly { readonly issued: Hours; readonly listed?: Hours; readonly ended?: Hours }[];
};
const happening = (event: number, hours: Hours | undefined) => (hours === undefined ? [] : [{ event, ...range(hours) }]);

export const factsOf = (
  of: OrderTerms,
  { restrictions = [], declines = [], listed = 0, withdrawn, gone, others = [] }: Told = {},
): PairFacts => ({
  listed: { event: LISTED, ...range(listed) },
  received: range(listed),
  restrictions: restrictions.map((make, place) => make(of, place)),
  declines: declines.map((hours, place) => ({ event: OF_TARGET + 500 + place, ...range(hours) })),
  withdrawals: happening(OF_TARGET + 600, withdrawn),
  gone: happening(OF_TARGET + 601, gone),
  others: others.map(
    ({ issued, listed: at = issued, ended }, place): OtherOrder => ({
      issued: { event: OF_TARGET + 700 + 3 * place, ...range(issued) },
      listed: { event: OF_TARGET + 701 + 3 * place, ...range(at) },
      ends: happening(OF_TARGET + 702 + 3 * place, ended),
      expiresAt: NEVER,
    }),
  ),
});
export const life = (of: OrderTerms, told: Told = {}): Life => pairLife(of, factsOf(of, told));

export const histogramAt = (t: number, ...lives: readonly Life[]): Histogram => {
  const histogram = new Map<number, number>();
  for (const { steps } of lives) {
    const state = stateNumberAt(steps, t);
    histogram.set(state, (histogram.get(state) ?? 0) + 1);
  }
  return histogram;
};

/** Numbers that are not named are 0. */
export const counts = ({ numerator, maybe, unknown, denominator, denominatorMaybe, percent, reason }: PairFigure) => ({
  numerator,
  maybe,
  unknown,
  denominator,
  denominatorMaybe,
  percent: percent && [percent.low, percent.high],
  ...(reason && { reason }),
});
export const NOTHING = { numerator: 0, maybe: 0, unknown: 0, denominator: 0, denominatorMaybe: 0 };
export const no = { ...NOTHING, denominator: 1, percent: [0, 0] };
export const yes = { ...NOTHING, numerator: 1, denominator: 1, percent: [100, 100] };
export const maybe = { ...NOTHING, maybe: 1, denominator: 1, percent: [0, 100] };
export const unknown = { ...NOTHING, unknown: 1, denominator: 1, percent: [0, 100] };
export const outside = { ...NOTHING, percent: null, reason: 'empty_population' };

/** What one pair is at an instant: its figure by each definition asked for, its status and flags. */
export const expectPair = (
  t: number,
  { steps, moves }: Life,
  expected: { readonly [definition in PairDefinition]?: object } & { readonly status?: string; readonly flags?: readonly string[] },
): void => {
  const { status, flags, ...definitions } = expected;
  const histogram = histogramAt(t, { steps, moves });
  const asked = PAIR_DEFINITIONS.filter((definition) => definition in definitions);
  const found = Object.fromEntries(asked.map((definition) => [definition, counts(pairFigure(definition, histogram, undefined))]));
  const { statuses, flags: counted, withoutEvidence } = makeUpOf(histogram);
  const flagged = [
    ...(withoutEvidence > 0 ? ['without_evidence'] : []),
    ...Object.entries(counted).flatMap(([flag, n]) => (n > 0 ? [flag] : [])),
  ];
  expect(
    { ...found, ...(status !== undefined && { status: statuses[0]?.status }), ...(flags && { flags: flagged }) },
    `at ${t / HOUR} h`,
  ).toEqual(expected);
};

type Said = {
  readonly inEffect?: Partial<MakeUp['inEffect']>;
  readonly notInEffect?: readonly (readonly [status: string, responseDeclined?: boolean])[];
  readonly unknown?: number;
  readonly open?: number;
  readonly populationOpen?: number;
  readonly apart?: Partial<MakeUp['apart']>;
};
const emptied = (counted: { readonly [name: string]: number }) => Object.fromEntries(Object.keys(counted).map((name) => [name, 0]));
const EMPTY = makeUpOf(new Map());

/** The two figures that are always given, and where the pair stands in the make-up. */
export const expectAt = (
  t: number,
  one: Life,
  expected: { readonly effective: object; readonly ever: object; readonly makeUp: Said },
): void => {
  const histogram = histogramAt(t, one);
  const { statuses: _, withoutEvidence: __, flags: ___, ...whole } = makeUpOf(histogram);
  const makeUp = { ...whole, notInEffect: whole.notInEffect.map(({ lost: ____, ...count }) => count) };
  const said = expected.makeUp;
  expect(
    { effective: counts(pairFigure('effective', histogram, undefined)), ever: counts(pairFigure('ever', histogram, undefined)), makeUp },
    `at ${t / HOUR} h`,
  ).toEqual({
    ...expected,
    makeUp: {
      unknown: 0,
      open: 0,
      populationOpen: 0,
      ...said,
      inEffect: { ...emptied(EMPTY.inEffect), ...said.inEffect },
      apart: { ...emptied(EMPTY.apart), ...said.apart },
      notInEffect: (said.notInEffect ?? []).map(([status, responseDeclined = false]) => ({ status, responseDeclined, pairs: 1 })),
    },
  });
};
