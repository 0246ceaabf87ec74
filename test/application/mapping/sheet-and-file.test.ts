/** What a mapping asks of the sheet as a whole, and how the file becomes a source of what was read from it. */
import { describe, expect, it } from 'vitest';
import { citing, locatorOf } from '../../../src/application/mapping/citation.ts';
import { seeColumns } from '../../../src/application/mapping/columns.ts';
import { parseMapping } from '../../../src/application/mapping/mapping.ts';
import { nearest } from '../../../src/application/mapping/nearest.ts';
import { compiled, entry, factsIn, mappingOf, row, withheld } from './sheet.ts';

describe('the columns of a sheet', () => {
  const mapping = compiled([entry(withheld)], { identity: { column: 'Row id', system: 's' } });

  it('are all there, and what nobody reads is said', () => {
    expect(seeColumns(mapping, ['Handle', 'When', 'Row id', 'Remarks'])).toEqual({ missing: [], unread: ['Remarks'] });
  });

  it('that are missing are named, with the nearest of those that are there', () => {
    const { missing, unread } = seeColumns(mapping, ['Handles', 'Date', 'row-id']);
    expect(missing.map(({ column }) => column)).toEqual(['Handle', 'When', 'Row id']);
    expect(missing[0]?.detail).toContain('"Handles" is meant?');
    expect(missing[1]?.detail).not.toContain('is meant?');
    expect(missing[1]?.detail).toContain('it has "Handles", "Date", "row-id"');
    expect(missing[2]?.detail).toContain('"row-id" is meant?');
    expect(unread).toEqual(['Handles', 'Date', 'row-id']);
  });

  it('are not all listed where there are many', () => {
    const many = Array.from({ length: 900 }, (_, index) => `c${index}`);
    expect(seeColumns(mapping, many).missing[0]?.detail).toContain('and 850 more');
    expect(seeColumns(mapping, []).missing[0]?.detail).toContain('it has none');
  });
});

describe('the nearest name', () => {
  it.each([
    ['Handel', ['Handle', 'When'], 'Handle'],
    ['withheld_at', ['Withheld at', 'Restored at'], 'Withheld at'],
    ['TargetWitheld', ['TargetWithdrawn', 'TargetWithheld'], 'TargetWithheld'],
    ['Status', ['Account', 'Order'], undefined],
    ['', ['Account'], undefined],
    ['a', [], undefined],
  ])('to %s among %j is %s', (written, names, found) => {
    expect(nearest(written, names)).toBe(found);
  });
});

describe('the file', () => {
  const file = { name: 'accounts.csv', evidence: 'e'.repeat(64) };
  const files = { table: file, mapping: { name: 'Mapping of accounts.csv', evidence: 'f'.repeat(64) } };
  const fact = (more: Parameters<typeof compiled>[1] = {}) => {
    const mapping = compiled([entry(withheld)], more);
    const command = factsIn(mapping.read(row({ Handle: '@a', When: '2021-02-01' })))[0]?.command;
    if (!command) throw new Error('no fact');
    return { mapping: mapping.mapping, command };
  };

  it('is a source of each fact, with sheet and row', () => {
    const { command, mapping } = fact();
    expect(citing(command, mapping, files, locatorOf('Accounts', 17)).data['sources']).toEqual([
      { name: 'accounts.csv', evidence: file.evidence, locator: 'sheet Accounts, row 17' },
    ]);
    expect(citing(command, mapping, files, null).data['sources']).toEqual([{ ...files.mapping, locator: 'before' }]);
    expect(locatorOf(null, 17)).toBe('row 17');
  });

  it('stands behind the sources that the row names, and changes nothing else', () => {
    const { command, mapping } = fact({ common: { assertion: 'third_party_report', sources: [{ name: 'A newspaper' }] } });
    const cited = citing(command, mapping, files, 'row 2');
    expect(cited.data['sources']).toEqual([{ name: 'A newspaper' }, { name: 'accounts.csv', evidence: file.evidence, locator: 'row 2' }]);
    expect({ ...cited, data: { ...cited.data, sources: command.data['sources'] } }).toEqual(command);
  });

  it('is called what the mapping calls it, and published when the mapping says so', () => {
    const source = { name: "The ministry's schedule", publishedAt: { date: '2021-02-10', zone: 'Asia/Kolkata' } };
    const { command, mapping } = fact({ source });
    expect(citing(command, mapping, files, 'row 2').data['sources']).toMatchObject([
      { name: "The ministry's schedule", publishedAt: { precision: 'day', earliest: '2021-02-09T18:30:00.000Z' } },
    ]);
    expect(() => parseMapping(mappingOf([entry(withheld)], { source: { name: 'x', publishedAt: '2021-02-10' } }))).toThrow();
  });
});
