/** What became of the rows of an import, in numbers, and of the first that were not recorded, why. */
import {
  DETAIL_LENGTH_MAX,
  type FactCounts,
  type NotRecorded,
  ROWS_LISTED_MAX,
  type RowCounts,
  VALUE_LENGTH_MAX,
} from '../../domain/events/import-completed.ts';
import type { Doubt } from '../../domain/events/import-started.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { unsafeText } from '../../domain/text.ts';
import type { RowFault } from '../mapping/fault.ts';
import type { RowFact } from '../mapping/row-facts.ts';
import { type Named, valueShown } from '../mapping/view.ts';
import type { FileRow } from './open-fact.ts';
import type { SettledFact } from './settle-facts.ts';

/** In words for whoever filled the sheet in. */
export type Words = {
  /** `named`: the name of what it refers to, where the mapping made the id of one. */
  readonly ofRefusal: (refusal: Refusal, named?: Named) => string;
  /** The field of the fact that a refusal is about, if it is about one. */
  readonly fieldOf: (refusal: Refusal) => string | undefined;
  readonly ofDoubt: (doubt: Doubt) => string;
};

/** With the row as their file has it, so that it can be mended there. */
export type ListedRow = {
  readonly at: FileRow;
  readonly entries: readonly NotRecorded[];
  /** All of the row, those that were recorded too; none, if it could not be read. */
  readonly facts: readonly SettledFact[];
};

export type Sample = { readonly at: FileRow; readonly fact: SettledFact };
const SAMPLES_MAX = 10; // of the mapping's own facts, and of those of rows

export type Tally = {
  readonly faulty: (at: FileRow, faults: readonly RowFault[]) => void;
  readonly nothing: () => void;
  readonly settled: (at: FileRow, facts: readonly SettledFact[]) => void;
  readonly counts: () => { readonly rows: RowCounts; readonly facts: FactCounts };
  /** The first that were recorded, in the order of the file, to be shown how they were read. */
  readonly samples: () => readonly Sample[];
  /** In the order of the file. */
  readonly listed: () => readonly ListedRow[];
};

export const createTally = (words: Words): Tally => {
  const rows = { rows: 0, recorded: 0, already: 0, doubtful: 0, refused: 0, nothing: 0 };
  const facts = { recorded: 0, already: 0, doubtful: 0, refused: 0 };
  const samples: { readonly before: Sample[]; readonly rows: Sample[] } = { before: [], rows: [] };
  const listed = createListing();

  const count = (at: FileRow, became: keyof FactCounts | 'nothing'): void => {
    if (at === 'before') return;
    rows.rows += 1;
    rows[became] += 1;
  };
  /** A row that waited for the end of the file goes before those that came after it. */
  const show = (at: FileRow, recorded: readonly SettledFact[]): void => {
    const shown = samples[at === 'before' ? at : 'rows'];
    const last = shown.at(-1);
    if (last && shown.length === SAMPLES_MAX && rowOf(last.at) < rowOf(at)) return;
    const first = [...shown, ...recorded.map((fact) => ({ at, fact }))].toSorted((a, b) => rowOf(a.at) - rowOf(b.at));
    shown.splice(0, shown.length, ...first.slice(0, SAMPLES_MAX));
  };

  return {
    faulty(at, faults) {
      count(at, 'refused');
      listed.add(
        at,
        faults.map(({ column, value, code, detail }) => ({
          ...placeOf(at),
          became: 'refused',
          code,
          ...(column !== null && told(column, (said) => ({ column: said }))),
          ...(value !== null && told(value, (said) => ({ value: said }))),
          detail: lineOf(detail, DETAIL_LENGTH_MAX) ?? code,
        })),
        [],
      );
    },
    nothing: () => count({ row: 0, cells: new Map() }, 'nothing'),
    settled(at, settled) {
      const became = settled.map(({ outcome }) => BECAME[outcome.kind]);
      for (const each of became) facts[each] += 1;
      show(
        at,
        settled.filter(({ outcome }) => outcome.kind === 'recorded'),
      );
      count(at, WORST_FIRST.find((each) => became.includes(each)) ?? 'nothing');
      listed.add(
        at,
        settled.flatMap((fact) => entryOf(at, fact, words)),
        settled,
      );
    },
    counts: () => ({ rows: { ...rows }, facts: { ...facts } }),
    samples: () => [...samples.before, ...samples.rows],
    listed: listed.first,
  };
};

