import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvOfTable, xlsxOfTable } from '../../src/sheets/write.ts';
import { fileOf, readAll, texts } from '../support/sheet-files.ts';

/** What tables are made of, and what takes them apart. */
const value = fc.oneof(
  fc.string({ unit: fc.constantFrom(...('ab,;\t"\'\n\r=+-@ \u00a0ä🙂_x0001'.match(/./gsu) ?? [])), maxLength: 12 }),
  fc.constantFrom(
    '@name',
    "'@name",
    "''=1",
    '=SUM(A1)',
    '1350000000000000001',
    '2021-02-01',
    '_x0041_',
    '_x005F_x0041_',
    'a\u0007b\uffff',
    '<&>\'"',
    '"',
    '0012',
    '1,5',
  ),
);
const width = 4;
const columns = ['Handle', 'What', 'When', "'@odd; name"];
const table = fc.array(fc.array(value, { minLength: width, maxLength: width }), { maxLength: 20 });

/** A cell as it is to come back. */
const expected = (rows: readonly (readonly string[])[]) =>
  rows
    .map((row) => Object.fromEntries(row.flatMap((text, at) => (text.trim() === '' ? [] : [[columns[at] ?? '', text.trim()]]))))
    .filter((row) => Object.keys(row).length > 0);

describe('a table that is written and read again', () => {
  it('comes back the same as CSV, whatever separates its cells and wherever a chunk ends', async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom(',', ';', '\t'),
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        async (rows, separator, chunk, isDeclared) => {
          const file = fileOf(csvOfTable({ columns, rows }, separator), chunk);
          const read = await readAll(file, { format: 'csv', ...(isDeclared && { separator }) });
          expect(read.map(texts)).toEqual(expected(rows));
          expect(read.every(({ faults }) => faults === undefined)).toBe(true);
        },
      ),
    );
  });
  it('comes back the same as a workbook', async () => {
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const read = await readAll(fileOf(await xlsxOfTable({ columns, rows }, 'Accounts')), { format: 'xlsx' });
        expect(read.map(texts)).toEqual(expected(rows));
      }),
      { numRuns: 30 },
    );
  });
});
