/** When a row says that something happened: as written, in the zone and the order declared, and refused where it reads two ways. */
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/domain/json.ts';
import { readBackOf } from '../../support/read-back.ts';
import { compiled, detailOf, entry, factsIn, local, refusedAs, row, withheld } from './sheet.ts';

type When = Parameters<typeof row>[0][string];
const reading = (when: When, more: JsonObject = {}, column: JsonObject = {}, cells: Parameters<typeof row>[0] = {}) =>
  compiled([entry({ ...withheld, occurredAt: { column: 'When', as: 'time', ...column } })], more).read(
    row({ Handle: '@synthetic', When: when, ...cells }),
  );
const extentFor = (...asked: Parameters<typeof reading>) => factsIn(reading(...asked))[0]?.command.data['occurredAt'];
const wordsFor = (...asked: Parameters<typeof reading>) => {
  const data = factsIn(reading(...asked))[0]?.command.data ?? {};
  return readBackOf(data, 'Asia/Kolkata').times.find(({ field }) => field === 'occurredAt')?.words;
};

const FIRST_OF_FEBRUARY_TWO = {
  earliest: '2021-02-01T08:30:00.000Z',
  latest: '2021-02-01T08:30:00.000Z',
  precision: 'minute',
  zone: 'Asia/Kolkata',
};

describe('a date and time in a cell', () => {
  it.each([
    '01/02/2021 14:00',
    '1.2.2021 14:00',
    '01-02-2021 2:00 PM',
    '01/02/2021, 2:00 p.m.',
    '1 February 2021 14:00',
    '1 Feb 2021, 14:00',
    '1st February 2021 at 2 PM',
    'Feb 1, 2021 14:00',
    'Monday, 1 February 2021 14:00',
    'Mon 1-Feb-2021 14:00',
    '2021-02-01 14:00',
    '2021-02-01T14:00',
    '01/02/2021\u00a014:00',
  ])('%s is read as one minute in the zone declared', (when) => {
    expect(extentFor(when)).toEqual(FIRST_OF_FEBRUARY_TWO);
  });

  it('of a spreadsheet is wall clock in the zone declared', () => {
    expect(extentFor(local('2021-02-01T14:00:00'))).toEqual(FIRST_OF_FEBRUARY_TWO);
    expect(extentFor(local('2021-02-01T14:00:30'))).toMatchObject({ earliest: '2021-02-01T08:30:30.000Z', precision: 'second' });
    expect(extentFor(local('2021-02-01'))).toMatchObject({ earliest: '2021-01-31T18:30:00.000Z', precision: 'day' });
  });

  it('keeps the precision that was written', () => {
    expect(extentFor('01/02/2021 14:00:00')).toMatchObject({ precision: 'second' });
    expect(extentFor('2021-02-01 14:00:00.250')).toMatchObject({ precision: 'millisecond' });
    expect(extentFor('01/02/2021')).toMatchObject({
      precision: 'day',
      earliest: '2021-01-31T18:30:00.000Z',
      latest: '2021-02-01T18:29:59.999Z',
    });
    expect(extentFor('February 2021')).toMatchObject({ precision: 'month' });
    expect(extentFor('2021-02')).toMatchObject({ precision: 'month' });
    expect(extentFor('2021')).toMatchObject({ precision: 'year' });
  });

  it('keeps the words of a part of the day', () => {
    expect(extentFor('10 February 2021, evening')).toMatchObject({
      precision: 'part_of_day',
      resolvedBy: 'parts-of-day@1',
      earliest: '2021-02-10T11:30:00.000Z',
      text: '10 February 2021, evening',
    });
  });

  it('is noon at 12 PM and midnight at 12 AM', () => {
    expect(extentFor('01/02/2021 12:00 PM')).toMatchObject({ earliest: '2021-02-01T06:30:00.000Z' });
    expect(extentFor('01/02/2021 12:00 AM')).toMatchObject({ earliest: '2021-01-31T18:30:00.000Z' });
  });

  it('with an offset of its own needs no zone', () => {
    const none = { zone: undefined };
    expect(extentFor('2021-02-01T14:00:00+05:30', none)).toMatchObject({ earliest: '2021-02-01T08:30:00.000Z', zone: '+05:30' });
    expect(extentFor('2021-02-01T08:30:00Z', none)).toMatchObject({ earliest: '2021-02-01T08:30:00.000Z', zone: '+00:00' });
  });

  it('is ordered as declared: the first of February, or the second of January', () => {
    expect(wordsFor('01/02/2021 14:00')).toBe('1 February 2021, 14:00 IST');
    expect(wordsFor('01/02/2021 14:00', { dates: 'month-day-year' })).toBe('2 January 2021, 14:00 IST');
    expect(wordsFor('2021/02/01 14:00', { dates: 'year-month-day' })).toBe('1 February 2021, 14:00 IST');
    expect(wordsFor('01/02/2021 14:00', { dates: 'iso' }, { dates: 'month-day-year' })).toBe('2 January 2021, 14:00 IST');
  });

  it('takes its hour from a column of its own', () => {
    const clock = { clock: 'Hour' };
    expect(wordsFor('01/02/2021', {}, clock, { Hour: '14:00' })).toBe('1 February 2021, 14:00 IST');
    expect(wordsFor(local('2021-02-01'), {}, clock, { Hour: local('1899-12-30T14:00:00') })).toBe('1 February 2021, 14:00 IST');
    expect(wordsFor('01/02/2021', {}, clock)).toBe('1 February 2021 (IST), hour not known');
    expect(wordsFor('10/02/2021', {}, clock, { Hour: 'evening' })).toBe('between 10 February 2021, 17:00 and 24:00 IST');
    expect(refusedAs(reading('01/02/2021', {}, clock, { Hour: '14h' }))).toEqual(['Hour DATE_UNREADABLE 14h']);
    expect(refusedAs(reading('01/02/2021 13:00', {}, clock, { Hour: '14:00' }))).toEqual(['When DATE_UNREADABLE 01/02/2021 13:00']);
  });

  it('takes its zone from a column of its own', () => {
    const zone = { zone: { column: 'Zone' } };
    expect(wordsFor('01/02/2021 14:00', {}, zone, { Zone: 'Europe/Berlin' })).toBe('1 February 2021, 14:00 CET');
    expect(refusedAs(reading('01/02/2021 14:00', {}, zone, { Zone: 'Indien' }))).toEqual(['Zone TIME_ZONE_UNKNOWN Indien']);
    expect(refusedAs(reading('01/02/2021 14:00', {}, zone))).toEqual(['Zone CELL_BLANK null']);
  });
});

