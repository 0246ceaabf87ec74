/**
 * The nine figures of some orders, their make-up, statuses and deadlines, worked out from the plain log by trying every world: slow, and
 * simple enough to be believed. It shares nothing with `src`; where the two differ, one of them misreads the rules.
 */
import { hasNumericDeadline } from './naive-deadlines.ts';
import { effectiveFacts, type LogEvent, millisecondsOf, publishedBy } from './naive-log.ts';
import type { Outcome, PairDefinition } from './naive-outcomes.ts';
import { type JudgedPair, judgeTarget, type Possible } from './naive-pairs.ts';
import { type NaiveOrder, type NaiveRecord, type NaiveTarget, recordOf } from './naive-record.ts';
import { type Column, type Ground, type Read, STATUSES, type Status } from './naive-status.ts';
import { HALF_HOUR } from './naive-worlds.ts';

export type NaiveQuestion = {
  readonly orders: readonly string[];
  /** An instant, such as `2021-02-01T14:00:00.000Z`. */
  readonly validAt: string;
  /** How many of the ledger's events are known. */
  readonly knownAt: number;
  readonly kinds: readonly string[];
  /** ISO 8601: the time that orders without a number of hours are given. */
  readonly tolerance?: string;
  /** An instant: leaves out what was provably published later. */
  readonly reportedBy?: string;
};

export type NaiveFigure<Count = number> = {
  readonly numerator: Count;
  readonly maybe: Count;
  readonly unknown: Count;
  readonly denominator: Count;
  readonly denominatorMaybe: Count;
  readonly percent: { readonly low: number; readonly high: number } | null;
  readonly reason?: 'no_target_list' | 'no_numeric_deadline' | 'empty_population';
};

export type NaiveAnswer = { readonly [definition in PairDefinition]: NaiveFigure } & {
  /** In milliseconds. */
  readonly timeWeighted: NaiveFigure<bigint>;
  readonly distinctTargets: { readonly all: NaiveFigure; readonly any: NaiveFigure };
  readonly makeUp: NaiveMakeUp;
  /** Of every pair, whatever its order's force; those without a pair are left out. */
  readonly statuses: { readonly [status in Status | 'undetermined']?: number };
  /** Of the pairs that platforms count; what nobody reported has had no action. */
  readonly platformStyleColumns: { readonly [column in Column | 'undetermined']: number };
  /** Pairs that are certainly not live, by why. */
  readonly apart: { readonly [why in Apart]?: number };
  /** Pairs that are live in some worlds only. */
  readonly outOpen: number;
  readonly pairs: readonly NaivePair[];
};

export type NaivePair = Pick<JudgedPair, 'order' | 'target' | 'due' | 'openAtOnce' | 'hasUncertainHistory'> & {
  /** One, or all that the readings say where they differ. */
  readonly statuses: readonly Status[];
  /** Certainly not live. */
  readonly isApart: boolean;
};

export type Apart = 'not_yet_binding' | 'withdrawn' | 'revoked' | 'expired' | 'suspended_by_stay' | 'target_gone' | 'undetermined';

/** The pairs that are certainly live, each in one place: together they are the denominator of `effective`. */
export type NaiveMakeUp = {
  readonly inEffect: { readonly [ground in Ground | 'undetermined']: number };
  /** In the order of the statuses, those first that were not declined for certain; rows without a pair are left out. */
  readonly notInEffect: readonly { readonly status: Status | 'undetermined'; readonly responseDeclined: boolean; readonly pairs: number }[];
  readonly unknown: number;
  readonly open: number;
};

export type NaiveFigures = { readonly orders: readonly (NaiveAnswer & { readonly id: string })[]; readonly total: NaiveAnswer };

/** `stepMs`: how far apart the instants lie that are tried within an uncertain time. */
export const naiveFigures = (
  log: readonly LogEvent[],
  question: NaiveQuestion,
  { stepMs }: { readonly stepMs: number } = { stepMs: HALF_HOUR },
): NaiveFigures => {
  const facts = effectiveFacts(log, question.knownAt);
  const { reportedBy } = question;
  const record = recordOf(reportedBy === undefined ? facts : publishedBy(facts, millisecondsOf(reportedBy)));
  const answer = (ids: readonly string[]) => answerFor(ids, record, question, stepMs);
  const total = answer(question.orders);
  return {
    orders: question.orders.map((id) => ({ id, ...(question.orders.length === 1 ? total : answer([id])) })),
    total,
  };
};

