/** One target's rows of facts as the evaluator takes them for one order. */
import type { FactShape, Range } from '../domain/facts.ts';
import { type Happening, type Lift, NEVER, type OtherOrder, type PairFacts, type Restriction } from '../domain/pairs/pair-facts.ts';
import type { Reader } from './order-pairs.ts';
import type { Row } from './read-model.ts';

export type Read = {
  readonly facts: PairFacts;
  /** The earliest instant at which it was listed, in ms. */
  readonly listedAt: number;
  /** The latest instants of the events behind it, in ms. */
  readonly recorded: readonly number[];
  readonly classes: readonly string[];
};
/** Rows [start, end) are of one target; the shape stands times `kindsMax` in its column. */
type Place = { readonly start: number; readonly end: number; readonly kindsMax: number };
type OpenRestriction = Restriction & { until: number; readonly lifts: Lift[] };

/** `undefined` if this order does not list it from that standpoint. */
export const pairFactsOf = (rows: readonly Row[], place: Place, reader: Reader): Read | undefined => {
  const collected = createCollector(reader);
  const left = reader.reportedBy === undefined ? NOTHING : publishedLater(rows, place, reader.shapeOf, reader.reportedBy);
  for (let i = place.start; i < place.end; i += 1) {
    const [, shapeAndKind, event, refers, from, width] = rows[i] ?? [];
    if (left.has(Number(event))) continue;
    const earliest = Number(from);
    const no = Math.floor(Number(shapeAndKind) / place.kindsMax);
    collected.add(no, { event: Number(event), earliest, latest: earliest + Number(width) }, Number(refers));
  }
  return collected.read();
};

const NOTHING: ReadonlySet<number> = new Set();

/** Events of which every source was published provably later than an instant. */
const publishedLater = (
  rows: readonly Row[],
  { start, end, kindsMax }: Place,
  shapeOf: Reader['shapeOf'],
  t: number,
): ReadonlySet<number> => {
  const later = new Set<number>();
  for (const [, shapeAndKind, event, , earliest] of rows.slice(start, end)) {
    const { shape } = shapeOf(Math.floor(Number(shapeAndKind) / kindsMax));
    if (shape.kind === 'published' && Number(earliest) > t) later.add(Number(event));
  }
  return later;
};

/** Facts that bound another and are no event of their own. */
const BOUNDS: readonly FactShape['kind'][] = ['until', 'list_received', 'list_classes', 'notice_received', 'published'];

const createCollector = ({ order, view, shapeOf, otherOf }: Reader) => {
  const restrictions: OpenRestriction[] = [];
  const ends: { readonly shape: FactShape; readonly restriction: number; readonly at: Happening }[] = [];
  const declines: Happening[] = [];
  const withdrawals: Happening[] = [];
  const gone: Happening[] = [];
  const recorded: number[] = [];
  const others = new Map<number, Happening>();
  const withdrawnFrom = new Map<number, Happening[]>();
  let classes: readonly string[] = [];
  let listed: Happening | undefined;
  let received: Range | undefined;

  /** What concerns one order, this or another. */
  const addOfOrder = (shape: FactShape, at: Happening, refers: number): void => {
    if (refers !== order) {
      if (shape.kind === 'listed') others.set(refers, at);
      if (shape.kind === 'withdrawn') withdrawnFrom.set(refers, [...(withdrawnFrom.get(refers) ?? []), at]);
      return;
    }
    if (shape.kind === 'listed') listed = at;
    else if (shape.kind === 'list_received') received = at;
    else if (shape.kind === 'withdrawn') withdrawals.push(at);
    else if (shape.kind === 'declined') declines.push(at);
    if ('classes' in shape && shape.classes.length > 0) classes = [...new Set([...classes, ...shape.classes])];
  };
  const standing = (): readonly OtherOrder[] => {
    const canEnd = view.revocations.length > 0 || view.expiresAt < NEVER || withdrawals.length > 0;
    if (!canEnd || others.size === 0) return NO_OTHERS;
    return [...others].flatMap(([other, at]) => {
      const known = otherOf(other);
      return known ? [{ ...known, listed: at, ends: [...known.ends, ...(withdrawnFrom.get(other) ?? [])] }] : [];
    });
  };

  return {
    add(no: number, at: Happening, refers: number): void {
      const { shape, terms } = shapeOf(no);
      if (!BOUNDS.includes(shape.kind)) recorded.push(at.latest);
      if (terms) restrictions.push({ terms, start: at, until: NEVER, lifts: [] });
      else if (shape.kind === 'lifted' || shape.kind === 'until') ends.push({ shape, restriction: refers, at });
      else if (shape.kind === 'gone') gone.push(at);
      else addOfOrder(shape, at, refers);
    },
    read(): Read | undefined {
      if (!listed) return undefined;
      for (const { shape, restriction: event, at } of ends) {
        const restriction = restrictions.find(({ start }) => start.event === event);
        if (shape.kind === 'until' && restriction) restriction.until = at.earliest;
        if (shape.kind === 'lifted') restriction?.lifts.push({ territory: shape.territory, ...at });
      }
      const facts = { listed, received: received ?? listed, restrictions, declines, withdrawals, gone, others: standing() };
      return { facts, listedAt: listed.earliest, recorded, classes };
    },
  };
};
const NO_OTHERS: readonly OtherOrder[] = [];
