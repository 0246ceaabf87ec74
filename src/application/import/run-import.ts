/**
 * The run of an import. The file is read to its end before anything is decided, so that one that breaks off records nothing; then its facts are settled in
 * slices, and what a later row could supply is tried again at the end. The same run tries an import out, over a rehearsal.
 */
import type { Command } from '../../domain/command.ts';
import { citationsOf } from '../../domain/decide.ts';
import type { FactCounts, NotRecorded, RowCounts } from '../../domain/events/import-completed.ts';
import { type ImportId, splitStream } from '../../domain/ids.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { Sheet } from '../../sheets/row.ts';
import type { CompiledMapping } from '../mapping/row-facts.ts';
import type { Recorder } from '../rehearsal.ts';
import { createCaseBeginnings, openingOf } from './case-beginnings.ts';
import {
  type Ahead,
  beginImport,
  completeImport,
  findImport,
  type ImportNamed,
  type ImportObject,
  ImportRefused,
} from './import-object.ts';
import type { OpenFact } from './open-fact.ts';
import { factsAhead, type OpenRow, readThrough, slicesOf } from './open-rows.ts';
import { refusalAmong } from './settle-facts.ts';
import { createSettler, type Settler } from './settler.ts';
import { createTally, type ListedRow, type Sample, type Words } from './tally.ts';

export type ImportUses = {
  readonly recorder: Recorder;
  readonly nowMs: () => number;
  readonly words: Words;
  /** Lets others be answered. */
  readonly pause: () => Promise<unknown>;
  /** Hears of each slice that is settled. */
  readonly onRows: (rows: number) => void;
  /** Rows that wait for the end of the file. */
  readonly pendingRowsMax?: number;
};
export type ImportAsked = ImportNamed & {
  readonly compiled: CompiledMapping;
  readonly recordedBy: string;
  /** The table from its beginning. Throws SheetInvalid. */
  readonly open: () => Promise<Sheet>;
};

export type ImportResult = {
  /** The import in which what the file says is recorded; `null` if all of it was on record through others, or nothing could be recorded. */
  readonly id: ImportId | null;
  readonly status: 'recorded' | 'nothing_new';
  readonly rows: RowCounts;
  readonly facts: FactCounts;
  /** The first that were not recorded, in the order of the file. */
  readonly listed: readonly ListedRow[];
  readonly samples: readonly Sample[];
  readonly columns: readonly string[];
  /** Columns that say nothing to the mapping. */
  readonly unread: readonly string[];
  readonly position: number | null;
};

/** `completed`: the import of that key was, before. Throws SheetInvalid and ImportRefused, and then nothing of it is recorded; and the event store's errors, after which a repeat goes on. */
export const runImport = async (uses: ImportUses, asked: ImportAsked): Promise<ImportResult | { readonly completed: ImportId }> => {
  const { columns, unread } = await readThrough(asked.open, asked.compiled);
  const object = await findImport(uses.recorder.log, asked);
  if (object.state === 'completed') return { completed: object.id };
  const files = {
    table: { name: asked.name, evidence: asked.file.sha256 },
    mapping: { name: `Mapping of ${asked.name}`, evidence: asked.mapping.sha256 },
  };
  const citing = { mapping: asked.compiled, batchId: object.id, files };
  await refuseOtherBeginning(uses.recorder, asked, factsAhead(citing));
  const slices = (): AsyncIterable<readonly OpenRow[]> => slicesOf(asked.open, citing);
  const tally = createTally(uses.words);
  const importing = { record: uses.recorder.record, log: uses.recorder.log, recordedBy: asked.recordedBy, nowMs: uses.nowMs };
  const settler = createSettler({
    recorder: uses.recorder,
    recordedBy: asked.recordedBy,
    mapping: asked.compiled,
    confirmed: asked.confirmed,
    isBegun: object.state === 'begun',
    begin: (synthetic) => beginImport(importing, object, asked, synthetic),
    tally,
    pause: uses.pause,
    pendingRowsMax: uses.pendingRowsMax,
  });
  const triedBefore = object.state === 'begun' ? await slicesTriedBefore(slices(), settler, uses.pause) : 0;
  let slice = 0;
  for await (const rows of slices()) {
    if (slice < triedBefore) await settler.takeTried(rows);
    else await settler.take(rows);
    slice += 1;
    uses.onRows(tally.counts().rows.rows);
    await uses.pause();
  }
  await settler.finish();
  const counts = tally.counts();
  const listed = tally.listed();
  const notRecorded = inOneEvent(listed.flatMap(({ entries }) => entries));
  const position = settler.isBegun() ? await completeImport(importing, object, { ...counts, notRecorded }) : null;
  return { ...resultOf(object, settler), ...counts, listed, samples: tally.samples(), columns, unread, position };
};

/** The rows rest on what the mapping records ahead of them: where another case or order has its name, they would go to that one. Tried, and not kept. */
const refuseOtherBeginning = async (
  recorder: Recorder,
  { compiled, recordedBy }: ImportAsked,
  ahead: readonly OpenFact[],
): Promise<void> => {
  const { record, log } = recorder.rehearse();
  const settling = { record, recordedBy, mapping: compiled, beginnings: createCaseBeginnings(log), isConfirmed: () => true };
  const refused = await refusalAmong(settling, ahead);
  if (!refused) return;
  const { refusal, open } = refused;
  throw new ImportRefused(refusal, {
    place: ahead.indexOf(open),
    entry: open.said.entry,
    existing: await existingOf(recorder.log, refusal, open.fact.command),
  });
};

/** The case or order that the refusal is about: one that the fact names, or the one that bears the name it would give. */
const existingOf = async (log: Recorder['log'], refusal: Refusal, { stream, data }: Command): Promise<Ahead['existing']> => {
  const cited = citationsOf(data).find(({ id }) => 'reference' in refusal && id === refusal.reference)?.stream ?? stream;
  const says = (await openingOf(log, cited))?.data;
  const name = says?.['title'] ?? says?.['ref'];
  return typeof name === 'string' ? { category: splitStream(cited).category, name } : undefined;
};

/** An event holds some 900,000 bytes; in it these stand beside counts and a source. Further rows are counted, and listed by a dry run. */
const NOT_RECORDED_BYTES_MAX = 600_000;

const inOneEvent = (entries: readonly NotRecorded[]): readonly NotRecorded[] => {
  let bytes = 0;
  const end = entries.findIndex((entry) => {
    bytes += Buffer.byteLength(JSON.stringify(entry));
    return bytes > NOT_RECORDED_BYTES_MAX;
  });
  return end === -1 ? entries : entries.slice(0, end);
};

const resultOf = ({ id, earlier }: ImportObject, settler: Settler): Pick<ImportResult, 'id' | 'status'> =>
  settler.isBegun() ? { id, status: 'recorded' } : { id: earlier ?? null, status: 'nothing_new' };

/**
 * How far an earlier run of the same import came before it was cut short. What it left open there it meant to try again at the end of the file, and so it
 * is: the same file gives the same events, whether it was cut short or not.
 */
const slicesTriedBefore = async (
  slices: AsyncIterable<readonly OpenRow[]>,
  settler: Settler,
  pause: () => Promise<unknown>,
): Promise<number> => {
  let tried = 0;
  let slice = 0;
  for await (const rows of slices) {
    if (await settler.hasOwn(rows)) tried = slice;
    slice += 1;
    await pause();
  }
  return tried;
};
