/** The platform suspended, terminated or removed the target, or disabled access to it everywhere. */
import { z } from 'zod';
import { endsAfterStart } from '../ends.ts';
import { eventType } from '../event-type.ts';
import { basis, citedOrders, type Fields, line } from '../fields.ts';
import { legalBasisCitesAnOrder, notBeforeIssue, platformAgrees } from '../order.ts';
import { ofTarget, restrictionFacts, targetAsked } from './target-act.ts';

export const targetBlocked = eventType({
  name: 'TargetBlocked',
  version: 1,
  category: 'target',
  fields: (field: Fields) => ({
    target: field.target,
    orders: citedOrders,
    measure: z.enum(['suspended', 'terminated', 'removed', 'access_disabled']),
    basis,
    policy: line.optional(),
    permanent: z.boolean().optional(),
    until: field.instant.optional(),
  }),
  filled: ['target'],
  asked: targetAsked,
  complete: ofTarget,
  rules: [legalBasisCitesAnOrder, notBeforeIssue, platformAgrees, endsAfterStart('until')],
  facts: ({ id, data }) =>
    restrictionFacts({ id }, data, {
      strength: data.measure === 'access_disabled' ? 'access_disabled' : 'removal',
      measure: data.measure,
      territory: 'WORLD',
    }),
});
