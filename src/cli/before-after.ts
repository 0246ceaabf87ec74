/** The same figures before something and after it, as lines for people. */
import { presumptionParts } from '../wording/coverage.ts';
import { figureText } from '../wording/figure-text.ts';
import { hourOf } from '../wording/hours.ts';
import { DEFINITION_WORDS, type Unit, unitOf } from '../wording/words.ts';
import type { Figure, Total } from './answers.ts';
import { NO_TOTAL } from './asking.ts';
import { isMixed, type Subjects } from './subjects.ts';

type Totalled = { readonly total: Total | null };
type Beside = { readonly before: Totalled; readonly after: Totalled; readonly kinds: readonly string[]; readonly validAt: string };

const figureLine = (before: Figure | undefined, after: Figure | undefined, unit: Unit): readonly string[] => {
  const figure = after ?? before;
  if (!figure) return [];
  const [was, now] = [before, after].map((one) => (one ? figureText(one, unit) : 'the order not on record'));
  return [`  ${DEFINITION_WORDS[figure.definition]}: ${was === now ? `${now}, before and after` : `${was} before, ${now} after`}`];
};

type Figures = { readonly before: Total | null | undefined; readonly after: Total | null | undefined };
type Under = { readonly unit: Unit; readonly validAt: string; readonly zone: string };

/** What was in effect, before and after, and under it what stands under every figure: the standpoints themselves stand above. */
export const figureLinesBeside = ({ before, after }: Figures, { unit, validAt, zone }: Under): readonly string[] => {
  const presumed = (figures: Total | null | undefined): string | undefined =>
    figures ? presumptionParts(figures, zone).join(' · ') : undefined;
  const [was, now] = [presumed(before), presumed(after)];
  const parts = was === now ? [now] : [was && `before: ${was}`, now && `after: ${now}`];
  return [
    ...figureLine(before?.effective, after?.effective, unit),
    ...figureLine(before?.ever, after?.ever, unit),
    `  ${[`${unit.many} under an order, ${hourOf(validAt, zone)}`, ...parts.filter((part) => part !== undefined)].join(' · ')}`,
  ];
};

/** Of all orders together, where they may be added up. */
export const totalLinesBeside = (subjects: Subjects, { before, after, kinds, validAt }: Beside): readonly string[] => {
  if (isMixed(subjects)) return [NO_TOTAL];
  const under = { unit: unitOf(kinds), validAt, zone: subjects.zone };
  return [`ALL ${subjects.orders.length} ORDERS`, ...figureLinesBeside({ before: before.total, after: after.total }, under)];
};
