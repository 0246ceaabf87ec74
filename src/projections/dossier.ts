/** Everything about one order: the instrument and its life, what was done about its accounts, told together where many were treated alike, and what was said of it. */
import { DEADLINE_CAVEAT } from '../domain/deadlines/deadline-rules.ts';
import type { EventNote } from '../domain/gaps.ts';
import type { OrderId } from '../domain/ids.ts';
import type { MakeUp } from '../domain/make-up.ts';
import { msOf, parseInstant } from '../domain/time.ts';
import type { TrailUses } from './audit-trail.ts';
import { chronologyGroups } from './chronology.ts';
import { type Line, linesAt } from './chronology-page.ts';
import { COUNTED_KINDS, type ComplianceScope, type StateOfCompliance } from './compliance.ts';
import { type DeadlinesOfOrder, deadlinesOf } from './deadlines.ts';
import { type Gap, gapsOfOrder } from './order-gaps.ts';
import { findCase, findOrder, type OrderEntry, type References, referencesOf } from './registers.ts';
import { notesOn } from './trail-notes.ts';

/** More lines than this are not shown; the chronology has them all. */
const LINES_MAX = 1_000;

export type DossierQuestion = {
  readonly order: OrderId;
  readonly knownAt: number;
  /** ms since 1970: the figures `now` are of. */
  readonly at: number;
  readonly sort: 'occurred' | 'recorded';
};
/** `after`: the accounts under the order by status, at the last instant at which it can have happened; empty for what was retracted. `notes`: of the first. */
export type DossierStep = Line & {
  readonly after: MakeUp['statuses'];
  readonly notes: readonly EventNote[];
};
export type Dossier = {
  readonly zone: string;
  readonly order: OrderEntry;
  /** References of the orders that events name. */
  readonly refs: References;
  readonly now: StateOfCompliance['orders'][number] | null;
  readonly deadlines: DeadlinesOfOrder | null;
  /** To stand beside what is due. */
  readonly caveat: string;
  readonly steps: readonly DossierStep[];
  readonly hasMore: boolean;
  readonly gaps: readonly Gap[];
};

/** `undefined` if no OrderIssued stands at that position. */
export const dossier = async (uses: TrailUses, { order: id, knownAt, at, sort }: DossierQuestion): Promise<Dossier | undefined> => {
  const { model, log, compliance, rules } = uses;
  const order = findOrder(model, id, knownAt, rules);
  if (!order) return undefined;
  const scope: ComplianceScope = { orders: [id], knownAt, kinds: COUNTED_KINDS };
  const found = finished(chronologyGroups(model, { order: id, knownAt, after: undefined, limit: LINES_MAX }));
  const lines = (await linesAt(model, log, found.page, knownAt)).toSorted((a, b) =>
    sort === 'recorded' ? a.first.position - b.first.position : 0,
  );
  const statusesAt = compliance.statuses(scope);
  const steps: DossierStep[] = [];
  for (const line of lines) {
    const t = msOf(parseInstant(line.occurredAt.latest));
    const after = line.isRetracted ? [] : statusesAt(t);
    steps.push({ ...line, after, notes: await notesOn(uses, line.first, { knownAt, listing: undefined }) });
  }
  return {
    zone: findCase(model, order.caseId, knownAt)?.zone ?? 'UTC',
    order,
    refs: referencesOf(uses, lines, knownAt),
    now: compliance.at(scope, at).orders[0] ?? null,
    deadlines: deadlinesOf(uses, scope, at).orders[0] ?? null,
    caveat: DEADLINE_CAVEAT,
    steps,
    hasMore: found.hasMore,
    gaps: gapsOfOrder(uses, id, scope, at),
  };
};

/** In this thread nobody waits in between. */
const finished = <T>(steps: Generator<undefined, T>): T => {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
};
