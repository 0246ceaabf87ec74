/** The events about targets that belong to a chronology, found by their facts: a list is gone through in steps, target by target. */
import { parseShape } from '../domain/codec.ts';
import type { FactShape } from '../domain/facts.ts';
import { streamOf, type TargetId } from '../domain/ids.ts';
import type { JsonObject } from '../domain/json.ts';
import type { GroupCandidate } from './chronology-window.ts';
import { findStream, kindOfNumber } from './dictionaries.ts';
import type { ReadModel, Row } from './read-model.ts';
import type { Steps } from './steps.ts';

/** What is known of an event from the rows alone; `data` of what is not about a target. */
export type Candidate = GroupCandidate & { readonly type: string; readonly data?: JsonObject };

const FACT_COLUMNS = 'fact.event, fact.part, fact.shape, fact.refers, fact.earliest, fact.latest, fact.before';
const TARGETS_PER_STEP = 250;
const STEP_END = `SELECT max(target) FROM (SELECT target FROM pair WHERE list = ? AND target > ? ORDER BY target LIMIT ${TARGETS_PER_STEP})`;
const FACTS_OF_LIST = `
  SELECT pair.target, pair.kind, ${FACT_COLUMNS} FROM pair JOIN target_fact AS fact ON fact.target = pair.target
  WHERE pair.list = ? AND pair.target > ? AND pair.target <= ? AND fact.since <= ? ORDER BY pair.target`;
const FACTS_OF_TARGET = `
  SELECT fact.target, NULL, ${FACT_COLUMNS} FROM target_fact AS fact WHERE fact.target = ? AND fact.since <= ?`;
const KIND = 'SELECT kind FROM target WHERE no = ?';
const TYPE = 'SELECT type FROM event WHERE position = ?';

/** As known at a position; without what all sources published later than `reportedBy`, ms since 1970, if it is given. */
export type Seen = { readonly knownAt: number; readonly reportedBy?: number | undefined };

/** The rows that say what happened: when sources were published says which events are left out. */
const toldOf = (rows: readonly Row[], shapes: ShapeReader, { knownAt, reportedBy = Infinity }: Seen): readonly Row[] => {
  const isLater = (row: Row): boolean => !shapes.isTold(row) && Number(row[8]) > knownAt && Number(row[6]) > reportedBy;
  const later = new Set(rows.filter(isLater).map((row) => row[2]));
  return rows.filter((row) => shapes.isTold(row) && !later.has(row[2]));
};

/** A target on several of the lists asked about is taken with the first of them. */
export const ofListedTargets = function* (
  model: ReadModel,
  list: number,
  orders: readonly number[],
  seen: Seen,
  use: (candidate: Candidate) => void,
): Steps<void> {
  const { knownAt } = seen;
  const shapes = createShapeReader(model);
  const asked = new Set(orders);
  for (let after = 0; ; ) {
    const end = model.get(STEP_END, list, after)?.[0];
    if (typeof end !== 'number') return;
    for (const rows of runs(toldOf(model.all(FACTS_OF_LIST, list, after, end, knownAt), shapes, seen))) {
      const related = rows.flatMap((row) => shapes.ordersNamed(row)).filter((order) => asked.has(order));
      if (Math.min(...related) !== list) continue;
      const kind = kindOfNumber(Number(rows[0]?.[1]));
      for (const candidate of candidatesOf(rows, { kind, asked, shapes, knownAt })) use(candidate);
    }
    after = end;
    yield;
  }
};

export const ofOneTarget = (
  model: ReadModel,
  target: TargetId,
  orders: readonly number[] | undefined,
  seen: Seen,
): readonly Candidate[] => {
  const { knownAt } = seen;
  const no = findStream(model, streamOf('target', target));
  if (no === undefined) return [];
  const kind = String(model.get(KIND, no)?.[0]);
  const shapes = createShapeReader(model);
  const rows = toldOf(model.all(FACTS_OF_TARGET, no, knownAt), shapes, seen);
  return candidatesOf(rows, { kind, asked: orders && new Set(orders), shapes, knownAt });
};

/** Rows of one target after another. */
const runs = function* (rows: readonly Row[]): Generator<readonly Row[]> {
  for (let start = 0; start < rows.length; ) {
    let end = start + 1;
    while (end < rows.length && rows[end]?.[0] === rows[start]?.[0]) end += 1;
    yield rows.slice(start, end);
    start = end;
  }
};

type OfTarget = {
  readonly kind: string;
  readonly asked: ReadonlySet<number> | undefined;
  readonly shapes: ShapeReader;
  readonly knownAt: number;
};

