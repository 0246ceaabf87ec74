/** What is wrong with one row of a sheet: where, what, and how it is mended, in words for whoever fills the sheet in. */
import type { ParseRefusal } from '../../domain/refusal.ts';

export type RowFaultCode =
  /** The reader of the file saw it: a formula, an error cell, more cells than columns. */
  | 'CELL_FAULTY'
  | 'CELL_BLANK'
  | 'CELL_KIND'
  | 'NUMBER_ROUNDED'
  | 'NUMBER_UNREADABLE'
  | 'YES_OR_NO_UNREADABLE'
  | 'WORD_UNKNOWN'
  | 'DATE_UNREADABLE'
  | 'DATE_ORDER_UNDECLARED'
  | 'DATE_WITHOUT_HOUR'
  | 'YEAR_SHORT'
  | 'ZONE_UNSTATED'
  | 'POST_AMONG_ACCOUNTS'
  | 'KIND_UNCLEAR'
  | 'LIST_TOO_LONG'
  /** It came back to be mended, and still says what is wrong. */
  | 'ROW_NOT_MENDED'
  /** Not of the form that the ledger's field has. */
  | 'FIELD_INVALID'
  | ParseRefusal['code'];

export type RowFault = {
  /** `null` if no one column is to blame: the row as a whole, or a constant of the mapping. */
  readonly column: string | null;
  /** As the sheet has it, cut to `VALUE_LENGTH_MAX`; `null` for a blank. */
  readonly value: string | null;
  readonly code: RowFaultCode;
  /** A sentence: what is wrong, and how to mend it. */
  readonly detail: string;
};

const QUOTED_MAX = 60; // characters: a cell may hold a whole page

/** What somebody wrote, in a sentence. */
export const quoted = (text: string): string => `"${text.length <= QUOTED_MAX ? text : `${text.slice(0, QUOTED_MAX).toWellFormed()}…`}"`;

/** A refusal of the domain, said to somebody with a sheet before them. */
export const refusalWords = (refusal: ParseRefusal): string => {
  switch (refusal.code) {
    case 'TIME_REVERSED':
      return 'it ends before it begins: exchange the two, or correct the one that is wrong';
    case 'TIME_TOO_EARLY':
      return `earlier than ${refusal.floor.slice(0, 4)}, which is more often a mistyped year: correct it, or say "allowEarly" for the column in the mapping`;
    case 'TIME_ZONE_UNKNOWN':
      return `${quoted(refusal.zone)} is no zone: write a name such as Asia/Kolkata, or an offset such as +05:30`;
    case 'LOCAL_TIME_AMBIGUOUS':
      return refusal.kind === 'gap'
        ? `clocks in ${refusal.zone} were put forward and never showed this time: correct it, or say "disambiguation" for the column in the mapping`
        : `clocks in ${refusal.zone} were put back and showed this time twice: say "disambiguation": "earlier" or "later" for the column in the mapping`;
    case 'PRECISION_UNJUSTIFIED':
      return `it is wider than a ${refusal.precision}: bring the two ends closer together, or state no precision`;
    case 'TEXT_UNSAFE':
      return `it holds the character ${refusal.character}, which can deceive readers: take it out`;
    case 'URL_REFUSED':
      return URL_WORDS[refusal.why];
    case 'TARGET_KEY_INVALID':
      return `no ${KIND_WORDS.get(refusal.kind) ?? refusal.kind} can be read from it (${refusal.why}): correct it${refusal.kind === 'account' ? ', or write @name or the whole address of the profile, beginning with https://' : ''}`;
    case 'TERRITORY_UNKNOWN':
      return `${quoted(refusal.territory)} is no territory: write country codes in capitals, as in IN or GB, or WORLD or UNSTATED where the field allows them, or translate the word by a vocabulary of the mapping`;
  }
};

const URL_WORDS = {
  scheme: 'not a web address: it has to begin with https:// or http://',
  credentials: 'the address holds a name or password before its host: take them out',
  private_host: 'the address is of a private network, which nobody else can look up: write the public one',
  syntax: 'not a whole web address: write it out, beginning with https://',
} as const;

const KIND_WORDS: ReadonlyMap<string, string> = new Map([
  ['url', 'web address'],
  ['class', 'description'],
]);
