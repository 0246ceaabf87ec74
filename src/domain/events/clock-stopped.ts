/** The clock of the whole order was stopped: time for compliance does not run until it is restarted. */
import { z } from 'zod';
import { eventType, type Rule, type State } from '../event-type.ts';
import { parseOrderId, splitStream } from '../ids.ts';
import { type Interruption, inForceThroughout, interruptionsIn } from '../interruption.ts';
import { notBeforeOwnIssue } from '../order.ts';
import { notAfterOwnEnd } from '../order-end.ts';
import type { TimeExtent } from '../time.ts';

export const stopsIn = (state: State): readonly Interruption[] => interruptionsIn(state, clockStopped, 'stop');

/** One stop at a time, as far as that can be known. */
const notWhileStopped: Rule<{ readonly occurredAt: TimeExtent }> = ({ occurredAt }, state, { stream }) => {
  const stop = inForceThroughout(stopsIn(state), occurredAt);
  return stop && { code: 'CLOCK_ALREADY_STOPPED', order: parseOrderId(splitStream(stream).id), stop: stop.id };
};

export const clockStopped = eventType({
  name: 'ClockStopped',
  version: 1,
  category: 'order',
  fields: () => ({ cause: z.enum(['clarification', 'impossibility', 'other']) }),
  rules: [notBeforeOwnIssue, notAfterOwnEnd, notWhileStopped],
});
