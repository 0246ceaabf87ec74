/**
 * Random small cases on a coarse grid of hours, for comparing evaluators. `randomCase` says what happened, for somebody to record through
 * the real commands; `randomLog` is a plain log of stored events, made without the product, in which corrections and retractions obey
 * the domain's rules Uncertain times are few for each pair, since every choice of instants is tried.
 */
import fc from 'fast-check';
import {
  caseOpened,
  coverageDeclared,
  type Draft,
  eventCorrected,
  eventRetracted,
  extentText,
  instantText,
  orderId,
  orderIssued,
  orderServed,
  type StoredExtent,
  type StoredTarget,
  targetBlocked,
  targetDeclined,
  targetListed,
  targetOf,
  targetReinstated,
  targetStream,
  targetWithheld,
  withEvent,
} from './naive-events.ts';
import type { NaiveQuestion } from './naive-figures.ts';
import { effectiveFacts, type LogEvent, type NaiveRestriction, type NaiveTarget, type NaiveTerritory, recordOf } from './naive-log.ts';

/** Whole hours since `BASE`, both ends included; exact when they are equal. */
export type Ext = { readonly earliest: number; readonly latest: number };

export type DemandMeasure = 'disable_access' | 'remove' | 'limit' | 'unstated';
export type BlockMeasure = 'suspended' | 'terminated' | 'removed' | 'access_disabled';
export type Basis = 'legal_order' | 'platform_rules' | 'unstated';
export type Kind = 'account' | 'post' | 'hashtag' | 'class';

export type RandomOrder = {
  readonly measure: DemandMeasure;
  readonly territory: NaiveTerritory;
  readonly issued: Ext;
  /** Never served when empty. */
  readonly served: readonly Ext[];
  readonly expiresAt?: number;
  readonly coverage: readonly { readonly from: number; readonly to: number; readonly completeness: 'complete' | 'partial' | 'none' }[];
};

export type RandomListing = { readonly order: number; readonly occurred: Ext; readonly received?: Ext };

/** Orders are indices into the case's; `lifts` are indices into the acts of the same target, of restrictions that stand before. */
export type RandomAct =
  | {
      readonly type: 'block';
      readonly occurred: Ext;
      readonly measure: BlockMeasure;
      readonly basis: Basis;
      readonly orders: readonly number[];
      readonly until?: number;
    }
  | {
      readonly type: 'withhold';
      readonly occurred: Ext;
      readonly territory: 'UNSTATED' | readonly string[];
      readonly basis: Basis;
      readonly orders: readonly number[];
      readonly until?: number;
    }
  /** Without `lifts` every restriction that can be in force then; without `territory` wherever each of them remains. */
  | { readonly type: 'reinstate'; readonly occurred: Ext; readonly lifts?: readonly number[]; readonly territory?: readonly string[] }
  | { readonly type: 'decline'; readonly occurred: Ext; readonly orders: readonly number[] };

export type RandomTarget = { readonly kind: Kind; readonly listedIn: readonly RandomListing[]; readonly acts: readonly RandomAct[] };

/**
 * `pick` counts, modulo their number, the facts recorded before the correction to which its kind can apply: any for `retract`; any but the
 * case for `time`; orders and withholds for `territory`; blocks and withholds for `basis`; what has an `until`, an `expiresAt` or a listing's
 * `receivedAt` for `remove`, which takes that field out.
 */
export type RandomCorrection =
  | { readonly kind: 'time'; readonly pick: number; readonly occurred: Ext }
  | { readonly kind: 'territory'; readonly pick: number; readonly territory: 'UNSTATED' | readonly string[] }
  | { readonly kind: 'basis'; readonly pick: number; readonly basis: Basis }
  | { readonly kind: 'remove'; readonly pick: number }
  | { readonly kind: 'retract'; readonly pick: number };

export type RandomCase = {
  readonly orders: readonly RandomOrder[];
  readonly targets: readonly RandomTarget[];
  /** Ranks of the steps, used in turn: the least goes first. Empty: in the order of this text. */
  readonly logOrder: readonly number[];
  readonly corrections: readonly RandomCorrection[];
};

