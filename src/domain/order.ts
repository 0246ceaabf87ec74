/** Rules of an order's own stream. */
import type { Rule, State } from './event-type.ts';
import { orderIssued } from './events/order-issued.ts';
import type { EffectiveEvent } from './history.ts';
import { splitStream } from './ids.ts';
import { isProvablyBefore, type TimeExtent } from './time.ts';

const issueOf = (state: State) => state.find((event) => orderIssued.isTypeOf(event));
type Issue = EffectiveEvent<{ readonly occurredAt: TimeExtent; readonly expiresAt?: string | undefined }>;

export const notBeforeOwnIssue: Rule<{ readonly occurredAt: TimeExtent }> = ({ occurredAt }, state, { stream }) => {
  const issue = issueOf(state);
  return issue && isProvablyBefore(occurredAt, issue.data.occurredAt)
    ? { code: 'BEFORE_ISSUE', order: splitStream(stream).id, issued: issue.data.occurredAt.earliest }
    : undefined;
};

/** After its expiry an order is neither served nor given further targets. */
export const isProvablyAfterExpiry = (occurredAt: TimeExtent, issue: Issue): boolean =>
  issue.data.expiresAt !== undefined && occurredAt.earliest >= issue.data.expiresAt;

export const notAfterEnd: Rule<{ readonly occurredAt: TimeExtent }> = ({ occurredAt }, state, { stream }) => {
  const issue = issueOf(state);
  return issue && isProvablyAfterExpiry(occurredAt, issue)
    ? { code: 'ORDER_ENDED', order: splitStream(stream).id, ended: issue.data.expiresAt ?? '' }
    : undefined;
};
