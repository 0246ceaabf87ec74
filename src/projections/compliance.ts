/** Compliance with orders at an instant, or hour by hour, as known at a position: the one evaluator over rows, with what it found kept for the next question. */
import { DEADLINE_RULES, type DeadlineRule } from '../domain/deadlines/deadline-rules.ts';
import { type Definition, type Histogram, sumOf } from '../domain/figures.ts';
import { type OrderId, streamOf } from '../domain/ids.ts';
import { type MakeUp, makeUpOf } from '../domain/make-up.ts';
import type { TargetKind } from '../domain/target-ref.ts';
import { type Instant, instantFromMs } from '../domain/time.ts';
import { type Asked, type Figures, figuresAsked } from './asked-figures.ts';
import { findStream } from './dictionaries.ts';
import { createDistinctIndexes } from './distinct-indexes.ts';
import { type GroupBy, groupHistograms } from './groups.ts';
import { createOrderIndexes, type KnownOrder } from './order-indexes.ts';
import { orderKnownAt, orderPairs, type Standpoint } from './order-pairs.ts';
import { type Presumption, presumptionOf } from './presumption.ts';
import type { ReadModel } from './read-model.ts';

export const COUNTED_KINDS: readonly TargetKind[] = ['account', 'post', 'url'];

/** What a question is about, whatever is asked of it: orders, kinds of target, and the standpoint (`knownAt` is a position). */
export type ComplianceScope = Standpoint & {
  readonly orders: readonly OrderId[];
  readonly kinds: readonly TargetKind[];
  /** Besides `effective` and `ever`, which are always answered. */
  readonly definitions?: readonly Definition[] | undefined;
};

export type GroupFigures = Figures & { readonly group: string };
type Grouped = Figures & Presumption & { readonly groups?: readonly GroupFigures[] };
export type OrderFigures = Grouped & { readonly order: OrderId; readonly synthetic: boolean };

/** Why orders have no total: what was made up is never added to what is real. */
export type NoTotal = 'mixed_synthetic';
/** `null`, with the reason beside it, where there is none. */
type Total<T> = { readonly total: T | null; readonly totalReason?: NoTotal };

/** Figures at one instant. */
export type StateOfCompliance = Total<Grouped> & { readonly at: Instant; readonly orders: readonly OrderFigures[] };

const CHANGES_MAX = 5_000;
/** Of all lines of one answer, each about 700 bytes: an order's, and that of the total. */
const POINTS_MAX = 50_000;
/** How many instants a curve of so many orders may have. */
export const pointsMax = (orders: number): number => Math.floor(POINTS_MAX / (orders + 1));
/** Without what stands beside the figures of one instant: a curve has thousands of points. */
type PointMakeUp = Omit<MakeUp, 'statuses' | 'withoutEvidence' | 'flags'>;
export type CurvePoint = Omit<Figures, 'makeUp'> & {
  readonly at: Instant;
  readonly is: 'change' | 'sample';
  readonly makeUp: PointMakeUp;
};
export type Curve = Total<{ readonly points: readonly CurvePoint[] }> & {
  /** `omitted`: more than 5,000 instants at which something changes; the samples alone are given. */
  readonly changes: 'all' | 'omitted';
  readonly orders: readonly { readonly order: OrderId; readonly synthetic: boolean; readonly points: readonly CurvePoint[] }[];
};

export type Compliance = {
  readonly at: (scope: ComplianceScope, t: number, groupBy?: GroupBy) => StateOfCompliance;
  /** How many pairs of the scope are of each status at an instant: for many instants of one question. */
  readonly statuses: (scope: ComplianceScope) => (t: number) => MakeUp['statuses'];
  /** A step function: a point at each change in [from, to), and at each of `samples`. Instants in ms since 1970. */
  readonly curve: (
    scope: ComplianceScope,
    range: { readonly from: number; readonly to: number; readonly samples: readonly number[] },
  ) => Curve;
  /** The order and its pairs, for questions about single accounts. */
  readonly order: (id: OrderId, standpoint: Standpoint) => KnownOrder | undefined;
  /** For what period the record on orders known from one standpoint is declared complete, and what is presumed at an instant. */
  readonly presumption: (orders: readonly KnownOrder[], knownAt: number, t: number) => Presumption;
};

export type ComplianceOptions = {
  /** The deadline rules that orders name. */
  readonly rules?: readonly DeadlineRule[];
  /** Bounds what is kept for the next question. */
  readonly indexBytesMax?: number;
};

