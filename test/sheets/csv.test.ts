import { describe, expect, it } from 'vitest';
import { CELL_CHARACTERS_MAX, COLUMNS_MAX, RECORD_BYTES_MAX } from '../../src/sheets/limits.ts';
import { openSheet } from '../../src/sheets/open-sheet.ts';
import { allRows, fileOf, readAll, refusalOf, streamed, texts } from '../support/sheet-files.ts';

const csv = { format: 'csv' } as const;
const NBSP = '\u00a0';

describe('the separator of a CSV', () => {
  it.each([[','], [';'], ['\t']] as const)('is found out from the header: %j', async (separator) => {
    const sheet = await openSheet(fileOf(`Handle${separator}"What, or; not"\n@a${separator}"x,y;z\t"\n`), csv);
    expect(sheet).toMatchObject({ separator, columns: ['Handle', 'What, or; not'], name: null });
    expect((await allRows(sheet)).map(texts)).toEqual([{ Handle: '@a', 'What, or; not': 'x,y;z' }]);
  });
  it('is taken as declared, whatever the header looks like', async () => {
    const sheet = await openSheet(fileOf('a,b;c\n1,2;3\n'), { ...csv, separator: ';' });
    expect(sheet.columns).toEqual(['a,b', 'c']);
  });
  it('is asked for where the header does not show it', async () => {
    const refusal = await refusalOf(fileOf('Handle;Date (from, to)\n'), csv);
    expect(refusal).toMatchObject({ fault: 'header', place: { row: 1 } });
    expect(refusal.detail).toContain('Declare it in the mapping as "separator"');
  });
  it('is not needed by a file of one column', async () => {
    expect((await readAll(fileOf('Handle\n@a\n@b'), csv)).map(texts)).toEqual([{ Handle: '@a' }, { Handle: '@b' }]);
  });
  it('may be said in a line of its own, as a spreadsheet does', async () => {
    const rows = await readAll(fileOf('\ufeffsep=;\r\na,1;b\r\nx;y\r\n'), csv);
    expect(rows.map(texts)).toEqual([{ 'a,1': 'x', b: 'y' }]);
    expect((await refusalOf(fileOf('sep=|\na|b\n'), csv)).detail).toContain('"|" separates the cells');
  });
});

describe('the rows of a CSV', () => {
  it('are numbered by the line on which they begin', async () => {
    const rows = await readAll(fileOf('a,b\n1,"two\nlines"\n\n2,"x\r\ny\nz"\n3,4\n'), csv);
    expect(rows.map(({ row }) => row)).toEqual([2, 5, 8]);
  });
  it.each([['\n'], ['\r\n'], ['\r']])('may end with %j', async (end) => {
    const rows = await readAll(fileOf(['a,b', '1,2', '', '3,"4"', ''].join(end), 3), csv);
    expect(rows.map((row) => [row.row, texts(row)])).toEqual([
      [2, { a: '1', b: '2' }],
      [4, { a: '3', b: '4' }],
    ]);
  });
  it('are passed over where they are blank, or the header said again', async () => {
    const rows = await readAll(fileOf(`Handle,What\n,\n@a,x\n ,${NBSP}\nHandle,What\n@b,y\nHandle,\n`), csv);
    expect(rows.map(texts)).toEqual([{ Handle: '@a', What: 'x' }, { Handle: '@b', What: 'y' }, { Handle: 'Handle' }]);
  });
  it('have no cell where it is blank, and no white space at its edges', async () => {
    const [row] = await readAll(fileOf(`Handle,What,Note\n  ${NBSP}@a\t${NBSP},${NBSP}, two  words \n`), csv);
    expect(row && texts(row)).toEqual({ Handle: '@a', Note: 'two  words' });
  });
  it('may be shorter than the header', async () => {
    const [row] = await readAll(fileOf('a,b,c\n1\n'), csv);
    expect(row).toMatchObject({ row: 2 });
    expect(row?.faults).toBeUndefined();
  });
  it('are at fault where a cell has no column, since a separator may stand inside a value', async () => {
    const [longer, moved, fine] = await readAll(fileOf('a,b\n1,2,3\n1,2,\n1,2\n'), csv);
    expect(longer?.faults).toEqual([{ column: null, value: '3', detail: expect.stringContaining('column C, which has no name') }]);
    expect(moved?.faults).toEqual([{ column: null, value: null, detail: expect.stringContaining('3 cells and the header 2') }]);
    expect(fine?.faults).toBeUndefined();
  });
  it('may have blank cells beyond the names if the header has them too', async () => {
    const [row] = await readAll(fileOf('a,b,,\n1,2,,\n'), csv);
    expect(row?.faults).toBeUndefined();
    const [beyond] = await readAll(fileOf('a,b,,\n1,2,,x\n'), csv);
    expect(beyond?.faults).toMatchObject([{ column: null, value: 'x' }]);
  });
  it('keep what looks like a formula as the text it was, and take the mark off again', async () => {
    const rows = await readAll(fileOf(`h\n'@a\n@b\n'=1\n''@c\n'quoted'\n`), csv);
    expect(rows.map((row) => texts(row)['h'])).toEqual(['@a', '@b', '=1', `'@c`, `'quoted'`]);
  });
});

