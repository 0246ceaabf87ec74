/** Compliance with orders at an instant, or hour by hour, as known at a position: the one evaluator over rows, with what it found kept for the next question. */
import { type Figures, figuresOf, type Histogram, sumOf } from '../domain/figures.ts';
import type { OrderId } from '../domain/ids.ts';
import { streamOf } from '../domain/ids.ts';
import type { Declared, OrderView } from '../domain/order-terms.ts';
import type { TargetKind } from '../domain/target-ref.ts';
import { type Instant, instantFromMs, msOf, parseInstant } from '../domain/time.ts';
import { type ChangeIndex, createChangeIndex } from './change-index.ts';
import { findStream } from './dictionaries.ts';
import { type OrderPairs, orderKnownAt, orderPairs } from './order-pairs.ts';
import type { ReadModel } from './read-model.ts';

export const COUNTED_KINDS: readonly TargetKind[] = ['account', 'post', 'url'];

/** What a question is about, whatever is asked of it. `knownAt` is a position. */
export type ComplianceScope = { readonly orders: readonly OrderId[]; readonly knownAt: number; readonly kinds: readonly TargetKind[] };

/** What is only presumed at an instant: the record shows a restriction until something ends it. */
export type Presumption = {
  /** Whether the record is declared complete for this very instant. */
  readonly isCoveredAt: boolean;
  /** What the deciding declaration covers: the one for this instant, else the one that reaches furthest; `null` if there is none. */
  readonly coveredFrom: Instant | null;
  readonly coveredTo: Instant | null;
  /** Who made that declaration, and when. */
  readonly coveredBy: string | null;
  readonly declaredAt: { readonly earliest: Instant; readonly latest: Instant } | null;
  /** Assumes that nothing was changed since; `null` where the record is declared complete, or nothing is on record. */
  readonly presumedSince: Instant | null;
};
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

export type KnownOrder = { readonly id: OrderId; readonly no: number; readonly view: OrderView; readonly pairs: OrderPairs };

const INDEX_BYTES_MAX = 256 * 1024 * 1024;

