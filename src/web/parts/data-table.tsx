/** A table that is read, printed, and taken along as a file. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { AskFailed } from '../ask.ts';
import { FORMATS, type Format, fileName, fileOf, save, type TableFile } from '../files/table-files.ts';

/** `text` is what stands in a file; `shown` on the page, if that is more; `value` of a number. */
export type Cell = { readonly text: string; readonly shown?: ComponentChildren; readonly value?: number };
export type TableRow = {
  readonly key: string;
  readonly cells: readonly Cell[];
  /** What it counts no more, or lies behind the cursor; said in words in a cell as well. */
  readonly kind?: 'struck' | 'later' | 'marked' | undefined;
  /** Between this row and the one before. */
  readonly above?: string | undefined;
};
type DataTableProps = {
  readonly name: string;
  /** Shown above; by default the name, for those who do not see the page. */
  readonly caption?: ComponentChildren;
  readonly about: TableFile['about'];
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
  readonly kind?: 'report';
  /** Rows of further pages, for a file of all. */
  readonly all?: (() => Promise<readonly (readonly Cell[])[]>) | undefined;
};

export const DataTable = ({ name, caption, about, columns, rows, all, kind }: DataTableProps) => (
  <div class={kind === undefined ? 'table' : `table ${kind}`}>
    <table>
      <caption>{caption ?? <span class="unseen">{name}</span>}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Rows key={row.key} row={row} width={columns.length} />
        ))}
      </tbody>
    </table>
    <Downloads
      name={name}
      fileOf={async () => ({
        name,
        about,
        columns,
        rows: (all ? await all() : rows.map(({ cells }) => cells)).map((cells) => cells.map(plainCell)),
      })}
    />
  </div>
);

const plainCell = ({ text, value }: Cell): string | number => value ?? text;

const Rows = ({ row: { cells, kind, above }, width }: { readonly row: TableRow; readonly width: number }) => (
  <>
    {above !== undefined && (
      <tr class="between">
        <td colSpan={width}>{above}</td>
      </tr>
    )}
    <tr class={kind}>
      {cells.map(({ text, shown, value }, place) => (
        <td key={place} class={value === undefined ? undefined : 'number'}>
          {shown ?? text}
        </td>
      ))}
    </tr>
  </>
);

type DownloadsProps = { readonly name: string; readonly fileOf: () => Promise<TableFile> };

const Downloads = ({ name, fileOf: tableOf }: DownloadsProps) => {
  const [said, setSaid] = useState('');
  const take = async (format: Format): Promise<void> => {
    setSaid(`Making the ${format} …`);
    try {
      save(await fileOf(format, await tableOf()), `${fileName(name)}.${format.toLowerCase()}`);
      setSaid('');
    } catch (error) {
      if (!(error instanceof AskFailed) && !(error instanceof TooManyRows)) throw error;
      setSaid(error instanceof TooManyRows ? error.message : 'The ledger did not answer: nothing was saved.');
    }
  };
  return (
    <p class="downloads">
      Download:{' '}
      {FORMATS.map((format) => (
        <button key={format} type="button" onClick={() => void take(format)} aria-label={`${name} as ${format}`}>
          {format}
        </button>
      ))}{' '}
      <span role="status">{said}</span>
    </p>
  );
};

/** More rows than a browser is asked to hold. */
export class TooManyRows extends Error {
  override readonly name = 'TooManyRows';
}
