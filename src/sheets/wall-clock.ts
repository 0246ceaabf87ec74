/** The wall clock that a date cell of a workbook shows. It has no zone: whose clock it is, the mapping says. */
import type { Shows } from './number-formats.ts';
import type { Cell } from './row.ts';

export type WallClock = Cell | { readonly kind: 'none'; readonly detail: string };

const SECONDS_A_DAY = 86_400;
const DAY_0 = Temporal.PlainDateTime.from('1899-12-30T00:00:00');
const DAYS_FROM_1900_TO_1904 = 1_462;
const DAY_FIRST = 61; // before it, spreadsheets count a 29 February 1900, which never was
const DAY_BEYOND = 2_958_466; // 1 January 10000

/** `serial`: days and their fraction. To the second, since the fraction of a day misses one by less than that. */
export const wallClockOf = (serial: number, shows: Shows, countsFrom1904: boolean): WallClock => {
  if (shows === 'length') return none('The cell shows a length of time, and no day. Write the day and the time.');
  const days = countsFrom1904 ? serial + DAYS_FROM_1900_TO_1904 : serial;
  if (shows === 'time' && serial >= 0 && serial < 1)
    return none('The cell has a time and no day. Write the day with it, or the time as text.');
  if (!(days >= DAY_FIRST && days < DAY_BEYOND)) return none('The cell shows a date that no calendar has. Write the date anew.');
  const seconds = Math.round(days * SECONDS_A_DAY);
  const local = DAY_0.add({ days: Math.floor(seconds / SECONDS_A_DAY), seconds: seconds % SECONDS_A_DAY }).toString({
    smallestUnit: 'second',
  });
  return { kind: 'local', local, hasTime: shows !== 'date' || seconds % SECONDS_A_DAY !== 0 };
};

const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;
const ISO_CLOCK = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/;

/** Of a cell whose date is written out (ISO 8601). With an offset it would be no wall clock. */
export const wallClockWritten = (written: string): WallClock => {
  if (!ISO_DAY.test(written) && !ISO_CLOCK.test(written))
    return none('The cell holds a date in a form that is not read. Write the date anew, or as text.');
  try {
    const local = Temporal.PlainDateTime.from(written, { overflow: 'reject' }).round('second').toString({ smallestUnit: 'second' });
    return { kind: 'local', local, hasTime: !ISO_DAY.test(written) };
  } catch (cause) {
    if (cause instanceof RangeError) return none('The cell shows a date that no calendar has. Write the date anew.');
    throw cause;
  }
};

const none = (detail: string): WallClock => ({ kind: 'none', detail });
