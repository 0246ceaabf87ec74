/** The clock of the order runs again. Which stop it ends is written out, so that no reader has to infer it. */
import { eventType, type Rule } from '../event-type.ts';
import { type EventId, eventIdText, parseOrderId, splitStream } from '../ids.ts';
import { canEnd, repeatsEnding } from '../interruption.ts';
import { notBeforeOwnIssue } from '../order.ts';
import { notAfterOwnEnd } from '../order-end.ts';
import type { TimeExtent } from '../time.ts';
import { stopsIn } from './clock-stopped.ts';

type Restarting = { readonly occurredAt: TimeExtent; readonly stop?: EventId | undefined };

const endsAStop: Rule<Restarting> = ({ occurredAt, stop }, state, { stream }) => {
  const named = stopsIn(state).find(({ id }) => id === stop);
  if (stop !== undefined && !named) return { code: 'REFERENCE_UNKNOWN', field: 'stop', reference: stop };
  return named && canEnd(named, occurredAt) ? undefined : { code: 'CLOCK_NOT_STOPPED', order: parseOrderId(splitStream(stream).id) };
};

export const clockRestarted = eventType({
  name: 'ClockRestarted',
  version: 1,
  category: 'order',
  fields: () => ({ stop: eventIdText }),
  defaulted: ['stop'],
  complete: ({ occurredAt, stop, ...input }, state) => {
    const first = occurredAt && stopsIn(state).find((candidate) => canEnd(candidate, occurredAt));
    return { data: { ...input, occurredAt, stop: stop ?? first?.id } };
  },
  isRepeat: repeatsEnding('stop'),
  fixed: ['stop'],
  rules: [notBeforeOwnIssue, notAfterOwnEnd, endsAStop],
});
