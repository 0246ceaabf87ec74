/**
 * Random small cases on a coarse grid of hours, for comparing evaluators: what happened, of every type of event, for somebody to record. Uncertain
 * times are few for each pair, since every choice of instants is tried.
 */
import fc from 'fast-check';
import { extentText, instantText, type StoredExtent, type StoredTarget, targetOf } from './naive-events.ts';
import type { NaiveTerritory } from './naive-record.ts';
import { plausible } from './random-plausible.ts';

/** Whole hours since `BASE`, both ends included; exact when they are equal. */
export type Ext = { readonly earliest: number; readonly latest: number };

/** When each source was published; no sources: recorded directly. */
type Sourced = { readonly sources?: readonly (Ext | 'undated')[] };

export type DemandMeasure = 'disable_access' | 'remove' | 'limit' | 'unstated';
export type BlockMeasure = 'suspended' | 'terminated' | 'removed' | 'access_disabled';
export type Basis = 'legal_order' | 'platform_rules' | 'unstated';
export type Kind = 'account' | 'post' | 'hashtag' | 'class';
export type Rule = { readonly id: string; readonly version: number };

/** `of` is an index into the acts of the same order; without it the ledger finds what is ended. */
export type RandomOrderAct = Sourced & { readonly occurred: Ext } & (
    | { readonly type: 'confirm' | 'revoke' | 'notice' | 'stop' }
    | { readonly type: 'stay'; readonly until?: number }
    | { readonly type: 'lift' | 'restart'; readonly of?: number }
    | { readonly type: 'answer'; readonly answer: string; readonly scope: 'all' | 'some' }
    | { readonly type: 'deadline'; readonly dueAt: number }
  );

export type RandomOrder = {
  readonly measure: DemandMeasure;
  readonly territory: NaiveTerritory;
  readonly rule: Rule;
  readonly isInterim: boolean;
  readonly issued: Ext;
  /** Never served when empty. */
  readonly served: readonly (Sourced & { readonly occurred: Ext })[];
  readonly expiresAt?: number;
  readonly coverage: readonly { readonly from: number; readonly to: number; readonly completeness: 'complete' | 'partial' | 'none' }[];
  readonly acts: readonly RandomOrderAct[];
};

export type RandomListing = Sourced & {
  readonly order: number;
  readonly occurred: Ext;
  readonly received?: Ext;
  readonly withdrawn?: Ext;
};

/** Orders are indices into the case's; `lifts` and `restriction` into the acts of the same target, of restrictions that stand before. */
export type RandomAct = Sourced & { readonly occurred: Ext } & (
    | RandomRestriction
    /** Without `lifts` every restriction that can be in force then; without `territory` wherever each of them remains. */
    | { readonly type: 'reinstate'; readonly lifts?: readonly number[]; readonly territory?: readonly string[] }
    | { readonly type: 'decline'; readonly orders: readonly number[] }
    | { readonly type: 'notify'; readonly restriction?: number }
    | { readonly type: 'gone' | 'link' }
  );
type RandomRestriction = { readonly basis: Basis; readonly orders: readonly number[]; readonly until?: number } & (
  | { readonly type: 'block'; readonly measure: BlockMeasure }
  | { readonly type: 'withhold'; readonly territory: 'UNSTATED' | readonly string[] }
  | { readonly type: 'limit'; readonly territory: NaiveTerritory }
);

export type RandomTarget = { readonly kind: Kind; readonly listedIn: readonly RandomListing[]; readonly acts: readonly RandomAct[] };

/** What is in no figure; a withdrawal is that of the case's first claim. */
export type RandomOther = Sourced & {
  readonly type: 'meeting' | 'statement' | 'claim' | 'claim_withdrawal' | 'evidence';
  readonly occurred: Ext;
  readonly orders: readonly number[];
};

/** `pick` counts, modulo their number, the facts recorded before the correction to which its kind can apply. */
export type RandomCorrection = { readonly pick: number } & (
  | { readonly kind: 'time'; readonly occurred: Ext }
  | { readonly kind: 'territory'; readonly territory: 'UNSTATED' | readonly string[] }
  | { readonly kind: 'basis'; readonly basis: Basis }
  | { readonly kind: 'rule'; readonly rule: Rule }
  | { readonly kind: 'deadline'; readonly dueAt: number }
  | { readonly kind: 'answer'; readonly answer: string }
  | { readonly kind: 'sources'; readonly publishedAt: Ext }
  /** Takes out an `until`, an `expiresAt`, or a listing's `receivedAt`. */
  | { readonly kind: 'remove' }
  | { readonly kind: 'retract' }
);

