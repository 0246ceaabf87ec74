/** The forms of what read routes answer, for the description of the interface. Tests hold the answers to them. */
import { z } from 'zod';
import { demandMeasure, instrument, party } from '../domain/fields.ts';
import { uuidText } from '../domain/ids.ts';
import { DEFINITIONS } from '../domain/pair-state.ts';
import { targetKind } from '../domain/target-ref.ts';
import { territoryStored } from '../domain/territory.ts';
import { instantStored, storedTimeExtent } from '../domain/time.ts';

const count = z.int().min(0);
const instant = instantStored;
const extent = storedTimeExtent;
const bounds = z.strictObject({ earliest: instant, latest: instant });
const counts = z.record(z.string(), count);
const data = z.record(z.string(), z.unknown()); // not z.json(): a schema that names itself has no place in the description

const head = {
  position: count.meta({ description: 'How many events of the log the answer reflects' }),
  knownAt: count.meta({ description: 'The position as known at which the question was answered' }),
  rulesVersion: z.int().min(1).meta({ description: 'Raised when a rule changes what is answered for the same events' }),
};
const next = { next: z.string().nullable().meta({ description: 'Cursor of the next page; null at the end' }) };

// ---- Registers

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

const deadlineRule = z.strictObject({
  id: z.string(),
  version: z.int(),
  provision: z.string().nullable(),
  duration: z.string().optional(),
  reviewedBy: z.null().meta({ description: 'Nobody: a reading aid, which counsel must confirm' }),
});
const orderEntry = z
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
      z.strictObject({ event: uuidText, from: instant, to: instant, completeness: z.string(), by: party, declaredAt: extent }),
    ),
    coveredTo: instant.nullable(),
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

const target = { id: uuidText, platform: z.string(), kind: targetKind, key: z.string(), verbatim: z.string() };
const targetEntry = z.strictObject(target).meta({ id: 'Target' });
const listedTarget = z.strictObject({ ...target, listing: uuidText, listedAt: bounds }).meta({ id: 'ListedTarget' });
const listingOrder = z.strictObject({
  order: uuidText,
  ref: z.string().nullable(),
  caseId: uuidText.nullable(),
  listing: uuidText,
  listedAt: bounds,
});
export const targetPage = z.strictObject({ ...head, targets: z.array(targetEntry), ...next });
export const listedPage = z.strictObject({ ...head, targets: z.array(listedTarget), ...next });
const aboutTarget = { target: targetEntry, listedBy: z.array(listingOrder) };
export const targetReply = z.strictObject({ ...head, ...aboutTarget });

// ---- What happened

const by = { event: uuidText, position: count, recordedAt: instant, reason: z.string(), explanation: z.string().optional() };
const entry = {
  event: uuidText,
  position: count,
  stream: z.string(),
  revision: count,
  type: z.string(),
  occurredAt: extent,
  receivedAt: extent.optional(),
  recordedAt: instant,
  externalRecordedAt: instant.optional(),
  recordedBy: z.string(),
  synthetic: z.boolean(),
  target: z.strictObject({ ...target, platformId: z.string().optional() }).optional(),
  orders: z.array(uuidText),
  assertion: z.string(),
  sources: z.array(data).optional(),
  text: z.string().optional(),
  says: data.meta({ description: 'What else the event says, as corrected' }),
  correctedBy: z.array(z.strictObject({ ...by, fields: z.array(z.string()) })).optional(),
  struck: data.optional().meta({ description: 'Fields that were corrected, as first recorded; null: not said' }),
  retracted: z
    .strictObject({ ...by, duplicateOf: uuidText.optional() })
    .optional()
    .meta({ description: 'The whole entry is struck' }),
};
const entryForm = z.strictObject(entry).meta({ id: 'Entry' });
const line = z
  .strictObject({
    events: count,
    targets: count,
    kinds: counts,
    classes: counts,
    type: z.string(),
    occurredAt: extent,
    orders: z.array(uuidText),
    says: data.meta({ description: 'What all of them say' }),
    isRetracted: z.boolean(),
    isCorrected: z.boolean(),
    first: entryForm,
  })
  .meta({ id: 'Line' });
