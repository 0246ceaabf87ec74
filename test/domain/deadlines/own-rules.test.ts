/** Rules confirmed, and added, by whoever runs a ledger. */
import { describe, expect, it } from 'vitest';
import { DEADLINE_RULES } from '../../../src/domain/deadlines/deadline-rules.ts';
import { readRules } from '../../../src/domain/deadlines/own-rules.ts';

const own = { id: 'acme-house', version: 1, framework: 'House rules', provision: 'Contract, clause 4', duration: 'PT24H' };
const rulesOf = (file: unknown) => {
  const read = readRules(file);
  if ('faults' in read) throw new Error(read.faults.join('\n'));
  return read.rules;
};
const faultsOf = (file: unknown): readonly string[] => {
  const read = readRules(file);
  return 'faults' in read ? read.faults : [];
};

describe('deadline rules of a ledger’s own', () => {
  it('stand behind those that ship, with what they leave out', () => {
    const rules = rulesOf({ rules: [own] });
    expect(rules.slice(0, -1)).toEqual(DEADLINE_RULES);
    expect(rules.at(-1)).toEqual({ ...own, clockStart: 'receipt', onRestart: 'continue', duties: [], unchecked: [], reviewedBy: null });
  });

  it('are confirmed by name, those that ship as well', () => {
    const by = 'A. Counsel, 3 March 2026';
    const confirmed = ['eu-tco-3@1', 'acme-house@1'].map((rule) => ({ rule, reviewedBy: by }));
    const rules = rulesOf({ confirmed, rules: [own] });
    expect(rules.filter(({ reviewedBy }) => reviewedBy === by).map(({ id }) => id)).toEqual(['eu-tco-3', 'acme-house']);
  });

  it('never change one that is there: an order names its version', () => {
    expect(faultsOf({ rules: [{ ...own, id: 'eu-tco-3' }] })).toEqual([expect.stringMatching(/eu-tco-3@1 is there already/)]);
    expect(faultsOf({ rules: [own, { ...own, duration: 'PT1H' }] })).toHaveLength(1);
    expect(rulesOf({ rules: [{ ...own, id: 'eu-tco-3', version: 2 }] }).at(-1)).toMatchObject({ id: 'eu-tco-3', version: 2 });
  });

  it.each([
    [{ confirmed: [{ rule: 'nobody@1', reviewedBy: 'X' }] }, /^confirmed: no rule nobody@1$/],
    [{ rules: [{ ...own, duration: 'P1M' }] }, /^rules\.0\.duration: .*ISO 8601/],
    [{ rules: [{ ...own, duration: 'PT0S' }] }, /^rules\.0\.duration: /],
    [{ rules: [{ ...own, hours: 24 }] }, /^rules\.0: /],
    [{ rules: [{ ...own, id: 'Acme' }] }, /^rules\.0\.id: /],
    [{ rules: [{ ...own, validFrom: '2021-02-30' }] }, /^rules\.0\.validFrom: /],
    [{ rules: [{ ...own, duties: [{ what: 'x', provision: 'y', meeting: 'review_committee' }] }] }, /^rules\.0\.duties\.0: /],
    [{ rules: [{ ...own, validFrom: '2024-01-01', validTo: '2024-01-01' }] }, /^rules: acme-house@1 ends before it begins$/],
    [{ confirmed: ['X', 'Y'].map((reviewedBy) => ({ rule: 'eu-tco-3@1', reviewedBy })) }, /^confirmed: eu-tco-3@1 is there twice$/],
    [[], /^the file: /],
    [null, /^the file: /],
  ])('are refused, saying where: %j', (file, fault) => {
    expect(faultsOf(file)).toEqual([expect.stringMatching(fault)]);
  });
});
