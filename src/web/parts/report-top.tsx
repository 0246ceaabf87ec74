/** What stands above a report of the API: its heading for print, and from where it is looked at. */
import { linkText } from '../hour-steps.ts';
import { go, hrefOf, type Place } from '../location.tsx';
import { type Standpoint, WHY_WORDS } from '../standpoint.ts';
import { Controls } from './controls.tsx';
import type { Known } from './footing.tsx';
import { ReportHead } from './report-head.tsx';

type ReportTopProps = {
  readonly title: string;
  readonly place: Place;
  readonly standpoint: Standpoint;
  /** Whose hours are shown; by default the case's. */
  readonly zone: string;
  readonly known: Known;
  readonly report: {
    readonly validAt: string;
    readonly validAtIs: keyof typeof WHY_WORDS;
    readonly zone: string;
    readonly position: number;
  };
};

export const ReportTop = ({ title, place, standpoint, zone, known, report }: ReportTopProps) => (
  <>
    <ReportHead title={title} at={report.validAt} zone={zone} known={known} by={undefined} filters={[]} />
    <Controls
      {...{ place, standpoint, zone }}
      at={report.validAt}
      why={WHY_WORDS[report.validAtIs]}
      caseZone={report.zone}
      position={report.position}
      takesBy={false}
      onAt={(at) => go(hrefOf(place.path, { ...place.query, at: linkText(at, zone) }))}
    />
  </>
);
