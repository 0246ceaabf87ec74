/** When something happened: exact instants, and extents for what a source says less exactly (domain rules, section 2). */
import { z } from 'zod';
import { clockTextOf, DAY_MS, daysInMonth, epochDayOf, HOUR_MS, MINUTE_MS, SECOND_MS } from './calendar.ts';
import { PARTS_OF_DAY, PARTS_OF_DAY_VERSION, type PartOfDay } from './parts-of-day.ts';
import { invalid, type Parsed, type ParseRefusal, parsed, unparsable } from './refusal.ts';
import { refusalIssue } from './refusing.ts';
import { safeText } from './text.ts';
import { type Disambiguation, localDays, localToEpochMs, offsetZone, ZONE_LENGTH_MAX, ZONE_TEXT, zoneOf } from './zone.ts';

// ---- Instants

const DATE = '\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])';
const HOUR_MINUTE = '(?:[01]\\d|2[0-3]):[0-5]\\d';
const INSTANT = new RegExp(`^${DATE}T${HOUR_MINUTE}:[0-5]\\d\\.\\d{3}Z$`);

/** RFC 3339 UTC with exactly three decimals, `2021-02-01T08:30:00.000Z`: 24 characters, years 0000 to 9999, so that text order is time order. */
export type Instant = string & z.core.$brand<'Instant'>;

const isInstant = (text: string): text is Instant => INSTANT.test(text) && dayExists(text);
const dayExists = (text: string): boolean => {
  const day = twoDigits(text, 8);
  return day <= 28 || day <= daysInMonth(yearOf(text), twoDigits(text, 5));
};

