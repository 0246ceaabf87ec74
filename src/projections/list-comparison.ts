/** Somebody's list against what an order lists at an instant: what both name, what only one of them names, and which lines name nothing. */
import { type OrderId, streamOf } from '../domain/ids.ts';
import { type ListLine, readLine } from '../domain/list-line.ts';
import type { ParseRefusal } from '../domain/refusal.ts';
import { hasMixedScripts, type TargetKind, type TargetRef, targetIdOf, targetKind } from '../domain/target-ref.ts';
import { COUNTED_KINDS } from './compliance.ts';
import { findStream } from './dictionaries.ts';
import { type ListAt, listAt, type Standing } from './list-at.ts';
import { listedByKind } from './listing-counts.ts';
import type { ReadModel } from './read-model.ts';
import type { Steps } from './steps.ts';
import {
  type Elsewhere,
  type EventNamed,
  elsewhereOf,
  eventsListing,
  findTarget,
  type ListedTarget,
  type TargetEntry,
  targetsOfOrder,
} from './target-register.ts';

export type ListComparisonQuestion = {
  readonly order: OrderId;
  readonly platform: string;
  readonly knownAt: number;
  /** In ms since 1970. */
  readonly at: number;
  readonly lines: readonly string[];
  /** Of every line, and of what is compared; else a line says itself what it names. */
  readonly kind?: TargetKind | undefined;
  /** With the lines that agree. */
  readonly each: boolean;
  readonly after: RowPlace | null;
  readonly limit: number;
};
/** Where a page ended: after a line, counted from 1, or after a target of the record's list, by its number. */
export type RowPlace = { readonly line: number } | { readonly target: number };

/** Why, without the text once more. */
export type Unreadable = { readonly code: string; readonly [fact: string]: string | number };
type Flags = { readonly flags: readonly 'look_alike_key'[] };
type Written = { readonly line: number; readonly value: string };
/** In which events the order lists it, and gave it up. */
type OnRecord = { readonly target: ListedTarget; readonly listedIn?: EventNamed; readonly withdrawnIn?: EventNamed };
export type ListRow =
  | (Written & Flags & OnRecord & { readonly is: 'matched' | Exclude<Standing, 'listed'> })
  | (Written & Flags & { readonly is: 'only_in_sheet'; readonly target: TargetEntry; readonly isOnRecord: boolean } & Partial<Elsewhere>)
  | (Written & { readonly is: 'repeated'; readonly firstLine: number })
  | (Written & { readonly is: 'unreadable'; readonly reason: Unreadable })
  | (Flags & OnRecord & { readonly is: 'only_in_ledger' | 'open' });

/** How many stand, or stood, on the record's list. */
type OnList = { readonly [standing in Standing]: number };
/** How many the two have in common, and how many not. */
type Between = {
  readonly matched: number;
  readonly onlyInSheet: number;
  readonly onlyInLedger: number;
  /** Named in the sheet, and not or not certainly on the list then. */
  readonly withdrawn: number;
  readonly listedLater: number;
  readonly open: number;
  /** Not in the sheet, and perhaps on the list then. */
  readonly openInLedger: number;
};
export type ListCounts = Between & {
  /** `named`: different targets; `counted`: those of them whose kinds are counted. */
  readonly sheet: {
    readonly lines: number;
    readonly blank: number;
    readonly unreadable: number;
    readonly repeated: number;
    readonly named: number;
    readonly counted: number;
    readonly lookAlike: number;
  };
  readonly ledger: OnList & { readonly byKind: { readonly [kind: string]: OnList }; readonly counted: OnList };
  /** Of the kinds that either names. */
  readonly byKind: { readonly [kind: string]: Between };
};
/** `counts` stand on the first page alone; `isSame`: both name the same targets, and every line could be read. */
export type ListComparison = {
  readonly counts?: ListCounts;
  readonly isSame?: boolean;
  readonly rows: readonly ListRow[];
  readonly next: RowPlace | null;
};

