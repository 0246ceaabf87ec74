/** The name that somebody meant who wrote another one: the nearest by letters to be changed, if it is near enough to be worth saying. */

/** `undefined` if none is closer than a third of what was written. Case, spaces and punctuation count for nothing. */
export const nearest = (written: string, names: readonly string[]): string | undefined => {
  const wanted = lettersOf(written);
  const near = names
    .slice(0, NAMES_MAX)
    .map((name) => ({ name, changes: changesBetween(wanted, lettersOf(name)) }))
    .reduce<{ readonly name: string; readonly changes: number } | undefined>(
      (best, each) => (best === undefined || each.changes < best.changes ? each : best),
      undefined,
    );
  return near !== undefined && near.changes <= Math.max(1, Math.floor(wanted.length / 3)) ? near.name : undefined;
};

const NAMES_MAX = 1_000;
const LETTERS_MAX = 60; // compared of each name

const lettersOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .slice(0, LETTERS_MAX);

/** Letters to be put in, taken out or exchanged (Levenshtein). */
const changesBetween = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const kept = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(kept, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
};
