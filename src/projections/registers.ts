/** The registers of cases and orders, as known at a position. */
import { type DeadlineRule, findRule } from '../domain/deadlines/deadline-rules.ts';
import type { TypedEventType } from '../domain/event-type.ts';
import { caseOpened } from '../domain/events/case-opened.ts';
import { coverageDeclared } from '../domain/events/coverage-declared.ts';
import { orderIssued } from '../domain/events/order-issued.ts';
import { orderServed } from '../domain/events/order-served.ts';
import { type CaseId, type OrderId, parseCaseId, parseOrderId, splitStream, streamOf } from '../domain/ids.ts';
import { coverageOf } from '../domain/order-coverage.ts';
import { instantFromMs, type TimeExtent } from '../domain/time.ts';
import { COUNTED_KINDS } from './compliance.ts';
import { findStream, streamNamed } from './dictionaries.ts';
import { listedByKind } from './listing-counts.ts';
import { orderLife } from './order-life.ts';
import { recordedMsOf } from './progress.ts';
import type { ReadModel } from './read-model.ts';
import { type AnyRecord, countOfType, openings, type Page, recordsOf, recordsOfType, type StoredRecord } from './records.ts';

export type CaseEntry = {
  readonly id: string;
  readonly title: string;
  readonly zone: string;
  readonly incidentAt?: TimeExtent;
  readonly synthetic: boolean;
  readonly orders: number;
  readonly meetings: number;
  readonly event: string;
  readonly openedAt: TimeExtent;
};
/** `next` is the `after` of the next page. */
export type Listed<T> = { readonly rows: readonly T[]; readonly next: number | undefined };

export const listCases = (model: ReadModel, page: Page): Listed<CaseEntry> =>
  listed(openings(model, 'CaseOpened', oneMore(page)), page, (record) => caseEntry(model, record, page.knownAt));

/** `undefined` if no CaseOpened stands at that position. */
export const findCase = (model: ReadModel, id: CaseId, knownAt: number): CaseEntry | undefined => {
  const no = findStream(model, streamOf('case', id));
  const [record] = no === undefined ? [] : openings(model, 'CaseOpened', { after: no - 1, upTo: no, limit: 1, knownAt });
  return record && caseEntry(model, record, knownAt);
};

const caseEntry = (model: ReadModel, { event, no, type, data }: StoredRecord, knownAt: number): CaseEntry | undefined => {
  const opened: { readonly type: string; readonly data: unknown } = { type, data };
  if (!caseOpened.isTypeOf(opened)) return undefined;
  const { title, zone, incidentAt, synthetic, occurredAt } = opened.data;
  return {
    id: splitStream(streamNamed(model, no)).id,
    title,
    zone,
    ...(incidentAt && { incidentAt }),
    synthetic,
    orders: countOfType(model, no, 'OrderIssued', knownAt),
    meetings: countOfType(model, no, 'MeetingHeld', knownAt),
    event,
    openedAt: occurredAt,
  };
};

/** The deadline rules that orders name. */
type Rules = readonly DeadlineRule[];

export const listOrders = (
  model: ReadModel,
  page: Page & { readonly case?: CaseId | undefined; readonly rules: Rules },
): Listed<OrderEntry> => {
  const { case: caseId, rules, knownAt } = page;
  const entry = (record: StoredRecord) => orderEntry(model, record.no, knownAt, rules);
  if (caseId === undefined) return listed(openings(model, 'OrderIssued', oneMore(page)), page, entry);
  const no = findStream(model, streamOf('case', caseId));
  return no === undefined ? { rows: [], next: undefined } : listed(recordsOfType(model, no, 'OrderIssued', oneMore(page)), page, entry);
};

/** The case of an order; `undefined` if no OrderIssued stands at that position. */
export const caseOfOrder = (model: ReadModel, id: OrderId, knownAt: number): CaseId | undefined => {
  const no = findStream(model, streamOf('order', id));
  const [record] = no === undefined ? [] : openings(model, 'OrderIssued', { after: no - 1, upTo: no, limit: 1, knownAt });
  return record && parseCaseId(String(record.data['caseId']));
};

/** `undefined` if no OrderIssued stands at that position. */
export const findOrder = (model: ReadModel, id: OrderId, knownAt: number, rules: Rules): OrderEntry | undefined => {
  const no = findStream(model, streamOf('order', id));
  return no === undefined ? undefined : orderEntry(model, no, knownAt, rules);
};

/** By id what people call an order. */
export type References = { readonly [order: string]: string };

