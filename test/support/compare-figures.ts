/** Holds the evaluator's answers against the naive ones. */

import { expect } from 'vitest';
import { DEFINITIONS } from '../../src/domain/figures.ts';
import { parseOrderId } from '../../src/domain/ids.ts';
import type { StatusCount } from '../../src/domain/make-up.ts';
import { targetKind } from '../../src/domain/target-ref.ts';
import { msOf, parseInstant } from '../../src/domain/time.ts';
import type { Figures } from '../../src/projections/asked-figures.ts';
import { createCompliance } from '../../src/projections/compliance.ts';
import type { ReadModel } from '../../src/projections/read-model.ts';
import { expectSameDues } from './compare-dues.ts';
import { type NaiveAnswer, type NaiveFigure, type NaiveQuestion, naiveFigures } from './naive-figures.ts';
import type { LogEvent } from './naive-log.ts';

export const expectSameAsNaive = (model: ReadModel, log: readonly LogEvent[], questions: readonly NaiveQuestion[]): void => {
  const compliance = createCompliance(model);
  for (const question of questions) {
    const expected = naiveFigures(log, question);
    const standpoint = standpointOf(question);
    const orders = question.orders.map(parseOrderId);
    const kinds = question.kinds.map((kind) => targetKind.parse(kind));
    const answer = compliance.at({ ...standpoint, orders, kinds, definitions: DEFINITIONS }, instantOf(question.validAt));
    expect(answer.orders.map(({ order }) => order)).toEqual(orders.filter((id) => compliance.order(id, standpoint) !== undefined));
    const about = JSON.stringify(question);
    expectSameDues({ model, compliance, standpoint }, expected.total.pairs, instantOf(question.validAt), about);
    const { total } = answer;
    if (total === null) throw new Error('random orders are all real, or all synthetic');
    for (const own of [...answer.orders, { order: undefined, ...total }]) {
      const naive = own.order === undefined ? expected.total : expected.orders.find(({ id }) => id === own.order);
      if (naive === undefined) throw new Error(`the naive evaluator has no order ${own.order}`);
      expectToAgree(told(own), toldNaively(naive), looseFigures(naive), about);
    }
  }
};

const instantOf = (text: string): number => msOf(parseInstant(text));
const standpointOf = ({ knownAt, tolerance, reportedBy }: NaiveQuestion) => ({
  knownAt,
  toleranceMs: tolerance === undefined ? undefined : Temporal.Duration.from(tolerance).total('milliseconds'),
  reportedBy: reportedBy === undefined ? undefined : instantOf(reportedBy),
});

/** So many uncertain times of one pair, open at once, are followed for certain; beyond it everything may be said to be possible. */
const FOLLOWED_MAX = 4;

/**
 * Figures that may be wider than need be: all where too much is open to be followed; what is on time where uncertain times overlap, since the sum of
 * a start and a stop is taken as a range; and targets in several orders, whose pairs are judged apart though one uncertain act ties them.
 */
const looseFigures = ({ pairs }: NaiveAnswer): readonly FigureName[] => {
  const open = Math.max(0, ...pairs.map(({ openAtOnce }) => openAtOnce));
  if (open > FOLLOWED_MAX) return FIGURES;
  const isTied = pairs.some((one) => one.hasUncertainHistory && pairs.some((other) => one.target === other.target && one !== other));
  return [...(open > 1 ? (['onTime'] as const) : []), ...(isTied ? (['all', 'any'] as const) : [])];
};

const expectToAgree = (own: Told, naive: Told, loose: readonly FigureName[], about: string): void => {
  for (const name of loose) expectToContain(own[name], naive[name], `${name} ${about}`);
  const { statuses, columns } = naive;
  if (loose === FIGURES) expect({ statuses: own.statuses, columns: own.columns }, about).toEqual({ statuses, columns });
  else expect({ ...own, ...only(loose, naive) }, about).toEqual(naive);
};

const only = (names: readonly FigureName[], all: Told) => Object.fromEntries(names.map((name) => [name, all[name]]));