const answerFor = (ids: readonly string[], record: NaiveRecord, question: NaiveQuestion, stepMs: number): NaiveAnswer => {
  const validAt = millisecondsOf(question.validAt);
  const tolerance = question.tolerance === undefined ? undefined : Temporal.Duration.from(question.tolerance).total('milliseconds');
  const orders = record.orders.filter(({ id }) => ids.includes(id));
  const counted = record.targets.filter(({ kind }) => kind !== 'class' && question.kinds.includes(kind));
  const targets = counted.flatMap((target) => {
    const listed = target.listings.flatMap((listing) => {
      const order = orders.find(({ id }) => id === listing.order);
      return order === undefined ? [] : [{ order, listing }];
    });
    return listed.length === 0 ? [] : [judgeTarget(target, listed, record, { validAt, tolerance, stepMs })];
  });
  const pairs = targets.flatMap((target) => target.pairs);

  const lacksList = orders.some((order) => canStand(order, validAt) && !hasList(order, counted, validAt));
  const withReason = figureOr(lacksList ? 'no_target_list' : undefined);
  const isTimeSet = tolerance !== undefined || orders.some(hasNumericDeadline);
  const withOnTimeReason = lacksList || isTimeSet ? withReason : figureOr('no_numeric_deadline');
  const ofPairs = (definition: PairDefinition, figure = withReason) =>
    inNumbers(figure(pairs.map(({ outcomes }) => ({ weight: 1n, possible: outcomes[definition] }))));
  const ofTargets = (variant: 'all' | 'any') => inNumbers(withReason(targets.map((target) => ({ weight: 1n, possible: target[variant] }))));
  const stretches = pairs.flatMap(({ time }) => time);

  return {
    effective: ofPairs('effective'),
    anyRestriction: ofPairs('anyRestriction'),
    ever: ofPairs('ever'),
    onTime: ofPairs('onTime', withOnTimeReason),
    sustained: ofPairs('sustained'),
    citingOrder: ofPairs('citingOrder'),
    platformStyle: ofPairs('platformStyle'),
    timeWeighted: withReason(stretches.map(({ milliseconds, outcomes }) => ({ weight: milliseconds, possible: outcomes }))),
    distinctTargets: { all: ofTargets('all'), any: ofTargets('any') },
    ...countsOf(pairs),
  };
};

const canStand = ({ issued, expiresAt, revocations }: NaiveOrder, instant: number): boolean =>
  issued.earliest <= instant && instant < expiresAt && revocations.every(({ latest }) => instant < latest);

/** Of `counted` targets: one that the question leaves out makes no list. */
const hasList = ({ id }: NaiveOrder, counted: readonly NaiveTarget[], instant: number): boolean =>
  counted.some(({ listings }) => listings.some(({ order, occurred }) => order === id && occurred.earliest <= instant));

const countsOf = (pairs: readonly JudgedPair[]) => {
  const certainlyOut = pairs.filter(({ outcomes }) => isOnly(outcomes.effective, 'out'));
  const certainlyLive = pairs.filter(({ outcomes }) => !outcomes.effective.has('out'));
  return {
    makeUp: makeUpOf(certainlyLive),
    statuses: tally(pairs.map(({ readings }) => only(readings.map(({ status }) => status)))),
    platformStyleColumns: {
      ...{ legal_order: 0, platform_rules: 0, unstated: 0, no_action: 0, unknown: 0, undetermined: 0 },
      ...tally(pairs.map(({ readings }) => only(readings.map(({ column }) => column ?? 'none'))).filter((column) => column !== 'none')),
    },
    apart: tally(certainlyOut.map(({ readings }) => only(readings.map(apartIn)))),
    outOpen: pairs.length - certainlyOut.length - certainlyLive.length,
    pairs: pairs.map(({ readings, outcomes, time: _, ...pair }) => ({
      ...pair,
      statuses: statusesIn(readings),
      isApart: isOnly(outcomes.effective, 'out'),
    })),
  };
};

const APART: readonly Apart[] = ['not_yet_binding', 'suspended_by_stay', 'target_gone'];
const apartIn = ({ status, ending }: Read): Apart => ending ?? APART.find((apart) => apart === status) ?? 'undetermined';

