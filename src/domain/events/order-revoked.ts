/** The order was taken back, by whom and how. What it ends, it ends from then on; it reinstates nothing. */
import { z } from 'zod';
import { eventType, type Rule } from '../event-type.ts';
import { party } from '../fields.ts';
import { parseOrderId, splitStream } from '../ids.ts';
import { notAfterOwnExpiry, notBeforeOwnIssue } from '../order.ts';

const revokedOnce: Rule<object> = (_data, state, { stream }) => {
  const existing = state.find((event) => orderRevoked.isTypeOf(event));
  return existing && { code: 'ORDER_ENDED', order: parseOrderId(splitStream(stream).id), ended: existing.data.occurredAt.latest };
};

export const orderRevoked = eventType({
  name: 'OrderRevoked',
  version: 1,
  category: 'order',
  fields: () => ({
    how: z.enum(['revoked', 'set_aside', 'not_confirmed', 'declared_lapsed']),
    by: party,
    restorationDirected: z.boolean(),
  }),
  rules: [notBeforeOwnIssue, notAfterOwnExpiry, revokedOnce],
});
