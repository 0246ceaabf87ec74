/** Tables as files: what is text stays text, and nothing is taken for a formula. */
import { stringify } from 'csv-stringify/sync';
import writeExcelFile from 'write-excel-file/node';
import type { Separator } from './row.ts';
import { marked } from './text-mark.ts';
import { escaped } from './xml.ts';

export type TableCell = string | number | null | undefined;
export type Table = {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly TableCell[])[];
  /** What stands above the names of the columns, a row each. */
  readonly above?: readonly string[];
};

/** CSV (RFC 4180). Begins with a mark of its encoding: without it a spreadsheet reads names in another one. */
export const csvOfTable = ({ columns, rows, above = [] }: Table, separator: Separator = ','): string =>
  `\ufeff${stringify([...above.map((text) => [marked(text)]), columns.map(marked), ...rows.map((row) => row.map(cellOf))], {
    delimiter: separator,
    quoted_string: true, // else a line feed inside a text would begin a row, and what follows it a formula
    record_delimiter: 'windows',
  })}`;

/** A number that is one is no formula, whatever its sign. */
const cellOf = (cell: TableCell): TableCell => (typeof cell === 'string' ? marked(cell) : cell);

const WIDTH_MAX = 60; // characters
const WIDTH_ROWS_SEEN = 100;

/** XLSX. Every cell is text, so that a spreadsheet rounds no id and turns no day. */
export const xlsxOfTable = async ({ columns, rows, above = [] }: Table, sheet: string): Promise<Uint8Array> => {
  const head = columns.map((value) => ({ type: String, value: escaped(value), format: TEXT, fontWeight: 'bold' as const }));
  const body = rows.map((row) => columns.map((_, at) => textCellOf(row[at])));
  const widths = columns.map((name, at) => ({
    width: Math.min(WIDTH_MAX, Math.max(name.length, ...rows.slice(0, WIDTH_ROWS_SEEN).map((row) => String(row[at] ?? '').length)) + 2),
  }));
  const titles = above.map((text) => [textCellOf(text)]);
  return writeExcelFile([...titles, head, ...body], { sheet, columns: widths, stickyRowsCount: above.length + 1 }).toBuffer();
};

const TEXT = '@'; // what somebody types into the cell later stays text, too

/** A blank cell has the format as well: it is there to be filled in. */
const textCellOf = (value: TableCell) => ({ type: String, value: escaped(String(value ?? '')), format: TEXT });
