/** The forms of what happened: of single events, of lines that tell of many, and of the log itself. */
import { z } from 'zod';
import { uuidText } from '../../domain/ids.ts';
import { count, counts, data, extent, head, instant, next, target } from './common.ts';
import { aboutTarget } from './registers.ts';

const by = { event: uuidText, position: count, recordedAt: instant, reason: z.string(), explanation: z.string().optional() };
export const retractedBy = z.strictObject({ ...by, duplicateOf: uuidText.optional() });

export const entry = {
  event: uuidText,
  position: count,
  stream: z.string(),
  revision: count,
  type: z.string(),
  occurredAt: extent,
  receivedAt: extent.optional(),
  recordedAt: instant,
  externalRecordedAt: instant.optional(),
  recordedBy: z.string(),
  synthetic: z.boolean(),
  target: z.strictObject({ ...target, platformId: z.string().optional() }).optional(),
  orders: z.array(uuidText),
  assertion: z.string(),
  sources: z.array(data).optional(),
  text: z.string().optional(),
  says: data.meta({ description: 'What else the event says, as corrected' }),
  correctedBy: z.array(z.strictObject({ ...by, fields: z.array(z.string()) })).optional(),
  struck: data.optional().meta({ description: 'Fields that were corrected, as first recorded; null: not said' }),
  retracted: retractedBy.optional().meta({ description: 'The whole entry is struck' }),
};
export const entryForm = z.strictObject(entry).meta({ id: 'Entry' });
export const line = {
  events: count,
  targets: count,
  kinds: counts,
  classes: counts,
  type: z.string(),
  occurredAt: extent,
  orders: z.array(uuidText),
  says: data.meta({ description: 'What all of them say' }),
  isRetracted: z.boolean(),
  isCorrected: z.boolean(),
  first: entryForm,
};
const lineForm = z.strictObject(line).meta({ id: 'Line' });
const publishedBy = { reportedBy: instant.optional() };
export const entryPage = z.strictObject({ ...head, ...publishedBy, entries: z.array(entryForm), ...next });
export const linePage = z.strictObject({ ...head, ...publishedBy, lines: z.array(lineForm), ...next });
export const chronologyPage = z.union([entryPage, linePage]);
const timelineEntry = z.strictObject({
  ...entry,
  undeterminedWith: z.array(uuidText).optional().meta({ description: 'Which came first is not known' }),
  undeterminedMore: count.optional(),
});
export const timelinePage = z.strictObject({ ...head, ...aboutTarget, entries: z.array(timelineEntry), ...next });

// ---- The log

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const placed = { position: count, hash, envelope: data };
export const eventPage = z.strictObject({ ...head, events: z.array(z.strictObject(placed)), next: z.int().nullable() });
export const eventReply = z.strictObject({
  ...head,
  event: z.strictObject(placed),
  entry: entryForm.nullable().meta({
    description: 'How it reads at that position; null for what is no fact: a correction, a retraction, the opening of the ledger',
  }),
});
export const canonicalReply = data.meta({ description: 'The canonical bytes; the header ledger-event-hash holds their hash' });
export const streamReply = z
  .string()
  .meta({ description: 'text/event-stream; id is the position, data an event with position, hash and envelope' });
