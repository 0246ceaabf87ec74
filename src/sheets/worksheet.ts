/** The cells of one sheet of a workbook, with what nobody may take for a value: formulas, errors, times without a day. */
import { cut, letterOf, type SeenFault, textCell } from './columns.ts';
import { COLUMNS_MAX, XLSX_CELLS_MAX, XLSX_CHARACTERS_MAX, XLSX_MERGED_MAX, XLSX_ROWS_MAX } from './limits.ts';
import type { Shows } from './number-formats.ts';
import type { Cell } from './row.ts';
import { wallClockOf, wallClockWritten } from './wall-clock.ts';
import { type Attributes, readXml, unescaped } from './xml.ts';
import { damaged, type Parts, tooLarge } from './zip.ts';

/** A row that is not blank. `cells` by place, from 0, with gaps. */
export type RawRow = { readonly row: number; readonly cells: (Cell | undefined)[]; readonly faults: SeenFault[] };

/** Rows and columns as a spreadsheet counts them, from 1 and from 0, both ends included. */
export type MergedArea = {
  readonly ref: string;
  readonly rows: readonly [first: number, last: number];
  readonly columns: readonly [number, number];
};

export type Worksheet = { readonly rows: readonly RawRow[]; readonly merged: readonly MergedArea[] };

/** What the cells of a sheet refer to. */
export type Around = { readonly strings: readonly string[]; readonly shows: readonly Shows[]; readonly countsFrom1904: boolean };

/** Throws SheetInvalid. */
export const readWorksheet = async (parts: Parts, path: string, around: Around): Promise<Worksheet> => {
  const rows: RawRow[] = [];
  const merged: MergedArea[] = [];
  let row: RawRow = { row: 0, cells: [], faults: [] };
  let cell: OpenCell | undefined;
  let [column, cellCount, characters] = [-1, 0, 0];
  let into: 'value' | 'text' | undefined;
  let isInReading = false;

  const endCell = (ended: OpenCell): void => {
    const { value, fault } = meaningOf(ended, around);
    if (fault !== undefined) row.faults.push({ at: column, ...fault });
    if (value === undefined && fault === undefined) return;
    if (value !== undefined) row.cells[column] = value;
    cellCount += 1;
    characters += value?.kind === 'text' ? value.text.length : 0;
    if (characters > XLSX_CHARACTERS_MAX) throw tooLarge(`${XLSX_CHARACTERS_MAX} characters in all its cells`);
    if (cellCount > XLSX_CELLS_MAX) throw tooLarge(`${XLSX_CELLS_MAX} cells`);
    if (column > COLUMNS_MAX) throw tooLarge(`${COLUMNS_MAX} columns (${letterOf(column)}${row.row})`);
  };
  const endRow = (): void => {
    if (row.cells.length === 0 && row.faults.length === 0) return;
    rows.push(row);
    if (rows.length > XLSX_ROWS_MAX) throw tooLarge(`${XLSX_ROWS_MAX} rows`);
  };
  await readXml(parts.read(path), {
    open: (name, attributes) => {
      if (name === 'row') {
        row = { row: rowNumber(attributes, row.row), cells: [], faults: [] };
        column = -1;
      } else if (name === 'c') {
        column = columnNumber(attributes, row.row, column);
        cell = { type: attributes['t'] ?? 'n', style: Number(attributes['s'] ?? 0), value: undefined, text: undefined, isFormula: false };
      } else if (name === 'mergeCell') merged.push(areaOf(attributes['ref'] ?? '', merged.length));
      else if (!cell) return;
      else if (name === 'f') cell.isFormula = true;
      else if (name === 'v')
        [into, cell.value] = ['value', '']; // an empty one is there, too
      else if (name === 't') into = 'text';
      else if (name === 'rPh') isInReading = true;
    },
    text: (part) => {
      if (cell && into && !isInReading) cell[into] = (cell[into] ?? '') + part;
    },
    close: (name) => {
      if (name === 'row') endRow();
      else if (name === 'v' || name === 't') into = undefined;
      else if (name === 'rPh') isInReading = false;
      else if (name === 'c' && cell) {
        endCell(cell);
        cell = undefined;
      }
    },
  });
  return { rows, merged };
};

