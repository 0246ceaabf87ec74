/** The same figures before something and after it, as lines for people. */
import { presumptionParts } from '../wording/coverage.ts';
import { figureWords } from '../wording/figure-text.ts';
import { hourOf } from '../wording/hours.ts';
import { type Part, partsAt, unservedOf } from '../wording/standing.ts';
import { safe } from '../wording/text.ts';
import { DEFINITION_WORDS, type Unit, unitOf } from '../wording/words.ts';
import type { Figure, Order, Total } from './answers.ts';
import { NO_TOTAL } from './asking.ts';
import { isMixed, type Subjects } from './subjects.ts';

type Told = Total & { readonly order: string };
type Totalled = { readonly total: Total | null; readonly orders: readonly Told[] };
type Beside = { readonly before: Totalled; readonly after: Totalled; readonly kinds: readonly string[]; readonly validAt: string };

/** What keeps a figure from having a percentage, as the words for it ask: what of which orders is outside of it, and which orders have no list. */
export type Lacking = { readonly parts: readonly Part[]; readonly withoutList: readonly string[] };
type Sided = { readonly figure: Figure | undefined; readonly lacking: Lacking };

const figureLine = (before: Sided, after: Sided, unit: Unit): readonly string[] => {
  const figure = after.figure ?? before.figure;
  if (!figure) return [];
  const [was, now] = [before, after].map(({ figure: one, lacking: { parts, withoutList } }) =>
    one ? figureWords(one, unit, withoutList, unservedOf(parts)) : 'the order not on record',
  );
  return [`  ${DEFINITION_WORDS[figure.definition]}: ${was === now ? `${now}, before and after` : `${was} before, ${now} after`}`];
};

type Figures = { readonly before: Total | null | undefined; readonly after: Total | null | undefined };
type Under = {
  readonly unit: Unit;
  readonly validAt: string;
  readonly zone: string;
  readonly lacking: { readonly before: Lacking; readonly after: Lacking };
};

/** What was in effect, before and after, and under it what stands under every figure: the standpoints themselves stand above. */
export const figureLinesBeside = ({ before, after }: Figures, { unit, validAt, zone, lacking }: Under): readonly string[] => {
  const presumed = (figures: Total | null | undefined): string | undefined =>
    figures ? presumptionParts(figures, zone).join(' · ') : undefined;
  const [was, now] = [presumed(before), presumed(after)];
  const parts = was === now ? [now] : [was && `before: ${was}`, now && `after: ${now}`];
  return [
    ...figureLine({ figure: before?.effective, lacking: lacking.before }, { figure: after?.effective, lacking: lacking.after }, unit),
    ...figureLine({ figure: before?.ever, lacking: lacking.before }, { figure: after?.ever, lacking: lacking.after }, unit),
    `  ${[`${unit.many} under an order, ${hourOf(validAt, zone)}`, ...parts.filter((part) => part !== undefined)].join(' · ')}`,
  ];
};

/** Of one order, as it was on record; neither, where it was not. */
export const lackingOf = (order: Order | undefined, figures: Told | undefined, at: string): Lacking => ({
  parts: order && figures ? partsAt([order], [figures], at) : [],
  withoutList: [],
});

/** Of all orders together, where they may be added up. */
export const totalLinesBeside = (subjects: Subjects, { before, after, kinds, validAt }: Beside): readonly string[] => {
  if (isMixed(subjects)) return [NO_TOTAL];
  const lackingIn = ({ orders }: Totalled): Lacking => ({
    parts: partsAt(subjects.orders, orders, validAt),
    withoutList: subjects.orders
      .filter(({ id }) => orders.some(({ order, effective }) => order === id && effective.reason === 'no_target_list'))
      .map(({ ref }) => safe(ref)),
  });
  const under = {
    ...{ unit: unitOf(kinds), validAt, zone: subjects.zone },
    lacking: { before: lackingIn(before), after: lackingIn(after) },
  };
  return [`ALL ${subjects.orders.length} ORDERS`, ...figureLinesBeside({ before: before.total, after: after.total }, under)];
};
