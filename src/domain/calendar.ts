/** The proleptic Gregorian calendar of ISO 8601 as arithmetic on numbers: what every instant passes through, so without objects. */

export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;
export const MINUTE_MS = 60_000;
export const SECOND_MS = 1_000;

/** 1970-01-01 counted in days from 0000-01-01. */
const EPOCH_DAY_FROM_YEAR_0 = 719_528;
const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334] as const;

export type CalendarDay = { readonly year: number; readonly month: number; readonly day: number };

const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** Year 0 to 9999, month 1 to 12. */
export const daysInMonth = (year: number, month: number): number => {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
};

/** Days from 0000-01-01 to the first of January of `year` (0 or later). Year 0 is itself a leap year. */
const daysBeforeYear = (year: number): number => {
  const last = year - 1;
  return 365 * year + Math.floor(last / 4) - Math.floor(last / 100) + Math.floor(last / 400) + 1;
};

const daysBeforeMonth = (year: number, month: number): number =>
  (DAYS_BEFORE_MONTH[month - 1] ?? 0) + (month > 2 && isLeapYear(year) ? 1 : 0);

/** Days since 1970-01-01 of a day that exists. */
export const epochDayOf = (year: number, month: number, day: number): number =>
  daysBeforeYear(year) - EPOCH_DAY_FROM_YEAR_0 + daysBeforeMonth(year, month) + day - 1;

/** The inverse of `epochDayOf`, for days from 0000-01-01 on. */
export const calendarDayOf = (epochDay: number): CalendarDay => {
  const sinceYear0 = epochDay + EPOCH_DAY_FROM_YEAR_0;
  let year = Math.floor(sinceYear0 / 365.2425); // the mean year: at most one off, either way
  if (daysBeforeYear(year) > sinceYear0) year -= 1;
  else if (daysBeforeYear(year + 1) <= sinceYear0) year += 1;
  const dayOfYear = sinceYear0 - daysBeforeYear(year);
  let month = Math.min(12, Math.floor(dayOfYear / 28) + 1); // no month is shorter than 28 days: never too low
  while (daysBeforeMonth(year, month) > dayOfYear) month -= 1;
  return { year, month, day: dayOfYear - daysBeforeMonth(year, month) + 1 };
};

const two = (value: number): string => (value < 10 ? `0${value}` : `${value}`);

/** `2021-02-10T11:30:00.000` of milliseconds since 1970-01-01T00:00, for years 0000 to 9999. No zone is written: the caller knows which. */
export const clockTextOf = (ms: number): string => {
  const epochDay = Math.floor(ms / DAY_MS);
  const { year, month, day } = calendarDayOf(epochDay);
  const inDay = ms - epochDay * DAY_MS;
  const hour = Math.floor(inDay / HOUR_MS);
  const minute = Math.floor(inDay / MINUTE_MS) % 60;
  const second = Math.floor(inDay / SECOND_MS) % 60;
  const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
  return `${date}T${two(hour)}:${two(minute)}:${two(second)}.${String(inDay % SECOND_MS).padStart(3, '0')}`;
};

/** In English, as people write them out; January first. */
export const MONTH_NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