/** One thing to record. All but `correct` name their place in the case. */
export type Step =
  | { readonly step: 'issue'; readonly order: number; readonly said: RandomOrder }
  | { readonly step: 'serve'; readonly order: number; readonly occurred: Ext }
  | { readonly step: 'cover'; readonly order: number; readonly said: RandomOrder['coverage'][number] }
  | { readonly step: 'list'; readonly target: number; readonly said: RandomListing }
  | { readonly step: 'act'; readonly target: number; readonly act: number; readonly said: RandomAct }
  | { readonly step: 'correct'; readonly said: RandomCorrection };

export const BASE = Temporal.Instant.from('2021-03-01T00:00:00Z');
const HOURS_MAX = 16;
export const ALL_KINDS: readonly Kind[] = ['account', 'post', 'hashtag', 'class'];

const WIDTH_HOURS_MAX = 3;
const UNCERTAIN_MAX = { order: 2, listings: 2, acts: 3, corrections: 1 }; // so a target has at most four that are its own

const hour = (hours: number): Temporal.Instant => BASE.add({ minutes: hours * 60 });
/** The hour as stored text; halves are allowed. */
export const hourText = (hours: number): string => instantText(hour(hours));
export const storedExtent = ({ earliest, latest }: Ext): StoredExtent => extentText(hour(earliest), hour(latest));
/** The extent as a request gives it: an instant when it is exact, else a range. */
export const extentInput = ({
  earliest,
  latest,
}: Ext): string | { readonly earliest: string; readonly latest: string; readonly zone: string } =>
  earliest === latest ? hour(earliest).toString() : { earliest: hour(earliest).toString(), latest: hour(latest).toString(), zone: 'UTC' };

const exactly = (earliest: number): Ext => ({ earliest, latest: earliest });
const hours = (min: number, max: number) => fc.integer({ min, max });
const ext = (min: number, max: number): fc.Arbitrary<Ext> =>
  fc.oneof(
    { weight: 3, arbitrary: hours(min, max).map(exactly) },
    {
      weight: 2,
      arbitrary: fc
        .record({ earliest: hours(min, max), width: hours(1, WIDTH_HOURS_MAX) })
        .map(({ earliest, width }) => ({ earliest, latest: earliest + width })),
    },
  );

const mostly = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> => fc.option(value, { nil: undefined, freq: 6 });
const rarely = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
const somewhere: fc.Arbitrary<readonly string[]> = fc.constantFrom(['IN'], ['PK'], ['IN', 'PK'], ['FR'], ['FR', 'IN']);
const withheldIn = fc.oneof({ weight: 4, arbitrary: somewhere }, { weight: 1, arbitrary: fc.constant('UNSTATED' as const) });
const demandedIn: fc.Arbitrary<NaiveTerritory> = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom<NaiveTerritory>(['IN'], ['IN'], ['IN', 'PK'], ['FR']) },
  { weight: 1, arbitrary: fc.constantFrom<NaiveTerritory>('WORLD', 'UNSTATED', 'UNSTATED') },
);
const basis = fc.constantFrom<Basis>('legal_order', 'legal_order', 'platform_rules', 'unstated');
const cited = fc.array(fc.nat(1), { maxLength: 2 });
const restriction = { occurred: ext(0, HOURS_MAX), basis, orders: cited, until: rarely(hours(1, 5)) };

const rawOrder = fc.record({
  measure: fc.constantFrom<DemandMeasure>('disable_access', 'disable_access', 'disable_access', 'remove', 'limit', 'unstated'),
  territory: demandedIn,
  issued: ext(0, 4),
  served: fc.oneof(
    { weight: 6, arbitrary: fc.array(ext(0, 4), { minLength: 1, maxLength: 2 }) },
    { weight: 1, arbitrary: fc.constant<Ext[]>([]) },
  ),
  expiresAt: rarely(hours(2, 14)),
  coverage: fc.array(
    fc.record({ from: hours(-1, 8), length: hours(1, 16), completeness: fc.constantFrom('complete', 'complete', 'partial', 'none') }),
    { maxLength: 2 },
  ),
});

