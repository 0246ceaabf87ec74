import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Parsed } from '../../src/domain/refusal.ts';
import { refusalOf, refusing } from '../../src/domain/refusing.ts';
import {
  EARLIEST_EXPECTED,
  happenedBy,
  type Instant,
  instantFromMs,
  instantInput,
  instantOf,
  instantStored,
  isProvablyBefore,
  laterOf,
  msOf,
  type Precision,
  parseInstant,
  parseTimeExtent,
  rangeOf,
  storedTimeExtent,
  type TimeExtent,
  type TimeExtentInput,
  timeExtentInput,
  WIDTH_MS_MAX,
} from '../../src/domain/time.ts';
import { zone, zoneOf } from '../../src/domain/zone.ts';

const IST = 'Asia/Kolkata';
const NEW_YORK = 'America/New_York';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const extentOf = (input: TimeExtentInput): TimeExtent => {
  const answer = parseTimeExtent(input);
  if ('value' in answer) return answer.value;
  throw new Error(JSON.stringify(answer));
};
const ends = (input: TimeExtentInput): readonly [string, string] => {
  const { earliest, latest } = extentOf(input);
  return [earliest, latest];
};
const codeOf = (answer: Parsed<unknown>): string => {
  if ('refusal' in answer) return answer.refusal.code;
  return 'invalid' in answer ? 'invalid' : 'accepted';
};
const outcome = (input: TimeExtentInput): string => codeOf(parseTimeExtent(input));
const t = (text: string): Instant => parseInstant(text);

const MS_MIN = Temporal.Instant.from('0000-01-01T00:00:00Z').epochMilliseconds;
const MS_MAX = Temporal.Instant.from('9999-12-31T23:59:59.999Z').epochMilliseconds;
const anyMs = fc.oneof(
  fc.integer({ min: MS_MIN, max: MS_MAX }),
  fc.integer({ min: Date.UTC(1995, 0), max: Date.UTC(2050, 0) }),
  fc.constantFrom(MS_MIN, MS_MAX, -1, 0, 1, 951_782_399_999, 951_782_400_000),
);
const modernMs = fc.integer({ min: Date.UTC(1995, 0, 2), max: Date.UTC(2090, 0) });
const canonical = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString({ fractionalSecondDigits: 3 });

describe('a canonical instant', () => {
  it.each([
    '1970-01-01T00:00:00.000Z',
    '2020-02-29T23:59:59.999Z',
    '2000-02-29T00:00:00.000Z',
    '0000-02-29T00:00:00.000Z',
    '9999-12-31T23:59:59.999Z',
  ])('is %s', (text) => {
    expect(parseInstant(text)).toBe(text);
    expect(msOf(t(text))).toBe(Temporal.Instant.from(text).epochMilliseconds);
  });

  it.each([
    '',
    '2021-02-30T00:00:00.000Z',
    '2021-02-29T00:00:00.000Z',
    '1900-02-29T00:00:00.000Z',
    '2021-04-31T00:00:00.000Z',
    '2021-13-01T00:00:00.000Z',
    '2021-00-01T00:00:00.000Z',
    '2021-01-00T00:00:00.000Z',
    '2021-01-32T00:00:00.000Z',
    '2021-01-01T24:00:00.000Z',
    '2021-01-01T23:60:00.000Z',
    '2021-01-01T23:59:60.000Z',
    '2021-01-01T00:00:00Z',
    '2021-01-01T00:00:00.00Z',
    '2021-01-01T00:00:00.0000Z',
    '2021-01-01T00:00:00.000+00:00',
    '2021-01-01t00:00:00.000Z',
    '2021-01-01T00:00:00.000z',
    '2021-01-01 00:00:00.000Z',
    ' 2021-01-01T00:00:00.000Z',
    '2021-01-01T00:00:00.000Z\n',
    '+10000-01-01T00:00:00.000Z',
    '-0001-01-01T00:00:00.000Z',
    '٢021-01-01T00:00:00.000Z',
  ])('is not %j', (text) => {
    expect(() => parseInstant(text)).toThrow(RangeError);
    expect(instantStored.safeParse(text).success).toBe(false);
  });

  it('is to milliseconds and back the same, and agrees with Temporal', () => {
    fc.assert(
      fc.property(anyMs, (ms) => {
        const instant = instantFromMs(ms);
        expect(instant).toBe(canonical(ms));
        expect(msOf(instant)).toBe(ms);
        expect(parseInstant(instant)).toBe(instant);
        expect(instantStored.parse(instant)).toBe(instant);
        expect(instantOf(instant)).toEqual({ value: instant });
      }),
      { numRuns: 2_000 },
    );
  });

  it('sorts as text in the order of time', () => {
    fc.assert(fc.property(anyMs, anyMs, (a, b) => instantFromMs(a) < instantFromMs(b) === a < b));
  });

  it('has the first and last day of every month of four centuries right', () => {
    for (let year = 1999; year < 2401; year += 1) {
      for (let month = 1; month <= 12; month += 1) {
        const first = Temporal.PlainDate.from({ year, month, day: 1 });
        for (const day of [first, first.with({ day: first.daysInMonth })]) {
          const text = `${day.toString()}T00:00:00.000Z`;
          expect(msOf(t(text))).toBe(Temporal.Instant.from(text).epochMilliseconds);
        }
      }
    }
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 0.5, MS_MIN - 1, MS_MAX + 1])('is made of no such number as %s', (ms) => {
    expect(() => instantFromMs(ms)).toThrow(RangeError);
  });
});

