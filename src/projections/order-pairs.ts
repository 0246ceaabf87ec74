/** An order as known at a position, and the lives of its pairs: rows of facts, joined with the order's terms and handed to the evaluator. */
import { parseData, parseShape } from '../domain/codec.ts';
import type { FactShape, Range } from '../domain/facts.ts';
import type { OrderId } from '../domain/ids.ts';
import { type OrderView, orderViewOf, restrictionTermsOf } from '../domain/order-terms.ts';
import { type Lift, NEVER, type PairFacts, type Restriction, type RestrictionTerms } from '../domain/pair-facts.ts';
import { pairLife } from '../domain/pair-life.ts';
import type { CountedPair } from './change-index.ts';
import { kindOfNumber } from './dictionaries.ts';
import { OPEN, type ReadModel, type Row } from './read-model.ts';

const RECORDS = 'SELECT event, type, data FROM record WHERE subject = ? AND stream = ? AND since <= ? AND before > ? ORDER BY event';

/** `undefined` if at that position no OrderIssued stands. `order` is the number of the order's stream. */
export const orderKnownAt = (model: ReadModel, order: number, knownAt: number): OrderView | undefined =>
  orderViewOf(
    model.all(RECORDS, order, order, knownAt, knownAt).map(([, type, data]) => ({ type: String(type), data: parseData(String(data)) })),
  );

export type PairLife = CountedPair & { readonly target: number };

const ROWS_PER_PAGE = 1_024; // what is held at once; a target with more facts than this gets a page of its own
/**
 * Few and small columns, since a million pairs pass through here: what a fact refers to or else its own event, its width instead of its end, and its
 * shape with the target's kind as one number.
 */
const KINDS_MAX = 16;
const FACTS = `
  SELECT pair.target, fact.shape * ${KINDS_MAX} + pair.kind, iif(fact.refers = 0, fact.event, fact.refers), fact.earliest, fact.latest - fact.earliest
  FROM pair JOIN target_fact AS fact ON fact.target = pair.target
  WHERE pair.list = ? AND pair.target > ? AND pair.target <= ? AND fact.since <= ? AND fact.before > ?
  ORDER BY pair.target
  LIMIT ?`;

export type OrderPairs = {
  /** The lives of all pairs, target by target. */
  readonly each: (use: (pair: PairLife) => void) => void;
  /** The life of one target's pair; `undefined` if the order does not list it. */
  readonly one: (target: number) => PairLife | undefined;
  /** The lives of the next pairs after a target, and the target after which to go on; `undefined` at the end. */
  readonly page: (after: number) => { readonly pairs: readonly PairLife[]; readonly next: number | undefined };
};

export const orderPairs = (
  model: ReadModel,
  { id, no, view, knownAt }: { readonly id: OrderId; readonly no: number; readonly view: OrderView; readonly knownAt: number },
): OrderPairs => {
  const shapes = shapesFor(model, id, view);
  const rowsOf = (after: number, upTo: number, limit: number): readonly Row[] => model.all(FACTS, no, after, upTo, knownAt, knownAt, limit);
  const page = (after: number, limit = ROWS_PER_PAGE): ReturnType<OrderPairs['page']> => {
    const rows = rowsOf(after, OPEN, limit);
    if (rows.length < limit) return { pairs: livesOf(rows, no, view, shapes), next: undefined };
    // The last target may go on behind the limit: it is left to the next page.
    const whole = rows.slice(0, rows.findLastIndex((row) => row[0] !== rows.at(-1)?.[0]) + 1);
    const last = whole.at(-1)?.[0];
    return typeof last === 'number' ? { pairs: livesOf(whole, no, view, shapes), next: last } : page(after, limit * 2);
  };
  return {
    page,
    each(use) {
      for (let after: number | undefined = 0; after !== undefined; ) {
        const found: ReturnType<OrderPairs['page']> = page(after);
        for (const pair of found.pairs) use(pair);
        after = found.next;
      }
    },
    one: (target) => livesOf(rowsOf(target - 1, target, OPEN), no, view, shapes)[0],
  };
};

type Shape = { readonly shape: FactShape; readonly terms: RestrictionTerms | undefined };
const SHAPE = 'SELECT text FROM shape WHERE no = ?';

/** Shapes with what they are worth to this order, each read once. */
const shapesFor = (model: ReadModel, id: OrderId, { demand }: OrderView): ((no: number) => Shape) => {
  const known = new Map<number, Shape>();
  return (no) => {
    const found = known.get(no);
    if (found) return found;
    const shape = parseShape(String(model.get(SHAPE, no)?.[0]));
    const made = { shape, terms: shape.kind === 'restricted' ? restrictionTermsOf(shape, id, demand) : undefined };
    known.set(no, made);
    return made;
  };
};

const livesOf = (rows: readonly Row[], order: number, view: OrderView, shapeOf: (no: number) => Shape): readonly PairLife[] => {
  const lives: PairLife[] = [];
  for (let start = 0; start < rows.length; ) {
    const target = rows[start]?.[0];
    let end = start + 1;
    while (end < rows.length && rows[end]?.[0] === target) end += 1;
    const facts = pairFactsOf(rows, start, end, order, shapeOf);
    if (facts) {
      const kind = kindOfNumber(Number(rows[start]?.[1]) % KINDS_MAX);
      lives.push({ target: Number(target), kind, steps: pairLife(view, facts), listedAt: facts.listedAt, recorded: facts.recorded });
    }
    start = end;
  }
  return lives;
};

type OpenRestriction = Restriction & { readonly event: number; until: number; readonly lifts: Lift[] };

/** One target's facts as the evaluator takes them; `undefined` if this order does not list it at that position. */
const pairFactsOf = (
  rows: readonly Row[],
  start: number,
  end: number,
  order: number,
  shapeOf: (no: number) => Shape,
): (PairFacts & Pick<CountedPair, 'listedAt' | 'recorded'>) | undefined => {
  const restrictions: OpenRestriction[] = [];
  const declines: Range[] = [];
  const recorded: number[] = [];
  let listed: Range | undefined;
  let received: Range | undefined;
  const ends: { readonly shape: FactShape; readonly restriction: number; readonly range: Range }[] = [];
  for (let i = start; i < end; i += 1) {
    const [, shapeAndKind, refers, from, width] = rows[i] ?? [];
    const { shape, terms } = shapeOf(Math.floor(Number(shapeAndKind) / KINDS_MAX));
    const range = { earliest: Number(from), latest: Number(from) + Number(width) };
    if (shape.kind !== 'until' && shape.kind !== 'list_received') recorded.push(range.latest);
    if (terms) restrictions.push({ event: Number(refers), terms, start: range, until: NEVER, lifts: [] });
    else if (shape.kind === 'lifted' || shape.kind === 'until') ends.push({ shape, restriction: Number(refers), range });
    else if (refers === order) {
      if (shape.kind === 'listed') listed = range;
      else if (shape.kind === 'list_received') received = range;
      // What refers to nothing has its own position here, which may be the number of the order.
      else if (shape.kind === 'declined') declines.push(range);
    }
  }
  for (const { shape, restriction: event, range } of ends) {
    const restriction = restrictions.find((candidate) => candidate.event === event);
    if (shape.kind === 'until' && restriction) restriction.until = range.earliest;
    if (shape.kind === 'lifted') restriction?.lifts.push({ territory: shape.territory, ...range });
  }
  return listed && { listedAt: listed.earliest, recorded, listed: received ?? listed, restrictions, declines };
};
