/** Stored events that are in no figure, made by hand: a figure has to pass them by. */
import { CASE_ID, type Draft, fact, ofTarget, type StoredExtent, type StoredTarget, streamOf } from './naive-events.ts';

const PERSON = { role: 'Synthetic official' };

export const meetingHeld = (index: number, occurredAt: StoredExtent, orders: readonly string[]): Draft => ({
  stream: streamOf('meeting', index),
  type: 'MeetingHeld',
  data: { ...fact(occurredAt), caseId: CASE_ID, orders, participants: [PERSON], mode: 'virtual', purpose: 'review_committee' },
});

export const statementMade = (index: number, occurredAt: StoredExtent, orders: readonly string[]): Draft => ({
  stream: streamOf('statement', index),
  type: 'StatementMade',
  data: {
    ...fact(occurredAt),
    ...{ caseId: CASE_ID, kind: 'assessment', speaker: PERSON, medium: 'letter', orders, summary: 'Synthetic.' },
  },
});

export const claimRecorded = (index: number, occurredAt: StoredExtent, orders: readonly string[]): Draft => ({
  stream: streamOf('claim', index),
  type: 'ClaimRecorded',
  data: {
    ...fact(occurredAt),
    sources: [{ name: 'A synthetic newspaper' }],
    ...{ caseId: CASE_ID, claimant: PERSON, relayedBy: [], metric: 'pairs_in_effect', population: { orders } },
    ...{ comparator: 'eq', value: '2', unit: 'count', text: 'two accounts' },
  },
});

export const claimWithdrawn = (index: number, occurredAt: StoredExtent): Draft => ({
  stream: streamOf('claim', index),
  type: 'ClaimWithdrawn',
  data: { ...fact(occurredAt), caseId: CASE_ID, by: PERSON, reason: 'Synthetic.' },
});

export const evidenceRegistered = (index: number, occurredAt: StoredExtent): Draft => {
  const sha256 = `${index}`.padStart(64, '0');
  return {
    stream: `evidence-${sha256}`,
    type: 'EvidenceRegistered',
    data: { ...fact(occurredAt), sha256, bytes: 1, mediaType: 'text/plain', obtainedFrom: 'Nobody.', method: 'made up' },
  };
};

/** `restriction` is the event of which the holder was told. */
export const userNotified = (target: StoredTarget, occurredAt: StoredExtent, restriction?: string): Draft =>
  ofTarget(target, 'UserNotified', occurredAt, { orders: [], channel: 'e-mail', ...(restriction !== undefined && { restriction }) });

export const targetLinked = (target: StoredTarget, occurredAt: StoredExtent, to: StoredTarget): Draft =>
  ofTarget(target, 'TargetLinked', occurredAt, { orders: [], relation: 'renamed_to', to, confidence: 'probable' });