describe('an exact instant in a request', () => {
  it.each([
    ['2021-02-01T14:00:00+05:30', '2021-02-01T08:30:00.000Z'],
    ['2021-02-01T14:00:00Z', '2021-02-01T14:00:00.000Z'],
    ['2021-02-01T14:00:00-00:00', '2021-02-01T14:00:00.000Z'],
    ['2021-02-01T14:00:00.5+00:00', '2021-02-01T14:00:00.500Z'],
    ['2021-02-01T14:00:00.050Z', '2021-02-01T14:00:00.050Z'],
    ['2021-02-01T14:00:00.123000Z', '2021-02-01T14:00:00.123Z'],
    ['2021-02-01T14:00:00.100000000Z', '2021-02-01T14:00:00.100Z'],
    ['2021-01-01T00:00:00+14:00', '2020-12-31T10:00:00.000Z'],
    ['2020-02-28T23:30:00-01:00', '2020-02-29T00:30:00.000Z'],
    ['2021-12-31T23:59:59-00:01', '2022-01-01T00:00:59.000Z'],
    ['1850-01-01T00:00:00Z', '1850-01-01T00:00:00.000Z'],
  ])('%s is %s', (text, instant) => {
    expect(instantOf(text)).toEqual({ value: instant });
  });

  it.each([
    ['without a zone', '2021-02-01T14:00:00'],
    ['without seconds', '2021-02-01T14:00+05:30'],
    ['30 February', '2021-02-30T14:00:00Z'],
    ['hour 24', '2021-02-01T24:00:00Z'],
    ['a leap second', '2016-12-31T23:59:60Z'],
    ['a lower-case t', '2021-02-01t14:00:00Z'],
    ['a lower-case z', '2021-02-01T14:00:00z'],
    ['a space', '2021-02-01 14:00:00Z'],
    ['a year beyond 9999', '10000-01-01T00:00:00Z'],
    ['a signed year', '+002021-02-01T14:00:00Z'],
    ['an instant after year 9999', '9999-12-31T23:59:59-00:01'],
    ['an instant before year 0', '0000-01-01T00:00:00+00:01'],
    ['microseconds', '2021-02-01T14:00:00.123456Z'],
    ['nanoseconds with a digit at the end', '2021-02-01T14:00:00.100000001Z'],
    ['a point without digits', '2021-02-01T14:00:00.Z'],
    ['a comma', '2021-02-01T14:00:00,5Z'],
    ['an offset without a colon', '2021-02-01T14:00:00+0530'],
    ['an offset of 24 hours', '2021-02-01T14:00:00+24:00'],
    ['an offset of 60 minutes', '2021-02-01T14:00:00+05:60'],
    ['an offset with seconds', '2021-02-01T14:00:00+05:30:00'],
    ['a real minus', '2021-02-01T14:00:00−05:00'],
    ['a zone in brackets', '2021-02-01T14:00:00+05:30[Asia/Kolkata]'],
    ['a date', '2021-02-01'],
    ['a week date', '2021-W05-1T14:00:00Z'],
    ['words', 'yesterday'],
    ['nothing', ''],
    ['a line feed at the end', '2021-02-01T14:00:00Z\n'],
  ])('with %s is no form of it', (_what, text) => {
    expect(codeOf(instantOf(text))).toBe('invalid');
    expect(outcome(text)).toBe('invalid');
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[-0-9T:.Z+]{0,30}$/)), (text) => {
        instantOf(text);
        parseTimeExtent(text);
        parseTimeExtent({ at: text, zone: text });
        parseTimeExtent({ date: text, zone: IST });
        parseTimeExtent({ earliest: text, latest: text, zone: text });
      }),
    );
  });
});

