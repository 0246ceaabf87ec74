/** One world of a pair at one instant: every extent has its instant, and so everything that is in force is known. */

import { covers, isSpent, type Verdict } from '../restriction.ts';
import type { Territory } from '../territory.ts';
import type { JudgedRestriction, Obligation } from './obligation.ts';
import { type Happening, NEVER, type OtherOrder, type Pause } from './pair-facts.ts';

/** What of the choices of a world has to be told at an instant: which events have happened although their extents are not over. */
export type View = {
  readonly at: number;
  readonly fired: readonly number[];
  /** Whether what the record leaves unstated is so, for all of it alike. */
  readonly isOpenTrue: boolean;
};

/** What happens at t counts at t. */
export const hasHappened = ({ earliest, latest, event }: Happening, { at, fired }: View): boolean =>
  latest <= at || (earliest <= at && fired.includes(event));

/** Legal force, first match. */
export type Force = 'not_issued' | 'not_served' | 'withdrawn' | 'revoked' | 'expired' | 'stayed' | 'in_force';

/** Whether nothing is asked any more. */
export const isOver = (force: Force): boolean => force === 'withdrawn' || force === 'revoked' || force === 'expired';

/** A restriction in force, less the places that lifts have freed by now. */
export type InForce = { readonly restriction: JudgedRestriction; readonly lifted: readonly Territory[] };

export type Moment = {
  readonly force: Force;
  readonly inForce: readonly InForce[];
  /** Those in force whose measure suffices: what satisfaction relies on. */
  readonly relied: readonly InForce[];
  readonly isSatisfied: boolean;
  /** The target is gone, and the pair not satisfied. */
  readonly isGone: boolean;
  readonly isLive: boolean;
  readonly isCovered: boolean;
  readonly isDeclined: boolean;
  /** Whether under any choice of instants a restriction can be in force: then nobody was silent. */
  readonly isPossiblyRestricted: boolean;
};

export const momentOf = (obligation: Obligation, view: View): Moment => {
  const { order, pair, restrictions, responses } = obligation;
  const { at } = view;
  const force = forceOf(obligation, view);
  const inForce = inForceAt(restrictions, view);
  const relied = inForce.length === 0 ? inForce : inForce.filter(({ restriction }) => counts(restriction.terms.suffices, view));
  const isSatisfied = isSatisfiedBy(obligation, relied, view);
  const isGone = !isSatisfied && pair.gone.some((gone) => hasHappened(gone, view));
  return {
    force,
    inForce,
    relied,
    isSatisfied,
    isGone,
    isLive: force === 'in_force' && !isGone,
    isCovered: order.covered.some(({ earliest, latest }) => earliest <= at && at <= latest),
    isDeclined: responses.findLast((response) => hasHappened(response, view))?.isDecline ?? false,
    isPossiblyRestricted: restrictions.some(({ start, lastPossible }) => start.earliest <= at && at <= lastPossible),
  };
};

const forceOf = ({ order, pair, binding }: Obligation, view: View): Force => {
  if (!hasHappened(binding, view)) return hasHappened(order.issued, view) ? 'not_served' : 'not_issued';
  if (pair.withdrawals.some((withdrawal) => hasHappened(withdrawal, view))) return 'withdrawn';
  if (order.revocations.some((revocation) => hasHappened(revocation, view))) return 'revoked';
  if (order.expiresAt <= view.at) return 'expired';
  return order.stays.some((stay) => isPausing(stay, view)) ? 'stayed' : 'in_force';
};

/** Whether a stay or a stop has begun and not ended. */
export const isPausing = ({ begins, until, ends }: Pause, view: View): boolean =>
  hasHappened(begins, view) && view.at < until && !ends.some((end) => hasHappened(end, view));

/** Whether another order that lists the target demands it still; a stay does not end it. */
export const stands = ({ issued, listed, ends, expiresAt }: OtherOrder, view: View): boolean =>
  hasHappened(issued, view) && hasHappened(listed, view) && view.at < expiresAt && !ends.some((end) => hasHappened(end, view));

const NONE: readonly InForce[] = [];
const NOTHING_LIFTED: readonly Territory[] = [];

const inForceAt = (restrictions: readonly JudgedRestriction[], view: View): readonly InForce[] => {
  let found: InForce[] | undefined;
  for (const restriction of restrictions) {
    const { start, until, lifts, terms } = restriction;
    if ((until !== NEVER && until <= view.at) || !hasHappened(start, view)) continue;
    let lifted = NOTHING_LIFTED;
    for (const lift of lifts) if (hasHappened(lift, view)) lifted = [...lifted, lift.territory];
    if (lifted !== NOTHING_LIFTED && isSpent({ territory: terms.territory, lifted })) continue;
    found ??= [];
    found.push({ restriction, lifted });
  }
  return found ?? NONE;
};

const counts = (verdict: Verdict, { isOpenTrue }: View): boolean => verdict === 'yes' || (isOpenTrue && verdict === 'possibly');

/** Whether restrictions that are in force and suffice in measure cover, between them, the territory demanded. */
export const isSatisfiedBy = ({ order }: Obligation, inForce: readonly InForce[], view: View): boolean => {
  if (inForce.length === 0) return false;
  let isWhole = true; // nothing lifted by now
  for (const { restriction, lifted } of inForce) {
    if (lifted.length === 0 && counts(restriction.terms.coversAlone, view)) return true;
    isWhole &&= lifted.length === 0;
  }
  if (inForce.length === 1 && isWhole) return false;
  const reach = inForce.map(({ restriction, lifted }) => ({ territory: restriction.terms.territory, lifted }));
  return counts(covers(order.demand.territory, reach), view);
};