const twoDigits = (text: string, at: number): number => (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;
const yearOf = (text: string): number => twoDigits(text, 0) * 100 + twoDigits(text, 2);

/** Milliseconds of the wall clock whose text begins `YYYY-MM-DDThh:mm`. */
const minuteMs = (text: string): number =>
  epochDayOf(yearOf(text), twoDigits(text, 5), twoDigits(text, 8)) * DAY_MS +
  twoDigits(text, 11) * HOUR_MS +
  twoDigits(text, 14) * MINUTE_MS;

/** For text that is trusted to be canonical: stored, or made here. Throws RangeError otherwise. */
export const parseInstant = (text: string): Instant => {
  if (isInstant(text)) return text;
  throw new RangeError(`not a canonical instant: ${text}`);
};

/** Milliseconds since 1970-01-01T00:00:00Z. */
export const msOf = (instant: Instant): number =>
  minuteMs(instant) + twoDigits(instant, 17) * SECOND_MS + (instant.charCodeAt(20) - 48) * 100 + twoDigits(instant, 21);

/** The years 0000 to 9999, in ms since 1970. */
export const INSTANT_MS_MIN = epochDayOf(0, 1, 1) * DAY_MS;
export const INSTANT_MS_MAX = epochDayOf(10_000, 1, 1) * DAY_MS - 1;

/** Throws RangeError unless `ms` is an integer within the years 0000 to 9999. */
export const instantFromMs = (ms: number): Instant => {
  if (!Number.isInteger(ms) || !isWritable(ms)) throw new RangeError(`no instant of the years 0000 to 9999: ${ms} ms`);
  return instantAt(ms);
};

const isWritable = (ms: number): boolean => ms >= INSTANT_MS_MIN && ms <= INSTANT_MS_MAX;
const instantAt = (ms: number): Instant => `${clockTextOf(ms)}Z` as Instant;
const outsideYears = invalid('in UTC this lies outside the years 0000 to 9999');

/** Any RFC 3339 date-time with an offset, to the canonical text. No floor: what is exact may be a bound, or lie in the future. */
export const instantOf = (text: string): Parsed<Instant> => {
  const reading = readExact(text);
  if (!('value' in reading)) return reading;
  return isWritable(reading.value.ms) ? parsed(instantAt(reading.value.ms)) : outsideYears;
};

/** Schema of a stored instant, without a transform. */
export const instantStored = z
  .string()
  .refine(isInstant, 'not a UTC instant with three decimals')
  .meta({ format: 'date-time' })
  .brand<'Instant'>();

const CLOCK_LENGTH_MAX = 40; // the longest accepted form has 35
/** Schema of an exact instant in a request (`until`, `expiresAt`, `dueAt`, `from`, `to`), for `instantOf`. */
export const instantInput = z.string().max(CLOCK_LENGTH_MAX).meta({ format: 'date-time' });

// ---- Clock text as written

/** Three decimals count; zeros after them lose nothing and are dropped, other digits would have to be rounded and are refused. */
const CLOCK = new RegExp(`^${DATE}T${HOUR_MINUTE}(?::([0-5]\\d)(?:\\.(\\d{1,3})0{0,6})?)?(Z|[+-]${HOUR_MINUTE})?$`);

/** `ms` is of the wall clock; with an offset written, of UTC. */
type Reading = { readonly ms: number; readonly precision: 'minute' | 'second' | 'millisecond'; readonly offset?: string };

const notClockText = invalid(
  'not a date-time such as 2021-02-01T14:00:00+05:30: capital T and Z, hours 00 to 23, seconds 00 to 59, at most milliseconds',
);

const readClock = (text: string): Parsed<Reading> => {
  const match = CLOCK.exec(text);
  if (match === null) return notClockText;
  if (!dayExists(text)) return invalid(`the calendar has no day ${text.slice(0, 10)}`);
  const [, second, fraction, offset] = match;
  const localMs =
    minuteMs(text) +
    (second === undefined ? 0 : Number(second) * SECOND_MS) +
    (fraction === undefined ? 0 : Number(fraction.padEnd(3, '0')));
  const precision = fraction !== undefined ? 'millisecond' : second !== undefined ? 'second' : 'minute';
  return parsed(offset === undefined ? { ms: localMs, precision } : { ms: localMs - offsetMs(offset), precision, offset });
};

const offsetMs = (offset: string): number => {
  if (offset === 'Z') return 0;
  const ms = twoDigits(offset, 1) * HOUR_MS + twoDigits(offset, 4) * MINUTE_MS;
  return offset.charCodeAt(0) === 45 ? -ms : ms;
};

const withoutOffset = invalid('no offset: write one, as in 2021-02-01T14:00:00+05:30, or give local time with a zone');
const withoutSeconds = invalid('no seconds: RFC 3339 needs them; local time with a zone may leave them out');

const readExact = (text: string): Parsed<Reading & { readonly offset: string }> => {
  const reading = readClock(text);
  if (!('value' in reading)) return reading;
  const { ms, precision, offset } = reading.value;
  if (offset === undefined) return withoutOffset;
  return precision === 'minute' ? withoutSeconds : parsed({ ms, precision, offset });
};

// ---- Extents

/** The widest extent that each precision can justify, in milliseconds. A 25th hour and a 366th day are real; `range` claims nothing. */
export const WIDTH_MS_MAX = {
  millisecond: 0,
  second: SECOND_MS,
  minute: MINUTE_MS,
  hour: HOUR_MS,
  part_of_day: 24 * HOUR_MS,
  day: 25 * HOUR_MS,
  month: 31 * DAY_MS + HOUR_MS,
  year: 366 * DAY_MS + HOUR_MS,
  range: Number.POSITIVE_INFINITY,
} as const;

export type Precision = keyof typeof WIDTH_MS_MAX;
const precision = z.enum(['millisecond', 'second', 'minute', 'hour', 'part_of_day', 'day', 'month', 'year', 'range'] satisfies Precision[]);

/** Two ends of something known no closer; both belong to it. */
export type Bounds = { readonly earliest: Instant; readonly latest: Instant };

/** One instant somewhere in [earliest, latest]; exact if they are equal. `zone` is where its wall clock stood, `text` the source's wording. */
export type TimeExtent = Bounds & {
  readonly precision: Precision;
  readonly zone: string;
  readonly text?: string;
  readonly resolvedBy?: typeof PARTS_OF_DAY_VERSION;
};

/** Before this nothing is expected: a year was mistyped, or the sender says `allowEarly`. */
export const EARLIEST_EXPECTED: Instant = parseInstant('1995-01-01T00:00:00.000Z');
const EARLIEST_EXPECTED_MS = msOf(EARLIEST_EXPECTED);

const zoneInput = z.string().max(ZONE_LENGTH_MAX);
const clock = z.string().max(CLOCK_LENGTH_MAX);
const date = z.string().max(CLOCK_LENGTH_MAX);
const partOfDay = z.enum(['small_hours', 'morning', 'afternoon', 'evening', 'night'] satisfies PartOfDay[]);
const saidBesides = {
  text: safeText().exactOptional(),
  disambiguation: z.enum(['earlier', 'later']).exactOptional(),
  allowEarly: z.boolean().exactOptional(),
};

const atInput = z.strictObject({ at: clock, zone: zoneInput, ...saidBesides });
const dateInput = z.strictObject({ date, zone: zoneInput, ...saidBesides });
const partInput = z.strictObject({ date, part: partOfDay, to: partOfDay.exactOptional(), zone: zoneInput, ...saidBesides });
const rangeInput = z.strictObject({
  earliest: clock,
  latest: clock,
  zone: zoneInput.exactOptional(),
  precision: precision.exactOptional(),
  ...saidBesides,
});

/** The five forms in which a request says when. */
export const timeExtentInput = z.union([instantInput, atInput, dateInput, partInput, rangeInput], {
  error: 'one of: RFC 3339 text; {at, zone}; {date, zone}; {date, part, zone}; {earliest, latest}',
});
export type TimeExtentInput = z.infer<typeof timeExtentInput>;

type Draft = Omit<TimeExtent, 'earliest' | 'latest' | 'text'> & { readonly earliestMs: number; readonly latestMs: number };

/** Every form to the one extent that is stored. Total: what has no value is refused or invalid, nothing throws. */
export const parseTimeExtent = (input: TimeExtentInput): Parsed<TimeExtent> => {
  const draft = typeof input === 'string' ? draftOfExact(input) : draftOf(input);
  if (!('value' in draft)) return draft;
  const { earliestMs, latestMs, ...rest } = draft.value;
  if (!isWritable(earliestMs) || !isWritable(latestMs)) return outsideYears;
  const early = earliestMs < EARLIEST_EXPECTED_MS && (typeof input === 'string' || input.allowEarly !== true);
  const earliest = instantAt(earliestMs);
  if (early) return unparsable({ code: 'TIME_TOO_EARLY', earliest, floor: EARLIEST_EXPECTED });
  if (earliestMs === latestMs && typeof input === 'string') return parsed({ earliest, latest: earliest, ...rest });
  const extent = { earliest, latest: instantAt(latestMs), ...rest };
  const refusal = faultOf(extent);
  if (refusal !== undefined) return unparsable(refusal);
  return parsed(typeof input === 'string' || input.text === undefined ? extent : { ...extent, text: input.text });
};

/** What is wrong between the fields of an extent whose fields are each right. */
const faultOf = ({ earliest, latest, precision }: Bounds & { readonly precision: Precision }): ParseRefusal | undefined => {
  if (earliest > latest) return { code: 'TIME_REVERSED', earliest, latest };
  const widthMs = msOf(latest) - msOf(earliest);
  const widthMsMax = WIDTH_MS_MAX[precision];
  return widthMs > widthMsMax ? { code: 'PRECISION_UNJUSTIFIED', precision, widthMs, widthMsMax } : undefined;
};

const draftOf = (input: Exclude<TimeExtentInput, string>): Parsed<Draft> => {
  if ('at' in input) return draftOfLocal(input);
  if ('part' in input) return draftOfPart(input);
  return 'date' in input ? draftOfDate(input) : draftOfRange(input);
};

const draftOfExact = (text: string): Parsed<Draft> => {
  const reading = readExact(text);
  if (!('value' in reading)) return reading;
  const { ms, precision, offset } = reading.value;
  return parsed({ earliestMs: ms, latestMs: ms, precision, zone: offsetZone(offset) });
};

const draftOfLocal = (input: z.infer<typeof atInput>): Parsed<Draft> => {
  const zone = zoneOf(input.zone);
  if (!('value' in zone)) return zone;
  const reading = readClock(input.at);
  if (!('value' in reading)) return reading;
  if (reading.value.offset !== undefined) return invalid('`at` is local time in `zone`: it has no offset');
  const ms = localToEpochMs(reading.value.ms, zone.value, input.disambiguation);
  if (!('value' in ms)) return ms;
  return parsed({ earliestMs: ms.value, latestMs: ms.value, precision: reading.value.precision, zone: zone.value });
};

const draftOfDate = (input: z.infer<typeof dateInput>): Parsed<Draft> => {
  const zone = zoneOf(input.zone);
  if (!('value' in zone)) return zone;
  const days = readDate(input.date);
  if (!('value' in days)) return days;
  const bounds = localDays(days.value.first, days.value.next, zone.value);
  if (!('value' in bounds)) return bounds;
  const { start, end } = bounds.value;
  return parsed({ earliestMs: start, latestMs: end - 1, precision: days.value.precision, zone: zone.value });
};

const CALENDAR_DATE = /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?$/;

/** Days since 1970-01-01, [first, next). */
const readDate = (
  text: string,
): Parsed<{ readonly first: number; readonly next: number; readonly precision: 'day' | 'month' | 'year' }> => {
  const match = CALENDAR_DATE.exec(text);
  if (match === null) return invalid('not a date such as 2021-02-10, 2021-02 or 2021');
  const [, yearText, monthText, dayText] = match;
  const year = Number(yearText);
  if (monthText === undefined) return parsed({ first: epochDayOf(year, 1, 1), next: epochDayOf(year + 1, 1, 1), precision: 'year' });
  const month = Number(monthText);
  const monthBegins = epochDayOf(year, month, 1);
  const days = daysInMonth(year, month);
  if (dayText === undefined) return parsed({ first: monthBegins, next: monthBegins + days, precision: 'month' });
  const day = Number(dayText);
  if (day > days) return invalid(`the calendar has no day ${text}`);
  return parsed({ first: monthBegins + day - 1, next: monthBegins + day, precision: 'day' });
};

const draftOfPart = (input: z.infer<typeof partInput>): Parsed<Draft> => {
  const zone = zoneOf(input.zone);
  if (!('value' in zone)) return zone;
  const date = readDate(input.date);
  if (!('value' in date)) return date;
  if (date.value.precision !== 'day') return invalid('a part of a day needs the day: 2021-02-10');
  const { first, next } = date.value;
  const day = localDays(first, next, zone.value);
  if (!('value' in day)) return day;
  /** The day's own ends where the hour is one: midnight itself may be skipped or pass twice. */
  const at = (hour: number): Parsed<number> => {
    if (hour === 0) return parsed(day.value.start);
    return hour === 24 ? parsed(day.value.end) : localToEpochMs(first * DAY_MS + hour * HOUR_MS, zone.value, input.disambiguation);
  };
  const start = at(PARTS_OF_DAY[input.part].from);
  if (!('value' in start)) return start;
  const end = at(PARTS_OF_DAY[input.to ?? input.part].to);
  if (!('value' in end)) return end;
  const extent = { earliestMs: start.value, latestMs: end.value - 1, precision: 'part_of_day', zone: zone.value } as const;
  return parsed({ ...extent, resolvedBy: PARTS_OF_DAY_VERSION });
};

const draftOfRange = (input: z.infer<typeof rangeInput>): Parsed<Draft> => {
  const zone = input.zone === undefined ? undefined : zoneOf(input.zone);
  if (zone !== undefined && !('value' in zone)) return zone;
  const earliest = readEnd(input.earliest, zone?.value, input.disambiguation);
  if (!('value' in earliest)) return earliest;
  const latest = readEnd(input.latest, zone?.value, input.disambiguation);
  if (!('value' in latest)) return latest;
  const ends = { earliestMs: earliest.value.ms, latestMs: latest.value.ms };
  return parsed({ ...ends, precision: input.precision ?? 'range', zone: earliest.value.zone });
};

/** An instant, whose offset is the zone unless one is given; or local time in the zone given. */
const readEnd = (
  text: string,
  zone: string | undefined,
  disambiguation?: Disambiguation,
): Parsed<{ readonly ms: number; readonly zone: string }> => {
  const reading = readClock(text);
  if (!('value' in reading)) return reading;
  const { ms, precision, offset } = reading.value;
  if (offset !== undefined) return precision === 'minute' ? withoutSeconds : parsed({ ms, zone: zone ?? offsetZone(offset) });
  if (zone === undefined) return withoutOffset;
  const instant = localToEpochMs(ms, zone, disambiguation);
  return 'value' in instant ? parsed({ ms: instant.value, zone }) : instant;
};

/** Schema of a stored extent, without a transform: canonical ends, in order, no wider than the precision allows. */
export const storedTimeExtent: z.ZodType<TimeExtent> = z
  .strictObject({
    earliest: instantStored,
    latest: instantStored,
    precision,
    zone: z.string().max(ZONE_LENGTH_MAX).regex(ZONE_TEXT),
    text: safeText().exactOptional(),
    resolvedBy: z.literal(PARTS_OF_DAY_VERSION).exactOptional(),
  })
  .check(({ value, issues }) => {
    const refusal = faultOf(value);
    if (refusal !== undefined) issues.push(refusalIssue(value, refusal));
  });

// ---- What follows from extents

/** The ends in milliseconds since 1970-01-01T00:00:00Z. */
export const rangeOf = ({ earliest, latest }: Bounds): { readonly earliest: number; readonly latest: number } => {
  const earliestMs = msOf(earliest);
  return { earliest: earliestMs, latest: earliest === latest ? earliestMs : msOf(latest) };
};

/** Whether it has happened at `t`. What happens at t counts at t. */
export const happenedBy = ({ earliest, latest }: Bounds, t: Instant): 'certain' | 'possible' | 'no' => {
  if (latest <= t) return 'certain';
  return earliest <= t ? 'possible' : 'no';
};

/** For every choice of one instant from each. Neither before the other is no "at the same time": their order is undetermined. */
export const isProvablyBefore = (a: Bounds, b: Bounds): boolean => a.latest < b.earliest;

/** Bounds of the later of the two, whichever that is. */
export const laterOf = (a: Bounds, b: Bounds): Bounds => ({
  earliest: a.earliest > b.earliest ? a.earliest : b.earliest,
  latest: a.latest > b.latest ? a.latest : b.latest,
});
