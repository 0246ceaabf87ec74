/**
 * The apostrophe before a text that a spreadsheet would take for a formula, such as a handle with its `@`. It is set where a table is written and
 * taken off where one is read, so that what comes back is what went out; an apostrophe that stood there itself is doubled.
 */
const FORMULA = /^'*[=+\-@\t\r＝＋－＠]/;
const MARKED = /^'+[=+\-@\t\r＝＋－＠]/;

export const marked = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);
export const unmarked = (text: string): string => (MARKED.test(text) ? text.slice(1) : text);
