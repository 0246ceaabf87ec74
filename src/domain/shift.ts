/** Times that are off by the same amount in many events - an hour, a zone - moved by that amount, whatever each of them says. */
import { z } from 'zod';
import { extentIn } from './codec.ts';
import { EXTENT_FIELDS } from './decide.ts';
import { elapsedMs } from './duration.ts';
import { isSame, type Json, type JsonObject } from './json.ts';
import { invalid, type Parsed, parsed, unparsable } from './refusal.ts';
import { refusing } from './refusing.ts';
import {
  EARLIEST_EXPECTED,
  INSTANT_MS_MAX,
  INSTANT_MS_MIN,
  type Instant,
  instantFromMs,
  msOf,
  parseInstant,
  type TimeExtent,
} from './time.ts';

/** Fields that hold an exact instant. A test holds every event type to both lists. */
const INSTANT_FIELDS = ['until', 'expiresAt', 'dueAt', 'from', 'to', 'externalRecordedAt'];
export const SHIFTABLE_FIELDS: readonly string[] = [...EXTENT_FIELDS, ...INSTANT_FIELDS];

const DURATION_LENGTH_MAX = 40;
const notADuration = invalid(
  'an ISO 8601 duration of days, hours, minutes and seconds that is not zero, in whole milliseconds: -PT1H, PT5H30M',
);

/** Milliseconds; a day is 24 hours, since what is moved are instants. Months have no length. */
const parseShift = (text: string): Parsed<number> => {
  try {
    const ms = elapsedMs(text);
    return Number.isSafeInteger(ms) && ms !== 0 ? parsed(ms) : notADuration;
  } catch (error) {
    if (error instanceof RangeError) return notADuration;
    throw error;
  }
};
const duration = refusing(z.string().max(DURATION_LENGTH_MAX).meta({ format: 'duration' }), parseShift).optional();

/** By field how far it moves: later, or earlier with a minus. At least one. */
export const shiftInput = z
  .strictObject(Object.fromEntries(SHIFTABLE_FIELDS.map((field) => [field, duration])))
  .refine((shift) => Object.values(shift).some((ms) => ms !== undefined), 'name at least one time');
/** Milliseconds by field. */
export type Shift = { readonly [field: string]: number | undefined };

/** Which of two facts has to make room for the other: the later one if things move later, the earlier one if they move earlier. */
export const isLater = (shift: Shift): boolean => (shift['occurredAt'] ?? Object.values(shift).find((ms) => ms !== undefined) ?? 0) > 0;

/**
 * What the fields named say when they are moved, both ends of an extent by the same; its zone and its wording stay. A field that the event does not have
 * is not there to be moved. What a lexicon had resolved no longer is what the lexicon says.
 */
export const shifted = (data: JsonObject, shift: Shift): Parsed<JsonObject> => {
  const moved: { [field: string]: Json } = {};
  for (const [field, ms] of Object.entries(withReceipt(data, shift))) {
    if (ms === undefined) continue;
    const time = EXTENT_FIELDS.includes(field) ? shiftedExtent(extentIn(data, field), ms) : shiftedInstant(data[field], ms);
    if (time === undefined) continue;
    if (!('value' in time)) return time;
    moved[field] = time.value;
  }
  return parsed(moved);
};

/** What was received when it was sent, as far as was said, is received then still. */
const withReceipt = (data: JsonObject, shift: Shift): Shift => {
  const isAlike = data['receivedAt'] !== undefined && isSame(data['receivedAt'], data['occurredAt']);
  return isAlike && shift['receivedAt'] === undefined ? { ...shift, receivedAt: shift['occurredAt'] } : shift;
};

const shiftedExtent = (stored: TimeExtent | undefined, ms: number): Parsed<JsonObject> | undefined => {
  if (stored === undefined) return undefined;
  const { resolvedBy: _, ...extent } = stored;
  const earliest = movedBy(extent.earliest, ms);
  if (!('value' in earliest)) return earliest;
  const latest = movedBy(extent.latest, ms);
  if (!('value' in latest)) return latest;
  // Who said `allowEarly` of an earlier time has said it of this one too.
  const isEarly = earliest.value < EARLIEST_EXPECTED && extent.earliest >= EARLIEST_EXPECTED;
  if (isEarly) return unparsable({ code: 'TIME_TOO_EARLY', earliest: earliest.value, floor: EARLIEST_EXPECTED });
  return parsed({ ...extent, earliest: earliest.value, latest: latest.value });
};

/** What is no text is no instant: `to` is a time of a coverage, and a party or a target of other events. */
const shiftedInstant = (stored: Json | undefined, ms: number): Parsed<Instant> | undefined =>
  typeof stored === 'string' ? movedBy(parseInstant(stored), ms) : undefined;

const outsideYears = invalid('moved so far, it lies outside the years 0000 to 9999');
const movedBy = (instant: Instant, ms: number): Parsed<Instant> => {
  const at = msOf(instant) + ms;
  return at < INSTANT_MS_MIN || at > INSTANT_MS_MAX ? outsideYears : parsed(instantFromMs(at));
};
