/** One order about one account, on whole hours, for tests of the naive evaluator: the acts that they are told with, and the figures they come to. */
import {
  coverageDeclared,
  type Draft,
  eventId,
  orderId,
  orderIssued,
  orderServed,
  type StoredExtent,
  targetListed,
  targetOf,
  targetReinstated,
  targetWithheld,
  withEvent,
} from './naive-events.ts';
import { type NaiveAnswer, type NaiveQuestion, naiveFigures } from './naive-figures.ts';
import type { LogEvent } from './naive-log.ts';
import type { NaiveTerritory } from './naive-record.ts';
import { hourText, storedExtent } from './random-case.ts';

export const [order, otherOrder] = [orderId(0), orderId(1)] as const;
export const account = targetOf('account', 'synthetic-1');
export const KINDS = ['account', 'post', 'url'];

export const at = (earliest: number, latest = earliest): StoredExtent => storedExtent({ earliest, latest });
export const logOf = (...drafts: readonly Draft[]): readonly LogEvent[] => drafts.reduce(withEvent, []);

type Terms = {
  readonly measure?: string;
  readonly territory?: NaiveTerritory;
  readonly expires?: number;
  /** Such as `eu-tco-3`, an hour that begins anew, or `tr-5651-8a`, four hours; both from receipt. */
  readonly rule?: string;
};
export const issued = ({ measure, territory, expires, rule }: Terms = {}, id: string = order, occurred = at(0)): Draft =>
  orderIssued(id, occurred, {
    demand: { measure: measure ?? 'disable_access', territory: territory ?? ['IN'] },
    deadlineRule: { id: rule ?? 'none', version: 1 },
    ...(expires !== undefined && { expiresAt: hourText(expires) }),
  });
export const served = orderServed(order, at(0));
export const listed = targetListed(account, at(0), { order });
/** Issued, listed and served at hour 0: from then on the one account is due. What is recorded next stands at position 4. */
export const due = (terms?: Terms): readonly Draft[] => [issued(terms), listed, served];

export const citing = { orders: [order], basis: 'legal_order' };
export const withheld = (occurred: StoredExtent, territory: NaiveTerritory = ['IN']): Draft =>
  targetWithheld(account, occurred, { ...citing, territory });
export const until = (draft: Draft, hours: number): Draft => ({ ...draft, data: { ...draft.data, until: hourText(hours) } });
export const covered = (from: number, to: number, completeness = 'complete'): Draft =>
  coverageDeclared(order, at(to), { from: hourText(from), to: hourText(to), completeness });
/** Ends what stands at these positions of the log. */
export const lifted = (occurred: StoredExtent, territory: NaiveTerritory, ...positions: readonly number[]): Draft =>
  targetReinstated(
    account,
    occurred,
    positions.map((position) => ({ restriction: eventId(position), territory })),
  );

export const ask = (log: readonly LogEvent[], hours: number, more: Partial<NaiveQuestion> = {}): NaiveAnswer =>
  naiveFigures(log, { orders: [order], validAt: hourText(hours), knownAt: log.length, kinds: KINDS, ...more }).total;

/** The statuses of the one pair: one, or all that the readings say. */
export const statusAt = (log: readonly LogEvent[], hours: number): readonly string[] =>
  ask(log, hours).pairs.flatMap(({ statuses }) => statuses);

export const certain = (numerator: number, denominator: number, percent: number) => ({
  numerator,
  maybe: 0,
  unknown: 0,
  denominator,
  denominatorMaybe: 0,
  percent: { low: percent, high: percent },
});
export const YES = certain(1, 1, 100);
export const NO = certain(0, 1, 0);
export const UNKNOWN = { ...NO, unknown: 1, percent: { low: 0, high: 100 } };
export const MAYBE = { ...NO, maybe: 1, percent: { low: 0, high: 100 } };
export const EMPTY = { ...NO, denominator: 0, percent: null, reason: 'empty_population' };
