/**
 * Facts that were recorded about the wrong target: recorded anew about the right one, with what tells of them, and then retracted where they stand. Here is
 * what goes along and what it then says; the two streams are changed one after the other by whoever asks.
 */
import { parseData, retractionIn } from './codec.ts';
import type { Command } from './command.ts';
import { dependentsOf } from './correction.ts';
import { type Decision, decideComplete } from './decide.ts';
import type { EffectiveEvent, RecordedEvent } from './event.ts';
import type { Context, State } from './event-type.ts';
import { EVENT_RETRACTED } from './events/corrections.ts';
import { findEventType } from './events/event-types.ts';
import { targetReinstated } from './events/target-reinstated.ts';
import { effective, isFact } from './history.ts';
import type { EventId, StreamName } from './ids.ts';
import { isSame, type JsonObject } from './json.ts';
import type { Refusal } from './refusal.ts';
import { remainingTerritory } from './restriction.ts';
import { restrictionsOf } from './target.ts';
import type { TargetRef } from './target-ref.ts';
import type { Territory } from './territory.ts';

// ---- What goes along

export type Moving = {
  readonly fact: EffectiveEvent;
  /** The event asked for with which it goes: itself, or what it tells of. */
  readonly with: EventId;
  /** Of a reinstatement whose restrictions stay: the right target's own are ended instead, in these places, or wherever they apply. */
  readonly endsAnew?: { readonly territory?: Territory };
};

/** What moves when these facts of a stream do, as far as it still stands; in log order, all of it or nothing. */
export const planMove = (
  asked: readonly EventId[],
  events: readonly RecordedEvent[],
): { readonly moving: readonly Moving[] } | { readonly refusal: Refusal } => {
  const state = effective(events);
  const movesWith = new Map<EventId, EventId>();
  for (const id of asked) for (const member of familyOf(id, events)) if (!movesWith.has(member)) movesWith.set(member, id);
  const moving: Moving[] = [];
  for (const fact of state) {
    const by = movesWith.get(fact.id);
    if (by === undefined) continue;
    const ended = endedBy(fact);
    const going = ended.find((id) => movesWith.has(id));
    // What it says of one restriction cannot be parted from what it says of another.
    const isTorn = going !== undefined && ended.some((id) => !movesWith.has(id));
    if (isTorn) return { refusal: { code: 'EVENT_HAS_DEPENDENTS', event: going, dependents: [fact.id] } };
    const isParted = targetReinstated.isTypeOf(fact) && going === undefined;
    moving.push({ fact, with: by, ...(isParted && { endsAnew: freedIn(ended, fact, state) }) });
  }
  return { moving };
};

/** A fact and what tells of it, and of that again, whether or not it still stands: where a move was cut short, some of it no longer does. */
export const familyOf = (id: EventId, events: readonly RecordedEvent[]): readonly EventId[] => {
  const standing = new Map(effective(events).map((fact) => [fact.id, fact]));
  const all = events.filter(isFact).map((event) => standing.get(event.id) ?? { ...event, recorded: event.data, correctedBy: [] });
  const family = new Set<EventId>();
  const take = (fact: EffectiveEvent): void => {
    const type = findEventType(fact.type);
    if (!type || family.has(fact.id)) return;
    family.add(fact.id);
    for (const dependent of dependentsOf(fact, type, all)) take(dependent);
  };
  for (const fact of all) if (fact.id === id) take(fact);
  return [...family];
};

const endedBy = (fact: EffectiveEvent): readonly EventId[] =>
  targetReinstated.isTypeOf(fact) ? fact.data.lifts.map(({ restriction }) => restriction) : [];

/** Only where something was left of what it ended, the places were a matter of the reinstatement and not of the restrictions. */
const freedIn = (ended: readonly EventId[], fact: EffectiveEvent, state: State): { readonly territory?: Territory } => {
  const restrictions = restrictionsOf(state, (event) => findEventType(event.type)?.facts(event) ?? []);
  const isPartial = restrictions.some((restriction) => ended.includes(restriction.id) && remainingTerritory(restriction) !== undefined);
  return isPartial && targetReinstated.isTypeOf(fact) ? { territory: united(fact.data.lifts.map(({ territory }) => territory)) } : {};
};

const united = (territories: readonly Territory[]): Territory =>
  territories.find((territory) => typeof territory === 'string') ??
  [...new Set(territories.flatMap((territory) => (typeof territory === 'string' ? [] : territory)))].sort();

/** Why an event cannot be moved, whatever else is recorded; `undefined` for a fact that was recorded in that stream. */
export const notMovable = (id: EventId, events: readonly RecordedEvent[]): Refusal | undefined => {
  const event = events.find((recorded) => recorded.id === id);
  if (!event) return { code: 'REFERENCE_UNKNOWN', field: 'event', reference: id };
  return isFact(event) ? undefined : { code: 'CORRECTION_FORBIDDEN', event: id, fields: [], why: 'not_a_fact' };
};

/** The retraction of a fact; `undefined` if it stands. */
export const retractionOf = (id: EventId, events: readonly RecordedEvent[]): RecordedEvent | undefined =>
  events.find((event) => event.type === EVENT_RETRACTED && retractionIn(event).event === id);

// ---- What it then says

/** A command only: what is recorded is the fact, of its own type. */
export const FACT_MOVED = 'FactMoved';
/** `leaving`: what stands in the stream and is moved away by the same request: it is no repeat of what comes, and no obstacle to it. */
export type FactMoved = { readonly type: string; readonly data: JsonObject; readonly leaving?: readonly EventId[] };

/** `moved` has what went before it by its old id: whatever names that names the new one. */
type Destination = {
  readonly stream: StreamName;
  readonly target: TargetRef;
  readonly moved: ReadonlyMap<string, EventId>;
  readonly leaving: readonly EventId[];
};

export const moveCommand = ({ fact, endsAnew }: Moving, { stream, target, moved, leaving }: Destination): Command => {
  const renamed = (_key: string, value: unknown): unknown => (typeof value === 'string' ? (moved.get(value) ?? value) : value);
  const data: JsonObject = { ...parseData(JSON.stringify(fact.data, renamed)), target };
  if (!endsAnew) return { type: FACT_MOVED, stream, data: { type: fact.type, data, ...(leaving.length > 0 && { leaving }) } };
  const { lifts: _, ...said } = data;
  return { type: fact.type, stream, data: { ...said, ...endsAnew } };
};

/** Everything was filled in when it was first recorded; whether it holds of this target is asked as of anything new. */
export const decideMoved = ({ type: name, data, leaving = [] }: FactMoved, all: State, context: Context): Decision => {
  const type = findEventType(name);
  if (!type) throw new Error(`no event type ${name}`);
  const state = all.filter(({ id }) => !leaving.includes(id));
  const repeat = state.find((event) => event.type === name && isSame(event.recorded, data));
  return repeat ? { kind: 'repeated', event: repeat } : decideComplete(type, data, state, context);
};
