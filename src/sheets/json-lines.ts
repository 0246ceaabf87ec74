/** JSON lines as rows: an object a line, members inside an object as columns `a.b`. Read as they come. */
import { isJsonObject } from '../domain/json.ts';
import { JsonInvalid, parseStrictJson } from '../domain/strict-json.ts';
import { cut, faultOf, longName, shown, textCell } from './columns.ts';
import { refuseOtherThanText } from './file-kinds.ts';
import { COLUMN_NAME_CHARACTERS_MAX, COLUMNS_MAX, RECORD_BYTES_MAX, WHAT_IS_WRONG } from './limits.ts';
import type { Cell, CellFault, Sheet, SheetFile, SheetRow } from './row.ts';
import { SheetInvalid } from './sheet-invalid.ts';

export const openJsonLines = (file: SheetFile): Sheet => ({ name: null, columns: null, separator: null, rows: rowsOf(file.chunks()) });

const BATCH_ROWS = 500;

const rowsOf = async function* (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<readonly SheetRow[], void> {
  let batch: SheetRow[] = [];
  let row = 0;
  for await (const lines of linesOf(chunks)) {
    for (const line of lines) {
      row += 1;
      if (row === 1) refuseOtherThanText(line);
      const bytes = row === 1 ? withoutMark(line) : line;
      if (!isBlank(bytes)) batch.push(rowFrom(bytes, row));
      if (batch.length < BATCH_ROWS) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
  if (row === 0) throw new SheetInvalid('empty', 'The file is empty.');
};

const LINE_FEED = 0x0a;

/** The lines that each chunk ends. */
const linesOf = async function* (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Iterable<Uint8Array>, void> {
  const open: OpenLine = { parts: [], length: 0, row: 1 };
  for await (const chunk of chunks) yield linesEndedBy(chunk, open);
  if (open.length > 0) yield [Buffer.concat(open.parts)];
};

/** A line that has begun and not ended; `row` is its number. */
type OpenLine = { parts: Uint8Array[]; length: number; row: number };

const linesEndedBy = function* (chunk: Uint8Array, open: OpenLine): Generator<Uint8Array, void> {
  let from = 0;
  for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, from)) {
    take(chunk.subarray(from, end), open);
    yield open.parts.length === 1 && open.parts[0] ? open.parts[0] : Buffer.concat(open.parts);
    from = end + 1;
    [open.parts, open.length, open.row] = [[], 0, open.row + 1];
  }
  if (from < chunk.length) take(chunk.subarray(from), open);
};

const take = (part: Uint8Array, open: OpenLine): void => {
  open.length += part.length;
  if (open.length > RECORD_BYTES_MAX)
    throw new SheetInvalid('limit', `Line ${open.row} is longer than ${RECORD_BYTES_MAX} bytes. Each line is one object.`, {
      row: open.row,
    });
  open.parts.push(part);
};

const MARK = [0xef, 0xbb, 0xbf];
const withoutMark = (line: Uint8Array): Uint8Array => (MARK.every((byte, at) => line[at] === byte) ? line.subarray(MARK.length) : line);
const isBlank = (line: Uint8Array): boolean => line.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);

const rowFrom = (bytes: Uint8Array, row: number): SheetRow => {
  const value = parsed(bytes, row);
  if (!isJsonObject(value))
    throw new SheetInvalid(
      'syntax',
      `Line ${row} is no object. Each line is one, such as {"handle": "@name"}; a list of objects has to be written an object a line.`,
      { row },
    );
  const cells = new Map<string, Cell>();
  const faults: CellFault[] = [];
  addMembers(value, '', row, { cells, faults });
  const read = cells.size - (cells.has(WHAT_IS_WRONG) ? 1 : 0);
  if (read > COLUMNS_MAX) throw new SheetInvalid('limit', `Line ${row} has ${read} members; at most ${COLUMNS_MAX} are read.`, { row });
  return faults.length === 0 ? { row, cells, object: value } : { row, cells, faults, object: value };
};

const parsed = (bytes: Uint8Array, row: number): unknown => {
  try {
    return parseStrictJson(bytes);
  } catch (cause) {
    if (!(cause instanceof JsonInvalid)) throw cause;
    const at = cause.path.length === 0 ? '' : ` at ${cut(cause.path.join('.'))}`;
    throw new SheetInvalid('syntax', `Line ${row} ${FAULTS[cause.fault]}${at}.`, { row }, { cause });
  }
};

const FAULTS: { readonly [Fault in JsonInvalid['fault']]: string } = {
  encoding: 'has bytes that are no UTF-8',
  empty: 'is empty',
  syntax: 'is no JSON. Each line is one whole object',
  depth: 'has objects too deep inside one another',
  duplicate_key: 'has a member twice',
  forbidden_key: 'has a member with a name that is not read',
  key_not_unicode: 'has a member whose name is no Unicode text',
  number: 'has a number with a fraction, or with more digits than a number of JSON keeps: write it as text, between quotation marks',
};

type Members = { readonly cells: Map<string, Cell>; readonly faults: CellFault[] };

const addMembers = (object: { readonly [name: string]: unknown }, prefix: string, row: number, { cells, faults }: Members): void => {
  for (const [name, value] of Object.entries(object)) {
    const column = `${prefix}${name}`;
    if (column.length > COLUMN_NAME_CHARACTERS_MAX) throw longName(column, row);
    if (isJsonObject(value)) {
      addMembers(value, `${column}.`, row, { cells, faults });
      continue;
    }
    const cell = Array.isArray(value) ? listOf(value) : scalarOf(value);
    if (cell === undefined) continue;
    const fault = cell === 'unreadable' ? notRead(column, value) : (faultOf(cell, column) ?? twice(column, cell, cells));
    if (fault) faults.push(fault);
    else if (cell !== 'unreadable') cells.set(column, cell);
  }
};

const notRead = (column: string, value: unknown): CellFault => ({
  column,
  value: cut(JSON.stringify(value)),
  detail: 'A list of lists or of objects is not read: give each of its parts a member of its own, or a line of its own.',
});

/** `{"a.b": 1, "a": {"b": 2}}` */
const twice = (column: string, cell: Cell, cells: ReadonlyMap<string, Cell>): CellFault | undefined =>
  cells.has(column)
    ? {
        column,
        value: shown(cell),
        detail: `Two members come out as the column "${column}". Rename one, so that it is clear which is meant.`,
      }
    : undefined;

const listOf = (items: readonly unknown[]): Cell | 'unreadable' | undefined => {
  if (items.some((item) => typeof item === 'object' && item !== null)) return 'unreadable';
  const cells = items.flatMap((item) => scalarOf(item) ?? []);
  return cells.length === 0 ? undefined : { kind: 'list', items: cells };
};

const scalarOf = (value: unknown): Cell | undefined => {
  if (typeof value === 'string') return textCell(value);
  if (typeof value === 'number') return { kind: 'number', value, text: String(value) };
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  return undefined;
};
