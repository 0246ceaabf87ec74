/** What a pair is in an exact world at an instant, in the words of the statuses: first match, and what is flagged beside it. */

import type { Territory } from '../territory.ts';
import type { Obligation } from './obligation.ts';
import { hasHappened, type InForce, isPausing, stands } from './pair-moment.ts';
import { isCiting } from './pair-outcomes.ts';
import { type Column, type Ending, type Flag, type Ground, packDescription, type Status } from './pair-state.ts';
import { currentDue, isSilent, LOST_IN_FORCE, REACHED, SATISFIED_BY_DUE, type World } from './pair-world.ts';

/** Packed: status, ground, whether the response is a refusal, the platforms' column, what ended the order for it, how it ceased to be in effect, flags. */
export const describedWorld = (obligation: Obligation, world: World): number => {
  const { isLive, isSatisfied, isDeclined, force } = world.moment;
  const status = statusOf(obligation, world);
  return packDescription({
    status,
    ground: isLive && isSatisfied ? groundOf(obligation, world) : null,
    responseDeclined: force !== 'not_issued' && force !== 'not_served' && isDeclined,
    column: columnOf(obligation, world),
    ending: endingOf(world),
    lostBy: status === 'reversed_while_in_force' ? world.lostBy : null,
    flags: flagsOf(obligation, world),
  });
};

const endingOf = ({ moment: { force } }: World): Ending | null =>
  force === 'withdrawn' || force === 'revoked' || force === 'expired' ? force : null;
const hasEnded = (world: World): boolean => endingOf(world) !== null;

const statusOf = (obligation: Obligation, world: World): Status => {
  const { force, isGone, isSatisfied } = world.moment;
  if (force === 'not_issued' || force === 'not_served') return 'not_yet_binding';
  if (hasEnded(world)) {
    const isHeldByIt = world.moment.inForce.some(({ restriction: { terms } }) => terms.basis === 'legal_order' && terms.citesOrder);
    return isHeldByIt && !isRequiredElsewhere(obligation, world) ? 'restricted_after_order_ended' : 'order_ended';
  }
  if (force === 'stayed') return 'suspended_by_stay';
  if (isGone) return 'target_gone';
  return isSatisfied ? satisfiedStatus(obligation, world) : unsatisfiedStatus(obligation, world);
};

const isRequiredElsewhere = ({ pair }: Obligation, { view }: World): boolean => pair.others.some((other) => stands(other, view));

const satisfiedStatus = (obligation: Obligation, world: World): Status => {
  if (world.moment.relied.every(({ restriction }) => restriction.isPreexisting)) return 'in_effect_preexisting';
  const due = currentDue(obligation, world, false);
  if (due < 0) return 'in_effect';
  const stood = world.reached[due] ?? 0;
  return (stood & REACHED) === 0 || (stood & SATISFIED_BY_DUE) !== 0 ? 'in_effect_on_time' : 'in_effect_late';
};

/** No record either way since the order bound: what is not known to have been done is not known not to have been. */
const isUnknown = (world: World): boolean => {
  const { isLive, isSatisfied, isCovered } = world.moment;
  return isLive && !isSatisfied && !isCovered && isSilent(world);
};

const unsatisfiedStatus = (obligation: Obligation, world: World): Status => {
  const { inForce, relied, isDeclined } = world.moment;
  if ((world.memory & LOST_IN_FORCE) !== 0) return 'reversed_while_in_force';
  if (relied.length > 0) return 'insufficient_territory';
  if (inForce.length > 0) return 'insufficient_measure';
  if (isDeclined) return 'declined';
  if (isUnknown(world)) return 'unknown';
  const due = currentDue(obligation, world, false);
  if (due < 0) return 'outstanding';
  if (((world.reached[due] ?? 0) & REACHED) !== 0) return 'overdue';
  return due === 0 && world.clock?.isStopped === true ? 'tolled' : 'pending';
};

/** First match; it says what was cited, not what caused. */
const groundOf = (obligation: Obligation, world: World): Ground => {
  const { relied } = world.moment;
  if (isCiting(obligation, world)) return 'citing_order';
  if (relied.every(({ restriction }) => restriction.isPreexisting)) return 'preexisting';
  if (relied.some(({ restriction: { terms } }) => terms.basis === 'legal_order' && terms.citesOther)) return 'other_order';
  return relied.some(({ restriction: { terms } }) => terms.basis === 'platform_rules') ? 'platform_rules' : 'unstated';
};

const BASES = ['legal_order', 'platform_rules', 'unstated'] as const;

const columnOf = ({ order, pair }: Obligation, world: World): Column | null => {
  const { moment, view } = world;
  if (!hasHappened(order.issued, view) || !hasHappened(pair.listed, view)) return null;
  const counted = moment.inForce.filter(({ restriction }) => !restriction.terms.isLimit);
  return (
    BASES.find((basis) => counted.some(({ restriction }) => restriction.terms.basis === basis)) ??
    (isUnknown(world) ? 'unknown' : 'no_action')
  );
};

const NO_FLAGS: readonly Flag[] = [];

const flagsOf = (obligation: Obligation, world: World): readonly Flag[] => {
  const { view } = world;
  const { inForce, relied, isLive, isSatisfied, force } = world.moment;
  if (inForce.length === 0) return NO_FLAGS;
  const flags: Flag[] = [];
  if (isLive && isSatisfied) {
    if (relied.every(({ restriction }) => !restriction.terms.isEvidenced)) flags.push('without_evidence');
    if (relied.some((one) => reachesBeyond(obligation.order.demand.territory, one))) flags.push('wider_than_order');
  }
  if (hasEnded(world) && inForce.some(({ restriction }) => restriction.terms.citesOrder) && isRequiredElsewhere(obligation, world))
    flags.push('also_required_by');
  const isRestorationDirected =
    (force === 'revoked' && obligation.order.revocations.some((one) => one.restorationDirected && hasHappened(one, view))) ||
    (force === 'stayed' && obligation.order.stays.some((stay) => stay.restorationDirected && isPausing(stay, view)));
  if (isRestorationDirected && inForce.some(({ restriction: { terms } }) => terms.citesOrder && !terms.citesOther))
    flags.push('restoration_due');
  return flags;
};

/** Whether a restriction certainly applies at a place that the order does not ask for. */
const reachesBeyond = (demanded: Territory, { restriction: { terms }, lifted }: InForce): boolean => {
  if (typeof demanded === 'string' || terms.territory === 'UNSTATED') return false;
  if (terms.territory === 'WORLD') return true; // lifts free places by name, never all that lie beyond
  return terms.territory.some((code) => !demanded.includes(code) && !lifted.some((freed) => freed.includes(code)));
};
