/** What the ledger learned of a case, and when: runs of recording, as far as known at a position. The other axis of time, in log order. */
import { type CaseId, streamOf } from '../domain/ids.ts';
import { findStream } from './dictionaries.ts';
import type { ReadModel } from './read-model.ts';
import type { Steps } from './steps.ts';

/** Events recorded one soon after another, that are all facts, or all corrections and retractions. Instants in ms since 1970. */
export type Run = {
  readonly first: number;
  readonly last: number;
  readonly events: number;
  readonly recorded: { readonly first: number; readonly last: number };
  readonly isOfChanges: boolean;
  readonly types: { readonly [type: string]: number };
  /** The first few, where they are changes. */
  readonly changes: readonly number[];
};
export type LearnedQuestion = { readonly case: CaseId; readonly knownAt: number; readonly after: number; readonly limit: number };
/** `next`: the position after which the next page begins. */
export type LearnedPage = { readonly runs: readonly Run[]; readonly next: number | undefined };

const GAP_MS = 10 * 60_000; // what is recorded after a longer pause was learned later
const CHANGES_NAMED_MAX = 5;
const STEP_POSITIONS = 20_000; // some 20 ms, in which nobody else is answered

const ORDERS = "SELECT DISTINCT stream FROM record WHERE subject = ? AND type = 'OrderIssued' AND since <= ?";
const STREAMS = 'SELECT DISTINCT stream FROM record WHERE subject = ? AND since <= ?';
/** Of the case itself, or of a target that one of its orders lists or that was named together with it. */
const EVENTS = `
  SELECT position, type, peak FROM event
  WHERE position > ? AND position <= ?
    AND (stream IN (SELECT value FROM json_each(?)) OR EXISTS (SELECT 1 FROM pair WHERE target = event.stream AND list IN (SELECT value FROM json_each(?))))
  ORDER BY position`;

export const learnedOf = function* (model: ReadModel, { case: caseId, knownAt, after, limit }: LearnedQuestion): Steps<LearnedPage> {
  const no = findStream(model, streamOf('case', caseId));
  if (no === undefined) return { runs: [], next: undefined };
  const orders = model.all(ORDERS, no, knownAt).map(([stream]) => Number(stream));
  const streams = [no, ...orders].flatMap((subject) => model.all(STREAMS, subject, knownAt).map(([stream]) => Number(stream)));
  const [own, lists] = [JSON.stringify([...new Set([no, ...orders, ...streams])]), JSON.stringify(orders)];
  const runs: OpenRun[] = [];
  for (let from = after; from < knownAt; from += STEP_POSITIONS) {
    for (const [at, type, peak] of model.all(EVENTS, from, Math.min(from + STEP_POSITIONS, knownAt), own, lists)) {
      const event = { position: Number(at), type: String(type), recorded: Number(peak) };
      const open = runs.at(-1);
      if (open && belongs(open, event)) join(open, event);
      else if (runs.length === limit) return { runs, next: open?.last };
      else runs.push(opened(event));
    }
    yield;
  }
  return { runs, next: undefined };
};

type Recorded = { readonly position: number; readonly type: string; readonly recorded: number };
type OpenRun = {
  readonly first: number;
  last: number;
  events: number;
  readonly recorded: { readonly first: number; last: number };
  readonly isOfChanges: boolean;
  readonly types: { [type: string]: number };
  readonly changes: number[];
};

const isChange = (type: string): boolean => type === 'EventCorrected' || type === 'EventRetracted';
const belongs = (run: OpenRun, { type, recorded }: Recorded): boolean =>
  run.isOfChanges === isChange(type) && recorded - run.recorded.last <= GAP_MS;

const opened = ({ position, type, recorded }: Recorded): OpenRun => ({
  ...{ first: position, last: position, events: 1 },
  recorded: { first: recorded, last: recorded },
  isOfChanges: isChange(type),
  types: { [type]: 1 },
  changes: isChange(type) ? [position] : [],
});
const join = (run: OpenRun, { position, type, recorded }: Recorded): void => {
  run.last = position;
  run.events += 1;
  run.recorded.last = recorded;
  run.types[type] = (run.types[type] ?? 0) + 1;
  if (run.isOfChanges && run.changes.length < CHANGES_NAMED_MAX) run.changes.push(position);
};
