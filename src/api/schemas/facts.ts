/** The forms of what the registers of meetings, statements, claims and files answer: what was recorded, and what is said beside. */
import { z } from 'zod';
import type { EventType } from '../../domain/event-type.ts';
import { claimRecorded } from '../../domain/events/claim-recorded.ts';
import { evidenceRegistered } from '../../domain/events/evidence-registered.ts';
import { meetingHeld } from '../../domain/events/meeting-held.ts';
import { statementMade } from '../../domain/events/statement-made.ts';
import { party } from '../../domain/fields.ts';
import { sha256Text, streamNameText, uuidText } from '../../domain/ids.ts';
import { instantStored, storedTimeExtent } from '../../domain/time.ts';
import { retractedBy } from './chronology.ts';
import { head, next } from './common.ts';

const placed = { event: uuidText, position: z.int().min(1) };
const entry = (id: string, { stored }: EventType, beside: z.core.$ZodShape = {}) =>
  z.strictObject({ id: uuidText, ...placed, ...stored.shape, ...beside }).meta({ id });

const withdrawal = z.strictObject({ event: uuidText, occurredAt: storedTimeExtent, by: party, reason: z.string() });
const claimBeside = {
  asOf: storedTimeExtent.meta({ description: 'The state that it is about' }),
  asOfAssumed: z.boolean().meta({ description: 'The source does not say as of when: taken to be when it was published' }),
  value: z
    .string()
    .optional()
    .meta({ description: 'As written, or the numerator of a count. Of a percentage not written out: numerator out of denominator' }),
  withdrawn: withdrawal.nullable(),
};

export const meetingEntry = entry('Meeting', meetingHeld);
export const statementEntry = entry('Statement', statementMade);
export const claimEntry = entry('Claim', claimRecorded, claimBeside);
const evidenceEntry = z
  .strictObject({ id: sha256Text, ...placed, ...evidenceRegistered.stored.shape })
  .meta({ id: 'Evidence', description: 'A file on record' });

const publishedBy = { reportedBy: instantStored.optional() };
export const factPage = (member: string, form: z.ZodType) => z.strictObject({ ...head, ...publishedBy, [member]: z.array(form), ...next });
export const factReply = (member: string, form: z.ZodType) => z.strictObject({ ...head, [member]: form });

export const evidencePage = factPage('evidence', evidenceEntry);
const retracted = retractedBy
  .nullable()
  .meta({ description: 'Why its record no longer stands; null while it does. What cites it may stand' });
export const evidenceReply = factReply('evidence', evidenceEntry.safeExtend({ retracted }).meta({ id: 'EvidenceRecord' }));
const citation = z
  .strictObject({
    ...placed,
    type: z.string(),
    stream: streamNameText,
    recordedAt: instantStored,
    occurredAt: storedTimeExtent.nullable().meta({ description: 'null: a correction, which has no time of its own' }),
    verbatim: z.string().nullable().meta({ description: 'The account that it is about, as first written' }),
    locators: z.array(z.string()).meta({ description: 'Where in the file, as its sources say' }),
    retracted: z
      .strictObject({ ...placed, recordedAt: instantStored })
      .nullable()
      .meta({ description: 'By which event it, or what it corrects, was retracted since' }),
  })
  .meta({ id: 'Citation', description: 'An event that names the file, as it was recorded' });
export const citationPage = z.strictObject({
  ...head,
  sha256: sha256Text,
  retracted,
  total: z.int().min(0).meta({ description: 'On all pages' }),
  totalRetracted: z.int().min(0).meta({ description: 'Of `total`: those that were retracted since' }),
  citations: z.array(citation),
  ...next,
});
export const verificationReply = z.strictObject({
  sha256: sha256Text,
  file: z
    .enum(['intact', 'missing', 'altered', 'unreadable'])
    .meta({ description: 'What was found when its bytes were hashed now. Only an intact file is served' }),
  hashedAt: instantStored.meta({ description: 'When that was: the file may be altered at any time after' }),
});
export const fileReply = z.string().meta({ description: 'The bytes of the file, if they are intact' });
