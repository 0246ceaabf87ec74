import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { openSheet } from '../../src/sheets/open-sheet.ts';
import type { Cell } from '../../src/sheets/row.ts';
import { wasRounded } from '../../src/sheets/was-rounded.ts';
import { allRows, bookOf, fileOf, partsOfBook, readAll, refusalOf, rowXml, texts } from '../support/sheet-files.ts';

const xlsx = { format: 'xlsx' } as const;
const one = (rows: string, after = '') => bookOf([{ name: 'Accounts', rows, after }]);
const header = rowXml(1, ['Handle', 'When']);

/** What a cell of that XML is read as, or what is wrong with it. */
const cellOf = async (xml: string, book: Parameters<typeof bookOf>[1] = {}) => {
  const [row] = await readAll(bookOf([{ name: 'A', rows: header + rowXml(2, ['@a', xml]) }], book), xlsx);
  return row?.cells.get('When') ?? row?.faults?.[0];
};

describe('a cell of a workbook', () => {
  it('holds text: shared, in the cell, in runs, without how it is pronounced', async () => {
    const strings = [
      '<si><t>one</t></si>',
      '<si><r><t>t</t></r><r><t xml:space="preserve">w </t></r><rPh><t>x</t></rPh><r><t>o</t></r></si>',
    ];
    expect(await cellOf('<c t="s"><v>0</v></c>', { strings })).toEqual({ kind: 'text', text: 'one' });
    expect(await cellOf('<c t="s"><v>1</v></c>', { strings })).toEqual({ kind: 'text', text: 'tw o' });
    expect(await cellOf('<c t="inlineStr"><is><t>\u00a0x &amp; y_x0041__x000D_\u00a0</t></is></c>')).toEqual({
      kind: 'text',
      text: 'x & yA',
    });
  });
  it('holds a number as it is written, so that one that was rounded can be told', async () => {
    const number = (written: string) => cellOf(`<c><v>${written}</v></c>`);
    expect(await number('1350000000000000001')).toEqual({
      kind: 'number',
      value: Number('1350000000000000001'),
      text: '1350000000000000001',
    });
    expect(await number('1.1000000000000001')).toEqual({ kind: 'number', value: 1.1, text: '1.1' });
    for (const written of ['1.35E+18', '1350000000000000000', '1350000000000000001'])
      expect(wasRounded((await number(written)) as Cell)).toBe(true);
    expect(wasRounded((await number('135000000000000')) as Cell)).toBe(false);
  });
  it('holds true or false', async () => {
    expect(await cellOf('<c t="b"><v>1</v></c>')).toEqual({ kind: 'boolean', value: true });
    expect(await cellOf('<c t="b"><v>0</v></c>')).toEqual({ kind: 'boolean', value: false });
  });
  it.each([
    ['a day', '<c s="1"><v>44228</v></c>', '2021-02-01T00:00:00', false],
    ['a day in a format of its own', '<c s="5"><v>44228</v></c>', '2021-02-01T00:00:00', false],
    ['a day that hides its time', '<c s="1"><v>44228.583333333336</v></c>', '2021-02-01T14:00:00', true],
    ['a time that a fraction misses by little', '<c s="2"><v>44228.583333333299</v></c>', '2021-02-01T14:00:00', true],
    ['midnight, where a time is shown', '<c s="6"><v>44228</v></c>', '2021-02-01T00:00:00', true],
    ['the last second of a day', '<c s="2"><v>44228.999999999</v></c>', '2021-02-02T00:00:00', true],
    ['a time whose day is not shown', '<c s="3"><v>44228.5</v></c>', '2021-02-01T12:00:00', true],
    ['a day that is written out', '<c t="d"><v>2021-02-01</v></c>', '2021-02-01T00:00:00', false],
    ['a time that is written out', '<c t="d"><v>2021-02-01T14:00:00.000</v></c>', '2021-02-01T14:00:00', true],
  ])('holds %s as a wall clock', async (_, xml, local, hasTime) => {
    expect(await cellOf(xml)).toEqual({ kind: 'local', local, hasTime });
  });
  it('counts its days from 1904 where the workbook does', async () => {
    const from1904 = { properties: '<workbookPr date1904="1"/>' };
    expect(await cellOf('<c s="1"><v>42766</v></c>', from1904)).toEqual({ kind: 'local', local: '2021-02-01T00:00:00', hasTime: false });
  });
  it.each([
    ['an error', '<c t="e"><v>#REF!</v></c>', '#REF!'],
    ['an error of a formula', '<c t="e"><f>A0</f><v>#REF!</v></c>', '#REF!'],
    ['a formula', '<c><f>1+1</f><v>2</v></c>', 'formula'],
    ['a formula that was filled down', '<c><f t="shared" si="0"/><v>2</v></c>', 'formula'],
    ['a formula that shows text', '<c t="str"><f>"x"</f><v>x</v></c>', 'formula'],
    ['a formula that nobody has calculated', '<c><f>1+1</f></c>', 'formula'],
    ['a time without a day', '<c s="3"><v>0.583333333333333</v></c>', 'no day'],
    ['a length of time', '<c s="4"><v>44228</v></c>', 'length of time'],
    ['a day before March 1900', '<c s="1"><v>60</v></c>', 'no calendar'],
    ['a day beyond the year 9999', '<c s="1"><v>2958466</v></c>', 'no calendar'],
    ['a day that is written out and is none', '<c t="d"><v>2021-02-30</v></c>', 'no calendar'],
    ['a time that is written out with its offset', '<c t="d"><v>2021-02-01T14:00:00Z</v></c>', 'form that is not read'],
  ])('is at fault, and so is its row alone, as %s', async (_, xml, word) => {
    const rows = await readAll(one(header + rowXml(2, ['@a', xml]) + rowXml(3, ['@b', 'x'])), xlsx);
    expect(rows).toMatchObject([{ row: 2, faults: [{ column: 'When', detail: expect.stringContaining(word) }] }, { row: 3 }]);
    expect(rows[0]?.cells.has('When')).toBe(false);
    expect(rows[1]?.faults).toBeUndefined();
  });
  it('is blank where a formula shows nothing', async () => {
    const filledDown = rowXml(3, ['<c t="str"><f>IF(A1="","",1)</f><v></v></c>', null]);
    expect(await readAll(one(header + rowXml(2, ['@a', 'x']) + filledDown), xlsx)).toHaveLength(1);
  });
});

