/** The composition root: what works with what, over which engine, and what runs in which thread. */
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Uses } from './api/uses.ts';
import { type Access, openToAll } from './application/access.ts';
import { type Clock, neverBackwards, newCommandId, newEventId, newSalt, systemClock } from './application/clock.ts';
import type { Cluster } from './application/cluster-health.ts';
import { createExecuting } from './application/execute.ts';
import { openLedger } from './application/open-ledger.ts';
import { createProgress, type Progress } from './application/positions.ts';
import { createRecord } from './application/record.ts';
import { createRehearsal } from './application/rehearsal.ts';
import { DEADLINE_RULES, type DeadlineRule } from './domain/deadlines/deadline-rules.ts';
import { msOf } from './domain/time.ts';
import { EMBEDDED, type Engine, openLog, openLogToRead } from './engines.ts';
import { AccessDenied, StoreUnavailable } from './event-store/errors.ts';
import type { EventStore } from './event-store/event-store.ts';
import type { ClusterEventStore } from './event-store/eventstoredb.ts';
import { takeLease } from './event-store/sqlite.ts';
import { openEvidenceStore } from './evidence/evidence-store.ts';
import { answerCompliance } from './projections/answer-compliance.ts';
import { answerRecord } from './projections/answer-record.ts';
import type { Answers } from './projections/answers.ts';
import { findPosition } from './projections/dictionaries.ts';
import { SETTLED_AFTER_MS, SETTLED_AFTER_SHARED_MS } from './projections/knowledge.ts';
import { assertSameLog, findEvent } from './projections/log.ts';
import { positionOf } from './projections/progress.ts';
import { openReadModel, READ_MODEL_VERSION, type ReadModel } from './projections/read-model.ts';
import { answerRehearsals } from './projections/rehearsal.ts';
import { assertAllKnown } from './projections/rules-named.ts';
import { catchUp, createRunner } from './projections/runner.ts';
import {
  type Answering,
  answerInThread,
  answerUntilClosed,
  type Place,
  type Running,
  runInThread,
  stepUntilStopped,
  type ThreadData,
} from './threads.ts';

export type LedgerOptions = {
  /** Holds the log unless a cluster does, its lease, the files of evidence, and the read model, which can be rebuilt. Made if it is not there. */
  readonly folder: string;
  /** What keeps the log; by default a file in the folder. */
  readonly engine?: Engine;
  /** Hears of what is odd about a cluster and no reason to refuse it. */
  readonly onNote?: (note: string) => void;
  /** Fixed by the first process that opens an empty folder. */
  readonly name: string;
  /** Who is written down where nobody is asked for a token, and in the event that opens the log. */
  readonly recordedBy: string;
  /** Who may ask; by default whoever reaches it. */
  readonly access?: Access;
  /** The runner and long reads in threads of their own; otherwise all in this one. */
  readonly threads: boolean;
  /** The deadline rules that orders may name; by default those that ship. */
  readonly rules?: readonly DeadlineRule[];
  readonly clock?: Clock;
};
export type ComposedLedger = { readonly uses: Uses; readonly close: () => Promise<void> };

/** Throws the event store's errors: `LeaseHeld` if another process writes to the folder. */
export const composeLedger = async (options: LedgerOptions): Promise<ComposedLedger> => {
  const { folder, name, recordedBy, engine = EMBEDDED, rules = DEADLINE_RULES, onNote = () => {} } = options;
  makeFolder(folder);
  const log = await openLog(engine, folder, onNote);
  const { store } = log;
  const path = modelPath(folder, engine);
  try {
    const clock = neverBackwards(options.clock ?? systemClock);
    const ledger = await openLedger({ store, clock, newId: newEventId, newSalt, recordedBy }, name);
    openReadModel({ path }).close(); // makes the file: the readers below cannot
    const model = openReadModel({ path, readOnly: true });
    await assertSameLog(model, store).catch((error: unknown) => {
      model.close();
      throw error;
    });
    const known = (eventId: string): number | undefined => findPosition(model, eventId);
    const progress = createProgress(positionOf(model), known);
    const runner = options.threads ? runInThread({ folder, engine }, store, progress) : runHere(path, store, progress);
    const answers = options.threads
      ? answerInThread({ folder, engine }, rules)
      : { answers: answersOf({ path, model, log: store, rules }), health: () => null, close: async () => {} };
    const close = async (): Promise<void> => {
      progress.stopped();
      // Readers first: whoever closes a file last empties its write-ahead log, and only a writer can.
      await answers.close();
      model.close();
      await runner.close();
    };
    try {
      await runner.caughtUp;
      assertAllKnown(model, rules);
    } catch (error) {
      await close();
      throw error;
    }
    const placeOf = (id: string) => findEvent(model, id);
    const isShared = engine.kind !== 'embedded';
    const executing = { store, ledger: ledger.id, clock, newEventId, newSalt, placeOf, rules, isShared };
    const uses: Uses = {
      ledger,
      access: options.access ?? openToAll(recordedBy),
      record: createRecord({ ...createExecuting(executing), positions: progress }),
      rehearse: () => createRehearsal(executing),
      newCommandId,
      nowMs: () => msOf(clock()),
      settledAfterMs: isShared ? SETTLED_AFTER_SHARED_MS : SETTLED_AFTER_MS,
      model,
      log: store,
      cluster: log.cluster && clusterOf(log.cluster, runner, answers),
      evidence: openEvidenceStore(join(folder, 'evidence'), { isShared }),
      answers: answers.answers,
      rules,
      reached: progress.reached,
      isFollowing: progress.isFollowing,
      whyStopped: progress.whyStopped,
      onMoved: progress.onMoved,
    };
    return {
      uses,
      async close() {
        await close();
        await log.close();
      },
    };
  } catch (error) {
    await log.close();
    throw error;
  }
};

