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

/** A way to ask for accounts, and how many it brings. */
type Shown = { readonly narrowing: Narrowing; readonly among: number };
/** `shown`: ways to ask for them, from the coarsest on; none where they cannot be asked for. `orders`: under which they are, where there are several. */
export type MakeUpLine = {
  readonly accounts: number;
  readonly words: string;
  readonly shown: readonly Shown[];
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
      return isPlaceAlone(narrowing) ? { accounts, words, shown: [{ narrowing, among: allBeside }] } : whole(accounts, words, narrowing);
    }),
  ];
};

const whole = (accounts: number, words: string, narrowing: Narrowing): MakeUpLine => ({
  accounts,
  words,
  shown: [{ narrowing, among: accounts }],
});
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
    ...sheetShown(same, lines),
  }));

/** How those of some lines are asked for; what their own events say, no list goes by. */
export const sheetShown = (some: Lines, lines: Lines): Omit<MakeUpLine, 'words'> => {
  const [first] = some;
  const fitting = (first ? narrowingsOf(first) : []).filter((narrowing) => some.every((line) => isOf(line, narrowing)));
  const shown = fitting.map((narrowing) => ({ narrowing, among: accountsIn(lines.filter((line) => isOf(line, narrowing))) }));
  return { accounts: accountsIn(some), shown };
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

/** Lines of several orders that say the same as one, asked for as each of them can be. */
export const addedUp = (lines: readonly (Omit<MakeUpLine, 'orders'> & { readonly order: string })[]): readonly MakeUpLine[] =>
  [...Map.groupBy(lines, ({ words }) => words)].map(([words, same]) => ({
    words,
    accounts: same.reduce((sum, { accounts }) => sum + accounts, 0),
    shown: (same[0]?.shown ?? []).flatMap(({ narrowing }) => {
      const each = same.flatMap(({ shown }) => shown.find((one) => whichText(one.narrowing) === whichText(narrowing)) ?? []);
      return each.length === same.length ? [{ narrowing, among: each.reduce((sum, { among }) => sum + among, 0) }] : [];
    }),
    orders: [...new Set(same.map(({ order }) => order))],
  }));

/** By as little as tells them from all others, else by as much as there is. */
export const chosen = ({ accounts, shown }: Pick<MakeUpLine, 'accounts' | 'shown'>): Shown | undefined =>
  shown.find(({ among }) => among === accounts) ?? shown.at(-1);

export const MakeUpList = ({ lines, hrefOf }: { readonly lines: readonly MakeUpLine[]; readonly hrefOf: HrefOf }) => (
  <ul class="make-up">
    {lines.map((line) => (
      <li key={line.words}>
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
export const AccountsNumber = ({ line, hrefOf }: NumberProps) => {
  const [number, found] = [counted(line.accounts), chosen(line)];
  return (
    <span class="number">
      {found?.among === line.accounts ? <Link href={hrefOf(found.narrowing, line.orders)}>{number}</Link> : number}
    </span>
  );
};

/** Where no list holds these alone. */
export const Among = ({ line, hrefOf }: NumberProps) => {
  const found = chosen(line);
  return found === undefined || found.among === line.accounts ? null : (
    <>
      {' '}
      (shown among <Link href={hrefOf(found.narrowing, line.orders)}>{counted(found.among)}</Link>)
    </>
  );
};
