/**
 * A sheet of a workbook (XLSX) as rows. It is read whole. Hidden rows and columns are read as all others, since a filter hides no fact; a hidden sheet is
 * read only if it is named.
 */
import { type Columns, columnsOf, rowOf, type SeenFault, shown } from './columns.ts';
import { refuseOtherThanPacked } from './file-kinds.ts';
import { XLSX_BYTES_MAX } from './limits.ts';
import { readNumberFormats } from './number-formats.ts';
import type { Sheet, SheetFile, SheetFormat, SheetRow } from './row.ts';
import { readSharedStrings } from './shared-strings.ts';
import { SheetInvalid } from './sheet-invalid.ts';
import { chosenSheet, readWorkbook } from './workbook.ts';
import { type MergedArea, type RawRow, readWorksheet } from './worksheet.ts';
import { partsOf, tooLarge } from './zip.ts';

type XlsxFormat = Extract<SheetFormat, { format: 'xlsx' }>;

/** Throws SheetInvalid. */
export const openXlsx = async (file: SheetFile, { sheet: wanted, headerRow }: XlsxFormat): Promise<Sheet> => {
  const parts = await partsOf(await bytesOf(file));
  const workbook = await readWorkbook(parts);
  const { name, path } = chosenSheet(workbook, wanted);
  const strings = await readSharedStrings(parts, workbook.sharedStrings);
  const shows = await readNumberFormats(parts, workbook.styles);
  const { rows, merged } = await readWorksheet(parts, path, { strings, shows, countsFrom1904: workbook.countsFrom1904 });
  const at = rows.findIndex(({ row }) => headerRow === undefined || row === headerRow);
  const header = rows[at];
  if (!header) throw withoutHeader(name, headerRow);
  const columns = headerOf(header, merged);
  return { name, columns: columns.names, separator: null, rows: rowsUnder(columns, rows.slice(at + 1), mergedFaults(rows, merged)) };
};

/** Counts what comes, whatever the file says of its size. */
const bytesOf = async ({ bytes, chunks }: SheetFile): Promise<Uint8Array> => {
  const read: Uint8Array[] = [];
  let length = 0;
  if (bytes > XLSX_BYTES_MAX) throw tooManyBytes();
  for await (const chunk of chunks()) {
    length += chunk.length;
    if (length > XLSX_BYTES_MAX) throw tooManyBytes();
    read.push(chunk);
  }
  const packed = Buffer.concat(read);
  if (packed.length === 0) throw new SheetInvalid('empty', 'The file is empty.');
  refuseOtherThanPacked(packed);
  return packed;
};

const tooManyBytes = (): SheetInvalid => tooLarge(`${XLSX_BYTES_MAX / 1024 / 1024} MiB`);

const withoutHeader = (name: string, headerRow: number | undefined): SheetInvalid =>
  headerRow === undefined
    ? new SheetInvalid('empty', `The sheet "${name}" is blank.`)
    : new SheetInvalid('header', `Row ${headerRow} of the sheet "${name}", which the mapping declares as "headerRow", is blank.`, {
        row: headerRow,
      });

/** A name that is merged over several columns names none of them; one that is merged downwards, as over a second line of names, is read. */
const headerOf = ({ row, cells, faults }: RawRow, merged: readonly MergedArea[]): Columns => {
  const [wrong] = faults;
  if (wrong)
    throw new SheetInvalid('header', `Row ${row} should name the columns. ${wrong.detail}`, {
      row,
      ...(wrong.value && { value: wrong.value }),
    });
  const across = merged.find(({ rows: [first, last], columns: [left, right] }) => first <= row && row <= last && left !== right);
  if (across)
    throw new SheetInvalid(
      'header',
      `Row ${row} should name the columns, and its cells ${across.ref} are merged. Split them and name each column; if it is a title, declare the row of the names as "headerRow".`,
      { row },
    );
  return columnsOf(
    Array.from(cells, (cell) => (cell ? shown(cell) : '')),
    row,
  );
};

/**
 * Which rows a merged value is about is not to be guessed, so that each row that an area touches is at fault, as a whole. Of the areas that have
 * begun, the one that reaches furthest tells whether any does.
 */
const mergedFaults = (rows: readonly RawRow[], merged: readonly MergedArea[]): ReadonlyMap<number, SeenFault> => {
  const areas = merged.toSorted((a, b) => a.rows[0] - b.rows[0]);
  const faults = new Map<number, SeenFault>();
  let begun = 0;
  let furthest: MergedArea | undefined;
  for (const { row } of rows) {
    for (let area = areas[begun]; area && area.rows[0] <= row; begun += 1, area = areas[begun])
      if (!furthest || area.rows[1] > furthest.rows[1]) furthest = area;
    if (!furthest || furthest.rows[1] < row) continue;
    const detail = `The cells ${furthest.ref} are merged. Split them, and write in each row what is meant there.`;
    faults.set(row, { at: null, value: null, detail });
  }
  return faults;
};

const BATCH_ROWS = 500;

const rowsUnder = async function* (
  columns: Columns,
  rows: readonly RawRow[],
  merged: ReadonlyMap<number, SeenFault>,
): AsyncGenerator<readonly SheetRow[], void> {
  for (let from = 0; from < rows.length; from += BATCH_ROWS) {
    const batch = rows.slice(from, from + BATCH_ROWS).flatMap(({ row, cells, faults }) => {
      const area = merged.get(row);
      return rowOf(columns, cells, row, area ? [...faults, area] : faults) ?? [];
    });
    if (batch.length > 0) yield batch;
  }
};
