/** The lines of a list that somebody sent: text with one name a line, or one column of a table. */
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { LIST_LINES_MAX } from '../domain/list-line.ts';
import { sha256Hex } from '../envelope/sha256.ts';
import { shown } from '../sheets/columns.ts';
import { openSheet } from '../sheets/open-sheet.ts';
import type { SheetRow } from '../sheets/row.ts';
import { SheetInvalid } from '../sheets/sheet-invalid.ts';
import { textOf } from '../sheets/text-of.ts';
import { wasRounded } from '../sheets/was-rounded.ts';
import { counted, safe } from '../wording/text.ts';
import { EXIT, Stopped } from './stopped.ts';

/** No list of a hundred thousand addresses is longer; beyond, it is another kind of file. */
const LIST_BYTES_MAX = 5 * 1024 * 1024;

export type ListRead = {
  /** Each at the place of its line in the file, from the first; what stands between is blank. */
  readonly lines: readonly string[];
  /** Name of the file, harmless; or `pasted`. */
  readonly name: string;
  /** Of the bytes as they were read. */
  readonly sha256: string;
};
export type ListNamed = {
  /** `undefined` or `-`: what comes in. */
  readonly path: string | undefined;
  /** Without it the list is text. */
  readonly column: string | undefined;
};

/** Throws `Stopped` for what is no such list. */
export const listFrom = async ({ path, column }: ListNamed): Promise<ListRead> => {
  const isStandardInput = path === undefined || path === '-';
  const name = isStandardInput ? 'The list' : safe(path);
  const bytes = await bytesIn(isStandardInput ? process.stdin : chunksOf(path), name);
  try {
    const lines = column === undefined ? await textLines(bytes, name) : await columnLines(bytes, column, name);
    if (lines.every((line) => line.trim() === '')) throw new Stopped(EXIT.usage, `${name} has no line to compare.`);
    if (lines.length > LIST_LINES_MAX)
      throw new Stopped(
        EXIT.usage,
        `${name} has ${counted(lines.length)} lines; at most ${counted(LIST_LINES_MAX)} are compared at once. Split it.`,
      );
    return { lines, name: isStandardInput ? 'pasted' : safe(basename(path)), sha256: sha256Hex(bytes) };
  } catch (error) {
    throw error instanceof SheetInvalid ? new Stopped(EXIT.usage, `${name}: ${safe(error.detail)}`, { cause: error }) : error;
  }
};

// ---- Bytes

const chunksOf = async function* (path: string): AsyncGenerator<Uint8Array, void> {
  const file = await open(path).catch((cause: unknown) => {
    throw new Stopped(EXIT.usage, `${safe(path)} cannot be opened: is it there, and may this user read it?`, { cause });
  });
  try {
    if (!(await file.stat()).isFile()) throw new Stopped(EXIT.usage, `${safe(path)} is no file.`);
    yield* file.createReadStream({ autoClose: false });
  } finally {
    await file.close();
  }
};

const bytesIn = async (chunks: AsyncIterable<Uint8Array>, name: string): Promise<Uint8Array> => {
  const read: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    read.push(chunk);
    bytes += chunk.length;
    if (bytes > LIST_BYTES_MAX) throw new Stopped(EXIT.usage, `${name} has more than ${counted(LIST_BYTES_MAX)} bytes. Split it.`);
  }
  return Buffer.concat(read);
};

const inOne = async function* (bytes: Uint8Array): AsyncGenerator<Uint8Array, void> {
  yield bytes;
};

// ---- Lines

const PACKED = 0x04034b50; // a workbook is a ZIP file
const isPacked = (bytes: Uint8Array): boolean => bytes.length >= 4 && Buffer.from(bytes).readUInt32LE(0) === PACKED;

const textLines = async (bytes: Uint8Array, name: string): Promise<readonly string[]> => {
  if (isPacked(bytes))
    throw new Stopped(EXIT.usage, `${name} is a workbook, or another packed file. Name the column that has the list: --column <name>`);
  let text = '';
  for await (const part of textOf(inOne(bytes), 'utf-8')) text += part;
  const lines = text.split(/\r\n|\n|\r/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
};

const columnLines = async (bytes: Uint8Array, column: string, name: string): Promise<readonly string[]> => {
  const file = { bytes: bytes.length, chunks: () => inOne(bytes) };
  const { columns, rows } = await openSheet(file, { format: isPacked(bytes) ? 'xlsx' : 'csv' });
  if (columns?.includes(column) !== true) {
    const names = (columns ?? []).filter((one) => one !== '').map((one) => `"${safe(one)}"`);
    throw new Stopped(EXIT.usage, `${name} has no column "${safe(column)}". It has ${names.join(', ')}.`);
  }
  const lines: string[] = [];
  for await (const batch of rows)
    for (const row of batch) {
      if (row.row > LIST_LINES_MAX) throw new Stopped(EXIT.usage, `${name} has more than ${counted(LIST_LINES_MAX)} rows. Split it.`);
      while (lines.length < row.row - 1) lines.push('');
      lines.push(valueIn(row, column, name));
    }
  return lines;
};

const valueIn = ({ row, cells, faults = [] }: SheetRow, column: string, name: string): string => {
  const [fault] = faults.filter((one) => one.column === null || one.column === column);
  if (fault) throw new Stopped(EXIT.usage, `${name}, row ${counted(row)}: ${safe(fault.detail)}`);
  const cell = cells.get(column);
  if (cell === undefined) return '';
  if (cell.kind === 'number' && wasRounded(cell))
    throw new Stopped(
      EXIT.usage,
      `${name}, row ${counted(row)}: "${safe(cell.text)}" is a number whose last digits the spreadsheet may have rounded. Format the column as text, and fill it in again from its source.`,
    );
  return cell.kind === 'text' || cell.kind === 'number' ? cell.text : shown(cell);
};