describe('the header of a CSV', () => {
  it('is the first row that is not blank, or the one that is declared', async () => {
    expect((await openSheet(fileOf('\n , \n;;\nHandle;What\n'), csv)).columns).toEqual(['Handle', 'What']);
    const titled = 'Accounts of February\n"as, of\n1 March"\n\nHandle,What\n@a,x\n';
    const sheet = await openSheet(fileOf(titled), { ...csv, headerRow: 5 });
    expect(sheet.columns).toEqual(['Handle', 'What']);
    expect((await allRows(sheet)).map(({ row }) => row)).toEqual([6]);
  });
  it('is on one line and without white space at its edges', async () => {
    expect((await openSheet(fileOf(`"Handle\n(as ${NBSP} written)", What \n`), csv)).columns).toEqual(['Handle (as written)', 'What']);
  });
  it.each([
    ['a line within a record', 'a,"x\ny"\n', 2, 'No row begins on line 2'],
    ['a line beyond the end', 'a,b\n', 9, 'No row begins on line 9'],
    ['a blank line', 'a\n\nb\n', 2, 'Row 2 should name the columns, and is blank'],
  ])('is refused as %s', async (_, content, headerRow, detail) => {
    expect((await refusalOf(fileOf(content), { ...csv, headerRow })).detail).toContain(detail);
  });
  it('names each column, and each once', async () => {
    expect(await refusalOf(fileOf(`Handle,What, handle ,Handle${NBSP}\n`), csv)).toMatchObject({
      fault: 'header',
      place: { row: 1, column: 'Handle' },
      detail: expect.stringContaining('Columns A and D both have the name "Handle"'),
    });
    expect((await refusalOf(fileOf('a,,c\n'), csv)).detail).toContain('Column B has no name in row 1');
  });
  it.each([
    ['', 'empty'],
    ['\ufeff', 'empty'],
    ['\n \n', 'empty'],
    [',,\n;;\n', 'header'],
  ])('is missing in %j', async (content, fault) => {
    expect(await refusalOf(fileOf(content), csv)).toMatchObject({ fault });
  });
});