export type RandomCase = {
  readonly orders: readonly RandomOrder[];
  readonly targets: readonly RandomTarget[];
  readonly others: readonly RandomOther[];
  /** Ranks of what is recorded, used in turn: the least goes first. Empty: in the order of this text. */
  readonly logOrder: readonly number[];
  readonly corrections: readonly RandomCorrection[];
};

/** In the time of most deadline rules: Regulation (EU) 2021/784 applies, the German and the amended Indian rules do as well. */
export const BASE = Temporal.Instant.from('2023-03-01T00:00:00Z');
export const HOURS_MAX = 16;
export const WIDTH_HOURS_MAX = 3;
export const ALL_KINDS: readonly Kind[] = ['account', 'post', 'hashtag', 'class'];

export const hour = (hours: number): Temporal.Instant => BASE.add({ minutes: hours * 60 });
/** The hour as stored text; halves are allowed. */
export const hourText = (hours: number): string => instantText(hour(hours));
export const storedExtent = ({ earliest, latest }: Ext): StoredExtent => extentText(hour(earliest), hour(latest));

export const randomTarget = (target: number, kind: Kind): StoredTarget => targetOf(kind, `synthetic-${target + 1}`);

const exactly = (earliest: number): Ext => ({ earliest, latest: earliest });
const hours = (min: number, max: number) => fc.integer({ min, max });
const ext = (min: number, max: number): fc.Arbitrary<Ext> =>
  fc.oneof(
    { weight: 3, arbitrary: hours(min, max).map(exactly) },
    {
      weight: 2,
      arbitrary: fc
        .record({ earliest: hours(min, max), width: fc.constantFrom(1, 1, 2, 2, WIDTH_HOURS_MAX) })
        .map(({ earliest, width }) => ({ earliest, latest: earliest + width })),
    },
  );

const mostly = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> => fc.option(value, { nil: undefined, freq: 6 });
const rarely = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
const seldom = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.oneof({ weight: 8, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });

const somewhere: fc.Arbitrary<readonly string[]> = fc.constantFrom(['IN'], ['IN'], ['PK'], ['IN', 'PK'], ['FR'], ['FR', 'IN']);
const withheldIn = fc.oneof({ weight: 4, arbitrary: somewhere }, { weight: 1, arbitrary: fc.constant('UNSTATED' as const) });
const demandedIn: fc.Arbitrary<NaiveTerritory> = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom<NaiveTerritory>(['IN'], ['IN'], ['IN', 'PK'], ['FR']) },
  { weight: 1, arbitrary: fc.constantFrom<NaiveTerritory>('WORLD', 'UNSTATED', 'UNSTATED') },
);
const basis = fc.constantFrom<Basis>('legal_order', 'legal_order', 'platform_rules', 'unstated');
const cited = fc.array(fc.nat(1), { maxLength: 2 });
const sources = rarely(fc.array(fc.oneof(ext(0, HOURS_MAX), fc.constant('undated' as const)), { minLength: 1, maxLength: 2 }));
const answer = fc.constantFrom('acknowledged', 'accepted', 'declined', 'declined', 'partly_declined');
/** An hour from receipt that begins anew; four hours; a day; and rules that set no time, with either start of the clock. */
const rule = fc.constantFrom<Rule>(
  { id: 'none', version: 1 },
  { id: 'us-order', version: 1 },
  { id: 'in-s69a-emergency', version: 1 },
  { id: 'eu-tco-3', version: 1 },
  { id: 'eu-tco-3', version: 1 },
  { id: 'tr-5651-8a', version: 1 },
  { id: 'tr-5651-8a', version: 1 },
  { id: 'de-netzdg-manifest', version: 1 },
);

const during = { occurred: ext(0, HOURS_MAX), sources };
/** An interruption is drawn with what ends it, so many hours later. */
const ending = fc.option(fc.record({ after: hours(0, 6), width: fc.constantFrom(0, 0, 1), isNamed: fc.boolean() }), { nil: undefined });
const rawOrderAct = fc.oneof(
  { weight: 3, arbitrary: fc.record({ type: fc.constant('stay'), ...during, until: rarely(hours(1, 6)), ending }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('stop'), occurred: ext(0, 7), sources, ending }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('deadline'), ...during, dueAt: hours(1, HOURS_MAX) }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('answer'), ...during, answer, scope: fc.constantFrom('all', 'all', 'some') }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('revoke'), ...during }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constantFrom('confirm', 'notice'), ...during }) },
);
export type RawOrderAct = Raw<typeof rawOrderAct>;

