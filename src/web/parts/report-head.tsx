/** The heading of what is printed: which ledger, which position, both times, whose hours, which filters, and what the words mean. Seen on paper alone. */
import { recordedHour, zoneNote } from '../../wording/hours.ts';
import { publishedByWords } from '../../wording/published.ts';
import { ACCOUNTS, CAVEAT, DEFINITION_WORDS } from '../../wording/words.ts';
import { type Known, knownWords } from './footing.tsx';

type ReportHeadProps = {
  readonly title: string;
  /** The instant that all of it is of; `undefined`: there is no one such. */
  readonly at: string | undefined;
  /** An instant by whose hours the zone is told, where `at` is none. */
  readonly hoursAt?: string;
  readonly zone: string;
  readonly known: Known;
  readonly by: string | undefined;
  readonly filters: readonly string[];
  /** What is counted, by which words; by default accounts under an order. */
  readonly meaning?: string;
};

const ACCOUNTS_MEANING = `The unit is one of the ${ACCOUNTS.many} under an order. "${DEFINITION_WORDS.effective}" and "${DEFINITION_WORDS.ever}" are two definitions.`;

export const ReportHead = ({ title, at, hoursAt = at, zone, known, by, filters, meaning = ACCOUNTS_MEANING }: ReportHeadProps) => (
  <dl class="report-head">
    {[
      ['Report', `${title}, from the enforcement ledger at ${location.origin}`],
      ...(at === undefined ? [] : [['Looked at', recordedHour(at, zone)] as const]),
      ['Known', `${knownWords(known, zone)}${by === undefined ? '' : `; ${publishedByWords(by, zone)}`}`],
      ...(hoursAt === undefined ? [] : [['Hours', zoneNote(zone, hoursAt)] as const]),
      ['Filters', filters.length === 0 ? 'none' : filters.join('; ')],
      ['Meaning', `${meaning} All of it: ${CAVEAT}.`],
    ].map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);
