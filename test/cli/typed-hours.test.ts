/** Hours as people type them. */
import { describe, expect, it } from 'vitest';
import { instantFrom } from '../../src/cli/typed-hours.ts';

const INDIA = 'Asia/Kolkata';

describe('an hour', () => {
  it('is typed with an offset, or as an hour of the case', () => {
    expect(instantFrom('2021-02-12T09:00', INDIA)).toBe('2021-02-12T03:30:00.000Z');
    expect(instantFrom('2021-02-12T09:00+01:00', INDIA)).toBe('2021-02-12T08:00:00.000Z');
    expect(instantFrom('2021-02-12', INDIA)).toBe('2021-02-11T18:30:00.000Z');
  });

  it.each(['', 'noon', '12 Feb', '2021-02-30', '2021-02-12T25:00', '2021-02-12T09:00+99:00', '2021-02-12T09'])('is not "%s"', (typed) => {
    expect(() => instantFrom(typed, INDIA)).toThrow(expect.objectContaining({ exitCode: 2 }));
  });

  it('that clocks skip, or strike twice, needs an offset', () => {
    expect(() => instantFrom('2021-03-28T02:30', 'Europe/Berlin')).toThrow(expect.objectContaining({ exitCode: 2 }));
    expect(() => instantFrom('2021-10-31T02:30', 'Europe/Berlin')).toThrow(expect.objectContaining({ exitCode: 2 }));
  });
});
