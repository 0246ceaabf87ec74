/**
 * What the facts of a log describe, order by order and target by target. Every time is a range; once an instant is chosen for each of them
 * (`orderAt`, `listingAt`, `historyAt`), the same record is exact.
 */
import { z } from 'zod';
import { Extent, Instant, type LogEvent, type Range } from './naive-log.ts';

/** Sorted country codes, or one of the two words. */
export type NaiveTerritory = 'WORLD' | 'UNSTATED' | readonly string[];

/** A stay, or a stop of the clock: until its `until` or the first of its ends, whichever comes first. Infinity: no end was stated. */
export type Interruption<Time = Range> = {
  readonly id: string;
  readonly start: Time;
  readonly until: number;
  readonly ends: readonly Time[];
};

/** Where a fact stands among others of its kind: by the latest instant at which it can have happened, then by its place in the log. */
export type Rank = { readonly latest: number; readonly position: number };

export type NaiveDeadline<Time = Range> = { readonly occurred: Time; readonly rank: Rank; readonly dueAt: number };
/** An answer for all that the order asks: accepted or declined. What says less changes no pair and is left out. */
export type NaiveResponse<Time = Range> = { readonly occurred: Time; readonly rank: Rank; readonly declines: boolean };

export type NaiveOrder<Time = Range> = {
  readonly id: string;
  readonly issued: Time;
  readonly demand: { readonly measure: string; readonly territory: NaiveTerritory };
  /** Such as `none@1`. */
  readonly rule: string;
  /** Infinity when the order states no end. */
  readonly expiresAt: number;
  /** When it reached its addressee, one for each service. */
  readonly receipts: readonly Time[];
  readonly revocations: readonly Time[];
  readonly stays: readonly Interruption<Time>[];
  readonly stops: readonly Interruption<Time>[];
  readonly deadlines: readonly NaiveDeadline<Time>[];
  readonly answers: readonly NaiveResponse<Time>[];
  /** In log order: what was recorded last stands last. */
  readonly coverage: readonly { readonly from: number; readonly to: number; readonly completeness: string }[];
};

export type NaiveListing<Time = Range> = {
  readonly order: string;
  readonly occurred: Time;
  /** Only if the list came later than the listing occurred. */
  readonly received?: Time;
  /** When the order gave the target up. */
  readonly withdrawals: readonly Time[];
};

export type NaiveRestriction<Time = Range> = {
  readonly id: string;
  readonly measure: string;
  readonly isLimit: boolean;
  readonly territory: NaiveTerritory;
  readonly basis: string;
  readonly orders: readonly string[];
  readonly start: Time;
  /** The start as the source gives it, whatever is chosen for `start`. */
  readonly extent: Range;
  /** Infinity when it was imposed without an end. */
  readonly until: number;
};

export type NaiveLift<Time = Range> = {
  readonly occurred: Time;
  readonly ends: readonly { readonly restriction: string; readonly territory: NaiveTerritory }[];
};

/** What happened to a target, whichever order asks. */
export type NaiveHistory<Time = Range> = {
  readonly restrictions: readonly NaiveRestriction<Time>[];
  readonly lifts: readonly NaiveLift<Time>[];
  readonly declines: readonly { readonly occurred: Time; readonly rank: Rank; readonly orders: readonly string[] }[];
  readonly gone: readonly Time[];
};

export type NaiveTarget = NaiveHistory & { readonly stream: string; readonly kind: string; readonly listings: readonly NaiveListing[] };
export type NaiveRecord = { readonly orders: readonly NaiveOrder[]; readonly targets: readonly NaiveTarget[] };

type Choose<Time> = (extent: Range) => Time;

export const orderAt = <Time>(order: NaiveOrder, at: Choose<Time>): NaiveOrder<Time> => {
  const interruptions = (all: readonly Interruption[]) => all.map((one) => ({ ...one, start: at(one.start), ends: one.ends.map(at) }));
  return {
    ...order,
    issued: at(order.issued),
    receipts: order.receipts.map(at),
    revocations: order.revocations.map(at),
    stays: interruptions(order.stays),
    stops: interruptions(order.stops),
    deadlines: order.deadlines.map((deadline) => ({ ...deadline, occurred: at(deadline.occurred) })),
    answers: order.answers.map((answer) => ({ ...answer, occurred: at(answer.occurred) })),
  };
};

export const listingAt = <Time>({ order, occurred, received, withdrawals }: NaiveListing, at: Choose<Time>): NaiveListing<Time> => ({
  order,
  occurred: at(occurred),
  ...(received !== undefined && { received: at(received) }),
  withdrawals: withdrawals.map(at),
});

export const historyAt = <Time>({ restrictions, lifts, declines, gone }: NaiveHistory, at: Choose<Time>): NaiveHistory<Time> => ({
  restrictions: restrictions.map((restriction) => ({ ...restriction, start: at(restriction.start) })),
  lifts: lifts.map((lift) => ({ ...lift, occurred: at(lift.occurred) })),
  declines: declines.map((decline) => ({ ...decline, occurred: at(decline.occurred) })),
  gone: gone.map(at),
});

/** An order without its issue is not there. */
export const recordOf = (facts: readonly LogEvent[]): NaiveRecord => {
  const streams = Map.groupBy(facts, ({ stream }) => stream);
  const of = (prefix: string) => [...streams].filter(([stream]) => stream.startsWith(prefix));
  return {
    orders: of('order-').flatMap(([stream, events]) => orderOf(stream.slice('order-'.length), events)),
    targets: of('target-').map(([stream, events]) => targetOf(stream, events)),
  };
};

