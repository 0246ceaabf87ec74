/** The API's answers as the commands read them: only the members that are shown. */
import { z } from 'zod';
import { DEFINITIONS } from '../domain/figures.ts';
import { APART } from '../domain/make-up.ts';
import { ENDINGS, FLAGS, GROUNDS, LOSSES, PLACES, STATUSES } from '../domain/pairs/pair-state.ts';
import { RuleForm } from '../wording/due-forms.ts';

const Extent = z.object({
  earliest: z.string(),
  latest: z.string(),
  precision: z.string().optional(),
  text: z.string().optional(),
  resolvedBy: z.string().optional(),
});
const Bounds = z.object({ earliest: z.string(), latest: z.string() });
const count = z.int().min(0);

export const Figure = z.object({
  definition: z.enum(DEFINITIONS),
  numerator: count,
  maybe: count,
  unknown: count,
  denominator: count,
  denominatorMaybe: count,
  percent: z.object({ low: z.number(), high: z.number() }).nullable(),
  reason: z.enum(['no_target_list', 'no_numeric_deadline', 'empty_population']).optional(),
});
export type Figure = z.infer<typeof Figure>;

const status = z.enum([...STATUSES, 'undetermined']);
const besideCount = { timingOpen: count.optional(), lost: z.object({ lifted: count, ran_out: count }).optional() };
const besideStatus = { isTimingOpen: z.literal(true).optional(), lostBy: z.enum(LOSSES).optional() };
const MakeUp = z.object({
  inEffect: z.record(z.enum([...GROUNDS, 'undetermined']), count),
  notInEffect: z.array(z.object({ status, responseDeclined: z.boolean(), pairs: count, ...besideCount })),
  unknown: count,
  open: count,
  apart: z.record(z.enum(APART), count),
  populationOpen: count,
  statuses: z.array(z.object({ status, pairs: count, refused: count.optional(), ...besideCount })),
  withoutEvidence: count,
  flags: z.object({ wider_than_order: count, also_required_by: count, restoration_due: count }),
});
export type MakeUp = z.infer<typeof MakeUp>;

const Counted = Figure.omit({ definition: true });
const TimeFigure = z.object({
  percent: Figure.shape.percent,
  reason: Figure.shape.reason,
  hours: z.object({ numerator: z.number(), denominator: z.number() }),
});
const Columns = z.object({
  legal_order: count,
  platform_rules: count,
  unstated: count,
  no_action: count,
  unknown: count,
  undetermined: count,
});
const Figures = z.object({
  effective: Figure,
  ever: Figure,
  makeUp: MakeUp,
  anyRestriction: Figure.optional(),
  onTime: Figure.optional(),
  sustained: Figure.optional(),
  citingOrder: Figure.optional(),
  timeWeighted: TimeFigure.optional(),
  distinctTargets: z.array(Counted.extend({ variant: z.enum(['all', 'any']) })).optional(),
  platformStyle: Figure.extend({ columns: Columns }).optional(),
});
export type Figures = z.infer<typeof Figures>;

const Presumption = z.object({
  isCoveredAt: z.boolean(),
  coveredFrom: z.string().nullable(),
  coveredTo: z.string().nullable(),
  coveredBy: z.string().nullable(),
  declaredAt: Bounds.nullable(),
  declaredIn: z.object({ position: count, recordedAt: z.string() }).nullable(),
  presumedSince: z.string().nullable(),
});
export type Presumption = z.infer<typeof Presumption>;

/** What every answer says of itself first. */
const Head = z.object({ position: count, rulesVersion: count });

const State = Head.extend({
  validAt: z.string(),
  kinds: z.array(z.string()),
  orders: z.array(z.object({ ...Figures.shape, ...Presumption.shape, order: z.string() })),
  total: z.object({ ...Figures.shape, ...Presumption.shape }).nullable(),
});
export type State = z.infer<typeof State>;
/** The figures of one order, or of several. */
export type Total = NonNullable<State['total']>;
/** Where all orders are synthetic, or all real, as those of one case are. */
export const totalOf = <T>({ total }: { readonly total: T | null }): T => {
  if (total === null) throw new Error('a case of synthetic and real orders');
  return total;
};

