/** What was known when: a point of knowledge is a position in the log, or an instant turned into one. */
import { instantOf, msOf } from '../domain/time.ts';
import { peakOf, positionOf } from './progress.ts';
import type { ReadModel } from './read-model.ts';

/** Why text names no point of knowledge. */
export type NotKnown = 'malformed' | 'beyond_head' | 'not_settled';
export type Knowledge = { readonly position: number } | { readonly fault: NotKnown; readonly head: number };

const POSITION = /^(?:0|[1-9]\d{0,15})$/;
/** A command is given its recording time before it is appended and reflected; after this it is, or its answer said that it is not. */
export const SETTLED_AFTER_MS = 2_000;
/** Where others write too: an append is tried for 15 s, and the clocks of two machines differ by 60 s at most. */
export const SETTLED_AFTER_SHARED_MS = 90_000;

/**
 * The position that `knownAt` names; the head of the read model if it says nothing. An instant is refused as long as something may still be recorded
 * at it: what it means would change. An instant before the head's own never does, whatever the clock says now.
 */
export const knowledgeOf = (model: ReadModel, knownAt: string | undefined, nowMs: number, settledAfterMs = SETTLED_AFTER_MS): Knowledge => {
  const head = positionOf(model);
  if (knownAt === undefined) return { position: head };
  if (POSITION.test(knownAt)) return Number(knownAt) <= head ? { position: Number(knownAt) } : { fault: 'beyond_head', head };
  const instant = instantOf(knownAt);
  if (!('value' in instant)) return { fault: 'malformed', head };
  const recordedMs = msOf(instant.value);
  const isSettled = recordedMs < peakOf(model, head) || recordedMs <= nowMs - settledAfterMs;
  return isSettled ? { position: lastRecordedBy(model, recordedMs, head) } : { fault: 'not_settled', head };
};

/** The last position before the first event recorded later. Peaks never fall, so the place is found by halving. */
const lastRecordedBy = (model: ReadModel, recordedMs: number, head: number): number => {
  let low = 0; // surely recorded by then
  let high = head + 1; // surely not
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (peakOf(model, middle) <= recordedMs) low = middle;
    else high = middle;
  }
  return low;
};
