/** The axis of the chart and its zoom. */
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, moved, stepFor, ticksOf, zoomed } from '../../src/web/parts/chart-scale.ts';

const from = Date.parse('2021-02-01T00:00:00+05:30');
const whole = { from, to: from + 10 * DAY_MS };

describe('a zoom', () => {
  it('keeps the instant around which it goes where it is', () => {
    const around = from + 5 * DAY_MS;
    const closer = zoomed(whole, whole, 2, around);
    expect(closer).toEqual({ from: around - 2.5 * DAY_MS, to: around + 2.5 * DAY_MS });
    expect(zoomed(closer, whole, 0.5, around)).toEqual(whole);
  });
  it('stays within the whole, and above an hour', () => {
    expect(zoomed(whole, whole, 0.1, from)).toEqual(whole);
    expect(moved({ from, to: from + DAY_MS }, whole, -1)).toEqual({ from, to: from + DAY_MS });
    expect(moved({ from, to: from + DAY_MS }, whole, 100)).toEqual({ from: whole.to - DAY_MS, to: whole.to });
    const least = zoomed(whole, whole, 1_000_000, from + DAY_MS);
    expect(least.to - least.from).toBe(HOUR_MS);
  });
});

describe('the marks of the axis', () => {
  it.each([
    [10 * DAY_MS, 12, ['1 Feb', '2 Feb']],
    [10 * DAY_MS, 6, ['1 Feb', '3 Feb']],
    [DAY_MS, 12, ['1 Feb', '02:00']],
    [400 * DAY_MS, 14, ['Feb 2021', 'Mar 2021']],
    [4_000 * DAY_MS, 12, ['2022', '2023']],
  ])('of %i ms in at most %i begin local hours, days, months or years', (width, max, labels) => {
    const ticks = ticksOf({ from, to: from + width }, 'Asia/Kolkata', max);
    expect(ticks.slice(0, 2).map(({ label }) => label)).toEqual(labels);
    expect(ticks.length).toBeLessThanOrEqual(max + 1);
  });
});

describe('the step of samples', () => {
  it('is the shortest of which there are no more than asked for', () => {
    expect(stepFor(whole, 1_000)).toBe('PT15M');
    expect(stepFor({ from, to: from + 365 * DAY_MS }, 1_000)).toBe('PT12H');
    expect(stepFor({ from, to: from + 100 * 365 * DAY_MS }, 10)).toBe('P365D');
  });
});
