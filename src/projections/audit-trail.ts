/**
 * Everything that touches one target: its own stream, the orders that list it, and the meetings and statements about these or it; with what the target was
 * under each order after each event.
 */
import { DEADLINE_CAVEAT } from '../domain/deadlines/deadline-rules.ts';
import type { EventNote } from '../domain/gaps.ts';
import { type OrderId, parseCaseId, parseOrderId, streamOf, type TargetId } from '../domain/ids.ts';
import { stateAt, statusesAt } from '../domain/pairs/pair-life.ts';
import { type BesideStatus, besideStatus, type ReadStatus } from '../domain/pairs/pair-state.ts';
import { hasMixedScripts } from '../domain/target-ref.ts';
import { msOf, parseInstant } from '../domain/time.ts';
import { COUNTED_KINDS, type ComplianceScope } from './compliance.ts';
import { findStream, streamNamed } from './dictionaries.ts';
import { type Entry, entriesOf, inOccurredOrder } from './entries.ts';
import { historyOf } from './histories.ts';
import type { Log } from './log.ts';
import { type Gap, type GapUses, gapsOfOrder } from './order-gaps.ts';
import type { KnownOrder } from './order-indexes.ts';
import type { PairLife } from './order-pairs.ts';
import type { Presumption } from './presumption.ts';
import { caseOfOrder, findCase, findOrder, type OrderEntry, type References, referencesOf } from './registers.ts';
import { findTarget, type ListingOrder, ordersListing, type TargetEntry } from './target-register.ts';
import { notesOn } from './trail-notes.ts';

/** More events than this are counted, and not shown. */
const STEPS_MAX = 5_000;

export type TrailQuestion = {
  readonly target: TargetId;
  readonly knownAt: number;
  /** ms since 1970: the status `now` is of. */
  readonly at: number;
  readonly sort: 'occurred' | 'recorded';
};
/** What the target is under one order. `readings`: where the sources leave it open, what is possible. */
export type StatusUnder = BesideStatus & {
  readonly order: string;
  readonly status: ReadStatus;
  readonly readings?: readonly ReadStatus[];
  readonly responseDeclined: boolean;
};
/** `after`: at the last instant at which it can have happened, as known at the position of the answer; empty for what was retracted. */
export type TrailStep = Entry & { readonly after: readonly StatusUnder[]; readonly notes: readonly EventNote[] };
/** With what is presumed of all orders that list it. */
export type AuditTrail = Presumption & {
  /** In which people read its hours; that of the first order's case. */
  readonly zone: string;
  readonly synthetic: boolean;
  readonly target: TargetEntry;
  readonly listedBy: readonly ListingOrder[];
  /** References of the orders that events name. */
  readonly refs: References;
  /** By which the orders that list it are due: what a status says of its time is said by these. */
  readonly rules: readonly (OrderEntry['deadlineRule'] & { readonly order: OrderId })[];
  readonly caveat: string;
  readonly now: readonly StatusUnder[];
  readonly steps: readonly TrailStep[];
  readonly stepsMore: number;
  readonly gaps: readonly Gap[];
};

export type TrailUses = GapUses & { readonly log: Log };

/** `undefined` if nothing was recorded about the target by then. */
export const auditTrail = async (uses: TrailUses, { target: id, knownAt, at, sort }: TrailQuestion): Promise<AuditTrail | undefined> => {
  const { model } = uses;
  const target = findTarget(model, id, knownAt);
  if (!target) return undefined;
  const listedBy = ordersListing(model, id, knownAt);
  const orders = listedBy.map(({ order }) => parseOrderId(order));
  const scope: ComplianceScope = { orders, knownAt, kinds: COUNTED_KINDS };
  const statusesUnder = statusReader(uses, id, scope);
  const entries = (await entriesAbout(uses, id, orders, knownAt)).toSorted(sort === 'recorded' ? byPosition : inOccurredOrder);
  const listing = listedBy.map(({ order }) => order);
  const steps: TrailStep[] = [];
  for (const entry of entries.slice(0, STEPS_MAX)) {
    const notes = await notesOn(uses, entry, { knownAt, listing });
    const after = entry.retracted ? [] : statusesUnder(msOf(parseInstant(entry.occurredAt.latest)));
    steps.push({ ...entry, after, notes });
  }
  const caseId = listedBy.flatMap((listed) => listed.caseId ?? [])[0];
  return {
    zone: (caseId !== undefined && findCase(model, parseCaseId(caseId), knownAt)?.zone) || 'UTC',
    synthetic: entries.some(({ synthetic }) => synthetic),
    target,
    listedBy,
    refs: referencesOf(uses, entries, knownAt),
    rules: orders.flatMap((order) => {
      const found = findOrder(model, order, knownAt, uses.rules);
      return found ? [{ order, ...found.deadlineRule }] : [];
    }),
    caveat: DEADLINE_CAVEAT,
    now: statusesUnder(at),
    ...uses.compliance.presumption(
      orders.flatMap((order) => uses.compliance.order(order, scope) ?? []),
      knownAt,
      at,
    ),
    steps,
    stepsMore: Math.max(0, entries.length - STEPS_MAX),
    gaps: [...orders.flatMap((order) => gapsOfOrder(uses, order, scope, at)), ...gapsOfTarget(target, steps)],
  };
};