const service = fc.record({ occurred: ext(0, 4), sources });
/** Service, expiry and listings are drawn as hours after the order's issue. */
const rawOrder = fc.record({
  measure: fc.constantFrom<DemandMeasure>('disable_access', 'disable_access', 'disable_access', 'remove', 'limit', 'unstated'),
  territory: demandedIn,
  rule,
  isInterim: fc.boolean(),
  issued: ext(0, 4),
  served: fc.oneof(
    { weight: 6, arbitrary: fc.array(service, { minLength: 1, maxLength: 2 }) },
    { weight: 1, arbitrary: fc.array(service, { maxLength: 0 }) },
  ),
  expiresAt: rarely(hours(2, 14)),
  coverage: fc.array(
    fc.record({ from: hours(-1, 8), length: hours(1, 16), completeness: fc.constantFrom('complete', 'complete', 'partial', 'none') }),
    { maxLength: 2 },
  ),
  acts: fc.oneof(
    { weight: 1, arbitrary: fc.constant<RawOrderAct[]>([]) },
    { weight: 3, arbitrary: fc.array(rawOrderAct, { minLength: 1, maxLength: 3 }) },
  ),
});
export type RawOrder = Raw<typeof rawOrder>;

const restriction = { ...during, basis, orders: cited, until: rarely(hours(1, 5)) };
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
  { weight: 1, arbitrary: fc.record({ type: fc.constant('limit'), territory: demandedIn, ...restriction }) },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('reinstate'),
      occurred: ext(1, HOURS_MAX),
      sources,
      lifts: rarely(fc.array(fc.nat(5), { minLength: 1, maxLength: 2 })),
      // A worldwide block less some places: what is left of it covers a demand that states no place only possibly.
      territory: fc.option(somewhere, { nil: undefined, freq: 2 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('decline'), ...during, orders: cited }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('gone'), ...during }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constantFrom('link', 'notify'), ...during, restriction: fc.nat(5) }) },
);
export type RawAct = Raw<typeof rawAct>;

const rawListing = fc.record({ occurred: ext(0, 3), received: rarely(ext(0, 4)), withdrawn: seldom(ext(2, 14)), sources });

const rawTarget = fc.record({
  kind: fc.constantFrom<Kind>('account', 'account', 'account', 'account', 'post', 'hashtag', 'class'),
  /** One draw for each order: most targets stand on most lists. */
  listedIn: fc.tuple(mostly(rawListing), mostly(rawListing)),
  acts: fc.oneof(
    { weight: 1, arbitrary: fc.constant<RawAct[]>([]) },
    { weight: 8, arbitrary: fc.array(rawAct, { minLength: 3, maxLength: 7 }) },
  ),
});
export type RawTarget = Raw<typeof rawTarget>;

const other = fc.record({
  type: fc.constantFrom<RandomOther['type']>('meeting', 'statement', 'claim', 'claim', 'claim_withdrawal', 'evidence'),
  ...during,
  orders: cited,
});
export type RawOther = Raw<typeof other>;

const pick = fc.nat(99);
const correction: fc.Arbitrary<RandomCorrection> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('time'), pick, occurred: ext(0, HOURS_MAX) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('territory'), pick, territory: withheldIn }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('basis'), pick, basis }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rule'), pick, rule }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('deadline'), pick, dueAt: hours(1, HOURS_MAX) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('answer'), pick, answer }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('sources'), pick, publishedAt: ext(0, HOURS_MAX) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('remove', 'retract'), pick }) },
);

/** What happened, and in which order it came to be known: mostly acceptable to the real commands, never outlandish. */
export const randomCase: fc.Arbitrary<RandomCase> = fc
  .record({
    orders: fc.array(rawOrder, { minLength: 1, maxLength: 2 }),
    targets: fc.array(rawTarget, { minLength: 1, maxLength: 3 }),
    others: fc.array(other, { maxLength: 3 }),
    logOrder: fc.oneof(fc.constant([]), fc.array(fc.nat(99), { minLength: 5, maxLength: 30 })),
    corrections: fc.oneof({ weight: 1, arbitrary: fc.constant([]) }, { weight: 2, arbitrary: fc.array(correction, { maxLength: 4 }) }),
    /** Whether what befalls a target is told in the order in which it happened: restored after it was restricted, and restricted again. */
    isInOrder: fc.boolean(),
    /** Whether no two uncertain times of one pair overlap, as far as no correction makes them. */
    isApart: fc.boolean(),
  })
  .map(plausible);
export type RawCase = {
  readonly orders: readonly RawOrder[];
  readonly targets: readonly RawTarget[];
  readonly others: readonly RawOther[];
  readonly logOrder: readonly number[];
  readonly corrections: readonly RandomCorrection[];
  readonly isInOrder: boolean;
  readonly isApart: boolean;
};

type Raw<Arbitrary> = Arbitrary extends fc.Arbitrary<infer Value> ? Value : never;
