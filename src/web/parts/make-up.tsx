/** What a figure is made of, and what stands beside it, in lines: how many accounts, and what they are. */
import { sheetLineWords } from '../../wording/sheet-words.ts';
import { counted } from '../../wording/text.ts';
import {
  apartWords,
  countedWords,
  GROUND_WORDS,
  OPEN_WORDS,
  POPULATION_OPEN_WORDS,
  type Standing,
  UNKNOWN_WORDS,
} from '../../wording/words.ts';
import type { Figures, OrderSheet, SheetLine } from '../answers.ts';
import { Link } from '../location.tsx';
import { type Narrowing, whichText } from './which.ts';

/**
 * `narrowing`: how the list of accounts is asked for them; `undefined` where it cannot be. `among`: how many it then shows, of which these are some.
 * `orders`: under which they are, where there are several.
 */
export type MakeUpLine = {
  readonly accounts: number;
  readonly words: string;
  readonly narrowing: Narrowing | undefined;
  readonly among: number;
  readonly orders?: readonly string[];
};

type MakeUp = Figures['makeUp'];

const namesIn = <K extends string>(counts: { readonly [name in K]: number }): readonly (readonly [K, number])[] =>
  // A record of the API has the names of its form and no other.
  Object.entries<number>(counts).flatMap(([name, number]) => (isNameOf(counts, name) && number > 0 ? [[name, number] as const] : []));
const isNameOf = <K extends string>(counts: { readonly [name in K]: number }, name: string): name is K => Object.hasOwn(counts, name);

/** From the figure alone: which came first, and whether refusals name grounds, it does not tell. */
export const makeUpLines = (
  { inEffect, notInEffect, unknown, open, apart, populationOpen }: MakeUp,
  standing: Standing,
): readonly MakeUpLine[] => {
  const beside = namesIn(apart);
  const allBeside = beside.reduce((sum, [, accounts]) => sum + accounts, 0);
  return [
    ...namesIn(inEffect).map(([ground, accounts]) => whole(accounts, `in effect, ${GROUND_WORDS[ground]}`, { is: 'in_effect', ground })),
    ...notInEffect.map((found) => {
      const { pairs, status, responseDeclined } = found;
      const words = countedWords({ ...found, refused: responseDeclined ? pairs : 0 });
      return whole(pairs, words, { is: 'not_in_effect', status, responseDeclined });
    }),
    ...[
      whole(unknown, UNKNOWN_WORDS, { is: 'unknown' }),
      whole(open, OPEN_WORDS, { is: 'open' }),
      whole(populationOpen, POPULATION_OPEN_WORDS, { is: 'population_open' }),
    ].filter(({ accounts }) => accounts > 0),
    ...beside.map(([status, accounts]) => {
      const narrowing = apartNarrowing(status);
      const words = `beside the figure: ${apartWords(status, standing)}`;
      return { ...whole(accounts, words, narrowing), ...(isPlaceAlone(narrowing) && { among: allBeside }) };
    }),
  ];
};

const whole = (accounts: number, words: string, narrowing: Narrowing): MakeUpLine => ({ accounts, words, narrowing, among: accounts });
const isPlaceAlone = (narrowing: Narrowing): boolean => Object.keys(narrowing).length === 1;

/** What is left open of why it is beside the figure, no one word of a row says. */
const apartNarrowing = (apart: keyof MakeUp['apart']): Narrowing => {
  if (apart === 'undetermined') return { is: 'apart' };
  return apart === 'withdrawn' || apart === 'revoked' || apart === 'expired'
    ? { is: 'apart', ending: apart }
    : { is: 'apart', status: apart };
};

type Lines = NonNullable<OrderSheet['lines']>;

/** From the sheet, which looked at each account: lines of the same words together. */
export const sheetMakeUp = (lines: Lines, standing: Standing): readonly MakeUpLine[] =>
  [...Map.groupBy(lines, (line) => sheetLineWords(line, standing))].map(([words, same]) => ({
    words: same[0]?.is === 'apart' ? `beside the figure: ${words}` : words,
    ...sheetNarrowing(same, lines),
  }));

