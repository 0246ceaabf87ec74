/**
 * Dates and times as people write them in sheets, taken apart and not interpreted further: which day, which hour, as the mapping declares the order
 * of days and months. What reads both ways is refused, never guessed.
 */
import { daysInMonth, MONTH_NAMES } from '../../domain/calendar.ts';
import type { PartOfDay } from '../../domain/parts-of-day.ts';
import { quoted, type RowFaultCode } from './fault.ts';
import type { DateOrder } from './mapping.ts';

/** `date` is 2021-02-01, 2021-02 or 2021; `clock` is 14:00, 14:00:00 or 14:00:00.123; `offset` is +05:30. */
export type Written = {
  readonly date: string;
  readonly clock?: string;
  readonly offset?: string;
  readonly part?: PartOfDay;
};
export type WrittenFault = { readonly code: RowFaultCode; readonly detail: string };

const EXAMPLES = 'write 2021-02-01 14:00, or 1 February 2021 14:00';

/** `text` has single spaces and trimmed edges, see `plainText`. */
export const readDateText = (text: string, order: DateOrder): Written | WrittenFault => {
  const day = readDay(text, order);
  if ('code' in day) return day;
  const rest = day.rest.replace(/^(?:T(?=\d)|,? ?(?:at )?)/i, '');
  if (rest === '') return { date: day.date };
  const hour = readHour(rest);
  if ('code' in hour) return hour;
  if (day.date.length < 10) return unreadable(`an hour needs its day: ${EXAMPLES}`);
  return { date: day.date, ...hour };
};

/** White space of every kind to one space each, edges trimmed. */
export const plainText = (text: string): string => text.replace(/\s+/gu, ' ').trim();

const unreadable = (detail: string): WrittenFault => ({ code: 'DATE_UNREADABLE', detail });

// ---- The day

type Day = { readonly date: string; readonly rest: string };

const ISO = /^(\d{4})-(\d{2})(?:-(\d{2}))?(?!\d|-)/;
const YEAR = /^\d{4}$/;
const FIGURES = /^(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?![\d./-])/;
const DAY_MONTH_YEAR = /^(\d{1,2})(?:st|nd|rd|th)?[ .-]*([A-Za-z]{3,9})[ .,-]*(\d{1,4})(?!\d|:)/i;
const MONTH_DAY_YEAR = /^([A-Za-z]{3,9})[ .]*(\d{1,2})(?:st|nd|rd|th)?,? (\d{1,4})(?!\d|:)/i;
const MONTH_YEAR = /^([A-Za-z]{3,9})\.?,? (\d{4})$/i;
const WEEKDAY = /^(sun|mon|tue|wed|thu|fri|sat)[a-z]*\.?,? (?=\S)/i;
const SERIAL = /^\d{5}(?:[.,]\d+)?$/;

const readDay = (text: string, order: DateOrder): Day | WrittenFault => {
  const weekday = WEEKDAY.exec(text);
  const day = readNamedDay(weekday === null ? text : text.slice(weekday[0].length), order);
  if ('code' in day || weekday === null) return day;
  return isWeekday(day.date, weekday[1] ?? '')
    ? day
    : unreadable(`${longDate(day.date) ?? 'that day'} is no ${weekday[0].trim().replace(/[.,]+$/, '')}: correct one of the two`);
};

const readNamedDay = (text: string, order: DateOrder): Day | WrittenFault => {
  const iso = ISO.exec(text);
  if (iso !== null) return { date: iso[0], rest: text.slice(iso[0].length) };
  if (YEAR.test(text)) return { date: text, rest: '' };
  const figures = FIGURES.exec(text);
  if (figures !== null) return readFigures(figures, text, order);
  const [dayFirst, monthFirst, monthOnly] = [DAY_MONTH_YEAR.exec(text), MONTH_DAY_YEAR.exec(text), MONTH_YEAR.exec(text)];
  if (monthOnly !== null) return named(monthOnly, undefined, monthOnly[1], monthOnly[2], text);
  if (dayFirst !== null) return named(dayFirst, dayFirst[1], dayFirst[2], dayFirst[3], text);
  if (monthFirst !== null) return named(monthFirst, monthFirst[2], monthFirst[1], monthFirst[3], text);
  if (SERIAL.test(text))
    return unreadable(`a number where a date is expected: the spreadsheet has lost its form. Format the column as dates and save again`);
  return unreadable(`not a date that is read here: ${EXAMPLES}`);
};

const readFigures = (match: RegExpExecArray, text: string, order: DateOrder): Day | WrittenFault => {
  const [whole, a = '', , b = '', c = ''] = match;
  const rest = text.slice(whole.length);
  if (order === 'iso') return undeclared(a, b, c);
  const isYearFirst = a.length > 2;
  if (isYearFirst !== (order === 'year-month-day')) return otherOrder(order);
  if (isYearFirst) return dated(a, b, c, rest);
  return order === 'day-month-year' ? dated(c, b, a, rest) : dated(c, a, b, rest);
};

const DECLARE = 'say in the mapping how days and months are ordered ("dates": "day-month-year" or "month-day-year"), or write 2021-02-01';