const orderOf = (id: string, facts: readonly LogEvent[]): readonly NaiveOrder[] => {
  const of = (type: string) => facts.filter((fact) => fact.type === type);
  const times = (type: string) => of(type).map(({ data }) => Fact.parse(data).occurredAt);
  return of('OrderIssued').map((issue) => {
    const { occurredAt, demand, deadlineRule, expiresAt } = Issue.parse(issue.data);
    return {
      id,
      issued: occurredAt,
      demand,
      rule: `${deadlineRule.id}@${deadlineRule.version}`,
      expiresAt: expiresAt ?? Number.POSITIVE_INFINITY,
      receipts: of('OrderServed').map(({ data }) => Received.parse(data).receivedAt ?? Fact.parse(data).occurredAt),
      revocations: times('OrderRevoked'),
      stays: interruptionsOf(of('OrderStayed'), of('StayLifted')),
      stops: interruptionsOf(of('ClockStopped'), of('ClockRestarted')),
      deadlines: of('DeadlineSet').map((fact) => ({ ...ranked(fact), dueAt: Deadline.parse(fact.data).dueAt })),
      answers: of('OrderAnswered').flatMap((fact) => {
        const { answer, scope } = Answer.parse(fact.data);
        const isForAll = scope === 'all' && (answer === 'accepted' || answer === 'declined');
        return isForAll ? [{ ...ranked(fact), declines: answer === 'declined' }] : [];
      }),
      coverage: of('CoverageDeclared').map(({ data }) => Coverage.parse(data)),
    };
  });
};

const interruptionsOf = (starts: readonly LogEvent[], ends: readonly LogEvent[]): readonly Interruption[] =>
  starts.map(({ id, data }) => ({
    id,
    start: Fact.parse(data).occurredAt,
    until: Ending.parse(data).until ?? Number.POSITIVE_INFINITY,
    ends: ends
      .filter((end) => [Ending.parse(end.data).stay, Ending.parse(end.data).stop].includes(id))
      .map((end) => Fact.parse(end.data).occurredAt),
  }));

const ranked = ({ position, data }: LogEvent) => {
  const { occurredAt } = Fact.parse(data);
  return { occurred: occurredAt, rank: { latest: occurredAt.latest, position } };
};

const targetOf = (stream: string, facts: readonly LogEvent[]): NaiveTarget => {
  const of = (...types: readonly string[]) => facts.filter(({ type }) => types.includes(type));
  const { target } = OfTarget.parse(facts[0]?.data);
  const withdrawals = of('TargetWithdrawn').map(({ data }) => Listing.parse(data));
  return {
    stream,
    kind: target.kind,
    listings: of('TargetListed').map(({ data }) => {
      const { order, occurredAt, receivedAt } = Listing.parse(data);
      const withdrawn = withdrawals.filter((withdrawal) => withdrawal.order === order);
      const received = receivedAt === undefined ? {} : { received: receivedAt };
      return { order, occurred: occurredAt, ...received, withdrawals: withdrawn.map((withdrawal) => withdrawal.occurredAt) };
    }),
    restrictions: of('TargetBlocked', 'TargetWithheld', 'TargetLimited').map(restrictionOf),
    lifts: of('TargetReinstated').map(({ data }) => {
      const { occurredAt, lifts } = Reinstatement.parse(data);
      return { occurred: occurredAt, ends: lifts };
    }),
    declines: of('TargetDeclined').map((fact) => ({ ...ranked(fact), orders: Citing.parse(fact.data).orders })),
    gone: of('TargetGone').map(({ data }) => Fact.parse(data).occurredAt),
  };
};

const restrictionOf = ({ id, type, data }: LogEvent): NaiveRestriction => {
  const { occurredAt, basis, orders, until } = Restriction.parse(data);
  const measure = type === 'TargetWithheld' ? 'withheld' : Measure.parse(data).measure;
  const territory = type === 'TargetBlocked' ? 'WORLD' : Reach.parse(data).territory;
  const times = { start: occurredAt, extent: occurredAt, until: until ?? Number.POSITIVE_INFINITY };
  return { id, measure, isLimit: type === 'TargetLimited', territory, basis, orders, ...times };
};

const Territory = z.union([z.literal('WORLD'), z.literal('UNSTATED'), z.array(z.string())]);

const Fact = z.object({ occurredAt: Extent });
const Received = z.object({ receivedAt: Extent.optional() });
const Issue = Fact.extend({
  demand: z.object({ measure: z.string(), territory: Territory }),
  deadlineRule: z.object({ id: z.string(), version: z.number() }),
  expiresAt: Instant.optional(),
});
const Ending = z.object({ until: Instant.optional(), stay: z.string().optional(), stop: z.string().optional() });
const Deadline = z.object({ dueAt: Instant });
const Answer = z.object({ answer: z.string(), scope: z.string() });
const Coverage = z.object({ from: Instant, to: Instant, completeness: z.string() });
const OfTarget = z.object({ target: z.object({ kind: z.string() }) });
const Listing = Fact.extend({ order: z.string(), receivedAt: Extent.optional() });
const Citing = z.object({ orders: z.array(z.string()).default([]) });
const Restriction = Fact.extend({ basis: z.string(), orders: z.array(z.string()).default([]), until: Instant.optional() });
const Measure = z.object({ measure: z.string() });
const Reach = z.object({ territory: Territory });
const Reinstatement = Fact.extend({ lifts: z.array(z.object({ restriction: z.string(), territory: Territory })) });