describe('an exact time', () => {
  it.each<[TimeExtentInput, string, Precision, string]>([
    ['2021-02-01T14:00:00+05:30', '2021-02-01T08:30:00.000Z', 'second', '+05:30'],
    ['2021-02-01T14:00:00.0+05:30', '2021-02-01T08:30:00.000Z', 'millisecond', '+05:30'],
    ['2021-02-01T14:00:00Z', '2021-02-01T14:00:00.000Z', 'second', '+00:00'],
    ['2021-02-01T14:00:00-00:00', '2021-02-01T14:00:00.000Z', 'second', '+00:00'],
    [{ at: '2021-02-01T14:00', zone: IST }, '2021-02-01T08:30:00.000Z', 'minute', IST],
    [{ at: '2021-02-01T14:00:07', zone: IST }, '2021-02-01T08:30:07.000Z', 'second', IST],
    [{ at: '2021-02-01T14:00:07.25', zone: '+05:45' }, '2021-02-01T08:15:07.250Z', 'millisecond', '+05:45'],
    [{ at: '2021-07-01T00:00', zone: NEW_YORK }, '2021-07-01T04:00:00.000Z', 'minute', NEW_YORK],
    [{ at: '2020-02-29T00:00', zone: 'UTC' }, '2020-02-29T00:00:00.000Z', 'minute', 'UTC'],
  ])('%j', (input, instant, precision, zoneName) => {
    expect(extentOf(input)).toEqual({ earliest: instant, latest: instant, precision, zone: zoneName });
  });

  it.each([
    { at: '2021-02-01T14:00:00+05:30', zone: IST },
    { at: '2021-02-01T14:00Z', zone: IST },
    { at: '2021-02-01', zone: IST },
    { at: '2021-02-30T14:00', zone: IST },
    { at: '2021-02-01T24:00', zone: IST },
    { at: '2021-02-01T14:00:60', zone: IST },
    { at: '14:00', zone: IST },
  ])('is not %j', (input) => {
    expect(outcome(input)).toBe('invalid');
  });

  it('keeps what the source called it', () => {
    expect(extentOf({ at: '2021-02-01T14:00', zone: IST, text: 'at two' }).text).toBe('at two');
    expect(extentOf({ date: '2021-02-10', zone: IST, text: 'on Wednesday' }).text).toBe('on Wednesday');
  });
});

