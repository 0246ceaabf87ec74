/** The forms of what read routes answer, for the description of the interface. Tests hold the answers to them. */
import { z } from 'zod';
import { demandMeasure, instrument, party } from '../domain/fields.ts';
import { DEFINITIONS } from '../domain/figures.ts';
import { uuidText } from '../domain/ids.ts';
import { FLAGS } from '../domain/pair-state.ts';
import { targetKind } from '../domain/target-ref.ts';
import { territoryStored } from '../domain/territory.ts';
import { instantStored, storedTimeExtent } from '../domain/time.ts';
import { TELLING } from '../projections/markers.ts';
import { due } from './due-schema.ts';

const count = z.int().min(0);
const instant = instantStored;
const extent = storedTimeExtent;
const bounds = z.strictObject({ earliest: instant, latest: instant });
const counts = z.record(z.string(), count);
const data = z.record(z.string(), z.unknown()); // not z.json(): a schema that names itself has no place in the description

export const head = {
  position: count.meta({ description: 'How many events of the log the answer reflects' }),
  knownAt: count.meta({ description: 'The position as known at which the question was answered' }),
  rulesVersion: z.int().min(1).meta({ description: 'Raised when a rule changes what is answered for the same events' }),
};
export const next = { next: z.string().nullable().meta({ description: 'Cursor of the next page; null at the end' }) };

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
      z.strictObject({ event: uuidText, from: instant, to: instant, completeness: z.string(), by: party, declaredAt: extent }),
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

const target = { id: uuidText, platform: z.string(), kind: targetKind, key: z.string(), verbatim: z.string() };
const targetEntry = z.strictObject(target).meta({ id: 'Target' });
const listing = {
  listing: uuidText,
  listedAt: bounds,
  withdrawal: uuidText.optional().meta({ description: 'The event by which the order gave the target up' }),
  withdrawnAt: bounds.optional(),
};
const listedTarget = z.strictObject({ ...target, ...listing }).meta({ id: 'ListedTarget' });
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

// ---- What happened

const by = { event: uuidText, position: count, recordedAt: instant, reason: z.string(), explanation: z.string().optional() };
export const entry = {
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
export const line = {
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
};
const lineForm = z.strictObject(line).meta({ id: 'Line' });
const publishedBy = { reportedBy: instant.optional() };
export const entryPage = z.strictObject({ ...head, ...publishedBy, entries: z.array(entryForm), ...next });
export const linePage = z.strictObject({ ...head, ...publishedBy, lines: z.array(lineForm), ...next });
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
    statuses: z.array(z.strictObject({ status: z.string(), pairs: count })),
    withoutEvidence: count.meta({ description: 'In effect for certain, and no source of what is in force is a registered file' }),
    flags: counts,
  })
  .meta({ id: 'MakeUp' });
const counted = (unit: string, number: z.ZodType) => ({
  unit: z.literal(unit),
  numerator: number,
  maybe: number,
  unknown: number,
  denominator: number,
  denominatorMaybe: number,
  percent,
  reason: z.string().optional(),
});
const decimal = z.string().regex(/^\d+$/);
const timeFigure = z
  .strictObject({
    definition: z.literal('timeWeighted'),
    ...counted('milliseconds', decimal),
    hours: z.strictObject({ numerator: z.number(), denominator: z.number() }),
  })
  .meta({ id: 'TimeFigure', description: 'Milliseconds as decimal text, since they pass 2^53; hours beside' });
const targetFigure = z
  .strictObject({ definition: z.literal('distinctTargets'), variant: z.enum(['all', 'any']), ...counted('targets', count) })
  .meta({ id: 'TargetFigure', description: 'Each account once: in effect under all, or any, of the orders live for it' });
