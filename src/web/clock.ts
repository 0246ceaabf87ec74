/** What the browser itself knows of time: now, as the default where nothing is declared complete, and the reader's own zone. */

/** RFC 3339 UTC with three decimals. */
export const nowInstant = (): string => Temporal.Now.instant().toString({ fractionalSecondDigits: 3 });
export const browserZone = (): string => Temporal.Now.timeZoneId();
