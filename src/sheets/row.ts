/** A table as a file has it: rows of cells by the name of their column, before anybody says what they mean. */

import type { JsonObject } from '../domain/json.ts';

/** A blank cell has no entry in its row. */
export type Cell =
  /** Edges trimmed of white space, no-break spaces included. */
  | { readonly kind: 'text'; readonly text: string }
  /** `text` is the number as the file writes it, in full: `550000000000000001` and not what a double keeps of it. */
  | { readonly kind: 'number'; readonly value: number; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** A spreadsheet's date cell: wall clock without a zone, `2021-02-01T14:00:00`. */
  | { readonly kind: 'local'; readonly local: string; readonly hasTime: boolean }
  /** A JSON array of scalars. */
  | { readonly kind: 'list'; readonly items: readonly Cell[] };

/**
 * What the reader saw wrong: in one cell, so that a mapping that does not read its column may take the row; or, with `column: null`, in the row as a
 * whole. `detail` says what, and how to mend it.
 */
export type CellFault = { readonly column: string | null; readonly value: string | null; readonly detail: string };

/**
 * `row` as a spreadsheet or a text editor numbers it, from 1; in CSV the line on which the record begins. A cell that has a fault may be missing from
 * `cells`, which is then no blank cell.
 */
export type SheetRow = {
  readonly row: number;
  readonly cells: ReadonlyMap<string, Cell>;
  readonly faults?: readonly CellFault[];
  /** Of a line of JSON what stands there, also what no cell could be made of. */
  readonly object?: JsonObject;
};

/** What the file is, as its mapping declares it. `headerRow` counts as `row` does; without it the first row that is not blank has the names. */
export type SheetFormat =
  | {
      readonly format: 'csv';
      /** Without it, found out from the header. */
      readonly separator?: Separator | undefined;
      readonly encoding?: 'utf-8' | 'windows-1252' | undefined;
      readonly headerRow?: number | undefined;
    }
  | { readonly format: 'xlsx'; readonly sheet?: string | undefined; readonly headerRow?: number | undefined }
  | { readonly format: 'jsonl' };

export type Separator = ',' | ';' | '\t';

/** A file that can be read from its start as often as asked. */
export type SheetFile = { readonly bytes: number; readonly chunks: () => AsyncIterable<Uint8Array> };

/**
 * An open table. Rows come in batches, in the order of the file, since a promise for each row costs more than reading it; a batch is never empty.
 * Reading on may throw SheetInvalid.
 */
export type Sheet = {
  /** Of the sheet of a workbook; null for files that hold one table. */
  readonly name: string | null;
  /** In the order of the file; null for JSON lines, where each row names its own. */
  readonly columns: readonly string[] | null;
  /** Of a CSV file: which separates its cells, declared or found out. */
  readonly separator: Separator | null;
  readonly rows: AsyncIterable<readonly SheetRow[]>;
};
