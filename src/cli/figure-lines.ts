/** Figures as lines for people: a percentage never without its numerator and denominator, a band where the record leaves something open. */
import { APART, IN_EFFECT } from '../domain/pair-state.ts';
import type { Figure, Figures, MakeUp, Presumption } from './answers.ts';
import { hourOf } from './hours.ts';
import { counted, safe } from './terminal.ts';
import {
  APART_WORDS,
  DEFINITION_WORDS,
  IN_EFFECT_WORDS,
  NO_PERCENT_WORDS,
  notInEffectWords,
  OPEN_WORDS,
  PAIR_UNIT,
  POPULATION_OPEN_WORDS,
  UNKNOWN_WORDS,
} from './words.ts';

const percent = (value: number): string => `${value.toFixed(2)} %`;

/** `220/257 = 85.60 %`; `at least 3/257 = 1.17 %, at most 98.44 %`; `–` where there is none. */
export const figureText = ({ numerator, denominator, percent: band }: Figure): string => {
  if (band === null) return '–';
  const ratio = `${counted(numerator)}/${counted(denominator)}`;
  if (band.low === band.high) return `${ratio} = ${percent(band.low)}`;
  return `at least ${ratio} = ${percent(band.low)}, at most ${percent(band.high)}`;
};

/** With the reason, where there is no percentage. */
const figureWords = (figure: Figure): string =>
  figure.reason === undefined ? figureText(figure) : `– (${NO_PERCENT_WORDS[figure.reason]})`;

const HEADING_WIDTH = 48;
const COUNT_WIDTH = 9;
const row = (pairs: number, words: string): string => `${counted(pairs).padStart(COUNT_WIDTH)}  ${words}`;
const heading = (words: string, value: string): string => `  ${words.padEnd(HEADING_WIDTH)}${value}`.trimEnd();

/** The three answers that are always given: in effect, what it is made of and what not, and what was so at some time. */
export const figureLines = ({ effective, ever, makeUp }: Figures): readonly string[] => [
  heading(DEFINITION_WORDS.effective, figureWords(effective)),
  ...inEffectLines(makeUp),
  ...restLines(makeUp),
  ...apartLines(makeUp),
  heading(DEFINITION_WORDS.ever, figureWords(ever)),
];

const inEffectLines = ({ inEffect }: MakeUp): readonly string[] =>
  IN_EFFECT.flatMap((status) => (inEffect[status] > 0 ? [row(inEffect[status], IN_EFFECT_WORDS[status])] : []));

const restLines = ({ notInEffect, unknown, open, populationOpen }: MakeUp): readonly string[] => {
  const pairs = notInEffect.reduce((sum, found) => sum + found.pairs, 0);
  const lines = notInEffect.map((found) => row(found.pairs, notInEffectWords(found.status, found.responseDeclined)));
  const rest = [
    ...(unknown > 0 ? [row(unknown, UNKNOWN_WORDS)] : []),
    ...(open > 0 ? [row(open, OPEN_WORDS)] : []),
    ...(populationOpen > 0 ? [row(populationOpen, POPULATION_OPEN_WORDS)] : []),
  ];
  return [
    ...(pairs > 0 ? [heading('Not in effect at this time', counted(pairs)), ...lines] : []),
    ...(rest.length > 0 ? [heading('Not known', ''), ...rest] : []),
  ];
};

const apartLines = ({ apart }: MakeUp): readonly string[] => {
  const lines = APART.flatMap((status) => (apart[status] > 0 ? [row(apart[status], APART_WORDS[status])] : []));
  return lines.length > 0 ? [heading('Outside of the figures', ''), ...lines] : [];
};

type Context = { readonly validAt: string; readonly zone: string; readonly position: number };

/** The one line under every figure: unit, instant, what it rests on, what is presumed. */
export const footing = ({ validAt, zone, position }: Context, { coveredTo, coveredBy, presumedSince }: Presumption): string =>
  [
    `${PAIR_UNIT}, ${hourOf(validAt, zone)}`,
    `as recorded to event ${counted(position)}`,
    coveredTo === null
      ? 'never declared complete'
      : `declared complete to ${hourOf(coveredTo, zone)}${coveredBy === null ? '' : ` by ${safe(coveredBy)}`} (not verified)`,
    ...(presumedSince === null ? [] : [`assumes that nothing was changed since ${hourOf(presumedSince, zone)}`]),
  ].join(' · ');