describe('zones', () => {
  it.each([
    ['asia/kolkata', 'Asia/Kolkata'],
    ['ASIA/CALCUTTA', 'Asia/Calcutta'],
    ['utc', 'UTC'],
    ['Etc/GMT+5', 'Etc/GMT+5'],
    ['America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['+05:30', '+05:30'],
    ['-00:00', '+00:00'],
    ['-23:59', '-23:59'],
  ])('%s is %s', (text, name) => {
    expect(zoneOf(text)).toEqual({ value: name });
  });

  it.each([
    '',
    'IST',
    'Asia/Delhi',
    'Z',
    'T00Z',
    'T0000Z',
    '+5:30',
    '+05',
    '+0530',
    '+24:00',
    '+05:60',
    '+05:30:00',
    '−05:30',
    'Asia/Kolkata ',
    ' Asia/Kolkata',
    'Asia//Kolkata',
    '../etc/passwd',
    '2021-01-01T00:00:00+05:30[Asia/Kolkata]',
    'Аsia/Kolkata',
    `Asia/${'x'.repeat(100)}`,
    '\u0000',
  ])('%j is none', (text) => {
    expect(codeOf(zoneOf(text))).toBe('TIME_ZONE_UNKNOWN');
    expect(outcome({ at: '2021-02-01T14:00', zone: text })).toBe('TIME_ZONE_UNKNOWN');
    expect(outcome({ date: '2021-02-01', zone: text })).toBe('TIME_ZONE_UNKNOWN');
    expect(outcome({ date: '2021-02-01', part: 'evening', zone: text })).toBe('TIME_ZONE_UNKNOWN');
    expect(outcome({ earliest: '2021-02-01T14:00', latest: '2021-02-01T15:00', zone: text })).toBe('TIME_ZONE_UNKNOWN');
  });

  it('stand in one spelling where they stand alone', () => {
    expect(zone.safeParse('Asia/Kolkata').success).toBe(true);
    expect(zone.safeParse('asia/kolkata').success).toBe(false);
    const [issue] = zone.safeParse('Asia/Delhi').error?.issues ?? [];
    expect(issue && refusalOf(issue)).toEqual({ code: 'TIME_ZONE_UNKNOWN', zone: 'Asia/Delhi' });
  });
});

describe('a date, a month, a year', () => {
  it.each<[string, string, string, string, Precision]>([
    ['2021-02-10', IST, '2021-02-09T18:30:00.000Z', '2021-02-10T18:29:59.999Z', 'day'],
    ['2021-02', IST, '2021-01-31T18:30:00.000Z', '2021-02-28T18:29:59.999Z', 'month'],
    ['2020-02', 'UTC', '2020-02-01T00:00:00.000Z', '2020-02-29T23:59:59.999Z', 'month'],
    ['2021', IST, '2020-12-31T18:30:00.000Z', '2021-12-31T18:29:59.999Z', 'year'],
    ['2020', '+14:00', '2019-12-31T10:00:00.000Z', '2020-12-31T09:59:59.999Z', 'year'],
    ['2021-12', '-12:00', '2021-12-01T12:00:00.000Z', '2022-01-01T11:59:59.999Z', 'month'],
    ['2021-03-14', NEW_YORK, '2021-03-14T05:00:00.000Z', '2021-03-15T03:59:59.999Z', 'day'], // 23 hours
    ['2021-11-07', NEW_YORK, '2021-11-07T04:00:00.000Z', '2021-11-08T04:59:59.999Z', 'day'], // 25 hours
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z', '2018-11-05T01:59:59.999Z', 'day'], // no midnight
    ['2021-11-07', 'America/Havana', '2021-11-07T04:00:00.000Z', '2021-11-08T04:59:59.999Z', 'day'], // two midnights
  ])('%s in %s', (date, zoneName, earliest, latest, precision) => {
    expect(extentOf({ date, zone: zoneName })).toEqual({ earliest, latest, precision, zone: zoneName });
  });

  it.each([
    '2021-02-30',
    '2021-02-29',
    '1900-02-29',
    '2021-13',
    '2021-00',
    '2021-1-1',
    '21',
    '20210210',
    '2021-W06',
    '10000',
    '2021-02-10T00:00',
    '',
  ])('%j is none', (date) => {
    expect(outcome({ date, zone: IST })).toBe('invalid');
  });

  it('has every day of a leap year end where the next begins', () => {
    for (let day = Temporal.PlainDate.from('2020-01-01'); day.year === 2020; day = day.add({ days: 1 })) {
      const { latest } = extentOf({ date: day.toString(), zone: NEW_YORK });
      const { earliest } = extentOf({ date: day.add({ days: 1 }).toString(), zone: NEW_YORK });
      expect(msOf(earliest) - msOf(latest)).toBe(1);
    }
  });

  it('refuses a day that a zone never had', () => {
    expect(parseTimeExtent({ date: '2011-12-30', zone: 'Pacific/Apia' })).toEqual({
      refusal: { code: 'LOCAL_TIME_AMBIGUOUS', local: '2011-12-30T00:00:00.000', zone: 'Pacific/Apia', kind: 'gap' },
    });
    expect(outcome({ date: '2011-12-30', part: 'small_hours', zone: 'Pacific/Apia', disambiguation: 'later' })).toBe(
      'LOCAL_TIME_AMBIGUOUS',
    );
    expect(outcome({ date: '2011-12', zone: 'Pacific/Apia' })).toBe('accepted');
  });

  it('refuses what is longer than any day or year of the rules: the caller then gives the range', () => {
    expect(outcome({ date: '2021-10-31', zone: 'Antarctica/Troll' })).toBe('PRECISION_UNJUSTIFIED'); // 26 hours
    expect(outcome({ date: '2024', zone: 'Asia/Almaty' })).toBe('accepted'); // 366 days and an hour
  });

  it('ends within the years that can be written', () => {
    expect(outcome({ date: '9999', zone: 'UTC' })).toBe('accepted');
    expect(outcome({ date: '9999-12-31', zone: '-01:00' })).toBe('invalid');
    expect(outcome({ date: '0000', zone: '+01:00', allowEarly: true })).toBe('invalid');
  });
});

describe('a part of a day', () => {
  it.each<[TimeExtentInput, string, string]>([
    [{ date: '2021-02-10', part: 'evening', zone: IST }, '2021-02-10T11:30:00.000Z', '2021-02-10T18:29:59.999Z'],
    [{ date: '2021-02-10', part: 'morning', to: 'afternoon', zone: IST }, '2021-02-10T00:30:00.000Z', '2021-02-10T11:29:59.999Z'],
    [{ date: '2021-02-10', part: 'small_hours', zone: IST }, '2021-02-09T18:30:00.000Z', '2021-02-10T00:29:59.999Z'],
    [{ date: '2021-02-10', part: 'night', zone: IST }, '2021-02-10T14:30:00.000Z', '2021-02-10T18:29:59.999Z'],
    [{ date: '2021-02-10', part: 'small_hours', to: 'night', zone: IST }, '2021-02-09T18:30:00.000Z', '2021-02-10T18:29:59.999Z'],
    [{ date: '2021-02-10', part: 'night', to: 'evening', zone: IST }, '2021-02-10T14:30:00.000Z', '2021-02-10T18:29:59.999Z'],
    [{ date: '2021-03-14', part: 'small_hours', zone: NEW_YORK }, '2021-03-14T05:00:00.000Z', '2021-03-14T09:59:59.999Z'],
    [{ date: '2021-11-07', part: 'small_hours', zone: NEW_YORK }, '2021-11-07T04:00:00.000Z', '2021-11-07T10:59:59.999Z'],
  ])('%j', (input, earliest, latest) => {
    expect(extentOf(input)).toMatchObject({ earliest, latest, precision: 'part_of_day', resolvedBy: 'parts-of-day@1' });
  });

  it.each(['2021', '2021-02', '2021-02-29', '2021-02-10T10:00'])('is of a day, and %s is none', (date) => {
    expect(outcome({ date, part: 'evening', zone: IST })).toBe('invalid');
  });

  it('ends no earlier than it begins', () => {
    expect(outcome({ date: '2021-02-10', part: 'evening', to: 'morning', zone: IST })).toBe('TIME_REVERSED');
    expect(outcome({ date: '2021-02-10', part: 'night', to: 'small_hours', zone: IST })).toBe('TIME_REVERSED');
    expect(outcome({ date: '2021-02-10', part: 'morning', to: 'small_hours', zone: IST })).toBe('TIME_REVERSED');
  });
});

describe('where clocks are changed', () => {
  const gap = { at: '2021-03-14T02:30', zone: NEW_YORK };
  const overlap = { at: '2021-11-07T01:30', zone: NEW_YORK };

  it('asks which is meant', () => {
    expect(parseTimeExtent(gap)).toEqual({
      refusal: { code: 'LOCAL_TIME_AMBIGUOUS', local: '2021-03-14T02:30:00.000', zone: NEW_YORK, kind: 'gap' },
    });
    expect(parseTimeExtent(overlap)).toEqual({
      refusal: { code: 'LOCAL_TIME_AMBIGUOUS', local: '2021-11-07T01:30:00.000', zone: NEW_YORK, kind: 'overlap' },
    });
    expect(outcome({ earliest: '2021-11-07T00:30', latest: '2021-11-07T01:30', zone: NEW_YORK })).toBe('LOCAL_TIME_AMBIGUOUS');
  });

  it('takes the reading that is named', () => {
    expect(ends({ ...gap, disambiguation: 'earlier' })[0]).toBe('2021-03-14T06:30:00.000Z');
    expect(ends({ ...gap, disambiguation: 'later' })[0]).toBe('2021-03-14T07:30:00.000Z');
    expect(ends({ ...overlap, disambiguation: 'earlier' })[0]).toBe('2021-11-07T05:30:00.000Z');
    expect(ends({ ...overlap, disambiguation: 'later' })[0]).toBe('2021-11-07T06:30:00.000Z');
  });

  it('has the last and first unambiguous minute beside each', () => {
    for (const at of ['2021-03-14T01:59', '2021-03-14T03:00', '2021-11-07T00:59', '2021-11-07T02:00']) {
      expect(outcome({ at, zone: NEW_YORK })).toBe('accepted');
    }
    for (const at of ['2021-03-14T02:00', '2021-03-14T02:59:59.999', '2021-11-07T01:00', '2021-11-07T01:59:59.999']) {
      expect(outcome({ at, zone: NEW_YORK })).toBe('LOCAL_TIME_AMBIGUOUS');
    }
  });

  it('is of no concern to an offset or to a name that means nothing', () => {
    expect(outcome({ at: '2021-03-14T02:30', zone: '-05:00' })).toBe('accepted');
    expect(ends({ at: '2021-02-01T14:00', zone: IST, disambiguation: 'later' })[0]).toBe('2021-02-01T08:30:00.000Z');
  });
});

describe('a range', () => {
  it.each<[TimeExtentInput, string, string, Precision, string]>([
    [
      { earliest: '2021-01-30T00:00:00+05:30', latest: '2021-01-31T23:59:59.999+05:30' },
      '2021-01-29T18:30:00.000Z',
      '2021-01-31T18:29:59.999Z',
      'range',
      '+05:30',
    ],
    [
      { earliest: '2021-02-10T17:00', latest: '2021-02-10T18:00', zone: IST, precision: 'hour' },
      '2021-02-10T11:30:00.000Z',
      '2021-02-10T12:30:00.000Z',
      'hour',
      IST,
    ],
    [
      { earliest: '2021-02-10T17:00:00Z', latest: '2021-02-11T18:00', zone: 'asia/kolkata' },
      '2021-02-10T17:00:00.000Z',
      '2021-02-11T12:30:00.000Z',
      'range',
      IST,
    ],
    [
      { earliest: '2021-02-10T17:00:00Z', latest: '2021-02-10T17:00:00+00:00', precision: 'millisecond' },
      '2021-02-10T17:00:00.000Z',
      '2021-02-10T17:00:00.000Z',
      'millisecond',
      '+00:00',
    ],
  ])('%j', (input, earliest, latest, precision, zoneName) => {
    expect(extentOf(input)).toEqual({ earliest, latest, precision, zone: zoneName });
  });

  it('of local times needs their zone, and of instants their seconds', () => {
    expect(outcome({ earliest: '2021-02-10T17:00', latest: '2021-02-10T18:00' })).toBe('invalid');
    expect(outcome({ earliest: '2021-02-10T17:00:00Z', latest: '2021-02-10T18:00:00' })).toBe('invalid');
    expect(outcome({ earliest: '2021-02-10T17:00Z', latest: '2021-02-10T18:00Z' })).toBe('invalid');
  });

  it('is refused reversed, by a millisecond', () => {
    expect(parseTimeExtent({ earliest: '2021-02-10T17:00:00.001Z', latest: '2021-02-10T17:00:00Z' })).toEqual({
      refusal: { code: 'TIME_REVERSED', earliest: '2021-02-10T17:00:00.001Z', latest: '2021-02-10T17:00:00.000Z' },
    });
  });

  const bounded = (Object.keys(WIDTH_MS_MAX) as Precision[]).filter((precision) => precision !== 'range');
  it.each(bounded)('may be as wide as a %s, and no wider', (precision) => {
    const start = Date.UTC(2021, 0);
    const range = (widthMs: number) => ({ earliest: canonical(start), latest: canonical(start + widthMs), precision });
    expect(outcome(range(WIDTH_MS_MAX[precision]))).toBe('accepted');
    expect(parseTimeExtent(range(WIDTH_MS_MAX[precision] + 1))).toEqual({
      refusal: { code: 'PRECISION_UNJUSTIFIED', precision, widthMs: WIDTH_MS_MAX[precision] + 1, widthMsMax: WIDTH_MS_MAX[precision] },
    });
  });

  it('has the widths of the rules', () => {
    expect(WIDTH_MS_MAX).toEqual({
      millisecond: 0,
      second: 1_000,
      minute: 60_000,
      hour: HOUR,
      part_of_day: DAY,
      day: 25 * HOUR,
      month: 31 * DAY + HOUR,
      year: 366 * DAY + HOUR,
      range: Number.POSITIVE_INFINITY,
    });
  });
});

describe('what lies before 1995', () => {
  it('is refused, to the millisecond', () => {
    expect(outcome(EARLIEST_EXPECTED)).toBe('accepted');
    expect(parseTimeExtent('1994-12-31T23:59:59.999Z')).toEqual({
      refusal: { code: 'TIME_TOO_EARLY', earliest: '1994-12-31T23:59:59.999Z', floor: '1995-01-01T00:00:00.000Z' },
    });
    expect(outcome('0021-02-01T14:00:00+05:30')).toBe('TIME_TOO_EARLY');
    expect(outcome({ date: '1995', zone: IST })).toBe('TIME_TOO_EARLY');
    expect(outcome({ earliest: '1994-01-01T00:00:00Z', latest: '2021-01-01T00:00:00Z' })).toBe('TIME_TOO_EARLY');
  });

  it('is allowed to who says so', () => {
    expect(outcome({ date: '1975-06-25', zone: IST, allowEarly: true })).toBe('accepted');
    expect(outcome({ date: '1975-06-25', zone: IST, allowEarly: false })).toBe('TIME_TOO_EARLY');
  });
});

const zoneNames = fc.constantFrom('UTC', IST, NEW_YORK, 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/St_Johns', '+05:30', '-11:00');
const part = fc.constantFrom('small_hours', 'morning', 'afternoon', 'evening', 'night');
const anyInput: fc.Arbitrary<TimeExtentInput> = fc.oneof(
  modernMs.map(canonical),
  fc.record({ at: modernMs.map((ms) => canonical(ms).slice(0, 16)), zone: zoneNames, disambiguation: fc.constantFrom('earlier', 'later') }),
  fc.record({ date: fc.tuple(modernMs, fc.constantFrom(4, 7, 10)).map(([ms, length]) => canonical(ms).slice(0, length)), zone: zoneNames }),
  fc.record({ date: modernMs.map((ms) => canonical(ms).slice(0, 10)), part, to: part, zone: zoneNames, text: fc.constant('that evening') }),
  fc.record({ earliest: modernMs.map(canonical), latest: modernMs.map(canonical) }),
);

describe('an extent', () => {
  it('is in order, no wider than its precision, and stored as it was parsed', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const answer = refusing(timeExtentInput, parseTimeExtent).safeParse(input);
        if (!answer.success) return;
        const extent = answer.data;
        expect(extent.earliest <= extent.latest).toBe(true);
        expect(msOf(extent.latest) - msOf(extent.earliest)).toBeLessThanOrEqual(WIDTH_MS_MAX[extent.precision]);
        expect(storedTimeExtent.parse(JSON.parse(JSON.stringify(extent)))).toEqual(extent);
        expect(rangeOf(extent)).toEqual({ earliest: msOf(extent.earliest), latest: msOf(extent.latest) });
      }),
      { numRuns: 1_000 },
    );
  });

  it('means the same with any offset', () => {
    fc.assert(
      fc.property(modernMs, fc.integer({ min: -1_439, max: 1_439 }), (ms, minutes) => {
        const sign = minutes < 0 ? '-' : '+';
        const offset = `${sign}${canonical(Math.abs(minutes) * 60_000).slice(11, 16)}`;
        const extent = extentOf(`${canonical(ms + minutes * 60_000).slice(0, 23)}${offset}`);
        expect(extent.earliest).toBe(canonical(ms));
      }),
    );
  });

  const stored = { earliest: '2021-02-10T11:30:00.000Z', latest: '2021-02-10T18:29:59.999Z', precision: 'part_of_day', zone: IST };
  it.each<[string, object]>([
    ['an offset in an end', { ...stored, earliest: '2021-02-10T17:00:00.000+05:30' }],
    ['an end without decimals', { ...stored, latest: '2021-02-10T18:29:59Z' }],
    ['a day that is none', { ...stored, earliest: '2021-02-30T00:00:00.000Z', latest: '2021-02-30T00:00:00.000Z' }],
    ['ends reversed', { ...stored, earliest: stored.latest, latest: stored.earliest }],
    ['too wide a precision', { ...stored, precision: 'hour' }],
    ['an unknown precision', { ...stored, precision: 'week' }],
    ['a zone that has no form', { ...stored, zone: '+0530' }],
    ['no zone', { ...stored, zone: undefined }],
    ['another lexicon', { ...stored, resolvedBy: 'parts-of-day@2' }],
    ['an unknown field', { ...stored, certainty: 1 }],
    ['a field that is undefined', { ...stored, text: undefined }],
    ['null', { ...stored, text: null }],
    ['text that deceives', { ...stored, text: '\u202Egninrom' }],
  ])('is not stored with %s', (_what, extent) => {
    expect(storedTimeExtent.safeParse(stored).success).toBe(true);
    expect(storedTimeExtent.safeParse(extent).success).toBe(false);
  });
});

