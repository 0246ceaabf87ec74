/** Where the header of a CSV stands, and what the file shows of its own form: its separator and its ends of lines. */
import { RECORD_BYTES_MAX } from './limits.ts';
import type { Separator, SheetFormat } from './row.ts';
import { SheetInvalid } from './sheet-invalid.ts';
import type { textOf } from './text-of.ts';

export type CsvFormat = Extract<SheetFormat, { format: 'csv' }>;

/** `row`: the line on which the header begins. `header`: as it is written, without its end. */
export type CsvHead = {
  readonly row: number;
  readonly header: string;
  readonly separator: Separator;
  readonly lineEnds: readonly string[];
};

/** Reads no more than it takes to find the header. Throws SheetInvalid. */
export const headOf = async (text: ReturnType<typeof textOf>, format: CsvFormat): Promise<CsvHead> => {
  const start = await startOf(text);
  let declared = format.separator;
  for (const record of records(start)) {
    const said = record.row === 1 ? SEPARATOR_SAID.exec(record.text)?.[1] : undefined;
    if (said !== undefined) declared ??= separatorNamed(said);
    if (said !== undefined || !isHeader(record, format.headerRow)) continue;
    if (!record.isWhole && start.length >= RECORD_BYTES_MAX) break;
    const lineEnds = record.end === '\r' ? ['\r'] : ['\r\n', '\n'];
    return { row: record.row, header: record.text, separator: declared ?? separatorIn(record.text, record.row), lineEnds };
  }
  throw withoutHeader(start, format.headerRow);
};

const startOf = async (text: ReturnType<typeof textOf>): Promise<string> => {
  let start = '';
  for await (const piece of text) {
    start += piece;
    if (start.length >= RECORD_BYTES_MAX) break;
  }
  return start;
};

type HeadRecord = { readonly row: number; readonly text: string; readonly end: string; readonly isWhole: boolean };

const isHeader = ({ row, text }: HeadRecord, headerRow: number | undefined): boolean =>
  headerRow === undefined ? NOT_BLANK.test(text) : row === headerRow;
const NOT_BLANK = /[^\s,;"]/;

/** A line that a spreadsheet reads, and takes for no row of the table. */
const SEPARATOR_SAID = /^"?sep=(.)"?$/i;

const SEPARATORS: readonly Separator[] = [',', ';', '\t'];

const separatorNamed = (said: string): Separator => {
  const separator = SEPARATORS.find((known) => known === said);
  if (separator) return separator;
  throw new SheetInvalid(
    'header',
    `Line 1 says that "${said}" separates the cells; read are commas, semicolons and tabs. Save the file with one of these.`,
    { row: 1 },
  );
};

/** A line end within quotation marks ends no record. */
const records = function* (text: string): Generator<HeadRecord, void> {
  let [start, row, lines, isQuoted] = [0, 1, 0, false];
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '"') isQuoted = !isQuoted;
    if (sign !== '\n' && sign !== '\r') continue;
    const end = sign === '\r' && text[at + 1] === '\n' ? '\r\n' : sign;
    lines += 1;
    const record = { row, text: text.slice(start, at), end, isWhole: true };
    at += end.length - 1;
    if (isQuoted) continue;
    yield record;
    [start, row] = [at + 1, lines + 1];
  }
  if (start < text.length) yield { row, text: text.slice(start), end: '\n', isWhole: false };
};

const separatorIn = (header: string, row: number): Separator => {
  const unquoted = header.replace(/"[^"]*"/g, '');
  const counted = SEPARATORS.map((separator) => ({ separator, count: unquoted.split(separator).length - 1 }));
  const most = Math.max(...counted.map(({ count }) => count));
  const [found, ...others] = counted.filter(({ count }) => count === most);
  if (most === 0 || found === undefined) return ','; // one column
  if (others.length === 0) return found.separator;
  throw new SheetInvalid(
    'header',
    `Row ${row}, the header, does not show what separates its cells. Declare it in the mapping as "separator": ",", ";" or "\\t" (a tab).`,
    { row },
  );
};

const withoutHeader = (start: string, headerRow: number | undefined): SheetInvalid => {
  if (start.trim() === '') return new SheetInvalid('empty', 'The file is empty.');
  if (start.length >= RECORD_BYTES_MAX)
    return new SheetInvalid(
      'limit',
      `No header ends within the first ${RECORD_BYTES_MAX} characters. A quotation mark may be open there, or the file may be no CSV.`,
      { row: headerRow ?? 1 },
    );
  return new SheetInvalid(
    'header',
    headerRow === undefined
      ? 'No row names the columns: the file holds separators alone.'
      : `No row begins on line ${headerRow}, which the mapping declares as "headerRow". Count the lines as a text editor does.`,
    headerRow === undefined ? {} : { row: headerRow },
  );
};