const rawAct = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('block'),
      measure: fc.constantFrom<BlockMeasure>('suspended', 'removed', 'access_disabled'),
      ...restriction,
    }),
  },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('withhold'), territory: withheldIn, ...restriction }) },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('reinstate'),
      occurred: ext(1, HOURS_MAX),
      lifts: rarely(fc.array(fc.nat(5), { minLength: 1, maxLength: 2 })),
      // A worldwide block less some places: what is left of it covers a demand that states no place only possibly.
      territory: fc.option(somewhere, { nil: undefined, freq: 2 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('decline'), occurred: ext(0, HOURS_MAX), orders: cited }) },
);

const rawListing = fc.record({ occurred: ext(0, 3), received: rarely(ext(0, 4)) });

const rawTarget = fc.record({
  kind: fc.constantFrom<Kind>('account', 'account', 'account', 'post', 'hashtag', 'class'),
  /** One draw for each order: most targets stand on most lists. */
  listedIn: fc.tuple(mostly(rawListing), mostly(rawListing)),
  acts: fc.oneof(
    { weight: 1, arbitrary: fc.constant<RawAct[]>([]) },
    { weight: 6, arbitrary: fc.array(rawAct, { minLength: 3, maxLength: 6 }) },
  ),
});

const correction: fc.Arbitrary<RandomCorrection> = fc.oneof(
  fc.record({ kind: fc.constant('time'), pick: fc.nat(99), occurred: ext(0, HOURS_MAX) }),
  fc.record({ kind: fc.constant('time'), pick: fc.nat(99), occurred: ext(0, HOURS_MAX) }),
  fc.record({ kind: fc.constant('territory'), pick: fc.nat(99), territory: withheldIn }),
  fc.record({ kind: fc.constant('basis'), pick: fc.nat(99), basis }),
  fc.record({ kind: fc.constant('remove'), pick: fc.nat(99) }),
  fc.record({ kind: fc.constant('retract'), pick: fc.nat(99) }),
);

/** What happened, and in which order it came to be known: mostly acceptable to the real commands, never outlandish. */
export const randomCase: fc.Arbitrary<RandomCase> = fc
  .record({
    orders: fc.array(rawOrder, { minLength: 1, maxLength: 2 }),
    targets: fc.array(rawTarget, { minLength: 2, maxLength: 4 }),
    logOrder: fc.oneof(fc.constant([]), fc.array(fc.nat(99), { minLength: 5, maxLength: 30 })),
    corrections: fc.oneof({ weight: 1, arbitrary: fc.constant([]) }, { weight: 2, arbitrary: fc.array(correction, { maxLength: 4 }) }),
  })
  .map((raw) => {
    const orders = raw.orders.map(plausibleOrder);
    const targets = raw.targets.map((target) => plausibleTarget(target, orders));
    return { ...raw, orders, targets, corrections: withFewUncertain(raw.corrections) };
  });

type RawAct = Raw<typeof rawAct>;
type Raw<Arbitrary> = Arbitrary extends fc.Arbitrary<infer Value> ? Value : never;

/** Service, expiry and listings are drawn as hours after the order's issue. */
const plausibleOrder = ({ issued, served, expiresAt, coverage, ...demand }: Raw<typeof rawOrder>): RandomOrder => {
  const [issue = issued, ...receipts] = fewUncertain(
    [issued, ...served.map((receipt) => later(receipt, issued.earliest))],
    UNCERTAIN_MAX.order,
  );
  const lastArrival = Math.max(...receipts.map(({ earliest }) => earliest), issue.earliest);
  return {
    ...demand,
    issued: issue,
    served: receipts,
    ...(expiresAt !== undefined && { expiresAt: lastArrival + expiresAt }),
    coverage: coverage.map(({ from, length, completeness }) => ({ from, to: from + length, completeness })),
  };
};

