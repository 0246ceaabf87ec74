/**
 * The figures `effective` and `ever` of some orders, worked out from the plain log by trying every world: slow, and simple
 * enough to be believed. It shares nothing with `src`; where the two differ, one of them misreads the plan.
 */
import { effectiveFacts, type LogEvent, millisecondsOf, type NaiveOrder, type Range, recordOf } from './naive-log.ts';
import {
  bindingAt,
  declinesOf,
  endOf,
  inForceAt,
  type Pair,
  pairOf,
  satisfies,
  sufficientAmong,
  type TargetWorld,
  type Worlds,
  worldsOf,
} from './naive-worlds.ts';

export type NaiveQuestion = {
  readonly orders: readonly string[];
  /** An instant, such as `2021-02-01T14:00:00.000Z`. */
  readonly validAt: string;
  /** How many of the ledger's events are known. */
  readonly knownAt: number;
  readonly kinds: readonly string[];
};

export type NaiveFigure = {
  readonly numerator: number;
  readonly maybe: number;
  readonly unknown: number;
  readonly denominator: number;
  readonly denominatorMaybe: number;
  readonly percent: { readonly low: number; readonly high: number } | null;
  readonly reason?: 'no_target_list' | 'empty_population';
};

export type InEffectClass = (typeof IN_EFFECT)[number];
export type NotInEffectClass = (typeof NOT_IN_EFFECT)[number];

/** The pairs that are certainly live, each in one place: together they are the denominator of `effective`. */
export type NaiveMakeUp = {
  readonly inEffect: { readonly [Class in InEffectClass]: number };
  /** In the order of the statuses, not declined first; rows without a pair are left out. */
  readonly notInEffect: readonly { readonly status: NotInEffectClass; readonly responseDeclined: boolean; readonly pairs: number }[];
  readonly unknown: number;
  readonly open: number;
};

export type NaiveAnswer = {
  readonly effective: NaiveFigure;
  readonly ever: NaiveFigure;
  readonly makeUp: NaiveMakeUp;
  /** Pairs that are certainly not live, by why. */
  readonly apart: { readonly not_yet_binding: number; readonly order_ended: number };
  /** Pairs that are live in some worlds only. */
  readonly outOpen: number;
};

export type NaiveFigures = {
  readonly orders: readonly (NaiveAnswer & { readonly id: string })[];
  readonly total: NaiveAnswer;
};

const IN_EFFECT = ['citing_order', 'preexisting', 'other_order', 'platform_rules', 'unstated', 'undetermined'] as const;
const NOT_IN_EFFECT = [
  'reversed_while_in_force',
  'insufficient_measure',
  'insufficient_territory',
  'declined',
  'outstanding',
  'undetermined',
] as const;

export const naiveFigures = (log: readonly LogEvent[], { orders, validAt, knownAt, kinds }: NaiveQuestion): NaiveFigures => {
  const record = recordOf(effectiveFacts(log, knownAt));
  const instant = millisecondsOf(validAt);
  const asked = orders.map((id) => {
    const order = record.orders.find((candidate) => candidate.id === id);
    const listings = record.targets.flatMap((target) => target.listings.map((listing) => ({ target, listing })));
    const listed = order === undefined ? [] : listings.filter(({ listing }) => listing.order === id);
    const pairs = listed.flatMap(({ target, listing }) => {
      const counts = target.kind !== 'class' && kinds.includes(target.kind);
      return order !== undefined && counts ? [judge(pairOf(order, target, listing), instant)] : [];
    });
    const isOnList = listed.some(({ target, listing }) => target.kind !== 'class' && listing.occurred.earliest <= instant);
    return { id, pairs, lacksList: order !== undefined && canStand(order, instant) && !isOnList };
  });
  return {
    orders: asked.map(({ id, pairs, lacksList }) => ({ id, ...answer(pairs, lacksList) })),
    total: answer(
      asked.flatMap(({ pairs }) => pairs),
      asked.some(({ lacksList }) => lacksList),
    ),
  };
};

