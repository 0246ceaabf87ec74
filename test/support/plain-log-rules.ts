/** What can stand in one stream: the rules by which the ledger refuses what is provably impossible there, written out again. */
import { Extent, effectiveFacts, Instant, type LogEvent, type Range } from './naive-log.ts';
import {
  type Interruption,
  type NaiveOrder,
  type NaiveRestriction,
  type NaiveTarget,
  type NaiveTerritory,
  recordOf,
} from './naive-record.ts';

/** Whether each fact that stands in a stream could be recorded after those that stand before it, and none lacks what it names. */
export const isConsistent = (log: readonly LogEvent[], stream: string): boolean => {
  const facts = effectiveFacts(log, log.length).filter((fact) => fact.stream === stream);
  if (stream.startsWith('order-')) {
    return facts.every(({ type }, index) => (type === 'OrderIssued') === (index === 0)) && everyFact(facts, canBeRecordedOfOrder);
  }
  if (stream.startsWith('target-')) return everyFact(facts, canBeRecordedOfTarget);
  if (stream.startsWith('claim-'))
    return facts.every(({ type }, index) => (type === 'ClaimRecorded') === (index === 0)) && facts.length <= 2;
  return facts.length <= 1;
};

type Rule = (fact: LogEvent, earlier: readonly LogEvent[]) => boolean;

const everyFact = (facts: readonly LogEvent[], canBeRecorded: Rule): boolean =>
  facts.every((fact, index) => canBeRecorded(fact, facts.slice(0, index)));

const occurredIn = ({ data }: LogEvent): Range => Extent.parse(data['occurredAt']);
const instantIn = ({ data }: LogEvent, field: string): number | undefined =>
  data[field] === undefined ? undefined : Instant.parse(data[field]);
const endsAfterItBegins = (fact: LogEvent, field: string): boolean =>
  (instantIn(fact, field) ?? Number.POSITIVE_INFINITY) > occurredIn(fact).earliest;

/** What may be said of an order after its end all the same. */
const OUTLIVE_THE_ORDER = ['NoticeServed', 'OrderAnswered', 'CoverageDeclared'];

const canBeRecordedOfOrder: Rule = (fact, earlier) => {
  const [order] = recordOf(earlier).orders;
  if (order === undefined) return endsAfterItBegins(fact, 'expiresAt');
  const occurred = occurredIn(fact);
  const hasExpired = occurred.earliest >= order.expiresAt;
  const isRevoked = order.revocations.some(({ latest }) => latest < occurred.earliest);
  if (occurred.latest < order.issued.earliest) return false;
  if (!OUTLIVE_THE_ORDER.includes(fact.type) && (hasExpired || isRevoked)) return false;
  return fact.type === 'OrderConfirmed' ? canBeConfirmed(earlier) : canFollow(fact, occurred, order);
};

const canBeConfirmed = (earlier: readonly LogEvent[]): boolean =>
  earlier[0]?.data['instrument'] === 'interim_direction' && earlier.every(({ type }) => type !== 'OrderConfirmed');

const canFollow = (fact: LogEvent, occurred: Range, order: NaiveOrder): boolean => {
  const ends = (all: readonly Interruption[], id: unknown) => all.some((one) => one.id === id && canBeEnded(one, occurred));
  switch (fact.type) {
    case 'OrderRevoked':
      return order.revocations.length === 0;
    case 'OrderStayed':
      return endsAfterItBegins(fact, 'until') && !order.stays.some((stay) => holdsThroughout(stay, occurred));
    case 'ClockStopped':
      return !order.stops.some((stop) => holdsThroughout(stop, occurred));
    case 'StayLifted':
      return ends(order.stays, fact.data['stay']);
    case 'ClockRestarted':
      return ends(order.stops, fact.data['stop']);
    case 'OrderServed':
      return fact.data['receivedAt'] === undefined || Extent.parse(fact.data['receivedAt']).latest >= occurred.earliest;
    default:
      return true;
  }
};

