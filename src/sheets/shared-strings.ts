/** The texts of a workbook, which its cells name by their number. */
import { XLSX_CELLS_MAX } from './limits.ts';
import { readXml, unescaped } from './xml.ts';
import { type Parts, tooLarge } from './zip.ts';

export const readSharedStrings = async (parts: Parts, path: string | undefined): Promise<readonly string[]> => {
  if (path === undefined) return [];
  const strings: string[] = [];
  let text = '';
  let [isInText, isInReading] = [false, false];
  await readXml(parts.read(path), {
    open: (name) => {
      if (name === 'si') text = '';
      else if (name === 't') isInText = true;
      else if (name === 'rPh') isInReading = true; // how a text is pronounced is no part of it
    },
    text: (part) => {
      if (isInText && !isInReading) text += part;
    },
    close: (name) => {
      if (name === 'si') {
        strings.push(unescaped(text));
        if (strings.length > XLSX_CELLS_MAX) throw tooLarge(`${XLSX_CELLS_MAX} texts`);
      } else if (name === 't') isInText = false;
      else if (name === 'rPh') isInReading = false;
    },
  });
  return strings;
};
