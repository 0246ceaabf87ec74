/** Mappings over real files: the template as it is written out and filled in, and the notices as they ship. */
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { seeColumns } from '../../../src/application/mapping/columns.ts';
import { compileMapping } from '../../../src/application/mapping/compile-mapping.ts';
import { parseMapping } from '../../../src/application/mapping/mapping.ts';
import type { CompiledMapping, RowReading } from '../../../src/application/mapping/row-facts.ts';
import { TEMPLATE_COLUMNS, TEMPLATE_MAPPING, TEMPLATE_ROWS, TEMPLATE_SHEET } from '../../../src/application/mapping/template.ts';
import { openSheet } from '../../../src/sheets/open-sheet.ts';
import type { SheetFile } from '../../../src/sheets/row.ts';
import { csvOfTable, xlsxOfTable } from '../../../src/sheets/write.ts';
import { factsIn } from './sheet.ts';

const inMemory = (bytes: Uint8Array): SheetFile => ({
  bytes: bytes.length,
  chunks: async function* () {
    yield bytes;
  },
});

const readAll = async (file: SheetFile, mapping: CompiledMapping) => {
  const sheet = await openSheet(file, mapping.mapping.file);
  const readings: RowReading[] = [];
  for await (const rows of sheet.rows) readings.push(...rows.map(mapping.read));
  return { sheet, readings };
};
const identities = (readings: readonly RowReading[]) => readings.flatMap((reading) => factsIn(reading).map(({ identity }) => identity));

describe('the template as a file', () => {
  const table = { columns: TEMPLATE_COLUMNS.map(({ name }) => name), rows: TEMPLATE_ROWS };
  const ofFile = (file: object) => compileMapping(parseMapping({ ...TEMPLATE_MAPPING, file }));

  it('says the same as CSV and as a workbook', async () => {
    const csv = await readAll(inMemory(Buffer.from(csvOfTable(table))), ofFile({ format: 'csv' }));
    const xlsx = await readAll(inMemory(await xlsxOfTable(table, TEMPLATE_SHEET)), ofFile({ format: 'xlsx', sheet: TEMPLATE_SHEET }));
    expect(csv.readings.map(({ kind }) => kind)).toEqual(['facts', 'facts', 'facts', 'facts']);
    expect(identities(xlsx.readings)).toEqual(identities(csv.readings));
    expect(seeColumns(ofFile({ format: 'csv' }), csv.sheet.columns ?? [])).toEqual({ missing: [], unread: [] });
  });
});

describe('the notices as a file', () => {
  const at = (name: string) => new URL(`../../../examples/gov-takedowns/${name}`, import.meta.url);

  it('are read line by line', async () => {
    const mapping = compileMapping(parseMapping(JSON.parse(readFileSync(at('mapping.json'), 'utf8'))));
    const file = { bytes: statSync(at('notices.jsonl')).size, chunks: () => createReadStream(at('notices.jsonl')) };
    const { readings } = await readAll(file, mapping);
    expect(readings).toHaveLength(109);
    expect(identities(readings)).toHaveLength(393);
  });
});
