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

/** `filter`: how the list of accounts is asked for them; `undefined` where it cannot be. `orders`: under which they are, where there are several. */
export type MakeUpLine = {
  readonly accounts: number;
  readonly words: string;
  readonly filter: string | undefined;
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
): readonly MakeUpLine[] => [
  ...namesIn(inEffect).map(([ground, accounts]) => ({
    accounts,
    words: `in effect, ${GROUND_WORDS[ground]}`,
    filter: ground === 'undetermined' ? undefined : ground,
  })),
  ...notInEffect.map((found) => ({
    accounts: found.pairs,
    words: countedWords({ ...found, refused: found.responseDeclined ? found.pairs : 0 }),
    filter: found.status,
  })),
  ...[
    { accounts: unknown, words: UNKNOWN_WORDS, filter: 'unknown' },
    { accounts: open, words: OPEN_WORDS, filter: 'open' },
    { accounts: populationOpen, words: POPULATION_OPEN_WORDS, filter: 'population_open' },
  ].filter(({ accounts }) => accounts > 0),
  ...namesIn(apart).map(([status, accounts]) => ({
    accounts,
    words: `beside the figure: ${apartWords(status, standing)}`,
    filter: 'apart',
  })),
];

/** From the sheet, which looked at each account: lines of the same words together. */
export const sheetMakeUp = (lines: NonNullable<OrderSheet['lines']>, standing: Standing): readonly MakeUpLine[] =>
  [...Map.groupBy(lines, (line) => sheetLineWords(line, standing))].map(([words, same]) => {
    const [first] = same;
    return {
      accounts: same.reduce((sum, { accounts }) => sum + accounts, 0),
      words: first?.is === 'apart' ? `beside the figure: ${words}` : words,
      filter: first && sheetFilter(first),
    };
  });

/** How the list of accounts is asked for those of a line of the sheet. */
export const sheetFilter = ({ is, ground, status }: Pick<SheetLine, 'is' | 'ground' | 'status'>): string => {
  const filter = is === 'in_effect' ? (ground ?? is) : is === 'not_in_effect' ? status : is;
  return filter === 'undetermined' ? is : filter;
};

/** Lines of several orders that say the same as one. */
export const addedUp = (lines: readonly (Omit<MakeUpLine, 'orders'> & { readonly order: string })[]): readonly MakeUpLine[] =>
  [...Map.groupBy(lines, ({ words, filter }) => `${filter} ${words}`).values()].flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    const accounts = same.reduce((sum, line) => sum + line.accounts, 0);
    return [{ accounts, words: first.words, filter: first.filter, orders: [...new Set(same.map(({ order }) => order))] }];
  });

export const MakeUpList = ({
  lines,
  hrefOf,
}: {
  readonly lines: readonly MakeUpLine[];
  readonly hrefOf: (filter: string, orders: readonly string[] | undefined) => string;
}) => (
  <ul class="make-up">
    {lines.map(({ accounts, words, filter, orders }) => (
      <li key={`${filter} ${words}`}>
        <span class="number">
          {filter !== undefined ? <Link href={hrefOf(filter, orders)}>{counted(accounts)}</Link> : counted(accounts)}
        </span>{' '}
        {words}
      </li>
    ))}
  </ul>
);
