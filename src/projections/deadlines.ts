/** What is due under orders at an instant, and what their authorities owe: rules as data, held against what is on record. */
import { DEADLINE_CAVEAT, type DeadlineRule, findRule } from '../domain/deadlines/deadline-rules.ts';
import { type Due, dueOf, type ListedPair } from '../domain/deadlines/due.ts';
import { type AboutOrder, type DutyNow, dutiesOf, type EventNamed, isReviewOverdue } from '../domain/deadlines/duties.ts';
import { meetingHeld } from '../domain/events/meeting-held.ts';
import { orderIssued } from '../domain/events/order-issued.ts';
import type { Range } from '../domain/facts.ts';
import type { OrderId } from '../domain/ids.ts';
import { type CountOfStatus, statusCounts, type Tallies, tally } from '../domain/make-up.ts';
import type { OrderView } from '../domain/order-terms.ts';
import { bindingOf } from '../domain/pairs/obligation.ts';
import { NEVER } from '../domain/pairs/pair-facts.ts';
import { stateAt } from '../domain/pairs/pair-life.ts';
import { isPublishedBy } from '../domain/published.ts';
import { type Instant, instantFromMs } from '../domain/time.ts';
import type { Compliance, ComplianceScope } from './compliance.ts';
import type { KnownOrder } from './order-indexes.ts';
import { orderFacts } from './order-pairs.ts';
import type { Presumption } from './presumption.ts';
import type { ReadModel } from './read-model.ts';
import { recordsOfType } from './records.ts';

/** Groups of accounts that are due apart; the accounts of any further ones are counted. */
const LISTS_MAX = 100;
/** Meetings that name one order; more are not asked whether they met a duty. */
const MEETINGS_MAX = 10_000;

type Bounds = { readonly earliest: Instant; readonly latest: Instant };
export type DueEntry = {
  /** `rule`, or the events that set a time; several where the sources leave open which holds. */
  readonly setBy: readonly ('rule' | EventNamed)[];
  /** `null` while the clock cannot have started yet or stands still. */
  readonly at: Bounds | null;
  /** Milliseconds left while the clock stands still. */
  readonly leftMs: Range | null;
  readonly phases: Due['phases'];
  readonly isReached: Due['isReached'];
};
export type DeadlinesOfOrder = Presumption & {
  readonly order: OrderId;
  readonly synthetic: boolean;
  readonly rule: Omit<DeadlineRule, 'duties'>;
  /** For what is listed with the order. `null`: it sets no number of hours. */
  readonly due: DueEntry | null;
  /** The accounts of the kinds asked for, those together that are due alike. */
  readonly lists: readonly ListDue[];
  /** Accounts of further lists. */
  readonly listsMore: number;
  readonly duties: readonly (Omit<DutyNow, 'by'> & { readonly by: Bounds | null })[];
  readonly flags: readonly 'review_overdue'[];
};
export type ListDue = {
  /** From when on the order binds for them; `null`: it was not served. */
  readonly binding: Bounds | null;
  readonly due: DueEntry | null;
  readonly pairs: number;
  readonly statuses: readonly CountOfStatus[];
};
export type Deadlines = { readonly caveat: string; readonly orders: readonly DeadlinesOfOrder[] };

type Uses = { readonly model: ReadModel; readonly compliance: Compliance; readonly rules: readonly DeadlineRule[] };

/** `t` in ms since 1970. Orders that are not known from there are left out. */
export const deadlinesOf = (uses: Uses, scope: ComplianceScope, t: number): Deadlines => ({
  caveat: DEADLINE_CAVEAT,
  orders: scope.orders.flatMap((id) => {
    const known = uses.compliance.order(id, scope);
    return known ? ofOrder(uses, scope, known, t) : [];
  }),
});