const figures = {
  effective: figure,
  ever: figure,
  makeUp,
  anyRestriction: figure.optional(),
  onTime: figure.optional(),
  sustained: figure.optional(),
  citingOrder: figure.optional(),
  timeWeighted: timeFigure.optional(),
  distinctTargets: z.array(targetFigure).optional(),
  platformStyle: figure.extend({ columns: counts }).optional(),
};
const presumption = {
  isCoveredAt: z.boolean().meta({ description: 'Whether the record is declared complete for this very instant' }),
  coveredFrom: instant.nullable().meta({ description: 'What the deciding declaration covers: from then on' }),
  coveredTo: instant.nullable(),
  coveredBy: z.string().nullable(),
  declaredAt: bounds.nullable(),
  presumedSince: instant.nullable().meta({ description: 'Assumes that nothing was changed since' }),
};
const grouped = { ...figures, groups: z.array(z.strictObject({ group: z.string(), ...figures })).optional(), ...presumption };
const standpoint = { tolerance: z.string().optional(), reportedBy: instant.optional() };
const kinds = { kinds: z.array(targetKind) };

export const orderFigures = z.strictObject({ order: uuidText, ...grouped });
const state = {
  at: instant,
  orders: z.array(orderFigures),
  total: z.strictObject(grouped),
};
export const stateForm = z.strictObject(state).meta({ id: 'State' });
export const stateReply = z.strictObject({ ...head, ...standpoint, validAt: instant, ...kinds, ...state });
const behind = z.strictObject({
  type: z.string(),
  occurredAt: extent,
  says: data,
  orders: z.array(uuidText),
  assertion: z.string(),
  sources: z.array(
    z.strictObject({
      name: z.string(),
      evidence: z.string().nullable().meta({ description: 'SHA-256 of a registered file; null: no file' }),
      locators: z.array(z.string()),
      locatorsMore: count,
    }),
  ),
  recordedAt: z.strictObject({ first: instant, last: instant }),
  recordedAfterMs: z
    .strictObject({ shortest: z.int(), longest: z.int() })
    .meta({ description: 'From the last instant at which it can have occurred until it was recorded' }),
});
const sheetLine = z.strictObject({
  accounts: count,
  is: z.string(),
  status: z.string(),
  ground: z.string().nullable(),
  responseDeclined: z.boolean(),
  behind: z.array(behind),
  examples: z.array(z.string()),
});
export const sheetReply = z.strictObject({
  ...head,
  ...standpoint,
  validAt: instant,
  ...kinds,
  at: instant,
  orders: z.array(
    z.strictObject({
      order: uuidText,
      ...grouped,
      inEffectBefore: count.meta({ description: 'In effect at some time by then, and not at it' }),
      lines: z
        .array(sheetLine)
        .nullable()
        .meta({ description: 'Accounts of which the record says the same; null: more accounts than are gone through' }),
    }),
  ),
  total: z.strictObject(grouped),
});
const points = z.array(
  z.strictObject({
    at: instant,
    is: z.enum(['change', 'sample']),
    ...figures,
    makeUp: makeUp.omit({ statuses: true, withoutEvidence: true, flags: true }).meta({ id: 'PointMakeUp' }),
  }),
);
const marker = z.strictObject({
  event: uuidText,
  position: count,
  type: z.string(),
  orders: z.array(uuidText),
  occurredAt: extent,
  receivedAt: extent.optional(),
  ...Object.fromEntries(TELLING.map((field) => [field, z.string().optional()])),
});
export const curveReply = z.strictObject({
  ...head,
  ...standpoint,
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
  status: z.string(),
  readings: z.array(z.string()).optional().meta({ description: 'What the sources leave open between' }),
  ground: z.string().nullable(),
  ending: z.string().nullable().meta({ description: 'What ended the order for the account: withdrawn, revoked, expired' }),
  responseDeclined: z.boolean(),
  flags: z.array(z.enum(FLAGS)),
  due,
  since: bounds.nullable().meta({ description: 'Since when `is` has been what it is: one instant in this range' }),
});
export const pairsReply = z.strictObject({
  ...head,
  ...standpoint,
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
