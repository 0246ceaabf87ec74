/** The authority wrote to the platform about the order, after it: what it calls late, what it threatens, what it wants proved. */
import { z } from 'zod';
import { eventType } from '../event-type.ts';
import { line, listOf } from '../fields.ts';
import { notBeforeOwnIssue } from '../order.ts';

export const noticeServed = eventType({
  name: 'NoticeServed',
  version: 1,
  category: 'order',
  fields: () => ({
    kind: z.enum(['non_compliance', 'penalty', 'reminder', 'compliance_proof']),
    ref: line.optional(),
    pages: z.int().min(1).optional(),
    /** As the notice cites them: provisions, or what they threaten. */
    penaltiesCited: listOf(line),
    restatesDemand: z.boolean(),
  }),
  complete: (input) => ({ data: { ...input, receivedAt: input.receivedAt ?? input.occurredAt } }),
  rules: [notBeforeOwnIssue],
});
