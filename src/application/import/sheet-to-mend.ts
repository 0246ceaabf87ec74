/** The rows of a file that were not recorded, as a file of its kind that can be mended and sent again with the same mapping: their columns, and what is wrong. */
import type { NotRecorded } from '../../domain/events/import-completed.ts';
import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';
import { WHAT_IS_WRONG } from '../../sheets/limits.ts';
import type { Cell, SheetFormat, SheetRow } from '../../sheets/row.ts';
import { wasRounded } from '../../sheets/was-rounded.ts';
import { csvOfTable, type Table, xlsxOfTable } from '../../sheets/write.ts';

export type RowToMend = {
  /** By the name of their column, as text; of a line of JSON its members as they stand there. */
  readonly cells: JsonObject;
  readonly reasons: readonly Pick<NotRecorded, 'column' | 'detail'>[];
};

/** As its mapping declares the file: with the separator, the name of the sheet, and as many rows above the names of the columns; or line by line. */
export const fileToMend = async (
  columns: readonly string[],
  rows: readonly RowToMend[],
  format: SheetFormat,
): Promise<string | Uint8Array> => {
  switch (format.format) {
    case 'csv':
      return csvOfTable(tableToMend(columns, rows, format.headerRow), format.separator);
    case 'xlsx':
      return xlsxOfTable(tableToMend(columns, rows, format.headerRow), format.sheet ?? 'Rows');
    case 'jsonl':
      return rows.map(lineToMend).join('');
  }
};

const tableToMend = (columns: readonly string[], rows: readonly RowToMend[], headerRow = 1): Table => {
  const own = columns.filter((column) => column !== WHAT_IS_WRONG);
  return {
    above: Array.from({ length: headerRow - 1 }, () => 'Rows that were not recorded'),
    columns: [...own, WHAT_IS_WRONG],
    rows: rows.map(({ cells, reasons }) => [
      ...own.map((column) => (Object.hasOwn(cells, column) ? String(cells[column]) : null)),
      wrongIn(reasons),
    ]),
  };
};

const lineToMend = ({ cells, reasons }: RowToMend): string => `${JSON.stringify({ ...cells, [WHAT_IS_WRONG]: wrongIn(reasons) })}\n`;

const wrongIn = (reasons: RowToMend['reasons']): string =>
  [...new Set(reasons.map(({ column, detail }) => (column === undefined ? detail : `${column}: ${detail}`)))].join(' | ');

/** What a row says, as the rows of its format come back: of a line of JSON also what could not be read, or its value would be gone once the line is mended. */
export const cellsToMend = ({ cells, object }: Pick<SheetRow, 'cells' | 'object'>): RowToMend['cells'] =>
  object ? membersOf(object) : Object.fromEntries([...cells].map(([column, cell]) => [column, cellText(cell)]));

const membersOf = (object: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(object).flatMap(([name, value]) => (value === undefined ? [] : [[name, valueToMend(value)]])));

/** A number that was rounded comes as text, in which its true digits can be written. */
const valueToMend = (value: Json): Json => {
  if (typeof value === 'number') return wasRounded({ kind: 'number', value, text: String(value) }) ? String(value) : value;
  if (Array.isArray(value)) return value.map(valueToMend);
  return isJsonObject(value) ? membersOf(value) : value;
};

/** What a cell says, as it may be typed again. */
const cellText = (cell: Cell): string => {
  switch (cell.kind) {
    case 'text':
    case 'number':
      return cell.text;
    case 'boolean':
      return String(cell.value);
    case 'local':
      return cell.hasTime ? cell.local.replace('T', ' ').replace(/:00$/, '') : cell.local.slice(0, 10); // a spreadsheet knows no seconds unless they are shown
    case 'list':
      return cell.items.map(cellText).join('; ');
  }
};
