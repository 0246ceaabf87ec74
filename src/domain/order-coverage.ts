/** For which periods the record on an order is declared complete: silence then means "nothing". */
import { coverageDeclared } from './events/coverage-declared.ts';
import type { Range } from './facts.ts';
import type { Party } from './fields.ts';
import type { OrderTerms } from './pairs/pair-facts.ts';
import { msOf, rangeOf } from './time.ts';

/** A period that one declaration covers, who made it and when, and the event in which it stands. */
export type Declared = Range & { readonly by: Party; readonly declaredAt: Range; readonly event: string; readonly position: number };
type Fact = { readonly event: string; readonly position: number; readonly type: string; readonly data: unknown };
/** Instants in ms since 1970 (UTC). */
export type Coverage = Pick<OrderTerms, 'covered' | 'coverageEnds'> & {
  /** The last instant for which the record is declared complete; `undefined` if it never is. */
  readonly coveredTo: number | undefined;
  /** What each declaration of completeness covers, less what later ones took over: disjoint, ascending, both ends included. */
  readonly declarations: readonly Declared[];
};

/** Of the declarations that cover an instant the one recorded last counts, so each overrides those before it. */
export const coverageOf = (facts: readonly Fact[]): Coverage => {
  let declarations: readonly Declared[] = [];
  for (const { event, position, data } of facts.filter((fact) => coverageDeclared.isTypeOf(fact))) {
    const period = { earliest: msOf(data.from), latest: msOf(data.to) };
    declarations = without(declarations, period);
    if (data.completeness === 'complete')
      declarations = [...declarations, { ...period, by: data.by, declaredAt: rangeOf(data.occurredAt), event, position }];
  }
  declarations = declarations.toSorted((a, b) => a.earliest - b.earliest);
  const coverageEnds = facts.filter((fact) => coverageDeclared.isTypeOf(fact)).map(({ data }) => msOf(data.to));
  return { covered: united(declarations), coverageEnds, coveredTo: declarations.at(-1)?.latest, declarations };
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