export const entryPage = z.strictObject({ ...head, entries: z.array(entryForm), ...next });
export const linePage = z.strictObject({ ...head, lines: z.array(line), ...next });
export const chronologyPage = z.union([entryPage, linePage]);
const timelineEntry = z.strictObject({
  ...entry,
  undeterminedWith: z.array(uuidText).optional().meta({ description: 'Which came first is not known' }),
  undeterminedMore: count.optional(),
});
export const timelinePage = z.strictObject({ ...head, ...aboutTarget, entries: z.array(timelineEntry), ...next });

// ---- Compliance

const percent = z.strictObject({ low: z.number(), high: z.number() }).nullable();
const figure = z
  .strictObject({
    definition: z.enum(DEFINITIONS),
    unit: z.literal('pairs'),
    numerator: count,
    maybe: count,
    unknown: count,
    denominator: count,
    denominatorMaybe: count,
    percent,
    reason: z.string().optional().meta({ description: 'Why there is no percentage' }),
  })
  .meta({ id: 'Figure' });
const makeUp = z
  .strictObject({
    inEffect: counts,
    notInEffect: z.array(z.strictObject({ status: z.string(), responseDeclined: z.boolean(), pairs: count })),
    unknown: count,
    open: count,
    apart: counts,
    populationOpen: count,
  })
  .meta({ id: 'MakeUp' });
const figures = { effective: figure, ever: figure, makeUp };
const presumption = {
  isCoveredAt: z.boolean().meta({ description: 'Whether the record is declared complete for this very instant' }),
  coveredFrom: instant.nullable().meta({ description: 'What the deciding declaration covers: from then on' }),
  coveredTo: instant.nullable(),
  coveredBy: z.string().nullable(),
  declaredAt: bounds.nullable(),
  presumedSince: instant.nullable().meta({ description: 'Assumes that nothing was changed since' }),
};
const grouped = { ...figures, byKind: z.array(z.strictObject({ kind: targetKind, ...figures })).optional(), ...presumption };
const kinds = { kinds: z.array(targetKind) };

export const stateReply = z.strictObject({
  ...head,
  validAt: instant,
  ...kinds,
  at: instant,
  orders: z.array(z.strictObject({ order: uuidText, ...grouped })),
  total: z.strictObject(grouped),
});
const points = z.array(z.strictObject({ at: instant, is: z.enum(['change', 'sample']), ...figures }));
const marker = z.strictObject({
  event: uuidText,
  position: count,
  type: z.string(),
  orders: z.array(uuidText),
  occurredAt: extent,
  receivedAt: extent.optional(),
  ref: z.string().optional(),
  channel: z.string().optional(),
  purpose: z.string().optional(),
  mode: z.string().optional(),
  completeness: z.string().optional(),
});
export const curveReply = z.strictObject({
  ...head,
  from: instant,
  to: instant,
  step: z.string(),
  zone: z.string(),
  ...kinds,
  markers: z.array(marker),
  changes: z.enum(['all', 'omitted']),
  orders: z.array(z.strictObject({ order: uuidText, points })),
  total: z.strictObject({ points }),
});
export const complianceReply = z.union([stateReply, curveReply]);

const pair = z.strictObject({
  target: uuidText,
  kind: targetKind,
  platform: z.string(),
  key: z.string(),
  verbatim: z.string(),
  is: z.string(),
  status: z.string().nullable(),
  responseDeclined: z.boolean(),
  since: bounds.nullable().meta({ description: 'Since when `is` has been what it is: one instant in this range' }),
});
export const pairsReply = z.strictObject({
  ...head,
  validAt: instant,
  order: uuidText,
  ...kinds,
  status: z.string().optional(),
  rows: z.array(pair),
  next: z
    .string()
    .nullable()
    .meta({ description: 'Cursor of the next page, which may be there though this one is short; null at the end' }),
});

// ---- The log

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const placed = { position: count, hash, envelope: data };
export const eventPage = z.strictObject({ ...head, events: z.array(z.strictObject(placed)), next: z.int().nullable() });
export const eventReply = z.strictObject({
  ...head,
  event: z.strictObject(placed),
  entry: entryForm.nullable().meta({
    description: 'How it reads at that position; null for what is no fact: a correction, a retraction, the opening of the ledger',
  }),
});
export const canonicalReply = data.meta({ description: 'The canonical bytes; the header ledger-event-hash holds their hash' });
export const streamReply = z
  .string()
  .meta({ description: 'text/event-stream; id is the position, data an event with position, hash and envelope' });
