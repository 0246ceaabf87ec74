/** Text from data made harmless, cut, and numbers as people read them. */

/**
 * Controls (C0, C1, DEL), direction and format characters, line and paragraph separators, lone surrogates: a name in the data must neither move the
 * cursor nor make the line read as another. Shown as `\u{…}`.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu;

export const safe = (text: string): string => text.replace(UNSAFE, (found) => `\\u{${(found.codePointAt(0) ?? 0).toString(16)}}`);

/** Of text already made harmless. Cut off with an ellipsis, so that a long name does not push a figure off the line. */
export const cut = (text: string, lengthMax: number): string => {
  const characters = [...text];
  return characters.length <= lengthMax ? text : `${characters.slice(0, lengthMax - 1).join('')}…`;
};

const GROUPED = new Intl.NumberFormat('en-US');
export const counted = (number: number): string => GROUPED.format(number);