/** The events of one target: all of them if an order asked about lists it, else those that name such an order. */
const candidatesOf = (rows: readonly Row[], { kind, asked, shapes, knownAt }: OfTarget): readonly Candidate[] => {
  const names = (row: Row): boolean => shapes.ordersNamed(row).some((order) => asked?.has(order));
  const isListed =
    !asked || rows.some((row) => Number(row[8]) > knownAt && shapes.of(row).shape.kind === 'listed' && asked.has(Number(row[5])));
  const byEvent = Map.groupBy(rows, (row) => Number(row[2]));
  return [...byEvent].flatMap(([position, readings]): Candidate[] => {
    const { rows: reading, isStruck, isCorrected } = lastReading(readings, (row) => Number(row[8]), knownAt);
    const first = reading.reduce((a, b) => (Number(a[3]) <= Number(b[3]) ? a : b));
    if (!isListed && !reading.some(names)) return [];
    const said = [...new Set(reading.flatMap((row) => shapes.saying(row) ?? []))].toSorted();
    const { type } = shapes.of(first);
    return [
      {
        earliest: Number(first[6]),
        latest: Number(first[7]),
        position,
        type,
        same: [type, isStruck, isCorrected, ...said].join(' '),
        isStruck,
        isCorrected,
        target: Number(first[0]),
        kind,
        classes: shapes.of(reading.find((row) => shapes.of(row).classes.length > 0) ?? first).classes,
      },
    ];
  });
};

/** Of the rows of one event those that hold at the position, else those that held last: then the event is retracted. */
export const lastReading = (rows: readonly Row[], beforeOf: (row: Row) => number, knownAt: number) => {
  const current = rows.filter((row) => beforeOf(row) > knownAt);
  if (current.length > 0) return { rows: current, isStruck: false, isCorrected: current.length < rows.length };
  const end = Math.max(...rows.map(beforeOf));
  return { rows: rows.filter((row) => beforeOf(row) === end), isStruck: true, isCorrected: false };
};

// ---- Shapes

/** No two types of events make facts of one shape, so the first fact seen tells the type of all. */
type ReadShape = {
  readonly type: string;
  readonly shape: FactShape;
  /** `undefined`: nothing besides the classes. */
  readonly saying: string | undefined;
  readonly orders: readonly number[];
  readonly classes: readonly string[];
};
type ShapeReader = {
  readonly of: (row: Row) => ReadShape;
  /** Whether a fact says what happened: when its sources were published, those of any type may say, and it tells one event from no other. */
  readonly isTold: (row: Row) => boolean;
  readonly ordersNamed: (row: Row) => readonly number[];
  /** What a fact says, whichever target it says it of; `undefined` if that is counted instead. */
  readonly saying: (row: Row) => string | undefined;
};
const SHAPE = 'SELECT text FROM shape WHERE no = ?';
/** Facts that refer to an order. */
const NAMES_AN_ORDER: readonly FactShape['kind'][] = ['listed', 'list_received', 'list_classes', 'withdrawn', 'declined'];
/** Facts with a time of their own, which those who say the same have alike. */
const TIMED: readonly FactShape['kind'][] = ['until', 'list_received', 'notice_received'];

const createShapeReader = (model: ReadModel): ShapeReader => {
  const known = new Map<number, ReadShape>();
  const read = (no: number, event: number): ReadShape => {
    const type = String(model.get(TYPE, event)?.[0]);
    const shape = parseShape(String(model.get(SHAPE, no)?.[0]));
    const orders = 'orders' in shape ? shape.orders.flatMap((order) => findStream(model, streamOf('order', order)) ?? []) : [];
    // Classes say who is concerned, not what was done: they are counted in the line.
    const classes = 'classes' in shape ? shape.classes : [];
    const saying = shape.kind === 'list_classes' ? undefined : JSON.stringify('classes' in shape ? { ...shape, classes: [] } : shape);
    return { type, shape, orders, classes, saying };
  };
  const of = (row: Row): ReadShape => {
    const no = Number(row[4]);
    const found = known.get(no) ?? read(no, Number(row[2]));
    known.set(no, found);
    return found;
  };
  const namesOrder = ({ kind }: FactShape): boolean => NAMES_AN_ORDER.includes(kind);
  return {
    of,
    isTold: (row) => of(row).shape.kind !== 'published',
    ordersNamed: (row) => (namesOrder(of(row).shape) ? [Number(row[5])] : of(row).orders),
    saying(row) {
      const { shape, saying } = of(row);
      if (saying === undefined) return undefined;
      return [saying, namesOrder(shape) && row[5], TIMED.includes(shape.kind) && `${row[6]} ${row[7]}`]
        .filter((part) => part !== false)
        .join(' ');
    },
  };
};