/** Of the orders that events name, as far as they stand at that position. */
export const referencesOf = (
  { model, rules }: { readonly model: ReadModel; readonly rules: Rules },
  naming: readonly { readonly orders: readonly string[] }[],
  knownAt: number,
): References =>
  Object.fromEntries(
    [...new Set(naming.flatMap(({ orders }) => orders))].flatMap((id) => {
      const found = findOrder(model, parseOrderId(id), knownAt, rules);
      return found ? [[id, found.ref]] : [];
    }),
  );

/** The ids of a case's orders. */
export const ordersOfCase = (model: ReadModel, id: CaseId, page: Page): Listed<OrderId> => {
  const no = findStream(model, streamOf('case', id));
  if (no === undefined) return { rows: [], next: undefined };
  return listed(recordsOfType(model, no, 'OrderIssued', oneMore(page)), page, (record) =>
    parseOrderId(splitStream(streamNamed(model, record.no)).id),
  );
};

export const oneMore = (page: Page): Page => ({ ...page, limit: page.limit + 1 });

/** Of the records read, one more than asked for, the rows of the page and where the next begins. */
export const listed = <T>(records: readonly StoredRecord[], { limit }: Page, rowOf: (record: StoredRecord) => T | undefined): Listed<T> => {
  const shown = records.slice(0, limit);
  return { rows: shown.flatMap((record) => rowOf(record) ?? []), next: records.length > limit ? shown.at(-1)?.no : undefined };
};

type DataOf<T> = T extends TypedEventType<infer D> ? D : never;

export type OrderEntry = NonNullable<ReturnType<typeof orderEntry>>;

const orderEntry = (model: ReadModel, no: number, knownAt: number, rules: Rules) => {
  const records = recordsOf(model, no, knownAt);
  const own = records.filter((record) => record.no === no).map((record): AnyRecord => record);
  const issue = own.find((record) => orderIssued.isTypeOf(record));
  if (!issue) return undefined;
  const { coveredTo } = coverageOf(own);
  const list = listOf(model, no, issue.data, knownAt);
  return {
    id: splitStream(streamNamed(model, no)).id,
    ...termsOf(issue.data, rules),
    receipts: own
      .filter((record) => orderServed.isTypeOf(record))
      .map(({ event, data: { occurredAt, receivedAt, channel } }) => ({
        event,
        occurredAt,
        receivedAt: receivedAt ?? occurredAt,
        channel,
      })),
    coverage: own
      .filter((record) => coverageDeclared.isTypeOf(record))
      .map(({ event, position, data: { from, to, completeness, by, occurredAt } }) => ({
        event,
        position,
        from,
        to,
        completeness,
        by,
        declaredAt: occurredAt,
        recordedAt: instantFromMs(recordedMsOf(model, position)),
      })),
    coveredTo: coveredTo === undefined ? null : instantFromMs(coveredTo),
    ...orderLife(own),
    meetings: records.filter(({ type }) => type === 'MeetingHeld').length,
    ...list,
    synthetic: issue.data.synthetic,
    event: issue.event,
  };
};

/** What the instrument says. */
const termsOf = (data: DataOf<typeof orderIssued>, rules: Rules) => {
  const { caseId, ref, instrument, authority, requestedBy, addressee, platform, demand, legalBasis, grounds, urgency } = data;
  const { deadlineRule, expiresAt, reasonsRecorded, confidential, noticeBarred, redress, occurredAt } = data;
  return {
    ...{ caseId, ref, instrument, urgency, authority, addressee, platform, demand, legalBasis, grounds, reasonsRecorded, confidential },
    ...(requestedBy && { requestedBy }),
    ...(noticeBarred && { noticeBarred }),
    ...(redress !== undefined && { redress }),
    deadlineRule: ruleOf(deadlineRule, rules),
    issuedAt: occurredAt,
    ...(expiresAt !== undefined && { expiresAt }),
  };
};

/** With what the rule says, and who has confirmed it. */
const ruleOf = (named: { readonly id: string; readonly version: number }, rules: Rules) => {
  const rule = findRule(named, rules);
  return {
    ...named,
    provision: rule?.provision ?? null,
    ...(rule?.duration !== undefined && { duration: rule.duration }),
    unchecked: rule?.unchecked ?? [],
    reviewedBy: rule?.reviewedBy ?? null,
  };
};

/** How many are listed, beside how many the order states. */
const listOf = (model: ReadModel, no: number, { statedTargetCount }: DataOf<typeof orderIssued>, knownAt: number) => {
  const byKind = listedByKind(model, no, knownAt);
  const counted = COUNTED_KINDS.reduce((sum, kind) => sum + (byKind[kind] ?? 0), 0);
  const isMismatch = statedTargetCount !== undefined && counted !== 0 && counted !== statedTargetCount;
  const flags: readonly 'count_mismatch'[] = isMismatch ? ['count_mismatch'] : [];
  return { ...(statedTargetCount !== undefined && { statedTargetCount }), listed: { counted, byKind }, flags };
};
