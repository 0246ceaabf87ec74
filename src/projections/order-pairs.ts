/** An order as known at a position, and the lives of its pairs: rows of facts, joined with the order's terms and handed to the evaluator. */
import { parseData, parseShape } from '../domain/codec.ts';
import type { DeadlineRule } from '../domain/deadlines/deadline-rules.ts';
import type { FactShape } from '../domain/facts.ts';
import type { OrderId } from '../domain/ids.ts';
import { type OrderFact, type OrderView, orderViewOf, restrictionTermsOf } from '../domain/order-terms.ts';
import type { OtherOrder, PairFacts, RestrictionTerms } from '../domain/pairs/pair-facts.ts';
import { pairLife } from '../domain/pairs/pair-life.ts';
import { isPublishedBy } from '../domain/published.ts';
import type { CountedPair } from './change-index.ts';
import { idText, kindOfNumber } from './dictionaries.ts';
import { pairFactsOf } from './pair-rows.ts';
import { OPEN, type ReadModel, type Row } from './read-model.ts';

/** From which standpoint an order is looked at, besides the position. */
export type Standpoint = {
  readonly knownAt: number;
  /** In ms: what an order that sets no number of hours is held to. */
  readonly toleranceMs?: number | undefined;
  /** ms since 1970: facts all of whose sources were published provably later are left out. */
  readonly reportedBy?: number | undefined;
};

const RECORDS = `
  SELECT record.event, event.id, record.type, record.data FROM record JOIN event ON event.position = record.event
  WHERE record.subject = ? AND record.stream = ? AND record.since <= ? AND record.before > ? ORDER BY record.event`;

/** What stands in the order's own stream, in log order. */
export const orderFacts = (model: ReadModel, order: number, { knownAt, reportedBy }: Standpoint): readonly OrderFact[] =>
  model.all(RECORDS, order, order, knownAt, knownAt).flatMap(([position, id, type, text]) => {
    const data = parseData(String(text));
    if (reportedBy !== undefined && !isPublishedBy(data, reportedBy)) return [];
    return [{ position: Number(position), event: id instanceof Uint8Array ? idText(id) : '', type: String(type), data }];
  });

/** `undefined` if from there no OrderIssued stands. `order` is the number of the order's stream. */
export const orderKnownAt = (
  model: ReadModel,
  order: number,
  standpoint: Standpoint,
  rules: readonly DeadlineRule[],
): OrderView | undefined => orderViewOf(orderFacts(model, order, standpoint), { toleranceMs: standpoint.toleranceMs, rules });

export type PairLife = CountedPair & {
  readonly target: number;
  readonly facts: PairFacts;
  /** As what the list or a refusal describes the target. */
  readonly classes: readonly string[];
};

const ROWS_PER_PAGE = 1_024; // what is held at once; a target with more facts than this gets a page of its own
/** Few and small columns, since a million pairs pass through here: the width instead of the end, and the shape with the target's kind as one number. */
const KINDS_MAX = 16;
const FACTS = `
  SELECT pair.target, fact.shape * ${KINDS_MAX} + pair.kind, fact.event, fact.refers, fact.earliest, fact.latest - fact.earliest
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

export type AskedOrder = { readonly id: OrderId; readonly no: number; readonly view: OrderView };

export const orderPairs = (model: ReadModel, order: AskedOrder, standpoint: Standpoint): OrderPairs => {
  const { no } = order;
  const { knownAt } = standpoint;
  const reader: Reader = {
    order: no,
    view: order.view,
    reportedBy: standpoint.reportedBy,
    shapeOf: shapesFor(model, order),
    otherOf: otherOrders(model, standpoint),
  };
  const rowsOf = (after: number, upTo: number, limit: number): readonly Row[] => model.all(FACTS, no, after, upTo, knownAt, knownAt, limit);
  const page = (after: number, limit = ROWS_PER_PAGE): ReturnType<OrderPairs['page']> => {
    const rows = rowsOf(after, OPEN, limit);
    if (rows.length < limit) return { pairs: livesOf(rows, reader), next: undefined };
    // The last target may go on behind the limit: it is left to the next page.
    const whole = rows.slice(0, rows.findLastIndex((row) => row[0] !== rows.at(-1)?.[0]) + 1);
    const last = whole.at(-1)?.[0];
    return typeof last === 'number' ? { pairs: livesOf(whole, reader), next: last } : page(after, limit * 2);
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
    one: (target) => livesOf(rowsOf(target - 1, target, OPEN), reader)[0],
  };
};

/** What rows are read with: the order, what shapes are worth to it, and how other orders stand. */
export type Reader = {
  readonly order: number;
  readonly view: OrderView;
  readonly reportedBy: number | undefined;
  readonly shapeOf: (no: number) => Shape;
  readonly otherOf: (order: number) => OtherStanding | undefined;
};
/** Without when it listed the target, which stands in the target's own rows. */
export type OtherStanding = Omit<OtherOrder, 'listed'>;
type Shape = { readonly shape: FactShape; readonly terms: RestrictionTerms | undefined };
const SHAPE = 'SELECT text FROM shape WHERE no = ?';

/** Shapes with what they are worth to this order, each read once. */
const shapesFor = (model: ReadModel, { id, view: { demand } }: AskedOrder): ((no: number) => Shape) => {
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

/** Whether an order stands does not hang on how long it gives. */
const NO_RULES: readonly DeadlineRule[] = [];

/** How other orders stand, each read once. */
const otherOrders = (model: ReadModel, standpoint: Standpoint): ((order: number) => OtherStanding | undefined) => {
  const known = new Map<number, OtherStanding | undefined>();
  return (order) => {
    if (known.has(order)) return known.get(order);
    const view = orderKnownAt(model, order, standpoint, NO_RULES);
    const other = view && { issued: view.issued, ends: view.revocations, expiresAt: view.expiresAt };
    known.set(order, other);
    return other;
  };
};

const livesOf = (rows: readonly Row[], reader: Reader): readonly PairLife[] => {
  const lives: PairLife[] = [];
  for (let start = 0; start < rows.length; ) {
    const target = rows[start]?.[0];
    let end = start + 1;
    while (end < rows.length && rows[end]?.[0] === target) end += 1;
    const read = pairFactsOf(rows, { start, end, kindsMax: KINDS_MAX }, reader);
    if (read) {
      const kind = kindOfNumber(Number(rows[start]?.[1]) % KINDS_MAX);
      lives.push({ target: Number(target), kind, ...pairLife(reader.view, read.facts), ...read });
    }
    start = end;
  }
  return lives;
};