/** Never too narrow, and nothing is called certain that is not. */
const expectToContain = (wide: Told[FigureName], tight: Told[FigureName], about: string): void => {
  if (wide === undefined || tight === undefined) throw new Error(`no figure ${about}`);
  for (const count of ['numerator', 'unknown', 'denominator'] as const)
    expect(BigInt(wide[count]) <= BigInt(tight[count]), `${count} of ${about}`).toBe(true);
  expect(possiblyIn(wide) >= possiblyIn(tight) && possiblyYes(wide) >= possiblyYes(tight), about).toBe(true);
  if (tight.reason !== undefined && tight.reason !== 'empty_population') expect(wide.reason, about).toBe(tight.reason);
  const [outer, inner] = [wide.percent ?? NOTHING, tight.percent ?? NOTHING];
  expect([outer.low <= inner.low, outer.high >= inner.high], about).toEqual([true, true]);
};
const NOTHING = { low: 100, high: 0 };

type Told = ReturnType<typeof told>;
type Quantities = { readonly [count in 'numerator' | 'maybe' | 'unknown' | 'denominator' | 'denominatorMaybe']: string };
const possiblyIn = ({ denominator, denominatorMaybe }: Quantities): bigint => BigInt(denominator) + BigInt(denominatorMaybe);
const possiblyYes = ({ numerator, maybe, unknown }: Quantities): bigint => BigInt(numerator) + BigInt(maybe) + BigInt(unknown);

const told = (own: Figures) => {
  const { makeUp, platformStyle } = own;
  const [all, any] = own.distinctTargets ?? [];
  const { inEffect, notInEffect, unknown, open, populationOpen, apart, statuses } = makeUp;
  return {
    effective: counted(own.effective),
    anyRestriction: counted(own.anyRestriction),
    ever: counted(own.ever),
    onTime: counted(own.onTime),
    sustained: counted(own.sustained),
    citingOrder: counted(own.citingOrder),
    platformStyle: counted(platformStyle),
    timeWeighted: counted(own.timeWeighted),
    all: counted(all),
    any: counted(any),
    makeUp: { inEffect, notInEffect: withoutWays(notInEffect), unknown, open },
    populationOpen,
    apart: withoutNone(apart),
    statuses: Object.fromEntries(statuses.map(({ status, pairs }) => [status, pairs])),
    columns: platformStyle?.columns,
  };
};

/** How pairs ceased to be in effect the naive evaluator does not tell: here only that it is told of nothing else, and of no more than there are. */
const withoutBeside = ({ lost, timingOpen, ...count }: StatusCount): Omit<StatusCount, 'lost' | 'timingOpen'> => {
  expect(timingOpen).toBeUndefined();
  if (lost) {
    expect(count.status).toBe('reversed_while_in_force');
    expect(lost.lifted + lost.ran_out).toBeLessThanOrEqual(count.pairs);
  }
  return count;
};

const withoutWays = (counts: readonly StatusCount[]): readonly Omit<StatusCount, 'lost' | 'timingOpen'>[] => counts.map(withoutBeside);

const toldNaively = (naive: NaiveAnswer): Told => ({
  effective: counted(naive.effective),
  anyRestriction: counted(naive.anyRestriction),
  ever: counted(naive.ever),
  onTime: counted(naive.onTime),
  sustained: counted(naive.sustained),
  citingOrder: counted(naive.citingOrder),
  platformStyle: counted(naive.platformStyle),
  timeWeighted: counted(naive.timeWeighted),
  all: counted(naive.distinctTargets.all),
  any: counted(naive.distinctTargets.any),
  makeUp: naive.makeUp,
  populationOpen: naive.outOpen,
  apart: withoutNone(naive.apart),
  statuses: { ...naive.statuses },
  columns: naive.platformStyleColumns,
});

const FIGURES = [
  'effective',
  'anyRestriction',
  'ever',
  'onTime',
  'sustained',
  'citingOrder',
  'platformStyle',
  'timeWeighted',
  'all',
  'any',
] as const;
type FigureName = (typeof FIGURES)[number];

type Counts = Omit<NaiveFigure<string | number | bigint>, 'reason'> & { readonly reason?: string };
const counted = (figure: Counts | undefined) =>
  figure && {
    numerator: String(figure.numerator),
    maybe: String(figure.maybe),
    unknown: String(figure.unknown),
    denominator: String(figure.denominator),
    denominatorMaybe: String(figure.denominatorMaybe),
    percent: figure.percent,
    reason: figure.reason,
  };

const withoutNone = (counts: { readonly [name: string]: number }) =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
