/** What is said back before it is recorded: the month in words, the zone beside every hour, and nothing more exact than it was read. */
import { describe, expect, it } from 'vitest';
import { parseTimeExtent, type TimeExtentInput } from '../../src/domain/time.ts';
import { readBackOf } from './read-back.ts';

const IST = 'Asia/Kolkata';
const words = (input: TimeExtentInput): string | undefined => {
  const parsed = parseTimeExtent(input);
  if (!('value' in parsed)) throw new Error('no extent');
  return readBackOf({ occurredAt: parsed.value }, 'UTC').times[0]?.words;
};

describe('a time that is said back', () => {
  it.each<[TimeExtentInput, string]>([
    [{ at: '2021-02-01T14:00', zone: IST }, '1 February 2021, 14:00 IST'],
    [{ at: '2021-02-01T14:00:00', zone: IST }, '1 February 2021, 14:00:00 IST'],
    [{ at: '2021-02-01T14:00:05.250', zone: IST }, '1 February 2021, 14:00:05.250 IST'],
    ['2021-02-01T14:00:00+05:30', '1 February 2021, 14:00:00 UTC+05:30'],
    [{ date: '2021-02-01', zone: IST }, '1 February 2021 (IST), hour not known'],
    [{ date: '2021-02', zone: IST }, 'February 2021 (IST), day not known'],
    [{ date: '2021', zone: IST }, '2021 (IST), day not known'],
    [{ date: '2021-02-10', part: 'evening', zone: IST }, 'between 10 February 2021, 17:00 and 24:00 IST'],
    [{ date: '2021-02-10', part: 'morning', to: 'afternoon', zone: IST }, 'between 10 February 2021, 06:00 and 17:00 IST'],
    [
      { earliest: '2021-01-30T12:00', latest: '2021-01-31T18:00', zone: IST },
      'between 30 January 2021, 12:00 and 31 January 2021, 18:00 IST',
    ],
  ])('%j: %s', (input, said) => {
    expect(words(input)).toBe(said);
  });

  it('and acts by itself is in the zone of whoever reads', () => {
    expect(readBackOf({ until: '2021-02-03T08:30:00.000Z', title: '2021' }, IST).times).toEqual([
      { field: 'until', words: '3 February 2021, 14:00 IST' },
    ]);
  });
});

describe('a target that is said back', () => {
  it('is its key, made harmless', () => {
    const target = { platform: 'twitter.com', kind: 'class', key: 'all\u202E of it' };
    expect(readBackOf({ target }, IST).target).toBe('class all\\u{202e} of it on twitter.com');
    expect(readBackOf({ title: 'a case' }, IST)).toEqual({ target: null, times: [] });
  });
});
