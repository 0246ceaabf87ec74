/** What each definition of compliance says of one world at one instant: the one place where the definitions stand. */
import type { Obligation } from './obligation.ts';
import { hasHappened, isSatisfiedBy } from './pair-moment.ts';
import { NO, OUT, type Outcomes, packOutcomes, UNKNOWN, YES } from './pair-state.ts';
import {
  BROKEN,
  currentDue,
  EVER_LIVE,
  EVER_SATISFIED,
  isSilent,
  LIVE_AT_DUE,
  REACHED,
  SATISFIED_BY_DUE,
  SILENCE_BROKEN,
  UNCOVERED,
  UNCOVERED_BY_DUE,
  type World,
} from './pair-world.ts';

/** Packed. */
export const outcomesOfWorld = (obligation: Obligation, world: World): number => {
  const { moment, memory } = world;
  const { isLive, isSatisfied, isCovered, inForce } = moment;
  const silent = isSilent(world);
  const isUnknownNow = silent && !isCovered;
  const isUnknownSoFar = silent && (memory & UNCOVERED) !== 0;
  return packOutcomes({
    effective: effectiveOutcome(world, isCovered),
    anyRestriction: isLive ? answer(inForce.length > 0, isUnknownNow) : OUT,
    ever: (memory & EVER_LIVE) === 0 ? OUT : answer((memory & EVER_SATISFIED) !== 0, isUnknownSoFar),
    onTime: onTime(obligation, world, silent),
    sustained: isLive ? answer(isSatisfied && (memory & BROKEN) === 0, isUnknownSoFar) : OUT,
    citingOrder: isLive ? answer(isSatisfied && isCiting(obligation, world), isUnknownNow) : OUT,
    platformStyle: platformStyle(obligation, world, isLive && !isSatisfied && isUnknownNow),
  });
};

/** `isCovered`: whether silence is told from nothing at the instant. */
export const effectiveOutcome = (world: World, isCovered: boolean): Outcomes =>
  world.moment.isLive ? answer(world.moment.isSatisfied, isSilent(world) && !isCovered) : OUT;

/** The same as it counts for time: as if nobody had refused, since a later answer may take a refusal back. */
export const timedOutcome = ({ moment: { isLive, isSatisfied }, memory }: World, isCovered: boolean): Outcomes =>
  isLive ? answer(isSatisfied, !isCovered && (memory & SILENCE_BROKEN) === 0) : OUT;

const answer = (isYes: boolean, isUnknown: boolean): Outcomes => (isYes ? YES : isUnknown ? UNKNOWN : NO);

/** First satisfied by the time that is due now, among those for which it is over and which were live then. */
const onTime = (obligation: Obligation, world: World, silent: boolean): Outcomes => {
  if (world.reached.length === 0) return OUT;
  const due = currentDue(obligation, world, true);
  const stood = world.reached[due] ?? 0;
  if ((stood & REACHED) === 0 || (stood & LIVE_AT_DUE) === 0) return OUT;
  return answer((stood & SATISFIED_BY_DUE) !== 0, silent && (stood & UNCOVERED_BY_DUE) !== 0);
};

/** Whether those restrictions alone satisfy that rest on a legal order and cite this one. */
export const isCiting = (obligation: Obligation, { moment, view }: World): boolean => {
  const citing = moment.relied.filter(({ restriction: { terms } }) => terms.basis === 'legal_order' && terms.citesOrder);
  return citing.length === moment.relied.length || isSatisfiedBy(obligation, citing, view);
};

/** Every pair listed under an order that was issued, whatever its force; a block or a withholding of any territory and basis counts. */
const platformStyle = ({ order, pair }: Obligation, { moment, view }: World, isUnknown: boolean): Outcomes => {
  if (!hasHappened(order.issued, view) || !hasHappened(pair.listed, view)) return OUT;
  return answer(
    moment.inForce.some(({ restriction }) => !restriction.terms.isLimit),
    isUnknown,
  );
};
