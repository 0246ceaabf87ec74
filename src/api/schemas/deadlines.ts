/** The form of what is answered about deadlines. */
import { z } from 'zod';
import { DUTY_STATES } from '../../domain/deadlines/duties.ts';
import { orderIdText } from '../../domain/ids.ts';
import { targetKind } from '../../domain/target-ref.ts';
import { bounds, count, eventNamed, head, instant, presumption } from './common.ts';
import { countOfStatus } from './compliance.ts';
import { caveat, due } from './due.ts';

const rule = {
  id: z.string(),
  version: z.int().min(1),
  framework: z.string(),
  provision: z.string(),
  validFrom: z.string().optional(),
  validTo: z.string().optional().meta({ description: 'Exclusive' }),
  clockStart: z.enum(['receipt', 'issue']),
  duration: z.string().optional().meta({ description: 'ISO 8601, elapsed time; none: the rule sets no number of hours' }),
  onRestart: z.enum(['continue', 'restart']),
  acknowledge: z.string().optional(),
  acknowledgeUnder: z
    .strictObject({ provision: z.string(), isUnchecked: z.boolean() })
    .optional()
    .meta({ description: "Which provision asks for that, where it is not the rule's own" }),
  review: z.string().optional(),
  unchecked: z.array(z.string()).meta({ description: 'What of this row nobody has checked' }),
  reviewedBy: z.string().nullable().meta({ description: 'Who confirmed it; null: nobody' }),
};
const duty = { what: z.string(), provision: z.string() };

export const rulesReply = z.strictObject({
  caveat,
  rules: z.array(
    z
      .strictObject({
        ...rule,
        duties: z.array(
          z.strictObject({ ...duty, within: z.string().optional(), meeting: z.string().optional(), isUnchecked: z.boolean().optional() }),
        ),
      })
      .meta({ id: 'DeadlineRule' }),
  ),
});

export const deadlinesOfOrder = z.strictObject({
  order: orderIdText,
  synthetic: z.boolean(),
  rule: z.strictObject(rule),
  due: due.meta({ description: 'For what is listed with the order; null: the order sets no number of hours' }),
  lists: z
    .array(z.strictObject({ binding: bounds.nullable(), due, pairs: count, statuses: z.array(countOfStatus) }))
    .meta({ description: 'The accounts, those together that are due alike' }),
  listsMore: count.meta({ description: 'Accounts of further lists' }),
  duties: z.array(
    z.strictObject({
      ...duty,
      isUnchecked: z.literal(true).optional(),
      state: z.enum(DUTY_STATES),
      by: bounds.nullable(),
      events: z.array(eventNamed),
    }),
  ),
  flags: z.array(z.enum(['review_overdue'])),
  ...presumption,
});

export const deadlinesReply = z.strictObject({
  ...head,
  reportedBy: instant.optional(),
  validAt: instant,
  kinds: z.array(targetKind),
  caveat,
  orders: z.array(deadlinesOfOrder),
});
export const calendarReply = z.string().meta({ description: 'iCalendar (RFC 5545)' });
