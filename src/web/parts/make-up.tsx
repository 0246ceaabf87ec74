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
import type { Figures, OrderSheet } from '../answers.ts';
import { Link } from '../location.tsx';

/** `filter`: how the list of accounts is asked for them; `undefined` where it cannot be. */
export type MakeUpLine = { readonly accounts: number; readonly words: string; readonly filter: string | undefined };

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
    const filter = first?.is === 'in_effect' ? (first.ground ?? 'in_effect') : first?.is === 'not_in_effect' ? first.status : first?.is;
    return {
      accounts: same.reduce((sum, { accounts }) => sum + accounts, 0),
      words: first?.is === 'apart' ? `beside the figure: ${words}` : words,
      filter: filter === 'undetermined' ? first?.is : filter,
    };
  });

export const MakeUpList = ({
  lines,
  hrefOf,
}: {
  readonly lines: readonly MakeUpLine[];
  readonly hrefOf?: ((filter: string) => string) | undefined;
}) => (
  <ul class="make-up">
    {lines.map(({ accounts, words, filter }) => (
      <li key={words}>
        <span class="number">
          {hrefOf && filter !== undefined ? <Link href={hrefOf(filter)}>{counted(accounts)}</Link> : counted(accounts)}
        </span>{' '}
        {words}
      </li>
    ))}
  </ul>
);
