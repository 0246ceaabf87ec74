/** What an order allows, in its own stream and in those of its targets. Each rule refuses only what is provably impossible. */

import type { EffectiveEvent } from './event.ts';
import type { Rule } from './event-type.ts';
import { orderIssued } from './events/order-issued.ts';
import { type OrderId, parseOrderId, splitStream, streamOf } from './ids.ts';
import type { Refusal } from './refusal.ts';
import { isProvablyBefore, type TimeExtent } from './time.ts';

type Occurred = { readonly occurredAt: TimeExtent };
/** What an instrument, if it stands, refuses of something that occurred then. */
type IssueRule = (order: OrderId, issue: EffectiveEvent | undefined, occurredAt: TimeExtent) => Refusal | undefined;

/** Nothing follows an order before it was issued. */
const beforeIssue: IssueRule = (order, issue, occurredAt) =>
  issue && orderIssued.isTypeOf(issue) && isProvablyBefore(occurredAt, issue.data.occurredAt)
    ? { code: 'BEFORE_ISSUE', order, issued: issue.data.occurredAt.earliest }
    : undefined;

/** After its expiry an order is neither served nor given further targets. */
const afterExpiry: IssueRule = (order, issue, occurredAt) => {
  const ended = issue && orderIssued.isTypeOf(issue) ? issue.data.expiresAt : undefined;
  return ended !== undefined && occurredAt.earliest >= ended ? { code: 'ORDER_ENDED', order, ended } : undefined;
};

/** The rule in the order's own stream. */
const inOwnStream =
  (rule: IssueRule): Rule<Occurred> =>
  ({ occurredAt }, state, { stream }) =>
    rule(parseOrderId(splitStream(stream).id), state[0], occurredAt);
export const notBeforeOwnIssue = inOwnStream(beforeIssue);
export const notAfterOwnExpiry = inOwnStream(afterExpiry);

/** The rule for the one order that lists a target. */
const ofListing =
  (rule: IssueRule): Rule<Occurred & { readonly order: OrderId }> =>
  ({ order, occurredAt }, _state, { first }) =>
    rule(order, first(streamOf('order', order)), occurredAt);
export const listedNotBeforeIssue = ofListing(beforeIssue);
export const listedNotAfterEnd = ofListing(afterExpiry);

export const notBeforeIssue: Rule<Occurred & { readonly orders: readonly OrderId[] }> = ({ occurredAt, orders }, _state, { first }) => {
  for (const order of orders) {
    const refusal = beforeIssue(order, first(streamOf('order', order)), occurredAt);
    if (refusal) return refusal;
  }
  return undefined;
};

/** An order is addressed to one platform: it neither lists nor is cited for a target of another. */
export const platformAgrees: Rule<{
  readonly target: { readonly platform: string };
  readonly order?: OrderId;
  readonly orders?: readonly OrderId[];
}> = ({ target, order, orders = [] }, _state, { first }) => {
  for (const named of order === undefined ? orders : [order]) {
    const issue = first(streamOf('order', named));
    if (issue && orderIssued.isTypeOf(issue) && issue.data.platform !== target.platform) {
      return { code: 'PLATFORM_MISMATCH', expected: issue.data.platform, found: target.platform, reference: named };
    }
  }
  return undefined;
};

/** An act that says it follows a legal order names it. */
export const legalBasisCitesAnOrder: Rule<{ readonly basis: string; readonly orders: readonly OrderId[] }> = ({ basis, orders }) =>
  basis === 'legal_order' && orders.length === 0 ? { code: 'BASIS_WITHOUT_ORDER' } : undefined;