const plausibleTarget = ({ kind, listedIn, acts }: Raw<typeof rawTarget>, orders: readonly RandomOrder[]): RandomTarget => {
  const listings = listedIn.flatMap((drawn, order) => {
    const issued = orders[order]?.issued.earliest;
    if (drawn === undefined || issued === undefined) return [];
    const listed = later(drawn.occurred, issued);
    return [{ order, occurred: listed, ...(drawn.received && { received: later(drawn.received, listed.earliest) }) }];
  });
  const receipts = fewUncertain(
    listings.map(({ occurred, received }) => received ?? occurred),
    UNCERTAIN_MAX.listings,
  );
  const times = fewUncertain(
    acts.map(({ occurred }) => occurred),
    UNCERTAIN_MAX.acts,
  );
  return {
    kind,
    listedIn: listings.map((listing, index) => {
      const receipt = receipts[index] ?? listing.occurred;
      return listing.received ? { ...listing, received: receipt } : { ...listing, occurred: receipt };
    }),
    acts: acts.map((act, index) => plausibleAct({ ...act, occurred: times[index] ?? act.occurred }, acts.slice(0, index), orders)),
  };
};

/** Nothing cites an order before its issue or a legal basis without an order, and an end lies after the start. */
const plausibleAct = (act: RawAct, earlier: readonly RawAct[], orders: readonly RandomOrder[]): RandomAct => {
  const known = (indices: readonly number[]) => [...new Set(indices.map((order) => order % orders.length))].sort();
  const notBefore = (occurred: Ext, indices: readonly number[]) => {
    const issued = Math.max(0, ...indices.map((order) => orders[order]?.issued.earliest ?? 0));
    return occurred.latest < issued ? later(occurred, issued - occurred.earliest) : occurred;
  };
  switch (act.type) {
    case 'block':
    case 'withhold': {
      const { until, ...said } = act;
      const citing = known(act.orders);
      const occurred = notBefore(act.occurred, citing);
      return {
        ...said,
        occurred,
        orders: citing,
        basis: citing.length === 0 && act.basis === 'legal_order' ? 'platform_rules' : act.basis,
        ...(until !== undefined && { until: occurred.earliest + until }),
      };
    }
    case 'reinstate': {
      const { type, occurred, lifts, territory } = act;
      const restrictions = earlier.flatMap((before, index) => (before.type === 'block' || before.type === 'withhold' ? [index] : []));
      const named = restrictions.filter((index) => lifts?.includes(index));
      return { type, occurred, ...(named.length > 0 && { lifts: named }), ...(territory && { territory }) };
    }
    case 'decline': {
      const orders = known(act.orders.length > 0 ? act.orders : [0]);
      return { ...act, orders, occurred: notBefore(act.occurred, orders) };
    }
  }
};

const withFewUncertain = (corrections: readonly RandomCorrection[]): readonly RandomCorrection[] => {
  const times = fewUncertain(
    corrections.flatMap((correction) => (correction.kind === 'time' ? [correction.occurred] : [])),
    UNCERTAIN_MAX.corrections,
  ).values();
  return corrections.map((correction) =>
    correction.kind === 'time' ? { ...correction, occurred: times.next().value ?? correction.occurred } : correction,
  );
};

const later = ({ earliest, latest }: Ext, by: number): Ext => ({ earliest: earliest + by, latest: latest + by });

/** Leaves the first few uncertain extents as they are and takes the others at their earliest. */
const fewUncertain = (extents: readonly Ext[], max: number): readonly Ext[] => {
  let uncertain = 0;
  return extents.map((extent) => {
    if (extent.earliest < extent.latest) uncertain += 1;
    return uncertain > max ? exactly(extent.earliest) : extent;
  });
};

/** The case as a sequence of recordings: late reports in any order, but nothing before the order or restriction that it names. */
export const stepsOf = ({ orders, targets, logOrder, corrections }: RandomCase): readonly Step[] => {
  const steps: readonly Step[] = [
    ...orders.flatMap((said, order): readonly Step[] => [
      { step: 'issue', order, said },
      ...said.served.map((occurred) => ({ step: 'serve', order, occurred }) as const),
    ]),
    ...targets.flatMap(({ listedIn, acts }, target): readonly Step[] => [
      ...listedIn.map((said) => ({ step: 'list', target, said }) as const),
      ...acts.map((said, act) => ({ step: 'act', target, act, said }) as const),
    ]),
    ...orders.flatMap(({ coverage }, order) => coverage.map((said) => ({ step: 'cover', order, said }) as const)),
    ...corrections.map((said) => ({ step: 'correct', said }) as const),
  ];
  const rank = (index: number) => logOrder[index % logOrder.length] ?? 0;
  let waiting = steps.map((step, index) => ({ step, rank: rank(index) })).sort((a, b) => a.rank - b.rank);
  const done: Step[] = [];
  while (waiting.length > 0) {
    const next = waiting.find(({ step }) => !waiting.some((other) => isNamedBy(other.step, step)));
    if (next === undefined) throw new Error('steps wait for each other');
    done.push(next.step);
    waiting = waiting.filter((other) => other !== next);
  }
  return done;
};