export const createCompliance = (model: ReadModel, { rules = DEADLINE_RULES, indexBytesMax }: ComplianceOptions = {}): Compliance => {
  const indexes = createOrderIndexes(model, indexBytesMax);
  const distinct = createDistinctIndexes();

  const order = (id: OrderId, standpoint: Standpoint): KnownOrder | undefined => {
    const no = findStream(model, streamOf('order', id));
    const view = no === undefined ? undefined : orderKnownAt(model, no, standpoint, rules);
    if (no === undefined || !view) return undefined;
    return { id, no, view, standpoint, pairs: orderPairs(model, { id, no, view }, standpoint) };
  };
  const asked = (scope: ComplianceScope): readonly Asked[] =>
    scope.orders.flatMap((id) => {
      const known = order(id, scope);
      return known ? [{ ...known, index: indexes.of(known) }] : [];
    });

  return {
    order,
    presumption(orders, knownAt, t) {
      // Only what is nowhere declared complete needs the index of an order, which is long to make.
      const presumed = orders.map((known) => ({
        ...known,
        get index() {
          return indexes.of(known);
        },
      }));
      return presumptionOf(model, presumed, knownAt, t);
    },
    at(scope, t, groupBy) {
      const all = asked(scope);
      const grouped = (orders: readonly Asked[]): Grouped => ({
        ...figuresAsked({ orders, scope, t, distinct, histogram: histogramOf(orders, t, scope.kinds) }),
        ...(groupBy && { groups: groupsOf(orders, scope, t, groupBy) }),
        ...presumptionOf(model, orders, scope.knownAt, t),
      });
      return {
        at: instantFromMs(t),
        orders: all.map((known) => ({ order: known.id, synthetic: known.view.synthetic, ...grouped([known]) })),
        ...totalOf(all, grouped),
      };
    },
    statuses(scope) {
      const all = asked(scope);
      return (t) => makeUpOf(histogramOf(all, t, scope.kinds)).statuses;
    },
    curve(scope, { from, to, samples }) {
      const all = asked(scope);
      const changes = changesOf(all, scope, { from, to, max: Math.min(CHANGES_MAX, pointsMax(all.length) - samples.length) });
      const sampled = new Set(samples);
      const instants = [...new Set([...(changes ?? []), ...samples])].sort((a, b) => a - b);
      const changed = new Set(changes);
      const point = (t: number, orders: readonly Asked[], histogram: Histogram): CurvePoint => {
        const { makeUp, ...figures } = figuresAsked({ orders, scope, t, distinct, histogram });
        return { at: instantFromMs(t), is: changed.has(t) || !sampled.has(t) ? 'change' : 'sample', ...figures, makeUp: ofPoint(makeUp) };
      };
      const rows = instants.map((t) => ({ t, histograms: all.map((known) => known.index.histogramAt(t, scope.kinds)) }));
      return {
        changes: changes ? 'all' : 'omitted',
        orders: all.map((known, place) => ({
          order: known.id,
          synthetic: known.view.synthetic,
          points: rows.map(({ t, histograms }) => point(t, [known], histograms[place] ?? new Map())),
        })),
        ...totalOf(all, () => ({ points: rows.map(({ t, histograms }) => point(t, all, sumOf(histograms))) })),
      };
    },
  };
};

const totalOf = <T>(orders: readonly Asked[], total: (orders: readonly Asked[]) => T): Total<T> =>
  new Set(orders.map(({ view }) => view.synthetic)).size > 1 ? { total: null, totalReason: 'mixed_synthetic' } : { total: total(orders) };

const ofPoint = ({ statuses: _, withoutEvidence: __, flags: ___, ...makeUp }: MakeUp): PointMakeUp => makeUp;

const histogramOf = (orders: readonly Asked[], t: number, kinds: readonly TargetKind[]): Histogram =>
  sumOf(orders.map(({ index }) => index.histogramAt(t, kinds)));

/** Each group by the definitions that count pairs. */
const groupsOf = (orders: readonly Asked[], scope: ComplianceScope, t: number, groupBy: GroupBy): readonly GroupFigures[] => {
  const byGroup = groupBy === 'kind' ? kindHistograms(orders, scope.kinds, t) : groupHistograms(orders, scope.kinds, t, groupBy);
  const definitions = scope.definitions?.filter((definition) => definition !== 'timeWeighted' && definition !== 'distinctTargets');
  return [...byGroup].map(([group, histogram]) => ({
    group,
    ...figuresAsked({ orders, scope: { ...scope, definitions }, t, distinct: undefined, histogram }),
  }));
};

const kindHistograms = (orders: readonly Asked[], kinds: readonly TargetKind[], t: number): ReadonlyMap<string, Histogram> =>
  new Map(kinds.map((kind) => [kind, histogramOf(orders, t, [kind])]));

type Within = { readonly from: number; readonly to: number; readonly max: number };

const changesOf = (all: readonly Asked[], { kinds }: ComplianceScope, { from, to, max }: Within): readonly number[] | undefined => {
  const found = new Set<number>();
  for (const { index } of all) {
    const own = index.changesIn(from, to, kinds, max);
    if (!own) return undefined;
    for (const instant of own) found.add(instant);
  }
  return found.size > max ? undefined : [...found];
};
