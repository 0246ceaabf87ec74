/** As known when: a position of the log as typed, or the hour at which something was recorded, turned into one. */

import { hourOf, recordedHour, zoneNote } from '../wording/hours.ts';
import { counted } from '../wording/text.ts';
import { answers } from './answers.ts';
import { asked, type Ledger, read } from './client.ts';
import { isId, type Known, type Naming, subjectsOf, withPoint } from './subjects.ts';
import { instantFrom } from './typed-hours.ts';

const POSITION = /^\d{1,16}$/;
const WITH_OFFSET = /(?:Z|[+-]\d{2}:\d{2})$/;

export type AskedAbout = Omit<Naming, 'known'> & { readonly target?: string | undefined };

/** An hour without an offset is one of the zone of what is asked about, as it is known now. */
export const knownFrom = async (ledger: Ledger, typed: string | undefined, about: AskedAbout): Promise<Known | undefined> => {
  if (typed === undefined) return undefined;
  if (POSITION.test(typed)) return { position: typed, words: `event ${counted(Number(typed))}` };
  const zone = WITH_OFFSET.test(typed) ? 'UTC' : await zoneOf(ledger, about);
  const instant = instantFrom(typed, zone);
  const { position } = read(answers.cases, await asked(ledger, `/v1/cases?${new URLSearchParams({ limit: '1', knownAt: instant })}`));
  return { position: `${position}`, words: `${hourOf(instant, zone)} (event ${counted(position)})` };
};

const zoneOf = async (ledger: Ledger, { order, case: name, target }: AskedAbout): Promise<string> => {
  if (target === undefined || !isId(target)) return (await subjectsOf(ledger, { order, case: name })).zone;
  const { listedBy } = read(answers.target, await asked(ledger, `/v1/targets/${encodeURIComponent(target)}`));
  const [caseId] = listedBy.flatMap((listing) => listing.caseId ?? []);
  return (await subjectsOf(ledger, { case: caseId })).zone;
};

/** When the event at a position was recorded; `undefined` before the first. */
export const recordedAtOf = async (ledger: Ledger, position: number): Promise<string | undefined> => {
  if (position === 0) return undefined;
  const path = withPoint('/v1/events', undefined, { after: position - 1, limit: 1 });
  return read(answers.events, await asked(ledger, path)).events[0]?.envelope.recordedAt;
};

/** `as recorded to event 12 (recorded 25 Nov 2026 08:20 IST); hours in IST = Asia/Kolkata, UTC+05:30` */
export const recordedLine = async (ledger: Ledger, position: number, zone: string, instant: string): Promise<string> => {
  const recordedAt = await recordedAtOf(ledger, position);
  const recorded = recordedAt === undefined ? '' : ` (recorded ${recordedHour(recordedAt, zone)})`;
  return `as recorded to event ${counted(position)}${recorded}; hours in ${zoneNote(zone, instant)}`;
};
