/** For when the record is declared complete, by whom, and what is therefore only presumed: the one sentence that stands wherever a figure does. */
import { daysOf, dayText, endHourOf, hourOf } from './hours.ts';
import { counted, safe } from './text.ts';

type Bounds = { readonly earliest: string; readonly latest: string };
/** Whether the record is declared complete at an instant, and what the deciding declaration covers. */
export type Coverage = {
  readonly isCoveredAt: boolean;
  readonly coveredFrom: string | null;
  readonly coveredTo: string | null;
  readonly coveredBy: string | null;
  readonly declaredAt: Bounds | null;
  /** The event in which the declaration stands, and when it was recorded. */
  readonly declaredIn: { readonly position: number; readonly recordedAt: string } | null;
};

/** `declared complete 31 Jan 2021 12:00 IST to 13 Feb 2021 00:00 IST by P, on 13 Feb 2021, event 3,393, recorded 25 Nov 2026 (not verified)` */
export const coverageWords = (coverage: Coverage, zone: string): string => {
  const { isCoveredAt, coveredFrom, coveredTo, coveredBy, declaredAt } = coverage;
  if (coveredFrom === null || coveredTo === null) return 'never declared complete';
  const [from, to, by] = [hourOf(coveredFrom, zone), hourOf(coveredTo, zone), coveredBy === null ? 'somebody unnamed' : safe(coveredBy)];
  if (!isCoveredAt)
    return `not declared complete at this time (declared so from ${from} to ${to}, by ${by}${eventWords(coverage, zone)}, not verified)`;
  return `declared complete ${from} to ${to} by ${by}${declaredAt === null ? '' : `, ${daysOf(declaredAt, zone)}`}${eventWords(coverage, zone)} (not verified)`;
};

const eventWords = ({ declaredIn }: Coverage, zone: string): string => {
  if (declaredIn === null) return '';
  return `, event ${counted(declaredIn.position)}, recorded ${dayText(declaredIn.recordedAt, zone)}`;
};

/** Beside what is due and owed: "not on record" says nothing of a time for which nobody declares the record complete. */
export const reachParts = (presumption: Coverage & { readonly presumedSince: string | null }, zone: string): readonly string[] => [
  ...presumptionParts(presumption, zone),
  ...(presumption.isCoveredAt ? [] : ['the record is not declared complete for that time: from what is not on record nothing follows']),
];

/** With what is presumed where it is not. */
export const presumptionParts = (presumption: Coverage & { readonly presumedSince: string | null }, zone: string): readonly string[] => [
  coverageWords(presumption, zone),
  ...(presumption.presumedSince === null ? [] : [`assumes that nothing was changed since ${endHourOf(presumption.presumedSince, zone)}`]),
];