/** Not ended yet, its own end not come before, and it does not provably begin later. */
export const canBeEnded = ({ start, until, ends }: Interruption, occurred: Range): boolean =>
  ends.length === 0 && until > occurred.earliest && occurred.latest >= start.earliest;

const holdsThroughout = ({ start, until, ends }: Interruption, { earliest, latest }: Range): boolean =>
  start.latest <= earliest && until > latest && ends.every((end) => end.earliest > latest);

const canBeRecordedOfTarget: Rule = (fact, earlier) => {
  const [target = NOTHING] = recordOf(earlier).targets;
  const occurred = occurredIn(fact);
  const listing = target.listings.find(({ order }) => order === fact.data['order']);
  switch (fact.type) {
    case 'TargetListed':
      return (
        listing === undefined &&
        (fact.data['receivedAt'] === undefined || Extent.parse(fact.data['receivedAt']).latest >= occurred.earliest)
      );
    case 'TargetWithdrawn':
      return listing !== undefined && listing.withdrawals.length === 0 && occurred.latest >= listing.occurred.earliest;
    case 'TargetBlocked':
    case 'TargetWithheld':
    case 'TargetLimited': {
      const { basis, orders } = fact.data;
      return endsAfterItBegins(fact, 'until') && !(basis === 'legal_order' && Array.isArray(orders) && orders.length === 0);
    }
    case 'TargetReinstated':
      return liftsIn(fact).every(({ restriction, territory }) => canBeLifted(restriction, territory, occurred, target));
    case 'UserNotified':
      return fact.data['restriction'] === undefined || target.restrictions.some(({ id }) => id === fact.data['restriction']);
    default:
      return true;
  }
};

const NOTHING: NaiveTarget = { stream: '', kind: '', listings: [], restrictions: [], lifts: [], declines: [], gone: [] };

const liftsIn = (fact: LogEvent) => recordOf([fact]).targets.flatMap(({ lifts }) => lifts.flatMap(({ ends }) => ends));

const canBeLifted = (id: string, territory: NaiveTerritory, occurred: Range, target: NaiveTarget): boolean => {
  const lifted = target.restrictions.find((restriction) => restriction.id === id);
  if (lifted === undefined || occurred.latest < lifted.start.earliest || occurred.earliest >= lifted.until) return false;
  const remaining = remainingTerritory(lifted, liftedBy(target, id));
  return remaining !== undefined && isWithin(territory, remaining);
};

/** What no lift names yet: stated countries, all others (`except`), or whatever the source left open; undefined when nothing is left. */
export type Remaining = { readonly only: readonly string[] } | { readonly except: readonly string[] } | 'UNSTATED';

export const remainingTerritory = (
  { territory }: Pick<NaiveRestriction, 'territory'>,
  lifted: readonly NaiveTerritory[],
): Remaining | undefined => {
  if (lifted.includes('WORLD') || (territory === 'UNSTATED' && lifted.length > 0)) return undefined;
  if (territory === 'UNSTATED') return 'UNSTATED';
  const countries = lifted.flatMap((lift) => (typeof lift === 'string' ? [] : lift));
  if (territory === 'WORLD') return { except: countries };
  const only = territory.filter((country) => !countries.includes(country));
  return only.length > 0 ? { only } : undefined;
};

export const liftedBy = ({ lifts }: Pick<NaiveTarget, 'lifts'>, restriction: string): readonly NaiveTerritory[] =>
  lifts.flatMap(({ ends }) => ends.filter((end) => end.restriction === restriction).map(({ territory }) => territory));

const isWithin = (territory: NaiveTerritory, remaining: Remaining): boolean => {
  if (remaining === 'UNSTATED') return true;
  if (typeof territory === 'string') return territory === 'WORLD' && 'except' in remaining;
  return territory.every((country) => ('only' in remaining ? remaining.only.includes(country) : !remaining.except.includes(country)));
};
