/** What a search goes through, and what it does not: whoever finds nothing has to know where nothing was looked for. */

export const SEARCHED_WORDS =
  'the names of accounts; the references, titles, ids and words of cases, orders, meetings, statements, claims, imports and files, as they stand';
export const NOT_SEARCHED_WORDS =
  'the words of events about single accounts, why something was corrected or retracted, and what it said before';
