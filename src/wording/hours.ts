/** Hours as people read them: never without their zone, and never more exact than the source. */
import { counted, cut, safe } from './text.ts';

/** One instant in a closed range; `text` is the source's wording, `resolvedBy` the lexicon by which it was read. */
export type Extent = {
  readonly earliest: string;
  readonly latest: string;
  readonly precision?: string | undefined;
  readonly text?: string | undefined;
  readonly resolvedBy?: string | undefined;
};

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** Each region's English knows the short names of its own zones only. */
const REGIONS = ['en-IN', 'en-GB', 'en-US', 'en-AU', 'en-NZ', 'en-ZA'];

const two = (number: number): string => String(number).padStart(2, '0');
const zoned = (instant: string, zone: string): Temporal.ZonedDateTime => Temporal.Instant.from(instant).toZonedDateTimeISO(zone);

/** `IST`; where no short name is in use, `UTC+03:00`. */
export const zoneName = (zone: string, instant: string): string => {
  const { offset, epochMilliseconds } = zoned(instant, zone);
  if (/^[+-]/.test(zone)) return `UTC${offset}`;
  for (const region of REGIONS) {
    const parts = formatOf(region, zone).formatToParts(epochMilliseconds);
    const name = parts.find(({ type }) => type === 'timeZoneName')?.value;
    if (name !== undefined && /^[A-Z]{2,5}$/.test(name)) return name;
  }
  return `UTC${offset}`;
};

/** To make one takes longer than to use it a hundred times, and a long table has a thousand hours. */
const formats = new Map<string, Intl.DateTimeFormat>();
const FORMATS_MAX = 1_000; // more than there are zones in use at once
const formatOf = (region: string, zone: string): Intl.DateTimeFormat => {
  const name = `${region} ${zone}`;
  const format = formats.get(name) ?? new Intl.DateTimeFormat(region, { timeZone: zone, timeZoneName: 'short' });
  if (formats.size >= FORMATS_MAX) formats.clear();
  formats.set(name, format);
  return format;
};

/** `IST = Asia/Kolkata, UTC+05:30`, once on a screen. */
export const zoneNote = (zone: string, instant: string): string => {
  const name = zoneName(zone, instant);
  const offset = `UTC${zoned(instant, zone).offset}`;
  return name === offset ? offset : `${name} = ${zone}, ${offset}`;
};

const dayOf = ({ day, month }: Temporal.ZonedDateTime): string => `${day} ${MONTHS[month - 1]}`;
const clockOf = ({ hour, minute, second, millisecond }: Temporal.ZonedDateTime): string => {
  const seconds = second === 0 && millisecond === 0 ? '' : `:${two(second)}`;
  return `${two(hour)}:${two(minute)}${seconds}${millisecond === 0 ? '' : `.${String(millisecond).padStart(3, '0')}`}`;
};

/** `words`: with those of the source, where it has any. */
type Written = { readonly year: boolean; readonly words?: boolean };

/** `1 Feb 2021 14:00 IST` */
export const hourOf = (instant: string, zone: string, { year }: Written = { year: true }): string => {
  const local = zoned(instant, zone);
  return `${dayOf(local)} ${year ? `${local.year} ` : ''}${clockOf(local)} ${zoneName(zone, instant)}`;
};

/** When something was recorded is exact, and shown so: typed as a point of knowledge, it is to find what was known then. */
export const recordedHour = (instant: string, zone: string): string => hourOf(instant, zone);

/** The last instant of a range, as the hour that it does not reach any more: `10 Feb 2021 24:00 IST`. Any other instant as it is. */
export const endHourOf = (instant: string, zone: string): string => {
  if (zoned(instant, zone).millisecond !== 999) return hourOf(instant, zone);
  const { day, clock, year } = endParts(instant, zone);
  return `${day} ${year} ${clock} ${zoneName(zone, instant)}`;
};

