/** An order lists a target: from service on, the pair of the two is an obligation. */

import { eventType, type Rule } from '../event-type.ts';
import { classes, type Fields, listOf, text } from '../fields.ts';
import { type OrderId, orderIdText, streamOf } from '../ids.ts';
import { isProvablyAfterExpiry } from '../order.ts';
import { notBeforeIssue, platformAgrees } from '../rules.ts';
import { targetRefAlias } from '../target-ref.ts';
import { rangeOf, type TimeExtent } from '../time.ts';
import { orderIssued } from './order-issued.ts';
import { ofTarget, targetAsked } from './target-act.ts';

type Listing = { readonly order: OrderId; readonly target: { readonly platform: string }; readonly occurredAt: TimeExtent };

const listsOnce: Rule<Listing> = ({ order }, state) => {
  const existing = state.find((event) => targetListed.isTypeOf(event) && event.data.order === order);
  return existing && { code: 'TARGET_ALREADY_LISTED', order, existing: existing.id };
};

const listsWhileItStands: Rule<Listing> = ({ order, occurredAt }, _state, { first }) => {
  const issue = first(streamOf('order', order));
  return issue && orderIssued.isTypeOf(issue) && isProvablyAfterExpiry(occurredAt, issue)
    ? { code: 'ORDER_ENDED', order, ended: issue.data.expiresAt ?? '' }
    : undefined;
};

/** The rules of cited orders, for the one order that lists. */
const citing =
  (rule: Rule<Listing & { readonly orders: readonly OrderId[] }>): Rule<Listing> =>
  (data, state, context) =>
    rule({ ...data, orders: [data.order] }, state, context);

export const targetListed = eventType({
  name: 'TargetListed',
  version: 1,
  category: 'target',
  fields: (field: Fields) => ({
    target: field.target,
    order: orderIdText,
    aliases: listOf(targetRefAlias).min(1).optional(),
    classes: classes.min(1).optional(),
    note: text.optional(),
  }),
  filled: ['target'],
  defaulted: ['occurredAt'],
  asked: targetAsked,
  complete: (input, state, context) => {
    const issue = input.order === undefined ? undefined : context.first(streamOf('order', input.order));
    const issuedAt = issue && orderIssued.isTypeOf(issue) ? issue.data.occurredAt : undefined;
    return ofTarget({ ...input, occurredAt: input.occurredAt ?? issuedAt }, state);
  },
  rules: [citing(notBeforeIssue), citing(platformAgrees), listsWhileItStands, listsOnce],
  facts: ({ data }) => {
    const about = { order: data.order };
    const listed = { shape: { kind: 'listed' }, about, ...rangeOf(data.occurredAt) } as const;
    return data.receivedAt ? [listed, { shape: { kind: 'list_received' }, about, ...rangeOf(data.receivedAt) }] : [listed];
  },
});
