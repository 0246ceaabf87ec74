/**
 * The wrong target put right: what was recorded about one is recorded anew about another, and then retracted. Two streams cannot be changed at once: should it
 * end in between, both say it for a while, and a repeat with the same key goes on from there.
 */
import { retractionIn, targetIn } from '../domain/codec.ts';
import type { RecordedEvent } from '../domain/event.ts';
import { EVENT_RETRACTED } from '../domain/events/corrections.ts';
import { type CommandId, type EventId, parseEventId, rowCommandId, type StreamName, streamOf, type TargetId } from '../domain/ids.ts';
import { familyOf, type Moving, moveCommand, notMovable, planMove, retractionOf } from '../domain/moving.ts';
import type { Refusal } from '../domain/refusal.ts';
import { type TargetRef, targetIdOf } from '../domain/target-ref.ts';
import { STREAM_EVENTS_MAX } from './execute.ts';
import type { Recorded } from './record.ts';
import type { Recorder } from './rehearsal.ts';
import { createStreamCache } from './stream-cache.ts';

export type MoveRow = {
  readonly stream: StreamName;
  readonly event: EventId;
  /** Another target than the stream's: as a source writes it, or the id of one that is recorded. */
  readonly to: TargetRef | TargetId;
  readonly reason: string;
  readonly explanation: string;
};

