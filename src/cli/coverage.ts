/** For when the record is declared complete, by whom, and what is therefore only presumed: the one sentence that stands wherever a figure does. */
import type { Order, Presumption } from './answers.ts';
import { daysOf, hourOf } from './hours.ts';
import { safe } from './terminal.ts';

export type Coverage = Omit<Presumption, 'presumedSince'>;

/** `declared complete 31 Jan 2021 12:00 IST to 13 Feb 2021 00:00 IST by P, on 13 Feb 2021 (not verified)` */
export const coverageWords = ({ isCoveredAt, coveredFrom, coveredTo, coveredBy, declaredAt }: Coverage, zone: string): string => {
  if (coveredFrom === null || coveredTo === null) return 'never declared complete';
  const [from, to, by] = [hourOf(coveredFrom, zone), hourOf(coveredTo, zone), coveredBy === null ? 'somebody unnamed' : safe(coveredBy)];
  if (!isCoveredAt) return `not declared complete at this time (declared so from ${from} to ${to}, by ${by}, not verified)`;
  return `declared complete ${from} to ${to} by ${by}${declaredAt === null ? '' : `, ${daysOf(declaredAt, zone)}`} (not verified)`;
};

/** With what is presumed where it is not. */
export const presumptionParts = (presumption: Presumption, zone: string): readonly string[] => [
  coverageWords(presumption, zone),
  ...(presumption.presumedSince === null ? [] : [`assumes that nothing was changed since ${hourOf(presumption.presumedSince, zone)}`]),
];

/** Of an order itself, whatever the instant: the declaration recorded last that reaches the end to which the record is complete. */
export const coverageOfOrder = ({ coveredTo, coverage }: Order): Coverage => {
  const deciding = coverage.findLast(
    ({ completeness, from, to }) => completeness === 'complete' && coveredTo !== null && from <= coveredTo && coveredTo <= to,
  );
  if (coveredTo === null || !deciding) return { isCoveredAt: false, coveredFrom: null, coveredTo, coveredBy: null, declaredAt: null };
  const { from, declaredAt, by } = deciding;
  return {
    isCoveredAt: true,
    coveredFrom: from,
    coveredTo,
    coveredBy: by.organisation ?? by.name ?? by.role ?? by.description ?? null,
    declaredAt,
  };
};