const EventsNamed = z.object({ number: count, first: count, last: count });
const Behind = z.object({
  type: z.string(),
  occurredAt: Extent,
  says: z.record(z.string(), z.json()),
  orders: z.array(z.string()),
  assertion: z.string(),
  sources: z.array(z.object({ name: z.string(), evidence: z.string().nullable(), locators: z.array(z.string()), locatorsMore: count })),
  events: EventsNamed,
  recordedAt: z.object({ first: z.string(), last: z.string() }),
  recordedAfterMs: z.object({ shortest: z.int(), longest: z.int() }),
});
const changed = { accounts: count, examples: z.array(z.string()) };
const SheetLine = z.object({
  accounts: count,
  is: z.enum(PLACES),
  status,
  ground: z.enum([...GROUNDS, 'undetermined']).nullable(),
  responseDeclined: z.boolean(),
  ...besideStatus,
  behind: z.array(Behind),
  examples: z.array(z.string()),
  corrected: z.object({ ...changed, by: EventsNamed }).optional(),
  retracted: z.object({ ...changed, entries: EventsNamed, by: EventsNamed }).optional(),
  each: z
    .array(z.object({ verbatim: z.string(), events: z.array(z.object({ position: count, locators: z.array(z.string()) })) }))
    .optional(),
});
export type SheetLine = z.infer<typeof SheetLine>;
const OrderSheet = z.object({
  ...Figures.shape,
  ...Presumption.shape,
  order: z.string(),
  inEffectBefore: count,
  lines: z.array(SheetLine).nullable(),
});
export type OrderSheet = z.infer<typeof OrderSheet>;
const Sheet = Head.extend({
  validAt: z.string(),
  reportedBy: z.string().optional(),
  kinds: z.array(z.string()),
  orders: z.array(OrderSheet),
  total: z.object({ ...Figures.shape, ...Presumption.shape }).nullable(),
});
export type Sheet = z.infer<typeof Sheet>;

const Point = z.object({ ...Figures.omit({ makeUp: true }).shape, at: z.string(), is: z.enum(['change', 'sample']) });
export type Point = z.infer<typeof Point>;
const Curve = Head.extend({
  from: z.string(),
  to: z.string(),
  zone: z.string(),
  kinds: z.array(z.string()),
  changes: z.enum(['all', 'omitted']),
  orders: z.array(z.object({ order: z.string(), points: z.array(Point) })),
  total: z.object({ points: z.array(Point) }).nullable(),
});
export type Curve = z.infer<typeof Curve>;

const PairRow = z.object({
  target: z.string(),
  kind: z.string(),
  platform: z.string(),
  verbatim: z.string(),
  is: z.enum(PLACES),
  status,
  readings: z.array(status).optional(),
  ...besideStatus,
  ground: z.enum([...GROUNDS, 'undetermined']).nullable(),
  ending: z.enum([...ENDINGS, 'undetermined']).nullable(),
  responseDeclined: z.boolean(),
  flags: z.array(z.enum(FLAGS)),
  since: Bounds.nullable(),
  due: z.object({ at: Bounds.nullable(), isReached: z.enum(['yes', 'possibly', 'no']) }).nullable(),
});
export type PairRow = z.infer<typeof PairRow>;
const PairsPage = Head.extend({
  validAt: z.string(),
  rule: RuleForm.nullable(),
  caveat: z.string(),
  kinds: z.array(z.string()),
  rows: z.array(PairRow),
  next: z.string().nullable(),
});