/** Whether `step` names what `earlier` records; a reinstatement that names nothing comes after every earlier act of its target. */
const isNamedBy = (earlier: Step, step: Step): boolean => {
  if (earlier.step === 'issue') return ordersNamed(step).includes(earlier.order);
  if (earlier.step !== 'act' || step.step !== 'act' || earlier.target !== step.target || step.said.type !== 'reinstate') return false;
  return earlier.act < step.act && (step.said.lifts?.includes(earlier.act) ?? true);
};

const ordersNamed = (step: Step): readonly number[] => {
  switch (step.step) {
    case 'issue':
    case 'correct':
      return [];
    case 'serve':
    case 'cover':
      return [step.order];
    case 'list':
      return [step.said.order];
    case 'act':
      return step.said.type === 'reinstate' ? [] : step.said.orders;
  }
};

export const randomTarget = (target: number, kind: Kind): StoredTarget => targetOf(kind, `synthetic-${target + 1}`);

/** The case as stored events. What would contradict its own stream is left out, as the real commands would refuse it. */
export const plainLogOf = (theCase: RandomCase): readonly LogEvent[] => {
  let log = withEvent([], caseOpened(storedExtent(exactly(-24))));
  /** Where each restriction of the case was recorded, by target and act. */
  const recorded = new Map<string, string>();
  for (const step of stepsOf(theCase)) {
    const draft = draftOf(step, theCase, log, recorded);
    if (draft === undefined) continue;
    const longer = withEvent(log, draft);
    if (!isConsistent(longer, draft.stream)) continue;
    log = longer;
    const id = log.at(-1)?.id;
    if (step.step === 'act' && id !== undefined) recorded.set(`${step.target}/${step.act}`, id);
  }
  return log;
};

export const randomLog: fc.Arbitrary<readonly LogEvent[]> = randomCase.map(plainLogOf);

/** What to ask of a log: some or all of its orders, at a whole or half hour, as known at any of its positions (the head most often). */
export const randomQuestion = (log: readonly LogEvent[]): fc.Arbitrary<NaiveQuestion> => {
  const orders = log.filter(({ type }) => type === 'OrderIssued').map(({ stream }) => stream.slice('order-'.length));
  return fc.record({
    orders: fc.subarray([...new Set(orders)], { minLength: Math.min(1, orders.length) }),
    validAt: hours(-2, 2 * (HOURS_MAX + WIDTH_HOURS_MAX)).map((halves) => hourText(halves / 2)),
    knownAt: fc.oneof({ weight: 2, arbitrary: fc.constant(log.length) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: log.length }) }),
    kinds: fc.constantFrom<readonly string[]>(['account', 'post', 'url'], ['account'], ['account', 'post', 'hashtag']),
  });
};

const draftOf = (step: Step, theCase: RandomCase, log: readonly LogEvent[], recorded: ReadonlyMap<string, string>): Draft | undefined => {
  switch (step.step) {
    case 'issue': {
      const { measure, territory, issued, expiresAt } = step.said;
      const said = { demand: { measure, territory }, ...(expiresAt !== undefined && { expiresAt: hourText(expiresAt) }) };
      return orderIssued(orderId(step.order), storedExtent(issued), said);
    }
    case 'serve':
      return orderServed(orderId(step.order), storedExtent(step.occurred));
    case 'cover': {
      const { from, to, completeness } = step.said;
      return coverageDeclared(orderId(step.order), storedExtent(exactly(to)), { from: hourText(from), to: hourText(to), completeness });
    }
    case 'list': {
      const { order, occurred, received } = step.said;
      const said = { order: orderId(order), ...(received && { receivedAt: storedExtent(received) }) };
      return targetListed(targetIn(theCase, step.target), storedExtent(occurred), said);
    }
    case 'act':
      return draftOfAct(step, targetIn(theCase, step.target), log, recorded);
    case 'correct':
      return draftOfCorrection(step.said, log);
  }
};

