/** Hours as people read them. */
import { describe, expect, it } from 'vitest';
import { durationOf, endHourOf, extentOf, hourOf, midnights, recordedHour, zoneNote } from '../../src/wording/hours.ts';

const INDIA = 'Asia/Kolkata';

describe('an hour', () => {
  it('never stands without its zone', () => {
    expect(hourOf('2021-02-01T08:30:00.000Z', INDIA)).toBe('1 Feb 2021 14:00 IST');
    expect(hourOf('2021-07-01T08:30:00.000Z', 'Europe/Berlin')).toMatch(/^1 Jul 2021 10:30 (CEST|UTC\+02:00)$/);
    expect(hourOf('2021-02-01T08:30:00.000Z', '+03:00')).toBe('1 Feb 2021 11:30 UTC+03:00');
    expect(zoneNote(INDIA, '2021-02-01T08:30:00.000Z')).toBe('IST = Asia/Kolkata, UTC+05:30');
  });

  it('keeps what is finer than minutes', () => {
    expect(hourOf('2021-02-01T08:30:05.000Z', INDIA)).toBe('1 Feb 2021 14:00:05 IST');
    expect(hourOf('2021-02-01T08:30:00.250Z', INDIA)).toBe('1 Feb 2021 14:00:00.250 IST');
  });

  it('that the source leaves open is a range, up to the hour that it does not reach', () => {
    const evening = { earliest: '2021-02-10T11:30:00.000Z', latest: '2021-02-10T18:29:59.999Z' };
    expect(extentOf(evening, INDIA)).toBe('10 Feb 2021 17:00–24:00 IST, hour not known');
    const days = { earliest: '2021-01-29T18:30:00.000Z', latest: '2021-01-31T18:29:59.999Z' };
    expect(extentOf(days, INDIA)).toBe('30 Jan 2021 00:00–31 Jan 2021 24:00 IST, hour not known');
  });

  it('has the words of the source, and by which lexicon they were read', () => {
    const evening = { earliest: '2021-02-10T11:30:00.000Z', latest: '2021-02-10T18:29:59.999Z', text: 'on Wednesday evening' };
    expect(extentOf({ ...evening, resolvedBy: 'parts-of-day@1' }, INDIA)).toBe(
      '10 Feb 2021, "on Wednesday evening" (read as 17:00–24:00 IST, parts-of-day@1)',
    );
    expect(extentOf(evening, INDIA)).toBe('10 Feb 2021 17:00–24:00 IST, hour not known, "on Wednesday evening"');
    expect(extentOf({ ...evening, latest: evening.earliest, text: 'at \u001bfive' }, INDIA)).toBe(
      '10 Feb 2021 17:00 IST, "at \\u{1b}five"',
    );
  });

  it('of which only the month or the year is known has no day', () => {
    const year = { earliest: '2020-12-31T18:30:00.000Z', latest: '2021-12-31T18:29:59.999Z', precision: 'year' };
    expect(extentOf(year, INDIA)).toBe('some time in 2021 (IST), day not known');
    const month = { earliest: '2021-01-31T18:30:00.000Z', latest: '2021-02-28T18:29:59.999Z', precision: 'month' };
    expect(extentOf(month, INDIA)).toBe('some time in Feb 2021 (IST), day not known');
  });

  it('that ends a range is the one that it does not reach', () => {
    expect(endHourOf('2021-02-10T18:29:59.999Z', INDIA)).toBe('10 Feb 2021 24:00 IST');
    expect(endHourOf('2021-02-10T12:29:59.999Z', INDIA)).toBe('10 Feb 2021 18:00 IST');
  });

  it('at which something was recorded is exact, so that it can be typed as a point of knowledge', () => {
    expect(recordedHour('2026-11-25T02:47:31.123Z', INDIA)).toBe('25 Nov 2026 08:17:31.123 IST');
    expect(recordedHour('2026-11-25T02:47:00.000Z', INDIA)).toBe('25 Nov 2026 08:17 IST');
  });
});

describe('a duration', () => {
  it('is in hours and minutes', () => {
    expect([21_000_000, 3_600_000, 60_000, 0].map(durationOf)).toEqual(['5 h 50 m', '1 h', '1 m', '0 m']);
  });
});

describe('midnights', () => {
  it('are those of the zone, also where clocks change', () => {
    const days = midnights('2021-03-27T00:00:00Z', '2021-03-30T00:00:00Z', 'Europe/Berlin');
    expect(days.map((ms) => Temporal.Instant.fromEpochMilliseconds(ms).toString())).toEqual([
      '2021-03-27T23:00:00Z',
      '2021-03-28T22:00:00Z',
      '2021-03-29T22:00:00Z',
    ]);
  });
});
