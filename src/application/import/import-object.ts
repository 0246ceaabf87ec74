/**
 * An import as an object of the log. Which one it is follows from the file, the mapping and what was confirmed, so that one cut short is found again; it
 * begins with the first fact that is really new, and ends with its counts.
 */
import { logEventOf } from '../../domain/codec.ts';
import type { EffectiveEvent } from '../../domain/event.ts';
import { evidenceRegistered } from '../../domain/events/evidence-registered.ts';
import { importCompleted } from '../../domain/events/import-completed.ts';
import { type Confirmation, importStarted } from '../../domain/events/import-started.ts';
import { effective } from '../../domain/history.ts';
import {
  type CommandId,
  type ImportId,
  idOfCommand,
  parseCommandId,
  parseEvidenceId,
  type StreamCategory,
  type StreamName,
  streamOf,
} from '../../domain/ids.ts';
import { isSame, type JsonObject } from '../../domain/json.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { instantFromMs } from '../../domain/time.ts';
import { canonical } from '../../envelope/canonical.ts';
import { sha256Hex } from '../../envelope/sha256.ts';
import { READ_EVENTS_MAX } from '../../event-store/event-store.ts';
import type { RowOutcome } from '../record.ts';
import type { Recorder } from '../rehearsal.ts';

/** A file that was received; `keep` puts it among the files on record. */
export type StoredFile = {
  readonly sha256: string;
  readonly bytes: number;
  readonly mediaType: string;
  readonly keep: () => Promise<void>;
};
export type ImportNamed = {
  readonly file: StoredFile;
  readonly mapping: StoredFile;
  /** As its sender calls the file. */
  readonly name: string;
  readonly confirmed: readonly Confirmation[];
  /** The caller's own name for the import, if he gave one. */
  readonly key: CommandId | undefined;
};

/** The fact ahead of the rows on which an import fell. */
export type Ahead = {
  /** Its index among the mapping's `before`. */
  readonly place: number;
  /** As the mapping names it. */
  readonly entry: string;
  /** What stands in its way, by the name that people use; `undefined` if nothing that has one does. */
  readonly existing: { readonly category: StreamCategory; readonly name: string } | undefined;
};

/** Thrown where the ledger does not take the import as a whole. Nothing of it is recorded. */
export class ImportRefused extends Error {
  override readonly name = 'ImportRefused';
  readonly code = 'IMPORT_REFUSED';
  readonly refusal: Refusal;
  readonly ahead: Ahead | undefined;

  constructor(refusal: Refusal, ahead?: Ahead) {
    super(refusal.code);
    this.refusal = refusal;
    this.ahead = ahead;
  }
}

export type ImportObject = {
  readonly id: ImportId;
  readonly stream: StreamName;
  readonly state: 'new' | 'begun' | 'completed';
  /** The one of the same file, mapping and confirmations that was completed last: what was retracted of it since is imported anew, by another. */
  readonly earlier: ImportId | undefined;
};

const TIMES_MAX = 1_000; // so often one file is imported, retracted, and imported again

/** Throws ImportRefused for a key that names another import. */
export const findImport = async (log: Recorder['log'], named: ImportNamed): Promise<ImportObject> => {
  let earlier: ImportId | undefined;
  for (let time = 1; time <= TIMES_MAX; time += 1) {
    const id = idOfCommand('import', keyOf(named, time));
    const stream = streamOf('import', id);
    const events = await factsOf(log, stream);
    const state = stateOf(events);
    if (state === 'new' && (await log.readStream(stream, { from: 0, limit: 1 })).length > 0) {
      // Its beginning was retracted: the next one is another import, and a key names one alone.
      if (named.key !== undefined) throw new ImportRefused({ code: 'COMMAND_ID_REUSED', commandId: named.key });
      continue;
    }
    const [started] = events;
    if (started && !isOf(started, named)) throw new ImportRefused({ code: 'COMMAND_ID_REUSED', commandId: named.key ?? '' });
    if (state !== 'completed' || named.key !== undefined) return { id, stream, state, earlier };
    earlier = id;
  }
  throw new ImportRefused({ code: 'CONTENTION', decisions: TIMES_MAX });
};

const keyOf = ({ file, mapping, confirmed, key }: ImportNamed, time: number): CommandId =>
  key ??
  parseCommandId(
    `import.${sha256Hex(canonical({ file: file.sha256, mapping: mapping.sha256, confirmed: confirmed.map((each) => ({ ...each })), time }))}`,
  );

const factsOf = async (log: Recorder['log'], stream: StreamName): Promise<readonly EffectiveEvent[]> =>
  effective((await log.readStream(stream, { from: 0, limit: READ_EVENTS_MAX })).map(({ event }) => logEventOf(event)));

