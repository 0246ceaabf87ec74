/** The instants at which a curve is sampled: at local hours of a zone, since an hour is the reader's. */

/** Bounds one answer, not the record: a longer period takes several questions, or a longer step. */
export const SAMPLES_MAX = 5_000;

/** What a step must be: an ISO 8601 duration above zero of at least a minute, without seconds. `undefined` for any other text. */
export const parseStep = (text: string): Temporal.Duration | undefined => {
  try {
    const step = Temporal.Duration.from(text);
    const isWhole = step.sign === 1 && step.seconds === 0 && step.milliseconds === 0 && step.microseconds === 0 && step.nanoseconds === 0;
    return isWhole ? step : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

type Period = { readonly from: number; readonly to: number; readonly zone: string; readonly step: Temporal.Duration };

/**
 * Instants in [from, to): `from` itself, then every step counted from the start of its local day, hour or minute, whichever the step is made of. Days,
 * weeks, months and years are the calendar's (`P1D` is 23 hours long when clocks go forward), hours and minutes elapse. `undefined`: too many.
 */
export const samplesOf = ({ from, to, zone, step }: Period): readonly number[] | undefined => {
  const samples = [from];
  const unit = step.years + step.months + step.weeks + step.days > 0 ? 'day' : step.minutes === 0 ? 'hour' : 'minute';
  const start = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone).round({ smallestUnit: unit, roundingMode: 'floor' });
  for (let local = start; ; ) {
    const stepped = local.add(step);
    // Where clocks change by half an hour, hours that elapse leave the local hour.
    const floored = stepped.round({ smallestUnit: unit, roundingMode: 'floor' });
    local = Temporal.ZonedDateTime.compare(floored, local) > 0 ? floored : stepped;
    const instant = local.epochMilliseconds;
    if (instant >= to) return samples;
    if (instant > from) samples.push(instant);
    if (samples.length > SAMPLES_MAX) return undefined;
  }
};
