/**
 * What a rule asks of the authority, and of the platform besides acting, held against what is on record. That something is not on record by its time is said,
 * and nothing is derived from it.
 */

import { elapsedMs } from '../duration.ts';
import { meetingHeld } from '../events/meeting-held.ts';
import { orderAnswered } from '../events/order-answered.ts';
import { orderConfirmed } from '../events/order-confirmed.ts';
import { orderRevoked } from '../events/order-revoked.ts';
import type { Range } from '../facts.ts';
import type { OrderFact, OrderView } from '../order-terms.ts';
import { NEVER } from '../pairs/pair-facts.ts';
import { rangeOf } from '../time.ts';
import type { DeadlineRule, Duty } from './deadline-rules.ts';

/**
 * `met`, `possibly_met`: within the time, for certain or for some choice of instants; `not_on_record`: the time is over; `ended`: the order was over before
 * it; `undetermined`: it may have been. `not_served`: no service is on record from which it could count. `not_reckoned`: kept as data.
 */
export const DUTY_STATES = [
  'met',
  'possibly_met',
  'due',
  'not_on_record',
  'not_started',
  'not_served',
  'ended',
  'undetermined',
  'not_reckoned',
] as const;
export type DutyState = (typeof DUTY_STATES)[number];
/** An event by its id and its position in the log. */
export type EventNamed = { readonly event: string; readonly position: number };
export type DutyNow = Pick<Duty, 'what' | 'provision'> & {
  readonly state: DutyState;
  /** Until when, its end included (ms since 1970); `undefined`: no time is reckoned. */
  readonly by: Range | undefined;
  /** What meets it, or may. */
  readonly events: readonly EventNamed[];
  /** Nobody has checked that the provision says so. */
  readonly isUnchecked?: true;
};

/** `facts`: what stands in the order's own stream; `meetings`: those that name the order. */
export type AboutOrder = { readonly view: OrderView; readonly facts: readonly OrderFact[]; readonly meetings: readonly OrderFact[] };

export const dutiesOf = (rule: DeadlineRule, order: AboutOrder, t: number): readonly DutyNow[] => [
  ...rule.duties.map((duty) => dutyNow(duty, order, t)),
  ...(rule.acknowledge === undefined ? [] : [acknowledgement(rule, rule.acknowledge, order, t)]),
  ...refusedConfirmation(order, t),
];

/** Whether the time for a review is over and nothing lies within it that can have been one, or that took the order back; no lapse is derived. */
export const isReviewOverdue = ({ review }: DeadlineRule, order: AboutOrder, t: number): boolean => {
  if (review === undefined) return false;
  const { issued, revocations } = order.view;
  const end = issued.latest + elapsedMs(review);
  const within = [...reviewsOf(order).map(({ range }) => range), ...revocations];
  return t > end && within.every(({ earliest, latest }) => earliest > end || latest < issued.earliest);
};

type Done = EventNamed & { readonly range: Range };

const named = ({ event, position }: EventNamed): EventNamed => ({ event, position });

const doneOf = (facts: readonly OrderFact[], isMeant: (fact: OrderFact) => Range | undefined): readonly Done[] =>
  facts.flatMap((fact) => {
    const range = isMeant(fact);
    return range ? [{ ...named(fact), range }] : [];
  });
const meetingsOf = ({ meetings }: AboutOrder, purpose: string): readonly Done[] =>
  doneOf(meetings, (fact) => (meetingHeld.isTypeOf(fact) && fact.data.purpose === purpose ? rangeOf(fact.data.occurredAt) : undefined));

/** A committee that met on it, and what only follows on its having looked at it. */
const reviewsOf = (order: AboutOrder): readonly Done[] => [
  ...meetingsOf(order, 'review_committee'),
  ...doneOf(order.facts, (fact) => {
    const follows = orderConfirmed.isTypeOf(fact) || (orderRevoked.isTypeOf(fact) && fact.data.how === 'not_confirmed');
    return follows ? rangeOf(fact.data.occurredAt) : undefined;
  }),
];

