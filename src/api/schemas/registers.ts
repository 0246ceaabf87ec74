/** The forms of cases, orders and targets. */
import { z } from 'zod';
import { demandMeasure, instrument, party } from '../../domain/fields.ts';
import { uuidText } from '../../domain/ids.ts';
import { territoryStored } from '../../domain/territory.ts';
import { bounds, count, counts, eventNamed, extent, head, instant, next, target } from './common.ts';
import { deadlineRule } from './due.ts';

const caseEntry = z
  .strictObject({
    id: uuidText,
    title: z.string(),
    zone: z.string(),
    incidentAt: extent.optional(),
    synthetic: z.boolean(),
    orders: count,
    meetings: count,
    event: uuidText,
    openedAt: extent,
  })
  .meta({ id: 'Case' });
export const casePage = z.strictObject({ ...head, cases: z.array(caseEntry), ...next });
export const caseReply = z.strictObject({ ...head, case: caseEntry });

const told = { event: uuidText, occurredAt: extent };
const orderLife = {
  confirmations: z.array(z.strictObject({ ...told, by: party })),
  stays: z.array(
    z.strictObject({
      ...{ ...told, by: party, until: instant.optional(), restorationDirected: z.boolean() },
      lifted: z.array(z.strictObject({ ...told, by: party })),
    }),
  ),
  revocations: z.array(z.strictObject({ ...told, how: z.string(), by: party, restorationDirected: z.boolean() })),
  notices: z.array(
    z.strictObject({
      ...{ ...told, receivedAt: extent, kind: z.string(), ref: z.string().optional(), pages: count.optional() },
      ...{ penaltiesCited: z.array(z.string()), restatesDemand: z.boolean() },
    }),
  ),
  answers: z.array(
    z.strictObject({
      ...{ ...told, answer: z.string(), scope: z.string(), by: party, grounds: z.array(z.string()) },
      classes: z.array(z.strictObject({ class: z.string(), assertedBy: z.string() })).optional(),
    }),
  ),
  deadlines: z.array(z.strictObject({ ...told, dueAt: instant, by: party, reason: z.string() })),
  tolling: z.array(z.strictObject({ ...told, cause: z.string(), restarted: z.array(z.strictObject(told)) })),
};
export const orderEntry = z
  .strictObject({
    id: uuidText,
    caseId: uuidText,
    ref: z.string(),
    instrument,
    urgency: z.string(),
    authority: party,
    requestedBy: party.optional(),
    addressee: party,
    platform: z.string(),
    demand: z.strictObject({ measure: demandMeasure, territory: territoryStored }),
    legalBasis: z.array(z.strictObject({ act: z.string(), provision: z.string() })),
    grounds: z.array(z.strictObject({ category: z.string(), alleged: z.string().optional() })),
    reasonsRecorded: z.string(),
    confidential: z.boolean(),
    noticeBarred: z.strictObject({ basis: z.string(), until: instant.optional() }).optional(),
    redress: z.string().optional(),
    deadlineRule,
    issuedAt: extent,
    expiresAt: instant.optional(),
    receipts: z.array(z.strictObject({ event: uuidText, occurredAt: extent, receivedAt: extent, channel: z.string() })),
    coverage: z.array(
      z.strictObject({
        ...eventNamed.shape,
        from: instant,
        to: instant,
        completeness: z.string(),
        by: party,
        declaredAt: extent,
        recordedAt: instant,
      }),
    ),
    coveredTo: instant.nullable(),
    ...orderLife,
    meetings: count,
    statedTargetCount: count.optional().meta({ description: 'As the order states it' }),
    listed: z.strictObject({ counted: count.meta({ description: 'Accounts, posts and addresses' }), byKind: counts }),
    flags: z.array(z.enum(['count_mismatch'])),
    synthetic: z.boolean(),
    event: uuidText,
  })
  .meta({ id: 'Order' });
export const orderPage = z.strictObject({ ...head, orders: z.array(orderEntry), ...next });
export const orderReply = z.strictObject({ ...head, order: orderEntry });

export const targetEntry = z.strictObject(target).meta({ id: 'Target' });
const listing = {
  listing: uuidText,
  listedAt: bounds,
  withdrawal: uuidText.optional().meta({ description: 'The event by which the order gave the target up' }),
  withdrawnAt: bounds.optional(),
};
export const listedTarget = z.strictObject({ ...target, ...listing }).meta({ id: 'ListedTarget' });
const listingOrder = z.strictObject({ order: uuidText, ref: z.string().nullable(), caseId: uuidText.nullable(), ...listing });
export const targetPage = z.strictObject({ ...head, targets: z.array(targetEntry), ...next });
export const listedPage = z.strictObject({ ...head, targets: z.array(listedTarget), ...next });
export const aboutTarget = { target: targetEntry, listedBy: z.array(listingOrder) };
const alias = z.strictObject({ verbatim: z.string(), platformId: z.string().optional(), listing: uuidText }).meta({ id: 'Alias' });
const targetLink = z
  .strictObject({
    relation: z.enum(['renamed_to', 'successor', 'same_as']),
    to: z.strictObject({ ...target, platformId: z.string().optional() }),
    confidence: z.enum(['confirmed', 'probable', 'possible']),
    linkedAt: bounds,
    event: uuidText,
  })
  .meta({ id: 'TargetLink', description: 'As recorded: nothing is counted of one target for the other' });
export const targetReply = z.strictObject({
  ...head,
  ...aboutTarget,
  aliases: z.array(alias).meta({ description: 'Other writings of it in the lists, with the event that has each' }),
  links: z.array(targetLink),
});
