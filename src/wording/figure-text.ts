/** A figure as text: a percentage never beside a ratio that is not its own, a band where the record leaves something open. */
import type { Definition, NoPercent } from '../domain/figures.ts';
import { counted } from './text.ts';
import { ACCOUNTS, noPercentWords, type Unit } from './words.ts';

export type FigureShown = {
  readonly definition: Definition;
  readonly numerator: number;
  readonly denominator: number;
  readonly denominatorMaybe: number;
  readonly percent: { readonly low: number; readonly high: number } | null;
  readonly reason?: NoPercent | undefined;
};

export const percentText = (value: number): string => `${value.toFixed(2)} %`;

/**
 * `220/257 = 85.60 %`; `at least 3/257 = 1.17 %, at most 98.44 %`; `–` where there is none. Where it is open how many are under the order, no ratio of
 * what is certain has the percentage of the band, so none is written.
 */
export const figureText = (figure: FigureShown, unit: Unit = ACCOUNTS): string => {
  const { numerator, denominator, denominatorMaybe, percent: band } = figure;
  if (band === null) return '–';
  if (denominatorMaybe > 0) return openText(figure, band, unit);
  const ratio = `${counted(numerator)}/${counted(denominator)}`;
  if (band.low === band.high) return `${ratio} = ${percentText(band.low)}`;
  return `at least ${ratio} = ${percentText(band.low)}, at most ${percentText(band.high)}`;
};

const openText = ({ definition, numerator, denominator, denominatorMaybe }: FigureShown, band: Percent, unit: Unit): string => {
  const [when, maybe] = [definition === 'ever' ? 'up to this time' : 'at this time', counted(denominatorMaybe)];
  if (denominator === 0) return `– (no ${unit.one} is certainly under the order ${when}; ${maybe} may be)`;
  const how = definition === 'ever' ? 'in effect at some time' : 'in effect';
  return `at least ${percentText(band.low)}, at most ${percentText(band.high)} (${counted(numerator)} ${how} of ${counted(denominator)} certainly under the order; ${maybe} more may be under it)`;
};
type Percent = NonNullable<FigureShown['percent']>;

/** With the reason, where there is no percentage. `missing`, `unserved`: as for `noPercentWords`. */
export const figureWords = (figure: FigureShown, unit: Unit, missing: readonly string[], unserved = 0): string =>
  figure.reason === undefined
    ? figureText(figure, unit)
    : `– (${noPercentWords(figure.reason, figure.definition, unit, missing, unserved)})`;
