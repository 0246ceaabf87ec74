/** A declaration that the record on an order is complete for a period: silence then means "nothing". */
import { z } from 'zod';
import { eventType, type Rule } from '../event-type.ts';
import { type Fields, party } from '../fields.ts';
import { notBeforeOwnIssue } from '../order.ts';
import type { Instant } from '../time.ts';

const endsAfterItBegins: Rule<{ readonly from: Instant; readonly to: Instant }> = ({ from, to }) =>
  to <= from ? { code: 'ENDS_BEFORE_START', field: 'to', start: from, end: to } : undefined;

export const coverageDeclared = eventType({
  name: 'CoverageDeclared',
  version: 1,
  category: 'order',
  fields: (field: Fields) => ({ from: field.instant, to: field.instant, completeness: z.enum(['complete', 'partial', 'none']), by: party }),
  rules: [notBeforeOwnIssue, endsAfterItBegins],
});
