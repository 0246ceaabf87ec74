/** Somebody set or extended the time for compliance with the order: from then on this, and not the rule, says when it is due. */
import { eventType } from '../event-type.ts';
import { type Fields, party, text } from '../fields.ts';
import { notBeforeOwnIssue } from '../order.ts';
import { notAfterOwnEnd } from '../order-end.ts';

export const deadlineSet = eventType({
  name: 'DeadlineSet',
  version: 1,
  category: 'order',
  fields: (field: Fields) => ({ dueAt: field.instant, by: party, reason: text }),
  rules: [notBeforeOwnIssue, notAfterOwnEnd],
});