const dutyNow = (duty: Duty, order: AboutOrder, t: number): DutyNow => {
  const { within, meeting } = duty;
  const asksFor = { what: duty.what, provision: duty.provision, ...(duty.isUnchecked && { isUnchecked: true as const }) };
  if (within === undefined || meeting === undefined) return { ...asksFor, ...NOTHING, state: 'not_reckoned' };
  const { view } = order;
  if (t < view.issued.earliest) return { ...asksFor, ...NOTHING, state: 'not_started' };
  const asked = { view, from: view.issued, ms: elapsedMs(within), t };
  if (meeting === 'review_committee') return { ...asksFor, ...stateOf(reviewsOf(order), asked) };
  return { ...asksFor, ...periodicState(meetingsOf(order, meeting), asked) };
};
const NOTHING = { by: undefined, events: [] };

type Asked = { readonly view: OrderView; readonly from: Range; readonly ms: number; readonly t: number };
type State = Omit<DutyNow, 'what' | 'provision' | 'isUnchecked'>;

const stateOf = (done: readonly Done[], { view, from, ms, t }: Asked): State => {
  const by = { earliest: from.earliest + ms, latest: from.latest + ms };
  const within = done.filter(({ range }) => range.earliest <= Math.min(t, by.latest) && range.latest >= from.earliest);
  const events = within.map(named);
  const isMet = within.some(({ range }) => range.earliest >= from.latest && range.latest <= Math.min(t, by.earliest));
  if (isMet) return { state: 'met', by, events };
  if (within.length > 0) return { state: 'possibly_met', by, events };
  const over = overOf(view);
  if (over.latest <= Math.min(t, by.earliest)) return { ...NOTHING, state: 'ended' };
  if (over.earliest <= Math.min(t, by.latest)) return { state: 'undetermined', by, events };
  return { state: t > by.latest ? 'not_on_record' : 'due', by, events };
};

/** Due again from each one that was held; one that only may have been decides nothing for certain. */
const periodicState = (meetings: readonly Done[], asked: Asked): State => {
  const { from, t } = asked;
  const held = meetings.filter(({ range }) => range.earliest <= t && range.latest >= from.earliest);
  const last = held
    .filter(({ range }) => range.latest <= t)
    .toSorted((a, b) => a.range.latest - b.range.latest)
    .at(-1);
  const state = stateOf([], { ...asked, from: last?.range ?? from });
  const since = last?.range.earliest ?? from.earliest;
  const possibly = held.filter(({ range }) => range.latest > t && range.latest > since);
  if (state.state === 'not_on_record' && possibly.length > 0) return { ...state, state: 'possibly_met', events: possibly.map(named) };
  return { ...state, events: last ? [named(last)] : [] };
};

/** When the order was over, at one instant in the range; never, if nothing ends it. */
const overOf = ({ expiresAt, revocations }: OrderView): Range => ({
  earliest: Math.min(expiresAt, ...revocations.map(({ earliest }) => earliest)),
  latest: Math.min(expiresAt, ...revocations.map(({ latest }) => latest)),
});

const acknowledgement = (rule: DeadlineRule, within: string, { view, facts }: AboutOrder, t: number): DutyNow => {
  const { provision, isUnchecked } = rule.acknowledgeUnder ?? { provision: rule.provision, isUnchecked: false };
  const asked = { what: 'acknowledgement of the order by the platform', provision, ...(isUnchecked && { isUnchecked: true as const }) };
  if (view.binding.earliest === NEVER) return { ...asked, ...NOTHING, state: 'not_served' };
  if (t < view.binding.earliest) return { ...asked, ...NOTHING, state: 'not_started' };
  const done = doneOf(facts, (fact) =>
    orderAnswered.isTypeOf(fact) && fact.data.answer === 'acknowledged' ? rangeOf(fact.data.occurredAt) : undefined,
  );
  return { ...asked, ...stateOf(done, { view, from: view.binding, ms: elapsedMs(within), t }) };
};

/** A direction that was not confirmed: what was directed of the accounts, as far as it is on record. */
const refusedConfirmation = ({ facts }: AboutOrder, t: number): readonly DutyNow[] =>
  facts.flatMap((fact) => {
    if (!orderRevoked.isTypeOf(fact) || fact.data.how !== 'not_confirmed' || rangeOf(fact.data.occurredAt).earliest > t) return [];
    const { restorationDirected } = fact.data;
    return [
      {
        what: restorationDirected ? 'not confirmed: restoration directed' : 'not confirmed: no direction to restore is on record',
        provision: 'as recorded',
        state: restorationDirected ? 'met' : 'not_on_record',
        by: undefined,
        events: [named(fact)],
      } as const,
    ];
  });
