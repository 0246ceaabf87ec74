/** A single event as a line of a timeline, which may tell of many. */
import type { Entry, Line } from '../answers.ts';

export const asLine = (entry: Entry): Line => ({
  ...{
    events: 1,
    targets: 0,
    kinds: {},
    classes: {},
    isRetracted: entry.retracted !== undefined,
    isCorrected: entry.correctedBy !== undefined,
  },
  ...{ type: entry.type, occurredAt: entry.occurredAt, orders: entry.orders, says: entry.says, first: entry },
});
