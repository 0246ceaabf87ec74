/** Another target is, or may be, the same under another name, or took its place. Each keeps its own stream: a link is recorded, never acted on. */
import { z } from 'zod';
import { eventType } from '../event-type.ts';
import { citedOrders, type Fields } from '../fields.ts';
import { notBeforeIssue, platformAgrees } from '../order.ts';
import { rangeOf } from '../time.ts';
import { ofTarget, targetAsked } from './target-act.ts';

export const targetLinked = eventType({
  name: 'TargetLinked',
  version: 1,
  category: 'target',
  fields: (field: Fields) => ({
    target: field.target,
    orders: citedOrders,
    relation: z.enum(['renamed_to', 'successor', 'same_as']),
    to: field.target,
    confidence: z.enum(['confirmed', 'probable', 'possible']),
  }),
  filled: ['target'],
  asked: targetAsked,
  complete: ofTarget,
  rules: [notBeforeIssue, platformAgrees],
  facts: ({ data: { orders, occurredAt } }) => [
    { shape: { kind: 'noted', what: 'linked', orders: orders.toSorted() }, about: undefined, ...rangeOf(occurredAt) },
  ],
});
