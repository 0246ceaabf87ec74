/** A comparison of lists in words: how many of what, and each line that is to be looked at. */
import { z } from 'zod';
import { type TargetKind, targetKind } from '../domain/target-ref.ts';
import { extentOf } from '../wording/hours.ts';
import { counted, cut, safe } from '../wording/text.ts';
import { kindWord } from '../wording/words.ts';
import { aligned } from './terminal.ts';

const count = z.int().min(0);
const OnList = z.object({ listed: count, open: count, withdrawn: count, listed_later: count });
const Bounds = z.object({ earliest: z.string(), latest: z.string() });
const Named = z.object({ kind: z.string(), verbatim: z.string() });
const Listed = Named.extend({ listedAt: Bounds, withdrawnAt: Bounds.optional() });
const EventNamed = z.object({ position: count });
const listing = { target: Listed, listedIn: EventNamed.optional(), withdrawnIn: EventNamed.optional() };
const Elsewhere = z.object({
  isOnRecord: z.boolean(),
  recordedIn: EventNamed.optional(),
  listedBy: z.array(z.object({ order: z.string(), listedIn: EventNamed })).optional(),
});
const written = { line: count, value: z.string() };
const flags = z.array(z.enum(['look_alike_key']));
const Row = z.union([
  z.object({ is: z.literal('only_in_sheet'), ...written, flags, target: Named, ...Elsewhere.shape }),
  z.object({ is: z.literal('repeated'), ...written, firstLine: count }),
  z.object({ is: z.literal('unreadable'), ...written, reason: z.looseObject({ code: z.string() }) }),
  z.object({ is: z.enum(['matched', 'open', 'withdrawn', 'listed_later']), ...written, flags, ...listing }),
  z.object({ is: z.enum(['only_in_ledger', 'open']), flags, ...listing }),
]);
type Row = z.infer<typeof Row>;
const between = {
  matched: count,
  onlyInSheet: count,
  onlyInLedger: count,
  withdrawn: count,
  listedLater: count,
  open: count,
  openInLedger: count,
};
const Between = z.object(between);
type Between = z.infer<typeof Between>;
const Counts = z.object({
  sheet: z.object({ unreadable: count, repeated: count, named: count, counted: count, lookAlike: count }),
  ledger: z.object({ ...OnList.shape, byKind: z.record(z.string(), OnList), counted: OnList }),
  ...between,
  byKind: z.partialRecord(targetKind, Between),
});
export const comparisonForm = z.object({
  position: count,
  kind: targetKind.optional(),
  statedTargetCount: count.optional(),
  counts: Counts.optional(),
  isSame: z.boolean().optional(),
  rows: z.array(Row),
  next: z.string().nullable(),
});
export type Comparison = z.infer<typeof comparisonForm>;

// ---- How many

/** The kinds that either names, on a further page those of its rows; of accounts, where neither names anything. */
export const kindsOf = ({ counts, rows, kind = 'account' }: Comparison): readonly TargetKind[] => {
  const named = counts ? Object.keys(counts.byKind) : rows.flatMap((row) => ('target' in row ? [row.target.kind] : []));
  const found = targetKind.options.filter((one) => named.includes(one));
  return found.length === 0 ? [kind] : found;
};

const COUNTED = ['account', 'post', 'url'];

type OfKind = readonly [kind: string, number: number];

const sumOf = (numbers: readonly OfKind[]): number => numbers.reduce((sum, [, number]) => sum + number, 0);

/** `6 accounts, 1 post and 1 address` */
const kindsText = (numbers: readonly OfKind[]): string => {
  const each = numbers.map(([kind, number]) => `${counted(number)} ${kindWord(kind, number)}`);
  return each.length < 2 ? each.join('') : `${each.slice(0, -1).join(', ')} and ${each.at(-1)}`;
};

