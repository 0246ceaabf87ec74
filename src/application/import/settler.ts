/** Settles the facts of an import, slice by slice: begins the import with the first that is new, and keeps what a later row may supply until the end. */
import type { Confirmation } from '../../domain/events/import-started.ts';
import type { CompiledMapping } from '../mapping/row-facts.ts';
import type { Recorder } from '../rehearsal.ts';
import { createCaseBeginnings } from './case-beginnings.ts';
import type { FileRow, OpenFact } from './open-fact.ts';
import type { OpenRow } from './open-rows.ts';
import { mayComeLater, OPEN_DOUBTS, type SettledFact, type Settling, settleFacts, tryFacts } from './settle-facts.ts';
import type { Tally } from './tally.ts';

export type SettlerUses = {
  readonly recorder: Recorder;
  readonly recordedBy: string;
  readonly mapping: CompiledMapping;
  readonly confirmed: readonly Confirmation[];
  /** By an earlier run that was cut short. */
  readonly isBegun: boolean;
  readonly begin: (synthetic: boolean) => Promise<void>;
  readonly tally: Tally;
  /** Lets others be answered. */
  readonly pause: () => Promise<unknown>;
  readonly pendingRowsMax?: number | undefined;
};
export type Settler = {
  readonly take: (rows: readonly OpenRow[]) => Promise<void>;
  /** Rows that an earlier run went through: what it did not record waits for the end. */
  readonly takeTried: (rows: readonly OpenRow[]) => Promise<void>;
  /** Whether anything of these rows is on record through this very import. */
  readonly hasOwn: (rows: readonly OpenRow[]) => Promise<boolean>;
  /** Tries again what is left. */
  readonly finish: () => Promise<void>;
  readonly isBegun: () => boolean;
};

/** Rows that wait for the end of the file, in memory; what comes beyond is settled as it stands. */
const PENDING_ROWS_MAX = 50_000;
const PENDING_SLICE_ROWS = 500;
/** How often the end is gone through while that gets on: rows may wait for one another. */
const PASSES_MAX = 5;

type PendingRow = { readonly at: FileRow; readonly facts: readonly (OpenFact | SettledFact)[] };

export const createSettler = (uses: SettlerUses): Settler => {
  const { recorder, recordedBy, mapping, tally, pause, pendingRowsMax = PENDING_ROWS_MAX } = uses;
  const beginnings = createCaseBeginnings(recorder.log);
  const isConfirmed = confirming(uses.confirmed);
  const settling: Settling = { record: recorder.record, recordedBy, mapping, beginnings, isConfirmed };
  // Confirmed or not, a later row may take these doubts away.
  const waiting: Settling = { ...settling, isConfirmed: (doubt, factId) => !OPEN_DOUBTS.includes(doubt) && isConfirmed(doubt, factId) };
  let isBegun = uses.isBegun;
  let pending: PendingRow[] = [];

  const settle = async (how: Settling, facts: readonly OpenFact[]): Promise<readonly SettledFact[]> => {
    if (facts.length === 0) return [];
    if (!isBegun) {
      const trial = recorder.rehearse();
      const tried = await tryFacts({ ...how, record: trial.record }, facts);
      if ('settled' in tried) return tried.settled;
      await uses.begin(trial.events().at(-1)?.event.data['synthetic'] === true);
      isBegun = true;
    }
    return settleFacts(how, facts);
  };

  const take = async (rows: readonly OpenRow[], how: Settling, isLeftOpen: (fact: SettledFact) => boolean): Promise<void> => {
    const settled = await settle(
      how,
      rows.flatMap((row) => ('facts' in row ? row.facts : [])),
    );
    let next = 0;
    const full: PendingRow[] = [];
    for (const row of rows) {
      if ('faults' in row) {
        tally.faulty(row.at, row.faults);
        continue;
      }
      const own = settled.slice(next, next + row.facts.length);
      next += own.length;
      if (own.length === 0) tally.nothing();
      else if (!own.some(isLeftOpen)) tally.settled(row.at, own);
      else
        (pending.length < pendingRowsMax ? pending : full).push({
          at: row.at,
          facts: own.map((fact) => (isLeftOpen(fact) ? openOf(fact) : fact)),
        });
    }
    if (full.length > 0) await goThrough(full, settling, () => false);
  };

  /** Of rows that wait, those that still do. */
  const goThrough = async (
    rows: readonly PendingRow[],
    how: Settling,
    isLeftOpen: (fact: SettledFact) => boolean,
  ): Promise<PendingRow[]> => {
    const left: PendingRow[] = [];
    for (let from = 0; from < rows.length; from += PENDING_SLICE_ROWS) {
      const slice = rows.slice(from, from + PENDING_SLICE_ROWS);
      const settled = await settle(how, slice.flatMap(openFactsOf));
      let next = 0;
      for (const row of slice) {
        const facts = row.facts.map((fact) => (isSettled(fact) ? fact : (settled[next++] ?? fact)));
        const done = facts.filter(isSettled);
        if (done.some(isLeftOpen)) left.push({ at: row.at, facts: done.map((fact) => (isLeftOpen(fact) ? openOf(fact) : fact)) });
        else tally.settled(row.at, done);
      }
      await pause();
    }
    return left;
  };

  /** As long as that gets on. */
  const passes = async (how: Settling): Promise<void> => {
    for (let pass = 1; pass <= PASSES_MAX && pending.length > 0; pass += 1) {
      const before = openCount(pending);
      pending = await goThrough(pending, how, ({ outcome }) => mayComeLater(outcome));
      if (openCount(pending) === before) return;
    }
  };

  return {
    take: (rows) => take(rows, waiting, ({ outcome }) => mayComeLater(outcome)),
    takeTried: (rows) =>
      take(rows, { ...settling, isLookingOnly: true }, ({ outcome }) => outcome.kind === 'doubtful' || outcome.kind === 'refused'),
    async hasOwn(rows) {
      const facts = rows.flatMap((row) => ('facts' in row ? row.facts : []));
      const found = await settleFacts({ ...settling, isLookingOnly: true }, facts);
      return found.some(({ outcome }) => outcome.kind === 'repeated');
    },
    async finish() {
      await passes(waiting);
      await passes(settling);
      await goThrough(pending, settling, () => false);
      pending = [];
    },
    isBegun: () => isBegun,
  };
};

const confirming = (confirmed: readonly Confirmation[]): Settling['isConfirmed'] => {
  const byKind = new Map(confirmed.map(({ kind, facts }) => [kind, facts && new Set(facts)]));
  return (doubt, factId) => byKind.has(doubt) && (byKind.get(doubt)?.has(factId) ?? true);
};

const isSettled = (fact: OpenFact | SettledFact): fact is SettledFact => 'outcome' in fact;
const openOf = ({ said, fact }: SettledFact): OpenFact => ({ said, fact });
const openFactsOf = ({ facts }: PendingRow): readonly OpenFact[] => facts.filter((fact) => !isSettled(fact));
const openCount = (rows: readonly PendingRow[]): number => rows.reduce((sum, row) => sum + openFactsOf(row).length, 0);