const targetIn = ({ targets }: RandomCase, index: number): StoredTarget => randomTarget(index, targets[index]?.kind ?? 'account');

const draftOfAct = (
  { said, target: index }: Extract<Step, { readonly step: 'act' }>,
  target: StoredTarget,
  log: readonly LogEvent[],
  recorded: ReadonlyMap<string, string>,
): Draft | undefined => {
  const occurredAt = storedExtent(said.occurred);
  switch (said.type) {
    case 'block':
    case 'withhold': {
      const { basis, until } = said;
      const act = { orders: said.orders.map(orderId), basis, ...(until !== undefined && { until: hourText(until) }) };
      return said.type === 'block'
        ? targetBlocked(target, occurredAt, { ...act, measure: said.measure })
        : targetWithheld(target, occurredAt, { ...act, territory: said.territory });
    }
    case 'reinstate': {
      const named = said.lifts?.map((act) => recorded.get(`${index}/${act}`));
      const lifts = liftsOf(log, targetStream(target), said, named);
      return lifts.length === 0 ? undefined : targetReinstated(target, occurredAt, lifts);
    }
    case 'decline':
      return targetDeclined(target, occurredAt, said.orders.map(orderId));
  }
};

/** The restrictions that a reinstatement ends, written out: those named, or all that can be in force then, as far as they remain. */
const liftsOf = (
  log: readonly LogEvent[],
  stream: string,
  { occurred, territory }: Extract<RandomAct, { readonly type: 'reinstate' }>,
  named: readonly (string | undefined)[] | undefined,
): readonly { readonly restriction: string; readonly territory: NaiveTerritory }[] => {
  const target = recordedTarget(log, stream);
  if (target === undefined) return [];
  const canBeInForce = ({ start, until }: NaiveRestriction) =>
    start.earliest <= hour(occurred.latest).epochMilliseconds && until > hour(occurred.earliest).epochMilliseconds;
  return target.restrictions
    .filter((candidate) => canBeInForce(candidate) && (named?.includes(candidate.id) ?? true))
    .flatMap((candidate) => {
      const remaining = remainingTerritory(candidate, liftedBy(target, candidate.id));
      const lifted = remaining === undefined ? undefined : partOf(remaining, territory);
      return lifted === undefined ? [] : [{ restriction: candidate.id, territory: lifted }];
    });
};

/** What no lift names yet: stated countries, all others (`except`), or whatever the source left open; undefined when nothing is left. */
type Remaining = { readonly only: readonly string[] } | { readonly except: readonly string[] } | 'UNSTATED';

const remainingTerritory = ({ territory }: NaiveRestriction, lifted: readonly NaiveTerritory[]): Remaining | undefined => {
  if (lifted.includes('WORLD') || (territory === 'UNSTATED' && lifted.length > 0)) return undefined;
  if (territory === 'UNSTATED') return 'UNSTATED';
  const countries = lifted.flatMap((lift) => (typeof lift === 'string' ? [] : lift));
  if (territory === 'WORLD') return { except: countries };
  const only = territory.filter((country) => !countries.includes(country));
  return only.length > 0 ? { only } : undefined;
};

const partOf = (remaining: Remaining, asked: readonly string[] | undefined): NaiveTerritory | undefined => {
  if (remaining === 'UNSTATED') return asked ?? 'UNSTATED';
  if ('except' in remaining && asked === undefined) return 'WORLD';
  const part =
    'only' in remaining
      ? remaining.only.filter((country) => asked?.includes(country) ?? true)
      : asked?.filter((country) => !remaining.except.includes(country));
  return part !== undefined && part.length > 0 ? part : undefined;
};

const liftedBy = ({ lifts }: Pick<NaiveTarget, 'lifts'>, restriction: string): readonly NaiveTerritory[] =>
  lifts.flatMap(({ ends }) => ends.filter((end) => end.restriction === restriction).map(({ territory }) => territory));

