/** The target itself is no longer there: its owner took it away, or nobody says who did. Not an act of the platform's. */
import { z } from 'zod';
import { eventType } from '../event-type.ts';
import { citedOrders, type Fields } from '../fields.ts';
import { notBeforeIssue, platformAgrees } from '../order.ts';
import { rangeOf } from '../time.ts';
import { ofTarget, targetAsked } from './target-act.ts';

export const targetGone = eventType({
  name: 'TargetGone',
  version: 1,
  category: 'target',
  fields: (field: Fields) => ({
    target: field.target,
    orders: citedOrders,
    cause: z.enum(['owner', 'unknown']),
  }),
  filled: ['target'],
  asked: targetAsked,
  complete: ofTarget,
  rules: [notBeforeIssue, platformAgrees],
  facts: ({ data: { cause, orders, occurredAt } }) => [
    { shape: { kind: 'gone', cause, orders: orders.toSorted() }, about: undefined, ...rangeOf(occurredAt) },
  ],
});