/** `indexBytesMax` bounds what is kept for the next question. */
export const createCompliance = (model: ReadModel, indexBytesMax = INDEX_BYTES_MAX): Compliance => {
  const indexes = createIndexes(model, indexBytesMax);

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

/** Over several orders that of the least covered one. An order that is not issued yet has nothing to cover, unless it is the only one. */
const presumptionOf = (model: ReadModel, orders: readonly Asked[], knownAt: number, t: number): Presumption => {
  const issued = orders.filter(({ view }) => view.issued.earliest <= t);
  const [deciding] = (issued.length > 0 ? issued : orders).map(({ view }) => decidingAt(view, t)).sort(leastCovered);
  const { isCoveredAt = false, declared } = deciding ?? {};
  const by = declared?.by;
  const since = declared && declared.latest < t ? declared.latest : lastRecorded(model, orders, knownAt, t);
  return {
    isCoveredAt,
    coveredFrom: declared ? instantFromMs(declared.earliest) : null,
    coveredTo: declared ? instantFromMs(declared.latest) : null,
    coveredBy: by ? (by.organisation ?? by.name ?? by.role ?? by.description ?? null) : null,
    declaredAt: declared
      ? { earliest: instantFromMs(declared.declaredAt.earliest), latest: instantFromMs(declared.declaredAt.latest) }
      : null,
    presumedSince: since === undefined || isCoveredAt ? null : instantFromMs(since),
  };
};

type Deciding = { readonly isCoveredAt: boolean; readonly declared: Declared | undefined };

const decidingAt = ({ declarations }: OrderView, t: number): Deciding => {
  const here = declarations.find(({ earliest, latest }) => earliest <= t && t <= latest);
  return { isCoveredAt: here !== undefined, declared: here ?? declarations.at(-1) };
};

/** Not covered first; then what ends earlier, and of two that end together what begins later: so what is said of one holds for all. */
const leastCovered = (a: Deciding, b: Deciding): number =>
  Number(a.isCoveredAt) - Number(b.isCoveredAt) ||
  (a.declared?.latest ?? -Infinity) - (b.declared?.latest ?? -Infinity) ||
  (b.declared?.earliest ?? 0) - (a.declared?.earliest ?? 0) ||
  0;

const lastRecorded = (model: ReadModel, orders: readonly Asked[], knownAt: number, t: number): number | undefined => {
  const recorded = orders.flatMap(({ no, index }) =>
    [lastRecordOf(model, no, knownAt, t), index.lastRecordedBy(t)].filter((instant) => instant !== undefined),
  );
  return recorded.length > 0 ? Math.max(...recorded) : undefined;
};

const OCCURRED_BY = "json_extract(data, '$.occurredAt.latest')";
const LAST_OF_RECORDS = `
  SELECT max(${OCCURRED_BY}) FROM record WHERE subject = ? AND stream = subject AND since <= ? AND before > ? AND ${OCCURRED_BY} <= ?`;

const lastRecordOf = (model: ReadModel, no: number, knownAt: number, t: number): number | undefined => {
  const last = model.get(LAST_OF_RECORDS, no, knownAt, knownAt, instantFromMs(t))?.[0];
  return typeof last === 'string' ? msOf(parseInstant(last)) : undefined;
};

/** More events than this in between are not followed one by one: the order is read anew. */
const FOLLOWED_MAX = 20_000;
/** CROSS JOIN: from the few events to their pairs, never the other way round. */
const TOUCHED_TARGETS = `
  SELECT DISTINCT pair.target FROM event CROSS JOIN pair ON pair.list = ? AND pair.target = event.stream WHERE event.position > ? AND event.position <= ?`;
const ORDER_TOUCHED = 'SELECT 1 FROM event WHERE stream = ? AND position > ? AND position <= ? LIMIT 1';

/**
 * Change indexes by order and position, least recently used first to go. The newest of an order is moved along when more is known: the pairs that were
 * touched since are taken out as they were known and put in as they are.
 */
const createIndexes = (model: ReadModel, bytesMax: number) => {
  type Kept = { knownAt: number; readonly index: ChangeIndex };
  const kept = new Map<string, Kept>();

  const follow = (entry: Kept, known: KnownOrder, knownAt: number): boolean => {
    const { knownAt: from } = entry;
    if (knownAt < from || knownAt - from > FOLLOWED_MAX || model.get(ORDER_TOUCHED, known.no, from, knownAt)) return false;
    const before = orderPairs(model, { ...known, knownAt: from });
    for (const [target] of model.all(TOUCHED_TARGETS, known.no, from, knownAt)) {
      const was = before.one(Number(target));
      const is = known.pairs.one(Number(target));
      if (was) entry.index.count(was, -1);
      if (is) entry.index.count(is, 1);
    }
    entry.knownAt = knownAt;
    return true;
  };
  const evict = (): void => {
    let bytes = [...kept.values()].reduce((sum, { index }) => sum + index.bytes(), 0);
    for (const [key, { index }] of kept) {
      if (bytes <= bytesMax || kept.size === 1) return;
      bytes -= index.bytes();
      kept.delete(key);
    }
  };

  return {
    of(known: KnownOrder, knownAt: number): ChangeIndex {
      const newest = `${known.id}`;
      const pinned = `${known.id} ${knownAt}`;
      for (const key of [pinned, newest]) {
        const entry = kept.get(key);
        if (!entry || !(entry.knownAt === knownAt || (key === newest && follow(entry, known, knownAt)))) continue;
        kept.delete(key);
        kept.set(key, entry);
        return entry.index;
      }
      const index = createChangeIndex();
      known.pairs.each((pair) => index.count(pair, 1));
      const replaced = kept.get(newest);
      // What is known later than the newest becomes the newest; an earlier position has an entry of its own.
      const key = !replaced || replaced.knownAt <= knownAt ? newest : pinned;
      kept.delete(key);
      kept.set(key, { knownAt, index });
      evict();
      return index;
    },
  };
};