/** With all that it stands in. Not by `recursive`: where the system answers that there is no such place (`/proc/x`), Node tries for ever. */
const makeFolder = (folder: string): void => {
  if (isFolder(folder)) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    if (!isFolder(folder)) throw error; // otherwise another process has just made it
  }
};
const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** What the threads say of their connections, each of its own. */
const clusterOf = (serving: ClusterEventStore, runner: Running, answers: Pick<Answering, 'health'>): Cluster => ({
  health: () =>
    [
      { thread: 'serving' as const, health: serving.health() },
      { thread: 'runner' as const, health: runner.health() },
      { thread: 'answers' as const, health: answers.health() },
    ].flatMap(({ thread, health }) => (health ? [{ thread, health }] : [])),
  headSeenAt: runner.headSeenAt,
  onAppendSettled: serving.onAppendSettled,
});

type AnswersUses = {
  readonly path: string;
  readonly model: ReadModel;
  readonly log: EventStore;
  readonly rules: readonly DeadlineRule[];
};
const answersOf = ({ path, model, log, rules }: AnswersUses): Answers => ({
  ...answerCompliance(model, log, rules, setImmediate),
  ...answerRecord(model, log, setImmediate),
  ...answerRehearsals({ open: () => openReadModel({ path }), log, rules }),
});

/** Each engine's own: where a reader goes on in one log means nothing in another. */
const modelPath = (folder: string, { kind }: Engine): string =>
  join(folder, `read-model-${READ_MODEL_VERSION}${kind === 'embedded' ? '' : `-${kind}`}.sqlite`);

const runHere = (path: string, store: EventStore, progress: Progress): Running => {
  const model = openReadModel({ path });
  const runner = createRunner({ store, model });
  let headSeenAt: number | null = null;
  const toHead = async (): Promise<void> => {
    await catchUp(runner, progress.moved);
    headSeenAt = Date.now();
  };
  const caughtUp = toHead();
  let running: Promise<void> = caughtUp.catch(() => {}); // whoever composes waits for it, and hears of its failure
  let isNext = false;
  const run = (): Promise<void> => {
    if (isNext) return running; // it has not begun, so it will see what this wake-up is about
    isNext = true;
    running = running
      .then(() => {
        isNext = false;
        return toHead();
      })
      .catch((error: unknown) => {
        if (!isOutage(error)) progress.stopped(error);
      });
    return running;
  };
  const end = store.onAppended(run);
  return {
    caughtUp,
    health: () => null, // the connection is that of the thread that serves
    headSeenAt: () => headSeenAt,
    async close() {
      end();
      await running;
      model.close();
    },
  };
};

/** The log cannot be reached for a while, or this user may not read it now: it is read again later. */
const isOutage = (error: unknown): boolean =>
  error instanceof AccessDenied || (error instanceof StoreUnavailable && !['closed', 'foreign_place'].includes(error.reason));

/** What a thread does until it is stopped. */
export const runThread = async (data: ThreadData): Promise<void> => {
  const { folder, engine, signal } = data;
  const path = modelPath(folder, engine);
  const store = await openLogToRead(engine, folder);
  const health = () => store.health?.() ?? null;
  if (data.role === 'answers') {
    const model = openReadModel({ path, readOnly: true });
    const close = async (): Promise<void> => {
      model.close();
      await store.close();
    };
    answerUntilClosed({ answers: answersOf({ path, model, log: store, rules: data.rules }), health, close });
    return;
  }
  const model = openReadModel({ path });
  await stepUntilStopped(signal, { step: createRunner({ store, model }).step, isOutage, health });
  await store.close();
  model.close();
};

// ---- Rebuild

/** Smaller than a server's batches, so that what was read is garbage before it is old. */
const REBUILD_BATCH = 250;
/** Looking a stream up costs a quarter of a rebuild where acts come in another order than the list; this is 250 MB at most. */
const REBUILD_REMEMBERED = 2_000_000;

/** Throws the read model away and fills it again from the log. Nobody else may write meanwhile: throws `LeaseHeld`. */
export const rebuildReadModel = async ({ folder, engine }: Place, onProgress: (position: number) => void): Promise<number> => {
  const lease = takeLease(folder);
  const path = modelPath(folder, engine);
  const fresh = `${path}.new`;
  try {
    removeModel(fresh);
    const position = await fillModel(await openLogToRead(engine, folder), fresh, onProgress);
    onDisk(fresh);
    removeModel(path);
    renameSync(fresh, path);
    return position;
  } finally {
    removeModel(fresh);
    lease.release();
  }
};

const fillModel = async (store: EventStore, path: string, onProgress: (position: number) => void): Promise<number> => {
  const model = openReadModel({ path, filling: true });
  try {
    return await catchUp(createRunner({ store, model, batchMax: REBUILD_BATCH, rememberedMax: REBUILD_REMEMBERED }), (step) =>
      onProgress(step.position),
    );
  } finally {
    model.close();
    await store.close();
  }
};

/** A file filled without a journal, and in use before it is on disk, could be half a read model after a power loss. */
const onDisk = (path: string): void => {
  const file = openSync(path, 'r+');
  fsyncSync(file);
  closeSync(file);
};

const removeModel = (path: string): void => {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
};
