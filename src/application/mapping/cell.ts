/** What one cell says, as text, a whole number, yes or no, or a list: each by one strict reading, with a sentence where there is none. */
import type { Json } from '../../domain/json.ts';
import type { Cell } from '../../sheets/row.ts';
import { wasRounded } from '../../sheets/was-rounded.ts';
import { quoted, type RowFaultCode } from './fault.ts';

export type CellFaultFound = { readonly code: RowFaultCode; readonly detail: string };
export type CellReading<T> = { readonly value: T } | CellFaultFound;

const LIST_AT_ONE = 'a list where one value is expected: in the mapping, say "list" or "each"';

/** As written. Neither a number that lost its last digits, nor what the spreadsheet made a date of, is what somebody typed. */
export const textIn = (cell: Cell): CellReading<string> => {
  if (wasRounded(cell)) {
    return {
      code: 'NUMBER_ROUNDED',
      detail:
        'the spreadsheet has rounded this number, so its last digits are lost: format the column as text and paste the numbers again from their source',
    };
  }
  switch (cell.kind) {
    case 'text':
    case 'number':
      return { value: cell.text };
    case 'boolean':
      return { value: String(cell.value) };
    case 'local':
      return {
        code: 'CELL_KIND',
        detail: 'the spreadsheet has made a date of this: format the column as text and write it again, or read the column as a time',
      };
    case 'list':
      return { code: 'CELL_KIND', detail: LIST_AT_ONE };
  }
};

/** How a cell is shown to whoever mends it. */
export const shown = (cell: Cell): string => {
  switch (cell.kind) {
    case 'text':
    case 'number':
      return cell.text;
    case 'boolean':
      return String(cell.value);
    case 'local':
      return cell.hasTime ? cell.local.replace('T', ' ') : cell.local.slice(0, 'YYYY-MM-DD'.length);
    case 'list':
      return cell.items.map(shown).join('; ');
  }
};

const WHOLE = /^-?\d{1,15}$/;

export const integerIn = (cell: Cell): CellReading<number> => {
  const value = cell.kind === 'number' ? cell.value : cell.kind === 'text' && WHOLE.test(cell.text) ? Number(cell.text) : Number.NaN;
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) return { value };
  return { code: 'NUMBER_UNREADABLE', detail: 'not a whole number: write figures alone, without points, commas or words' };
};

const YES_OR_NO: ReadonlyMap<string, boolean> = new Map([
  ['yes', true],
  ['true', true],
  ['no', false],
  ['false', false],
]);

export const yesOrNoIn = (cell: Cell): CellReading<boolean> => {
  const value = cell.kind === 'boolean' ? cell.value : cell.kind === 'text' ? YES_OR_NO.get(wordOf(cell.text)) : undefined;
  if (value !== undefined) return { value };
  return {
    code: 'YES_OR_NO_UNREADABLE',
    detail: 'neither yes nor no: write yes or no, or translate the word by a vocabulary of the mapping',
  };
};

/** Separator, or `true` for what the file itself lists. Blank items are passed over. */
export const itemsIn = (cell: Cell, list: true | string): readonly Cell[] => {
  if (cell.kind === 'list') return cell.items;
  if (list === true || cell.kind !== 'text') return [cell];
  return cell.text
    .split(list)
    .map((text) => text.replace(/^\s+|\s+$/gu, ''))
    .filter((text) => text !== '')
    .map((text) => ({ kind: 'text', text }));
};

/** A word as vocabularies and conditions compare it: case and the amount of white space do not count. */
export const wordOf = (text: string): string => text.normalize('NFKC').replace(/\s+/gu, ' ').trim().toLowerCase();

/** Their words and ours; `null`: the word says nothing. */
export type Vocabulary = ReadonlyMap<string, { readonly written: string; readonly meaning: Json }>;

const WORDS_SHOWN_MAX = 20;

export const translated = (text: string, words: Vocabulary, name: string): CellReading<Json> => {
  const found = words.get(wordOf(text));
  if (found) return { value: found.meaning };
  const known = [...words.values()].map(({ written }) => quoted(written));
  const listed =
    known.length > WORDS_SHOWN_MAX
      ? `${known.slice(0, WORDS_SHOWN_MAX).join(', ')} and ${known.length - WORDS_SHOWN_MAX} more`
      : known.join(', ');
  return {
    code: 'WORD_UNKNOWN',
    detail: `the vocabulary ${quoted(name)} of the mapping has no such word; it knows ${listed}. Correct the cell, or add the word there`,
  };
};
