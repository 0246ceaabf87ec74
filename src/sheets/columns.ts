/** The header of a table, and the cells of a row under it. */
import { CELL_CHARACTERS_MAX, COLUMN_NAME_CHARACTERS_MAX, COLUMNS_MAX, WHAT_IS_WRONG } from './limits.ts';
import type { Cell, CellFault, SheetRow } from './row.ts';
import { SheetInvalid } from './sheet-invalid.ts';

/** `width`: cells of the header, blank ones at its end included. */
export type Columns = { readonly names: readonly string[]; readonly width: number };

/** Throws SheetInvalid for names that do not tell every column from every other. */
export const columnsOf = (header: readonly string[], row: number): Columns => {
  const names = withoutBlankEnd(header.map(nameOf));
  const read = names.filter((name) => name !== WHAT_IS_WRONG).length;
  if (read > COLUMNS_MAX) throw new SheetInvalid('limit', `Row ${row} names ${read} columns; at most ${COLUMNS_MAX} are read.`, { row });
  if (names.length === 0)
    throw new SheetInvalid('header', `Row ${row} should name the columns, and is blank. Declare the row that does, as "headerRow".`, {
      row,
    });
  const blank = names.indexOf('');
  if (blank !== -1)
    throw new SheetInvalid(
      'header',
      `Column ${letterOf(blank)} has no name in row ${row}. Name it, or take the column out; if the names stand in another row, declare it as "headerRow".`,
      { row, column: letterOf(blank) },
    );
  const long = names.find((name) => name.length > COLUMN_NAME_CHARACTERS_MAX);
  if (long !== undefined) throw longName(long, row);
  refuseTwice(names, row);
  return { names, width: header.length };
};

/** Names stand in every fault and in the mapping. */
export const longName = (name: string, row: number): SheetInvalid =>
  new SheetInvalid(
    'limit',
    `A column of row ${row} has a name of ${name.length} characters, "${cut(name)}"; at most ${COLUMN_NAME_CHARACTERS_MAX} are read. Shorten it.`,
    { row },
  );

const refuseTwice = (names: readonly string[], row: number): void => {
  const first = new Map<string, number>();
  for (const [at, name] of names.entries()) {
    const before = first.get(name);
    if (before !== undefined)
      throw new SheetInvalid(
        'header',
        `Columns ${letterOf(before)} and ${letterOf(at)} both have the name "${name}" in row ${row}. Rename one, so that it is clear which is meant.`,
        { row, column: name },
      );
    first.set(name, at);
  }
};

/** On one line, whatever line breaks a spreadsheet has in it. */
const nameOf = (cell: string): string => cell.trim().replace(/\s+/gu, ' ');

const withoutBlankEnd = (names: readonly string[]): readonly string[] => names.slice(0, names.findLastIndex((name) => name !== '') + 1);

/** What the reader saw wrong in a cell, by its place in the row. */
export type SeenFault = { readonly at: number | null; readonly value: string | null; readonly detail: string };

/** `undefined` for a blank row, and for the header said again. */
export const rowOf = (
  { names }: Columns,
  values: readonly (Cell | undefined)[],
  row: number,
  seen: readonly SeenFault[] = [],
): SheetRow | undefined => {
  const cells = new Map<string, Cell>();
  const faults: CellFault[] = [];
  let namesSaid = 0;
  for (let at = 0; at < values.length; at += 1) {
    const cell = values[at];
    if (cell === undefined) continue;
    const column = names[at];
    if (column === undefined) {
      faults.push(withoutName(cell, at));
      break; // what follows has no name either
    }
    const fault = faultOf(cell, column);
    if (fault) faults.push(fault);
    else cells.set(column, cell);
    if (isNamed(cell, column)) namesSaid += 1;
  }
  if (namesSaid === names.length && namesSaid > 1) return undefined;
  for (const { at, value, detail } of seen) faults.push({ column: at === null ? null : (names[at] ?? null), value, detail });
  if (faults.length > 0) return { row, cells, faults };
  return cells.size === 0 ? undefined : { row, cells };
};

const isNamed = (cell: Cell, column: string): boolean => cell.kind !== 'list' && nameOf(shown(cell)) === column;

/** `undefined` if it is blank. */
export const textCell = (written: string): Cell | undefined => {
  const text = written.trim();
  return text === '' ? undefined : { kind: 'text', text };
};

const withoutName = (cell: Cell, at: number): CellFault => ({
  column: null,
  value: shown(cell),
  detail: `A value stands in column ${letterOf(at)}, which has no name. Name the column, or look whether a separator stands inside a value.`,
});

/** Of a cell that is too long to be one. */
export const faultOf = (cell: Cell, column: string): CellFault | undefined => {
  if (cell.kind === 'list') return cell.items.map((item) => faultOf(item, column)).find((fault) => fault !== undefined);
  if (cell.kind !== 'text' || cell.text.length <= CELL_CHARACTERS_MAX) return undefined;
  const detail = `The cell has ${cell.text.length} characters; at most ${CELL_CHARACTERS_MAX} are read. Shorten it, or send the text as a file of evidence.`;
  return { column, value: shown(cell), detail };
};

const SHOWN_MAX = 200;

export const cut = (text: string): string => (text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text);

/** A cell in words: as the file has it, at most some 200 characters. */
export const shown = (cell: Cell): string => {
  switch (cell.kind) {
    case 'text':
    case 'number':
      return cut(cell.text);
    case 'boolean':
      return cell.value ? 'TRUE' : 'FALSE';
    case 'local':
      return cell.hasTime ? cell.local.replace('T', ' ') : cell.local.slice(0, 'YYYY-MM-DD'.length);
    case 'list':
      return cut(cell.items.slice(0, SHOWN_MAX).map(shown).join(', '));
  }
};

/** As a spreadsheet names its columns: A, B, … Z, AA. `at` from 0. */
export const letterOf = (at: number): string => (at < 26 ? '' : letterOf(Math.floor(at / 26) - 1)) + String.fromCharCode(65 + (at % 26));
