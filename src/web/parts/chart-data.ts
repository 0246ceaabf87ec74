/** The curve as the chart draws it: true steps, with the band that the record leaves open, and what holds at an instant. */
import { safe } from '../../wording/text.ts';
import type { Curve, CurvePoint, Order } from '../answers.ts';

export type Point = CurvePoint & { readonly ms: number };
export type Series = {
  readonly key: string;
  readonly name: string;
  readonly points: readonly Point[];
  /** To which the record is declared complete, in ms; `null`: never. Beyond, a step only presumes that nothing was changed. */
  readonly coveredTo: number | null;
};

export const TOTAL = 'total';

/** One line for each order, and one for all where there are several that may be added up. */
export const seriesOf = (curve: Curve, orders: readonly Order[]): readonly Series[] => {
  const ends = new Map(orders.map(({ id, coveredTo }) => [id, coveredTo === null ? null : Date.parse(coveredTo)]));
  const refs = new Map(orders.map(({ id, ref }) => [id, ref]));
  const lines = curve.orders.map(({ order, points }) => ({
    key: order,
    name: `Order ${safe(refs.get(order) ?? order)}`,
    points: points.map(placed),
    coveredTo: ends.get(order) ?? null,
  }));
  if (lines.length < 2 || !curve.total) return lines;
  const coveredTo = lines.reduce<number | null>(
    (least, line) => (least === null || line.coveredTo === null ? null : Math.min(least, line.coveredTo)),
    Number.POSITIVE_INFINITY,
  );
  return [...lines, { key: TOTAL, name: totalName(lines.length), points: curve.total.points.map(placed), coveredTo }];
};
export const totalName = (orders: number): string => (orders === 2 ? 'Both orders' : `All ${orders} orders`);

const placed = (point: CurvePoint): Point => ({ ...point, ms: Date.parse(point.at) });

/** The last point that is not after an instant: between changes the figure stands. `undefined` before the first. */
export const pointAt = (points: readonly Point[], ms: number): Point | undefined => points[placeAt(points, ms)];

const placeAt = (points: readonly Point[], ms: number): number => {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((points[middle]?.ms ?? 0) <= ms) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};

/** Points of a curve: whether they are all of its changes, or samples between which it may have moved. */
export type Known = { readonly series: readonly Series[]; readonly hasAllChanges: boolean };
/** What a line has at the instant looked at; `undefined` where no curve at hand knows. */
export type FiguresAt = (key: string) => Point | undefined;

export const figuresAt =
  (known: readonly Known[], ms: number): FiguresAt =>
  (key) =>
    known
      .map(({ series, hasAllChanges }) => {
        const points = series.find((one) => one.key === key)?.points ?? [];
        const point = pointAt(points, ms);
        return hasAllChanges || point?.ms === ms ? point : undefined;
      })
      .find((point) => point !== undefined);

/** The change before or after an instant, of any of the lines. */
export const changeBeside = (series: readonly Series[], ms: number, by: 1 | -1): number | undefined => {
  const changes = series.flatMap(({ points }) => points.filter(({ is }) => is === 'change').map((point) => point.ms));
  const beside = changes.filter((change) => (by > 0 ? change > ms : change < ms));
  if (beside.length === 0) return undefined;
  return beside.reduce((best, change) => (by > 0 ? Math.min(best, change) : Math.max(best, change)));
};