const statusesIn = (readings: readonly Read[]): readonly Status[] =>
  STATUSES.filter((status) => readings.some((reading) => reading.status === status));

const makeUpOf = (live: readonly JudgedPair[]): NaiveMakeUp => {
  const yes = live.filter(({ outcomes }) => isOnly(outcomes.effective, 'yes'));
  const no = live.filter(({ outcomes }) => isOnly(outcomes.effective, 'no'));
  const unknown = live.filter(({ outcomes }) => isOnly(outcomes.effective, 'unknown')).length;
  const grounds = { citing_order: 0, preexisting: 0, other_order: 0, platform_rules: 0, unstated: 0, undetermined: 0 };
  const refused = no.map(({ readings }) => {
    const isDeclined = readings.every(({ responseDeclined }) => responseDeclined);
    return `${only(readings.map(({ status }) => status))}/${isDeclined}`;
  });
  return {
    inEffect: { ...grounds, ...tally(yes.map(({ readings }) => only(readings.map(({ ground }) => ground ?? 'undetermined')))) },
    notInEffect: [...STATUSES, 'undetermined' as const].flatMap((status) =>
      [false, true].flatMap((responseDeclined) => {
        const rows = refused.filter((row) => row === `${status}/${responseDeclined}`).length;
        return rows === 0 ? [] : [{ status, responseDeclined, pairs: rows }];
      }),
    ),
    unknown,
    open: live.length - yes.length - no.length - unknown,
  };
};

/** What all readings say alike. */
const only = <Value extends string>(values: readonly Value[]): Value | 'undetermined' => {
  const [first, ...others] = new Set(values);
  return first !== undefined && others.length === 0 ? first : 'undetermined';
};

const tally = <Name extends string>(names: readonly Name[]): { readonly [name in Name]?: number } => {
  const counts: { [name in Name]?: number } = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
};

/** Pairs or targets one by one, or milliseconds by the stretch. */
type Weighed = { readonly weight: bigint; readonly possible: Possible };

const figureOr =
  (reason: NaiveFigure['reason']) =>
  (units: readonly Weighed[]): NaiveFigure<bigint> => {
    const sum = (counts: (possible: Possible) => boolean) =>
      units.reduce((total, { weight, possible }) => (counts(possible) ? total + weight : total), 0n);
    const onlyYes = sum((possible) => isOnly(possible, 'yes'));
    const onlyNo = sum((possible) => isOnly(possible, 'no'));
    const unknown = sum((possible) => isOnly(possible, 'unknown'));
    const canBeYes = sum((possible) => possible.has('yes') || possible.has('unknown'));
    const canBeNo = sum((possible) => possible.has('no') || possible.has('unknown'));
    const counts = {
      numerator: onlyYes,
      maybe: canBeYes - onlyYes - unknown,
      unknown,
      denominator: sum((possible) => possible.size > 0 && !possible.has('out')),
      denominatorMaybe: sum((possible) => possible.has('out') && !isOnly(possible, 'out')),
    };
    if (reason !== undefined) return { ...counts, percent: null, reason };
    const low = percentOf(onlyYes, onlyYes + canBeNo);
    const high = percentOf(canBeYes, canBeYes + onlyNo);
    if (low === undefined && high === undefined) return { ...counts, percent: null, reason: 'empty_population' };
    return { ...counts, percent: { low: low ?? high ?? 0, high: high ?? low ?? 0 } };
  };

const inNumbers = ({ numerator, maybe, unknown, denominator, denominatorMaybe, ...rest }: NaiveFigure<bigint>): NaiveFigure => ({
  numerator: Number(numerator),
  maybe: Number(maybe),
  unknown: Number(unknown),
  denominator: Number(denominator),
  denominatorMaybe: Number(denominatorMaybe),
  ...rest,
});

/** Two decimals, half to even, from the exact ratio; of nothing there is no percentage. */
export const percentOf = (part: bigint, whole: bigint): number | undefined => {
  if (whole === 0n) return undefined;
  const floor = (part * 10_000n) / whole;
  const twiceTheRest = 2n * ((part * 10_000n) % whole);
  const roundsUp = twiceTheRest > whole || (twiceTheRest === whole && floor % 2n === 1n);
  return Number(roundsUp ? floor + 1n : floor) / 100;
};

const isOnly = (outcomes: Possible, outcome: Outcome): boolean => outcomes.size === 1 && outcomes.has(outcome);