/** `the order states 257; the record lists 257 accounts (and 1 hashtag, not counted with them); the list names 255 accounts` */
export const totalsLine = ({ counts, statedTargetCount, kind }: Comparison): string => {
  if (!counts) return 'a further page: what is counted stands on the first';
  const { ledger, byKind } = counts;
  const onList = kind === undefined ? ledger.counted : ledger;
  const isCounted = ([one]: OfKind): boolean => (kind === undefined ? COUNTED.includes(one) : one === kind);
  const found = Object.entries(byKind);
  const unit = kind ?? COUNTED.find((one) => one in byKind) ?? 'account';
  const said = (numbers: readonly OfKind[], besides: readonly string[]): string => {
    const [own, others] = [numbers.filter(isCounted), numbers.filter((one) => !isCounted(one))].map((some) =>
      some.filter(([, number]) => number > 0),
    );
    const notes = [
      ...(own && own.length > 1 ? [kindsText(own)] : []),
      ...(others && others.length > 0 ? [`and ${kindsText(others)}, not counted with them`] : []),
      ...besides,
    ];
    const many = own && own.length > 1 ? counted(sumOf(own)) : kindsText(own?.length ? own : [[unit, 0]]);
    return `${many}${notes.length === 0 ? '' : ` (${notes.join('; ')})`}`;
  };
  const besides = [
    ...(onList.withdrawn > 0 ? [`${counted(onList.withdrawn)} more given up by then`] : []),
    ...(onList.listed_later > 0 ? [`${counted(onList.listed_later)} more listed only later`] : []),
    ...(onList.open > 0 ? [`for ${counted(onList.open)} more the hour is open`] : []),
  ];
  const listed = Object.entries(ledger.byKind).map(([one, standing]): OfKind => [one, standing.listed]);
  const named = found.map(
    ([one, { matched, onlyInSheet, withdrawn, listedLater, open }]): OfKind => [
      one,
      matched + onlyInSheet + withdrawn + listedLater + open,
    ],
  );
  return [
    statedTargetCount === undefined ? 'the order states no number' : `the order states ${counted(statedTargetCount)}`,
    `the record lists ${said(listed, besides)}`,
    `the list names ${said(named, [])}`,
  ].join('; ');
};

const BETWEEN_WORDS: readonly (readonly [keyof Between, string])[] = [
  ['matched', 'in both'],
  ['onlyInSheet', 'only in the list that was sent'],
  ['onlyInLedger', 'only on record'],
  ['withdrawn', 'in the list that was sent, and given up by the order by then'],
  ['listedLater', 'in the list that was sent, and on record only for later'],
  ['open', 'in the list that was sent; whether the order listed it by then is open'],
  ['openInLedger', 'not in the list that was sent; whether the order listed it by then is open'],
];

/** What there is none of is left out. */
export const countLines = ({ counts, isSame }: Comparison): readonly string[] => {
  if (!counts) return [];
  const { sheet, byKind } = counts;
  const between = BETWEEN_WORDS.flatMap(([which, words]) => {
    const numbers = Object.entries(byKind).map(([kind, one]): OfKind => [kind, one[which]]);
    const [[kind, number] = ['', 0], ...others] = numbers.filter(([, some]) => some > 0);
    if (number === 0) return which === 'matched' ? [['0', words]] : [];
    const also = others.length === 0 ? '' : ` and ${kindsText(others)}`;
    return [[counted(number), `${kindWord(kind, number)}${also} ${words}`]];
  });
  const ofLines: readonly (readonly [number, string])[] = [
    [sheet.repeated, `${sheet.repeated === 1 ? 'line names' : 'lines name'} again what an earlier one names`],
    [sheet.unreadable, `${sheet.unreadable === 1 ? 'line' : 'lines'} that cannot be read`],
    [sheet.lookAlike, `in the list that was sent with ${LOOK_ALIKE}`],
  ];
  const shown = ofLines.flatMap(([number, words]) => (number > 0 ? [[counted(number), words]] : []));
  return [
    ...aligned([...between, ...shown], ['right', 'left']),
    isSame ? 'THE SAME: both name the same, and every line could be read' : 'NOT THE SAME',
  ];
};
const LOOK_ALIKE = 'letters of more than one script: it may look like another';

// ---- Each line

const NAME_LENGTH_MAX = 60;

/** `refs`: references of orders by id. */
type Shown = { readonly zone: string; readonly refs: ReadonlyMap<string, string> };