describe('the rows of a workbook', () => {
  it('keep their numbers over blank rows, and a format far below is no row', async () => {
    const rows = `${header}${rowXml(2, ['  ', null])}${rowXml(7, ['@a', null])}<row r="1048576"><c r="A1048576" s="1"/></row>`;
    expect((await readAll(one(rows), xlsx)).map((row) => [row.row, texts(row)])).toEqual([[7, { Handle: '@a' }]]);
  });
  it('may say neither their number nor the place of their cells', async () => {
    const plain = '<row><c t="inlineStr"><is><t>h</t></is></c></row><row><c t="inlineStr"><is><t>@a</t></is></c></row>';
    expect((await readAll(one(plain), xlsx)).map(texts)).toEqual([{ h: '@a' }]);
  });
  it('are passed over where the header is said again', async () => {
    expect(await readAll(one(header + rowXml(2, ['@a', 'x']) + rowXml(3, ['Handle', 'When'])), xlsx)).toHaveLength(1);
  });
  it('are read though they are hidden', async () => {
    const hidden = rowXml(2, ['@a', 'x']).replace('<row', '<row hidden="1"');
    expect(await readAll(one(header + hidden), xlsx)).toHaveLength(1);
  });
  it('are at fault where a cell has no column', async () => {
    const [row] = await readAll(one(header + rowXml(2, ['@a', 'x', 'y'])), xlsx);
    expect(row?.faults).toMatchObject([{ column: null, value: 'y', detail: expect.stringContaining('column C') }]);
  });
  it('are at fault, each that the area touches, where cells are merged', async () => {
    const rows = header + [2, 3, 4, 5].map((row) => rowXml(row, [`@${row}`, row === 3 ? 'x' : null])).join('');
    const read = await readAll(one(rows, '<mergeCells><mergeCell ref="B3:B4"/><mergeCell ref="D9:E9"/></mergeCells>'), xlsx);
    expect(read.map(({ row, faults }) => [row, faults?.map(({ column, detail }) => [column, detail])])).toEqual([
      [2, undefined],
      [3, [[null, expect.stringContaining('B3:B4')]]],
      [4, [[null, expect.stringContaining('B3:B4')]]],
      [5, undefined],
    ]);
  });
  it('are at fault below an area that ends while a longer one goes on', async () => {
    const rows = header + [2, 3, 4].map((row) => rowXml(row, [`@${row}`, null])).join('');
    const merged = '<mergeCells><mergeCell ref="B2:C2"/><mergeCell ref="D2:D4"/><mergeCell ref="E3:F3"/></mergeCells>';
    expect((await readAll(one(rows, merged), xlsx)).map(({ faults }) => faults?.length)).toEqual([1, 1, 1]);
  });
});

