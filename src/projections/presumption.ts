/** What an answer only presumes: for what period the record is declared complete, by whom, and since when nothing is known any more. */
import type { Declared } from '../domain/order-coverage.ts';
import type { OrderView } from '../domain/order-terms.ts';
import { type Instant, instantFromMs, msOf, parseInstant } from '../domain/time.ts';
import type { ChangeIndex } from './change-index.ts';
import { recordedMsOf } from './progress.ts';
import type { ReadModel } from './read-model.ts';

/** What is only presumed at an instant: the record shows a restriction until something ends it. */
export type Presumption = {
  /** Whether the record is declared complete for this very instant. */
  readonly isCoveredAt: boolean;
  /** What the deciding declaration covers: the one for this instant, else the last before it, else the one that reaches furthest; `null` if there is none. */
  readonly coveredFrom: Instant | null;
  readonly coveredTo: Instant | null;
  /** Who made that declaration, and when. */
  readonly coveredBy: string | null;
  readonly declaredAt: { readonly earliest: Instant; readonly latest: Instant } | null;
  /** The event in which it stands, and when that was recorded. */
  readonly declaredIn: { readonly event: string; readonly position: number; readonly recordedAt: Instant } | null;
  /** Assumes that nothing was changed since; `null` where the record is declared complete, or nothing is on record. */
  readonly presumedSince: Instant | null;
};

/** An order asked about: the number of its stream, its terms, and what is recorded about its targets. */
type PresumedOrder = { readonly no: number; readonly view: OrderView; readonly index: ChangeIndex };

/** Over several orders that of the least covered one. An order that is not issued yet has nothing to cover, unless it is the only one. */
export const presumptionOf = (model: ReadModel, orders: readonly PresumedOrder[], knownAt: number, t: number): Presumption => {
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
    declaredIn: declared ? declaredIn(model, declared) : null,
    presumedSince: since === undefined || isCoveredAt ? null : instantFromMs(since),
  };
};

const declaredIn = (model: ReadModel, { event, position }: Declared): NonNullable<Presumption['declaredIn']> => ({
  ...{ event, position },
  recordedAt: instantFromMs(recordedMsOf(model, position)),
});

type Deciding = { readonly isCoveredAt: boolean; readonly declared: Declared | undefined };

const decidingAt = ({ declarations }: OrderView, t: number): Deciding => {
  const here = declarations.find(({ earliest, latest }) => earliest <= t && t <= latest);
  return { isCoveredAt: here !== undefined, declared: here ?? declarations.findLast(({ latest }) => latest < t) ?? declarations.at(-1) };
};

/** Not covered first; then what ends earlier, and of two that end together what begins later: so what is said of one holds for all. */
const leastCovered = (a: Deciding, b: Deciding): number =>
  Number(a.isCoveredAt) - Number(b.isCoveredAt) ||
  (a.declared?.latest ?? -Infinity) - (b.declared?.latest ?? -Infinity) ||
  (b.declared?.earliest ?? 0) - (a.declared?.earliest ?? 0) ||
  0;

const lastRecorded = (model: ReadModel, orders: readonly PresumedOrder[], knownAt: number, t: number): number | undefined => {
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
