import { describe, expect, it } from 'vitest';
import { CELL_CHARACTERS_MAX, COLUMN_NAME_CHARACTERS_MAX, COLUMNS_MAX, RECORD_BYTES_MAX } from '../../src/sheets/limits.ts';
import { openSheet } from '../../src/sheets/open-sheet.ts';
import { fileOf, readAll, refusalOf, streamed } from '../support/sheet-files.ts';

const jsonl = { format: 'jsonl' } as const;
const cellsOf = async (line: string) => Object.fromEntries((await readAll(fileOf(line), jsonl))[0]?.cells ?? []);

describe('JSON lines', () => {
  it('have an object a line, numbered as a text editor does, blank lines passed over', async () => {
    for (const chunkBytes of [1, 5, 1024]) {
      const file = fileOf('\ufeff{"h":"@ä"}\r\n\n  \t\r\n{"h":"@b"}\n{"h":"@c"}', chunkBytes);
      const rows = await readAll(file, jsonl);
      expect(rows.map(({ row, cells }) => [row, cells.get('h')])).toEqual([
        [1, { kind: 'text', text: '@ä' }],
        [4, { kind: 'text', text: '@b' }],
        [5, { kind: 'text', text: '@c' }],
      ]);
    }
  });
  it('name their own columns, those of an object inside by the way to them', async () => {
    expect(await openSheet(fileOf('{"a":1}'), jsonl)).toMatchObject({ name: null, columns: null, separator: null });
    expect(await cellsOf('{"a":" x\u00a0","b":{"c":{"d":12},"e":true},"f":null,"g":" ","i":{}}')).toEqual({
      a: { kind: 'text', text: 'x' },
      'b.c.d': { kind: 'number', value: 12, text: '12' },
      'b.e': { kind: 'boolean', value: true },
    });
  });
  it('have lists of single values', async () => {
    const items = [
      { kind: 'text', text: 'x' },
      { kind: 'number', value: 2, text: '2' },
    ];
    expect(await cellsOf('{"a":["x",2,null,""],"b":[],"c":[null]}')).toEqual({ a: { kind: 'list', items } });
  });
  it.each([
    ['a list of lists', '{"a":[["x"]],"b":1}', 'a', 'list of lists or of objects'],
    ['a list of objects', '{"a":[{"x":1}],"b":1}', 'a', 'list of lists or of objects'],
    ['two members that are one column', '{"a.b":1,"a":{"b":2}}', 'a.b', 'Two members'],
    ['a cell that is too long', `{"a":"${'x'.repeat(CELL_CHARACTERS_MAX + 1)}"}`, 'a', '100001 characters'],
    ['a long text in a list', `{"a":["${'x'.repeat(CELL_CHARACTERS_MAX + 1)}"]}`, 'a', '100001 characters'],
  ])('are at fault with %s', async (_, line, column, detail) => {
    const [row] = await readAll(fileOf(line), jsonl);
    expect(row?.faults).toMatchObject([{ column, detail: expect.stringContaining(detail) }]);
  });
  it.each([
    ['what is no JSON', '{"a":1', 'syntax', 'no JSON'],
    ['a list around them', '[{"a":1},{"a":2}]', 'syntax', 'an object a line'],
    ['a value that is no object', '12', 'syntax', 'no object'],
    ['a member twice', '{"a":1,"a":2}', 'syntax', 'a member twice at a'],
    ['a number that JSON rounds', '{"a":{"b":1350000000000000001}}', 'syntax', 'at a.b'],
    ['a number with a fraction', '{"a":1.5}', 'syntax', 'write it as text'],
    ['a name that reaches into prototypes', '{"__proto__":{"a":1}}', 'syntax', 'not read at __proto__'],
    ['objects too deep inside one another', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, 'syntax', 'too deep'],
    ['lists too deep inside one another', `{"a":${'['.repeat(400_000)}${']'.repeat(400_000)}}`, 'syntax', ''],
  ])('are refused with %s, and with the line', async (_, line, fault, detail) => {
    const refusal = await refusalOf(fileOf(`{"fine":1}\n${line}\n{"fine":1}`), jsonl);
    expect(refusal).toMatchObject({ fault, place: { row: 2 } });
    expect(refusal.detail).toContain(detail);
  });
  it('are refused with bytes that are no UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xe9]), Buffer.from('"}')]);
    expect(await refusalOf(fileOf(bytes), jsonl)).toMatchObject({ place: { row: 1 }, detail: expect.stringContaining('no UTF-8') });
  });
  it.each([
    ['nothing', ''],
    ['UTF-16', Buffer.from('\ufeff{"a":1}', 'utf16le')],
    ['a workbook', Buffer.from('PK\u0003\u0004')],
    ['a web page', Buffer.from('<!DOCTYPE html>')],
  ])('are not %s', async (_, content) => {
    expect((await refusalOf(fileOf(content, 1), jsonl)).fault).toMatch(/^(?:empty|format)$/);
  });
  it(`have at most ${COLUMNS_MAX} members a line`, async () => {
    const line = (count: number) => JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, at) => [`c${at}`, at])));
    expect(Object.keys(await cellsOf(line(COLUMNS_MAX)))).toHaveLength(COLUMNS_MAX);
    expect(await refusalOf(fileOf(line(COLUMNS_MAX + 1)), jsonl)).toMatchObject({ fault: 'limit', place: { row: 1 } });
    expect(Object.keys(await cellsOf(`{"what is wrong":"x",${line(COLUMNS_MAX).slice(1)}`))).toHaveLength(COLUMNS_MAX + 1);
  });
  it(`have names of at most ${COLUMN_NAME_CHARACTERS_MAX} characters, with those around them`, async () => {
    const half = 'n'.repeat(COLUMN_NAME_CHARACTERS_MAX / 2);
    expect(Object.keys(await cellsOf(`{"${half}":{"${half.slice(1)}":1}}`))).toHaveLength(1);
    const refusal = await refusalOf(fileOf(`{"${half}":{"${half}":1}}`), jsonl);
    expect(refusal).toMatchObject({ fault: 'limit', place: { row: 1 } });
    const twice = 'n'.repeat(400_000);
    expect((await refusalOf(fileOf(`{"${twice}":1,"${twice}":1}`), jsonl)).detail.length).toBeLessThan(400);
  });
  it('are refused with a line of 2 GB as soon as it is too long', async () => {
    const file = streamed(function* () {
      yield '{"a":1}\n{"a":"';
      for (let mebibytes = 0; mebibytes < 2_048; mebibytes += 1) yield 'x'.repeat(1024 * 1024);
    });
    expect(await refusalOf(file, jsonl)).toMatchObject({ fault: 'limit', place: { row: 2 } });
    expect(file.read()).toBeLessThan(3 * RECORD_BYTES_MAX);
  });
});
