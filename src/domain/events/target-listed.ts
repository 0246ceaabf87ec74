/** An order lists a target: from service on, the pair of the two is an obligation. */

import { eventType, type Rule } from '../event-type.ts';
import type { Fact } from '../facts.ts';
import { classes, type Fields, listOf, text } from '../fields.ts';
import { type OrderId, orderIdText, streamOf } from '../ids.ts';
import { listedNotAfterEnd, listedNotBeforeIssue, platformAgrees } from '../order.ts';
import { targetRefAlias } from '../target-ref.ts';
import { rangeOf } from '../time.ts';
import { orderIssued } from './order-issued.ts';
import { ofTarget, targetAsked } from './target-act.ts';

const listsOnce: Rule<{ readonly order: OrderId }> = ({ order }, state) => {
  const existing = state.find((event) => targetListed.isTypeOf(event) && event.data.order === order);
  return existing && { code: 'TARGET_ALREADY_LISTED', order, existing: existing.id };
};

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
  rules: [listedNotBeforeIssue, platformAgrees, listedNotAfterEnd, listsOnce],
  facts: ({ data }) => {
    const about = { order: data.order };
    const facts: Fact[] = [{ shape: { kind: 'listed' }, about, ...rangeOf(data.occurredAt) }];
    if (data.receivedAt) facts.push({ shape: { kind: 'list_received' }, about, ...rangeOf(data.receivedAt) });
    const said = data.classes && { kind: 'list_classes' as const, classes: data.classes.map((asserted) => asserted.class) };
    if (said) facts.push({ shape: said, about, ...rangeOf(data.occurredAt) });
    return facts;
  },
});
