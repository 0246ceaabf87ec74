/** What an order contributes to each of its pairs, read from the facts about it: what it demands, from when and until when it binds, and what is declared complete. */
import { coverageDeclared } from './events/coverage-declared.ts';
import { orderIssued } from './events/order-issued.ts';
import { orderServed } from './events/order-served.ts';
import type { FactShape, Range } from './facts.ts';
import type { Party } from './fields.ts';
import type { OrderId } from './ids.ts';
import { NEVER, type OrderTerms, type RestrictionTerms } from './pair-life.ts';
import { covers, type Demand, suffices } from './restriction.ts';
import { type Instant, msOf, rangeOf } from './time.ts';

/** A fact about an order, in log order. */
export type OrderFact = { readonly type: string; readonly data: unknown };
/** Instants in ms since 1970 (UTC). */
export type OrderView = OrderTerms & {
  readonly issued: Range;
  /** The last instant for which the record is declared complete, and by whom; `undefined` if it never is. */
  readonly coveredTo: number | undefined;
  readonly coveredBy: Party | undefined;
};

/** `undefined` if no OrderIssued stands. */
export const orderViewOf = (facts: readonly OrderFact[]): OrderView | undefined => {
  const issue = facts.find((fact) => orderIssued.isTypeOf(fact));
  if (!issue) return undefined;
  const { demand, expiresAt, occurredAt } = issue.data;
  const issued = rangeOf(occurredAt);
  const receipts = facts.filter((fact) => orderServed.isTypeOf(fact)).map(({ data }) => rangeOf(data.receivedAt ?? data.occurredAt));
  const coverage = coverageOf(facts);
  return {
    demand,
    issued,
    binding: bindingOf(issued, receipts),
    expiresAt: expiresAt === undefined ? NEVER : msOf(expiresAt),
    ...coverage,
  };
};

/** The first receipt, and no earlier than the issue; unserved, an order never binds. */
const bindingOf = (issued: Range, receipts: readonly Range[]): Range => ({
  earliest: Math.max(issued.earliest, Math.min(NEVER, ...receipts.map(({ earliest }) => earliest))),
  latest: Math.max(issued.latest, Math.min(NEVER, ...receipts.map(({ latest }) => latest))),
});

/** Of the declarations that cover an instant the one recorded last counts, so each overrides those before it. */
const coverageOf = (facts: readonly OrderFact[]): Pick<OrderView, 'covered' | 'coveredTo' | 'coveredBy'> => {
  let covered: readonly Range[] = [];
  const declarations = facts.filter((fact) => coverageDeclared.isTypeOf(fact));
  for (const { data } of declarations) {
    const period = { earliest: msOf(data.from), latest: msOf(data.to) };
    covered = data.completeness === 'complete' ? united([...without(covered, period), period]) : without(covered, period);
  }
  const coveredTo = covered.at(-1)?.latest;
  const isWithin = (from: Instant, to: Instant, t: number): boolean => msOf(from) <= t && t <= msOf(to);
  const last = declarations.findLast(
    ({ data }) => data.completeness === 'complete' && coveredTo !== undefined && isWithin(data.from, data.to, coveredTo),
  );
  return { covered, coveredTo, coveredBy: last?.data.by };
};

const without = (ranges: readonly Range[], { earliest, latest }: Range): readonly Range[] =>
  ranges.flatMap((range) =>
    [
      { earliest: range.earliest, latest: Math.min(range.latest, earliest - 1) },
      { earliest: Math.max(range.earliest, latest + 1), latest: range.latest },
    ].filter((left) => left.earliest <= left.latest),
  );

/** Ascending, and one where two touch. */
const united = (ranges: readonly Range[]): readonly Range[] => {
  const result: Range[] = [];
  for (const range of ranges.toSorted((a, b) => a.earliest - b.earliest)) {
    const last = result.at(-1);
    if (last && range.earliest <= last.latest + 1)
      result[result.length - 1] = { earliest: last.earliest, latest: Math.max(last.latest, range.latest) };
    else result.push(range);
  }
  return result;
};

/** What restrictions of one shape are worth to an order. */
export const restrictionTermsOf = (
  { strength, basis, territory, orders }: Extract<FactShape, { kind: 'restricted' }>,
  order: OrderId,
  demand: Demand,
): RestrictionTerms => ({
  suffices: suffices(demand.measure, strength),
  coversAlone: covers(demand.territory, [{ territory, lifted: [] }]),
  territory,
  basis,
  citesOrder: orders.includes(order),
  citesOther: orders.some((cited) => cited !== order),
});