const canStand = ({ issued, expiresAt }: NaiveOrder, instant: number): boolean => issued.earliest <= instant && instant < expiresAt;

/** What one pair is in one world: outside the population, or inside it and one of three. */
type Outcome = 'out' | 'yes' | 'no' | 'unknown';

/** What one pair is over all worlds, and where it stands in the make-up. */
type Judged = {
  readonly effective: ReadonlySet<Outcome>;
  readonly ever: ReadonlySet<Outcome>;
  readonly neverBinds: boolean;
  readonly placeIfYes: InEffectClass;
  readonly placeIfNo: Refused;
};

const judge = (pair: Pair, instant: number): Judged => {
  const worlds = worldsOf(pair, instant);
  const possibleEnds = pair.target.restrictions.map((restriction) =>
    Math.max(...worlds.targetWorlds.map((world) => endOf(pair, world, restriction))),
  );
  /** Nobody reported anything since `binding`: no restriction that can have held from then to now, and no refusal. */
  const isSilent = (binding: number, declined: boolean): boolean =>
    !declined && pair.target.restrictions.every(({ start }, index) => start.earliest > instant || (possibleEnds[index] ?? 0) < binding);

  const effective = new Set<Outcome>();
  const ever = new Set<Outcome>();
  for (const binding of worlds.bindings)
    for (const declined of new Set(worlds.declines.map((moments) => moments.some((moment) => moment <= instant))))
      for (const world of worlds.targetWorlds)
        for (const open of [false, true]) {
          const silent = isSilent(binding, declined);
          effective.add(effectiveIn(pair, { world, binding, open, silent }, instant));
          ever.add(everIn(pair, { world, binding, open, silent }, instant, worlds));
        }
  return {
    effective,
    ever,
    neverBinds: worlds.bindings.every((binding) => binding > instant),
    placeIfYes: inEffectClass(pair, instant),
    placeIfNo: notInEffectClass(pair, instant),
  };
};

type World = { readonly world: TargetWorld; readonly binding: number; readonly open: boolean; readonly silent: boolean };

const effectiveIn = (pair: Pair, { world, binding, open, silent }: World, instant: number): Outcome => {
  if (!isLive(pair, binding, instant)) return 'out';
  if (satisfies(pair, inForceAt(pair, world, instant), open)) return 'yes';
  return silent && !isCovered(pair.order, instant) ? 'unknown' : 'no';
};

const everIn = (pair: Pair, { world, binding, open, silent }: World, instant: number, { grid }: Worlds): Outcome => {
  const live = grid.filter((moment) => moment <= instant && isLive(pair, binding, moment));
  if (live.length === 0) return 'out';
  // The grid holds every instant at which something changes in this world, so what holds at some instant holds at one of these.
  if (live.some((moment) => satisfies(pair, inForceAt(pair, world, moment), open))) return 'yes';
  return silent && !live.every((moment) => isCovered(pair.order, moment)) ? 'unknown' : 'no';
};

const isLive = ({ order }: Pair, binding: number, instant: number): boolean => binding <= instant && instant < order.expiresAt;

/** A coverage counts at its end too; of several that reach an instant the one recorded last decides. */
const isCovered = ({ coverage }: NaiveOrder, instant: number): boolean =>
  coverage.findLast(({ from, to }) => from <= instant && instant <= to)?.completeness === 'complete';

/** One reading of the record: every extent at the same end, and what is left open either all true or all false. */
type Reading = {
  readonly world: TargetWorld;
  readonly binding: number;
  readonly declines: readonly number[];
  readonly open: boolean;
};

const readingsOf = (pair: Pair): readonly Reading[] => {
  const { order, target, listing } = pair;
  const ends: readonly (keyof Range)[] = ['earliest', 'latest'];
  return ends.flatMap((end) =>
    [false, true].map((open) => ({
      world: { starts: target.restrictions.map(({ start }) => start[end]), lifts: target.lifts.map(({ occurred }) => occurred[end]) },
      binding: bindingAt(
        order.issued[end],
        listing.received[end],
        order.receipts.map((receipt) => receipt[end]),
      ),
      declines: declinesOf(pair).map((decline) => decline[end]),
      open,
    })),
  );
};

