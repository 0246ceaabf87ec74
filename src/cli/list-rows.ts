/** A comparison of lists in words: how many of what, and each line that is to be looked at. */
import { z } from 'zod';
import { extentOf } from '../wording/hours.ts';
import { counted, cut, safe } from '../wording/text.ts';
import { kindWord, unitOf } from '../wording/words.ts';
import { aligned } from './terminal.ts';

const count = z.int().min(0);
const OnList = z.object({ listed: count, open: count, withdrawn: count, listed_later: count });
const Bounds = z.object({ earliest: z.string(), latest: z.string() });
const Named = z.object({ kind: z.string(), verbatim: z.string() });
const Listed = Named.extend({ listedAt: Bounds, withdrawnAt: Bounds.optional() });
const written = { line: count, value: z.string() };
const flags = z.array(z.enum(['look_alike_key']));
const Row = z.union([
  z.object({ is: z.literal('only_in_sheet'), ...written, flags, target: Named, isOnRecord: z.boolean() }),
  z.object({ is: z.literal('repeated'), ...written, firstLine: count }),
  z.object({ is: z.literal('unreadable'), ...written, reason: z.looseObject({ code: z.string() }) }),
  z.object({ is: z.enum(['matched', 'open', 'withdrawn', 'listed_later']), ...written, flags, target: Listed }),
  z.object({ is: z.enum(['only_in_ledger', 'open']), flags, target: Listed }),
]);
type Row = z.infer<typeof Row>;
const Counts = z.object({
  sheet: z.object({ unreadable: count, repeated: count, named: count, counted: count, lookAlike: count }),
  ledger: z.object({ ...OnList.shape, byKind: z.record(z.string(), OnList), counted: OnList }),
  ...{ matched: count, onlyInSheet: count, onlyInLedger: count, withdrawn: count, listedLater: count, open: count, openInLedger: count },
});
export const comparisonForm = z.object({
  position: count,
  kind: z.string().optional(),
  statedTargetCount: count.optional(),
  counts: Counts.optional(),
  isSame: z.boolean().optional(),
  rows: z.array(Row),
  next: z.string().nullable(),
});
export type Comparison = z.infer<typeof comparisonForm>;

// ---- How many

const COUNTED = ['account', 'post', 'url'];

/** `the order states 257; the record lists 257 accounts (and 1 hashtag, which is not among them); the list names 255` */
export const totalsLine = ({ counts, statedTargetCount, kind }: Comparison): string => {
  if (!counts) return 'a further page: what is counted stands on the first';
  const { sheet, ledger } = counts;
  const unit = unitOf(kind === undefined ? COUNTED : [kind]);
  const named = (number: number): string => `${counted(number)} ${number === 1 ? unit.one : unit.many}`;
  const [onList, inSheet] = kind === undefined ? [ledger.counted, sheet.counted] : [ledger, sheet.named];
  const others =
    kind === undefined ? Object.entries(ledger.byKind).filter(([one, { listed }]) => listed > 0 && !COUNTED.includes(one)) : [];
  const besides = [
    ...others.map(([one, { listed }]) => `and ${counted(listed)} ${kindWord(one, listed)}, not counted with them`),
    ...(onList.withdrawn > 0 ? [`${counted(onList.withdrawn)} more given up by then`] : []),
    ...(onList.listed_later > 0 ? [`${counted(onList.listed_later)} more listed only later`] : []),
    ...(onList.open > 0 ? [`for ${counted(onList.open)} more the hour is open`] : []),
  ];
  return [
    statedTargetCount === undefined ? 'the order states no number' : `the order states ${counted(statedTargetCount)}`,
    `the record lists ${named(onList.listed)}${besides.length === 0 ? '' : ` (${besides.join('; ')})`}`,
    `the list names ${named(inSheet)}${sheet.named > inSheet ? ` (and ${counted(sheet.named - inSheet)} that ${sheet.named - inSheet === 1 ? 'is' : 'are'} not counted with them)` : ''}`,
  ].join('; ');
};