/** A fact that was, or is, about the wrong target. */
export type Moved = {
  readonly event: EventId;
  /** What stands instead, in the right target's stream. */
  readonly recorded: Settled;
  /** Missing where the fact stands in both places. */
  readonly retracted?: Settled;
};
type Settled = Pick<Recorded, 'kind' | 'eventId' | 'revision' | 'position'>;
export type MoveOutcome =
  /** The fact asked for and what went along, in log order. */
  | { readonly kind: 'moved' | 'repeated'; readonly facts: readonly Moved[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** Recorded anew, and not retracted where it was: why. */
  | { readonly kind: 'unfinished'; readonly facts: readonly Moved[]; readonly refusal: Refusal };

export type MoveOptions = { readonly key: CommandId; readonly recordedBy: string };

/** Rows from one target to the same other one move together or not at all; of the others each for itself. An outcome for each row, in order. */
export const moveRows = async (rows: readonly MoveRow[], recorder: Recorder, options: MoveOptions): Promise<readonly MoveOutcome[]> => {
  const outcomes: MoveOutcome[] = [];
  const inTurn = createTurns();
  const groups = Map.groupBy(rows.entries(), ([, row]) => `${row.stream} ${streamMeant(row)}`);
  await Promise.all(
    [...groups.values()].map((group) =>
      inTurn(
        group.flatMap(([, row]) => [row.stream, streamMeant(row)]),
        async () => {
          for (const [row, outcome] of await moveGroup(group, rows, recorder, options)) outcomes[row] = outcome;
        },
      ),
    ),
  );
  return outcomes;
};

/** Where it belongs. */
export const streamMeant = ({ to }: MoveRow): StreamName => streamOf('target', typeof to === 'string' ? to : targetIdOf(to));

/** One after another where they share a stream, in the order of the rows. */
const createTurns = () => {
  const last = new Map<StreamName, Promise<unknown>>();
  return (streams: readonly StreamName[], take: () => Promise<void>): Promise<void> => {
    const mine = Promise.all(streams.map((stream) => last.get(stream))).then(take);
    for (const stream of streams) last.set(stream, mine);
    return mine;
  };
};

// ---- From one target to one other

type Row = readonly [row: number, MoveRow];

const moveGroup = async (
  group: readonly Row[],
  all: readonly MoveRow[],
  recorder: Recorder,
  options: MoveOptions,
): Promise<readonly (readonly [row: number, MoveOutcome])[]> => {
  const there = await readBoth(group, recorder);
  const refusals = group.map(([, row]) => refusalOf(row, there));
  const refused = group.flatMap(([row], place) => outcomeOf(row, refusals[place]));
  const movable = group.filter((_, place) => refusals[place] === undefined);
  const refusedAlike = (refusal: Refusal) => [...refused, ...movable.flatMap(([row]) => outcomeOf(row, refusal))];
  const plan = planMove(
    movable.map(([, { event }]) => event),
    there.from,
  );
  if ('refusal' in plan) return refusedAlike(plan.refusal);
  const move = { moving: plan.moving, rows: movable, there, leaving: leavingFrom(group, all, there) };
  const tried = await carryOut(move, recorder.rehearse(), options);
  if (tried.refusal) return refusedAlike(tried.refusal);
  const { done, refusal } = await carryOut(move, recorder, options);
  return [...refused, ...movable.map(([row, { event }]) => [row, told(factsOf(event, done, there), refusal)] as const)];
};

const outcomeOf = (row: number, refusal: Refusal | undefined): readonly (readonly [number, MoveOutcome])[] =>
  refusal ? [[row, { kind: 'refused', refusal }]] : [];

type Both = { readonly from: readonly RecordedEvent[]; readonly to: readonly RecordedEvent[] };

const readBoth = async (group: readonly Row[], { log }: Recorder): Promise<Both> => {
  const streams = createStreamCache(log);
  const [first] = group;
  if (!first) return { from: [], to: [] };
  const [from, to] = [await streams.load(first[1].stream), await streams.load(streamMeant(first[1]))];
  return { from: from.events, to: to.events };
};

const refusalOf = ({ event, to }: MoveRow, there: Both): Refusal | undefined => {
  const refusal = notMovable(event, there.from);
  if (refusal) return refusal;
  if (typeof to === 'string' && there.to.length === 0) return { code: 'REFERENCE_UNKNOWN', field: 'to', reference: to };
  const retraction = retractionOf(event, there.from);
  if (retraction && !movedBefore(event, there)) return { code: 'EVENT_ALREADY_RETRACTED', event, retraction: retraction.id };
  return undefined;
};

/** What a move that was asked for before has done already. */
const movedBefore = (event: EventId, { from, to }: Both): Moved | undefined => {
  const retraction = retractionOf(event, from);
  const recorded = retraction && to.find(({ id }) => id === retractionIn(retraction).duplicateOf);
  return recorded && { event, recorded: repeated(recorded), retracted: repeated(retraction) };
};
const repeated = ({ id, revision }: RecordedEvent): Settled => ({ kind: 'repeated', eventId: id, revision, position: null });

/** What other rows of the request move away from where these go: one line too high, each makes room for the one before it. */
const leavingFrom = ([first]: readonly Row[], all: readonly MoveRow[], { to }: Both): readonly EventId[] =>
  all.filter(({ stream }) => first && stream === streamMeant(first[1])).flatMap(({ event }) => familyOf(event, to));

type Move = {
  readonly moving: readonly Moving[];
  readonly rows: readonly Row[];
  readonly there: Both;
  readonly leaving: readonly EventId[];
};

/** First all is recorded where it belongs, then retracted where it does not, what tells of a fact before the fact. */
const carryOut = async ({ moving, rows, there, leaving }: Move, { record }: Recorder, { key, recordedBy }: MoveOptions) => {
  const done = new Map<EventId, Moved>();
  const moved = new Map<string, EventId>();
  for (const step of moving) {
    const [row, asked] = askedWith(step, rows);
    const { id, revision } = step.fact;
    const command = moveCommand(step, { stream: streamMeant(asked), target: targetMeant(asked, there), moved, leaving });
    const outcome = await record.one(command, { commandId: stepId(key, row, revision), recordedBy });
    if (outcome.kind === 'refused') return { done, refusal: outcome.refusal };
    moved.set(id, parseEventId(outcome.eventId));
    done.set(id, { event: id, recorded: outcome });
  }
  for (const step of moving.toReversed()) {
    const [row, { stream, reason, explanation }] = askedWith(step, rows);
    const { id, revision } = step.fact;
    const fact = done.get(id);
    if (!fact) continue;
    const data = { event: id, reason, explanation, duplicateOf: fact.recorded.eventId };
    const outcome = await record.one({ type: EVENT_RETRACTED, stream, data }, { commandId: stepId(key, row, revision), recordedBy });
    if (outcome.kind === 'refused') return { done, refusal: outcome.refusal };
    done.set(id, { ...fact, retracted: outcome });
  }
  return { done, refusal: undefined };
};

/** A target named by its id is written as the first event of its stream has it. */
const targetMeant = ({ to }: MoveRow, there: Both): TargetRef => (typeof to === 'string' ? targetIn(there.to[0]?.data ?? {}) : to);

const askedWith = (step: Moving, rows: readonly Row[]): Row => {
  const row = rows.find(([, { event }]) => event === step.with);
  if (!row) throw new Error('a fact that moves with none that was asked for');
  return row;
};

/** The same for the same fact of the same row, whatever of the move is done already. Each of the two streams has its own. */
const stepId = (key: CommandId, row: number, revision: number): CommandId => rowCommandId(key, row * STREAM_EVENTS_MAX + revision);

const factsOf = (event: EventId, done: ReadonlyMap<EventId, Moved>, there: Both): readonly Moved[] =>
  familyOf(event, there.from).flatMap((member) => done.get(member) ?? movedBefore(member, there) ?? []);

const told = (facts: readonly Moved[], refusal: Refusal | undefined): MoveOutcome => {
  if (refusal) return facts.length === 0 ? { kind: 'refused', refusal } : { kind: 'unfinished', facts, refusal };
  const isNew = facts.some(({ recorded, retracted }) => recorded.kind === 'recorded' || retracted?.kind === 'recorded');
  return { kind: isNew ? 'moved' : 'repeated', facts };
};
