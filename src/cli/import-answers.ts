/** The answers about imports as the commands read them: only the members that are shown. */
import { z } from 'zod';

const count = z.int().min(0);
const rows = z.object({ rows: count, recorded: count, already: count, doubtful: count, refused: count, nothing: count });
const facts = z.object({ recorded: count, already: count, doubtful: count, refused: count });
const reason = z.object({
  became: z.enum(['refused', 'doubtful']),
  code: z.string(),
  detail: z.string(),
  column: z.string().optional(),
  value: z.string().optional(),
  fact: z.string().optional(),
});
const row = z.int().min(1).nullable();

export const importAnswer = z.object({
  status: z.enum(['recorded', 'repeated', 'nothing_new', 'would_be_recorded']),
  id: z.string().nullable(),
  position: count.nullable(),
  file: z.string(),
  recordedAt: z.string().nullable(),
  rows,
  facts,
  columns: z.array(z.string()),
  unread: z.array(z.string()),
  samples: z.array(z.object({ row, reads: z.string() })),
  notRecorded: z.array(
    z.object({
      ...{ row, cells: z.record(z.string(), z.json()), reasons: z.array(reason) },
      facts: z.object({ of: count, recorded: z.array(z.string()), already: z.array(z.string()) }).nullable(),
    }),
  ),
});
export type ImportAnswer = z.infer<typeof importAnswer>;

const one = z.object({
  id: z.string(),
  name: z.string(),
  file: z.string(),
  mapping: z.string(),
  confirmed: z.array(z.object({ kind: z.string(), facts: z.array(z.string()).optional() })),
  recordedBy: z.string(),
  recordedAt: z.string(),
  synthetic: z.boolean(),
  completed: z.object({ rows, facts, notRecorded: z.array(reason.extend({ row: z.int().min(1).optional() })).optional() }).nullable(),
  retracted: z
    .object({
      facts: count,
      moved: count,
      of: count,
      first: count,
      last: count,
      recordedAt: z.object({ first: z.string(), last: z.string() }),
    })
    .nullable(),
});
export type Import = z.infer<typeof one>;
export const importReply = z.object({ import: one, mappingName: z.string().nullable() });
export const importsPage = z.object({ imports: z.array(one), next: z.string().nullable() });
