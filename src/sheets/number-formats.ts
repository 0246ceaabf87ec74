/** Which number formats of a workbook show a date, a time of day or a length of time: a cell holds a mere number, and its format says what it is. */
import { XLSX_STYLES_MAX } from './limits.ts';
import { readXml } from './xml.ts';
import { type Parts, tooLarge } from './zip.ts';

/** `time`: of a day that is not shown. `length`: hours that go on beyond 24. */
export type Shows = 'number' | 'date' | 'date_time' | 'time' | 'length';

/** By the number of the style that a cell names. */
export const readNumberFormats = async (parts: Parts, path: string | undefined): Promise<readonly Shows[]> => {
  if (path === undefined) return [];
  const written = new Map<string, Shows>();
  const shows: Shows[] = [];
  let isInCellStyles = false;
  await readXml(parts.read(path), {
    open: (name, { numFmtId = '0', formatCode = '' }) => {
      if (shows.length > XLSX_STYLES_MAX || written.size > XLSX_STYLES_MAX) throw tooLarge(`${XLSX_STYLES_MAX} styles`);
      if (name === 'numFmt') written.set(numFmtId, shownBy(formatCode));
      else if (name === 'cellXfs') isInCellStyles = true;
      else if (name === 'xf' && isInCellStyles) shows.push(written.get(numFmtId) ?? BUILT_IN.get(Number(numFmtId)) ?? 'number');
    },
    close: (name) => {
      if (name === 'cellXfs') isInCellStyles = false;
    },
  });
  return shows;
};

const range = (first: number, last: number, shows: Shows): readonly (readonly [number, Shows])[] =>
  Array.from({ length: last - first + 1 }, (_, index) => [first + index, shows] as const);

/** ECMA-376 Part 1, §18.8.30, with those that East Asian and Thai editions add. */
const BUILT_IN: ReadonlyMap<number, Shows> = new Map([
  ...range(14, 17, 'date'),
  ...range(18, 21, 'time'),
  ...range(22, 22, 'date_time'),
  ...range(27, 31, 'date'),
  ...range(32, 35, 'time'),
  ...range(36, 36, 'date'),
  ...range(45, 45, 'time'),
  ...range(46, 46, 'length'),
  ...range(47, 47, 'time'),
  ...range(50, 58, 'date'),
  ...range(71, 74, 'date'),
  ...range(75, 76, 'time'),
  ...range(77, 77, 'date_time'),
  ...range(78, 80, 'time'),
  ...range(81, 81, 'date'),
]);

const WORDS = /"[^"]*"|[\\_*]./gs; // in quotation marks, or a single sign after `\`, `_` or `*`
const BRACKETS = /\[[^\]]*\]/g; // colours, places, conditions
const LENGTH = /\[(?:h+|m+|s+)\]/i;

/** The first of up to four sections is that of positive numbers, as days are. */
export const shownBy = (format: string): Shows => {
  const [section = ''] = format.replace(WORDS, '').split(';', 1);
  if (LENGTH.test(section)) return 'length';
  const pattern = section.replace(BRACKETS, '');
  if (/general/i.test(pattern)) return 'number';
  const hasTime = /[hs]|am\/pm|a\/p/i.test(pattern);
  const hasDate = /[yde]/i.test(pattern.replace(/e[+-]/gi, '')) || (!hasTime && /m/i.test(pattern));
  if (hasDate) return hasTime ? 'date_time' : 'date';
  return hasTime ? 'time' : 'number';
};