const draftOfCorrection = (correction: RandomCorrection, log: readonly LogEvent[]): Draft | undefined => {
  const facts = effectiveFacts(log, log.length);
  const picked = (...types: readonly string[]): LogEvent | undefined => {
    const candidates = facts.filter(({ type }) => types.includes(type));
    return candidates[correction.pick % candidates.length];
  };
  switch (correction.kind) {
    case 'time': {
      const fact = picked('OrderIssued', 'OrderServed', 'TargetListed', ...ACTS);
      if (fact === undefined) return undefined;
      const occurredAt = storedExtent(correction.occurred);
      return eventCorrected(fact, { changes: { occurredAt, ...(fact.type === 'OrderServed' && { receivedAt: occurredAt }) } });
    }
    case 'territory': {
      const { territory } = correction;
      const fact = picked('OrderIssued', 'TargetWithheld');
      if (fact === undefined) return undefined;
      if (fact.type === 'TargetWithheld') return eventCorrected(fact, { changes: { territory } });
      const measure = recordOf(facts).orders.find(({ id }) => fact.stream === `order-${id}`)?.demand.measure ?? 'unstated';
      return eventCorrected(fact, { changes: { demand: { measure, territory } } });
    }
    case 'basis': {
      const fact = picked('TargetBlocked', 'TargetWithheld');
      return fact && eventCorrected(fact, { changes: { basis: correction.basis } });
    }
    case 'remove': {
      const removable = facts.flatMap((fact) =>
        ['until', 'expiresAt', ...(fact.type === 'TargetListed' ? ['receivedAt'] : [])]
          .filter((field) => field in fact.data)
          .map((field) => ({ fact, field })),
      );
      const chosen = removable[correction.pick % removable.length];
      return chosen && eventCorrected(chosen.fact, { changes: {}, removes: [chosen.field] });
    }
    case 'retract': {
      const fact = picked(...facts.map(({ type }) => type).filter((type) => type !== 'CaseOpened'));
      return fact && eventRetracted(fact);
    }
  }
};

const ACTS = ['TargetBlocked', 'TargetWithheld', 'TargetReinstated', 'TargetDeclined'] as const;

/** Whether the facts that stand in a stream can stand together: nothing in it is provably impossible, and what they name is there. */
const isConsistent = (log: readonly LogEvent[], stream: string): boolean => {
  const facts = effectiveFacts(log, log.length).filter((fact) => fact.stream === stream);
  if (facts.length === 0) return true;
  const { orders, targets } = recordOf(facts);
  if (stream.startsWith('order-')) return orders.length === 1 && orders.every(isPossibleOrder);
  return targets.every(isPossibleTarget);
};

const isPossibleOrder = ({ issued, expiresAt, receipts }: ReturnType<typeof recordOf>['orders'][number]): boolean =>
  expiresAt > issued.earliest && receipts.every((receipt) => receipt.latest >= issued.earliest && receipt.earliest < expiresAt);

const isPossibleTarget = ({ listings, restrictions, lifts }: NaiveTarget): boolean =>
  new Set(listings.map(({ order }) => order)).size === listings.length &&
  listings.every(({ occurred, received }) => received.latest >= occurred.earliest) &&
  restrictions.every(({ start, until }) => until > start.earliest) &&
  restrictions.every(({ basis, orders }) => basis !== 'legal_order' || orders.length > 0) &&
  lifts.every(({ occurred, ends }, index) =>
    ends.every(({ restriction, territory }) => {
      const lifted = restrictions.find(({ id }) => id === restriction);
      if (lifted === undefined || occurred.latest < lifted.start.earliest) return false;
      const remaining = remainingTerritory(lifted, liftedBy({ lifts: lifts.slice(0, index) }, restriction));
      return remaining !== undefined && isWithin(territory, remaining);
    }),
  );

const isWithin = (territory: NaiveTerritory, remaining: Remaining): boolean => {
  if (remaining === 'UNSTATED') return true;
  if (typeof territory === 'string') return territory === 'WORLD' && 'except' in remaining;
  return territory.every((country) => ('only' in remaining ? remaining.only.includes(country) : !remaining.except.includes(country)));
};

const recordedTarget = (log: readonly LogEvent[], stream: string): NaiveTarget | undefined =>
  recordOf(effectiveFacts(log, log.length).filter((fact) => fact.stream === stream)).targets[0];
