/** Hours as somebody types them. */
import { EXIT, Stopped } from './stopped.ts';

const WITH_OFFSET = /(?:Z|[+-]\d{2}:\d{2})$/;
const LOCAL = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)?$/;

/** An hour as typed: with an offset as it stands, without one as an hour of `zone`; a day alone is its midnight. */
export const instantFrom = (typed: string, zone: string): string => {
  try {
    if (WITH_OFFSET.test(typed)) return Temporal.Instant.from(typed).toString({ fractionalSecondDigits: 3 });
    if (!LOCAL.test(typed)) throw new RangeError('not of the form');
    return Temporal.PlainDateTime.from(typed)
      .toZonedDateTime(zone, { disambiguation: 'reject' })
      .toInstant()
      .toString({ fractionalSecondDigits: 3 });
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new Stopped(EXIT.usage, `"${typed}" is no hour. Write 2021-02-12T09:00 (an hour of ${zone}) or 2021-02-12T09:00+05:30.`, {
      cause,
    });
  }
};
