/** The rows of a file that were not recorded, as a table that can be mended and sent again with the same mapping: their columns, and what is wrong. */
import type { NotRecorded } from '../../domain/events/import-completed.ts';
import type { Cell, SheetFormat } from '../../sheets/row.ts';
import { csvOfTable, type Table, xlsxOfTable } from '../../sheets/write.ts';

/** A row in which it is not empty is refused again: what was mended says nothing here. */
export const WHAT_IS_WRONG = 'what is wrong';

export type RowToMend = {
  /** By the name of their column, as the file has them. */
  readonly cells: { readonly [column: string]: string };
  readonly reasons: readonly Pick<NotRecorded, 'column' | 'detail'>[];
};

/** As its mapping declares the file: with the separator, the name of the sheet, and as many rows above the names of the columns. */
export const fileToMend = async (table: Table, format: SheetFormat, as: 'csv' | 'xlsx'): Promise<string | Uint8Array> => {
  const headerRow = ('headerRow' in format ? format.headerRow : undefined) ?? 1;
  const placed = { ...table, above: Array.from({ length: headerRow - 1 }, () => 'Rows that were not recorded') };
  if (as === 'csv') return csvOfTable(placed, format.format === 'csv' ? format.separator : undefined);
  return xlsxOfTable(placed, (format.format === 'xlsx' ? format.sheet : undefined) ?? 'Rows');
};

export const sheetToMend = (columns: readonly string[], rows: readonly RowToMend[]): Table => {
  const own = columns.filter((column) => column !== WHAT_IS_WRONG);
  return {
    columns: [...own, WHAT_IS_WRONG],
    rows: rows.map(({ cells, reasons }) => [
      ...own.map((column) => (Object.hasOwn(cells, column) ? cells[column] : null)),
      reasons.map(({ column, detail }) => (column === undefined ? detail : `${column}: ${detail}`)).join(' | '),
    ]),
  };
};

/** What a cell says, as it may be typed again. */
export const cellText = (cell: Cell): string => {
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
