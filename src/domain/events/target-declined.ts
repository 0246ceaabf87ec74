/** The platform refused to act on an order about this target. A refusal is a fact, and has its grounds. */
import { z } from 'zod';
import { eventType } from '../event-type.ts';
import { CITED_MAX, classes, declineGround, type Fields, listOf } from '../fields.ts';
import { orderIdText } from '../ids.ts';
import { notBeforeIssue, platformAgrees } from '../order.ts';
import { rangeOf } from '../time.ts';
import { ofTarget, targetAsked } from './target-act.ts';

export const targetDeclined = eventType({
  name: 'TargetDeclined',
  version: 1,
  category: 'target',
  fields: (field: Fields) => ({
    target: field.target,
    orders: z.array(orderIdText).min(1).max(CITED_MAX),
    grounds: listOf(declineGround),
    classes: classes.min(1).optional(),
  }),
  filled: ['target'],
  asked: targetAsked,
  complete: ofTarget,
  rules: [notBeforeIssue, platformAgrees],
  facts: ({ data }) => {
    const shape = { kind: 'declined', grounds: data.grounds, classes: (data.classes ?? []).map((asserted) => asserted.class) } as const;
    return data.orders.map((order) => ({ shape, about: { order }, ...rangeOf(data.occurredAt) }));
  },
});
