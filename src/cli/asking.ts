/** What commands that ask have in common: open the ledger of the folder, ask, print, close. */
import type { Command } from 'commander';
import { systemClock } from '../application/clock.ts';
import { hourOf } from '../wording/hours.ts';
import { safe } from '../wording/text.ts';
import type { Order } from './answers.ts';
import { type Ledger, openLedgerOf } from './client.ts';
import { knownFrom } from './knowledge.ts';
import { command, type Shell } from './shell.ts';
import { type CaseShown, isMixed, type Known, type Subjects } from './subjects.ts';
import { instantFrom } from './typed-hours.ts';

export type AskingOptions = { readonly data?: string; readonly json?: true; readonly knownAt?: string };
type Named = { readonly order?: string | readonly string[]; readonly case?: string; readonly target?: string };

/** Ends what it opened, also where the question fails. */
export const withLedger = async <T>(
  shell: Shell,
  options: AskingOptions & Named,
  use: (ledger: Ledger, known: Known | undefined) => Promise<T>,
): Promise<T> => {
  const { data, knownAt, order, case: ofCase, target } = options;
  const ledger = await openLedgerOf(shell.config({ data }));
  try {
    const orders = typeof order === 'string' ? [order] : order;
    return await use(ledger, await knownFrom(ledger, knownAt, { order: orders, case: ofCase, target }));
  } finally {
    await ledger.close();
  }
};

/** Repeatable: `--order O1 --order O2`. */
export const collected = (value: string, previous: readonly string[] = []): readonly string[] => [...previous, value];

export const asking = (name: string): Command =>
  command(name).option(
    '--known-at <position | hour>',
    'as known when the ledger had so many events, or as recorded by an hour, written as for --at (default: all)',
  );
export const askingAboutOrders = (name: string): Command =>
  asking(name)
    .option('--order <order>', 'id or reference of an order; may be repeated (default: all orders)', collected)
    .option('--case <case>', 'id or title of a case: all of its orders');

/** The instant that is meant, and why it is this one. */
export type MeantInstant = { readonly at: string; readonly why: string };

/** What was typed; else the end to which the record is declared complete, if it is past; else now. */
export const instantMeant = (typed: string | undefined, { orders, zone }: Subjects): MeantInstant => {
  if (typed !== undefined) return { at: instantFrom(typed, zone), why: '' };
  const ends = orders.map(({ coveredTo }) => coveredTo);
  const now = systemClock();
  const end = ends.includes(null) ? undefined : ends.filter((instant) => instant !== null).sort()[0];
  if (end === undefined || end > now) return { at: now, why: ' (now, since no --at was given)' };
  return { at: end, why: ' (no --at given: the end to which the record is declared complete)' };
};

const SYNTHETIC = '   SYNTHETIC: an illustration, no finding';

export const titleOf = (subjects: Subjects): string => {
  const { case: ofAll, orders } = subjects;
  const title = ofAll ? caseTitle(ofAll) : 'Orders of several cases';
  if (isMixed(subjects)) return `${title}   SOME SYNTHETIC: marked at each order`;
  return `${title}${orders.some(({ synthetic }) => synthetic) ? SYNTHETIC : ''}`;
};

/** `Case 0195…   ITS RECORD WAS RETRACTED: its orders stay on record, and go on counting` */
const caseTitle = ({ title, isRetracted }: CaseShown): string =>
  `${safe(title)}${isRetracted ? '   ITS RECORD WAS RETRACTED: its orders stay on record, and go on counting' : ''}`;

/** `ORDER O1`; where orders of several cases stand together, with what tells them apart. */
export const orderHeading = (subjects: Subjects, order: Order): string => {
  const ofCase = subjects.cases.find(({ id }) => id === order.caseId);
  const named = subjects.case || !ofCase ? '' : ` (${caseTitle(ofCase)})`;
  return `ORDER ${safe(order.ref)}${named}${isMixed(subjects) && order.synthetic ? SYNTHETIC : ''}`;
};

export const NO_TOTAL = 'No total: synthetic and real orders are never added up. --case names those of one case.';

export const instantLine = ({ at, why }: MeantInstant, zone: string): string => `${hourOf(at, zone)}${why}`;
