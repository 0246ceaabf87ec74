/** The deadline rules that ship, as the reference shows them. */
import { DEADLINE_RULES, type DeadlineRule, type Duty, nameOfRule } from '../../src/domain/deadlines/deadline-rules.ts';

export const tableOf = (): readonly string[] => [
  '| rule | provision | valid | clock | owed besides | unchecked |',
  '|---|---|---|---|---|---|',
  ...DEADLINE_RULES.map((rule) => `| ${cellsOf(rule).join(' | ')} |`),
];

const cellsOf = (rule: DeadlineRule): readonly string[] => [
  `\`${nameOfRule(rule)}\``,
  rule.provision,
  [rule.validFrom ? `from ${rule.validFrom}` : '', rule.validTo ? `before ${rule.validTo}` : ''].filter(Boolean).join(', '),
  `${rule.clockStart}, ${rule.duration ?? 'none'}${rule.onRestart === 'restart' ? ', begins anew' : ''}`,
  [
    ...(rule.acknowledge ? [`acknowledged within ${rule.acknowledge}${underOf(rule)}`] : []),
    ...(rule.review ? [`reviewed within ${rule.review} of issue`] : []),
    ...rule.duties.map(dutyOf),
  ].join('; '),
  rule.unchecked.join('; '),
];
const underOf = ({ acknowledgeUnder: under }: DeadlineRule): string =>
  under ? ` (${under.provision}${under.isUnchecked ? ', unchecked' : ''})` : '';
const dutyOf = ({ what, provision, within }: Duty): string => `${what}${within ? `, ${within}` : ''} (${provision})`;
