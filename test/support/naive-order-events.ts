/** Stored events of an order's own life, made by hand: what stays, ends, answers and times it. */
import { type Data, type Draft, fact, type StoredExtent } from './naive-events.ts';

const AUTHORITY = { name: 'Synthetic Ministry' };

const ofOrder = (id: string, type: string, occurredAt: StoredExtent, said: Data): Draft => ({
  stream: `order-${id}`,
  type,
  data: { ...fact(occurredAt), ...said },
});

export const orderConfirmed = (id: string, occurredAt: StoredExtent): Draft =>
  ofOrder(id, 'OrderConfirmed', occurredAt, { by: { role: 'Review committee' } });

export const orderStayed = (id: string, occurredAt: StoredExtent, until?: string): Draft =>
  ofOrder(id, 'OrderStayed', occurredAt, { by: AUTHORITY, restorationDirected: false, ...(until !== undefined && { until }) });

/** `stay` is the event that it ends; left out where somebody else fills it in. */
export const stayLifted = (id: string, occurredAt: StoredExtent, stay?: string): Draft =>
  ofOrder(id, 'StayLifted', occurredAt, { by: AUTHORITY, ...(stay !== undefined && { stay }) });

export const orderRevoked = (id: string, occurredAt: StoredExtent): Draft =>
  ofOrder(id, 'OrderRevoked', occurredAt, { how: 'revoked', by: AUTHORITY, restorationDirected: false });

export const noticeServed = (id: string, occurredAt: StoredExtent): Draft =>
  ofOrder(id, 'NoticeServed', occurredAt, { kind: 'reminder', penaltiesCited: [], restatesDemand: true, receivedAt: occurredAt });

export const orderAnswered = (id: string, occurredAt: StoredExtent, said: { readonly answer: string; readonly scope: string }): Draft =>
  ofOrder(id, 'OrderAnswered', occurredAt, { by: { organisation: 'Birdsite' }, grounds: [], ...said });

export const deadlineSet = (id: string, occurredAt: StoredExtent, dueAt: string): Draft =>
  ofOrder(id, 'DeadlineSet', occurredAt, { dueAt, by: AUTHORITY, reason: 'Synthetic.' });

export const clockStopped = (id: string, occurredAt: StoredExtent): Draft =>
  ofOrder(id, 'ClockStopped', occurredAt, { cause: 'clarification' });

/** `stop` is the event that it ends; left out where somebody else fills it in. */
export const clockRestarted = (id: string, occurredAt: StoredExtent, stop?: string): Draft =>
  ofOrder(id, 'ClockRestarted', occurredAt, stop === undefined ? {} : { stop });