const Party = z.object({
  organisation: z.string().optional(),
  name: z.string().optional(),
  role: z.string().optional(),
  description: z.string().optional(),
});
const Order = z.object({
  id: z.string(),
  ref: z.string(),
  caseId: z.string(),
  platform: z.string(),
  issuedAt: Extent.extend({ zone: z.string().optional() }),
  expiresAt: z.string().optional(),
  deadlineRule: z.object({ id: z.string(), version: count, duration: z.string().optional() }),
  receipts: z.array(z.object({ receivedAt: Bounds })),
  coverage: z.array(
    z.object({
      event: z.string(),
      position: count,
      from: z.string(),
      to: z.string(),
      completeness: z.string(),
      by: Party,
      declaredAt: Bounds,
      recordedAt: z.string(),
    }),
  ),
  coveredTo: z.string().nullable(),
  statedTargetCount: count.optional(),
  listed: z.object({ counted: count, byKind: z.record(z.string(), count) }),
  flags: z.array(z.string()),
  synthetic: z.boolean(),
});
export type Order = z.infer<typeof Order>;
const Case = z.object({ id: z.string(), title: z.string(), zone: z.string(), synthetic: z.boolean(), orders: count, meetings: count });
export type Case = z.infer<typeof Case>;

/** What an event says; which members there are depends on its type. */
const Says = z.record(z.string(), z.json());
const Source = z.object({
  name: z.string(),
  locator: z.string().optional(),
  quote: z.string().optional(),
  evidence: z.string().optional(),
  publishedAt: Extent.optional(),
});
export type Source = z.infer<typeof Source>;
const By = z.object({ position: count, recordedAt: z.string(), reason: z.string(), explanation: z.string().optional() });
export type By = z.infer<typeof By>;
const Entry = z.object({
  event: z.string(),
  position: count,
  type: z.string(),
  occurredAt: Extent,
  receivedAt: Extent.optional(),
  recordedAt: z.string(),
  recordedBy: z.string(),
  assertion: z.string(),
  sources: z.array(Source).optional(),
  text: z.string().optional(),
  orders: z.array(z.string()),
  target: z.object({ id: z.string(), verbatim: z.string(), kind: z.string() }).optional(),
  says: Says,
  correctedBy: z.array(By.extend({ fields: z.array(z.string()) })).optional(),
  struck: Says.optional(),
  retracted: By.optional(),
});
export type Entry = z.infer<typeof Entry>;
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
});
export type Line = z.infer<typeof Line>;

const Evidence = z.object({
  sha256: z.string(),
  bytes: count,
  mediaType: z.string(),
  obtainedFrom: z.string(),
  method: z.string(),
  occurredAt: Extent,
  synthetic: z.boolean(),
});
export type Evidence = z.infer<typeof Evidence>;

const next = { next: z.string().nullable() };
export const answers = {
  state: State,
  sheet: Sheet,
  curve: Curve,
  pairs: PairsPage,
  order: Head.extend({ order: Order }),
  orders: Head.extend({ orders: z.array(Order), ...next }),
  case: Head.extend({ case: Case }),
  cases: Head.extend({ cases: z.array(Case), ...next }),
  chronology: Head.extend({ lines: z.array(Line), ...next }),
  entries: Head.extend({ entries: z.array(Entry), ...next }),
  timeline: Head.extend({ target: z.object({ verbatim: z.string(), platform: z.string() }), entries: z.array(Entry), ...next }),
  targets: Head.extend({ targets: z.array(z.object({ id: z.string() })), ...next }),
  target: Head.extend({ listedBy: z.array(z.object({ order: z.string(), caseId: z.string().nullable() })) }),
  events: Head.extend({ events: z.array(z.object({ envelope: z.object({ recordedAt: z.string() }) })) }),
  ready: z.object({ status: z.string(), position: count }),
  problem: z.object({ code: z.string() }),
  acceptance: z.object({
    ...{ status: z.enum(['recorded', 'repeated']), id: z.string(), stream: z.string(), event: z.string() },
    position: count.nullable(),
  }),
  evidence: Head.extend({ evidence: z.array(Evidence), ...next }),
  verification: z.object({ sha256: z.string(), file: z.enum(['intact', 'missing', 'altered', 'unreadable']) }),
  rows: z.object({
    results: z.array(
      z.union([
        z.object({ status: z.enum(['recorded', 'repeated']), stream: z.string(), event: z.string(), position: count.nullable() }),
        z.object({ status: z.literal('refused'), problem: z.object({ title: z.string(), code: z.string() }) }),
      ]),
    ),
  }),
} as const;
