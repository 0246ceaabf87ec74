import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import {
  COLUMNS_MAX,
  XLSX_BYTES_MAX,
  XLSX_CELLS_MAX,
  XLSX_ELEMENTS_MAX,
  XLSX_MERGED_MAX,
  XLSX_PARTS_MAX,
  XLSX_ROWS_MAX,
  XLSX_STYLES_MAX,
  XLSX_UNPACKED_BYTES_MAX,
} from '../../src/sheets/limits.ts';
import { openSheet } from '../../src/sheets/open-sheet.ts';
import { allRows, bookOf, fileOf, partsOfBook, refusalOf, rowXml, streamed } from '../support/sheet-files.ts';

const xlsx = { format: 'xlsx' } as const;
const one = (rows: string, after = '') => bookOf([{ name: 'A', rows, after }]);
const plain = partsOfBook([{ name: 'A', rows: rowXml(1, ['h']) }]);
const SHEET = 'xl/worksheets/sheet0.xml';
const BOMB_BYTES = XLSX_UNPACKED_BYTES_MAX + 1;
const bombed = zipSync({ ...plain, [SHEET]: new Uint8Array(BOMB_BYTES) }, { level: 1 });

/** Runs it, and fails if it takes what a person would call long, or much memory. */
const quickly = async <T>(read: () => Promise<T>): Promise<T> => {
  const start = process.hrtime.bigint();
  const before = process.memoryUsage.rss();
  const answer = await read();
  expect(Number(process.hrtime.bigint() - start) / 1e9).toBeLessThan(10);
  expect(process.memoryUsage.rss() - before).toBeLessThan(700 * 1024 * 1024);
  return answer;
};

describe('what is declared a workbook and is none', () => {
  it.each([
    ['a CSV', Buffer.from('a,b\n1,2\n'), 'Declare "format": "csv"'],
    [
      'an old workbook, or one with a password',
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      'old workbook (XLS), or one with a password',
    ],
    ['a PDF', Buffer.from('%PDF-1.7\n'), 'a PDF'],
    [
      'OpenDocument',
      zipSync({ mimetype: strToU8('application/vnd.oasis.opendocument.spreadsheet'), 'content.xml': strToU8('<x/>') }),
      'ODS',
    ],
    ['Numbers', zipSync({ 'Index/Document.iwa': strToU8('x') }), 'Numbers'],
    ['a binary workbook', zipSync({ 'xl/workbook.bin': strToU8('x') }), 'XLSB'],
    ['a text document', zipSync({ 'word/document.xml': strToU8('<x/>') }), 'DOCX'],
    ['packed', zipSync({ 'a.txt': strToU8('x') }), 'holds no workbook'],
  ])('is named: %s', async (_, bytes, word) => {
    const refusal = await refusalOf(fileOf(bytes), xlsx);
    expect(refusal.fault).toBe('format');
    expect(refusal.detail).toContain(word);
  });
  it('is named if it is empty', async () => {
    expect(await refusalOf(fileOf(''), xlsx)).toMatchObject({ fault: 'empty' });
  });
  it('is a binary workbook that also has the relations of one', async () => {
    const { 'xl/workbook.xml': _, ...parts } = plain;
    const binary = { ...parts, 'xl/workbook.bin': strToU8('x') };
    expect((await refusalOf(fileOf(zipSync(binary)), xlsx)).detail).toContain('XLSB');
  });
});

describe('a workbook that is damaged', () => {
  const packed = zipSync(plain);
  const changed = (path: string, xml: string) => fileOf(zipSync({ ...plain, [path]: strToU8(xml) }));
  const sheet = (rows: string) => changed(SHEET, `<worksheet><sheetData>${rows}</sheetData></worksheet>`);
  it.each([
    ['cut off', () => fileOf(packed.subarray(0, packed.length - 40))],
    ['cut to its first bytes', () => fileOf(packed.subarray(0, 10))],
    ['without the part of its sheet', () => fileOf(zipSync(Object.fromEntries(Object.entries(plain).filter(([path]) => path !== SHEET))))],
    ['with XML that is not whole', () => changed(SHEET, '<worksheet><sheetData>')],
    ['with XML that is no UTF-8', () => fileOf(zipSync({ ...plain, [SHEET]: Buffer.from([0x3c, 0x61, 0xe9, 0x3e]) }))],
    ['with an entity that is not known', () => sheet('<row r="1"><c r="A1" t="str"><v>&x;</v></c></row>')],
    ['with rows out of their order', () => sheet(rowXml(2, ['h']) + rowXml(1, ['@a']))],
    ['with two cells in one place', () => sheet('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>')],
    ['with a cell of another row', () => sheet('<row r="1"><c r="A2"><v>1</v></c></row>')],
    ['with a text that it does not have', () => sheet('<row r="1"><c r="A1" t="s"><v>7</v></c></row>')],
    ['with a number that is none', () => sheet('<row r="1"><c r="A1"><v>1,5</v></c></row>')],
    ['with a cell of no known type', () => sheet('<row r="1"><c r="A1" t="z"><v>1</v></c></row>')],
    ['with cells merged nowhere', () => one(rowXml(1, ['h']), '<mergeCells><mergeCell ref="A:A"/></mergeCells>')],
  ])('is refused %s', async (_, file) => {
    expect(await refusalOf(file(), xlsx)).toMatchObject({ fault: 'damaged' });
  });
  it('is refused where one bit of its cells has changed', async () => {
    const bytes = Buffer.from(zipSync(plain, { level: 0 }));
    const at = bytes.indexOf('<t>h</t>') + 3;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    expect(await refusalOf(fileOf(bytes), xlsx)).toMatchObject({ fault: 'damaged' });
  });
});