describe('the schema of a request', () => {
  const field = refusing(timeExtentInput, parseTimeExtent);
  const issuesOf = (input: unknown) => field.safeParse(input).error?.issues ?? [];

  it.each([
    null,
    5,
    [],
    {},
    { at: '2021-02-01T14:00' },
    { date: '2021-02-10', to: 'evening', zone: IST },
    { date: '2021-02-10', part: 'noon', zone: IST },
    { at: '2021-02-01T14:00', date: '2021-02-10', zone: IST },
    { earliest: '2021-02-01T14:00:00Z' },
    { at: '2021-02-01T14:00', zone: IST, precision: 'hour' },
    { at: '2021-02-01T14:00', zone: IST, text: '' },
    { at: '2021-02-01T14:00', zone: IST, text: undefined },
    { at: '2021-02-01T14:00', zone: IST, disambiguation: 'compatible' },
    'x'.repeat(41),
  ])('takes no %j', (input) => {
    const issues = issuesOf(input);
    expect(issues.length).toBeGreaterThan(0);
    expect(issues.flatMap((issue) => refusalOf(issue) ?? [])).toEqual([]);
  });

  it('says what is unsafe in one form without the complaints of the others', () => {
    const issues = issuesOf({ at: '2021-02-01T14:00', zone: IST, text: 'a\u0000' });
    expect(issues.map((issue) => [issue.path, refusalOf(issue)])).toEqual([
      [['text'], { code: 'TEXT_UNSAFE', character: 'U+0000', at: 1 }],
    ]);
  });

  it('carries a refusal, or a plain complaint', () => {
    const body = z.strictObject({ occurredAt: field, until: refusing(instantInput, instantOf) });
    const { error } = body.safeParse({ occurredAt: { date: '2021-02-10', zone: 'IST' }, until: '2021-02-30T00:00:00Z' });
    expect(error?.issues.map((issue) => [issue.path, issue.code, refusalOf(issue)?.code])).toEqual([
      [['occurredAt'], 'custom', 'TIME_ZONE_UNKNOWN'],
      [['until'], 'custom', undefined],
    ]);
  });

  it('has a JSON schema', () => {
    const { anyOf } = z.toJSONSchema(field, { io: 'input' });
    expect(anyOf).toHaveLength(5);
    expect(z.toJSONSchema(storedTimeExtent)).toMatchObject({ type: 'object', required: ['earliest', 'latest', 'precision', 'zone'] });
  });
});