const YEAR_FIRST = 'say in the mapping that the year stands first ("dates": "year-month-day"), or write 2021-02-01';

const undeclared = (a: string, b: string, c: string): WrittenFault => {
  const readings = [longDate(isoOf(c, b, a)), longDate(isoOf(c, a, b))].filter((reading) => reading !== undefined);
  if (a.length > 2) return { code: 'DATE_ORDER_UNDECLARED', detail: YEAR_FIRST };
  const both = readings.length === 2 && a !== b ? `reads as ${readings.join(' and as ')}: ` : '';
  return { code: 'DATE_ORDER_UNDECLARED', detail: `${both}${DECLARE}` };
};

const otherOrder = (order: DateOrder): WrittenFault =>
  unreadable(`not in the order that the mapping declares (${order}): bring it into that order, or write 2021-02-01`);

const named = (match: RegExpExecArray, day: string | undefined, monthName = '', year = '', text = ''): Day | WrittenFault => {
  const month = MONTH_NAMES.findIndex((name) => isMonth(name, monthName)) + 1;
  if (month === 0) return unreadable(`${quoted(monthName)} is no month: write the English name, as in 1 February 2021`);
  const rest = text.slice(match[0].length);
  return day === undefined ? dated(year, String(month), undefined, rest) : dated(year, String(month), day, rest);
};

const dated = (year: string, month: string, day: string | undefined, rest: string): Day | WrittenFault => {
  if (year.length !== 4) return { code: 'YEAR_SHORT', detail: `the year has ${year.length} figures: write all four, as in 2021` };
  if (Number(month) < 1 || Number(month) > 12)
    return unreadable(`there is no month ${Number(month)}: is the order of day and month as the mapping declares it?`);
  if (day !== undefined && (Number(day) < 1 || Number(day) > 31)) return unreadable(`there is no day ${Number(day)}`);
  return { date: day === undefined ? `${year}-${two(month)}` : isoOf(year, month, day), rest };
};

const two = (text: string): string => text.padStart(2, '0');
const isoOf = (year: string, month: string, day: string): string => `${year}-${two(month)}-${two(day)}`;

/** `Feb`, `february`, and `Sept`, which many write. */
const isMonth = (name: string, written: string): boolean => {
  const [whole, start] = [name.toLowerCase(), written.toLowerCase()];
  return start === whole || start === whole.slice(0, 3) || (start === 'sept' && whole === 'september');
};

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

const calendarDay = (date: string): Temporal.PlainDate | undefined => {
  const [, year, month, day] = (DATE.exec(date) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const exists = month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  return exists ? Temporal.PlainDate.from(date) : undefined;
};

const longDate = (date: string): string | undefined => {
  const day = calendarDay(date);
  return day && `${day.day} ${MONTH_NAMES[day.month - 1]} ${day.year}`;
};

/** A day that the calendar does not have is complained of elsewhere. */
const isWeekday = (date: string, name: string): boolean => {
  const day = calendarDay(date);
  return day === undefined || WEEKDAYS[day.dayOfWeek - 1] === name.toLowerCase();
};

// ---- The hour

const CLOCK = /^(\d{1,2})(?::(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?)?(?: ?([ap])\.?m\.?)?(?: ?(Z|[+-]\d{2}:\d{2}))?$/i;
const PARTS: ReadonlyMap<string, PartOfDay> = new Map([
  ['small hours', 'small_hours'],
  ['morning', 'morning'],
  ['afternoon', 'afternoon'],
  ['evening', 'evening'],
  ['night', 'night'],
]);
const HOUR_EXAMPLES = 'write 14:00, 14:00:00 or 2:00 PM; the zone belongs into the mapping or into a column of its own';

/** The hour in a cell of its own, or after the day. */
export const readHour = (text: string): Omit<Written, 'date'> | WrittenFault => {
  const part = PARTS.get(text.toLowerCase().replace(/^(?:in|at) (?:the )?/, ''));
  if (part !== undefined) return { part };
  const match = CLOCK.exec(text);
  if (match === null) return unreadable(`${quoted(text)} is not an hour that is read here: ${HOUR_EXAMPLES}`);
  const [, hourText = '', minute, second, fraction, half, offset] = match;
  if (minute === undefined && half === undefined) return unreadable(`${quoted(text)} is not an hour that is read here: ${HOUR_EXAMPLES}`);
  const hour = hourOf(Number(hourText), half);
  if (hour === undefined || Number(minute ?? 0) > 59 || Number(second ?? 0) > 59)
    return unreadable(`there is no hour ${text}: ${HOUR_EXAMPLES}`);
  const seconds = second === undefined ? '' : `:${second}${fraction === undefined ? '' : `.${fraction}`}`;
  const clock = `${two(String(hour))}:${minute ?? '00'}${seconds}`;
  return offset === undefined ? { clock } : { clock, offset: offset.toUpperCase() === 'Z' ? '+00:00' : offset };
};

/** Noon is 12 PM, midnight 12 AM. */
const hourOf = (hour: number, half: string | undefined): number | undefined => {
  if (half === undefined) return hour <= 23 ? hour : undefined;
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
};
