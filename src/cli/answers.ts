/** The API's answers as the commands read them: only the members that are shown. */
import { z } from 'zod';
import { APART, IN_EFFECT, NOT_IN_EFFECT } from '../domain/pair-state.ts';

const Extent = z.object({ earliest: z.string(), latest: z.string(), precision: z.string().optional(), text: z.string().optional() });
const count = z.int().min(0);

export const Figure = z.object({
  numerator: count,
  maybe: count,
  unknown: count,
  denominator: count,
  denominatorMaybe: count,
  percent: z.object({ low: z.number(), high: z.number() }).nullable(),
  reason: z.enum(['no_target_list', 'empty_population']).optional(),
});
export type Figure = z.infer<typeof Figure>;

const MakeUp = z.object({
  inEffect: z.record(z.enum(IN_EFFECT), count),
  notInEffect: z.array(z.object({ status: z.enum(NOT_IN_EFFECT), responseDeclined: z.boolean(), pairs: count })),
  unknown: count,
  open: count,
  apart: z.record(z.enum(APART), count),
  populationOpen: count,
});
export type MakeUp = z.infer<typeof MakeUp>;

const Figures = z.object({ effective: Figure, ever: Figure, makeUp: MakeUp });
export type Figures = z.infer<typeof Figures>;

const Presumption = z.object({ coveredTo: z.string().nullable(), coveredBy: z.string().nullable(), presumedSince: z.string().nullable() });
export type Presumption = z.infer<typeof Presumption>;

/** What every answer says of itself first. */
const Head = z.object({ position: count, rulesVersion: count });

const State = Head.extend({
  validAt: z.string(),
  orders: z.array(z.object({ ...Figures.shape, ...Presumption.shape, order: z.string() })),
  total: z.object({ ...Figures.shape, ...Presumption.shape }),
});
export type State = z.infer<typeof State>;

const Point = z.object({ ...Figures.shape, at: z.string(), is: z.enum(['change', 'sample']) });
export type Point = z.infer<typeof Point>;
const Curve = Head.extend({
  from: z.string(),
  to: z.string(),
  zone: z.string(),
  changes: z.enum(['all', 'omitted']),
  orders: z.array(z.object({ order: z.string(), points: z.array(Point) })),
  total: z.object({ points: z.array(Point) }),
});
export type Curve = z.infer<typeof Curve>;

const PairRow = z.object({
  target: z.string(),
  kind: z.string(),
  platform: z.string(),
  verbatim: z.string(),
  is: z.enum(['in_effect', 'not_in_effect', 'unknown', 'open', 'population_open', 'apart']),
  status: z.enum([...IN_EFFECT, ...NOT_IN_EFFECT, ...APART]).nullable(),
  responseDeclined: z.boolean(),
  since: z.string().nullable(),
});
export type PairRow = z.infer<typeof PairRow>;
const PairsPage = Head.extend({ validAt: z.string(), rows: z.array(PairRow), next: z.string().nullable() });

const Order = z.object({
  id: z.string(),
  ref: z.string(),
  caseId: z.string(),
  platform: z.string(),
  issuedAt: Extent,
  coveredTo: z.string().nullable(),
  statedTargetCount: count.optional(),
  listed: z.object({ counted: count }),
  synthetic: z.boolean(),
});
export type Order = z.infer<typeof Order>;
const Case = z.object({ id: z.string(), title: z.string(), zone: z.string(), synthetic: z.boolean(), orders: count, meetings: count });
export type Case = z.infer<typeof Case>;

/** What an event says; which members there are depends on its type. */
const Says = z.record(z.string(), z.json());
const Entry = z.object({
  event: z.string(),
  position: count,
  type: z.string(),
  occurredAt: Extent,
  orders: z.array(z.string()),
  target: z.object({ id: z.string(), verbatim: z.string(), kind: z.string() }).optional(),
  says: Says,
  correctedBy: z.array(z.object({ position: count, reason: z.string() })).optional(),
  struck: Says.optional(),
  retracted: z.object({ position: count, reason: z.string() }).optional(),
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

const next = { next: z.string().nullable() };
export const answers = {
  state: State,
  curve: Curve,
  pairs: PairsPage,
  order: Head.extend({ order: Order }),
  orders: Head.extend({ orders: z.array(Order), ...next }),
  case: Head.extend({ case: Case }),
  cases: Head.extend({ cases: z.array(Case), ...next }),
  chronology: Head.extend({ lines: z.array(Line), ...next }),
  timeline: Head.extend({ target: z.object({ verbatim: z.string(), platform: z.string() }), entries: z.array(Entry), ...next }),
  targets: Head.extend({ targets: z.array(z.object({ id: z.string() })), ...next }),
  ready: z.object({ status: z.string(), position: count }),
  rows: z.object({
    results: z.array(
      z.union([
        z.object({ status: z.enum(['recorded', 'repeated']), stream: z.string(), event: z.string(), position: count.nullable() }),
        z.object({ status: z.literal('refused'), problem: z.object({ title: z.string(), code: z.string() }) }),
      ]),
    ),
  }),
} as const;
