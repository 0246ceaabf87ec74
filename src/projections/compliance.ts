/** Compliance with orders at an instant, or hour by hour, as known at a position: the one evaluator over rows, with what it found kept for the next question. */
import { type Figures, figuresOf, type Histogram, sumOf } from '../domain/figures.ts';
import type { OrderId } from '../domain/ids.ts';
import { streamOf } from '../domain/ids.ts';
import type { TargetKind } from '../domain/target-ref.ts';
import { type Instant, instantFromMs } from '../domain/time.ts';
import type { ChangeIndex } from './change-index.ts';
import { findStream } from './dictionaries.ts';
import { createOrderIndexes, type KnownOrder } from './order-indexes.ts';
import { orderKnownAt, orderPairs } from './order-pairs.ts';
import { type Presumption, presumptionOf } from './presumption.ts';
import type { ReadModel } from './read-model.ts';

export const COUNTED_KINDS: readonly TargetKind[] = ['account', 'post', 'url'];

/** What a question is about, whatever is asked of it. `knownAt` is a position. */
export type ComplianceScope = { readonly orders: readonly OrderId[]; readonly knownAt: number; readonly kinds: readonly TargetKind[] };

export type OrderFigures = Figures & {
  readonly order: OrderId;
  readonly byKind?: readonly (Figures & { readonly kind: TargetKind })[];
} & Presumption;
export type TotalFigures = Figures & { readonly byKind?: readonly (Figures & { readonly kind: TargetKind })[] } & Presumption;

/** Figures at one instant. */
export type StateOfCompliance = { readonly at: Instant; readonly orders: readonly OrderFigures[]; readonly total: TotalFigures };

const CHANGES_MAX = 5_000;
/** Of all lines of one answer, each about 700 bytes: an order's, and that of the total. */
const POINTS_MAX = 50_000;
/** How many instants a curve of so many orders may have. */
export const pointsMax = (orders: number): number => Math.floor(POINTS_MAX / (orders + 1));
export type CurvePoint = { readonly at: Instant; readonly is: 'change' | 'sample' } & Figures;
export type Curve = {
  /** `omitted`: more than 5,000 instants at which something changes; the samples alone are given. */
  readonly changes: 'all' | 'omitted';
  readonly orders: readonly { readonly order: OrderId; readonly points: readonly CurvePoint[] }[];
  readonly total: { readonly points: readonly CurvePoint[] };
};

export type Compliance = {
  readonly at: (scope: ComplianceScope, t: number, groupBy?: 'kind') => StateOfCompliance;
  /** A step function: a point at each change in [from, to), and at each of `samples`. Instants in ms since 1970. */
  readonly curve: (
    scope: ComplianceScope,
    range: { readonly from: number; readonly to: number; readonly samples: readonly number[] },
  ) => Curve;
  /** The order and its pairs, for questions about single accounts. */
  readonly order: (id: OrderId, knownAt: number) => KnownOrder | undefined;
};

/** `indexBytesMax` bounds what is kept for the next question. */
export const createCompliance = (model: ReadModel, indexBytesMax?: number): Compliance => {
  const indexes = createOrderIndexes(model, indexBytesMax);

  const order = (id: OrderId, knownAt: number): KnownOrder | undefined => {
    const no = findStream(model, streamOf('order', id));
    const view = no === undefined ? undefined : orderKnownAt(model, no, knownAt);
    return no === undefined || !view ? undefined : { id, no, view, pairs: orderPairs(model, { id, no, view, knownAt }) };
  };
  const asked = ({ orders, knownAt }: ComplianceScope): readonly Asked[] =>
    orders.flatMap((id) => {
      const known = order(id, knownAt);
      return known ? [{ ...known, index: indexes.of(known, knownAt) }] : [];
    });

  return {
    order,
    at(scope, t, groupBy) {
      const all = asked(scope);
      const figures = (orders: readonly Asked[], kinds: readonly TargetKind[]): Figures =>
        figuresOf(
          sumOf(orders.map(({ index }) => index.histogramAt(t, kinds))),
          orders.every((known) => hasTargetList(known, t)),
        );
      const grouped = (orders: readonly Asked[]) => ({
        ...figures(orders, scope.kinds),
        ...(groupBy === 'kind' && { byKind: scope.kinds.map((kind) => ({ kind, ...figures(orders, [kind]) })) }),
        ...presumptionOf(model, orders, scope.knownAt, t),
      });
      return { at: instantFromMs(t), orders: all.map((known) => ({ order: known.id, ...grouped([known]) })), total: grouped(all) };
    },
    curve(scope, { from, to, samples }) {
      const all = asked(scope);
      const changes = changesOf(all, scope, { from, to, max: Math.min(CHANGES_MAX, pointsMax(all.length) - samples.length) });
      const sampled = new Set(samples);
      const instants = [...new Set([...(changes ?? []), ...samples])].sort((a, b) => a - b);
      const changed = new Set(changes);
      const point = (t: number, orders: readonly { readonly known: Asked; readonly histogram: Histogram }[]): CurvePoint => ({
        at: instantFromMs(t),
        is: changed.has(t) || !sampled.has(t) ? 'change' : 'sample',
        ...figuresOf(
          sumOf(orders.map(({ histogram }) => histogram)),
          orders.every(({ known }) => hasTargetList(known, t)),
        ),
      });
      const rows = instants.map((t) => ({
        t,
        orders: all.map((known) => ({ known, histogram: known.index.histogramAt(t, scope.kinds) })),
      }));
      return {
        changes: changes ? 'all' : 'omitted',
        orders: all.map((known, place) => ({
          order: known.id,
          points: rows.map(({ t, orders }) => point(t, orders.slice(place, place + 1))),
        })),
        total: { points: rows.map(({ t, orders }) => point(t, orders)) },
      };
    },
  };
};

type Asked = KnownOrder & { readonly index: ChangeIndex };

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

/** An order that was issued and has not ended, but of which no list is on record, has no percentage: its targets are not known. */
const hasTargetList = ({ view, index }: Asked, t: number): boolean =>
  t < view.issued.earliest || t >= view.expiresAt || index.hasListing(t);