describe('the encoding of a CSV', () => {
  it('is UTF-8, with a mark or without, wherever a chunk ends', async () => {
    for (const content of ['h,n\n@ä,ﬁ🙂\n', '\ufeffh,n\n@ä,ﬁ🙂\n'])
      for (const chunkBytes of [1, 2, 3, 64])
        expect((await readAll(fileOf(content, chunkBytes), csv)).map(texts)).toEqual([{ h: '@ä', n: 'ﬁ🙂' }]);
  });
  it('is Windows-1252 where that is declared', async () => {
    const bytes = Buffer.concat([Buffer.from('h,n\n@a,'), Buffer.from([0x80, 0xe9, 0x93]), Buffer.from('\n')]);
    expect((await readAll(fileOf(bytes, 5), { ...csv, encoding: 'windows-1252' })).map(texts)).toEqual([{ h: '@a', n: '€é“' }]);
  });
  it.each([1, 2, 7, 1024])('is refused with the line on which bytes are no UTF-8, in chunks of %i bytes', async (chunkBytes) => {
    const bytes = Buffer.concat([Buffer.from('h,n\n@ä,é\n@b,'), Buffer.from([0xe9]), Buffer.from('x\n@c,d\n')]);
    expect(await refusalOf(fileOf(bytes, chunkBytes), csv)).toMatchObject({
      fault: 'encoding',
      place: { row: 3 },
      detail: expect.stringContaining('"encoding": "windows-1252"'),
    });
  });
  it('is refused where a character is cut off at the end', async () => {
    const cut = Buffer.from('h\n@a\n@ä').subarray(0, -1);
    expect(await refusalOf(fileOf(cut), csv)).toMatchObject({ fault: 'encoding', place: { row: 3 } });
  });
  it('is not Windows-1252 if it is UTF-8, or has bytes that are neither', async () => {
    const declared = { ...csv, encoding: 'windows-1252' } as const;
    for (const content of ['h\nJosé\n', '\ufeffh\na\n'])
      expect((await refusalOf(fileOf(content), declared)).detail).toContain('the file is in UTF-8');
    const undefinedByte = Buffer.concat([Buffer.from('h\na\n'), Buffer.from([0x81, 0xe9, 0x0a])]);
    expect(await refusalOf(fileOf(undefinedByte), declared)).toMatchObject({ fault: 'encoding', place: { row: 3 } });
  });
  it.each([
    ['UTF-16 with its mark', Buffer.from('\ufeffh,n\n', 'utf16le'), 'UTF-16'],
    ['UTF-16, the other way round', Buffer.from('\ufeffh,n\n', 'utf16le').swap16(), 'UTF-16'],
    ['UTF-16 without a mark', Buffer.from('h,n\n', 'utf16le'), 'NUL'],
  ])('is not %s', async (_, bytes, word) => {
    expect((await refusalOf(fileOf(bytes, 1), csv)).detail).toContain(word);
  });
});

describe('what is declared a CSV and is none', () => {
  it.each([
    ['a workbook', Buffer.from('PK\u0003\u0004…'), 'Declare "format": "xlsx"'],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), 'XLS'],
    ['a PDF', Buffer.from('%PDF-1.7\n'), 'PDF'],
    ['a text document', Buffer.from('{\\rtf1'), 'RTF'],
    ['packed', Buffer.from([0x1f, 0x8b, 8]), 'gzip'],
    ['a web page', Buffer.from('\r\n<html><table>'), 'web page'],
    ['XML', Buffer.from('<?xml version="1.0"?><Workbook>'), 'web page or XML'],
  ])('is named: %s', async (_, bytes, word) => {
    const refusal = await refusalOf(fileOf(bytes, 1), csv);
    expect(refusal).toMatchObject({ fault: 'format', code: 'SHEET_INVALID' });
    expect(refusal.detail).toContain(word);
  });
});

describe('quotation marks', () => {
  it.each([
    ['inside a value without any around it', 'a,b\n1,2\n3,5" screen\n', 3],
    ['that are followed by more', 'a,b\n"x"y,2\n', 2],
    ['that stay open', 'a,b\n1,2\n"3,4\n5,6\n', 3],
  ])('are refused %s', async (_, content, row) => {
    expect(await refusalOf(fileOf(content), csv)).toMatchObject({ fault: 'syntax', place: { row } });
  });
  it('that do not match in the header are refused there', async () => {
    expect(await refusalOf(fileOf('a,b"c\n1,2\n'), csv)).toMatchObject({ place: { row: 1 } });
  });
});

