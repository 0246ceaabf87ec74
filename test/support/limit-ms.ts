/** How long a test may take: on a cluster each read and each append is a call over a network, and most tests make thousands. */
const TIMES_ON_CLUSTER = 3;

export const limitMs = (embeddedMs: number): number =>
  process.env['EVENTSTORE_URL'] === undefined ? embeddedMs : TIMES_ON_CLUSTER * embeddedMs;
