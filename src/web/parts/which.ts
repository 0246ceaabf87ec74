/** Which accounts of a list are shown: as a number that counts them has it, as the link says it, as the API is asked, and in words. */
import { safe } from '../../wording/text.ts';
import { GROUND_WORDS, OPEN_WORDS, POPULATION_OPEN_WORDS, STATUS_WORDS, spoken, UNKNOWN_WORDS } from '../../wording/words.ts';
import type { PairRow } from '../answers.ts';

/** By the parameters of the list of accounts; all that is given holds. */
export type Narrowing = {
  readonly status?: string;
  readonly is?: PairRow['is'];
  readonly ground?: string;
  readonly ending?: string;
  readonly responseDeclined?: boolean;
  readonly lostBy?: string;
  readonly isTimingOpen?: boolean;
  readonly ever?: 'counted' | 'population' | 'before';
};

const PLACE_WORDS: { readonly [is in PairRow['is']]: string } = {
  in_effect: 'in effect',
  not_in_effect: 'not in effect',
  unknown: UNKNOWN_WORDS,
  apart: 'beside the figure',
  open: OPEN_WORDS,
  population_open: POPULATION_OPEN_WORDS,
};
const COUNTED_WORDS = 'all that the figure counts';
/** What is chosen from by hand. */
export const SELECTIONS: readonly (readonly [which: string, words: string])[] = [
  ['', 'all'],
  ...(['not_in_effect', 'in_effect', 'unknown'] as const).map((is) => [is, PLACE_WORDS[is]] as const),
  ['counted', COUNTED_WORDS],
  ['apart', PLACE_WORDS.apart],
];

/** `in_effect`; `is.not_in_effect status.overdue responseDeclined.true`, which stands in an address as it is. */
export const whichText = (narrowing: Narrowing): string => {
  const given = Object.entries(narrowing).filter(([, value]) => value !== undefined);
  const [only] = given;
  if (given.length === 1 && only && (only[0] === 'is' || only[0] === 'status')) return String(only[1]);
  return given.map(([name, value]) => `${name}.${value}`).join(' ');
};

/** Parameters of the question. A word by itself is a place, else a status; what is neither, the API refuses. */
export const askedFor = (which: string): { readonly [parameter: string]: string } =>
  Object.fromEntries(
    which
      .split(' ')
      .filter((part) => part !== '')
      .map((part) => {
        const [name = '', ...value] = part.split('.');
        return value.length > 0 ? [name, value.join('.')] : [isPlace(name) ? 'is' : 'status', name];
      }),
  );

const isPlace = (word: string): boolean => Object.hasOwn(PLACE_WORDS, word);

const WORDS: { readonly [value: string]: string } = {
  'responseDeclined.true': 'refused',
  'responseDeclined.false': 'no refusal that stands',
  'lostBy.lifted': 'restored',
  'lostBy.ran_out': 'ran out',
  'lostBy.none': 'neither only restored nor only run out',
  'isTimingOpen.true': 'whether in time is left open',
  'isTimingOpen.false': 'whether in time is not left open',
  'ever.counted': 'in effect at some time so far',
  'ever.population': 'all that "in effect at some time so far" counts',
  'ever.before': 'in effect at some time so far, not at this time',
  'status.counted': COUNTED_WORDS,
};

/** A status, or a ground, says already whether it is in effect. */
export const whichWords = (which: string): string =>
  Object.entries(askedFor(which))
    .filter(([name], _, all) => name !== 'is' || !all.some(([other]) => other === 'status' || other === 'ground'))
    .map(([name, value]) => WORDS[`${name}.${value}`] ?? wordsIn(TABLES[name], value) ?? safe(spoken(value)))
    .join('; ') || 'all';

const TABLES: { readonly [name: string]: { readonly [value: string]: string } } = {
  is: PLACE_WORDS,
  status: STATUS_WORDS,
  ground: GROUND_WORDS,
};
const wordsIn = (table: { readonly [value: string]: string } | undefined, value: string): string | undefined =>
  table && Object.hasOwn(table, value) ? table[value] : undefined;
