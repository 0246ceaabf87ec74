/**
 * The threads of a server: the runner, which moves the read model along, and the one of long answers, about compliance and about all that
 * is on record. Both ends of what passes between them and the thread that serves stand here; what they work with is composed in `compose.ts`.
 */
import { parentPort, Worker } from 'node:worker_threads';
import type { Moved, Progress } from './application/positions.ts';
import type { DeadlineRule } from './domain/deadlines/deadline-rules.ts';
import type { Engine } from './engines.ts';
import { type ReadFailure, readErrorFrom, readFailureOf } from './event-store/errors.ts';
import type { ClusterHealth, EventStore } from './event-store/event-store.ts';
import type { Answers, QuestionOf } from './projections/answers.ts';

/** How a thread's own connection to a cluster is, as it last said; `null` if it has none, or has not said yet. */
type Connected = { readonly health: () => ClusterHealth | null };
/** A runner, wherever it runs. */
export type Running = Connected & {
  readonly caughtUp: Promise<void>;
  /** Ms since 1970 when it last found nothing left to reflect; null before the first time. */
  readonly headSeenAt: () => number | null;
  readonly close: () => Promise<void>;
};
export type Answering = Connected & { readonly answers: Answers; readonly close: () => Promise<void> };

/** What the threads share: the first number is raised to wake the runner, the second set to stop it; the third says that it waits. */
const WAKE = 0;
const STOP = 1;
const WAITING = 2;
const FLAGS = 3;
const CLOSE_WAIT_MS = 2_000; // a long answer is not waited for
const POLL_MS = 1_000; // a lost wake-up delays by this much and loses nothing

/** Where the log and what is derived from it are. */
export type Place = { readonly folder: string; readonly engine: Engine };
export type ThreadData = Place & { readonly signal: SharedArrayBuffer } & (
    | { readonly role: 'runner' }
    | { readonly role: 'answers'; readonly rules: readonly DeadlineRule[] }
  );
/** Of a cluster's log that could not be read there is no step. */
type FromRunner = { readonly step: Moved | undefined; readonly isAtHead: boolean; readonly health: ClusterHealth | null };
type Asked = { readonly id: number; readonly ask: keyof Answers; readonly question: never } | 'close';
type Answered = { readonly id: number; readonly health: ClusterHealth | null } & (
  | { readonly text: string }
  | { readonly error: unknown; readonly failure: ReadFailure | undefined }
);

const startThread = (data: ThreadData): Worker => new Worker(new URL('./worker.ts', import.meta.url), { workerData: data });

export const runInThread = (place: Place, store: Pick<EventStore, 'onAppended'>, progress: Progress): Running => {
  const signal = new SharedArrayBuffer(FLAGS * Int32Array.BYTES_PER_ELEMENT);
  const flags = new Int32Array(signal);
  const worker = startThread({ ...place, role: 'runner', signal });
  const wake = (): void => {
    Atomics.add(flags, WAKE, 1);
    // A call into the system, saved while the runner is at work: it looks at the number again before it waits.
    if (Atomics.load(flags, WAITING) === 1) Atomics.notify(flags, WAKE);
  };
  const end = store.onAppended(wake);
  let health: ClusterHealth | null = null;
  let headSeenAt: number | null = null;
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const caughtUp = new Promise<void>((resolve, reject) => {
    worker.on('message', ({ step, isAtHead, health: said }: FromRunner) => {
      health = said;
      if (step) progress.moved(step);
      if (!isAtHead) return;
      headSeenAt = Date.now();
      resolve();
    });
    worker.once('error', (error) => {
      progress.stopped(error);
      reject(error);
    });
  });
  return {
    caughtUp,
    health: () => health,
    headSeenAt: () => headSeenAt,
    async close() {
      end();
      Atomics.store(flags, STOP, 1);
      wake();
      await exited;
    },
  };
};

type Asker = { readonly resolve: (text: string) => void; readonly reject: (error: unknown) => void };