export const compareLists = function* (model: ReadModel, question: ListComparisonQuestion): Steps<ListComparison> {
  const { order, knownAt, at, kind, after, limit } = question;
  const list = findStream(model, streamOf('order', order));
  if (list === undefined) throw new RangeError(`no stream of order ${order}`);
  const onList = listAt(model, { list, knownAt, t: at, kind });
  const sheet = yield* sheetOf(model, question, { list, onList });
  const listed = (target: number): OnRecord => ({
    target: listedTarget(model, order, target, knownAt),
    ...eventsListing(model, { list, target, knownAt }),
  });
  const rows: ListRow[] = [];
  const page = (next: RowPlace | null): ListComparison => {
    const counts = after === null ? countsOf(sheet, onList.count()) : undefined;
    return { ...(counts && { counts, isSame: isSame(counts) }), rows, next };
  };
  const from = after === null ? 0 : 'line' in after ? after.line : Infinity;
  for (const [place, found] of sheet.entries()) {
    if (place < from || !isShown(found, question)) continue;
    if (rows.length === limit) return page({ line: place });
    rows.push(rowOf(model, found, { line: place + 1, listed, knownAt, text: question.lines[place] ?? '' }));
  }
  const named = new Set(sheet.flatMap((found) => ('no' in found ? [found.no] : [])));
  let last = after !== null && 'target' in after ? after.target : 0;
  for (const { target, standing } of onList.after(last)) {
    if ((standing === 'listed' || standing === 'open') && !named.has(target)) {
      if (rows.length === limit) return page({ target: last });
      const found = listed(target);
      rows.push({ is: standing === 'listed' ? 'only_in_ledger' : 'open', flags: flagsOf(found.target), ...found });
    }
    last = target;
  }
  return page(null);
};

// ---- The sheet

/** What became of a line. `no`: the target's number on the record's list. */
type Found =
  | { readonly is: 'blank' }
  | { readonly is: 'unreadable'; readonly reason: ParseRefusal }
  | { readonly is: 'repeated'; readonly firstLine: number }
  | { readonly is: 'only_in_sheet'; readonly ref: TargetRef }
  | { readonly is: 'matched' | Exclude<Standing, 'listed'>; readonly ref: TargetRef; readonly no: number };

type Against = { readonly list: number; readonly onList: ListAt };

const LINES_PER_STEP = 500;

const sheetOf = function* (model: ReadModel, question: ListComparisonQuestion, { list, onList }: Against): Steps<readonly Found[]> {
  const { platform, knownAt, kind, lines } = question;
  const listed = listedByKind(model, list, knownAt);
  const reading = { platform, kind, kinds: targetKind.options.filter((one) => listed[one] !== undefined) };
  const firstLines = new Map<string, number>();
  const sheet: Found[] = [];
  for (const [place, line] of lines.entries()) {
    const found = foundOf(model, readLine(line, reading), onList);
    const name = 'ref' in found ? nameOf(found.ref) : undefined;
    const firstLine = name === undefined ? undefined : firstLines.get(name);
    if (name !== undefined && firstLine === undefined) firstLines.set(name, place + 1);
    sheet.push(firstLine === undefined ? found : { is: 'repeated', firstLine });
    if (place % LINES_PER_STEP === 0) yield;
  }
  return sheet;
};

const nameOf = ({ kind, key }: TargetRef): string => `${kind} ${key}`;

/** The first reading of a line that is on the list, or was; else what the line means. */
const foundOf = (model: ReadModel, line: ListLine, onList: ListAt): Found => {
  if (line.is === 'blank') return line;
  for (const ref of line.is === 'named' ? [line.meant, ...line.others] : line.others) {
    const no = findStream(model, streamOf('target', targetIdOf(ref)));
    const standing = no === undefined ? undefined : onList.standingOf(no);
    if (no !== undefined && standing !== undefined) return { is: standing === 'listed' ? 'matched' : standing, ref, no };
  }
  return line.is === 'named' ? { is: 'only_in_sheet', ref: line.meant } : { is: 'unreadable', reason: line.reason };
};

// ---- Rows

/** What agrees is shown where it is asked for, or where somebody should look at it. */
const isShown = (found: Found, { each }: ListComparisonQuestion): boolean =>
  found.is !== 'blank' && (found.is !== 'matched' || each || hasMixedScripts(found.ref.key));

type About = {
  readonly line: number;
  readonly text: string;
  readonly knownAt: number;
  readonly listed: (target: number) => OnRecord;
};
const VALUE_LENGTH_SHOWN = 200; // characters: enough to find the line again

