/** Figures as lines for people, with what they are made of. */
import { APART } from '../domain/make-up.ts';
import { GROUNDS } from '../domain/pairs/pair-state.ts';
import { presumptionParts } from '../wording/coverage.ts';
import { type FigureShown, figureWords, percentText } from '../wording/figure-text.ts';
import { hourOf, recordedHour } from '../wording/hours.ts';
import { type Part, unservedOf } from '../wording/standing.ts';
import { counted } from '../wording/text.ts';
import {
  apartWords,
  countedWords,
  DEFINITION_WORDS,
  type Ending,
  FLAG_WORDS,
  GROUND_WORDS,
  noPercentWords,
  OPEN_WORDS,
  POPULATION_OPEN_WORDS,
  type Refusals,
  UNKNOWN_WORDS,
  type Unit,
} from '../wording/words.ts';
import type { Figure, Figures, MakeUp, Presumption } from './answers.ts';

/** What is needed beside the figures to say what they mean. */
export type About = {
  readonly unit: Unit;
  readonly refusals: Refusals;
  readonly ending: Ending;
  /** The orders behind the figures, with what of each is outside of them. */
  readonly parts: readonly Part[];
  /** References of the orders of which no list is on record, where the figures are of several. */
  readonly withoutList: readonly string[];
  /** The asker's duration for orders that set no number of hours. */
  readonly tolerance?: string | undefined;
};

const HEADING_WIDTH = 52;
const COUNT_WIDTH = 9;
const row = (pairs: number, words: string): string => `${counted(pairs).padStart(COUNT_WIDTH)}  ${words}`;
const heading = (words: string, value: string): string => `  ${words.padEnd(HEADING_WIDTH)}${value}`.trimEnd();

const wordsOf = (figure: FigureShown, { unit, withoutList, parts }: About): string =>
  figureWords(figure, unit, withoutList, unservedOf(parts));

/** The three answers that are always given: in effect, what it is made of and what not, and what was so at some time. */
export const figureLines = ({ effective, ever, makeUp }: Figures, about: About): readonly string[] => [
  heading(DEFINITION_WORDS.effective, wordsOf(effective, about)),
  ...inEffectLines(makeUp),
  ...restLines(makeUp, about),
  ...apartLines(about),
  ...flagLines(makeUp),
  heading(DEFINITION_WORDS.ever, wordsOf(ever, about)),
];

/** The definitions that are given on request, each in a line of its own. */
export const requestedLines = (figures: Figures, about: About): readonly string[] => {
  const { anyRestriction, onTime, sustained, timeWeighted, citingOrder, distinctTargets, platformStyle } = figures;
  const simple = [anyRestriction, onTime, sustained, citingOrder].flatMap((figure) => figure ?? []);
  return [
    ...simple.map((figure) => heading(definitionWords(figure, about), wordsOf(figure, about))),
    ...(timeWeighted ? [heading(DEFINITION_WORDS.timeWeighted, timeWords(timeWeighted, about))] : []),
    ...(distinctTargets ?? []).map(({ variant, ...figure }) =>
      heading(
        `${DEFINITION_WORDS.distinctTargets}, ${VARIANT_WORDS[variant]}`,
        wordsOf({ ...figure, definition: 'distinctTargets' }, about),
      ),
    ),
    ...(platformStyle ? platformLines(platformStyle, about) : []),
  ];
};

/** A limit that somebody asks for is not one that the order sets. */
const definitionWords = ({ definition }: Figure, { tolerance }: About): string =>
  definition === 'onTime' && tolerance !== undefined
    ? `Within the time limit, else ${tolerance} as you asked`
    : DEFINITION_WORDS[definition];

const VARIANT_WORDS = { all: 'under every order', any: 'under at least one' };

const timeWords = ({ percent: band, reason, hours }: NonNullable<Figures['timeWeighted']>, { unit, withoutList, parts }: About): string => {
  if (band === null) return `– (${noPercentWords(reason ?? 'empty_population', 'timeWeighted', unit, withoutList, unservedOf(parts))})`;
  const ratio = `${counted(hours.numerator)} of ${counted(hours.denominator)} h`;
  return band.low === band.high
    ? `${ratio} = ${percentText(band.low)}`
    : `at least ${percentText(band.low)}, at most ${percentText(band.high)}`;
};

/** Whatever the territory and the basis, of all that are listed, whatever the order's force: so the basis stands beside. */
const platformLines = ({ columns, ...figure }: NonNullable<Figures['platformStyle']>, about: About): readonly string[] => [
  heading(DEFINITION_WORDS.platformStyle, wordsOf(figure, about)),
  row(columns.legal_order, 'legal order'),
  row(columns.platform_rules, "the platform's own rules"),
  row(columns.unstated, 'no basis stated'),
  row(columns.no_action, 'no block or withholding'),
  ...(columns.unknown > 0 ? [row(columns.unknown, UNKNOWN_WORDS)] : []),
  ...(columns.undetermined > 0 ? [row(columns.undetermined, `undetermined: ${OPEN_WORDS}`)] : []),
];

/** Flags beside the figures, which change none. */
const flagLines = ({ flags, withoutEvidence }: MakeUp): readonly string[] => {
  const lines = [
    ...(withoutEvidence > 0 ? [row(withoutEvidence, FLAG_WORDS.without_evidence)] : []),
    ...(['wider_than_order', 'also_required_by', 'restoration_due'] as const).flatMap((flag) =>
      flags[flag] > 0 ? [row(flags[flag], FLAG_WORDS[flag])] : [],
    ),
  ];
  return lines.length > 0 ? [heading('Besides', ''), ...lines] : [];
};

const inEffectLines = ({ inEffect }: MakeUp): readonly string[] =>
  [...GROUNDS, 'undetermined' as const].flatMap((status) => (inEffect[status] > 0 ? [row(inEffect[status], GROUND_WORDS[status])] : []));

const restLines = ({ notInEffect, unknown, open, populationOpen }: MakeUp, { refusals, ending }: About): readonly string[] => {
  const pairs = notInEffect.reduce((sum, found) => sum + found.pairs, 0);
  const lines = notInEffect.map((found) =>
    row(found.pairs, countedWords({ ...found, refused: found.responseDeclined ? found.pairs : 0 }, { refusals, ending })),
  );
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

const apartLines = ({ parts }: About): readonly string[] => {
  const pairsBy = new Map<string, number>();
  for (const { apart, standing } of parts)
    for (const status of APART) {
      const words = apartWords(status, standing);
      pairsBy.set(words, (pairsBy.get(words) ?? 0) + apart[status]);
    }
  const lines = [...pairsBy].flatMap(([words, pairs]) => (pairs > 0 ? [row(pairs, words)] : []));
  return lines.length > 0 ? [heading('Outside of the figures', ''), ...lines] : [];
};

export type Context = {
  readonly unit: Unit;
  readonly validAt: string;
  readonly zone: string;
  readonly position: number;
  /** When the event at the position was recorded. */
  readonly recordedAt: string | undefined;
};

/** What stands under every figure: unit, instant, what it rests on, what is presumed. */
export const footingParts = ({ unit, validAt, zone, position, recordedAt }: Context, presumption: Presumption): readonly string[] => [
  `${unit.many} under an order, ${hourOf(validAt, zone)}`,
  `as recorded to event ${counted(position)}${recordedAt === undefined ? '' : `, of ${recordedHour(recordedAt, zone)}`}`,
  ...presumptionParts(presumption, zone),
];
export const footing = (context: Context, presumption: Presumption): string => footingParts(context, presumption).join(' · ');