const byPosition = (a: Entry, b: Entry): number => a.position - b.position;

const gapsOfTarget = ({ key }: TargetEntry, steps: readonly TrailStep[]): readonly Gap[] => {
  const without = steps.filter(({ notes, retracted }) => !retracted && notes.includes('without_file')).length;
  return [
    ...(hasMixedScripts(key) ? [{ code: 'look_alike_key' as const }] : []),
    ...(without > 0 ? [{ code: 'without_file' as const, number: without, of: steps.filter(({ retracted }) => !retracted).length }] : []),
  ];
};

// ---- Status

const statusReader = ({ model, compliance }: TrailUses, id: TargetId, scope: ComplianceScope): ((t: number) => readonly StatusUnder[]) => {
  const no = findStream(model, streamOf('target', id));
  const pairs = scope.orders.flatMap((order) => {
    const known = compliance.order(order, scope);
    const pair = no === undefined ? undefined : known?.pairs.one(no);
    return known && pair ? [{ order, known, pair }] : [];
  });
  return (t) => pairs.map(({ order, known, pair }) => ({ order, ...statusOf(known, pair, t) }));
};

const statusOf = ({ view }: KnownOrder, { steps, facts }: PairLife, t: number): Omit<StatusUnder, 'order'> => {
  const state = stateAt(steps, t);
  const { status, responseDeclined } = state;
  const readings = status === 'undetermined' ? statusesAt(view, facts, t) : [];
  return {
    status,
    ...(readings.length > 0 && { readings }),
    ...besideStatus(state),
    responseDeclined,
  };
};

// ---- What touches it

/** Streams of meetings and statements that name an order, retracted ones too. */
const ABOUT_ORDER = `
  SELECT DISTINCT stream FROM record WHERE subject = ? AND type IN ('MeetingHeld', 'StatementMade') AND since <= ? ORDER BY stream`;
/** Statements of a case that speak of the target itself. */
const ABOUT_TARGET = `
  SELECT DISTINCT stream FROM record, json_each(data, '$.targets') AS named
  WHERE record.subject = ? AND record.type = 'StatementMade' AND since <= ?
  AND json_extract(named.value, '$.platform') = ? AND json_extract(named.value, '$.kind') = ? AND json_extract(named.value, '$.key') = ?
  ORDER BY stream`;

const entriesAbout = async (
  { model, log }: TrailUses,
  id: TargetId,
  orders: readonly OrderId[],
  knownAt: number,
): Promise<readonly Entry[]> => {
  const streams = new Set([streamOf('target', id), ...orders.map((order) => streamOf('order', order))]);
  const add = (no: unknown): void => void streams.add(streamNamed(model, Number(no)));
  for (const order of orders) {
    const no = findStream(model, streamOf('order', order));
    if (no !== undefined) for (const [stream] of model.all(ABOUT_ORDER, no, knownAt)) add(stream);
  }
  const target = findTarget(model, id, knownAt);
  const cases = new Set(orders.flatMap((order) => caseOfOrder(model, order, knownAt) ?? []));
  for (const caseId of target ? cases : []) {
    const no = findStream(model, streamOf('case', caseId));
    const { platform = '', kind = '', key = '' } = target ?? {};
    if (no !== undefined) for (const [stream] of model.all(ABOUT_TARGET, no, knownAt, platform, kind, key)) add(stream);
  }
  const entries: Entry[] = [];
  for (const stream of streams) entries.push(...entriesOf(await historyOf(model, log, stream, knownAt)));
  return entries;
};
