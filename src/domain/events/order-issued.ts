/** One instrument of one authority, addressed to one platform. Its targets are listed in the targets' own streams. */

import { z } from 'zod';
import { HOUR_MS } from '../calendar.ts';
import { findRule, nameOfRule } from '../deadlines/deadline-rules.ts';
import { endsAfterStart } from '../ends.ts';
import { eventType, type Rule } from '../event-type.ts';
import { demandMeasure, type Fields, instrument, line, listOf, party, text } from '../fields.ts';
import { caseIdText } from '../ids.ts';
import { msOf, parseInstant, rangeOf, type TimeExtent } from '../time.ts';

type RuleNamed = { readonly deadlineRule: { readonly id: string; readonly version: number }; readonly occurredAt: TimeExtent };

/**
 * Validity is a matter of local calendar dates, and rules do not say of which zone: a day has begun somewhere 14 hours before it begins in UTC, and 12
 * hours after that it has still to begin elsewhere. Only what is outside everywhere is refused.
 */
const FIRST_ZONE_MS = 14 * HOUR_MS;
const LAST_ZONE_MS = 12 * HOUR_MS;
const startOfDay = (date: string): number => msOf(parseInstant(`${date}T00:00:00.000Z`));

const ruleIsInForce: Rule<RuleNamed> = ({ deadlineRule, occurredAt }, _state, { rules }) => {
  const rule = findRule(deadlineRule, rules);
  if (!rule) return { code: 'DEADLINE_RULE_UNKNOWN', rule: nameOfRule(deadlineRule), known: rules.map(nameOfRule) };
  const { earliest, latest } = rangeOf(occurredAt);
  const isTooEarly = rule.validFrom !== undefined && latest < startOfDay(rule.validFrom) - FIRST_ZONE_MS;
  const isTooLate = rule.validTo !== undefined && earliest >= startOfDay(rule.validTo) + LAST_ZONE_MS;
  if (!isTooEarly && !isTooLate) return undefined;
  const { validFrom, validTo } = rule;
  return { code: 'DEADLINE_RULE_NOT_IN_FORCE', rule: nameOfRule(rule), ...(validFrom && { validFrom }), ...(validTo && { validTo }) };
};

export const orderIssued = eventType({
  name: 'OrderIssued',
  version: 1,
  category: 'order',
  opens: true,
  fields: (field: Fields) => ({
    caseId: caseIdText,
    ref: line,
    instrument,
    authority: party,
    requestedBy: party.optional(),
    addressee: party,
    platform: field.platform,
    legalBasis: listOf(z.strictObject({ act: line, provision: line })),
    grounds: listOf(z.strictObject({ category: line, alleged: text.optional() })),
    reasonsRecorded: z.enum(['yes', 'no', 'unstated']),
    urgency: z.enum(['ordinary', 'emergency']),
    demand: z.strictObject({ measure: demandMeasure, territory: field.territory }),
    statedTargetCount: z.int().min(0).optional(),
    deadlineRule: z.strictObject({ id: line, version: z.int().min(1) }),
    expiresAt: field.instant.optional(),
    confidential: z.boolean(),
    noticeBarred: z.strictObject({ basis: line, until: field.instant.optional() }).optional(),
    redress: text.optional(),
  }),
  rules: [ruleIsInForce, endsAfterStart('expiresAt')],
});
