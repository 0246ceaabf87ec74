/** Imports as a request sends them, and what a ledger holds after them. */
import type { Envelope } from '../../src/envelope/envelope.ts';
import type { EventStore } from '../../src/event-store/event-store.ts';
import type { Body, Reply, TestLedger } from './ledger.ts';

export type Sent = {
  readonly mapping: object;
  readonly file: string | Uint8Array;
  readonly name?: string;
  readonly confirm?: readonly object[];
};

export const importForm = ({ mapping, file, name = 'table.csv', confirm }: Sent): FormData => {
  const form = new FormData();
  form.append('mapping', new Blob([JSON.stringify(mapping)], { type: 'application/json' }));
  if (confirm) form.append('confirm', new Blob([JSON.stringify(confirm)], { type: 'application/json' }));
  form.append('file', new Blob([typeof file === 'string' ? file : new Uint8Array(file)]), name);
  return form;
};

export const sendImport = (
  ledger: TestLedger,
  sent: Sent,
  { dryRun = false, key }: { dryRun?: boolean; key?: string } = {},
): Promise<Reply> =>
  ledger.postForm(`/v1/imports${dryRun ? '?dryRun=true' : ''}`, importForm(sent), key === undefined ? {} : { 'idempotency-key': key });

/** A synthetic case, so that a table of one thing is enough. */
export const mappingOf = (rows: readonly object[], more: object = {}): Body => ({
  mapping: 1,
  name: 'Synthetic',
  file: { format: 'csv' },
  zone: 'Asia/Kolkata',
  dates: 'day-month-year',
  common: { assertion: 'platform_report', synthetic: true },
  rows,
  ...more,
});
export const accountIn = (column: string) => ({ column, as: 'target', platform: 'birdsite.example', kind: 'account' });
export const withheldRow = (said: object = {}) => ({
  name: 'withheld',
  event: 'TargetWithheld',
  when: { column: 'Withheld', blank: false },
  fields: {
    ...{ target: accountIn('Account'), orders: [], territory: ['IN'], basis: 'unstated' },
    ...{ occurredAt: { column: 'Withheld', as: 'time' }, ...said },
  },
});
export const restoredRow = (said: object = {}) => ({
  name: 'restored',
  event: 'TargetReinstated',
  when: { column: 'Restored', blank: false },
  fields: { target: accountIn('Account'), orders: [], reason: 'unstated', occurredAt: { column: 'Restored', as: 'time' }, ...said },
});

export const allEvents = async (log: unknown): Promise<readonly Envelope[]> => {
  const store = log as EventStore;
  const events: Envelope[] = [];
  for (let after: Parameters<EventStore['readAll']>[0]['after'] = null; ; ) {
    const page = await store.readAll({ after, limit: 1_000 });
    events.push(...page.events.map(({ event }) => event));
    if (page.events.length === 0) return events;
    after = page.next;
  }
};

/** What each stream says: ids, salts and the hours of recording aside. A restriction is named by its place in the stream. */
export const saidByStream = (events: readonly Envelope[]): Body => {
  const places = new Map(events.map(({ id, stream, revision }) => [id, `${stream} ${revision}`]));
  const said = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value, (_, inner) => (typeof inner === 'string' ? (places.get(inner) ?? inner) : inner)));
  const streams = Map.groupBy(
    events.filter(({ type }) => type !== 'LedgerOpened'),
    ({ stream }) => stream,
  );
  return Object.fromEntries(
    [...streams]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([stream, own]) => [stream, own.map(({ type, data }) => [type, said(whenAside(type, data))])]),
  );
};

/** An import, and a file that came with it, say when they came. */
const whenAside = (type: string, data: object): object =>
  ['EvidenceRegistered', 'ImportStarted', 'ImportCompleted'].includes(type) ? { ...data, occurredAt: undefined } : data;
