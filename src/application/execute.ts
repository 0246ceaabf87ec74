/** How a command becomes an event: load, decide, seal, append at an exact revision; and what a repeat, a conflict or a lost answer gets. */
import { type Command, decideCommand } from '../domain/command.ts';
import type { DeadlineRule } from '../domain/deadlines/deadline-rules.ts';
import { type Decision, refuse } from '../domain/decide.ts';
import type { RecordedEvent } from '../domain/event.ts';
import type { CommandId, StreamName } from '../domain/ids.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Warning } from '../domain/warnings.ts';
import { commandHash, sealAll } from '../envelope/seal.ts';
import { Conflict } from '../event-store/errors.ts';
import type { EventStore } from '../event-store/event-store.ts';
import type { Clock } from './clock.ts';
import { createLooks, type Look } from './looks.ts';
import { type CachedStream, createStreamCache, readWhole, type StreamCache } from './stream-cache.ts';

export const STREAM_EVENTS_MAX = 10_000;
const DECISIONS_MAX = 5; // five conflicts in a row are a hot stream, not bad luck: say so instead of spinning

export type Outcome =
  | {
      readonly kind: 'recorded' | 'repeated';
      readonly stream: StreamName;
      readonly eventId: string;
      readonly revision: number;
      /** Of what was recorded now; a repeat adds nothing and warns of nothing. */
      readonly warnings: readonly Warning[];
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export type CommandOptions = {
  readonly commandId: CommandId;
  readonly recordedBy: string;
  /** The revision on which the caller insists (If-Match). */
  readonly expectedRevision?: number | undefined;
};

/** Resolves with what became of the command. Throws the event store's errors, of which `OutcomeUnknown` asks for a repeat with the same id. */
export type Execute = (command: Command, options: CommandOptions) => Promise<Outcome>;

/** The stream that an event stands in, as the log has it now; `undefined` where what is read does not reflect the event yet. */
export type EventsAround = (eventId: string) => Promise<readonly RecordedEvent[] | undefined>;
/** Besides: what a question put between the look at the stream and the append answers instead. */
export type Instead<S> = {
  /** The id under which the command is recorded, by what the stream holds; or the answer, if it holds one already. */
  readonly idIn: (stream: CachedStream, commandHash: string, eventsAround: EventsAround) => CommandId | S | Promise<CommandId | S>;
  /** Of a fact that would be recorded, and of what it is warned; `undefined` lets it be recorded. */
  readonly hold: (warnings: readonly Warning[]) => S | undefined;
};
/** The same, where its `instead` may answer. */
export type ExecuteUnless = <S extends { readonly kind: string }>(
  command: Command,
  options: Omit<CommandOptions, 'commandId'>,
  instead: Instead<S>,
) => Promise<Outcome | S>;

export type EventPlace = { readonly stream: StreamName; readonly type: string };

export type ExecuteUses = {
  readonly store: Pick<EventStore, 'append' | 'readStream'>;
  /** The ledger's UUID. */
  readonly ledger: string;
  readonly clock: Clock;
  readonly newEventId: () => string;
  readonly newSalt: () => string;
  /** Where an event stands, as far as what is read reflects it; `undefined` if none has that id. */
  readonly placeOf: (eventId: string) => EventPlace | undefined;
  /** The deadline rules that an order may name. */
  readonly rules: readonly DeadlineRule[];
  /** Whether other processes write to the same log: then what is remembered here may be behind it. */
  readonly isShared: boolean;
  /** Of stored text; a default, if it is not given. */
  readonly cacheBytesMax?: number;
};

export type Executing = { readonly execute: Execute; readonly executeUnless: ExecuteUnless };

/** Both share what they remember of streams, and take turns in each. */
export const createExecuting = (uses: ExecuteUses): Executing => {
  const cache = createStreamCache(uses.store, uses.cacheBytesMax);
  const look = createLooks(uses.store);
  const inTurn = createTurns();
  const deciding = { ...uses, cache, look };
  return {
    execute: (command, options) => inTurn(command.stream, () => decideAndAppend(deciding, command, options, always(options.commandId))),
    executeUnless: (command, options, instead) => inTurn(command.stream, () => decideAndAppend(deciding, command, options, instead)),
  };
};

type Deciding = ExecuteUses & { readonly cache: StreamCache; readonly look: Look };

const always = (commandId: CommandId): Instead<never> => ({ idIn: () => commandId, hold: () => undefined });

const decideAndAppend = async <S extends { readonly kind: string }>(
  uses: Deciding,
  command: Command,
  options: Omit<CommandOptions, 'commandId'>,
  instead: Instead<S>,
): Promise<Outcome | S> => {
  const { cache, look } = uses;
  const { stream } = command;
  const hash = commandHash(command);
  const eventsAround: EventsAround = async (eventId) => {
    const place = uses.placeOf(eventId);
    return place && (await readWhole(uses.store, place.stream)).events;
  };
  let isFresh = !uses.isShared;
  for (let decisions = 1; decisions <= DECISIONS_MAX; decisions += 1) {
    const isRemembered = cache.peek(stream) !== undefined;
    const cached = await cache.load(stream);
    const recordedAt = uses.clock();
    const commandId = await instead.idIn(cached, hash, eventsAround);
    if (typeof commandId !== 'string') return commandId;
    const repeat = repeatOf(cached, hash, command, commandId);
    if (repeat) return repeat;
    const insisted = insistedRevision(cached, options.expectedRevision);
    const { decision, remembered } = insisted ?? (await decideWithReferences(uses, cache, command, cached, recordedAt));
    // What another process wrote meanwhile may be the reason for another answer: then it is read again, and decided once more.
    if (decision.kind !== 'accepted') {
      if (isFresh || !(isRemembered || remembered.length > 0))
        return decision.kind === 'refused' ? decision : repeated(stream, decision.event);
      for (const each of [stream, ...remembered]) cache.drop(each);
      isFresh = true;
      continue;
    }
    if (uses.isShared && (await dropMoved(look, cache, remembered))) continue;
    const held = instead.hold(decision.warnings);
    if (held) return held;
    if (cached.events.length >= STREAM_EVENTS_MAX) return refused({ code: 'STREAM_FULL', stream, eventsMax: STREAM_EVENTS_MAX });
    const meta = { commandId, commandHash: hash, recordedBy: options.recordedBy };
    const sealed = sealAll([decision.event], { ...uses, stream, head: cached.head, meta, recordedAt });
    try {
      await uses.store.append(sealed, { expected: cached.head?.revision ?? 'no_stream' });
    } catch (error) {
      cache.drop(stream);
      if (error instanceof Conflict) continue;
      throw error;
    }
    cache.add(stream, cached, sealed);
    return { kind: 'recorded', stream, eventId: sealed[0].event.id, revision: sealed[0].event.revision, warnings: decision.warnings };
  }
  return refused({ code: 'CONTENTION', decisions: DECISIONS_MAX });
};

const refused = (refusal: Refusal): Outcome => ({ kind: 'refused', refusal });
const repeated = (stream: StreamName, { id, revision }: { readonly id: string; readonly revision: number }): Outcome => ({
  kind: 'repeated',
  stream,
  eventId: id,
  revision,
  warnings: [],
});

// Before deciding: a repeated block would otherwise be decided a second time, and a repeated reinstatement refused.
const repeatOf = (cached: CachedStream, hash: string, { stream }: Command, commandId: CommandId): Outcome | undefined => {
  const earlier = cached.byCommand.get(commandId);
  if (!earlier) return undefined;
  if (earlier.commandHash !== hash) return refused({ code: 'COMMAND_ID_REUSED', commandId });
  return repeated(stream, earlier.event);
};

/** What was decided, and which other streams were taken from memory for it. */
type Decided = { readonly decision: Decision; readonly remembered: readonly StreamName[] };

const insistedRevision = ({ head }: CachedStream, expected: number | undefined): Decided | undefined => {
  const actual = head?.revision ?? -1;
  if (expected === undefined || expected === actual) return undefined;
  return { decision: refuse({ code: 'REVISION_MISMATCH', expected, actual }), remembered: [] };
};

/** A decision is pure: whatever stream it asked for in vain is loaded, and it is taken again. */
const decideWithReferences = async (
  uses: ExecuteUses,
  cache: StreamCache,
  command: Command,
  cached: CachedStream,
  recordedAt: ReturnType<Clock>,
): Promise<Decided> => {
  const remembered = new Set<StreamName>();
  const loaded = new Map<StreamName, CachedStream>([[command.stream, cached]]);
  // The read model comes after the log: it may not yet have what was just recorded here.
  const typeOf = (event: string): string | undefined => (cached.events.find(({ id }) => id === event) ?? uses.placeOf(event))?.type;
  for (;;) {
    const missing = new Set<StreamName>();
    const first = (stream: StreamName) => {
      const known = loaded.get(stream) ?? cache.peek(stream);
      if (!known) missing.add(stream);
      else if (!loaded.has(stream)) remembered.add(stream);
      return known?.first;
    };
    const decision = decideCommand(command, cached.events, { recordedAt, stream: command.stream, first, typeOf, rules: uses.rules });
    if (missing.size === 0) return { decision, remembered: [...remembered] };
    for (const stream of missing) loaded.set(stream, await cache.load(stream));
  }
};

/** The stream that is written to has its revision as a guard; the others are looked at. True if one was forgotten, since it has gone on. */
const dropMoved = async (look: Look, cache: StreamCache, streams: readonly StreamName[]): Promise<boolean> => {
  const moved = await Promise.all(
    streams.map(async (stream) => {
      const next = (cache.peek(stream)?.head?.revision ?? -1) + 1;
      if (!(await look(stream, next))) return false;
      cache.drop(stream);
      return true;
    }),
  );
  return moved.includes(true);
};

/** One command at a time for each stream: within a process nobody needs to meet a conflict. */
const createTurns = () => {
  const last = new Map<StreamName, Promise<unknown>>();
  return async <T>(stream: StreamName, take: () => Promise<T>): Promise<T> => {
    const before = last.get(stream);
    const mine = before ? before.then(take, take) : take();
    last.set(stream, mine);
    try {
      return await mine;
    } finally {
      if (last.get(stream) === mine) last.delete(stream);
    }
  };
};
