/** The platform did less than take the target away or disable access to it: what it limited, and where. */
import { z } from 'zod';
import { endsAfterStart } from '../ends.ts';
import { eventType } from '../event-type.ts';
import { basis, citedOrders, type Fields, line } from '../fields.ts';
import { legalBasisCitesAnOrder, notBeforeIssue, platformAgrees } from '../order.ts';
import { ofTarget, restrictionFacts, targetAsked } from './target-act.ts';

export const targetLimited = eventType({
  name: 'TargetLimited',
  version: 1,
  category: 'target',
  fields: (field: Fields) => ({
    target: field.target,
    orders: citedOrders,
    measure: z.enum(['demoted', 'excluded_from_trends', 'labelled', 'age_restricted', 'interaction_restricted', 'demonetised', 'other']),
    territory: field.territory,
    basis,
    policy: line.optional(),
    until: field.instant.optional(),
  }),
  filled: ['target'],
  asked: targetAsked,
  complete: ofTarget,
  rules: [legalBasisCitesAnOrder, notBeforeIssue, platformAgrees, endsAfterStart('until')],
  facts: ({ id, data }) => restrictionFacts({ id }, data, { strength: 'limited', measure: data.measure, territory: data.territory }),
});
