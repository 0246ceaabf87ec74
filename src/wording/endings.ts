/** How the accounts of an order ceased to be restricted, and whether refusals name grounds: read from the events about all of them. */
import { msOf } from './hours.ts';
import type { Says } from './said.ts';
import { isRefusal } from './sheet-words.ts';
import { type Ending, NOT_ASKED, type OrderSaid, type Refusals } from './words.ts';

/** Events that say the same of several accounts. */
type Line = {
  readonly type: string;
  readonly says: Says;
  readonly isRetracted: boolean;
  readonly occurredAt: { readonly earliest: string; readonly latest: string };
};

/** From all that is on record about an order's accounts; `hasMore`: that it is not all. */
export const saidOf = (
  lines: readonly (Line & { readonly orders: readonly string[] })[],
  { order, at, hasMore }: { readonly order: string; readonly at: string; readonly hasMore: boolean },
): OrderSaid => {
  if (hasMore) return NOT_ASKED;
  const own = lines.filter(
    ({ type, orders, occurredAt }) => msOf(occurredAt.earliest) <= msOf(at) && (type !== 'TargetDeclined' || orders.includes(order)),
  );
  return { refusals: groundsNamed(own), ending: endingIn(own, at) };
};

export const groundsNamed = (lines: readonly Line[]): Refusals => {
  const standing = lines.filter(({ type, isRetracted }) => type === 'TargetDeclined' && !isRetracted);
  const withGrounds = standing.filter(({ says }) => Array.isArray(says['grounds']) && says['grounds'].length > 0);
  if (standing.length === 0) return 'not_asked';
  if (withGrounds.length === 0) return 'without_grounds';
  return withGrounds.length === standing.length ? 'with_grounds' : 'some_with_grounds';
};

/** A class tells that accounts were restricted and are not: that all were restored it is, where nothing ran out; and refused then, where every refusal came later. */
export const endingIn = (lines: readonly Line[], at: string): Ending => {
  const standing = lines.filter(({ isRetracted }) => !isRetracted);
  const ends = standing.filter(({ type }) => type === 'TargetReinstated').map(({ occurredAt }) => occurredAt.latest);
  const ranOut = standing.some(({ says }) => typeof says['until'] === 'string' && msOf(says['until']) <= msOf(at));
  if (ranOut || ends.length === 0) return 'not_asked';
  const refusals = standing.filter(isRefusal).map(({ occurredAt }) => occurredAt.earliest);
  const isThen = refusals.length > 0 && refusals.every((refusal) => ends.every((end) => msOf(end) < msOf(refusal)));
  return isThen ? 'restored_then_refused' : 'restored';
};
