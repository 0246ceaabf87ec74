/** An interim direction was confirmed. It happens once, and to interim directions only. */
import { eventType, type Rule } from '../event-type.ts';
import { party } from '../fields.ts';
import { parseOrderId, splitStream } from '../ids.ts';
import { notBeforeOwnIssue } from '../order.ts';
import { notAfterOwnEnd } from '../order-end.ts';
import { orderIssued } from './order-issued.ts';

const confirmsAnInterimDirection: Rule<object> = (_data, state, { stream }) => {
  const order = parseOrderId(splitStream(stream).id);
  const [issue] = state;
  if (issue && orderIssued.isTypeOf(issue) && issue.data.instrument !== 'interim_direction') {
    return { code: 'ORDER_NOT_INTERIM', order, why: 'instrument' };
  }
  return state.some((event) => orderConfirmed.isTypeOf(event)) ? { code: 'ORDER_NOT_INTERIM', order, why: 'confirmed' } : undefined;
};

export const orderConfirmed = eventType({
  name: 'OrderConfirmed',
  version: 1,
  category: 'order',
  fields: () => ({ by: party }),
  rules: [notBeforeOwnIssue, notAfterOwnEnd, confirmsAnInterimDirection],
});
