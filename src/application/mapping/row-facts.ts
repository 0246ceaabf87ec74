/** One row of their sheet becomes facts: the steps of a mapping, one after the other, or everything that is wrong with the row. Pure. */
import { extentIn } from '../../domain/codec.ts';
import type { Command } from '../../domain/command.ts';
import { type Bounds, isProvablyBefore } from '../../domain/time.ts';
import type { NonEmpty } from '../../envelope/envelope.ts';
import type { SheetRow } from '../../sheets/row.ts';
import { textIn } from './cell.ts';
import type { RowFault } from './fault.ts';
import type { Mapping } from './mapping.ts';
import { cellOf, complain, type Named, type View } from './view.ts';

export type RowReading =
  /** No entry of the mapping applies to the row. */
  | { readonly kind: 'nothing' }
  /** In the mapping's order. `rowKey` is what the mapping's `identity` column names the row; `null` if it declares none. */
  | { readonly kind: 'facts'; readonly rowKey: string | null; readonly facts: NonEmpty<RowFact> }
  /** All faults of the row; nothing of it is recorded. */
  | { readonly kind: 'refused'; readonly rowKey: string | null; readonly faults: NonEmpty<RowFault> };

export type RowFact = {
  /** Name of the mapping's entry that made it. */
  readonly entry: string;
  /** Of an entry that makes a fact of each item of a list: the item as written. */
  readonly item: string | null;
  /** Parsed by the input schema of its type; no citation of the file, no batch. */
  readonly command: Command;
  /** SHA-256, lower-case hex, of what the fact says: the same in a re-sorted or re-saved copy of the file. */
  readonly identity: string;
  /** The column that alone gives a field of the fact; `undefined` if none does, or several together. */
  readonly columnOf: (field: string) => string | undefined;
  /** The name of which the mapping made an id; `undefined` for an id that it made of none. */
  readonly nameOf: (id: string) => Named | undefined;
};

export type CompiledMapping = {
  readonly mapping: Mapping;
  /** Recorded once, ahead of all rows. */
  readonly before: readonly RowFact[];
  /** Names of the columns that it reads. */
  readonly columns: ReadonlySet<string>;
  /** What lies provably outside is doubtful; `undefined` if the mapping declares no period. */
  readonly period: Bounds | undefined;
  readonly read: (row: SheetRow) => RowReading;
};

/** Whether a fact lies provably outside the mapping's period. */
export const isOutside = ({ period }: CompiledMapping, { command }: RowFact): boolean => {
  const occurredAt = extentIn(command.data, 'occurredAt');
  return period !== undefined && occurredAt !== undefined && (isProvablyBefore(occurredAt, period) || isProvablyBefore(period, occurredAt));
};

export type Step = {
  readonly columns: readonly string[];
  /** Adds the entry's facts by their identity, if it applies: said twice by one row, it is one fact. */
  readonly run: (view: View, facts: Map<string, RowFact>) => void;
};

export const rowReader =
  ({ identity }: Mapping, steps: readonly Step[], columns: ReadonlySet<string>): CompiledMapping['read'] =>
  ({ cells, faults: seen = [] }) => {
    const view: View = { cells, item: undefined, faults: [] };
    for (const { column, value, detail } of seen) {
      // What nobody reads may stay as it is.
      if (column === null || columns.has(column)) view.faults.push({ column, value, code: 'CELL_FAULTY', detail });
    }
    const rowKey = identity === undefined ? null : rowKeyIn(view, identity.column);
    const facts = new Map<string, RowFact>();
    for (const { run } of steps) run(view, facts);
    const [fault, ...otherFaults] = view.faults.length === 0 ? [] : distinct(view.faults);
    if (fault) return { kind: 'refused', rowKey, faults: [fault, ...otherFaults] };
    const [fact, ...otherFacts] = facts.values();
    return fact ? { kind: 'facts', rowKey, facts: [fact, ...otherFacts] } : { kind: 'nothing' };
  };

const rowKeyIn = (view: View, column: string): string | null => {
  const cell = cellOf(view, column);
  const text = cell && textIn(cell);
  if (text !== undefined && 'value' in text) return text.value;
  complain(view, column, text ?? { code: 'CELL_BLANK', detail: 'blank, and the mapping names the row by it: fill it in' });
  return null;
};

/** Several entries may read one cell; a cell that the file's reader complained of is complained of once. */
const distinct = (faults: readonly RowFault[]): readonly RowFault[] => {
  const faulty = new Set(faults.flatMap(({ code, column }) => (code === 'CELL_FAULTY' ? [column] : [])));
  const told = faults.filter(({ code, column }) => code === 'CELL_FAULTY' || column === null || !faulty.has(column));
  return [...new Map(told.map((fault) => [JSON.stringify(fault), fault])).values()];
};
