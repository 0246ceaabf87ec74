/** What is due under an order at an instant, and how its clock stands: asked of the same worlds that judge its accounts, for one about which nothing is on record. */
import type { Range } from '../facts.ts';
import { type Obligation, obligationOf } from '../pairs/obligation.ts';
import { NEVER, type OrderTerms, type PairFacts } from '../pairs/pair-facts.ts';
import { hasHappened, isOver, isPausing } from '../pairs/pair-moment.ts';
import { sweep } from '../pairs/pair-sweep.ts';
import { currentDue, OVER_BEFORE_DUE, REACHED, type World } from '../pairs/pair-world.ts';

/** `none`: nothing sets a time; `not_served`: no service is on record from which a time could be reckoned; `ended`: nothing is due any more. */
export const DUE_PHASES = ['none', 'not_served', 'not_started', 'running', 'stopped', 'stayed', 'reached', 'ended'] as const;
export type DuePhase = (typeof DUE_PHASES)[number];

/** Where times are uncertain: everything that they leave possible. */
export type Due = {
  /** The rule, or the positions of the events that set a time. */
  readonly setBy: readonly ('rule' | number)[];
  /**
   * Due at some instant in this range (ms since 1970), whenever within the extent of its start it is asked for; `undefined` while the clock cannot have
   * started yet or stands still, or nothing is due any more.
   */
  readonly at: Range | undefined;
  /** Milliseconds that will run once the clock, which stands still, goes on. */
  readonly left: Range | undefined;
  /** All of them: too much is open to tell. */
  readonly phases: readonly DuePhase[];
  readonly isReached: 'yes' | 'possibly' | 'no';
};

/** What decides when a pair is due, besides its order. */
export type ListedPair = Pick<PairFacts, 'listed' | 'received' | 'withdrawals'>;

/** `undefined`: nothing sets a time, or the order was not issued. */
export const dueOf = (order: OrderTerms, { listed, received, withdrawals }: ListedPair, t: number): Due | undefined => {
  if (!isTimed(order)) return undefined;
  const obligation = obligationOf(order, { listed, received, withdrawals, ...NOTHING_DONE });
  let now: readonly World[] | undefined = [];
  sweep(
    obligation,
    (at, worlds) => {
      if (at <= t) now = worlds;
    },
    { also: t }, // else the worlds of a stretch around it say what may come until its end
  );
  if (!now) return TOO_OPEN;
  const dues = now.map((world) => dueIn(obligation, world, currentDue(obligation, world, false)));
  if (dues.every(({ phase }) => phase === 'none')) return undefined;
  const reached = dues.filter(({ phase }) => phase === 'reached').length;
  return {
    setBy: [...new Set(dues.flatMap(({ setBy }) => setBy ?? []))],
    at: hullOf(dues.flatMap(({ at }) => at ?? [])),
    left: hullOf(dues.flatMap(({ left }) => left ?? [])),
    phases: DUE_PHASES.filter((phase) => dues.some((due) => due.phase === phase)),
    isReached: reached === 0 ? 'no' : reached === dues.length ? 'yes' : 'possibly',
  };
};

const NOTHING_DONE = { restrictions: [], declines: [], gone: [], others: [] };
const isTimed = ({ clock, dueDates }: OrderTerms): boolean => (clock !== undefined && !clock.isTolerance) || dueDates.length > 0;
const TOO_OPEN: Due = { setBy: [], at: undefined, left: undefined, phases: DUE_PHASES, isReached: 'possibly' };

type DueInWorld = { readonly setBy?: 'rule' | number; readonly phase: DuePhase; readonly at?: Range; readonly left?: Range };

/** `place`: of the due time that holds, the rule's before the dates that were set; -1: none. */
const dueIn = (obligation: Obligation, world: World, place: number): DueInWorld => {
  const { order } = obligation;
  const awaited = place === 0 ? awaitedDue(obligation, world) : undefined;
  if (awaited) return awaited;
  if (place < 0 || world.moment.force === 'not_issued') return { phase: 'none' };
  const reached = world.reached[place] ?? 0;
  const isReached = (reached & REACHED) !== 0;
  const hasEnded = isReached ? (reached & OVER_BEFORE_DUE) !== 0 : isOver(world.moment.force);
  const date = order.dueDates[place - 1];
  if (date) {
    const at = { earliest: date.dueAt, latest: date.dueAt };
    if (hasEnded) return { setBy: date.event, phase: 'ended' };
    return { setBy: date.event, phase: isReached ? 'reached' : 'running', at };
  }
  const { phase = 'waiting', min = 0, max = 0 } = world.clock ?? {};
  const range = { earliest: min, latest: max };
  if (hasEnded) return { setBy: 'rule', phase: 'ended' };
  if (phase === 'waiting') return { setBy: 'rule', phase: isNeverServed(obligation) ? 'not_served' : 'not_started' };
  if (phase === 'reached') return { setBy: 'rule', phase, at: range };
  if (phase === 'running') return { setBy: 'rule', phase, at: { earliest: Math.max(min, world.view.at + 1), latest: max } };
  const isStopped = order.stops.some((stop) => isPausing(stop, world.view));
  // What will run once the clock goes on: after a stop it may be all of it again.
  const whole = isStopped && order.clock?.onRestart === 'restart' ? order.clock.durationMs : undefined;
  const left = whole === undefined ? range : { earliest: whole, latest: whole };
  return { setBy: 'rule', phase: isStopped ? 'stopped' : 'stayed', left };
};

const isNeverServed = ({ order, binding }: Obligation): boolean => order.clock?.startsAt === 'receipt' && binding.earliest === NEVER;

/**
 * Where what starts the clock can have happened by now and has not in this world, it comes at an instant of its extent that is left: so the end of what is
 * due does not move with the hour of asking. Only what has happened by now stops the clock or ends the order. `undefined`: it is not awaited.
 */
const awaitedDue = ({ order, pair, binding }: Obligation, { view }: World): DueInWorld | undefined => {
  const { clock } = order;
  const start = clock?.startsAt === 'issue' ? order.issued : binding;
  if (!clock || start.earliest > view.at || hasHappened(start, view)) return undefined;
  const isEnded = order.expiresAt <= view.at || [...order.revocations, ...pair.withdrawals].some((end) => hasHappened(end, view));
  if (isEnded) return { setBy: 'rule', phase: 'ended' };
  const whole = { earliest: clock.durationMs, latest: clock.durationMs };
  const isPaused = [...order.stays, ...order.stops].some((pause) => isPausing(pause, view));
  if (isPaused) return { setBy: 'rule', phase: 'not_started', left: whole };
  const from = { earliest: Math.max(start.earliest, view.at + 1), latest: start.latest };
  return {
    setBy: 'rule',
    phase: 'not_started',
    at: { earliest: from.earliest + clock.durationMs, latest: from.latest + clock.durationMs },
  };
};

const hullOf = (ranges: readonly Range[]): Range | undefined =>
  ranges.length === 0
    ? undefined
    : { earliest: Math.min(...ranges.map(({ earliest }) => earliest)), latest: Math.max(...ranges.map(({ latest }) => latest)) };