// ---- Places

const rowNumber = ({ r }: Attributes, before: number): number => {
  const row = r === undefined ? before + 1 : Number(r);
  if (!Number.isSafeInteger(row) || row <= before) throw damaged(new Error(`row ${r} after ${before}`));
  return row;
};

const PLACE = /^([A-Z]{1,3})([1-9]\d{0,6})$/;

/** From 0. Cells stand in their order: one that stood elsewhere could be read as another account's. */
const columnNumber = ({ r }: Attributes, row: number, before: number): number => {
  if (r === undefined) return before + 1;
  const [, letters = '', digits] = PLACE.exec(r) ?? [];
  const column = numberOf(letters);
  if (Number(digits) !== row || column <= before) throw damaged(new Error(`cell ${r} in row ${row}`));
  return column;
};

const numberOf = (letters: string): number => [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;

const AREA = /^([A-Z]{1,3})([1-9]\d{0,6}):([A-Z]{1,3})([1-9]\d{0,6})$/;

const areaOf = (ref: string, before: number): MergedArea => {
  if (before >= XLSX_MERGED_MAX) throw tooLarge(`${XLSX_MERGED_MAX} merged areas`);
  const [, left = '', top, right = '', bottom] = AREA.exec(ref) ?? [];
  if (top === undefined) throw damaged(new Error(`merged area ${ref}`));
  return { ref, rows: [Number(top), Number(bottom)], columns: [numberOf(left), numberOf(right)] };
};

// ---- Meaning

type OpenCell = { readonly type: string; readonly style: number; value: string | undefined; text: string | undefined; isFormula: boolean };
type Meaning = { readonly value?: Cell; readonly fault?: { readonly value: string; readonly detail: string } };

/** Nothing for a blank cell, and for a formula that shows nothing. */
const meaningOf = (cell: OpenCell, around: Around): Meaning => {
  const written = cell.value ?? '';
  if (cell.type === 'e') return fault(written, `The cell shows an error, ${cut(written)}. Mend or empty it.`);
  if (cell.isFormula) {
    if (cell.type === 'str' && cell.value !== undefined && written.trim() === '') return {};
    return fault(written, 'The cell holds a formula, and what it shows may change. Copy the cells and paste them as values.');
  }
  switch (cell.type) {
    case 's':
      return written === '' ? {} : textMeaning(around.strings[Number(written)] ?? missing(`shared text ${written}`));
    case 'inlineStr':
      return textMeaning(unescaped(cell.text ?? ''));
    case 'str':
      return textMeaning(unescaped(written));
    case 'b':
      return written === '' ? {} : { value: { kind: 'boolean', value: written === '1' || written === 'true' } };
    case 'd':
      return written === '' ? {} : clockMeaning(wallClockWritten(written), written);
    case 'n':
      return written === '' ? {} : numberMeaning(written, around.shows[cell.style] ?? 'number', around.countsFrom1904);
    default:
      throw damaged(new Error(`cell of type ${cell.type}`));
  }
};

const fault = (written: string, detail: string): Meaning => ({ fault: { value: cut(written), detail } });

const missing = (what: string): never => {
  throw damaged(new Error(`no ${what}`));
};

const textMeaning = (text: string): Meaning => {
  const value = textCell(text);
  return value ? { value } : {};
};

const numberMeaning = (written: string, shows: Shows, countsFrom1904: boolean): Meaning => {
  const value = Number(written);
  if (!Number.isFinite(value)) throw damaged(new Error(`number ${written}`));
  if (shows !== 'number') return clockMeaning(wallClockOf(value, shows, countsFrom1904), written);
  return { value: { kind: 'number', value, text: numberText(written, value) } };
};

/** As written if it may be an id, since a double would round it; else the shortest that means it: 1.1, where the file has 1.1000000000000001. */
const numberText = (written: string, value: number): string => (WHOLE.test(written) || Math.abs(value) >= 1e15 ? written : String(value));
const WHOLE = /^-?\d+$/;

const clockMeaning = (clock: ReturnType<typeof wallClockOf>, written: string): Meaning =>
  clock.kind === 'none' ? fault(written, clock.detail) : { value: clock };
