/**
 * Whether a spreadsheet may have rounded a number. It keeps 15 significant digits, so that the last digits of a longer id become zeros, and shows a
 * long one as 1.35E+18. What was lost is not in the file any more, and a rounded id or handle may be somebody else's.
 */
import type { Cell } from './row.ts';

const SCIENTIFIC = /^[+-]?\d+(?:[.,]\d+)?E[+-]?\d+$/i;

/** A whole number of more digits than a spreadsheet keeps, of which all beyond the fifteenth are zeros: `1350000000000000000`. */
const ZEROS_BEYOND_15 = /^[+-]?[1-9]\d{14}0+$/;

export const wasRounded = (cell: Cell): boolean => {
  switch (cell.kind) {
    case 'number':
      return (Number.isInteger(cell.value) && !Number.isSafeInteger(cell.value)) || looksRounded(cell.text);
    case 'text':
      return looksRounded(cell.text);
    case 'list':
      return cell.items.some(wasRounded);
    case 'boolean':
    case 'local':
      return false;
  }
};

const looksRounded = (text: string): boolean => SCIENTIFIC.test(text) || ZEROS_BEYOND_15.test(text);
