/** When an order had ended: what provably came after its expiry or its revocation no longer belongs to its life. */
import type { Rule } from './event-type.ts';
import { orderRevoked } from './events/order-revoked.ts';
import { parseOrderId, splitStream } from './ids.ts';
import { notAfterOwnExpiry } from './order.ts';
import { isProvablyBefore, type TimeExtent } from './time.ts';

type Occurred = { readonly occurredAt: TimeExtent };

/** What may have come before the revocation, such as a stay learned of late, is no contradiction. */
const notAfterOwnRevocation: Rule<Occurred> = ({ occurredAt }, state, { stream }) => {
  const revocation = state.find((event) => orderRevoked.isTypeOf(event) && isProvablyBefore(event.data.occurredAt, occurredAt));
  const ended = revocation && orderRevoked.isTypeOf(revocation) ? revocation.data.occurredAt.latest : undefined;
  return ended === undefined ? undefined : { code: 'ORDER_ENDED', order: parseOrderId(splitStream(stream).id), ended };
};

export const notAfterOwnEnd: Rule<Occurred> = (data, state, context) =>
  notAfterOwnExpiry(data, state, context) ?? notAfterOwnRevocation(data, state, context);
