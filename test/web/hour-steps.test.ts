/** Hours of the reader's zone: at half past in India, once or twice where clocks are changed, and never without a zone in a link. */
import { describe, expect, it } from 'vitest';
import { dayBeside, fieldText, hourBeside, instantIn, instantTyped, isZone, linkText } from '../../src/web/hour-steps.ts';

const KOLKATA = 'Asia/Kolkata';
const NEW_YORK = 'America/New_York';

describe('the hour beside an instant', () => {
  it.each([
    ['2021-02-01T08:30:00.000Z', KOLKATA, 1, '2021-02-01T09:30:00.000Z'],
    ['2021-02-01T08:30:00.000Z', KOLKATA, -1, '2021-02-01T07:30:00.000Z'],
    ['2021-02-01T08:30:00.001Z', KOLKATA, -1, '2021-02-01T08:30:00.000Z'],
    ['2021-02-01T08:59:59.999Z', KOLKATA, 1, '2021-02-01T09:30:00.000Z'],
    ['2021-02-01T08:30:00.000Z', 'UTC', 1, '2021-02-01T09:00:00.000Z'],
    ['2021-02-01T08:30:00.000Z', 'Asia/Kathmandu', 1, '2021-02-01T09:15:00.000Z'],
    ['2021-11-07T05:00:00.000Z', NEW_YORK, 1, '2021-11-07T06:00:00.000Z'], // one o'clock comes twice
  ] as const)('of %s in %s by %i is %s', (instant, zone, by, expected) => {
    expect(hourBeside(instant, zone, by)).toBe(expected);
  });

  it('and the day beside it is the calendar day of the zone, of 23 or 25 hours too', () => {
    expect(dayBeside('2021-02-01T08:30:00.000Z', KOLKATA, 1)).toBe('2021-02-01T18:30:00.000Z');
    expect(dayBeside('2021-11-07T04:00:00.000Z', NEW_YORK, 1)).toBe('2021-11-08T05:00:00.000Z');
    expect(dayBeside('2021-02-01T18:30:00.000Z', KOLKATA, -1)).toBe('2021-01-31T18:30:00.000Z');
  });
});

describe('an hour that was typed', () => {
  it('is one of the zone, written as the field shows it', () => {
    expect(instantTyped('2021-02-01 14:00', KOLKATA)).toBe('2021-02-01T08:30:00.000Z');
    expect(instantTyped(fieldText('2021-02-01T08:30:00.000Z', KOLKATA), KOLKATA)).toBe('2021-02-01T08:30:00.000Z');
  });
  it.each([
    ['2021-03-14 02:30', NEW_YORK], // skipped
    ['2021-11-07 01:30', NEW_YORK], // twice
    ['2021-02-30 10:00', KOLKATA],
    ['02/01/2021 10:00', KOLKATA],
    ['2021-02-01', KOLKATA],
    ['', KOLKATA],
  ])('%s in %s is no one hour', (text, zone) => {
    expect(instantTyped(text, zone)).toBeUndefined();
  });
});

describe('an instant in a link', () => {
  it('has its zone with it, and comes back as it was', () => {
    for (const instant of ['2021-02-01T08:30:00.000Z', '2021-02-01T08:30:00.123Z'])
      expect(instantIn(linkText(instant, KOLKATA))).toBe(instant);
    expect(linkText('2021-02-01T08:30:00.000Z', KOLKATA)).toBe('2021-02-01T14:00:00+05:30');
  });
  it.each([
    '2021-02-01T14:00',
    '2021-02-01',
    '2021-02-30T00:00:00Z',
    '2021-02-01T25:00:00Z',
    'now',
    '2021-02-01T14:00:00+05:30[Asia/Kolkata]',
    '',
  ])('%s is none', (text) => {
    expect(instantIn(text)).toBeUndefined();
  });
});

describe('a zone', () => {
  it.each(['UTC', KOLKATA, '+05:30'])('%s is one', (zone) => {
    expect(isZone(zone)).toBe(true);
  });
  it.each(['Mars/Base', '', 'IST?', '2021-02-01T00:00[UTC]', '2021-02-01T00:00Z'])('%s is none', (zone) => {
    expect(isZone(zone)).toBe(false);
  });
});