describe('a workbook that is made to do harm', () => {
  it('is refused with entities that make one another larger', async () => {
    const entities = '<!DOCTYPE a [<!ENTITY b "xxxxxxxxxx"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><worksheet>&c;</worksheet>';
    expect((await refusalOf(fileOf(zipSync({ ...plain, [SHEET]: strToU8(entities) })), xlsx)).detail).toContain('entities of its own');
  });
  it('is refused as a bomb, before it is unpacked', async () => {
    expect(await quickly(() => refusalOf(fileOf(bombed), xlsx))).toMatchObject({
      fault: 'limit',
      detail: expect.stringContaining('200 MiB'),
    });
  });
  it('is refused as a bomb that says it is small', async () => {
    const bomb = Buffer.from(bombed);
    const said = Buffer.alloc(4);
    said.writeUInt32LE(BOMB_BYTES);
    let lies = 0;
    for (let at = bomb.indexOf(said); at !== -1; at = bomb.indexOf(said, at + 1), lies += 1) bomb.writeUInt32LE(1_000, at);
    expect(lies).toBe(2);
    expect(await quickly(() => refusalOf(fileOf(bomb), xlsx))).toMatchObject({ fault: 'damaged' });
  });
  it('is refused as a bomb of well-formed cells, when there are too many', async () => {
    const rows = Array.from({ length: XLSX_ROWS_MAX + 2 }, (_, at) => rowXml(at + 1, ['x'])).join('');
    const refusal = await quickly(() => refusalOf(one(rows), xlsx));
    expect(refusal).toMatchObject({ fault: 'limit', detail: expect.stringContaining('100000 rows') });
    expect(refusal.detail).toContain('Save the sheet as "CSV UTF-8"');
  });
  it('is read with as many rows as are allowed, the header among them', async () => {
    const rows = Array.from({ length: XLSX_ROWS_MAX }, (_, at) => rowXml(at + 1, [`x${at}`])).join('');
    expect(await quickly(async () => allRows(await openSheet(one(rows), xlsx)))).toHaveLength(XLSX_ROWS_MAX - 1);
  });
  it('is refused with more columns than are read, and with more cells', async () => {
    expect(await refusalOf(one('<row r="1"><c r="ALL1"><v>1</v></c><c r="ALN1"><v>1</v></c></row>'), xlsx)).toMatchObject({
      fault: 'limit',
      detail: expect.stringContaining(`${COLUMNS_MAX} columns (ALN1)`),
    });
    const names = Array.from({ length: COLUMNS_MAX }, (_, at) => `n${at}`);
    const header = (...more: readonly string[]): string =>
      `<row>${[...names, ...more].map((name) => `<c t="inlineStr"><is><t>${name}</t></is></c>`).join('')}</row>`;
    expect((await openSheet(one(header('what is wrong')), xlsx)).columns).toHaveLength(COLUMNS_MAX + 1);
    expect(await refusalOf(one(header('more')), xlsx)).toMatchObject({ fault: 'limit' });
    const row = `<row>${'<c><v>1</v></c>'.repeat(COLUMNS_MAX)}</row>`;
    expect(await quickly(() => refusalOf(one(row.repeat(2_001)), xlsx))).toMatchObject({
      fault: 'limit',
      detail: expect.stringContaining('2000000 cells'),
    });
  });
  it('is read where its last cell stands at the end of the sheet', async () => {
    const rows = `${rowXml(1, ['h'])}<row r="1048576"><c r="A1048576"><v>1</v></c></row>`;
    expect(await quickly(async () => allRows(await openSheet(one(rows), xlsx)))).toMatchObject([{ row: 1048576 }]);
  });
  it('is refused with too many merged areas, and quick with as many as are allowed over all rows', async () => {
    const areas = (count: number) => `<mergeCells>${'<mergeCell ref="A2:B1048576"/>'.repeat(count)}</mergeCells>`;
    expect(await refusalOf(one(rowXml(1, ['h']), areas(XLSX_MERGED_MAX + 1)), xlsx)).toMatchObject({ fault: 'limit' });
    const rows = Array.from({ length: 20_000 }, (_, at) => rowXml(at + 1, [`x${at}`])).join('');
    const read = await quickly(async () => allRows(await openSheet(one(rows, areas(XLSX_MERGED_MAX)), xlsx)));
    expect(read.every(({ faults }) => faults?.length === 1)).toBe(true);
  });
  it('is refused with too many parts', async () => {
    const parts = Object.fromEntries(Array.from({ length: XLSX_PARTS_MAX }, (_, at) => [`xl/media/${at}`, strToU8('')]));
    expect(await quickly(() => refusalOf(fileOf(zipSync({ ...plain, ...parts }, { level: 0 })), xlsx))).toMatchObject({
      fault: 'limit',
      detail: expect.stringContaining('parts'),
    });
  });
  it('is refused for its size, known or counted, before it is read on', async () => {
    const known = { ...fileOf('PK'), bytes: XLSX_BYTES_MAX + 1 };
    expect(await refusalOf(known, xlsx)).toMatchObject({ fault: 'limit', detail: expect.stringContaining('20 MiB') });
    const mebibyte = new Uint8Array(1024 * 1024);
    const endless = streamed(function* () {
      for (;;) yield mebibyte;
    });
    expect(await refusalOf(endless, xlsx)).toMatchObject({ fault: 'limit' });
    expect(endless.read()).toBeLessThanOrEqual(XLSX_BYTES_MAX + mebibyte.length);
  });
  const START = '<worksheet><sheetData>';
  const many = (unit: string, count: number): string => unit.repeat(count);
  const mebibytes = (count: number): string => 'x'.repeat(count * 1024 * 1024);
  it.each([
    ['elements deep inside one another', SHEET, () => START + many('<a>', 3_000_000), 'damaged', 'damaged'],
    ['a text that does not end', SHEET, () => `${START}<row><c t="str"><v>${mebibytes(50)}`, 'damaged', 'damaged'],
    ['a comment that does not end', SHEET, () => `${START}<!--${mebibytes(50)}`, 'damaged', 'damaged'],
    [
      'an element of endless attributes',
      SHEET,
      () => `${START}<row ${Array.from({ length: 1_000_000 }, (_, at) => `a${at}=""`).join(' ')}`,
      'damaged',
      'damaged',
    ],
    [
      'endless blank cells',
      SHEET,
      () => `${START}<row>${many('<c/>', XLSX_ELEMENTS_MAX)}</row></sheetData></worksheet>`,
      'limit',
      'elements',
    ],
    ['endless texts', 'xl/sharedStrings.xml', () => `<sst>${many('<si/>', XLSX_CELLS_MAX + 1)}</sst>`, 'limit', '2000000 texts'],
    ['endless styles', 'xl/styles.xml', () => `<s><cellXfs>${many('<xf/>', XLSX_STYLES_MAX + 2)}</cellXfs></s>`, 'limit', 'styles'],
    [
      'endless sheets',
      'xl/workbook.xml',
      () => `<w><sheets>${many('<sheet name="x" r:id="s0"/>', XLSX_PARTS_MAX + 1)}</sheets></w>`,
      'limit',
      'sheets',
    ],
    ['endless relations', '_rels/.rels', () => `<r>${many('<Relationship/>', XLSX_PARTS_MAX + 1)}</r>`, 'limit', 'parts'],
  ])('is refused with %s', async (_, path, xml, fault, word) => {
    const book = zipSync({ ...plain, [path]: strToU8(xml()) }, { level: 1 });
    const refusal = await quickly(() => refusalOf(fileOf(book), xlsx));
    expect(refusal.fault).toBe(fault);
    expect(refusal.detail).toContain(word);
    expect(refusal.detail.length).toBeLessThan(1_000);
  });
  it('is refused where many cells name one long text', async () => {
    const strings = [`<si><t>${'x'.repeat(90_000)}</t></si>`];
    const rows = `${rowXml(1, ['h'])}${many('<row><c t="s"><v>0</v></c></row>', 3_000)}`;
    const refusal = await quickly(() => refusalOf(bookOf([{ name: 'A', rows }], { strings }), xlsx));
    expect(refusal).toMatchObject({ fault: 'limit', detail: expect.stringContaining('characters in all its cells') });
  });
  it('is refused in few words, whatever its names are', async () => {
    const sheets = Array.from({ length: 500 }, (_, at) => ({ name: `${at}${'n'.repeat(5_000)}`, rows: '' }));
    expect((await refusalOf(bookOf(sheets), xlsx)).detail).toMatch(/^.{0,6000}and 480 more\. Declare .*$/);
    const header = rowXml(1, ['h'.repeat(1_000)]);
    expect(await refusalOf(one(header), xlsx)).toMatchObject({ fault: 'limit', detail: expect.stringMatching(/^.{0,400}Shorten it\.$/) });
    const [row] = await allRows(
      await openSheet(one(`${rowXml(1, ['h'])}${rowXml(2, [`<c><f>1</f><v>${'9'.repeat(5_000)}</v></c>`])}`), xlsx),
    );
    expect(row?.faults?.[0]?.value?.length).toBeLessThan(300);
  });
  it('has pictures that nobody unpacks', async () => {
    const picture = { 'xl/media/image1.png': new Uint8Array(BOMB_BYTES) };
    expect((await quickly(async () => openSheet(fileOf(zipSync({ ...plain, ...picture }, { level: 1 })), xlsx))).columns).toEqual(['h']);
  });
});
