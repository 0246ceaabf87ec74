/** Files for the readers of tables: made where they are used, however large, and workbooks put together from their parts. */
import { strToU8, type Zippable, zipSync } from 'fflate';
import { openSheet } from '../../src/sheets/open-sheet.ts';
import type { Cell, Sheet, SheetFile, SheetFormat, SheetRow } from '../../src/sheets/row.ts';
import { SheetInvalid } from '../../src/sheets/sheet-invalid.ts';

/** Cut into chunks of so many bytes. */
export const fileOf = (content: string | Uint8Array, chunkBytes = 64 * 1024): SheetFile => {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return {
    bytes: bytes.length,
    chunks: async function* () {
      for (let from = 0; from < bytes.length; from += chunkBytes) yield bytes.subarray(from, from + chunkBytes);
    },
  };
};

/** A file that is never there as a whole. `read` counts the bytes asked for, of all readings together. */
export const streamed = (parts: () => Iterable<string | Uint8Array>): SheetFile & { readonly read: () => number } => {
  let read = 0;
  return {
    bytes: 0,
    read: () => read,
    chunks: async function* () {
      for (const part of parts()) {
        const chunk = typeof part === 'string' ? Buffer.from(part) : part;
        read += chunk.length;
        yield chunk;
      }
    },
  };
};

export const allRows = async ({ rows }: Sheet): Promise<readonly SheetRow[]> => {
  const all: SheetRow[] = [];
  for await (const batch of rows) all.push(...batch);
  return all;
};

export const readAll = async (file: SheetFile, format: SheetFormat): Promise<readonly SheetRow[]> => allRows(await openSheet(file, format));

/** What is thrown until the last row is read. */
export const refusalOf = async (file: SheetFile, format: SheetFormat): Promise<SheetInvalid> => {
  try {
    for await (const _ of (await openSheet(file, format)).rows);
  } catch (error) {
    if (error instanceof SheetInvalid) return error;
    throw error;
  }
  throw new Error('the file was read to its end');
};

/** The texts of a row by column, which is all there is in most files. */
export const texts = ({ cells }: SheetRow): { readonly [column: string]: string } =>
  Object.fromEntries([...cells].map(([column, cell]) => [column, textOfCell(cell)]));

const textOfCell = (cell: Cell): string => {
  if (cell.kind === 'text' || cell.kind === 'number') return cell.text;
  throw new Error(`a cell of kind ${cell.kind}`);
};

// ---- Workbooks

const TYPES = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/';
const relations = (targets: readonly (readonly [id: string, type: string, target: string])[]): string =>
  `<Relationships>${targets.map(([id, type, target]) => `<Relationship Id="${id}" Type="${TYPES}${type}" Target="${target}"/>`).join('')}</Relationships>`;

export type SheetXml = { readonly name: string; readonly rows: string; readonly after?: string; readonly state?: string };

/** Styles by number: 0 number, 1 day, 2 day and time, 3 time, 4 length of time, 5 `dd/mm/yyyy`, 6 `dd.mm.yyyy hh:mm`. */
const STYLES =
  '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="dd\\.mm\\.yyyy\\ hh:mm"/></numFmts>' +
  '<cellStyleXfs><xf numFmtId="22"/></cellStyleXfs>' +
  `<cellXfs>${[0, 14, 22, 20, 46, 164, 165].map((id) => `<xf numFmtId="${id}"/>`).join('')}</cellXfs></styleSheet>`;

/** `parts` adds to what a workbook needs, or stands in its place. */
export const partsOfBook = (
  sheets: readonly SheetXml[],
  { strings = [], properties = '', parts = {} }: { strings?: readonly string[]; properties?: string; parts?: Zippable } = {},
): Zippable => ({
  '_rels/.rels': strToU8(relations([['rId1', 'officeDocument', 'xl/workbook.xml']])),
  'xl/workbook.xml': strToU8(
    `<workbook xmlns:r="r">${properties}<sheets>${sheets
      .map(({ name, state }, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="s${at}"${state ? ` state="${state}"` : ''}/>`)
      .join('')}</sheets></workbook>`,
  ),
  'xl/_rels/workbook.xml.rels': strToU8(
    relations([
      ...sheets.map((_, at) => [`s${at}`, 'worksheet', `worksheets/sheet${at}.xml`] as const),
      ['t', 'sharedStrings', 'sharedStrings.xml'],
      ['f', 'styles', '/xl/styles.xml'],
    ]),
  ),
  'xl/sharedStrings.xml': strToU8(`<sst>${strings.join('')}</sst>`),
  'xl/styles.xml': strToU8(STYLES),
  ...Object.fromEntries(
    sheets.map(({ rows, after = '' }, at) => [
      `xl/worksheets/sheet${at}.xml`,
      strToU8(`<worksheet><sheetData>${rows}</sheetData>${after}</worksheet>`),
    ]),
  ),
  ...parts,
});

export const bookOf = (...sheet: Parameters<typeof partsOfBook>): SheetFile => fileOf(zipSync(partsOfBook(...sheet)));

/** A row of texts and of cells that are written out as XML. */
export const rowXml = (row: number, cells: readonly (string | null)[]): string =>
  `<row r="${row}">${cells
    .map((cell, at) => {
      const place = `${String.fromCharCode(65 + at)}${row}`;
      if (cell === null) return '';
      if (cell.startsWith('<c')) return cell.replace('<c', `<c r="${place}"`);
      return `<c r="${place}" t="inlineStr"><is><t>${cell}</t></is></c>`;
    })
    .join('')}</row>`;
