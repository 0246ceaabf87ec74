/** The platform disabled access to the target in the territories named, and nowhere else. */
import { endsAfterStart } from '../ends.ts';
import { eventType } from '../event-type.ts';
import { basis, citedOrders, type Fields, line } from '../fields.ts';
import { legalBasisCitesAnOrder, notBeforeIssue, platformAgrees } from '../order.ts';
import { ofTarget, restrictionFacts, targetAsked } from './target-act.ts';

export const targetWithheld = eventType({
  name: 'TargetWithheld',
  version: 1,
  category: 'target',
  fields: (field: Fields) => ({
    target: field.target,
    orders: citedOrders,
    territory: field.places,
    basis,
    policy: line.optional(),
    until: field.instant.optional(),
  }),
  filled: ['target'],
  asked: targetAsked,
  complete: ofTarget,
  rules: [legalBasisCitesAnOrder, notBeforeIssue, platformAgrees, endsAfterStart('until')],
  facts: ({ id, data }) => restrictionFacts({ id }, data, { strength: 'withheld', measure: 'withheld', territory: data.territory }),
});
