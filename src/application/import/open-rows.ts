/** The rows of a file, some at a time, as facts that are to be recorded; the mapping's own facts first. */
import { unsafeText } from '../../domain/text.ts';
import { shown } from '../../sheets/columns.ts';
import { WHAT_IS_WRONG } from '../../sheets/limits.ts';
import type { Sheet, SheetRow } from '../../sheets/row.ts';
import { SheetInvalid } from '../../sheets/sheet-invalid.ts';
import { locatorOf } from '../mapping/citation.ts';
import { seeColumns } from '../mapping/columns.ts';
import type { RowFault } from '../mapping/fault.ts';
import type { CompiledMapping } from '../mapping/row-facts.ts';
import { type Citing, type FileRow, type OpenFact, openFact } from './open-fact.ts';

export type OpenRow =
  | { readonly at: FileRow; readonly facts: readonly OpenFact[] }
  | { readonly at: FileRow; readonly faults: readonly RowFault[] };

/** Enough for few transactions, and soon enough done that whoever else asks is answered in between. */
const SLICE_FACTS = 1_000;

/** Reads on as it is asked for more. Throws SheetInvalid. A row to which no entry of the mapping applies has no facts. */
export const slicesOf = async function* (open: () => Promise<Sheet>, citing: Citing): AsyncGenerator<readonly OpenRow[], void> {
  const { mapping } = citing;
  if (mapping.before.length > 0) yield [{ at: 'before', facts: factsAhead(citing) }];
  const sheet = await open();
  let slice: OpenRow[] = [];
  let facts = 0;
  for await (const batch of sheet.rows) {
    for (const row of batch) {
      const opened = openRow(row, sheet.name, citing);
      slice.push(opened);
      facts += 'facts' in opened ? opened.facts.length : 1;
      if (facts < SLICE_FACTS) continue;
      yield slice;
      slice = [];
      facts = 0;
    }
  }
  if (slice.length > 0) yield slice;
};

/** The mapping's own facts. */
export const factsAhead = (citing: Citing): readonly OpenFact[] => citing.mapping.before.map((said) => openFact(said, null, null, citing));

const openRow = (at: SheetRow, sheet: string | null, citing: Citing): OpenRow => {
  // What was mended says nothing here.
  const wrong = at.cells.get(WHAT_IS_WRONG);
  if (wrong && !citing.mapping.columns.has(WHAT_IS_WRONG)) return { at, faults: [notMended(shown(wrong))] };
  const reading = citing.mapping.read(at);
  if (reading.kind === 'refused') return { at, faults: reading.faults };
  if (reading.kind === 'nothing') return { at, facts: [] };
  const locator = locatorOf(sheet, at.row);
  return { at, facts: reading.facts.map((said) => openFact(said, reading.rowKey, locator, citing)) };
};

/** What was refused for what a spreadsheet did to it (a rounded number, a formula) comes back as plain text, in which nobody could see that any more. */
const notMended = (value: string): RowFault => ({
  column: WHAT_IS_WRONG,
  value,
  code: 'ROW_NOT_MENDED',
  detail: 'the row still says what is wrong with it: mend it from its source, and empty this cell',
});

/** Which columns the file has, and which of them the mapping does not read. */
export type ColumnsRead = { readonly columns: readonly string[]; readonly unread: readonly string[] };

/** Reads the file to its end and decides nothing. Throws SheetInvalid, also for a column that the mapping reads and the file does not have. */
export const readThrough = async (open: () => Promise<Sheet>, mapping: CompiledMapping): Promise<ColumnsRead> => {
  const sheet = await open();
  refuseName(sheet.name);
  if (sheet.columns) refuseMissing(mapping, sheet.columns); // before a long file is read in vain
  const found = new Set<string>();
  let isMended = false;
  for await (const batch of sheet.rows) {
    if (sheet.columns !== null) continue;
    for (const { cells, object } of batch) {
      for (const column of cells.keys()) found.add(column);
      isMended ||= object !== undefined && Object.hasOwn(object, WHAT_IS_WRONG);
    }
  }
  const columns = sheet.columns ?? [...found];
  // Lines that come back may lack a member that those had which were recorded.
  const unread = isMended ? seeColumns(mapping, columns).unread : refuseMissing(mapping, columns);
  return { columns, unread: unread.filter((column) => column !== WHAT_IS_WRONG) };
};

const SHEET_NAME_LENGTH_MAX = 100; // a spreadsheet itself allows 31

/** It is cited by every fact of the sheet. */
const refuseName = (name: string | null): void => {
  if (name === null || (name.length <= SHEET_NAME_LENGTH_MAX && unsafeText(name, 'line') === undefined)) return;
  throw new SheetInvalid('sheet', 'The name of the sheet is too long, or has characters that no name should have: rename the sheet.');
};

const refuseMissing = (mapping: CompiledMapping, columns: readonly string[]): readonly string[] => {
  const { missing, unread } = seeColumns(mapping, columns);
  const [first] = missing;
  if (first) throw new SheetInvalid('header', missing.map(({ detail }) => detail).join('; '), { column: first.column });
  return unread;
};