describe('the header of a workbook', () => {
  const titled = rowXml(1, ['Accounts of February']) + rowXml(3, ['Handle', 'When']) + rowXml(4, ['@a', 'x']);
  it('is the first row that is not blank, or the one that is declared, below a title that is merged', async () => {
    const merged = '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>';
    expect(await refusalOf(one(titled, merged), xlsx)).toMatchObject({
      fault: 'header',
      detail: expect.stringContaining('A1:B1 are merged'),
    });
    const sheet = await openSheet(one(titled, merged), { ...xlsx, headerRow: 3 });
    expect(sheet).toMatchObject({ name: 'Accounts', columns: ['Handle', 'When'] });
    expect((await allRows(sheet)).map((row) => [row.row, texts(row)])).toEqual([[4, { Handle: '@a', When: 'x' }]]);
  });
  it.each([
    ['blank', titled, 2, 'Row 2 of the sheet "Accounts"'],
    ['with a column without name', rowXml(1, ['a', null, 'c']), 1, 'Column B has no name'],
    ['with one name twice', rowXml(1, ['a', 'b', ' a']), 1, 'Columns A and C'],
    ['with a formula', rowXml(1, ['a', '<c t="str"><f>A1</f><v>b</v></c>']), 1, 'formula'],
  ])('is refused %s', async (_, rows, headerRow, detail) => {
    const refusal = await refusalOf(one(rows), { ...xlsx, headerRow });
    expect(refusal).toMatchObject({ fault: 'header', place: { row: headerRow } });
    expect(refusal.detail).toContain(detail);
  });
  it('is missing in a blank sheet', async () => {
    expect(await refusalOf(one(''), xlsx)).toMatchObject({ fault: 'empty' });
  });
});

describe('the sheet of a workbook', () => {
  const sheets = ['One', 'Two &amp; more', 'Lists'].map((name, at) => ({ name, rows: rowXml(1, [`h${at}`]) }));
  it('is asked for where there are several, and names them', async () => {
    const refusal = await refusalOf(bookOf(sheets), xlsx);
    expect(refusal).toMatchObject({ fault: 'sheet', detail: expect.stringContaining('"One", "Two & more", "Lists"') });
  });
  it('is the one that is declared', async () => {
    expect(await openSheet(bookOf(sheets), { ...xlsx, sheet: 'Two & more' })).toMatchObject({ name: 'Two & more', columns: ['h1'] });
    expect((await refusalOf(bookOf(sheets), { ...xlsx, sheet: 'Three' })).detail).toContain('no sheet "Three". It has "One"');
  });
  it('is the only one that is shown, and a hidden one if it is declared', async () => {
    const shown = sheets.map((sheet, at) => (at === 1 ? sheet : { ...sheet, state: at === 0 ? 'hidden' : 'veryHidden' }));
    expect(await openSheet(bookOf(shown), xlsx)).toMatchObject({ name: 'Two & more' });
    expect(await openSheet(bookOf(shown), { ...xlsx, sheet: 'Lists' })).toMatchObject({ name: 'Lists' });
    const none = sheets.map((sheet) => ({ ...sheet, state: 'hidden' }));
    expect(await refusalOf(bookOf(none), xlsx)).toMatchObject({ fault: 'sheet', detail: expect.stringContaining('Hidden are') });
  });
  it('is read from a workbook whose elements have a prefix, and whose parts stand elsewhere', async () => {
    const parts = partsOfBook([{ name: 'A', rows: '' }]);
    const sheet = strToU8(
      '<x:worksheet xmlns:x="m"><x:sheetData><x:row r="1"><x:c r="A1" t="str"><x:v>h</x:v></x:c></x:row></x:sheetData></x:worksheet>',
    );
    const moved = { ...parts, 'xl/worksheets/sheet0.xml': sheet };
    expect((await openSheet(fileOf(zipSync(moved)), xlsx)).columns).toEqual(['h']);
  });
});
