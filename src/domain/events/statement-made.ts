/** Somebody said something about the matter, aloud or in writing: a letter and an e-mail are statements too. What is said is recorded as said, not as a fact. */
import { z } from 'zod';
import { eventType } from '../event-type.ts';
import { citedOrders, type Fields, line, listOf, party, text } from '../fields.ts';
import { caseIdText, meetingIdText, streamOf } from '../ids.ts';
import { isSame } from '../json.ts';
import { meetingHeld } from './meeting-held.ts';

export const STATEMENT_KINDS = [
  'statement',
  'reason',
  'legal_position',
  'concern',
  'criticism',
  'non_compliance_alleged',
  'assessment',
  'undertaking_requested',
  'undertaking_given',
  'comment_sought',
  'court_direction',
  'context',
] as const;
export const STATEMENT_MEDIA = ['oral', 'letter', 'email', 'press_release', 'blog', 'social', 'filing', 'interview', 'unstated'] as const;

/** A statement made in a meeting may leave its time to that of the meeting; any other says it. */
export const saysWhen = (said: { readonly [field: string]: unknown }): boolean =>
  said['occurredAt'] !== undefined || said['meetingId'] !== undefined;
export const WHEN_UNSAID = 'say when it was made, or in which meeting';

/** A statement made in a meeting was made when the meeting was held, unless its own source says it more exactly. */
export const statementMade = eventType({
  name: 'StatementMade',
  version: 1,
  category: 'statement',
  opens: true,
  fields: (field: Fields) => ({
    caseId: caseIdText,
    kind: z.enum(STATEMENT_KINDS),
    speaker: party,
    addressee: party.optional(),
    medium: z.enum(STATEMENT_MEDIA),
    orders: citedOrders,
    /** Targets that the statement speaks of. It stands in no stream of theirs: what is said of an account is no act upon it. */
    targets: listOf(field.target).min(1).optional(),
    meetingId: meetingIdText.optional(),
    /** What was said, in the recorder's words; the source's own stand in `text`. */
    summary: text,
    /** With what the speaker compares: other events, other platforms, other treatment. */
    comparators: listOf(line).min(1).optional(),
    /** How far, as the speaker grades it: "substantial parts". */
    level: line.optional(),
    /** What came of it, as far as the source says: "open", "unavailable for comment". */
    outcome: line.optional(),
  }),
  defaulted: ['occurredAt'],
  complete: ({ meetingId, occurredAt, ...input }, _state, { first }) => {
    const meeting = meetingId === undefined ? undefined : first(streamOf('meeting', meetingId));
    const heldAt = meeting && meetingHeld.isTypeOf(meeting) ? meeting.data.occurredAt : undefined;
    const data = { ...input, meetingId, occurredAt: occurredAt ?? heldAt };
    if (data.occurredAt) return { data };
    return { refusal: { code: 'REFERENCE_UNKNOWN', field: 'meetingId', reference: meetingId ?? '' }, data };
  },
  // A meeting may have been corrected since: whoever left the time to the ledger asks for the same again.
  isRepeat: (recorded, input, completed) => {
    const occurredAt = input.occurredAt ?? recorded.occurredAt;
    return isSame(recorded, { ...completed, batchId: recorded.batchId, occurredAt });
  },
  rules: [],
});
