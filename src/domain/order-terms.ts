/** What an order contributes to each of its pairs, read from the facts about it: what it demands, from when and until when it binds, and what is declared complete. */
import { coverageDeclared } from './events/coverage-declared.ts';
import { orderIssued } from './events/order-issued.ts';
import { orderServed } from './events/order-served.ts';
import type { FactShape, Range } from './facts.ts';
import type { Party } from './fields.ts';
import type { OrderId } from './ids.ts';
import { NEVER, type OrderTerms, type RestrictionTerms } from './pair-facts.ts';
import { covers, type Demand, suffices } from './restriction.ts';
import { msOf, rangeOf } from './time.ts';

/** A fact about an order, in log order. */
export type OrderFact = { readonly type: string; readonly data: unknown };
/** Instants in ms since 1970 (UTC). */
export type OrderView = OrderTerms & {
  readonly issued: Range;
  /** The last instant for which the record is declared complete; `undefined` if it never is. */
  readonly coveredTo: number | undefined;
  /** What each declaration of completeness covers, less what later ones took over: disjoint, ascending, both ends included. */
  readonly declarations: readonly Declared[];
};
/** A period that one declaration covers, who made it, and when. */
export type Declared = Range & { readonly by: Party; readonly declaredAt: Range };

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
const coverageOf = (facts: readonly OrderFact[]): Pick<OrderView, 'covered' | 'coveredTo' | 'declarations'> => {
  let declarations: readonly Declared[] = [];
  for (const { data } of facts.filter((fact) => coverageDeclared.isTypeOf(fact))) {
    const period = { earliest: msOf(data.from), latest: msOf(data.to) };
    declarations = without(declarations, period);
    if (data.completeness === 'complete')
      declarations = [...declarations, { ...period, by: data.by, declaredAt: rangeOf(data.occurredAt) }];
  }
  declarations = declarations.toSorted((a, b) => a.earliest - b.earliest);
  return { covered: united(declarations), coveredTo: declarations.at(-1)?.latest, declarations };
};

const without = (all: readonly Declared[], { earliest, latest }: Range): readonly Declared[] =>
  all.flatMap((declared) =>
    [
      { ...declared, latest: Math.min(declared.latest, earliest - 1) },
      { ...declared, earliest: Math.max(declared.earliest, latest + 1) },
    ].filter((left) => left.earliest <= left.latest),
  );

/** One where two touch. */
const united = (ascending: readonly Range[]): readonly Range[] => {
  const result: Range[] = [];
  for (const { earliest, latest } of ascending) {
    const last = result.at(-1);
    if (last && earliest <= last.latest + 1) result[result.length - 1] = { earliest: last.earliest, latest };
    else result.push({ earliest, latest });
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