type Listing = {
  readonly add: (at: FileRow, entries: readonly NotRecorded[], facts: readonly SettledFact[]) => void;
  readonly first: () => readonly ListedRow[];
};

/** The lowest rows of the file, though one that waited for its end comes after those behind it. At most twice what is listed is held. */
const createListing = (): Listing => {
  let held: readonly ListedRow[] = [];
  let added: ListedRow[] = [];
  let room = 2 * ROWS_LISTED_MAX;
  let last = Infinity; // the row behind which there is no place any more
  const settle = (): void => {
    const rows = [...held, ...added].toSorted((a, b) => rowOf(a.at) - rowOf(b.at));
    added = [];
    held = firstOf(rows);
    const entries = held.reduce((sum, row) => sum + row.entries.length, 0);
    room = 2 * ROWS_LISTED_MAX - entries;
    const end = held.at(-1);
    if (end && entries === ROWS_LISTED_MAX) last = rowOf(end.at);
  };
  return {
    add(at, entries, facts) {
      if (entries.length === 0 || rowOf(at) > last) return;
      added.push({ at, entries: entries.slice(0, ROWS_LISTED_MAX), facts });
      room -= Math.min(entries.length, ROWS_LISTED_MAX);
      if (room <= 0) settle();
    },
    first() {
      settle();
      return held;
    },
  };
};

/** As many entries as are listed. */
const firstOf = (rows: readonly ListedRow[]): readonly ListedRow[] => {
  let room = ROWS_LISTED_MAX;
  return rows.flatMap((row) => {
    const entries = row.entries.slice(0, room);
    room -= entries.length;
    return entries.length === 0 ? [] : [{ ...row, entries }];
  });
};

/** A repeat by its own id is what an earlier run of this import recorded. */
export const BECAME = { recorded: 'recorded', repeated: 'recorded', known: 'already', doubtful: 'doubtful', refused: 'refused' } as const;
const WORST_FIRST = ['refused', 'doubtful', 'recorded', 'already'] as const;

const rowOf = (at: FileRow): number => (at === 'before' ? 0 : at.row);
const placeOf = (at: FileRow): { readonly row?: number } => (at === 'before' ? {} : { row: at.row });

const entryOf = (at: FileRow, { said, fact, outcome }: SettledFact, words: Words): readonly NotRecorded[] => {
  const named = { ...placeOf(at), ...told(said.entry, (entry) => ({ entry })), fact: fact.factId };
  if (outcome.kind === 'refused') {
    const { refusal } = outcome;
    const referred = 'reference' in refusal ? said.nameOf(refusal.reference) : undefined;
    const detail = lineOf(words.ofRefusal(refusal, referred), DETAIL_LENGTH_MAX) ?? refusal.code;
    return [{ ...named, became: 'refused', code: refusal.code, ...cellNamed(at, said, words.fieldOf(refusal)), detail }];
  }
  if (outcome.kind !== 'doubtful') return [];
  return outcome.doubts.map((doubt) => ({
    ...named,
    became: 'doubtful',
    code: doubt,
    detail: lineOf(words.ofDoubt(doubt), DETAIL_LENGTH_MAX) ?? doubt,
  }));
};

/** The cell that gave the field, where one alone did. */
const cellNamed = (
  at: FileRow,
  { columnOf }: RowFact,
  field: string | undefined,
): { readonly column?: string; readonly value?: string } => {
  const column = field === undefined ? undefined : columnOf(field);
  if (at === 'before' || column === undefined) return {};
  const value = valueShown(at.cells.get(column));
  return { ...told(column, (name) => ({ column: name })), ...(value !== null && told(value, (shown) => ({ value: shown }))) };
};

const told = <Member extends object>(text: string, member: (said: string) => Member): Member | object => {
  const said = lineOf(text, VALUE_LENGTH_MAX);
  return said === undefined ? {} : member(said);
};

/** What of a text may stand in an event: one line, cut, and nothing in it that could deceive a reader; `undefined` if nothing is left. */
const lineOf = (text: string, lengthMax: number): string | undefined => {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  const shown = [...line].length > lengthMax ? `${[...line].slice(0, lengthMax - 1).join('')}…` : line;
  return shown === '' || unsafeText(shown, 'line') ? undefined : shown;
};
