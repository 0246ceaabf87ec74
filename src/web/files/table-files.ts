/** A table as a file: what it is of and under which terms stands in it, since a figure does not travel without them. */

export type TableFile = {
  readonly name: string;
  /** Which answer it is: ledger, point of knowledge, instant, zone, filters. */
  readonly about: readonly (readonly [string, string])[];
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
};

const KEY = 'line'; // says what a row is, so that all rows have the same columns

const linesOf = ({ about, columns, rows }: TableFile): readonly (readonly (string | number)[])[] => {
  const width = Math.max(columns.length, 2);
  const padded = (cells: readonly (string | number)[]) => [...cells, ...Array<string>(width - cells.length).fill('')];
  return [
    [KEY, ...padded(columns)],
    ...about.map(([name, value]) => ['head', ...padded([name, value])]),
    ...rows.map((cells) => ['row', ...padded(cells)]),
  ];
};

/** RFC 4180, every text in quotation marks, and nothing that a spreadsheet takes for a formula. */
const csvOf = (table: TableFile): Blob => {
  const lines = linesOf(table).map((cells) => cells.map(cellText).join(','));
  // The mark of its encoding: without it a spreadsheet reads names in another one.
  return new Blob([`\ufeff${lines.join('\r\n')}\r\n`], { type: 'text/csv;charset=utf-8' });
};

const FORMULA = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;
const cellText = (cell: string | number): string =>
  typeof cell === 'number' ? `${cell}` : `"${(FORMULA.test(cell) ? `'${cell}` : cell).replaceAll('"', '""')}"`;

const jsonOf = ({ name, about, columns, rows }: TableFile): Blob => {
  const named = rows.map((cells) => Object.fromEntries(columns.map((column, place) => [column, cells[place] ?? ''])));
  return new Blob([JSON.stringify({ table: name, about: Object.fromEntries(about), rows: named }, null, 1)], { type: 'application/json' });
};

/** The writer of workbooks is fetched when the first one is asked for. */
const xlsxOf = async (table: TableFile): Promise<Blob> => {
  const { default: write } = await import('write-excel-file/universal');
  const data = linesOf(table).map((cells, place) =>
    cells.map((value) => (place === 0 ? { value, fontWeight: 'bold' as const } : { value })),
  );
  return write(data, {
    sheet: 'Table',
    stickyRowsCount: 1,
    columns: data[0]?.map((_, place) => ({ width: place === 0 ? 6 : 24 })) ?? [],
  }).toBlob();
};

export const FORMATS = ['CSV', 'XLSX', 'JSON'] as const;
export type Format = (typeof FORMATS)[number];

export const fileOf = async (format: Format, table: TableFile): Promise<Blob> => {
  switch (format) {
    case 'CSV':
      return csvOf(table);
    case 'XLSX':
      return xlsxOf(table);
    case 'JSON':
      return jsonOf(table);
  }
};

/** Hands bytes to the browser as a file. */
export const save = (blob: Blob, name: string): void => {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has the bytes by then; the address of a blob would keep them for as long as the page lives.
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
};
const KEPT_MS = 60_000;

/** `Timeline: Two orders` as `timeline-two-orders`. */
export const fileName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 80);
