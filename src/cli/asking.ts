/** What commands that ask have in common: open the ledger of the folder, ask, print, close. */
import type { Command } from 'commander';
import { systemClock } from '../application/clock.ts';
import { type Ledger, openLedgerOf } from './client.ts';
import { hourOf, instantFrom, msOf } from './hours.ts';
import { command, type Shell } from './shell.ts';
import type { Subjects } from './subjects.ts';
import { safe } from './terminal.ts';

export type AskingOptions = { readonly data?: string; readonly json?: true; readonly knownAt?: string };

/** Ends what it opened, also where the question fails. */
export const withLedger = async <T>(shell: Shell, { data }: AskingOptions, use: (ledger: Ledger) => Promise<T>): Promise<T> => {
  const ledger = await openLedgerOf(shell.config({ data }));
  try {
    return await use(ledger);
  } finally {
    await ledger.close();
  }
};

/** Repeatable: `--order O1 --order O2`. */
const collected = (value: string, previous: readonly string[] = []): readonly string[] => [...previous, value];

export const asking = (name: string): Command =>
  command(name).option('--known-at <position>', 'as known when the ledger had so many events (default: all)');
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

/** To when the record is declared complete, and what is therefore only presumed at an instant: of several orders the one covered least. */
export const coverageNote = ({ orders, zone }: Subjects, at: string): string => {
  const ends = orders.map(({ coveredTo }) => coveredTo);
  const end = ends.includes(null) ? undefined : ends.filter((instant) => instant !== null).sort()[0];
  if (end === undefined) return 'record never declared complete: what no event ended is taken to go on';
  const presumed = msOf(at) > msOf(end) ? `; assumes that nothing was changed since ${hourOf(end, zone)}` : '';
  return `record declared complete to ${hourOf(end, zone)} (not verified)${presumed}`;
};

export const titleOf = ({ case: ofAll, isSynthetic }: Subjects): string =>
  `${ofAll ? safe(ofAll.title) : 'Orders of several cases'}${isSynthetic ? '   SYNTHETIC: an illustration, no finding' : ''}`;

export const instantLine = ({ at, why }: MeantInstant, zone: string): string => `${hourOf(at, zone)}${why}`;