describe('a date that is refused', () => {
  const refusal = (...asked: Parameters<typeof reading>) => refusedAs(reading(...asked))[0]?.split(' ')[1];

  it('says both ways in which it reads, if no order is declared', () => {
    const undeclared = reading('01/02/2021 14:00', { dates: undefined });
    expect(refusedAs(undeclared)).toEqual(['When DATE_ORDER_UNDECLARED 01/02/2021 14:00']);
    expect(detailOf(undeclared)).toContain('1 February 2021 and as 2 January 2021');
    expect(refusal('13/02/2021', { dates: undefined })).toBe('DATE_ORDER_UNDECLARED');
  });

  it('is told of the declaration that would read it, where the year stands first', () => {
    expect(detailOf(reading('2021/2/1', { dates: undefined }))).toContain('"dates": "year-month-day"');
    expect(wordsFor('2021/2/1', { dates: 'year-month-day' })).toBe('1 February 2021 (IST), hour not known');
  });

  it.each([
    ['01/02/21', 'YEAR_SHORT'],
    ['1 Feb 21', 'YEAR_SHORT'],
    ['13/14/2021', 'DATE_UNREADABLE'],
    ['02/13/2021', 'DATE_UNREADABLE'],
    ['31/02/2021', 'FIELD_INVALID'],
    ['2021-02-30', 'FIELD_INVALID'],
    ['2021/02/01', 'DATE_UNREADABLE'],
    ['1 Februar 2021', 'DATE_UNREADABLE'],
    ['Tuesday, 1 February 2021', 'DATE_UNREADABLE'],
    ['44228', 'DATE_UNREADABLE'],
    ['44228.583', 'DATE_UNREADABLE'],
    ['01/02/2021 14:00 IST', 'DATE_UNREADABLE'],
    ['01/02/2021 14', 'DATE_UNREADABLE'],
    ['01/02/2021 24:00', 'DATE_UNREADABLE'],
    ['01/02/2021 14:00 PM', 'DATE_UNREADABLE'],
    ['01/02/2021 0:30 AM', 'DATE_UNREADABLE'],
    ['01/02/2021 14:60', 'DATE_UNREADABLE'],
    ['01/02/2021-03/02/2021', 'DATE_UNREADABLE'],
    ['01/02-2021', 'DATE_UNREADABLE'],
    ['1/2/2021/3', 'DATE_UNREADABLE'],
    ['February 2021 14:00', 'DATE_UNREADABLE'],
    ['tomorrow', 'DATE_UNREADABLE'],
    ['01/02/1021', 'TIME_TOO_EARLY'],
    [`${'1'.repeat(5_000)}/02/2021`, 'DATE_UNREADABLE'],
    [44_228, 'DATE_UNREADABLE'],
    [true, 'CELL_KIND'],
  ] as const)('%s: %s', (when, code) => {
    expect(refusal(when)).toBe(code);
  });

  it('has no zone', () => {
    expect(refusal('01/02/2021 14:00', { zone: undefined })).toBe('ZONE_UNSTATED');
  });

  it('falls where clocks were changed, unless the mapping says which is meant', () => {
    const berlin = { zone: 'Europe/Berlin' };
    expect(refusal('28/03/2021 02:30', berlin)).toBe('LOCAL_TIME_AMBIGUOUS');
    expect(refusal('31/10/2021 02:30', berlin)).toBe('LOCAL_TIME_AMBIGUOUS');
    expect(extentFor('31/10/2021 02:30', berlin, { disambiguation: 'later' })).toMatchObject({ earliest: '2021-10-31T01:30:00.000Z' });
  });

  it('can be early, if the mapping says so', () => {
    expect(extentFor('01/02/1950', {}, { allowEarly: true })).toMatchObject({ precision: 'day' });
  });
});

describe('an instant that acts by itself', () => {
  const until = (text: string, more: JsonObject = {}) =>
    compiled([entry({ ...withheld, until: { column: 'Until', as: 'instant', ...more } })]).read(
      row({ Handle: '@a', When: '01/02/2021', Until: text }),
    );

  it('is a minute in the zone', () => {
    expect(factsIn(until('03/02/2021 14:00'))[0]?.command.data['until']).toBe('2021-02-03T08:30:00.000Z');
  });

  it('is refused without an hour, and where clocks were changed', () => {
    expect(refusedAs(until('03/02/2021'))).toEqual(['Until DATE_WITHOUT_HOUR 03/02/2021']);
    expect(refusedAs(until('28/03/2021 02:30', { zone: 'Europe/Berlin' }))).toEqual(['Until LOCAL_TIME_AMBIGUOUS 28/03/2021 02:30']);
    expect(refusedAs(until('31/02/2021 02:30'))).toEqual(['Until DATE_UNREADABLE 31/02/2021 02:30']);
  });
});