const inEffectClass = (pair: Pair, instant: number): InEffectClass => {
  const classes = new Set(readingsOf(pair).map((reading) => inEffectIn(pair, reading, instant)));
  const [only] = classes;
  return classes.size === 1 && only !== undefined ? only : 'undetermined';
};

const inEffectIn = (pair: Pair, { world, open }: Reading, instant: number): InEffectClass => {
  const inForce = inForceAt(pair, world, instant);
  if (!satisfies(pair, inForce, open)) return 'undetermined';
  const cites = ({ basis, orders }: { readonly basis: string; readonly orders: readonly string[] }) =>
    basis === 'legal_order' && orders.includes(pair.order.id);
  const citing = inForce.filter(({ restriction }) => cites(restriction));
  if (satisfies(pair, citing, open)) return 'citing_order';
  const sufficient = sufficientAmong(pair, inForce, open);
  const bindsFrom = bindingAt(
    pair.order.issued.earliest,
    pair.listing.received.earliest,
    pair.order.receipts.map(({ earliest }) => earliest),
  );
  if (sufficient.every(({ start }) => start.latest < bindsFrom)) return 'preexisting';
  if (sufficient.some(({ basis, orders }) => basis === 'legal_order' && orders.some((order) => order !== pair.order.id)))
    return 'other_order';
  return sufficient.some(({ basis }) => basis === 'platform_rules') ? 'platform_rules' : 'unstated';
};

/** Why a pair is not in effect, and whether the platform had refused by then. */
type Refused = { readonly status: NotInEffectClass; readonly responseDeclined: boolean };

const notInEffectClass = (pair: Pair, instant: number): Refused => {
  const undetermined: Refused = { status: 'undetermined', responseDeclined: false };
  const [first = undetermined, ...others] = readingsOf(pair).map((reading) => notInEffectIn(pair, reading, instant));
  const agrees = others.every(({ status, responseDeclined }) => status === first.status && responseDeclined === first.responseDeclined);
  return agrees ? first : undetermined;
};

const notInEffectIn = (pair: Pair, reading: Reading, instant: number): Refused => {
  const { world, binding, declines, open } = reading;
  const responseDeclined = declines.some((moment) => moment <= instant);
  const inForce = inForceAt(pair, world, instant);
  const lostAt = lastLoss(pair, reading, instant);
  if (satisfies(pair, inForce, open)) return { status: 'undetermined', responseDeclined };
  if (lostAt !== undefined && isLive(pair, binding, lostAt)) return { status: 'reversed_while_in_force', responseDeclined };
  if (inForce.length > 0) {
    const status = sufficientAmong(pair, inForce, open).length > 0 ? 'insufficient_territory' : 'insufficient_measure';
    return { status, responseDeclined };
  }
  return { status: responseDeclined ? 'declined' : 'outstanding', responseDeclined };
};

/** The last instant up to now at which the demand stopped being met, in force or not. */
const lastLoss = (pair: Pair, { world, open }: Reading, instant: number): number | undefined => {
  const changes = [...world.starts, ...world.lifts, ...pair.target.restrictions.map(({ until }) => until)];
  const moments = [...new Set(changes)].filter((moment) => moment <= instant).sort((a, b) => a - b);
  const isMet = moments.map((moment) => satisfies(pair, inForceAt(pair, world, moment), open));
  return moments.findLast((_, index) => isMet[index - 1] === true && isMet[index] === false);
};