describe('what a CSV may be at most', () => {
  it(`is a cell of ${CELL_CHARACTERS_MAX} characters`, async () => {
    const [fine] = await readAll(fileOf(`a,b\n1,${'x'.repeat(CELL_CHARACTERS_MAX)}\n`), csv);
    expect(fine?.faults).toBeUndefined();
    const [row] = await readAll(fileOf(`a,b\n1,${'x'.repeat(CELL_CHARACTERS_MAX + 1)}\n`), csv);
    expect(row?.faults).toMatchObject([{ column: 'b', detail: expect.stringContaining('100001 characters') }]);
    expect(row?.faults?.[0]?.value?.length).toBeLessThan(300);
  });
  it(`is ${COLUMNS_MAX} columns`, async () => {
    const named = (count: number): string => Array.from({ length: count }, (_, at) => `c${at}`).join();
    expect((await openSheet(fileOf(named(COLUMNS_MAX)), csv)).columns).toHaveLength(COLUMNS_MAX);
    expect(await refusalOf(fileOf(named(COLUMNS_MAX + 1)), csv)).toMatchObject({ fault: 'limit', place: { row: 1 } });
    const toMend = `${named(COLUMNS_MAX)},what is wrong`;
    expect((await openSheet(fileOf(toMend), csv)).columns).toHaveLength(COLUMNS_MAX + 1);
    expect(await refusalOf(fileOf(`${toMend},more`), csv)).toMatchObject({ fault: 'limit', place: { row: 1 } });
  });
  it('is one fault a row, however many cells have no column', async () => {
    const [row] = await readAll(fileOf(`a,b\n${'x,'.repeat(400_000)}\n`), csv);
    expect(row?.faults).toHaveLength(1);
  });
  const endless = function* (start: string): Generator<string> {
    yield start;
    for (let mebibytes = 0; mebibytes < 2_048; mebibytes += 1) yield 'x'.repeat(1024 * 1024);
  };
  it.each([
    ['without a header that ends', '', 1],
    ['after its header', 'a,b\n1,2\n', 3],
    ['within quotation marks', 'a,b\n"', 2],
  ])('is no line of 2 GB %s', async (_, start, row) => {
    const file = streamed(() => endless(start));
    expect(await refusalOf(file, csv)).toMatchObject({ fault: 'limit', place: { row } });
    expect(file.read()).toBeLessThan(6 * RECORD_BYTES_MAX);
  });
  it('is no header of a million columns', async () => {
    const columns = function* () {
      for (let at = 0; at < 1_000; at += 1) yield `${Array.from({ length: 1_000 }, (_, index) => `c${at * 1_000 + index}`).join()},`;
    };
    expect(await refusalOf(streamed(columns), csv)).toMatchObject({ fault: 'limit' });
    expect(await refusalOf(fileOf(`${'c,'.repeat(500_000)}\n`), csv)).toMatchObject({ fault: 'limit' });
  });
});

describe('a reading that stops early', () => {
  it('lets go of the file, whether the header is refused or nobody reads on', async () => {
    let open = 0;
    const watched = (content: string) => ({
      bytes: content.length,
      chunks: async function* () {
        open += 1;
        try {
          for (let from = 0; from < content.length; from += 4) yield Buffer.from(content.slice(from, from + 4));
        } finally {
          open -= 1;
        }
      },
    });
    await refusalOf(watched(`a,a\n${'1,2\n'.repeat(1_000)}`), csv);
    expect(open).toBe(0);
    for await (const _ of (await openSheet(watched(`a,b\n${'1,2\n'.repeat(1_000)}`), csv)).rows) break;
    expect(open).toBe(0);
  });
});
