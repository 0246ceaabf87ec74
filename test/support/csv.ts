/** A reader of CSV (RFC 4180) as strict as the strictest: it takes nothing but rows of one width. */
const CELL = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;

/** A mark of the encoding at the beginning is no part of the first cell. */
export const rowsOfCsv = (text: string): readonly (readonly string[])[] => {
  const rows: string[][] = [[]];
  let read = 0;
  const body = text.replace(/^\ufeff/, '');
  for (const [whole, quoted, plain = '', end] of body.matchAll(CELL)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end !== ',') rows.push([]);
    read += whole.length;
  }
  const all = rows.slice(0, -1);
  const widths = new Set(all.map(({ length }) => length));
  if (read !== body.length || widths.size !== 1) throw new Error(`no CSV: ${read} of ${body.length} characters, widths ${[...widths]}`);
  return all;
};
