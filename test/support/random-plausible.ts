/** Makes of what was drawn at random a case that could be: nothing before its order was issued, ends after starts, few uncertain times. */
import type {
  Ext,
  RandomAct,
  RandomCase,
  RandomCorrection,
  RandomListing,
  RandomOrder,
  RandomOrderAct,
  RandomTarget,
  RawAct,
  RawCase,
  RawOrder,
  RawOrderAct,
  RawTarget,
} from './random-case.ts';

/** So a pair has at most five, and one more where two orders' listings are uncertain. */
const UNCERTAIN_MAX = { order: 3, listing: 1, acts: 3, corrections: 1 };

export const plausible = ({ isApart, isInOrder, ...raw }: RawCase): RandomCase => {
  const orders: RandomOrder[] = [];
  for (const order of raw.orders) orders.push(plausibleOrder(order, isApart ? timesOf(orders) : undefined));
  return {
    ...raw,
    orders,
    targets: raw.targets.map((target) =>
      plausibleTarget(isInOrder ? inOrder(target) : target, orders, isApart ? timesOf(orders) : undefined),
    ),
    others: raw.others.map(({ sources, orders: cited, ...other }) => ({
      ...other,
      ...(sources && { sources }),
      orders: cited.filter((order) => order < orders.length),
    })),
    corrections: withFewUncertain(raw.corrections),
  };
};

const inOrder = (target: RawTarget): RawTarget => ({
  ...target,
  acts: target.acts.toSorted((a, b) => a.occurred.earliest - b.occurred.earliest),
});

const timesOf = (orders: readonly RandomOrder[]): readonly Ext[] =>
  orders.flatMap(({ issued, served, acts }) => [issued, ...[...served, ...acts].map(({ occurred }) => occurred)]);

/** Leaves the first few uncertain extents as they are, those apart from `others` and each other where these are given; takes the rest at their earliest. */
const fewUncertain = (extents: readonly Ext[], max: number, others: readonly Ext[] | undefined): readonly Ext[] => {
  const kept: Ext[] = [];
  return extents.map((extent) => {
    if (extent.earliest === extent.latest) return extent;
    const overlaps = [...(others ?? []), ...kept].some((other) => other.earliest < other.latest && overlap(other, extent));
    if (kept.length >= max || (others !== undefined && overlaps)) return exactly(extent.earliest);
    kept.push(extent);
    return extent;
  });
};

const overlap = (a: Ext, b: Ext): boolean => a.earliest <= b.latest && b.earliest <= a.latest;
const exactly = (earliest: number): Ext => ({ earliest, latest: earliest });
const later = ({ earliest, latest }: Ext, by: number): Ext => ({ earliest: earliest + by, latest: latest + by });
/** Moved as far as it takes for it not to lie provably before `hour`. */
const notBefore = (extent: Ext, hour: number): Ext => (extent.latest < hour ? later(extent, hour - extent.earliest) : extent);

const plausibleOrder = (raw: RawOrder, others: readonly Ext[] | undefined): RandomOrder => {
  const { issued, served, expiresAt, coverage, acts, ...demand } = raw;
  const life = acts.flatMap((act) => orderActsOf({ ...act, occurred: notBefore(act.occurred, issued.earliest) }));
  const [issue = issued, ...times] = fewUncertain(
    [issued, ...served.map(({ occurred }) => later(occurred, issued.earliest)), ...life.map(({ occurred }) => occurred)],
    UNCERTAIN_MAX.order,
    others,
  );
  const receipts = times.slice(0, served.length);
  const lastArrival = Math.max(...receipts.map(({ earliest }) => earliest), issue.earliest);
  return {
    ...demand,
    issued: issue,
    served: served.map(({ sources }, index) => ({ occurred: receipts[index] ?? issue, ...(sources && { sources }) })),
    ...(expiresAt !== undefined && { expiresAt: lastArrival + expiresAt }),
    coverage: coverage.map(({ from, length, completeness }) => ({ from, to: from + length, completeness })),
    acts: numbered(life.map((act, index) => ({ ...act, occurred: times[served.length + index] ?? act.occurred }))),
  };
};

type Unnumbered = RandomOrderAct & { readonly endsThePrevious?: boolean };

/** What one draw comes to: an interruption and what ends it are two acts. */
const orderActsOf = ({ sources, ...act }: RawOrderAct): readonly Unnumbered[] => {
  const said = { occurred: act.occurred, ...(sources && { sources }) };
  if (act.type === 'deadline') return [{ ...said, type: 'deadline', dueAt: act.dueAt }];
  if (act.type === 'answer') return [{ ...said, type: 'answer', answer: act.answer, scope: act.scope === 'some' ? 'some' : 'all' }];
  if (act.type !== 'stay' && act.type !== 'stop') return [{ ...said, type: act.type }];
  const { ending } = act;
  const begins: Unnumbered =
    act.type === 'stay'
      ? { ...said, type: 'stay', ...(act.until !== undefined && { until: act.occurred.earliest + act.until }) }
      : { ...said, type: 'stop' };
  if (ending === undefined) return [begins];
  const from = act.occurred.earliest + ending.after;
  const occurred = { earliest: from, latest: from + ending.width };
  return [begins, { type: act.type === 'stay' ? 'lift' : 'restart', occurred, endsThePrevious: ending.isNamed }];
};

