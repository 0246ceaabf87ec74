/** The whole order was stayed: it binds nobody until the stay is lifted or its end has come. A stay reinstates nothing. */
import { z } from 'zod';
import { endsAfterStart } from '../ends.ts';
import { eventType, type Rule, type State } from '../event-type.ts';
import { type Fields, party } from '../fields.ts';
import { parseOrderId, splitStream } from '../ids.ts';
import { type Interruption, inForceThroughout, interruptionsIn } from '../interruption.ts';
import { notBeforeOwnIssue } from '../order.ts';
import { notAfterOwnEnd } from '../order-end.ts';
import type { TimeExtent } from '../time.ts';

export const staysIn = (state: State): readonly Interruption[] => interruptionsIn(state, orderStayed, 'stay');

/** One stay at a time, as far as that can be known. */
const notWhileStayed: Rule<{ readonly occurredAt: TimeExtent }> = ({ occurredAt }, state, { stream }) => {
  const stay = inForceThroughout(staysIn(state), occurredAt);
  return stay && { code: 'ORDER_ALREADY_STAYED', order: parseOrderId(splitStream(stream).id), stay: stay.id };
};

export const orderStayed = eventType({
  name: 'OrderStayed',
  version: 1,
  category: 'order',
  fields: (field: Fields) => ({ by: party, until: field.instant.optional(), restorationDirected: z.boolean() }),
  rules: [notBeforeOwnIssue, notAfterOwnEnd, endsAfterStart('until'), notWhileStayed],
});
