/** What is printed: columns aligned, a line at a time. */

export type Column = 'left' | 'right';

/** Rows as lines, two spaces between columns, none at the end of a line. */
export const aligned = (rows: readonly (readonly string[])[], columns: readonly Column[]): readonly string[] => {
  const widths = columns.map((_, place) => Math.max(0, ...rows.map((row) => [...(row[place] ?? '')].length)));
  return rows.map((row) =>
    row
      .map((cell, place) => {
        const fill = ' '.repeat(Math.max(0, (widths[place] ?? 0) - [...cell].length));
        return columns[place] === 'right' ? fill + cell : cell + fill;
      })
      .join('  ')
      .trimEnd(),
  );
};

/** Spaces, but for the one between an hour and its zone: the two never part. */
const BREAKS = /(?<!:\d\d) | (?![A-Z])/;

/** `text` in lines of at most `widthMax` characters, broken at spaces; further lines begin with `indent`. */
export const wrapped = (text: string, widthMax: number, indent = ''): readonly string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(BREAKS)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && [...longer].length > widthMax) {
      lines.push(line);
      line = indent + word;
    } else line = longer;
  }
  return [...lines, line];
};

/** A long line goes on under where its words, after a number, began. */
export const folded = (line: string, columns: number): readonly string[] => {
  const [lead = ''] = /^ *(?:[\d,]+ {2}|— )?/.exec(line) ?? [];
  if ([...line].length <= columns) return [line];
  const [first = '', ...rest] = wrapped(line.slice(lead.length), columns - lead.length);
  return [lead + first, ...rest.map((text) => ' '.repeat(lead.length) + text)];
};
