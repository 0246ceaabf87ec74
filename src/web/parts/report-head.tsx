/** The heading of what is printed: which ledger, which position, both times, whose hours, which filters, and what the words mean. Seen on paper alone. */
import { recordedHour, zoneNote } from '../../wording/hours.ts';
import { publishedByWords } from '../../wording/published.ts';
import { ACCOUNTS, CAVEAT, DEFINITION_WORDS } from '../../wording/words.ts';
import { type Known, knownWords } from './footing.tsx';

type ReportHeadProps = {
  readonly title: string;
  readonly at: string;
  readonly zone: string;
  readonly known: Known;
  readonly by: string | undefined;
  readonly filters: readonly string[];
};

export const ReportHead = ({ title, at, zone, known, by, filters }: ReportHeadProps) => (
  <dl class="report-head">
    {[
      ['Report', `${title}, from the enforcement ledger at ${location.origin}`],
      ['Looked at', recordedHour(at, zone)],
      ['Known', `${knownWords(known, zone)}${by === undefined ? '' : `; ${publishedByWords(by, zone)}`}`],
      ['Hours', zoneNote(zone, at)],
      ['Filters', filters.length === 0 ? 'none' : filters.join('; ')],
      [
        'Meaning',
        `The unit is one of the ${ACCOUNTS.many} under an order. "${DEFINITION_WORDS.effective}" and "${DEFINITION_WORDS.ever}" are two definitions. ${CAVEAT}.`,
      ],
    ].map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);