/** How those of some lines are asked for, by as little as tells them from all others of the sheet; what their own events say, no list goes by. */
export const sheetNarrowing = (some: Lines, lines: Lines): Omit<MakeUpLine, 'words'> => {
  const accounts = accountsIn(some);
  const [first] = some;
  const fitting = (first ? narrowingsOf(first) : []).filter((narrowing) => some.every((line) => isOf(line, narrowing)));
  const shown = fitting.map((narrowing) => ({ narrowing, among: accountsIn(lines.filter((line) => isOf(line, narrowing))) }));
  const found = shown.find(({ among }) => among === accounts) ?? shown.at(-1) ?? { narrowing: undefined, among: accounts };
  return { accounts, ...found };
};

const accountsIn = (lines: Lines): number => lines.reduce((sum, { accounts }) => sum + accounts, 0);

/** From the coarsest on. */
const narrowingsOf = (line: SheetLine): readonly Narrowing[] => {
  const { is, status, ground, responseDeclined } = line;
  if (is === 'in_effect') {
    const narrowing = { is, ...(ground !== null && { ground }) };
    return [{ is }, narrowing, { ...narrowing, status }, { ...narrowing, status, isTimingOpen: line.isTimingOpen ?? false }];
  }
  if (is !== 'not_in_effect') return [{ is }, { is, status }];
  const narrowing = { is, status, responseDeclined };
  return [{ is }, { is, status }, narrowing, { ...narrowing, lostBy: line.lostBy ?? 'none' }];
};

const isOf = (line: SheetLine, narrowing: Narrowing): boolean =>
  (narrowing.is === undefined || line.is === narrowing.is) &&
  (narrowing.status === undefined || line.status === narrowing.status) &&
  (narrowing.ground === undefined || line.ground === narrowing.ground) &&
  (narrowing.responseDeclined === undefined || line.responseDeclined === narrowing.responseDeclined) &&
  (narrowing.lostBy === undefined || (line.lostBy ?? 'none') === narrowing.lostBy) &&
  (narrowing.isTimingOpen === undefined || (line.isTimingOpen ?? false) === narrowing.isTimingOpen);

/** Lines of several orders that say the same, and are asked for alike, as one. */
export const addedUp = (lines: readonly (Omit<MakeUpLine, 'orders'> & { readonly order: string })[]): readonly MakeUpLine[] =>
  [...Map.groupBy(lines, (line) => keyOf(line)).values()].flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    const sumOf = (count: 'accounts' | 'among'): number => same.reduce((sum, line) => sum + line[count], 0);
    const orders = [...new Set(same.map(({ order }) => order))];
    return [{ accounts: sumOf('accounts'), among: sumOf('among'), words: first.words, narrowing: first.narrowing, orders }];
  });

const keyOf = ({ narrowing, words }: Pick<MakeUpLine, 'narrowing' | 'words'>): string => `${narrowing && whichText(narrowing)} ${words}`;

export const MakeUpList = ({ lines, hrefOf }: { readonly lines: readonly MakeUpLine[]; readonly hrefOf: HrefOf }) => (
  <ul class="make-up">
    {lines.map((line) => (
      <li key={keyOf(line)}>
        <AccountsNumber line={line} hrefOf={hrefOf} /> {line.words}
        <Among line={line} hrefOf={hrefOf} />
      </li>
    ))}
  </ul>
);

/** Where the accounts are listed that a number counts. */
export type HrefOf = (narrowing: Narrowing, orders?: readonly string[]) => string;
type NumberProps = { readonly line: Omit<MakeUpLine, 'words'>; readonly hrefOf: HrefOf };

/** A number leads to as many accounts as it counts, or nowhere. */
export const AccountsNumber = ({ line: { accounts, among, narrowing, orders }, hrefOf }: NumberProps) => (
  <span class="number">
    {narrowing !== undefined && among === accounts ? <Link href={hrefOf(narrowing, orders)}>{counted(accounts)}</Link> : counted(accounts)}
  </span>
);

/** Where no list holds these alone. */
export const Among = ({ line: { accounts, among, narrowing, orders }, hrefOf }: NumberProps) =>
  narrowing === undefined || among === accounts ? null : (
    <>
      {' '}
      (shown among <Link href={hrefOf(narrowing, orders)}>{counted(among)}</Link>)
    </>
  );
