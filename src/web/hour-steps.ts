/** Hours of the reader's zone: the next and the one before, what was typed, and how an instant is written in a link. */

const MS = 3;
const zoned = (instant: string, zone: string): Temporal.ZonedDateTime => Temporal.Instant.from(instant).toZonedDateTimeISO(zone);

/** RFC 3339 UTC with three decimals, as the API answers. */
const instantText = (instant: Temporal.Instant): string => instant.toString({ fractionalSecondDigits: MS });
export const instantAt = (ms: number): string => instantText(Temporal.Instant.fromEpochMilliseconds(Math.round(ms)));

/** The local hour that begins after (`by` 1) or before (`by` -1) an instant; in Asia/Kolkata it begins at half past in UTC. */
export const hourBeside = (instant: string, zone: string, by: 1 | -1): string => beside(instant, zone, 'hour', by);
export const dayBeside = (instant: string, zone: string, by: 1 | -1): string => beside(instant, zone, 'day', by);

const beside = (instant: string, zone: string, unit: 'hour' | 'day', by: 1 | -1): string => {
  const local = zoned(instant, zone);
  const start = local.round({ smallestUnit: unit, roundingMode: 'floor' });
  const step = unit === 'hour' ? { hours: by } : { days: by };
  const isWithin = Temporal.ZonedDateTime.compare(start, local) < 0;
  return instantText((by < 0 && isWithin ? start : start.add(step)).toInstant());
};

/** As the field for an hour takes it: `2021-02-12 09:00`, which no reader takes for the second of December. */
export const fieldText = (instant: string, zone: string): string =>
  zoned(instant, zone).toPlainDateTime().toString({ smallestUnit: 'minute', roundingMode: 'trunc' }).replace('T', ' ');

/** What was typed as an hour of the zone; `undefined` where it is none, or where clocks change and it is none or two. */
export const instantTyped = (text: string, zone: string): string | undefined => {
  if (!TYPED.test(text.trim())) return undefined;
  try {
    return instantText(
      Temporal.PlainDateTime.from(text.trim().replace(' ', 'T')).toZonedDateTime(zone, { disambiguation: 'reject' }).toInstant(),
    );
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

const TYPED = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?$/;

/** With the offset of the zone, so that a person reads the hour in the link too: `2021-02-12T09:00:00+05:30`. */
export const linkText = (instant: string, zone: string): string => {
  const local = zoned(instant, zone);
  return local.toString({ timeZoneName: 'never', ...(local.millisecond === 0 && { smallestUnit: 'second' as const }) });
};

const WITH_ZONE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

/** An instant in a link, which has its zone with it. */
export const instantIn = (text: string): string | undefined => {
  if (!WITH_ZONE.test(text)) return undefined;
  try {
    return instantText(Temporal.Instant.from(text));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

export const isZone = (zone: string): boolean => {
  try {
    return zoned('2021-01-01T00:00:00Z', zone).timeZoneId.length > 0 && !/[[\]TZ]\d/.test(zone);
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
};
