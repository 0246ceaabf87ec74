/** The holder of the target was told; `receivedAt` is when the notice reached them, if that is known. */
import { type Context, eventType, type Rule, type State } from '../event-type.ts';
import type { Fact } from '../facts.ts';
import { citedOrders, type Fields, line } from '../fields.ts';
import { type EventId, eventIdText } from '../ids.ts';
import { notBeforeIssue, platformAgrees } from '../order.ts';
import { rangeOf } from '../time.ts';
import { ofTarget, targetAsked } from './target-act.ts';

/** What the holder was told of is a restriction of this target, and on record. */
const tellsOfARestriction: Rule<{ readonly restriction?: EventId | undefined }> = ({ restriction }, state, context) =>
  restriction === undefined || isRestriction(restriction, state, context)
    ? undefined
    : { code: 'REFERENCE_UNKNOWN', field: 'restriction', reference: restriction };

const isRestriction = (id: EventId, state: State, { factsOf }: Context): boolean =>
  state.some((event) => event.id === id && factsOf(event).some(({ shape }) => shape.kind === 'restricted'));

export const userNotified = eventType({
  name: 'UserNotified',
  version: 1,
  category: 'target',
  fields: (field: Fields) => ({
    target: field.target,
    orders: citedOrders,
    restriction: eventIdText.optional(),
    channel: line,
  }),
  filled: ['target'],
  asked: targetAsked,
  complete: ofTarget,
  rules: [notBeforeIssue, platformAgrees, tellsOfARestriction],
  facts: ({ data: { restriction, orders, occurredAt, receivedAt } }) => {
    const about = restriction === undefined ? undefined : { restriction };
    const noted: Fact = { shape: { kind: 'noted', what: 'user_notified', orders: orders.toSorted() }, about, ...rangeOf(occurredAt) };
    return receivedAt ? [noted, { shape: { kind: 'notice_received' }, about, ...rangeOf(receivedAt) }] : [noted];
  },
});
