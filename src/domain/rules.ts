/**
 * Rules that several event types share. Each refuses only what is provably impossible: for every instant inside the extents compared.
 */
import type { Rule } from './event-type.ts';
import { orderIssued } from './events/order-issued.ts';
import type { OrderId } from './ids.ts';
import { streamOf } from './ids.ts';
import { type Instant, isProvablyBefore, type TimeExtent } from './time.ts';

/** An act that says it follows a legal order names it. */
export const legalBasisCitesAnOrder: Rule<{ readonly basis: string; readonly orders: readonly OrderId[] }> = ({ basis, orders }) =>
  basis === 'legal_order' && orders.length === 0 ? { code: 'BASIS_WITHOUT_ORDER' } : undefined;

/** Nothing follows an order before it was issued. */
export const notBeforeIssue: Rule<{ readonly occurredAt: TimeExtent; readonly orders: readonly OrderId[] }> = (
  { occurredAt, orders },
  _state,
  { first },
) => {
  for (const order of orders) {
    const issue = first(streamOf('order', order));
    if (issue && orderIssued.isTypeOf(issue) && isProvablyBefore(occurredAt, issue.data.occurredAt)) {
      return { code: 'BEFORE_ISSUE', order, issued: issue.data.occurredAt.earliest };
    }
  }
  return undefined;
};

export const platformAgrees: Rule<{ readonly target: { readonly platform: string }; readonly orders: readonly OrderId[] }> = (
  { target, orders },
  _state,
  { first },
) => {
  for (const order of orders) {
    const issue = first(streamOf('order', order));
    if (issue && orderIssued.isTypeOf(issue) && issue.data.platform !== target.platform) {
      return { code: 'PLATFORM_MISMATCH', expected: issue.data.platform, found: target.platform, reference: order };
    }
  }
  return undefined;
};

/** An end that is fixed from the start lies after it. */
export const endsAfterStart = <K extends string>(
  field: K,
): Rule<{ readonly occurredAt: TimeExtent } & { readonly [F in K]?: Instant | undefined }> => {
  return (data) => {
    const end: Instant | undefined = data[field];
    const start = data.occurredAt.earliest;
    return end !== undefined && end <= start ? { code: 'ENDS_BEFORE_START', field, start, end } : undefined;
  };
};