const numbered = (acts: readonly Unnumbered[]): readonly RandomOrderAct[] =>
  acts.map(({ endsThePrevious, ...act }, index) =>
    endsThePrevious === true && (act.type === 'lift' || act.type === 'restart') ? { ...act, of: index - 1 } : act,
  );

const plausibleTarget = (
  { kind, listedIn, acts }: RawTarget,
  orders: readonly RandomOrder[],
  others: readonly Ext[] | undefined,
): RandomTarget => {
  const listings: RandomListing[] = [];
  for (const [order, drawn] of listedIn.entries()) {
    const issued = orders[order]?.issued.earliest;
    if (drawn === undefined || issued === undefined) continue;
    const earlier = listings.flatMap(({ occurred, received, withdrawn }) => [occurred, received ?? occurred, withdrawn ?? occurred]);
    listings.push(plausibleListing(order, drawn, issued, others && [...others, ...earlier]));
  }
  const taken = listings.flatMap(({ occurred, received, withdrawn }) => [occurred, received ?? occurred, withdrawn ?? occurred]);
  const times = fewUncertain(
    acts.map(({ occurred }) => occurred),
    UNCERTAIN_MAX.acts,
    others && [...others, ...taken],
  );
  return {
    kind,
    listedIn: listings,
    acts: acts.map((act, index) => plausibleAct({ ...act, occurred: times[index] ?? act.occurred }, acts.slice(0, index), orders)),
  };
};

const plausibleListing = (
  order: number,
  { occurred, received, withdrawn, sources }: NonNullable<RawTarget['listedIn'][number]>,
  issued: number,
  others: readonly Ext[] | undefined,
): RandomListing => {
  const listed = later(occurred, issued);
  const times = [listed, later(received ?? occurred, listed.earliest), notBefore(withdrawn ?? occurred, listed.earliest)];
  const wanted = times.filter((_, index) => [true, received !== undefined, withdrawn !== undefined][index]);
  const [first = listed, ...rest] = fewUncertain(wanted, UNCERTAIN_MAX.listing, others);
  return {
    order,
    occurred: first,
    ...(received && rest[0] && { received: rest[0] }),
    ...(withdrawn && rest.at(-1) && { withdrawn: rest.at(-1) ?? first }),
    ...(sources && { sources }),
  };
};

/** Nothing cites an order before its issue or a legal basis without an order, and an end lies after the start. */
const plausibleAct = ({ sources, ...act }: RawAct, earlier: readonly RawAct[], orders: readonly RandomOrder[]): RandomAct => {
  const known = (indices: readonly number[]) => [...new Set(indices.map((order) => order % orders.length))].sort();
  const issuedBy = (indices: readonly number[]) => Math.max(0, ...indices.map((order) => orders[order]?.issued.earliest ?? 0));
  const restrictions = earlier.flatMap(({ type }, index) => (type === 'block' || type === 'withhold' || type === 'limit' ? [index] : []));
  const cited = 'orders' in act ? known(act.type === 'decline' && act.orders.length === 0 ? [0] : act.orders) : [];
  const said = { occurred: notBefore(act.occurred, issuedBy(cited)), ...(sources && { sources }) };
  switch (act.type) {
    case 'block':
    case 'withhold':
    case 'limit': {
      const basis = cited.length === 0 && act.basis === 'legal_order' ? 'platform_rules' : act.basis;
      const end = act.until === undefined ? {} : { until: said.occurred.earliest + act.until };
      const common = { ...said, basis, orders: cited, ...end };
      if (act.type === 'block') return { ...common, type: 'block', measure: act.measure };
      return act.type === 'withhold'
        ? { ...common, type: 'withhold', territory: act.territory }
        : { ...common, type: 'limit', territory: act.territory };
    }
    case 'reinstate': {
      const named = restrictions.filter((index) => act.lifts?.includes(index));
      return { ...said, type: 'reinstate', ...(named.length > 0 && { lifts: named }), ...(act.territory && { territory: act.territory }) };
    }
    case 'decline':
      return { ...said, type: 'decline', orders: cited };
    case 'notify': {
      const named = restrictions.find((index) => index === act.restriction);
      return { ...said, type: 'notify', ...(named !== undefined && { restriction: named }) };
    }
    case 'gone':
    case 'link':
      return { ...said, type: act.type };
  }
};

const withFewUncertain = (corrections: readonly RandomCorrection[]): readonly RandomCorrection[] => {
  const times = fewUncertain(
    corrections.flatMap((correction) => (correction.kind === 'time' ? [correction.occurred] : [])),
    UNCERTAIN_MAX.corrections,
    undefined,
  ).values();
  return corrections.map((correction) =>
    correction.kind === 'time' ? { ...correction, occurred: times.next().value ?? correction.occurred } : correction,
  );
};