const answer = (pairs: readonly Judged[], lacksList: boolean): NaiveAnswer => {
  const certainlyLive = pairs.filter(({ effective }) => !effective.has('out'));
  const certainlyOut = pairs.filter(({ effective }) => isOnly(effective, 'out'));
  return {
    effective: figure(
      pairs.map(({ effective }) => effective),
      lacksList,
    ),
    ever: figure(
      pairs.map(({ ever }) => ever),
      lacksList,
    ),
    makeUp: makeUpOf(certainlyLive),
    apart: {
      not_yet_binding: count(certainlyOut, ({ neverBinds }) => neverBinds),
      order_ended: count(certainlyOut, ({ neverBinds }) => !neverBinds),
    },
    outOpen: pairs.length - certainlyLive.length - certainlyOut.length,
  };
};

const makeUpOf = (pairs: readonly Judged[]): NaiveMakeUp => {
  const yes = pairs.filter(({ effective }) => isOnly(effective, 'yes'));
  const no = pairs.filter(({ effective }) => isOnly(effective, 'no'));
  const unknown = count(pairs, ({ effective }) => isOnly(effective, 'unknown'));
  const inClass = (place: InEffectClass) => count(yes, ({ placeIfYes }) => placeIfYes === place);
  const rows = NOT_IN_EFFECT.flatMap((status) =>
    [false, true].map((responseDeclined) => ({
      status,
      responseDeclined,
      pairs: count(no, ({ placeIfNo }) => placeIfNo.status === status && placeIfNo.responseDeclined === responseDeclined),
    })),
  );
  return {
    inEffect: {
      citing_order: inClass('citing_order'),
      preexisting: inClass('preexisting'),
      other_order: inClass('other_order'),
      platform_rules: inClass('platform_rules'),
      unstated: inClass('unstated'),
      undetermined: inClass('undetermined'),
    },
    notInEffect: rows.filter((row) => row.pairs > 0),
    unknown,
    open: pairs.length - yes.length - no.length - unknown,
  };
};

const figure = (outcomes: readonly ReadonlySet<Outcome>[], lacksList: boolean): NaiveFigure => {
  const canBeYes = (outcome: ReadonlySet<Outcome>) => outcome.has('yes') || outcome.has('unknown');
  const canBeNo = (outcome: ReadonlySet<Outcome>) => outcome.has('no') || outcome.has('unknown');
  const onlyYes = count(outcomes, (outcome) => isOnly(outcome, 'yes'));
  const onlyNo = count(outcomes, (outcome) => isOnly(outcome, 'no'));
  const unknown = count(outcomes, (outcome) => isOnly(outcome, 'unknown'));
  const possiblyYes = count(outcomes, canBeYes);
  const counts = {
    numerator: onlyYes,
    maybe: possiblyYes - onlyYes - unknown,
    unknown,
    denominator: count(outcomes, (outcome) => !outcome.has('out')),
    denominatorMaybe: count(outcomes, (outcome) => outcome.has('out') && !isOnly(outcome, 'out')),
  };
  if (lacksList) return { ...counts, percent: null, reason: 'no_target_list' };
  const low = percentOf(onlyYes, onlyYes + count(outcomes, canBeNo));
  const high = percentOf(possiblyYes, possiblyYes + onlyNo);
  if (low === undefined && high === undefined) return { ...counts, percent: null, reason: 'empty_population' };
  return { ...counts, percent: { low: low ?? high ?? 0, high: high ?? low ?? 0 } };
};

/** Two decimals, half to even, from the exact ratio; of nothing there is no percentage. */
export const percentOf = (part: number, whole: number): number | undefined => {
  if (whole === 0) return undefined;
  const hundredths = BigInt(part) * 10_000n;
  const floor = hundredths / BigInt(whole);
  const twiceTheRest = 2n * (hundredths % BigInt(whole));
  const roundsUp = twiceTheRest > BigInt(whole) || (twiceTheRest === BigInt(whole) && floor % 2n === 1n);
  return Number(roundsUp ? floor + 1n : floor) / 100;
};

const isOnly = (outcomes: ReadonlySet<Outcome>, outcome: Outcome): boolean => outcomes.size === 1 && outcomes.has(outcome);

const count = <Item>(items: readonly Item[], counts: (item: Item) => boolean): number => items.filter(counts).length;
