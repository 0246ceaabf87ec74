/** Pairs of orders at an instant, grouped by what they are or by what is in force: gone through one by one, when it is asked for. */
import type { Histogram } from '../domain/figures.ts';
import { obligationOf } from '../domain/pairs/obligation.ts';
import type { RestrictionTerms } from '../domain/pairs/pair-facts.ts';
import { stateNumberAt } from '../domain/pairs/pair-life.ts';
import { momentOf } from '../domain/pairs/pair-moment.ts';
import type { KnownOrder } from './order-indexes.ts';
import type { PairLife } from './order-pairs.ts';

export const GROUPINGS = ['kind', 'class', 'basis', 'measure', 'territory'] as const;
export type GroupBy = (typeof GROUPINGS)[number];
const NONE = 'none';

/** Histograms by group, in the order of their names. A pair of two classes stands in both. */
export const groupHistograms = (
  orders: readonly KnownOrder[],
  kinds: readonly string[],
  t: number,
  groupBy: Exclude<GroupBy, 'kind'>,
): ReadonlyMap<string, Histogram> => {
  const groups = new Map<string, Map<number, number>>();
  for (const known of orders)
    known.pairs.each((pair) => {
      if (!kinds.includes(pair.kind)) return;
      const state = stateNumberAt(pair.steps, t);
      for (const group of groupsOf(known, pair, t, groupBy)) {
        const histogram = groups.get(group) ?? new Map<number, number>();
        histogram.set(state, (histogram.get(state) ?? 0) + 1);
        groups.set(group, histogram);
      }
    });
  return new Map([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
};

const groupsOf = ({ view }: KnownOrder, { facts, classes }: PairLife, t: number, groupBy: Exclude<GroupBy, 'kind'>): readonly string[] => {
  if (groupBy === 'class') return classes.length > 0 ? classes : [NONE];
  const obligation = obligationOf(view, facts);
  // Whatever may be in force and may suffice: of these the earliest names the group.
  const started = obligation.restrictions.map(({ start }) => start.event);
  const { relied } = momentOf(obligation, { at: t, fired: started, isOpenTrue: true });
  const [earliest] = relied
    .map(({ restriction }) => restriction)
    .sort(({ start: a }, { start: b }) => a.earliest - b.earliest || a.latest - b.latest || a.event - b.event);
  return [earliest ? nameOf(earliest.terms, groupBy) : NONE];
};

const nameOf = ({ basis, measure, territory }: RestrictionTerms, groupBy: 'basis' | 'measure' | 'territory'): string => {
  if (groupBy === 'territory') return typeof territory === 'string' ? territory : territory.join(' ');
  return groupBy === 'basis' ? basis : measure;
};
