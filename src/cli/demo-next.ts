/** What to type after the demo: commands that work as they are printed. */

import { safe } from '../wording/text.ts';
import type { DemoAnswers } from './demo-answers.ts';
import type { ReportedAnswers } from './demo-reported-answers.ts';
import { quoted } from './typed-command.ts';

/** `url` of the server that goes on, if one does. */
export type Place = { readonly folder: string; readonly url: string | undefined };
type Shown = { readonly illustrative: DemoAnswers; readonly reported: ReportedAnswers };

export const nextLines = ({ illustrative, reported }: Shown, { folder, url }: Place): readonly string[] => {
  const { orders, zone } = illustrative.subjects;
  const data = `--data ${quoted(folder)}`;
  const order = quoted(orders[0]?.ref ?? '');
  const [at, reportedAt] = [typedHour(illustrative.end.validAt, zone), typedHour(reported.state.validAt, reported.subjects.zone)];
  const ofCase = `--case ${reported.caseId}`;
  const commands = [
    `  npx ledger compliance --order ${order} --at ${at} ${data}`,
    `  npx ledger pairs --order ${order} --status not_in_effect ${data}`,
    `  npx ledger timeline --order ${order} ${data}`,
    `  npx ledger compliance ${ofCase} --at ${reportedAt} ${data}`,
    `  npx ledger timeline ${ofCase} ${data}`,
  ];
  const isServed = url !== undefined;
  return [
    `Recorded over HTTP, and kept in ${safe(folder)}. What is synthetic, and what is not: examples/meity-twitter-2021/README.md`,
    isServed ? 'Next, in another terminal:' : 'Next:',
    ...commands,
    isServed ? `Both cases on the page, until Ctrl-C: ${url}/` : `  npx ledger serve ${data}     then the page: http://127.0.0.1:4000/`,
  ];
};

/** As `--at` takes an hour of the zone. */
const typedHour = (instant: string, zone: string): string =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' });