describe('what follows from extents', () => {
  const evening = extentOf({ date: '2021-02-10', part: 'evening', zone: IST });
  const noon = extentOf('2021-02-10T12:00:00+05:30');

  it.each<[string, ReturnType<typeof happenedBy>]>([
    ['2021-02-10T11:29:59.999Z', 'no'],
    ['2021-02-10T11:30:00.000Z', 'possible'],
    ['2021-02-10T18:29:59.998Z', 'possible'],
    ['2021-02-10T18:29:59.999Z', 'certain'],
  ])('the evening has happened by %s: %s', (at, answer) => {
    expect(happenedBy(evening, t(at))).toBe(answer);
  });

  it('an event at t counts at t', () => {
    expect(happenedBy(noon, noon.earliest)).toBe('certain');
  });

  it('one is provably before another only if they do not touch', () => {
    expect(isProvablyBefore(noon, evening)).toBe(true);
    expect(isProvablyBefore(evening, noon)).toBe(false);
    expect(isProvablyBefore(noon, noon)).toBe(false);
    expect(isProvablyBefore({ earliest: noon.earliest, latest: evening.earliest }, evening)).toBe(false);
  });

  it('the later of two is bounded by the later of either end', () => {
    const wide = extentOf({ date: '2021-02-10', zone: IST });
    expect(laterOf(wide, evening)).toEqual({ earliest: evening.earliest, latest: wide.latest });
    fc.assert(
      fc.property(anyInput, anyInput, (x, y) => {
        const [a, b] = [parseTimeExtent(x), parseTimeExtent(y)];
        if (!('value' in a) || !('value' in b)) return;
        const later = laterOf(a.value, b.value);
        expect(later).toEqual(laterOf(b.value, a.value));
        expect(later.earliest <= later.latest).toBe(true);
        expect(isProvablyBefore(later, a.value) || isProvablyBefore(later, b.value)).toBe(false);
      }),
    );
  });
});
