/** The platform answered the order as a whole. An answer about some of its targets does not say which, so it is no answer for any one of them. */
import { z } from 'zod';
import { eventType } from '../event-type.ts';
import { classes, declineGround, listOf, party } from '../fields.ts';
import { notBeforeOwnIssue } from '../order.ts';

export const orderAnswered = eventType({
  name: 'OrderAnswered',
  version: 1,
  category: 'order',
  fields: () => ({
    answer: z.enum(['acknowledged', 'accepted', 'declined', 'partly_declined']),
    by: party,
    scope: z.enum(['all', 'some']),
    grounds: listOf(declineGround),
    classes: classes.min(1).optional(),
  }),
  rules: [notBeforeOwnIssue],
});
