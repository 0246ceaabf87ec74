/** Stored events as they stand in a log, made by hand: for evaluators that are compared without the write path. */
import { v5 } from 'uuid';
import type { LogEvent } from './naive-log.ts';
import type { NaiveTerritory } from './naive-record.ts';

const NAMESPACE = 'e44b8ef7-054b-56e5-a49c-be927a2cf401';
const PLATFORM = 'birdsite.example';

export type StoredExtent = { readonly earliest: string; readonly latest: string; readonly precision: string; readonly zone: string };
export type StoredTarget = { readonly platform: string; readonly kind: string; readonly key: string; readonly verbatim: string };
export type Data = LogEvent['data'];

/** Where the next event would stand, and what it would say. */
export type Draft = { readonly stream: string; readonly type: string; readonly data: Data };

/** The log with one event more; the later it stands, the later it was recorded. */
export const withEvent = (log: readonly LogEvent[], { stream, type, data }: Draft): readonly LogEvent[] => {
  const position = log.length + 1;
  const revision = log.filter((event) => event.stream === stream).length;
  const recordedAt = instantText(Temporal.Instant.from('2021-06-01T00:00:00Z').add({ seconds: position }));
  return [...log, { position, id: eventId(position), stream, revision, type, recordedAt, data }];
};

export const eventId = (position: number): string => `017a0000-0000-7000-8000-${position.toString(16).padStart(12, '0')}`;

/** UTC text with exactly three decimals. */
export const instantText = (instant: Temporal.Instant): string => instant.toString({ fractionalSecondDigits: 3 });

export const extentText = (earliest: Temporal.Instant, latest: Temporal.Instant): StoredExtent => ({
  earliest: instantText(earliest),
  latest: instantText(latest),
  precision: earliest.equals(latest) ? 'second' : 'range',
  zone: 'UTC',
});

export const orderId = (index: number): string => v5(`order\n${index}`, NAMESPACE);
export const targetOf = (kind: string, key: string): StoredTarget => ({ platform: PLATFORM, kind, key, verbatim: key });
export const targetStream = ({ platform, kind, key }: StoredTarget): string =>
  `target-${v5(`target\n${platform}\n${kind}\n${key}`, NAMESPACE)}`;

export const fact = (occurredAt: StoredExtent) => ({ occurredAt, assertion: 'direct_record', sources: [], synthetic: true });

/** The draft with sources, each published then; one that does not say when is left undated. */
export const published = (draft: Draft, publications: readonly (StoredExtent | 'undated')[]): Draft => ({
  ...draft,
  data: {
    ...draft.data,
    sources: publications.map((publishedAt) => ({ name: 'A synthetic newspaper', ...(publishedAt !== 'undated' && { publishedAt }) })),
  },
});

export const CASE_ID = v5('case\n1', NAMESPACE);
export const streamOf = (category: string, index: number): string => `${category}-${v5(`${category}\n${index}`, NAMESPACE)}`;

export const caseOpened = (occurredAt: StoredExtent): Draft => ({
  stream: `case-${CASE_ID}`,
  type: 'CaseOpened',
  data: { ...fact(occurredAt), title: 'A synthetic case', zone: 'UTC' },
});

export const orderIssued = (
  id: string,
  occurredAt: StoredExtent,
  said: Data & { readonly demand: { readonly measure: string; readonly territory: NaiveTerritory }; readonly expiresAt?: string },
): Draft => ({
  stream: `order-${id}`,
  type: 'OrderIssued',
  data: {
    ...fact(occurredAt),
    caseId: CASE_ID,
    ref: `synthetic/${id.slice(0, 8)}`,
    instrument: 'direction',
    authority: { name: 'Synthetic Ministry' },
    addressee: { name: 'Birdsite' },
    platform: PLATFORM,
    legalBasis: [],
    grounds: [],
    reasonsRecorded: 'unstated',
    urgency: 'ordinary',
    deadlineRule: { id: 'none', version: 1 },
    confidential: false,
    ...said,
  },
});

export const orderServed = (id: string, occurredAt: StoredExtent): Draft => ({
  stream: `order-${id}`,
  type: 'OrderServed',
  data: { ...fact(occurredAt), receivedAt: occurredAt, channel: 'portal' },
});

export const coverageDeclared = (
  id: string,
  occurredAt: StoredExtent,
  said: { readonly from: string; readonly to: string; readonly completeness: string },
): Draft => ({
  stream: `order-${id}`,
  type: 'CoverageDeclared',
  data: { ...fact(occurredAt), by: { name: 'Synthetic Recorder' }, ...said },
});

export const ofTarget = (target: StoredTarget, type: string, occurredAt: StoredExtent, said: Data): Draft => ({
  stream: targetStream(target),
  type,
  data: { ...fact(occurredAt), target, ...said },
});

export const targetListed = (
  target: StoredTarget,
  occurredAt: StoredExtent,
  said: { readonly order: string; readonly receivedAt?: StoredExtent },
): Draft => ofTarget(target, 'TargetListed', occurredAt, said);

export const targetWithdrawn = (target: StoredTarget, occurredAt: StoredExtent, order: string): Draft =>
  ofTarget(target, 'TargetWithdrawn', occurredAt, { order, reason: 'Synthetic.' });

type Act = { readonly orders: readonly string[]; readonly basis: string; readonly until?: string };

export const targetBlocked = (target: StoredTarget, occurredAt: StoredExtent, said: Act & { readonly measure: string }): Draft =>
  ofTarget(target, 'TargetBlocked', occurredAt, said);

export const targetWithheld = (target: StoredTarget, occurredAt: StoredExtent, said: Act & { readonly territory: NaiveTerritory }): Draft =>
  ofTarget(target, 'TargetWithheld', occurredAt, said);

export const targetLimited = (target: StoredTarget, occurredAt: StoredExtent, said: Act & { readonly territory: NaiveTerritory }): Draft =>
  ofTarget(target, 'TargetLimited', occurredAt, { measure: 'demoted', ...said });

export const targetGone = (target: StoredTarget, occurredAt: StoredExtent): Draft =>
  ofTarget(target, 'TargetGone', occurredAt, { orders: [], cause: 'owner' });

export const targetReinstated = (
  target: StoredTarget,
  occurredAt: StoredExtent,
  lifts: readonly { readonly restriction: string; readonly territory: NaiveTerritory }[],
): Draft => ofTarget(target, 'TargetReinstated', occurredAt, { orders: [], reason: 'own_decision', lifts });

export const targetDeclined = (target: StoredTarget, occurredAt: StoredExtent, orders: readonly string[]): Draft =>
  ofTarget(target, 'TargetDeclined', occurredAt, { orders, grounds: ['lacks_reasons'] });

export const eventCorrected = (
  { stream, id }: { readonly stream: string; readonly id: string },
  said: { readonly changes: Data; readonly removes?: readonly string[] },
): Draft => ({
  stream,
  type: 'EventCorrected',
  data: { event: id, reason: 'data_entry', explanation: 'A synthetic correction.', ...said },
});

export const eventRetracted = ({ stream, id }: { readonly stream: string; readonly id: string }): Draft => ({
  stream,
  type: 'EventRetracted',
  data: { event: id, reason: 'wrong' },
});
