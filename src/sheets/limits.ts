/** How much of a table is read. */

export const COLUMNS_MAX = 1_000; // besides the one of a file that comes back to be mended
export const WHAT_IS_WRONG = 'what is wrong'; // its name
export const COLUMN_NAME_CHARACTERS_MAX = 200; // with those of the objects around it, in JSON
export const RECORD_BYTES_MAX = 1024 * 1024; // a line of JSON, a record of a CSV: an open quotation mark would otherwise swallow the file
export const CELL_CHARACTERS_MAX = 100_000;

/** A workbook is read whole, so it is bounded; a CSV of the same table is not. */
export const XLSX_BYTES_MAX = 20 * 1024 * 1024;
export const XLSX_UNPACKED_BYTES_MAX = 200 * 1024 * 1024; // of the parts that are read: not of its pictures
export const XLSX_PARTS_MAX = 10_000;
export const XLSX_ROWS_MAX = 100_000; // that are not blank
export const XLSX_CELLS_MAX = 2_000_000; // that are not blank
export const XLSX_CHARACTERS_MAX = 200 * 1024 * 1024; // of all cells together: a thousand cells may name one text
export const XLSX_ELEMENTS_MAX = 10_000_000; // of one part, blank cells with a format among them
export const XLSX_DEPTH_MAX = 64; // elements inside one another
export const XLSX_ELEMENT_CHARACTERS_MAX = 2 * 1024 * 1024; // from one sign of an element to the next: a spreadsheet holds 32,767 in a cell
export const XLSX_STYLES_MAX = 100_000;
export const XLSX_MERGED_MAX = 10_000; // areas of merged cells
