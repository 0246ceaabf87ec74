/** What an order contributes to each of its pairs, read from the facts about it: what it demands, from when and until when it binds, its clock, and what is declared complete. */
import { DEADLINE_RULES, type DeadlineRule, findRule, type RuleName } from './deadlines/deadline-rules.ts';
import { elapsedMs } from './duration.ts';
import { clockRestarted } from './events/clock-restarted.ts';
import { clockStopped } from './events/clock-stopped.ts';
import { deadlineSet } from './events/deadline-set.ts';
import { orderAnswered } from './events/order-answered.ts';
import { orderIssued } from './events/order-issued.ts';
import { orderRevoked } from './events/order-revoked.ts';
import { orderServed } from './events/order-served.ts';
import { orderStayed } from './events/order-stayed.ts';
import { stayLifted } from './events/stay-lifted.ts';
import type { FactShape, Range } from './facts.ts';
import type { OrderId } from './ids.ts';
import { type Coverage, coverageOf } from './order-coverage.ts';
import { startsBefore } from './pairs/obligation.ts';
import { type Clock, type Happening, NEVER, type OrderTerms, type Pause, type RestrictionTerms } from './pairs/pair-facts.ts';
import { covers, type Demand, suffices } from './restriction.ts';
import { msOf, rangeOf, type TimeExtent } from './time.ts';

/** A fact about an order: the id and the position of its event. */
export type OrderFact = { readonly event: string; readonly position: number; readonly type: string; readonly data: unknown };
/** Instants in ms since 1970 (UTC). */
export type OrderView = OrderTerms & Coverage & { readonly synthetic: boolean };

export type OrderViewOptions = {
  readonly rules?: readonly DeadlineRule[];
  /** In ms: what an order that sets no number of hours is held to, as the asker wants. */
  readonly toleranceMs?: number | undefined;
};

/** `facts` of the order's own stream, in log order. `undefined` if no OrderIssued stands. */
export const orderViewOf = (
  facts: readonly OrderFact[],
  { rules = DEADLINE_RULES, toleranceMs }: OrderViewOptions = {},
): OrderView | undefined => {
  const issue = facts.find((fact) => orderIssued.isTypeOf(fact));
  if (!issue) return undefined;
  const { demand, expiresAt, deadlineRule, synthetic } = issue.data;
  const issued = happeningOf(issue);
  const receipts = facts.filter((fact) => orderServed.isTypeOf(fact)).map(({ data }) => rangeOf(data.receivedAt ?? data.occurredAt));
  return {
    synthetic,
    demand,
    issued,
    binding: bindingOf(issued, receipts),
    expiresAt: expiresAt === undefined ? NEVER : msOf(expiresAt),
    revocations: facts
      .filter((fact) => orderRevoked.isTypeOf(fact))
      .map((fact) => ({ ...happeningOf(fact), restorationDirected: fact.data.restorationDirected })),
    stays: staysOf(facts),
    stops: stopsOf(facts),
    clock: clockOf(deadlineRule, rules, toleranceMs),
    dueDates: facts
      .filter((fact) => deadlineSet.isTypeOf(fact))
      .map((fact) => ({ ...happeningOf(fact), dueAt: msOf(fact.data.dueAt) }))
      .sort(byLatest),
    answers: facts
      .filter((fact) => orderAnswered.isTypeOf(fact))
      .filter(({ data: { answer, scope } }) => scope === 'all' && (answer === 'accepted' || answer === 'declined'))
      .map((fact) => ({ ...happeningOf(fact), isDecline: fact.data.answer === 'declined' })),
    ...coverageOf(facts),
  };
};

type Occurred = { readonly position: number; readonly data: { readonly occurredAt: TimeExtent } };
const happeningOf = ({ position, data }: Occurred): Happening => ({ event: position, ...rangeOf(data.occurredAt) });
const byLatest = (a: Happening, b: Happening): number => a.latest - b.latest || a.event - b.event;

/** The first receipt, and no earlier than the issue; unserved, an order never binds. */
const bindingOf = (issued: Range, receipts: readonly Range[]): Range => ({
  earliest: Math.max(issued.earliest, Math.min(NEVER, ...receipts.map(({ earliest }) => earliest))),
  latest: Math.max(issued.latest, Math.min(NEVER, ...receipts.map(({ latest }) => latest))),
});

const staysOf = (facts: readonly OrderFact[]): readonly Pause[] => {
  const lifts = facts.filter((fact) => stayLifted.isTypeOf(fact));
  return facts
    .filter((fact) => orderStayed.isTypeOf(fact))
    .map(({ event, position, data }) => {
      const until = data.until === undefined ? NEVER : msOf(data.until);
      const pause = pauseOf(happeningOf({ position, data }), lifts.filter((lift) => lift.data.stay === event).map(happeningOf), until);
      return { ...pause, restorationDirected: data.restorationDirected };
    });
};

const stopsOf = (facts: readonly OrderFact[]): readonly Pause[] => {
  const restarts = facts.filter((fact) => clockRestarted.isTypeOf(fact));
  return facts
    .filter((fact) => clockStopped.isTypeOf(fact))
    .map(({ event, position, data }) => {
      const ends = restarts.filter((restart) => restart.data.stop === event).map(happeningOf);
      return { ...pauseOf(happeningOf({ position, data }), ends, NEVER), restorationDirected: false };
    });
};

/** An end is never before its start: each narrows the other. */
const pauseOf = (begins: Happening, ends: readonly Happening[], until: number): Omit<Pause, 'restorationDirected'> => ({
  begins: startsBefore(begins, ends, until),
  until,
  ends: ends.map((end) => ({ ...end, earliest: Math.min(end.latest, Math.max(end.earliest, begins.earliest)) })),
});

const clockOf = (named: RuleName, rules: readonly DeadlineRule[], toleranceMs: number | undefined): Clock | undefined => {
  const rule = findRule(named, rules);
  const startsAt = rule?.clockStart ?? 'receipt';
  if (rule?.duration !== undefined)
    return { startsAt, durationMs: elapsedMs(rule.duration), onRestart: rule.onRestart, isTolerance: false };
  return toleranceMs === undefined ? undefined : { startsAt, durationMs: toleranceMs, onRestart: 'continue', isTolerance: true };
};

/** Whether it sets a number of hours, or somebody set a time. */
export const hasNumericDeadline = ({ clock, dueDates }: OrderTerms): boolean => clock !== undefined || dueDates.length > 0;

/** What restrictions of one shape are worth to an order. */
export const restrictionTermsOf = (
  { strength, measure, basis, territory, orders, evidenced }: Extract<FactShape, { kind: 'restricted' }>,
  order: OrderId,
  demand: Demand,
): RestrictionTerms => ({
  suffices: suffices(demand.measure, strength),
  coversAlone: covers(demand.territory, [{ territory, lifted: [] }]),
  territory,
  measure,
  basis,
  isLimit: strength === 'limited',
  isEvidenced: evidenced,
  citesOrder: orders.includes(order),
  citesOther: orders.some((cited) => cited !== order),
});
