/** What whoever runs a ledger says of deadline rules: which of those that ship counsel has confirmed, and which further ones orders may name. */
import { z } from 'zod';
import { parseDurationMs } from '../duration.ts';
import { line } from '../fields.ts';
import { DEADLINE_RULES, type DeadlineRule, nameOfRule } from './deadline-rules.ts';

const RULES_MAX = 1_000;
const DUTIES_MAX = 100;

const duration = z
  .string()
  .refine((text) => parseDurationMs(text) !== undefined, 'an ISO 8601 duration of elapsed time above zero, such as PT36H or P7D');
const duty = z
  .strictObject({
    what: line,
    provision: line,
    within: duration.optional(),
    meeting: z.enum(['review_committee', 'periodic_review']).optional(),
    isUnchecked: z.boolean().optional(),
  })
  .refine(({ within, meeting }) => meeting === undefined || within !== undefined, 'a meeting is due within a duration');
const ownRule = z.strictObject({
  id: z.string().regex(/^[a-z\d]+(-[a-z\d]+)*$/, 'lower-case letters, digits and single hyphens'),
  version: z.int().min(1),
  framework: line,
  provision: line,
  validFrom: z.iso.date().optional(),
  validTo: z.iso.date().optional(),
  clockStart: z.enum(['receipt', 'issue']).default('receipt'),
  duration: duration.optional(),
  onRestart: z.enum(['continue', 'restart']).default('continue'),
  acknowledge: duration.optional(),
  acknowledgeUnder: z.strictObject({ provision: line, isUnchecked: z.boolean().default(false) }).optional(),
  review: duration.optional(),
  duties: z.array(duty).max(DUTIES_MAX).default([]),
  unchecked: z.array(line).max(DUTIES_MAX).default([]),
  reviewedBy: line.nullable().default(null),
});

/** The file that `LEDGER_DEADLINE_RULES` names. */
const ownRules = z.strictObject({
  /** `rule` as `id@version`. */
  confirmed: z
    .array(z.strictObject({ rule: z.string(), reviewedBy: line }))
    .max(RULES_MAX)
    .default([]),
  rules: z.array(ownRule).max(RULES_MAX).default([]),
});

export type RulesRead = { readonly rules: readonly DeadlineRule[] } | { readonly faults: readonly string[] };

/** The rules that ship, as far as they are confirmed, and those of the file's own. A rule is never changed: orders name it by its version. */
export const readRules = (file: unknown): RulesRead => {
  const parsed = ownRules.safeParse(file);
  if (!parsed.success) return { faults: parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`) };
  const { confirmed, rules: own } = parsed.data;
  const names = [...DEADLINE_RULES, ...own].map(nameOfRule);
  const faults = [
    ...names
      .filter((name, place) => names.indexOf(name) < place)
      .map((name) => `rules: ${name} is there already: a rule that changes gets a new version`),
    ...own
      .filter(({ validFrom, validTo }) => validFrom !== undefined && validTo !== undefined && validFrom >= validTo)
      .map((rule) => `rules: ${nameOfRule(rule)} ends before it begins`),
    ...confirmed
      .filter(({ rule }, place) => confirmed.findIndex((other) => other.rule === rule) < place)
      .map(({ rule }) => `confirmed: ${rule} is there twice`),
    ...confirmed.filter(({ rule }) => !names.includes(rule)).map(({ rule }) => `confirmed: no rule ${rule}`),
  ];
  if (faults.length > 0) return { faults };
  const reviewers = new Map(confirmed.map(({ rule, reviewedBy }) => [rule, reviewedBy]));
  return {
    rules: [...DEADLINE_RULES, ...own].map((rule) => ({ ...rule, reviewedBy: reviewers.get(nameOfRule(rule)) ?? rule.reviewedBy })),
  };
};