const rowOf = (model: ReadModel, found: Found, { line, text, knownAt, listed }: About): ListRow => {
  const written = { line, value: shown(text.trim()) };
  switch (found.is) {
    case 'blank':
      throw new TypeError('a blank line has no row');
    case 'unreadable':
      return { is: found.is, ...written, reason: reasonOf(found.reason) };
    case 'repeated':
      return { is: found.is, ...written, firstLine: found.firstLine };
    case 'only_in_sheet': {
      const id = targetIdOf(found.ref);
      const { platform, kind, key, verbatim } = found.ref;
      const known = findTarget(model, id, knownAt);
      const target = known ?? { id, platform, kind, key, verbatim };
      return {
        is: found.is,
        ...written,
        flags: flagsOf(found.ref),
        target,
        isOnRecord: known !== undefined,
        ...elsewhereOf(model, id, knownAt),
      };
    }
    case 'matched':
    case 'open':
    case 'withdrawn':
    case 'listed_later':
      return { is: found.is, ...written, flags: flagsOf(found.ref), ...listed(found.no) };
  }
};

const shown = (text: string): string => {
  const characters = text.length > VALUE_LENGTH_SHOWN ? [...text.slice(0, 2 * VALUE_LENGTH_SHOWN)] : [];
  return characters.length > VALUE_LENGTH_SHOWN ? `${characters.slice(0, VALUE_LENGTH_SHOWN).join('')}…` : text;
};

const reasonOf = (reason: ParseRefusal): Unreadable => {
  if (reason.code !== 'TARGET_KEY_INVALID') return { ...reason };
  const { code, kind, why } = reason;
  return { code, kind, why };
};

const flagsOf = ({ key }: { readonly key: string }): Flags['flags'] => (hasMixedScripts(key) ? ['look_alike_key'] : []);

const listedTarget = (model: ReadModel, order: OrderId, target: number, knownAt: number): ListedTarget => {
  const [found] = targetsOfOrder(model, order, { after: target - 1, limit: 1, knownAt }).rows;
  if (!found) throw new RangeError(`order ${order} lists no target ${target}`);
  return found;
};

// ---- Counts

const countsOf = (sheet: readonly Found[], list: ReturnType<ListAt['count']>): ListCounts => {
  const lines = Map.groupBy(sheet, ({ is }) => is);
  const numberOf = (is: Found['is']): number => lines.get(is)?.length ?? 0;
  const named = sheet.flatMap((found) => ('ref' in found ? [found.ref] : []));
  const ledger = added([...list.values()]);
  const byKind = Map.groupBy(sheet, (found) => ('ref' in found ? found.ref.kind : undefined));
  const kinds = targetKind.options.filter((kind) => list.has(kind) || byKind.has(kind));
  return {
    sheet: {
      ...{
        lines: sheet.length,
        blank: numberOf('blank'),
        unreadable: numberOf('unreadable'),
        repeated: numberOf('repeated'),
        named: named.length,
      },
      counted: named.filter(({ kind }) => isCounted(kind)).length,
      lookAlike: named.filter(({ key }) => hasMixedScripts(key)).length,
    },
    ledger: {
      ...ledger,
      byKind: Object.fromEntries(list),
      counted: added([...list].flatMap(([kind, standings]) => (isCounted(kind) ? [standings] : []))),
    },
    ...betweenOf(sheet, ledger),
    byKind: Object.fromEntries(kinds.map((kind) => [kind, betweenOf(byKind.get(kind) ?? [], list.get(kind) ?? NOBODY)])),
  };
};

const betweenOf = (sheet: readonly Found[], ledger: OnList): Between => {
  const numberOf = (is: Found['is']): number => sheet.filter((found) => found.is === is).length;
  const [matched, open] = [numberOf('matched'), numberOf('open')];
  return {
    matched,
    onlyInSheet: numberOf('only_in_sheet'),
    onlyInLedger: ledger.listed - matched,
    withdrawn: numberOf('withdrawn'),
    listedLater: numberOf('listed_later'),
    open,
    openInLedger: ledger.open - open,
  };
};

const NOBODY: OnList = { listed: 0, open: 0, withdrawn: 0, listed_later: 0 };

const isCounted = (kind: TargetKind): boolean => COUNTED_KINDS.includes(kind);

const added = (standings: readonly OnList[]): OnList =>
  standings.reduce(
    (sum, one) => ({
      listed: sum.listed + one.listed,
      open: sum.open + one.open,
      withdrawn: sum.withdrawn + one.withdrawn,
      listed_later: sum.listed_later + one.listed_later,
    }),
    NOBODY,
  );

/** A target named twice is one; a line that nobody can read may name anything. */
const isSame = ({ sheet, onlyInSheet, onlyInLedger, withdrawn, listedLater, open, openInLedger }: ListCounts): boolean =>
  sheet.unreadable + onlyInSheet + onlyInLedger + withdrawn + listedLater + open + openInLedger === 0;
