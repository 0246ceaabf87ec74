/** All nine definitions side by side: no single number is compliance. */
import { figureWords, percentText } from '../../wording/figure-text.ts';
import { partsAt, unservedOf } from '../../wording/standing.ts';
import { counted, safe } from '../../wording/text.ts';
import { DEFINITION_WORDS, noPercentWords, spoken, type Unit, unitOf } from '../../wording/words.ts';
import type { State, Total } from '../answers.ts';
import { pathWith } from '../ask.ts';
import { useAnswer } from '../use-answer.ts';
import type { Subject } from '../use-subject.ts';
import { totalName } from './chart-data.ts';
import { type Cell, DataTable } from './data-table.tsx';
import { footingParts } from './footing.tsx';
import { tableHead } from './table-head.ts';

const SETTLE_MS = 200;

type DefinitionsProps = { readonly subject: Subject; readonly at: string; readonly by: string | undefined };

export const Definitions = ({ subject, at, by }: DefinitionsProps) => {
  const { found, position, zone, known, orders, refs } = subject;
  const { value, isLate } = useAnswer<State>(
    pathWith('/v1/compliance', { case: found.id, at, knownAt: position, definitions: 'all', reportedBy: by }),
    SETTLE_MS,
  );
  if (!value) return <p class="waiting">Asking for all definitions …</p>;
  const unit = unitOf(value.kinds);
  const unservedBy = (told: State['orders']): number => unservedOf(partsAt(orders, told, value.validAt));
  const parts: readonly (readonly [string, Total, number])[] = [
    ...value.orders.map((one) => [`Order ${safe(refs.get(one.order) ?? one.order)}`, one, unservedBy([one])] as const),
    ...(orders.length > 1 && value.total ? [[totalName(orders.length), value.total, unservedBy(value.orders)] as const] : []),
  ];
  const presumption = value.total ?? value.orders[0];
  const terms = footingParts({ presumption, at: value.validAt, zone, known, unit, by });
  const [first] = parts;
  const rows = (first ? rowsOf(first[1], unit, first[2]) : []).map(([key, words], place) => ({
    key,
    cells: [{ text: words }, ...parts.map(([, figures, unserved]): Cell => ({ text: rowsOf(figures, unit, unserved)[place]?.[2] ?? '' }))],
  }));
  return (
    <div aria-busy={isLate}>
      <DataTable
        name="Definitions"
        about={tableHead({ of: found, orders, unit, at: value.validAt, zone, known, by, presumption: presumption ?? null })}
        columns={['What is meant', ...parts.map(([name]) => name)]}
        rows={rows}
      />
      <p class="footing">{terms.join(' · ')}</p>
    </div>
  );
};

type Row = readonly [key: string, words: string, value: string];

const rowsOf = (figures: Total, unit: Unit, unserved: number): readonly Row[] => {
  const { effective, anyRestriction, ever, onTime, sustained, timeWeighted, citingOrder, distinctTargets = [], platformStyle } = figures;
  return [
    ...[effective, anyRestriction, ever, onTime, sustained].flatMap((figure): readonly Row[] =>
      figure ? [[figure.definition, DEFINITION_WORDS[figure.definition], figureWords(figure, unit, [], unserved)]] : [],
    ),
    ...(timeWeighted ? [['timeWeighted', DEFINITION_WORDS.timeWeighted, timeWords(timeWeighted, unit, unserved)] as const] : []),
    ...(citingOrder ? [['citingOrder', DEFINITION_WORDS.citingOrder, figureWords(citingOrder, unit, [], unserved)] as const] : []),
    ...distinctTargets.map(
      (figure): Row => [
        `distinctTargets-${figure.variant}`,
        `${DEFINITION_WORDS.distinctTargets}: in effect under ${figure.variant === 'all' ? 'all orders that stand for it' : 'at least one of them'}`,
        figureWords(figure, unit, [], unserved),
      ],
    ),
    ...(platformStyle ? [['platformStyle', DEFINITION_WORDS.platformStyle, platformWords(platformStyle, unit)] as const] : []),
  ];
};

/** With the columns in which platforms count: by what they say that they acted on. */
const platformWords = (figure: NonNullable<Total['platformStyle']>, unit: Unit): string => {
  const columns = Object.entries(figure.columns)
    .filter(([, number]) => number > 0)
    .map(([column, number]) => `${counted(number)} ${spoken(column)}`);
  return `${figureWords(figure, unit, [])}${columns.length === 0 ? '' : ` (${columns.join(', ')})`}`;
};

const timeWords = ({ percent, reason, hours }: NonNullable<Total['timeWeighted']>, unit: Unit, unserved: number): string => {
  if (percent === null) return reason === undefined ? '–' : `– (${noPercentWords(reason, 'timeWeighted', unit, [], unserved)})`;
  const share =
    percent.low === percent.high ? percentText(percent.low) : `at least ${percentText(percent.low)}, at most ${percentText(percent.high)}`;
  return `${hoursText(hours.numerator)} of ${hoursText(hours.denominator)} ${unit.one}-hours = ${share}`;
};
const HOURS = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });
const hoursText = (hours: number): string => HOURS.format(hours);
