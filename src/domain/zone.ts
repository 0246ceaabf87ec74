/** Local time: which instants a wall clock in a zone means. The zone's rules are those of the runtime's tz database, asked once, at entry. */
import { z } from 'zod';
import { calendarDayOf, clockTextOf, DAY_MS } from './calendar.ts';
import { type Parsed, parsed, unparsable } from './refusal.ts';
import { invalidIssue, refusalIssue } from './refusing.ts';

/** Which of two readings is meant where clocks were changed: in an overlap the first or second pass, in a gap the time before or after it. */
export type Disambiguation = 'earlier' | 'later';

const OFFSET_PATTERN = '[+-](?:[01]\\d|2[0-3]):[0-5]\\d';
const NAME_PATTERN = '[A-Za-z][A-Za-z0-9._+-]*(?:/[A-Za-z0-9._+-]+)*';
const OFFSET = new RegExp(`^${OFFSET_PATTERN}$`);
const NAME = new RegExp(`^${NAME_PATTERN}$`);

/** The form of a stored zone. Whether a name is known is asked at entry only: what is stored must read on any machine, with any tz database. */
export const ZONE_TEXT = new RegExp(`^(?:${OFFSET_PATTERN}|${NAME_PATTERN})$`);
export const ZONE_LENGTH_MAX = 64;

/** RFC 3339 §4.3 and RFC 9557 §2: `Z` and `-00:00` name UTC and no place. Written as one, so that equal zones are equal text. */
export const offsetZone = (offset: string): string => (offset === 'Z' || offset === '-00:00' ? '+00:00' : offset);

/** An IANA name in any case gives its spelling in the tz database (links stay: Asia/Calcutta is not renamed); an offset is `±hh:mm`. */
export const zoneOf = (text: string): Parsed<string> => {
  if (OFFSET.test(text)) return parsed(offsetZone(text));
  const unknown = unparsable({ code: 'TIME_ZONE_UNKNOWN', zone: text });
  if (!NAME.test(text) || text.length > ZONE_LENGTH_MAX) return unknown;
  try {
    const id = Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text).timeZoneId;
    return id.toLowerCase() === text.toLowerCase() ? parsed(id) : unknown; // Temporal reads a zone out of times such as T00Z
  } catch (cause) {
    if (cause instanceof RangeError) return unknown;
    throw cause;
  }
};

/** Schema of a zone by itself (a case's), for input and for what is stored: known, and in the one spelling that is stored. */
export const zone = z
  .string()
  .max(ZONE_LENGTH_MAX)
  .check(({ value, issues }) => {
    const found = zoneOf(value);
    if ('refusal' in found) issues.push(refusalIssue(value, found.refusal));
    else if ('value' in found && found.value !== value) issues.push(invalidIssue(value, `written ${found.value}`));
  });

/** Epoch milliseconds of a local time, given as milliseconds of its wall clock since 1970-01-01T00:00. */
export const localToEpochMs = (localMs: number, zone: string, disambiguation?: Disambiguation): Parsed<number> => {
  const local = localDateTime(localMs);
  const earlier = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = local.toZonedDateTime(zone, { disambiguation: 'later' });
  if (earlier.epochMilliseconds === later.epochMilliseconds) return parsed(earlier.epochMilliseconds);
  if (disambiguation !== undefined) return parsed((disambiguation === 'earlier' ? earlier : later).epochMilliseconds);
  const kind = earlier.toPlainDateTime().equals(local) ? 'overlap' : 'gap';
  return unparsable({ code: 'LOCAL_TIME_AMBIGUOUS', local: clockTextOf(localMs), zone, kind });
};

const localDateTime = (localMs: number): Temporal.PlainDateTime => {
  const epochDay = Math.floor(localMs / DAY_MS);
  const { year, month, day } = calendarDayOf(epochDay);
  return new Temporal.PlainDateTime(year, month, day).add({ milliseconds: localMs - epochDay * DAY_MS });
};

/**
 * Epoch milliseconds at which local days begin and end, [start, end). A day begins at its first instant, which is not 00:00 where clocks are
 * changed at midnight. A span of days that the zone never had (Pacific/Apia skipped 2011-12-30) is refused as a gap.
 */
export const localDays = (first: number, next: number, zone: string): Parsed<{ readonly start: number; readonly end: number }> => {
  const start = startOfDay(first, zone);
  const end = startOfDay(next, zone);
  if (start < end) return parsed({ start, end });
  return unparsable({ code: 'LOCAL_TIME_AMBIGUOUS', local: clockTextOf(first * DAY_MS), zone, kind: 'gap' });
};

const startOfDay = (epochDay: number, zone: string): number => {
  const { year, month, day } = calendarDayOf(epochDay);
  return new Temporal.PlainDate(year, month, day).toZonedDateTime(zone).epochMilliseconds;
};
