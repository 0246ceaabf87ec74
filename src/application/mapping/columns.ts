/** Whether a sheet has the columns that a mapping reads, and which of its own are left unread. */
import { quoted } from './fault.ts';
import { nearest } from './nearest.ts';
import type { CompiledMapping } from './row-facts.ts';

export type ColumnFault = { readonly column: string; readonly detail: string };
export type ColumnsSeen = {
  /** Each is a fault of the file as a whole: read as blank, a mistyped column would silently say nothing. */
  readonly missing: readonly ColumnFault[];
  /** Columns of the sheet that say nothing to the mapping: to be told, not to be refused. */
  readonly unread: readonly string[];
};

const COLUMNS_NAMED_MAX = 50;

/** `present`: the header; of JSON lines every member that some row has. */
export const seeColumns = ({ columns }: Pick<CompiledMapping, 'columns'>, present: readonly string[]): ColumnsSeen => {
  const there = new Set(present);
  const unread = present.filter((column) => !columns.has(column));
  const named = present.slice(0, COLUMNS_NAMED_MAX).map((column) => `${quoted(column)}`);
  const more = present.length > COLUMNS_NAMED_MAX ? ` and ${present.length - COLUMNS_NAMED_MAX} more` : '';
  const listed = named.length === 0 ? 'it has none' : `it has ${named.join(', ')}${more}`;
  const missing = [...columns]
    .filter((column) => !there.has(column))
    .map((column) => {
      const near = nearest(column, unread);
      return {
        column,
        detail: `the sheet has no column ${quoted(column)}${near === undefined ? '' : `; ${quoted(near)} is meant?`} (${listed})`,
      };
    });
  return { missing, unread };
};
