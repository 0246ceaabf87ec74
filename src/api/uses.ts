/** What the routes use: handed in by the composition root, so that a test may hand in its own. */
import type { Access } from '../application/access.ts';
import type { Cluster } from '../application/cluster-health.ts';
import type { Ledger } from '../application/open-ledger.ts';
import type { Record } from '../application/record.ts';
import type { Rehearsal } from '../application/rehearsal.ts';
import type { DeadlineRule } from '../domain/deadlines/deadline-rules.ts';
import type { CommandId } from '../domain/ids.ts';
import type { EvidenceStore } from '../evidence/evidence-store.ts';
import type { Answers } from '../projections/answers.ts';
import type { Log } from '../projections/log.ts';
import type { ReadModel } from '../projections/read-model.ts';

export type Uses = {
  readonly ledger: Ledger;
  /** Who may ask, and who is written down as recorder of what he sends. */
  readonly access: Access;
  readonly record: Record;
  /** Decides as `record` does, upon what is recorded now, and records nothing. */
  readonly rehearse: () => Rehearsal;
  readonly newCommandId: () => CommandId;
  /** Milliseconds since 1970: the default of `validAt`. */
  readonly nowMs: () => number;
  /** For how long something may still be recorded at an instant that has passed. */
  readonly settledAfterMs: number;
  /** This process's read model, for short reads. */
  readonly model: ReadModel;
  /** Reads only: what an event says stands in the log. */
  readonly log: Log;
  /** How the connections to the cluster are; `null` where a file of this process keeps the log. */
  readonly cluster: Cluster | null;
  /** The bytes of the files that the log names. */
  readonly evidence: EvidenceStore;
  /** Questions that may take long, and therefore run elsewhere. */
  readonly answers: Answers;
  /** The deadline rules that orders may name: those that ship, and those of the configuration. */
  readonly rules: readonly DeadlineRule[];
  /** Resolves true as soon as the read model reflects that position; false after `timeoutMs`. */
  readonly reached: (position: number, timeoutMs: number) => Promise<boolean>;
  /** Whether the read model is being moved along. If not, writes are recorded all the same, and reads stand still. */
  readonly isFollowing: () => boolean;
  /** What stopped it; nothing if it is not known. */
  readonly whyStopped: () => unknown;
  /** Calls `wake` after the read model moved. Returns what ends the calls. */
  readonly onMoved: (wake: (position: number) => void) => () => void;
};
