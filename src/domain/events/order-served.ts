/** The order reached its addressee. It may be served again: the first receipt counts, and from it on the order binds. */
import { z } from 'zod';
import { eventType } from '../event-type.ts';
import { line, party } from '../fields.ts';
import { notBeforeOwnIssue } from '../order.ts';
import { notAfterOwnEnd } from '../order-end.ts';

export const orderServed = eventType({
  name: 'OrderServed',
  version: 1,
  category: 'order',
  fields: () => ({ channel: line, to: party.optional(), authenticated: z.boolean().optional() }),
  complete: (input) => ({ data: { ...input, receivedAt: input.receivedAt ?? input.occurredAt } }),
  rules: [notBeforeOwnIssue, notAfterOwnEnd],
});
