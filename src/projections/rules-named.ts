/** Which deadline rules the orders on record name, retracted ones included: without them an answer would be another. */
import { type DeadlineRule, findRule, nameOfRule, type RuleName } from '../domain/deadlines/deadline-rules.ts';
import type { ReadModel } from './read-model.ts';

const RULES_NAMED = `
  SELECT DISTINCT json_extract(data, '$.deadlineRule.id'), json_extract(data, '$.deadlineRule.version')
  FROM record WHERE type = 'OrderIssued'`;

/** The configuration of this process lacks rules by which recorded orders are reckoned. */
class DeadlineRulesMissing extends Error {
  override readonly name = 'DeadlineRulesMissing';
  readonly code = 'DEADLINE_RULES_MISSING';
  readonly rules: readonly string[];

  constructor(rules: readonly string[]) {
    super(`orders on record name deadline rules that are not configured: ${rules.join(', ')}`);
    this.rules = rules;
  }
}

/** Throws DeadlineRulesMissing. */
export const assertAllKnown = (model: ReadModel, rules: readonly DeadlineRule[]): void => {
  const named = model.all(RULES_NAMED).map(([id, version]): RuleName => ({ id: String(id), version: Number(version) }));
  const missing = named.filter((name) => !findRule(name, rules)).map(nameOfRule);
  if (missing.length > 0) throw new DeadlineRulesMissing(missing);
};
