import { describe, expect, it } from 'vitest';
import { parseStep, SAMPLES_MAX, samplesOf } from '../../src/api/samples.ts';

const ms = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds;
const sampled = (from: string, to: string, zone: string, step: string): readonly string[] | undefined => {
  const duration = parseStep(step);
  if (!duration) throw new Error(`no step: ${step}`);
  return samplesOf({ from: ms(from), to: ms(to), zone, step: duration })?.map((instant) =>
    Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDateTime().toString(),
  );
};

describe('the samples of a curve', () => {
  it('begin with the period and then lie at the local hours of the zone', () => {
    expect(sampled('2021-02-01T14:10:00+05:30', '2021-02-01T17:00:00+05:30', 'Asia/Kolkata', 'PT1H')).toEqual([
      '2021-02-01T14:10:00',
      '2021-02-01T15:00:00',
      '2021-02-01T16:00:00',
    ]);
  });

  it('count the beginning once and leave the end out', () => {
    expect(sampled('2021-02-01T14:00:00Z', '2021-02-01T16:00:00Z', 'UTC', 'PT1H')).toEqual(['2021-02-01T14:00:00', '2021-02-01T15:00:00']);
  });

  it('take days from the calendar and hours as they elapse', () => {
    const [from, to] = ['2021-03-27T00:00:00+01:00', '2021-03-30T00:00:00+02:00'] as const; // clocks go forward on the 28th
    expect(sampled(from, to, 'Europe/Berlin', 'P1D')).toEqual(['2021-03-27T00:00:00', '2021-03-28T00:00:00', '2021-03-29T00:00:00']);
    expect(sampled(from, to, 'Europe/Berlin', 'PT24H')).toEqual(['2021-03-27T00:00:00', '2021-03-28T00:00:00', '2021-03-29T01:00:00']);
  });

  it('stay at local hours where clocks change by half an hour', () => {
    const hours = sampled('2021-04-03T23:00:00+11:00', '2021-04-04T05:00:00+10:30', 'Australia/Lord_Howe', 'PT1H');
    // At 02:00 it is 01:30 again: the half hour that comes twice is the one hour that does not begin on the hour.
    expect(hours?.filter((local) => !local.endsWith(':00:00'))).toEqual(['2021-04-04T01:30:00']);
    expect(new Set(hours).size).toBe(hours?.length);
  });

  it('are refused when there are too many', () => {
    const to = new Date(ms('2021-01-01T00:00:00Z') + SAMPLES_MAX * 60_000).toISOString();
    expect(sampled('2021-01-01T00:00:00Z', to, 'UTC', 'PT1M')).toHaveLength(SAMPLES_MAX);
    const longer = new Date(ms('2021-01-01T00:00:00Z') + (SAMPLES_MAX + 1) * 60_000).toISOString();
    expect(sampled('2021-01-01T00:00:00Z', longer, 'UTC', 'PT1M')).toBeUndefined();
  });

  it.each(['', 'PT0H', '-PT1H', 'PT30S', 'PT0.5H', 'hour', 'P1DT1S'])('have no step of %j', (text) => {
    expect(parseStep(text)?.toString()).toBe(text === 'PT0.5H' ? 'PT30M' : undefined);
  });
});
