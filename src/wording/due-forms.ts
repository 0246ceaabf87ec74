/** The answers about deadlines, as far as they are printed. */
import { z } from 'zod';
import { DUE_PHASES } from '../domain/deadlines/due.ts';
import { DUTY_STATES } from '../domain/deadlines/duties.ts';
import { STATUSES_READ } from '../domain/pairs/pair-state.ts';

const count = z.int().min(0);
const Bounds = z.object({ earliest: z.string(), latest: z.string() });
const EventNamed = z.object({ event: z.string(), position: count });
export const Due = z
  .object({
    setBy: z.array(z.union([z.literal('rule'), EventNamed])),
    at: Bounds.nullable(),
    leftMs: z.object({ earliest: count, latest: count }).nullable(),
    phases: z.array(z.enum(DUE_PHASES)),
    isReached: z.enum(['yes', 'possibly', 'no']),
  })
  .nullable();
export type Due = z.infer<typeof Due>;
export const Presumption = z.object({
  isCoveredAt: z.boolean(),
  coveredFrom: z.string().nullable(),
  coveredTo: z.string().nullable(),
  coveredBy: z.string().nullable(),
  declaredAt: z.object({ earliest: z.string(), latest: z.string() }).nullable(),
  declaredIn: z.object({ position: count, recordedAt: z.string() }).nullable(),
  presumedSince: z.string().nullable(),
});
/** How many accounts have which status, and what is known beside it. */
export const Counts = z.array(
  z.object({
    ...{ status: z.enum(STATUSES_READ), pairs: count, timingOpen: count.optional(), refused: count.optional() },
    lost: z.object({ lifted: count, ran_out: count }).optional(),
  }),
);
export const RuleForm = z.object({
  id: z.string(),
  version: count,
  provision: z.string().nullable(),
  duration: z.string().optional(),
  unchecked: z.array(z.string()),
  reviewedBy: z.string().nullable(),
});
export type RuleForm = z.infer<typeof RuleForm>;
export const DeadlinesOfOrder = z.object({
  order: z.string(),
  rule: RuleForm,
  due: Due,
  lists: z.array(
    z.object({
      binding: Bounds.nullable(),
      due: Due,
      pairs: count,
      statuses: Counts,
    }),
  ),
  listsMore: count,
  duties: z.array(
    z.object({
      what: z.string(),
      provision: z.string(),
      isUnchecked: z.literal(true).optional(),
      state: z.enum(DUTY_STATES),
      by: Bounds.nullable(),
      events: z.array(EventNamed),
    }),
  ),
  flags: z.array(z.string()),
  ...Presumption.shape,
});
export type StatusCount = z.infer<typeof Counts>[number];
export type DeadlinesOfOrder = z.infer<typeof DeadlinesOfOrder>;
