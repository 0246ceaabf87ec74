/** The answers that reports are made from: an account's audit trail and an order's dossier, as far as they are printed. */
import { z } from 'zod';
import { DEFINITIONS } from '../domain/figures.ts';
import { EVENT_NOTES, GAPS } from '../domain/gaps.ts';
import { LOSSES, STATUSES_READ } from '../domain/pairs/pair-state.ts';
import { Counts, DeadlinesOfOrder, Presumption, RuleForm } from './due-forms.ts';

const count = z.int().min(0);
const Extent = z.object({
  earliest: z.string(),
  latest: z.string(),
  precision: z.string().optional(),
  text: z.string().optional(),
  resolvedBy: z.string().optional(),
});
const Says = z.record(z.string(), z.json());
const By = z.object({ event: z.string(), position: count, recordedAt: z.string(), reason: z.string(), explanation: z.string().optional() });
const Source = z.object({
  name: z.string(),
  locator: z.string().optional(),
  quote: z.string().optional(),
  evidence: z.string().optional(),
  publishedAt: Extent.optional(),
});
const Entry = z.object({
  event: z.string(),
  position: count,
  type: z.string(),
  occurredAt: Extent,
  receivedAt: Extent.optional(),
  recordedAt: z.string(),
  externalRecordedAt: z.string().optional(),
  recordedBy: z.string(),
  target: z.object({ verbatim: z.string() }).optional(),
  orders: z.array(z.string()),
  assertion: z.string(),
  sources: z.array(Source).optional(),
  text: z.string().optional(),
  says: Says,
  correctedBy: z.array(By).optional(),
  struck: Says.optional(),
  retracted: By.optional(),
});
export type ReportEntry = z.infer<typeof Entry>;

const status = z.enum(STATUSES_READ);
const StatusUnder = z.object({
  order: z.string(),
  status,
  readings: z.array(status).optional(),
  isTimingOpen: z.literal(true).optional(),
  lostBy: z.enum(LOSSES).optional(),
  responseDeclined: z.boolean(),
});
export type StatusUnder = z.infer<typeof StatusUnder>;
const notes = z.array(z.enum(EVENT_NOTES));
const Gap = z.object({
  code: z.enum(GAPS),
  order: z.string().optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  number: count.optional(),
  of: count.optional(),
});
export type ReportGap = z.infer<typeof Gap>;

const Line = z.object({
  events: count,
  targets: count,
  kinds: z.record(z.string(), count),
  classes: z.record(z.string(), count),
  type: z.string(),
  occurredAt: Extent,
  orders: z.array(z.string()),
  says: Says,
  isRetracted: z.boolean(),
  isCorrected: z.boolean(),
  first: Entry,
  notes,
});
/** Events that say the same of several targets. */
export type ReportLine = z.infer<typeof Line>;

/** Why a report is about this instant. */
export const VALID_AT_IS = ['asked', 'declared_to', 'now'] as const;
const head = {
  position: count,
  validAt: z.string(),
  validAtIs: z.enum(VALID_AT_IS),
  sort: z.enum(['occurred', 'recorded']),
  recordedAt: z.string().nullable(),
  zone: z.string(),
};

export const TrailForm = z.object({
  ...head,
  synthetic: z.boolean(),
  target: z.object({ id: z.string(), platform: z.string(), kind: z.string(), key: z.string(), verbatim: z.string() }),
  listedBy: z.array(z.object({ order: z.string(), ref: z.string().nullable() })),
  refs: z.record(z.string(), z.string()),
  rules: z.array(RuleForm.extend({ order: z.string() })),
  caveat: z.string(),
  now: z.array(StatusUnder),
  ...Presumption.shape,
  steps: z.array(Entry.extend({ after: z.array(StatusUnder), notes })),
  stepsMore: count,
  gaps: z.array(Gap),
});
export type TrailForm = z.infer<typeof TrailForm>;

const Figure = z.object({
  definition: z.enum(DEFINITIONS),
  numerator: count,
  denominator: count,
  denominatorMaybe: count,
  reason: z.enum(['no_target_list', 'no_numeric_deadline', 'empty_population']).optional(),
  percent: z.object({ low: z.number(), high: z.number() }).nullable(),
});
const Party = z.record(z.string(), z.json());

export const DossierForm = z.object({
  ...head,
  order: z.object({
    id: z.string(),
    ref: z.string(),
    instrument: z.string(),
    urgency: z.string(),
    authority: Party,
    requestedBy: Party.optional(),
    addressee: Party,
    platform: z.string(),
    demand: z.object({ measure: z.string(), territory: z.union([z.string(), z.array(z.string())]) }),
    legalBasis: z.array(z.object({ act: z.string(), provision: z.string() })),
    grounds: z.array(z.object({ category: z.string(), alleged: z.string().optional() })),
    reasonsRecorded: z.string(),
    confidential: z.boolean(),
    issuedAt: Extent,
    expiresAt: z.string().optional(),
    statedTargetCount: count.optional(),
    listed: z.object({ counted: count, byKind: z.record(z.string(), count) }),
    synthetic: z.boolean(),
  }),
  refs: z.record(z.string(), z.string()),
  deadlines: DeadlinesOfOrder.nullable(),
  caveat: z.string(),
  now: Presumption.extend({ effective: Figure, ever: Figure, makeUp: z.object({ statuses: Counts }) }).nullable(),
  steps: z.array(Line.extend({ after: Counts })),
  hasMore: z.boolean(),
  gaps: z.array(Gap),
});
export type DossierForm = z.infer<typeof DossierForm>;
