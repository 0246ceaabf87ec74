/** What the parts of a compiled mapping see of a row, and where they put what is wrong with it. */
import type { ExternalId } from '../../domain/ids.ts';
import type { Cell } from '../../sheets/row.ts';
import { shown } from './cell.ts';
import type { RowFault } from './fault.ts';

export type View = {
  readonly cells: ReadonlyMap<string, Cell>;
  /** Of an entry that goes through a list: the one item, which stands for its column. */
  readonly item: { readonly column: string; readonly cell: Cell } | undefined;
  readonly faults: RowFault[];
  /** Where it is asked for: what the ids stand for that are made of names, by the id. */
  readonly names?: Map<string, Named>;
};

/** What another system calls a case, an order, a meeting, a statement or a claim. */
export type Named = ExternalId & { readonly category: string };

export const cellOf = ({ cells, item }: View, column: string): Cell | undefined =>
  item !== undefined && item.column === column ? item.cell : cells.get(column);

const VALUE_LENGTH_MAX = 200; // characters of a cell that are shown with a fault

export const valueShown = (cell: Cell | undefined): string | null => {
  if (cell === undefined) return null;
  const text = shown(cell);
  return text.length <= VALUE_LENGTH_MAX ? text : `${text.slice(0, VALUE_LENGTH_MAX).toWellFormed()}…`;
};

export const complain = (view: View, column: string, { code, detail }: Pick<RowFault, 'code' | 'detail'>): undefined => {
  view.faults.push({ column, value: valueShown(cellOf(view, column)), code, detail });
  return undefined;
};

/** Tells two cells apart that are read differently. */
export const keyOfCell = (cell: Cell | undefined): string => {
  if (cell === undefined) return '';
  return cell.kind === 'list'
    ? `l${JSON.stringify(cell.items)}`
    : `${cell.kind}${cell.kind === 'local' && cell.hasTime ? '+' : ''} ${shown(cell)}`;
};