const endParts = (instant: string, zone: string) => {
  const last = zoned(instant, zone);
  const end = last.millisecond === 999 ? last.add({ milliseconds: 1 }) : last;
  const isMidnight = end.hour === 0 && end.minute === 0 && end.second === 0 && end.millisecond === 0;
  const local = isMidnight ? end.subtract({ days: 1 }) : end;
  return { day: dayOf(local), year: local.year, clock: isMidnight ? '24:00' : clockOf(end), date: local.toPlainDate() };
};

/** `13 Feb 2021` */
export const dayText = (instant: string, zone: string): string => {
  const local = zoned(instant, zone);
  return `${dayOf(local)} ${local.year}`;
};

/** `13 Feb 2021`, or the days between which it lies. */
export const daysOf = ({ earliest, latest }: Extent, zone: string): string => {
  const [from, to] = [zoned(earliest, zone), zoned(latest, zone)];
  const isOneDay = from.toPlainDate().equals(to.toPlainDate());
  return isOneDay ? `on ${dayText(earliest, zone)}` : `between ${dayText(earliest, zone)} and ${dayText(latest, zone)}`;
};

const TEXT_LENGTH_MAX = 60;

/**
 * `10 Feb 2021 17:00–24:00 IST, hour not known`: the end of a range is shown as the hour that it does not reach any more. With the source's words:
 * `10 Feb 2021, "on Wednesday evening" (read as 17:00–24:00 IST, parts-of-day@1)`.
 */
export const extentOf = (extent: Extent, zone: string, written: Written = { year: true }): string => {
  const { earliest, latest, text, resolvedBy } = extent;
  const quoted = text === undefined || written.words === false ? '' : `, "${cut(safe(text), TEXT_LENGTH_MAX)}"`;
  if (earliest === latest) return `${hourOf(earliest, zone, written)}${quoted}`;
  const month = someTimeIn(extent, zone);
  if (month !== undefined) return `some time in ${month} (${zoneName(zone, earliest)}), day not known${quoted}`;
  const from = zoned(earliest, zone);
  const end = endParts(latest, zone);
  const day = `${dayOf(from)}${written.year ? ` ${from.year}` : ''}`;
  const isOneDay = end.date.equals(from.toPlainDate());
  const to = isOneDay ? end.clock : `${end.day} ${written.year ? `${end.year} ` : ''}${end.clock}`;
  const hours = `${clockOf(from)}–${to} ${zoneName(zone, earliest)}`;
  if (quoted === '' || resolvedBy === undefined) return `${day} ${hours}, hour not known${quoted}`;
  if (isOneDay) return `${day}${quoted} (read as ${hours}, ${resolvedBy})`;
  return `${quoted.slice(2)} (read as ${day} ${hours}, ${resolvedBy})`;
};

/** The month or year of which the source says no more. */
const someTimeIn = ({ earliest, precision }: Extent, zone: string): string | undefined => {
  const from = zoned(earliest, zone);
  if (from.day !== 1 || !from.equals(from.startOfDay())) return undefined;
  if (precision === 'month') return `${MONTHS[from.month - 1]} ${from.year}`;
  return precision === 'year' && from.month === 1 ? `${from.year}` : undefined;
};

/** `5 h 50 m` */
export const durationOf = (ms: number): string => {
  const minutes = Math.round(ms / 60_000);
  const hours = Math.floor(minutes / 60);
  return [hours > 0 ? `${counted(hours)} h` : '', minutes % 60 > 0 || hours === 0 ? `${minutes % 60} m` : '']
    .filter((part) => part !== '')
    .join(' ');
};

export const msOf = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds;
export const msBetween = (from: string, to: string): number => msOf(to) - msOf(from);

/** `1 Feb` */
export const monthDay = (ms: number, zone: string): string => dayOf(Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone));

const DAYS_MAX = 1_000;
/** Beginnings of the local days in [from, to), in ms since 1970; at most a thousand. */
export const midnights = (from: string, to: string, zone: string): readonly number[] => {
  const found: number[] = [];
  const first = zoned(from, zone).startOfDay();
  for (let day = 0; day < DAYS_MAX; day += 1) {
    const midnight = first.add({ days: day }).epochMilliseconds;
    if (midnight >= msOf(to)) break;
    if (midnight >= msOf(from)) found.push(midnight);
  }
  return found;
};