/** A thread holds nothing that another could not read again: if one dies, those who wait are told, and the next question gets a new one. */
export const answerInThread = (place: Place, rules: readonly DeadlineRule[]): Answering => {
  let thread: { readonly worker: Worker; readonly waiting: Map<number, Asker> } | undefined;
  let asked = 0;
  let health: ClusterHealth | null = null;

  const start = (): NonNullable<typeof thread> => {
    const waiting = new Map<number, Asker>();
    const worker = startThread({ ...place, role: 'answers', rules, signal: new SharedArrayBuffer(0) });
    const started = { worker, waiting };
    const ended = (error: unknown): void => {
      if (thread === started) thread = undefined;
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    };
    worker.on('message', (answer: Answered) => {
      health = answer.health;
      const asker = waiting.get(answer.id);
      waiting.delete(answer.id);
      if ('text' in answer) asker?.resolve(answer.text);
      else asker?.reject(answer.failure ? readErrorFrom(answer.failure) : answer.error);
    });
    worker.once('error', ended);
    worker.once('exit', () => ended(new Error('the thread of long answers ended')));
    return started;
  };
  const ask = (name: keyof Answers, question: object): Promise<string> =>
    new Promise((resolve, reject) => {
      thread ??= start();
      asked += 1;
      thread.waiting.set(asked, { resolve, reject });
      thread.worker.postMessage({ id: asked, ask: name, question });
    });
  const forward =
    <Name extends keyof Answers>(name: Name) =>
    (question: QuestionOf<Name>): Promise<string> =>
      ask(name, question);
  return {
    health: () => health,
    answers: {
      at: forward('at'),
      curve: forward('curve'),
      sheet: forward('sheet'),
      pairs: forward('pairs'),
      deadlines: forward('deadlines'),
      trail: forward('trail'),
      dossier: forward('dossier'),
      diff: forward('diff'),
      lists: forward('lists'),
      rehearse: forward('rehearse'),
      chronology: forward('chronology'),
      chronologyLines: forward('chronologyLines'),
      density: forward('density'),
      learned: forward('learned'),
      search: forward('search'),
    },
    async close() {
      if (!thread) return;
      const { worker, waiting } = thread;
      waiting.clear(); // nobody is there to read what is still asked, and that it never came is no fault
      const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
      worker.postMessage('close' satisfies Asked);
      const late = setTimeout(() => void worker.terminate(), CLOSE_WAIT_MS);
      await exited;
      clearTimeout(late);
    },
  };
};

// ---- Inside the threads

export type Stepping = Connected & { readonly step: () => Promise<Moved>; readonly isOutage: (error: unknown) => boolean };

/** Steps until it is told to stop, and waits where nothing is left to do, or while the log cannot be reached. */
export const stepUntilStopped = async (signal: SharedArrayBuffer, { step, isOutage, health }: Stepping): Promise<void> => {
  const flags = new Int32Array(signal);
  const tell = (moved: Moved | undefined, isAtHead: boolean): void =>
    parentPort?.postMessage({ step: moved, isAtHead, health: health() } satisfies FromRunner);
  // A step that waits for a cluster is tried again for some time: how the connection is, is said meanwhile.
  const telling = health() ? setInterval(() => tell(undefined, false), POLL_MS) : undefined;
  while (Atomics.load(flags, STOP) === 0) {
    const seen = Atomics.load(flags, WAKE);
    const moved = await step().catch((error: unknown) => {
      if (isOutage(error)) return undefined;
      throw error;
    });
    const isAtHead = moved?.events.length === 0;
    tell(moved, isAtHead);
    if (moved && !isAtHead) continue;
    Atomics.store(flags, WAITING, 1);
    Atomics.wait(flags, WAKE, seen, POLL_MS);
    Atomics.store(flags, WAITING, 0);
  }
  clearInterval(telling);
};

/** Answers one question after another; `close` is called when no more will come. */
export const answerUntilClosed = ({ answers, health, close }: Answering): void => {
  parentPort?.on('message', (asked: Asked) => {
    if (asked === 'close') {
      void close().finally(() => parentPort?.close());
      return;
    }
    const { id, ask, question } = asked;
    answers[ask](question).then(
      (text) => parentPort?.postMessage({ id, health: health(), text } satisfies Answered),
      (error: unknown) => parentPort?.postMessage({ id, health: health(), error, failure: readFailureOf(error) } satisfies Answered),
    );
  });
};
