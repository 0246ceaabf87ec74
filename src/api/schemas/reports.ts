/** The form of an audit trail and of a dossier. */
import { z } from 'zod';
import { EVENT_NOTES, GAPS } from '../../domain/gaps.ts';
import { uuidText } from '../../domain/ids.ts';
import { STATUSES_READ } from '../../domain/pairs/pair-state.ts';
import { VALID_AT_IS } from '../../wording/report-forms.ts';
import { entry, line } from './chronology.ts';
import { count, head, instant, presumption } from './common.ts';
import { besideCount, besideStatus, orderFigures } from './compliance.ts';
import { deadlinesOfOrder } from './deadlines.ts';
import { caveat, deadlineRule } from './due.ts';
import { aboutTarget, orderEntry } from './registers.ts';

const report = {
  ...head,
  validAt: instant,
  validAtIs: z
    .enum(VALID_AT_IS)
    .meta({ description: 'As asked; else the end to which the record is declared complete, if it is past; else the time of the request' }),
  sort: z.enum(['occurred', 'recorded']),
  recordedAt: instant.nullable().meta({ description: 'When the event at `position` was recorded' }),
  zone: z.string().meta({ description: 'In which people read the hours' }),
};
const status = z.enum(STATUSES_READ);
const statusUnder = z.strictObject({
  order: uuidText,
  status,
  readings: z.array(status).optional().meta({ description: 'What the sources leave open between' }),
  ...besideStatus,
  responseDeclined: z.boolean(),
});
const after = { description: 'At the last instant at which it can have happened, as known at `position`; empty for what was retracted' };
const notes = z.array(z.enum(EVENT_NOTES));
const gaps = z.array(
  z.strictObject({
    code: z.enum(GAPS),
    order: uuidText.optional(),
    from: instant.optional(),
    to: instant.optional(),
    number: count.optional(),
    of: count.optional(),
  }),
);

const refs = z.record(z.string(), z.string()).meta({ description: 'References of the orders that events name' });

export const trailReply = z.strictObject({
  ...report,
  synthetic: z.boolean(),
  ...aboutTarget,
  refs,
  rules: z
    .array(deadlineRule.extend({ order: uuidText }))
    .meta({ description: 'Of the orders that list it: what a status says of its time is said by these' }),
  caveat,
  now: z.array(statusUnder),
  ...presumption,
  steps: z.array(z.strictObject({ ...entry, after: z.array(statusUnder).meta(after), notes })),
  stepsMore: count,
  gaps,
});

export const dossierReply = z.strictObject({
  ...report,
  order: orderEntry,
  refs,
  now: orderFigures.nullable(),
  deadlines: deadlinesOfOrder.nullable(),
  caveat,
  steps: z.array(z.strictObject({ ...line, after: z.array(z.strictObject({ status, pairs: count, ...besideCount })).meta(after), notes })),
  hasMore: z.boolean().meta({ description: 'The chronology of the order has more' }),
  gaps,
});
