/** What to type after the demo: commands that work as they are printed. */

import { safe } from '../wording/text.ts';
import type { DemoAnswers } from './demo-answers.ts';

/** `url` of the server that goes on, if one does. */
export type Place = { readonly folder: string; readonly columns: number; readonly url: string | undefined };

export const nextLines = ({ subjects: { orders, zone }, end }: DemoAnswers, { folder, url }: Place): readonly string[] => {
  const data = `--data ${quoted(folder)}`;
  const order = quoted(orders[0]?.ref ?? '');
  const at = Temporal.Instant.from(end.validAt).toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' });
  const commands = [
    `  npx ledger compliance --order ${order} --at ${at} ${data}`,
    `  npx ledger pairs --order ${order} --status not_in_effect ${data}`,
    `  npx ledger timeline --order ${order} ${data}`,
  ];
  if (url !== undefined) return [`Serving ${url}/docs until Ctrl-C. Next, in another terminal:`, ...commands];
  return [
    `Recorded over HTTP, and kept in ${safe(folder)}. What is synthetic: examples/meity-twitter-2021/README.md`,
    'Next:',
    ...commands,
    `  npx ledger serve ${data}     then http://127.0.0.1:4000/docs`,
  ];
};

const PLAIN = /^[\w./:@-]+$/;
/** As a shell takes it for one word. */
const quoted = (text: string): string => (PLAIN.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
