/** CSV (RFC 4180, with the separators and line ends that spreadsheets write) as rows, read as it comes. */
import { CsvError, type Parser, parse } from 'csv-parse';
import { parse as parseWhole } from 'csv-parse/sync';
import { type Columns, columnsOf, rowOf, textCell } from './columns.ts';
import { type CsvFormat, type CsvHead, headOf } from './csv-head.ts';
import { RECORD_BYTES_MAX } from './limits.ts';
import type { Cell, CellFault, Sheet, SheetFile, SheetRow } from './row.ts';
import { SheetInvalid } from './sheet-invalid.ts';
import { unmarked } from './text-mark.ts';
import { textOf } from './text-of.ts';

/** Reads up to the header. Throws SheetInvalid, as do the rows. */
export const openCsv = async (file: SheetFile, format: CsvFormat): Promise<Sheet> => {
  const { encoding = 'utf-8' } = format;
  const head = await headOf(textOf(file.chunks(), encoding), format);
  const columns = columnsOf(namesIn(head), head.row);
  return { name: null, columns: columns.names, separator: head.separator, rows: rowsUnder(columns, head, textOf(file.chunks(), encoding)) };
};

const namesIn = ({ header, separator, row }: CsvHead): readonly string[] => {
  try {
    const [names = []] = parseWhole(header, { delimiter: separator });
    return names.map(unmarked);
  } catch (error) {
    throw error instanceof CsvError ? invalidOf(error, row) : error;
  }
};

// ---- Rows

/** A batch is what a piece of the file yields. */
const rowsUnder = async function* (
  columns: Columns,
  { separator, lineEnds, row: headerRow }: CsvHead,
  text: AsyncIterable<string>,
): AsyncGenerator<readonly SheetRow[], void> {
  let batch: SheetRow[] = [];
  let line = 1;
  const parser = parse({
    delimiter: separator,
    record_delimiter: [...lineEnds],
    relax_column_count: true,
    max_record_size: RECORD_BYTES_MAX,
    // Takes each record where it is made: as a stream of objects they cost as much again.
    on_record: (values: readonly string[]) => {
      const row = line > headerRow ? rowFrom(columns, values, line) : undefined;
      if (row) batch.push(row);
      line += 1 + linesWithin(values);
      return null;
    },
  });
  parser.on('error', () => {}); // comes as the answer to what was written, too
  parser.resume();
  try {
    for await (const piece of text) {
      await written(parser, Buffer.from(piece));
      if (batch.length > 0) yield batch;
      batch = [];
    }
    await ended(parser);
    if (batch.length > 0) yield batch;
  } catch (error) {
    throw error instanceof CsvError ? invalidOf(error, line) : error;
  } finally {
    parser.destroy();
  }
};

/** Counted here, since the parser counts CR LF within quotation marks twice. */
const linesWithin = (values: readonly string[]): number => {
  let lines = 0;
  for (const value of values) if (LINE_END.test(value)) lines += value.split(LINE_END).length - 1;
  return lines;
};
const LINE_END = /\r\n|\n|\r/;

const written = (parser: Parser, piece: Buffer): Promise<void> =>
  new Promise((resolve, reject) => {
    parser.write(piece, (error) => (error ? reject(error) : resolve()));
  });

const ended = (parser: Parser): Promise<void> =>
  new Promise((resolve, reject) => {
    parser.once('error', reject).once('end', resolve).end();
  });

const rowFrom = (columns: Columns, values: readonly string[], row: number): SheetRow | undefined => {
  const read = rowOf(columns, values.map(cellFrom), row);
  if (!read || values.length <= columns.width || read.faults?.some(({ column }) => column === null)) return read;
  return { ...read, faults: [...(read.faults ?? []), tooMany(values.length, columns.width)] };
};

const cellFrom = (value: string): Cell | undefined => textCell(unmarked(value));

/** Even if those beyond the header are blank: a separator inside a value moves all that follows by a column. */
const tooMany = (cells: number, width: number): CellFault => ({
  column: null,
  value: null,
  detail: `The row has ${cells} cells and the header ${width}. Look whether a separator stands inside a value: such a value needs quotation marks around it.`,
});

const invalidOf = (cause: CsvError, row: number): SheetInvalid => {
  if (cause.code === 'CSV_MAX_RECORD_SIZE')
    return new SheetInvalid(
      'limit',
      `The record that begins on line ${row} is longer than ${RECORD_BYTES_MAX} bytes. A quotation mark may be open there, or the file may be no CSV.`,
      { row },
      { cause },
    );
  return new SheetInvalid(
    'syntax',
    `The quotation marks of the record that begins on line ${row} do not match. A value with a quotation mark inside is written "like ""this""".`,
    { row },
    { cause },
  );
};
