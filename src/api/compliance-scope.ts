/** What a question about compliance is about and from where it is asked: orders or a case, kinds of target, definitions, standpoint. */
import { z } from 'zod';
import { parseDurationMs } from '../domain/duration.ts';
import { inputFields } from '../domain/fields.ts';
import { DEFINITIONS } from '../domain/figures.ts';
import { type CaseId, caseIdText, type OrderId } from '../domain/ids.ts';
import { targetKind } from '../domain/target-ref.ts';
import type { Instant } from '../domain/time.ts';
import { COUNTED_KINDS, type ComplianceScope } from '../projections/compliance.ts';
import type { Standpoint } from '../projections/order-pairs.ts';
import type { ReadModel } from '../projections/read-model.ts';
import { caseOfOrder, findCase, ordersOfCase } from '../projections/registers.ts';
import { PUBLISHED_WORDS } from '../wording/published.ts';
import { listOf, msOr, ORDERS_MAX, orderList, queryInvalid } from './query.ts';

const DURATION_LENGTH_MAX = 40;
/** A described class of targets has no number of members, so it enters no figure. */
export const kindsQuery = listOf(targetKind.exclude(['class']), targetKind.options.length).optional();
const ALL = 'all';
const definitions = listOf(z.enum([...DEFINITIONS, ALL]), DEFINITIONS.length)
  .optional()
  .meta({ description: 'Besides effective and ever, which are always answered; `all` for all nine' });

/** From which standpoint it is asked, besides what was known when. */
export const standpointQuery = {
  tolerance: z
    .string()
    .max(DURATION_LENGTH_MAX)
    .optional()
    .meta({ description: 'ISO 8601 duration to which orders are held that set no number of hours; it changes no status' }),
  reportedBy: inputFields.instant.optional().meta({ description: `As published by then: ${PUBLISHED_WORDS}; apart from knownAt` }),
};
const subjectQuery = { orders: orderList.optional(), case: caseIdText.optional() };
export const scopeQuery = { ...standpointQuery, ...subjectQuery, kinds: kindsQuery };
export const definitionsQuery = { definitions };

type SubjectAsked = { readonly orders?: readonly OrderId[] | undefined; readonly case?: CaseId | undefined };
type ScopeAsked = FromWhere &
  SubjectAsked & {
    readonly kinds?: ComplianceScope['kinds'] | undefined;
    readonly definitions?: readonly string[] | undefined;
  };

/** Throws `Refused` for orders or a case that are not known at the position. */
export const scopeOf = (model: ReadModel, asked: ScopeAsked, knownAt: number): ComplianceScope => ({
  orders: ordersAsked(model, asked, knownAt),
  kinds: asked.kinds ?? COUNTED_KINDS,
  definitions:
    asked.definitions && DEFINITIONS.filter((one) => asked.definitions?.some((definition) => definition === ALL || definition === one)),
  ...standpointOf(asked, knownAt),
});

/** Orders asked for, all of them known; or those of the case. */
const ordersAsked = (model: ReadModel, { orders, case: ofCase }: SubjectAsked, knownAt: number): readonly OrderId[] => {
  if ((orders === undefined) === (ofCase === undefined)) throw queryInvalid('orders', 'give either orders or case');
  if (ofCase !== undefined) {
    const found = findCase(model, ofCase, knownAt) && ordersOfCase(model, ofCase, { after: 0, limit: ORDERS_MAX, knownAt });
    if (!found) throw queryInvalid('case', 'not known at this position', { knownAt });
    if (found.next !== undefined)
      throw queryInvalid('case', `has more than ${ORDERS_MAX} orders: name those meant`, { ordersMax: ORDERS_MAX });
    return found.rows;
  }
  const unknown = orders?.filter((order) => !caseOfOrder(model, order, knownAt)) ?? [];
  if (unknown.length > 0) throw queryInvalid('orders', 'not known at this position', { knownAt, unknown });
  return orders ?? [];
};

// ---- From where

type FromWhere = { readonly tolerance?: string | undefined; readonly reportedBy?: Instant | undefined };

export const standpointOf = ({ tolerance, reportedBy }: FromWhere, knownAt: number): Standpoint => ({
  knownAt,
  toleranceMs: tolerance === undefined ? undefined : toleranceOf(tolerance),
  reportedBy: msOr(reportedBy, undefined),
});

const toleranceOf = (text: string): number => {
  const ms = parseDurationMs(text);
  if (ms === undefined) throw queryInvalid('tolerance', 'an ISO 8601 duration of whole milliseconds above zero, such as PT36H');
  return ms;
};

/** What an answer repeats of its standpoint: a figure as published by a day, or held to a tolerance, says so. */
export const echo = ({ tolerance, reportedBy }: FromWhere) => ({
  ...(tolerance !== undefined && { tolerance }),
  ...(reportedBy !== undefined && { reportedBy }),
});
