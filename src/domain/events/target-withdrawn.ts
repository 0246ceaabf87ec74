/** The order gave a target of its list up: from then on only another order can demand it. The listing itself stays on record. */
import { eventType, type Rule } from '../event-type.ts';
import { type Fields, text } from '../fields.ts';
import { type OrderId, orderIdText, splitStream } from '../ids.ts';
import { listedNotAfterEnd, listedNotBeforeIssue, platformAgrees } from '../order.ts';
import { isProvablyBefore, rangeOf, type TimeExtent } from '../time.ts';
import { ofTarget, targetAsked } from './target-act.ts';
import { targetListed } from './target-listed.ts';

/** A pair can be given up once, and not before it was listed. */
const givesUpWhatIsListed: Rule<{ readonly order: OrderId; readonly occurredAt: TimeExtent }> = (
  { order, occurredAt },
  state,
  { stream },
) => {
  const notListed = { code: 'TARGET_NOT_LISTED', order, target: splitStream(stream).id } as const;
  const listing = state.find((event) => targetListed.isTypeOf(event) && event.data.order === order);
  if (!listing || !targetListed.isTypeOf(listing) || isProvablyBefore(occurredAt, listing.data.occurredAt)) return notListed;
  const earlier = state.find((event) => targetWithdrawn.isTypeOf(event) && event.data.order === order);
  return earlier && { ...notListed, withdrawal: earlier.id };
};

export const targetWithdrawn = eventType({
  name: 'TargetWithdrawn',
  version: 1,
  category: 'target',
  fields: (field: Fields) => ({ target: field.target, order: orderIdText, reason: text }),
  filled: ['target'],
  asked: targetAsked,
  complete: ofTarget,
  rules: [listedNotBeforeIssue, platformAgrees, listedNotAfterEnd, givesUpWhatIsListed],
  facts: ({ data: { order, occurredAt } }) => [{ shape: { kind: 'withdrawn' }, about: { order }, ...rangeOf(occurredAt) }],
});