const stateOf = ([started, ...rest]: readonly EffectiveEvent[]): ImportObject['state'] => {
  if (!started) return 'new';
  return rest.some(({ type }) => type === importCompleted.name) ? 'completed' : 'begun';
};

const isOf = ({ recorded }: EffectiveEvent, { file, mapping, confirmed }: ImportNamed): boolean =>
  recorded['file'] === file.sha256 && recorded['mapping'] === mapping.sha256 && isSame(recorded['confirmed'], confirmed);

export type ImportRecorder = Pick<Recorder, 'record' | 'log'> & {
  readonly recordedBy: string;
  readonly nowMs: () => number;
};

/** Puts both files on record, then the import itself: from then on facts may cite the file. Whoever finds all of it there goes on. */
export const beginImport = async (
  recorder: ImportRecorder,
  { id, stream }: ImportObject,
  named: ImportNamed,
  synthetic: boolean,
): Promise<void> => {
  const { file, mapping, name, confirmed } = named;
  const said = (obtainedFrom: string, method: string): JsonObject => ({ obtainedFrom, method });
  await register(recorder, id, file, { ...said(name, 'sent for an import'), synthetic });
  await register(recorder, id, mapping, { ...said(`Mapping of ${name}`, 'sent for an import'), synthetic });
  const data = {
    ...whenAndHow(recorder),
    synthetic,
    file: file.sha256,
    mapping: mapping.sha256,
    name,
    confirmed: confirmed.map((each) => ({ ...each })),
  };
  const options = { recordedBy: recorder.recordedBy, commandId: parseCommandId('import-started') };
  const outcome = await recorder.record.one({ type: importStarted.name, stream, data }, options);
  refuseUnless(outcome, ['ALREADY_EXISTS', 'COMMAND_ID_REUSED']); // another request has just begun it
};

/** Whatever else is said of the same bytes, they are on record; a file whose record was retracted is put there again, under an id that is still free. */
const register = async (
  recorder: ImportRecorder,
  id: ImportId,
  { sha256, bytes, mediaType, keep }: StoredFile,
  said: JsonObject,
): Promise<void> => {
  const stream = streamOf('evidence', parseEvidenceId(sha256));
  const events = (await recorder.log.readStream(stream, { from: 0, limit: READ_EVENTS_MAX })).map(({ event }) => logEventOf(event));
  if (effective(events).length > 0) return keep();
  const data = { ...whenAndHow(recorder), ...said, sha256, bytes, mediaType };
  const commandId = parseCommandId(`import-file.${id}${events.length === 0 ? '' : `~${events.length + 1}`}`);
  const options = { recordedBy: recorder.recordedBy, commandId };
  const outcome = await recorder.record.one({ type: evidenceRegistered.name, stream, data }, options);
  refuseUnless(outcome, ['ALREADY_EXISTS', 'COMMAND_ID_REUSED']);
  await keep();
};

/** Says what became of the rows. Resolves with the position; `null` if what is read does not reflect it yet. */
export const completeImport = async (recorder: ImportRecorder, { stream }: ImportObject, said: JsonObject): Promise<number | null> => {
  const command = { type: importCompleted.name, stream, data: { ...whenAndHow(recorder), ...said } };
  const options = { recordedBy: recorder.recordedBy, commandId: parseCommandId('import-completed') };
  for (let waits = 1; ; waits += 1) {
    const outcome = await recorder.record.one(command, options);
    refuseUnless(outcome, ['COMMAND_ID_REUSED']); // the same import, sent twice at once, came to the same end
    if (outcome.kind === 'refused') return null;
    if (outcome.position !== null || waits === POSITION_WAITS_MAX) return outcome.position;
  }
};

/** The instant at which the end of an import was recorded; `null` while it has none. */
export const whenEnded = async (log: Recorder['log'], id: ImportId): Promise<string | null> => {
  const events = await log.readStream(streamOf('import', id), { from: 0, limit: READ_EVENTS_MAX });
  return events.findLast(({ event }) => event.type === importCompleted.name)?.event.recordedAt ?? null;
};

/** Of two seconds each, as a rule: what is read follows the last row of a long import somewhat later. */
const POSITION_WAITS_MAX = 15;

const refuseUnless = (outcome: RowOutcome, codes: readonly string[]): void => {
  if (outcome.kind === 'refused' && !codes.includes(outcome.refusal.code)) throw new ImportRefused(outcome.refusal);
};

const whenAndHow = ({ nowMs }: ImportRecorder): JsonObject => {
  const now = instantFromMs(nowMs());
  return { occurredAt: { earliest: now, latest: now, precision: 'millisecond', zone: 'UTC' }, assertion: 'direct_record' };
};