export const rowLines = ({ rows }: Comparison, shown: Shown): readonly string[] => {
  const lines = rows.flatMap((row) => ('line' in row ? [[`line ${counted(row.line)}`, nameOf(row), wordsOf(row, shown)]] : []));
  const others = rows.flatMap((row) => ('line' in row ? [] : [[nameOf(row), wordsOf(row, shown)]]));
  const indented = (some: readonly string[]): readonly string[] => some.map((line) => `  ${line}`);
  return [
    ...(lines.length === 0 ? [] : ['', 'LINES OF THE LIST', ...indented(aligned(lines, ['right', 'left', 'left']))]),
    ...(others.length === 0 ? [] : ['', 'ON RECORD, AND NOT IN THE LIST', ...indented(aligned(others, ['left', 'left']))]),
  ];
};

const nameOf = (row: Row): string => cut(safe('line' in row ? row.value : row.target.verbatim), NAME_LENGTH_MAX);

const wordsOf = (row: Row, shown: Shown): string =>
  'flags' in row && row.flags.length > 0 ? `${becameWords(row, shown)}; ${LOOK_ALIKE}` : becameWords(row, shown);

const becameWords = (row: Row, { zone, refs }: Shown): string => {
  switch (row.is) {
    case 'only_in_sheet':
      return `${kindWord(row.target.kind, 1)}: not listed by the order; ${elsewhereWords(row, refs)}`;
    case 'repeated':
      return `the same as line ${counted(row.firstLine)}`;
    case 'unreadable':
      return `cannot be read: ${reasonWords(row.reason)}`;
    case 'matched':
    case 'only_in_ledger':
      return `${kindWord(row.target.kind, 1)}: ${listedWords(row, zone)}`;
    case 'withdrawn':
      return `${kindWord(row.target.kind, 1)}: ${endWords(row, zone)}; ${listedWords(row, zone)}`;
    case 'listed_later':
      return `${kindWord(row.target.kind, 1)}: ${listedWords(row, zone, 'only ')}`;
    case 'open':
      return `${kindWord(row.target.kind, 1)}: open, ${listedWords(row, zone)}${row.target.withdrawnAt ? `; ${endWords(row, zone)}` : ''}`;
  }
};

const inEvent = (named: z.infer<typeof EventNamed> | undefined): string =>
  named === undefined ? '' : `, event ${counted(named.position)}`;

type Listing = Pick<Extract<Row, { readonly is: 'matched' | 'open' | 'only_in_ledger' }>, 'target' | 'listedIn' | 'withdrawnIn'>;

const listedWords = ({ target, listedIn }: Listing, zone: string, only = ''): string =>
  `listed ${only}${extentOf(target.listedAt, zone)}${inEvent(listedIn)}`;

const endWords = ({ target: { withdrawnAt }, withdrawnIn }: Listing, zone: string): string =>
  `given up by the order${withdrawnAt ? ` ${extentOf(withdrawnAt, zone)}` : ''}${inEvent(withdrawnIn)}`;

const ORDERS_NAMED_MAX = 3;

/** The orders that rows name. */
export const ordersNamed = ({ rows }: Comparison): readonly string[] =>
  rows.flatMap((row) => (row.is === 'only_in_sheet' ? (row.listedBy ?? []).slice(0, ORDERS_NAMED_MAX).map(({ order }) => order) : []));

/** `listed by O2, event 271`; else the first event of it. */
const elsewhereWords = ({ isOnRecord, recordedIn, listedBy = [] }: z.infer<typeof Elsewhere>, refs: Shown['refs']): string => {
  if (!isOnRecord) return 'nothing is recorded of it';
  if (listedBy.length === 0)
    return `something else is recorded of it${recordedIn === undefined ? '' : `, first in event ${counted(recordedIn.position)}`}`;
  const more = listedBy.length - ORDERS_NAMED_MAX;
  const named = listedBy.slice(0, ORDERS_NAMED_MAX).map(({ order, listedIn }) => `${refs.get(order) ?? order}${inEvent(listedIn)}`);
  return `listed by ${named.join(', and by ')}${more > 0 ? `, and by ${counted(more)} more` : ''}`;
};

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
