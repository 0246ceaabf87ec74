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
 * `met`, `possibly_met`: within the time, for certain or for some choice of instants; `not_on_record`: the time is over; `ended`: the order was over before.
 * `not_reckoned`: kept as data.
 */
export const DUTY_STATES = ['met', 'possibly_met', 'due', 'not_on_record', 'not_started', 'ended', 'not_reckoned'] as const;
export type DutyState = (typeof DUTY_STATES)[number];
/** An event by its id and its position in the log. */
export type EventNamed = { readonly event: string; readonly position: number };
export type DutyNow = Pick<Duty, 'what' | 'provision'> & {
  readonly state: DutyState;
  /** Until when, its end included (ms since 1970); `undefined`: no time is reckoned. */
  readonly by: Range | undefined;
  /** What meets it, or may. */
  readonly events: readonly EventNamed[];
};

/** `facts`: what stands in the order's own stream; `meetings`: those that name the order. */
export type AboutOrder = { readonly view: OrderView; readonly facts: readonly OrderFact[]; readonly meetings: readonly OrderFact[] };

export const dutiesOf = (rule: DeadlineRule, order: AboutOrder, t: number): readonly DutyNow[] => [
  ...rule.duties.map((duty) => dutyNow(duty, order, t)),
  ...(rule.acknowledge === undefined ? [] : [acknowledgement(rule, rule.acknowledge, order, t)]),
  ...refusedConfirmation(order, t),
];

/** Whether the time for a review is over and nothing that can have been one lies within it; no lapse is derived. */
export const isReviewOverdue = ({ review }: DeadlineRule, order: AboutOrder, t: number): boolean => {
  if (review === undefined) return false;
  const end = order.view.issued.latest + elapsedMs(review);
  return t > end && reviewsOf(order).every(({ range }) => range.earliest > end || range.latest < order.view.issued.earliest);
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

/** A committee that met on it, or whatever only follows on its having been looked at. */
const reviewsOf = (order: AboutOrder): readonly Done[] => [
  ...meetingsOf(order, 'review_committee'),
  ...doneOf(order.facts, (fact) =>
    orderConfirmed.isTypeOf(fact) || orderRevoked.isTypeOf(fact) ? rangeOf(fact.data.occurredAt) : undefined,
  ),
];

const dutyNow = (duty: Duty, order: AboutOrder, t: number): DutyNow => {
  const { what, provision, within, meeting } = duty;
  if (within === undefined || meeting === undefined) return { what, provision, state: 'not_reckoned', by: undefined, events: [] };
  const ms = elapsedMs(within);
  const { issued } = order.view;
  if (t < issued.earliest) return { what, provision, state: 'not_started', by: undefined, events: [] };
  if (meeting === 'review_committee') return { what, provision, ...stateOf(reviewsOf(order), issued, ms, t) };
  // Again and again: from the last one on.
  const held = meetingsOf(order, meeting).filter(({ range }) => range.earliest <= t);
  const last = held.toSorted((a, b) => a.range.latest - b.range.latest).at(-1);
  const from = last?.range ?? issued;
  const { by, state } = stateOf([], from, ms, t);
  const end = Math.min(order.view.expiresAt, ...order.view.revocations.map(({ latest }) => latest));
  if (end <= t && end <= by.latest) return { what, provision, state: 'ended', by: undefined, events: [] };
  return { what, provision, state, by, events: last ? [named(last)] : [] };
};

const stateOf = (done: readonly Done[], from: Range, ms: number, t: number): Pick<DutyNow, 'state' | 'events'> & { readonly by: Range } => {
  const by = { earliest: from.earliest + ms, latest: from.latest + ms };
  const within = done.filter(({ range }) => range.earliest <= Math.min(t, by.latest) && range.latest >= from.earliest);
  const events = within.map(named);
  const isMet = within.some(({ range }) => range.earliest >= from.latest && range.latest <= Math.min(t, by.earliest));
  if (isMet) return { state: 'met', by, events };
  if (within.length > 0) return { state: 'possibly_met', by, events };
  return { state: t > by.latest ? 'not_on_record' : 'due', by, events };
};

const acknowledgement = ({ provision }: DeadlineRule, within: string, { view, facts }: AboutOrder, t: number): DutyNow => {
  const asked = { what: 'the platform acknowledges the order', provision };
  if (view.binding.earliest === NEVER || t < view.binding.earliest) return { ...asked, state: 'not_started', by: undefined, events: [] };
  const done = doneOf(facts, (fact) =>
    orderAnswered.isTypeOf(fact) && fact.data.answer === 'acknowledged' ? rangeOf(fact.data.occurredAt) : undefined,
  );
  return { ...asked, ...stateOf(done, view.binding, elapsedMs(within), t) };
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