const ofOrder = (uses: Uses, scope: ComplianceScope, known: KnownOrder, t: number): readonly DeadlinesOfOrder[] => {
  const { id, view } = known;
  const about = aboutOrder(uses.model, scope, known);
  const issue = about.facts.find((fact) => orderIssued.isTypeOf(fact));
  const rule = issue && findRule(issue.data.deadlineRule, uses.rules);
  if (!rule) throw new Error(`order ${id} names a rule that is not configured`); // a ledger is not opened without it
  const { duties: _, ...said } = rule;
  const entry = dueEntries(uses.model, known, t);
  return [
    {
      order: id,
      synthetic: view.synthetic,
      rule: said,
      due: entry({ listed: view.issued, received: view.issued, withdrawals: [] }),
      ...listsOf(known, scope.kinds, t, entry),
      duties: dutiesOf(rule, about, t).map((duty) => ({ ...duty, by: duty.by ? boundsOf(duty.by) : null })),
      flags: isReviewOverdue(rule, about, t) ? ['review_overdue'] : [],
      ...uses.compliance.presumption([known], scope.knownAt, t),
    },
  ];
};

/** What stands in the order's own stream, and the meetings that name it. */
export const aboutOrder = (model: ReadModel, scope: ComplianceScope, { no, view }: KnownOrder): AboutOrder => {
  const { knownAt, reportedBy } = scope;
  const meetings = recordsOfType(model, no, meetingHeld.name, { after: 0, limit: MEETINGS_MAX, knownAt });
  return {
    view,
    facts: orderFacts(model, no, scope),
    meetings: meetings.filter(({ data }) => reportedBy === undefined || isPublishedBy(data, reportedBy)),
  };
};

/** When pairs of an order are due, each asked at most once for all that are due alike. */
export const dueEntries = (model: ReadModel, { no, view, standpoint }: KnownOrder, t: number): ((pair: ListedPair) => DueEntry | null) => {
  const known = new Map<string, DueEntry | null>();
  const eventAt = new Map(orderFacts(model, no, standpoint).map(({ position, event }) => [position, event]));
  return (pair) => {
    const key = alikeBy(view, pair);
    const found = known.get(key);
    if (found !== undefined) return found;
    const entry = entryOf(dueOf(view, pair, t), eventAt);
    known.set(key, entry);
    return entry;
  };
};

/** Pairs of one order are due alike whose list bound, and was taken back, alike. */
const alikeBy = (view: OrderView, pair: ListedPair): string =>
  [bindingOf(view, pair), ...pair.withdrawals].map(({ earliest, latest }) => `${earliest} ${latest}`).join();

const entryOf = (due: Due | undefined, eventAt: ReadonlyMap<number, string>): DueEntry | null =>
  due === undefined
    ? null
    : {
        setBy: due.setBy.map((by) => (by === 'rule' ? by : { event: eventAt.get(by) ?? '', position: by })),
        at: due.at ? boundsOf(due.at) : null,
        leftMs: due.left ?? null,
        phases: due.phases,
        isReached: due.isReached,
      };

const boundsOf = ({ earliest, latest }: Range): Bounds => ({ earliest: instantFromMs(earliest), latest: instantFromMs(latest) });

type Lists = Pick<DeadlinesOfOrder, 'lists' | 'listsMore'>;
type OpenList = { readonly pair: ListedPair; readonly binding: Range; readonly statuses: Tallies };

const listsOf = ({ view, pairs }: KnownOrder, kinds: readonly string[], t: number, entry: (pair: ListedPair) => DueEntry | null): Lists => {
  const lists = new Map<string, OpenList>();
  pairs.each(({ kind, facts, steps }) => {
    if (!kinds.includes(kind)) return;
    const binding = bindingOf(view, facts);
    const key = alikeBy(view, facts);
    const list = lists.get(key) ?? { pair: facts, binding, statuses: new Map() };
    lists.set(key, list);
    const state = stateAt(steps, t);
    tally(list.statuses, state.status, state, 1);
  });
  const all = [...lists.values()].sort((a, b) => a.binding.earliest - b.binding.earliest || a.binding.latest - b.binding.latest);
  return {
    lists: all.slice(0, LISTS_MAX).map(({ pair, binding, statuses }) => ({
      binding: binding.earliest === NEVER ? null : boundsOf(binding),
      due: entry(pair),
      pairs: sizeOf(statuses),
      statuses: statusCounts(statuses),
    })),
    listsMore: all.slice(LISTS_MAX).reduce((sum, { statuses }) => sum + sizeOf(statuses), 0),
  };
};

const sizeOf = (statuses: Tallies): number => [...statuses.values()].reduce((sum, { pairs }) => sum + pairs, 0);