/** What there is none of is left out. */
export const countLines = ({ counts, isSame }: Comparison): readonly string[] => {
  if (!counts) return [];
  const { sheet } = counts;
  const found: readonly (readonly [number, string])[] = [
    [counts.matched, 'in both'],
    [counts.onlyInSheet, 'only in the list that was sent'],
    [counts.onlyInLedger, 'only on record'],
    [counts.withdrawn, 'in the list that was sent, and given up by the order by then'],
    [counts.listedLater, 'in the list that was sent, and on record only for later'],
    [counts.open, 'in the list that was sent; whether the order listed it by then is open'],
    [counts.openInLedger, 'not in the list that was sent; whether the order listed it by then is open'],
    [sheet.repeated, `${sheet.repeated === 1 ? 'line names' : 'lines name'} again what an earlier one names`],
    [sheet.unreadable, `${sheet.unreadable === 1 ? 'line' : 'lines'} that cannot be read`],
    [sheet.lookAlike, `in the list that was sent with ${LOOK_ALIKE}`],
  ];
  const shown = found.filter(([number], place) => number > 0 || place === 0);
  return [
    ...aligned(
      shown.map(([number, words]) => [counted(number), words]),
      ['right', 'left'],
    ),
    isSame ? 'THE SAME: both name the same, and every line could be read' : 'NOT THE SAME',
  ];
};
const LOOK_ALIKE = 'letters of more than one script: it may look like another';

// ---- Each line

const NAME_LENGTH_MAX = 60;

export const rowLines = ({ rows }: Comparison, zone: string): readonly string[] => {
  const lines = rows.flatMap((row) => ('line' in row ? [[`line ${counted(row.line)}`, nameOf(row), wordsOf(row, zone)]] : []));
  const others = rows.flatMap((row) => ('line' in row ? [] : [[nameOf(row), wordsOf(row, zone)]]));
  const indented = (shown: readonly string[]): readonly string[] => shown.map((line) => `  ${line}`);
  return [
    ...(lines.length === 0 ? [] : ['', 'LINES OF THE LIST', ...indented(aligned(lines, ['right', 'left', 'left']))]),
    ...(others.length === 0 ? [] : ['', 'ON RECORD, AND NOT IN THE LIST', ...indented(aligned(others, ['left', 'left']))]),
  ];
};

const nameOf = (row: Row): string => cut(safe('line' in row ? row.value : row.target.verbatim), NAME_LENGTH_MAX);

const wordsOf = (row: Row, zone: string): string =>
  'flags' in row && row.flags.length > 0 ? `${becameWords(row, zone)}; ${LOOK_ALIKE}` : becameWords(row, zone);

const becameWords = (row: Row, zone: string): string => {
  switch (row.is) {
    case 'only_in_sheet':
      return `${kindWord(row.target.kind, 1)}: not on this list; ${row.isOnRecord ? 'something else is recorded of it' : 'nothing is recorded of it'}`;
    case 'repeated':
      return `the same as line ${counted(row.firstLine)}`;
    case 'unreadable':
      return `cannot be read: ${reasonWords(row.reason)}`;
    case 'matched':
    case 'only_in_ledger':
      return `${kindWord(row.target.kind, 1)}: listed ${extentOf(row.target.listedAt, zone)}`;
    case 'withdrawn':
      return `${kindWord(row.target.kind, 1)}: ${endWords(row.target, zone)}`;
    case 'listed_later':
      return `${kindWord(row.target.kind, 1)}: listed only ${extentOf(row.target.listedAt, zone)}`;
    case 'open':
      return `${kindWord(row.target.kind, 1)}: open, listed ${extentOf(row.target.listedAt, zone)}${row.target.withdrawnAt ? `, ${endWords(row.target, zone)}` : ''}`;
  }
};

const endWords = ({ withdrawnAt }: z.infer<typeof Listed>, zone: string): string =>
  withdrawnAt ? `given up by the order ${extentOf(withdrawnAt, zone)}` : 'given up by the order';

const ADDRESSES: { readonly [why: string]: string } = {
  syntax: 'no address that can be read',
  scheme: 'no address of the web',
  credentials: 'an address with a name or password in it',
  private_host: 'an address of a private network',
};

const reasonWords = ({ code, why, character }: { readonly code: string; readonly [fact: string]: unknown }): string => {
  if (code === 'TEXT_UNSAFE') return `it has the character ${safe(String(character))}, which hides or reorders text`;
  if (code === 'URL_REFUSED') return ADDRESSES[String(why)] ?? 'no address';
  return safe(String(why));
};
