/** When a pair is due, every time being exact: a clock that is walked from one interruption to the next. */
import { bindingOf, endOfInterruption, forceAt, isEnded, lastRanked } from './naive-order-life.ts';
import type { NaiveListing, NaiveOrder } from './naive-record.ts';

const HOUR = 3_600_000;

type Rule = { readonly clockStart: 'receipt' | 'issue'; readonly hours?: number; readonly restarts: boolean };
const receipt = (hours?: number): Rule => ({ clockStart: 'receipt', ...(hours !== undefined && { hours }), restarts: false });

/** What the rules say of the clock, written out again: elapsed hours, from receipt or from issue. */
const RULES: { readonly [rule: string]: Rule } = {
  'none@1': receipt(),
  'us-order@1': { clockStart: 'issue', restarts: false },
  'in-s69a-ordinary@1': receipt(),
  'in-s69a-emergency@1': receipt(),
  'in-it-rules-3-1-d@1': receipt(36),
  'in-it-rules-3-1-d@2': receipt(3),
  'eu-dsa-9@1': receipt(),
  'eu-tco-3@1': { ...receipt(1), restarts: true },
  'de-netzdg-manifest@1': receipt(24),
  'de-netzdg-other@1': receipt(7 * 24),
  'gb-osa-order@1': receipt(),
  'tr-5651-8a@1': receipt(4),
  'ru-149fz-15-1@1': receipt(24),
  'au-osa-109@1': receipt(24),
};

const ruleOf = ({ rule }: Pick<NaiveOrder<unknown>, 'rule'>): Rule => {
  const found = RULES[rule];
  if (found === undefined) throw new Error(`no such rule: ${rule}`);
  return found;
};

/** Whether anything sets this order a number of hours, or a day and hour. */
export const hasNumericDeadline = (order: Pick<NaiveOrder<unknown>, 'rule' | 'deadlines'>): boolean =>
  ruleOf(order).hours !== undefined || order.deadlines.length > 0;

export type Due =
  | { readonly is: 'due'; readonly at: number; readonly from: 'deadline' | 'rule' | 'tolerance' }
  /** The clock stands still at that instant, and what was left of the time does not run. */
  | { readonly is: 'stopped'; readonly from: 'rule' | 'tolerance' }
  | { readonly is: 'none' };

/**
 * As at `instant`: what happens later changes nothing. `tolerance`, in milliseconds, is for orders that set no number of hours.
 * A deadline that was set is not moved by anything but a later one.
 */
export const dueAsAt = (
  order: NaiveOrder<number>,
  listing: NaiveListing<number>,
  { instant, tolerance }: { readonly instant: number; readonly tolerance?: number | undefined },
): Due => {
  const set = lastRanked(order.deadlines.filter(({ occurred }) => occurred <= instant));
  if (set !== undefined) return { is: 'due', at: set.dueAt, from: 'deadline' };
  const { hours, restarts } = ruleOf(order);
  const start = clockStartOf(order, listing);
  const from = hours === undefined ? 'tolerance' : 'rule';
  const duration = hours === undefined ? tolerance : hours * HOUR;
  if (duration === undefined || start > instant) return { is: 'none' };
  const at = clockRunsOut({ start, duration, pauses: pausesBy(order, instant, restarts) });
  return at === undefined ? { is: 'stopped', from } : { is: 'due', at, from };
};

/** Infinity: never served, so it never begins. */
export const clockStartOf = (order: NaiveOrder<number>, listing: NaiveListing<number>): number =>
  ruleOf(order).clockStart === 'issue' ? order.issued : bindingOf(order, listing);

/** A time during which the clock stands; at its end the whole duration may begin anew. */
type Pause = { readonly from: number; readonly to: number; readonly beginsAnew: boolean };

/** What has begun by then. An end that lies later has not come. */
const pausesBy = ({ stays, stops }: NaiveOrder<number>, instant: number, restarts: boolean): readonly Pause[] => {
  const known = (end: number) => (end <= instant ? end : Number.POSITIVE_INFINITY);
  return [
    ...stays.map((stay) => ({ from: stay.start, to: known(endOfInterruption(stay)), beginsAnew: false })),
    ...stops.map((stop) => ({ from: stop.start, to: known(endOfInterruption(stop)), beginsAnew: restarts })),
  ].filter(({ from }) => from <= instant);
};

/** Undefined while a pause has no end. A pause that begins when the time is over changes nothing any more. */
const clockRunsOut = ({
  start,
  duration,
  pauses,
}: {
  readonly start: number;
  readonly duration: number;
  readonly pauses: readonly Pause[];
}): number | undefined => {
  const turns = pauses.flatMap(({ from, to }) => [from, to]).filter((turn) => turn > start && turn < Number.POSITIVE_INFINITY);
  let now = start;
  let left = duration;
  for (const turn of [...turns.sort((a, b) => a - b), Number.POSITIVE_INFINITY]) {
    const isRunning = !pauses.some(({ from, to }) => from <= now && now < to);
    if (isRunning && now + left <= turn) return now + left;
    if (isRunning) left -= turn - now;
    now = turn;
    if (pauses.some(({ to, beginsAnew }) => beginsAnew && to === turn)) left = duration;
  }
  return undefined;
};

/** As a list of deadlines says it; `isAwaited`: the clock has not begun yet, and is known to begin. */
export type Deadline = Due & { readonly isAwaited?: true };

/**
 * None before the order was issued, and none once it ended before the pair was due. `canHaveBegun`: whether the clock has begun by the instant in some
 * world. Then it begins in every world, at the instant which that world gives it, since the record says so; what happens after the instant
 * asked about neither stops it nor ends the order.
 */
export const deadlineAsAt = (
  order: NaiveOrder<number>,
  listing: NaiveListing<number>,
  { instant, canHaveBegun }: { readonly instant: number; readonly canHaveBegun: boolean },
): Deadline => {
  const isSet = order.deadlines.some(({ occurred }) => occurred <= instant);
  if (canHaveBegun && !isSet && clockStartOf(order, listing) > instant) return awaitedDeadline(order, listing, instant);
  const due = dueAsAt(order, listing, { instant });
  if (instant < order.issued) return { is: 'none' };
  const hasEndedAt = (moment: number) => isEnded(forceAt(order, listing, moment));
  const before = due.is === 'due' ? Math.min(instant, due.at - 1) : instant;
  return hasEndedAt(before) ? { is: 'none' } : due;
};

const awaitedDeadline = (order: NaiveOrder<number>, listing: NaiveListing<number>, instant: number): Deadline => {
  const { hours, restarts } = ruleOf(order);
  const isOver = [...order.revocations, ...listing.withdrawals, order.expiresAt].some((end) => end <= instant);
  if (hours === undefined || isOver) return { is: 'none' };
  const start = clockStartOf(order, listing);
  const at = clockRunsOut({ start, duration: hours * HOUR, pauses: pausesBy(order, instant, restarts) });
  return at === undefined ? { is: 'stopped', from: 'rule', isAwaited: true } : { is: 'due', at, from: 'rule', isAwaited: true };
};
