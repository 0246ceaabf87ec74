/** Officials and the platform met. Whom it names is a snapshot; which orders it was about is what the source says. */
import { z } from 'zod';
import { eventType, type Rule } from '../event-type.ts';
import { citedOrders, type Fields, party } from '../fields.ts';
import { caseIdText } from '../ids.ts';
import type { TimeExtent } from '../time.ts';

const PARTICIPANTS_MAX = 200;

const endsAfterItBegins: Rule<{ readonly occurredAt: TimeExtent; readonly endedAt?: TimeExtent | undefined }> = ({
  occurredAt,
  endedAt,
}) =>
  endedAt !== undefined && endedAt.latest <= occurredAt.earliest
    ? { code: 'ENDS_BEFORE_START', field: 'endedAt', start: occurredAt.earliest, end: endedAt.latest }
    : undefined;

export const meetingHeld = eventType({
  name: 'MeetingHeld',
  version: 1,
  category: 'meeting',
  opens: true,
  fields: (field: Fields) => ({
    caseId: caseIdText,
    orders: citedOrders,
    participants: z.array(party).min(1).max(PARTICIPANTS_MAX),
    mode: z.enum(['in_person', 'virtual', 'unstated']),
    purpose: z.enum(['dialogue', 'review_committee', 'periodic_review', 'hearing']),
    endedAt: field.extent.optional(),
  }),
  rules: [endsAfterItBegins],
});
