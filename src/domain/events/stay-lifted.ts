/** A stay was lifted: the order binds again. Which stay is written out, so that no reader has to infer it. */
import { eventType, type Rule } from '../event-type.ts';
import { party } from '../fields.ts';
import { type EventId, eventIdText, parseOrderId, splitStream } from '../ids.ts';
import { canEnd, repeatsEnding } from '../interruption.ts';
import { notBeforeOwnIssue } from '../order.ts';
import { notAfterOwnEnd } from '../order-end.ts';
import type { TimeExtent } from '../time.ts';
import { staysIn } from './order-stayed.ts';

type Lifting = { readonly occurredAt: TimeExtent; readonly stay?: EventId | undefined };

const liftsAStay: Rule<Lifting> = ({ occurredAt, stay }, state, { stream }) => {
  const named = staysIn(state).find(({ id }) => id === stay);
  if (stay !== undefined && !named) return { code: 'REFERENCE_UNKNOWN', field: 'stay', reference: stay };
  return named && canEnd(named, occurredAt) ? undefined : { code: 'ORDER_NOT_STAYED', order: parseOrderId(splitStream(stream).id) };
};

export const stayLifted = eventType({
  name: 'StayLifted',
  version: 1,
  category: 'order',
  fields: () => ({ by: party, stay: eventIdText }),
  defaulted: ['stay'],
  complete: ({ occurredAt, stay, ...input }, state) => {
    const first = occurredAt && staysIn(state).find((candidate) => canEnd(candidate, occurredAt));
    return { data: { ...input, occurredAt, stay: stay ?? first?.id } };
  },
  isRepeat: repeatsEnding('stay'),
  fixed: ['stay'],
  rules: [notBeforeOwnIssue, notAfterOwnEnd, liftsAStay],
});
