/**
 * What a plain log says, read the slow way: which facts stand at a position after corrections and retractions, and the
 * orders and targets that they describe. It imports nothing from `src`, so that it can contradict it.
 */
import { z } from 'zod';

export type LogEvent = {
  readonly position: number;
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly recordedAt: string;
  readonly data: { readonly [field: string]: unknown };
};

/** One instant somewhere in a closed range, in milliseconds since 1970. */
export type Range = { readonly earliest: number; readonly latest: number };

/** Sorted country codes, or one of the two words. */
export type NaiveTerritory = 'WORLD' | 'UNSTATED' | readonly string[];

export type NaiveOrder = {
  readonly id: string;
  readonly issued: Range;
  readonly demand: { readonly measure: string; readonly territory: NaiveTerritory };
  /** Infinity when the order states no end. */
  readonly expiresAt: number;
  /** When it reached its addressee, one range for each service. */
  readonly receipts: readonly Range[];
  /** In log order: what was recorded last stands last. */
  readonly coverage: readonly { readonly from: number; readonly to: number; readonly completeness: string }[];
};

export type NaiveListing = { readonly order: string; readonly occurred: Range; readonly received: Range };

export type NaiveRestriction = {
  readonly id: string;
  readonly measure: string;
  readonly territory: NaiveTerritory;
  readonly basis: string;
  readonly orders: readonly string[];
  readonly start: Range;
  /** Infinity when it was imposed without an end. */
  readonly until: number;
};

export type NaiveLift = {
  readonly occurred: Range;
  readonly ends: readonly { readonly restriction: string; readonly territory: NaiveTerritory }[];
};

export type NaiveDecline = { readonly occurred: Range; readonly orders: readonly string[] };

export type NaiveTarget = {
  readonly stream: string;
  readonly kind: string;
  readonly listings: readonly NaiveListing[];
  readonly restrictions: readonly NaiveRestriction[];
  readonly lifts: readonly NaiveLift[];
  readonly declines: readonly NaiveDecline[];
};

export type NaiveRecord = { readonly orders: readonly NaiveOrder[]; readonly targets: readonly NaiveTarget[] };

export const millisecondsOf = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds;

/** The facts that stand when the ledger knows its first `knownAt` events; each keeps its place. */
export const effectiveFacts = (log: readonly LogEvent[], knownAt: number): readonly LogEvent[] => {
  const known = log.filter(({ position }) => position <= knownAt);
  const retractions = known.filter(({ type }) => type === 'EventRetracted').map(({ data }) => Retraction.parse(data));
  const corrections = known.filter(({ type }) => type === 'EventCorrected').map(({ data }) => Correction.parse(data));
  const isRetracted = (fact: LogEvent) => retractions.some(({ event }) => event === fact.id);
  return known
    .filter(({ type }) => type !== 'EventRetracted' && type !== 'EventCorrected')
    .filter((fact) => !isRetracted(fact))
    .map((fact) => ({
      ...fact,
      data: corrections.filter(({ event }) => event === fact.id).reduce<LogEvent['data']>(corrected, fact.data),
    }));
};

const corrected = (data: LogEvent['data'], { changes, removes }: z.infer<typeof Correction>): LogEvent['data'] => {
  const kept = Object.entries(data).filter(([field]) => !removes.includes(field));
  return { ...Object.fromEntries(kept), ...changes };
};

/** What the facts describe, order by order and target by target. An order without its issue is not there. */
export const recordOf = (facts: readonly LogEvent[]): NaiveRecord => {
  const streams = Map.groupBy(facts, ({ stream }) => stream);
  const of = (prefix: string) => [...streams].filter(([stream]) => stream.startsWith(prefix));
  return {
    orders: of('order-').flatMap(([stream, events]) => orderOf(stream.slice('order-'.length), events)),
    targets: of('target-').map(([stream, events]) => targetOf(stream, events)),
  };
};

const orderOf = (id: string, facts: readonly LogEvent[]): readonly NaiveOrder[] => {
  const data = (type: string) => facts.filter((fact) => fact.type === type).map((fact) => fact.data);
  return data('OrderIssued').map((issue) => {
    const { occurredAt, demand, expiresAt } = Issue.parse(issue);
    return {
      id,
      issued: occurredAt,
      demand,
      expiresAt: expiresAt ?? Number.POSITIVE_INFINITY,
      receipts: data('OrderServed').map(receiptOf),
      coverage: data('CoverageDeclared').map((declaration) => Coverage.parse(declaration)),
    };
  });
};

const targetOf = (stream: string, facts: readonly LogEvent[]): NaiveTarget => {
  const of = (...types: readonly string[]) => facts.filter(({ type }) => types.includes(type));
  const { target } = OfTarget.parse(facts[0]?.data);
  return {
    stream,
    kind: target.kind,
    listings: of('TargetListed').map(({ data }) => {
      const { order, occurredAt } = Listing.parse(data);
      return { order, occurred: occurredAt, received: receiptOf(data) };
    }),
    restrictions: of('TargetBlocked', 'TargetWithheld').map(({ id, type, data }) => {
      const { occurredAt, basis, orders, until } = Restriction.parse(data);
      const reach =
        type === 'TargetBlocked'
          ? { measure: BlockMeasure.parse(data).measure, territory: 'WORLD' as const }
          : { measure: 'withheld', territory: Reach.parse(data).territory };
      return { id, ...reach, basis, orders, start: occurredAt, until: until ?? Number.POSITIVE_INFINITY };
    }),
    lifts: of('TargetReinstated').map(({ data }) => {
      const { occurredAt, lifts } = Reinstatement.parse(data);
      return { occurred: occurredAt, ends: lifts };
    }),
    declines: of('TargetDeclined').map(({ data }) => {
      const { occurredAt, orders } = Citing.parse(data);
      return { occurred: occurredAt, orders };
    }),
  };
};

const receiptOf = (data: LogEvent['data']): Range => {
  const { receivedAt, occurredAt } = Receipt.parse(data);
  return receivedAt ?? occurredAt;
};

const Instant = z.string().transform(millisecondsOf);
const Extent = z.object({ earliest: Instant, latest: Instant });
const Territory = z.union([z.literal('WORLD'), z.literal('UNSTATED'), z.array(z.string())]);

const Retraction = z.object({ event: z.string() });
const Correction = z.object({ event: z.string(), changes: z.record(z.string(), z.unknown()), removes: z.array(z.string()).default([]) });
const Receipt = z.object({ occurredAt: Extent, receivedAt: Extent.optional() });
const Issue = z.object({
  occurredAt: Extent,
  demand: z.object({ measure: z.string(), territory: Territory }),
  expiresAt: Instant.optional(),
});
const Coverage = z.object({ from: Instant, to: Instant, completeness: z.string() });
const OfTarget = z.object({ target: z.object({ kind: z.string() }) });
const Listing = z.object({ occurredAt: Extent, order: z.string() });
const Citing = z.object({ occurredAt: Extent, orders: z.array(z.string()).default([]) });
const Restriction = Citing.extend({ basis: z.string(), until: Instant.optional() });
const BlockMeasure = z.object({ measure: z.string() });
const Reach = z.object({ territory: Territory });
const Reinstatement = z.object({ occurredAt: Extent, lifts: z.array(z.object({ restriction: z.string(), territory: Territory })) });
