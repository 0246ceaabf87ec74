/** The line under every figure: what is counted, at which instant, as known when, declared complete for how long, and what is only presumed. */
import { type Coverage, presumptionParts } from '../../wording/coverage.ts';
import { recordedHour } from '../../wording/hours.ts';
import { publishedByWords } from '../../wording/published.ts';
import { counted } from '../../wording/text.ts';
import { ACCOUNTS, type Unit } from '../../wording/words.ts';

export type Known = { readonly position: number; readonly recordedAt: string | undefined };

export const knownWords = ({ position, recordedAt }: Known, zone: string): string =>
  `as recorded to event ${counted(position)}${recordedAt === undefined ? '' : `, of ${recordedHour(recordedAt, zone)}`}`;

type FootingProps = {
  readonly presumption: (Coverage & { readonly presumedSince: string | null }) | undefined;
  readonly at: string;
  readonly zone: string;
  readonly known: Known;
  readonly unit?: Unit;
  readonly by?: string | undefined;
};

export const footingParts = ({ presumption, at, zone, known, unit = ACCOUNTS, by }: FootingProps): readonly string[] => [
  `${unit.many} under an order, ${recordedHour(at, zone)}`,
  knownWords(known, zone),
  ...(by === undefined ? [] : [publishedByWords(by, zone)]),
  ...(presumption ? presumptionParts(presumption, zone) : ['for what time the record is declared complete: being asked']),
];

export const Footing = (props: FootingProps) => <p class="footing">{footingParts(props).join(' · ')}</p>;
