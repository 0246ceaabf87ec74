/** A file as the table that it is declared to be. */
import { openCsv } from './csv.ts';
import { openJsonLines } from './json-lines.ts';
import type { Sheet, SheetFile, SheetFormat } from './row.ts';
import { openXlsx } from './xlsx.ts';

/** Throws SheetInvalid, here or while its rows are read. */
export const openSheet = async (file: SheetFile, format: SheetFormat): Promise<Sheet> => {
  switch (format.format) {
    case 'csv':
      return openCsv(file, format);
    case 'xlsx':
      return openXlsx(file, format);
    case 'jsonl':
      return openJsonLines(file);
  }
};
