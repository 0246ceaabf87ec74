/**
 * How corrections and retractions are decided. A correction may not bring in what the rules would have refused; a retraction may not
 * leave behind a fact that names what is gone.
 */
import type { z } from 'zod';
import { jsonIn, retractionIn } from './codec.ts';
import { accept, type Decision, refusalsOf, refuse } from './decide.ts';
import type { EffectiveEvent, RecordedEvent } from './event.ts';
import type { Context, EventType, State } from './event-type.ts';
import { CORRECTION_VERSION, type Correction, EVENT_CORRECTED, EVENT_RETRACTED, type Retraction } from './events/corrections.ts';
import { findEventType } from './events/event-types.ts';
import { importCompleted } from './events/import-completed.ts';
import { importStarted } from './events/import-started.ts';
import { targetListed } from './events/target-listed.ts';
import { targetWithdrawn } from './events/target-withdrawn.ts';
import { commonFields, storedFields } from './fields.ts';
import { corrected, effective, isFact } from './history.ts';
import { isSame, type JsonObject } from './json.ts';
import type { Refusal } from './refusal.ts';
import { refusalOf } from './refusing.ts';
import { type Shift, shifted } from './shift.ts';

export const decideCorrection = (correction: Correction, events: readonly RecordedEvent[], context: Context): Decision => {
  const found = findFact(correction.event, events);
  if ('refusal' in found) return refuse(found.refusal);
  const { fact, type, state } = found;
  const parsed = correction.shift ? moveTimes(correction.event, fact.data, correction.shift) : parseChanges(correction, type);
  if ('refusal' in parsed) return refuse(parsed.refusal);
  const touched = fixedFields(type, fact.data, parsed);
  if (touched.length > 0) return refuse({ code: 'CORRECTION_FORBIDDEN', event: fact.id, fields: touched, why: 'fixed_field' });
  const data = {
    event: fact.id,
    changes: parsed.changes,
    ...(parsed.removes.length > 0 && { removes: parsed.removes }),
    reason: correction.reason,
    explanation: correction.explanation,
  };
  const merged = corrected(fact.data, parsed);
  if (isSame(merged, fact.data)) return unchanged(fact, data, events);
  const fault = schemaFault(fact.id, type.stored.safeParse(merged)) ?? newFault(state, { ...fact, data: merged }, context);
  return fault ? refuse(fault) : accept({ type: EVENT_CORRECTED, version: CORRECTION_VERSION, data });
};

export const decideRetraction = (retraction: Retraction, events: readonly RecordedEvent[], context: Context): Decision => {
  const repeat = events.find((event) => event.type === EVENT_RETRACTED && isSame(event.data, retraction));
  if (repeat) return { kind: 'repeated', event: repeat };
  const found = findFact(retraction.event, events);
  if ('refusal' in found) return refuse(found.refusal);
  const { fact, type, state } = found;
  const forbidden = noRetraction(retraction, fact, context);
  if (forbidden) return refuse(forbidden);
  const dependents = dependentsOf(fact, type, state);
  if (dependents.length > 0) return refuse({ code: 'EVENT_HAS_DEPENDENTS', event: fact.id, dependents: dependents.map(({ id }) => id) });
  return accept({ type: EVENT_RETRACTED, version: CORRECTION_VERSION, data: retraction });
};

/** Which file an import read and how it ended stays, whatever becomes of its facts: one without its beginning or end could never be completed. */
const OF_AN_IMPORT: readonly string[] = [importStarted.name, importCompleted.name];

/** A duplicate says the same as what stands instead, so it is a fact of the same type. */
const noRetraction = ({ duplicateOf }: Retraction, fact: EffectiveEvent, { typeOf }: Context): Refusal | undefined => {
  if (OF_AN_IMPORT.includes(fact.type)) return { code: 'RETRACTION_FORBIDDEN', event: fact.id, why: 'of_an_import' };
  if (duplicateOf === undefined) return undefined;
  const type = typeOf(duplicateOf);
  if (type === undefined) return { code: 'REFERENCE_UNKNOWN', field: 'duplicateOf', reference: duplicateOf };
  return duplicateOf === fact.id || type !== fact.type ? { code: 'RETRACTION_FORBIDDEN', event: fact.id, why: 'no_duplicate' } : undefined;
};

type Found = { readonly fact: EffectiveEvent; readonly type: EventType; readonly state: State };

const findFact = (id: string, events: readonly RecordedEvent[]): Found | { readonly refusal: Refusal } => {
  const recorded = events.find((event) => event.id === id);
  if (!recorded) return { refusal: { code: 'REFERENCE_UNKNOWN', field: 'event', reference: id } };
  const type = findEventType(recorded.type);
  if (!isFact(recorded) || !type) return { refusal: { code: 'CORRECTION_FORBIDDEN', event: id, fields: [], why: 'not_a_fact' } };
  const state = effective(events);
  const fact = state.find((event) => event.id === id);
  if (fact) return { fact, type, state };
  const retraction = events.find((event) => event.type === EVENT_RETRACTED && retractionIn(event).event === id);
  return { refusal: { code: 'EVENT_ALREADY_RETRACTED', event: id, retraction: retraction?.id ?? '' } };
};

type Changes = { readonly changes: JsonObject; readonly removes: readonly string[] };

/** Values as they are stored, and the fields that are taken out. */
const parseChanges = ({ event, changes = {}, removes = [] }: Correction, type: EventType): Changes | { readonly refusal: Refusal } => {
  const unknown = removes.filter((field) => !Object.hasOwn(type.stored.shape, field));
  if (unknown.length > 0) {
    const errors = unknown.map((field) => ({ pointer: `/changes/${field}`, detail: 'a field that no event of this type has' }));
    return { refusal: { code: 'CORRECTION_INVALID', event, cause: { code: 'BODY_INVALID', errors } } };
  }
  const parsed = type.changes.safeParse(changes);
  if (parsed.success) return { changes: jsonIn(parsed.data), removes };
  return { refusal: schemaFault(event, parsed) ?? { code: 'CORRECTION_EMPTY', event } };
};

/** What is stored is where the times then lie: by how much they were off is said to the ledger, not by it. */
const moveTimes = (event: string, data: JsonObject, shift: Shift): Changes | { readonly refusal: Refusal } => {
  const moved = shifted(data, shift);
  if ('value' in moved) return { changes: moved.value, removes: [] };
  const errors = 'invalid' in moved ? [{ pointer: '/shift', detail: moved.invalid }] : [];
  return { refusal: { code: 'CORRECTION_INVALID', event, cause: 'refusal' in moved ? moved.refusal : { code: 'BODY_INVALID', errors } } };
};

const schemaFault = (event: string, parsed: z.ZodSafeParseResult<unknown>): Refusal | undefined => {
  if (parsed.success) return undefined;
  const refusals = parsed.error.issues.flatMap((issue) => refusalOf(issue) ?? []);
  const errors = parsed.error.issues.flatMap(placesOf);
  return { code: 'CORRECTION_INVALID', event, cause: refusals[0] ?? { code: 'BODY_INVALID', errors } };
};

const placesOf = (issue: z.core.$ZodIssue): readonly { readonly pointer: string; readonly detail: string }[] => {
  const places = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
  return places.map((path) => ({ pointer: ['/changes', ...path].join('/'), detail: issue.message }));
};

/** Fields that stay as they are, whatever is corrected: sent again unchanged, they are not touched. */
const fixedFields = (type: EventType, data: JsonObject, { changes, removes }: Changes): readonly string[] =>
  type.fixed.filter(
    (field) => removes.includes(field) || (field in changes && !isSame(identityOf(changes[field]), identityOf(data[field]))),
  );

/** Of a list of lifts the restrictions, whose places may be corrected; of anything else the whole. */
const identityOf = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map((item: unknown) => (typeof item === 'object' && item !== null && 'restriction' in item ? item.restriction : item))
    : value;

/** The same correction once more is a repeat; another one that changes nothing is a mistake worth telling. */
const unchanged = (fact: EffectiveEvent, data: JsonObject, events: readonly RecordedEvent[]): Decision => {
  const repeat = events.find((event) => event.type === EVENT_CORRECTED && isSame(event.data, data));
  return repeat ? { kind: 'repeated', event: repeat } : refuse({ code: 'CORRECTION_EMPTY', event: fact.id });
};

/** What the corrected stream meets when it is decided again, and did not meet before: an old fault elsewhere must not stand in the way. */
const newFault = (state: State, fact: EffectiveEvent, context: Context): Refusal | undefined => {
  const place = state.findIndex(({ id }) => id === fact.id);
  const before = faultsFrom(place, state, context);
  const after = faultsFrom(place, state.with(place, fact), context);
  const added = after.find(({ id, refusal }) => !before.some((old) => old.id === id && isSame(old.refusal, refusal)));
  return added && { code: 'CORRECTION_INVALID', event: fact.id, cause: added.refusal };
};

/** What stands before a fact was decided without it. */
const faultsFrom = (from: number, state: State, context: Context): readonly { readonly id: string; readonly refusal: Refusal }[] =>
  state.slice(from).flatMap(({ id, type: name, data, recordedAt }, index) => {
    const type = findEventType(name);
    const refusals = type ? refusalsOf(type, data, state.slice(0, from + index), { ...context, recordedAt }) : [];
    return refusals.map((refusal) => ({ id, refusal }));
  });

/** Facts that would be left naming nothing: what ends or tells of this one, or all that follows the event that opened the stream. */
export const dependentsOf = (fact: EffectiveEvent, type: EventType, state: State): State => {
  const others = state.filter(({ id }) => id !== fact.id);
  return type.opens ? others : others.filter((other) => names(other.data, fact.id) || givesUp(other, fact));
};

/** A withdrawal names its order, and so the one listing of this target that the order has. */
const givesUp = (withdrawal: EffectiveEvent, listing: EffectiveEvent): boolean =>
  targetWithdrawn.isTypeOf(withdrawal) && targetListed.isTypeOf(listing) && withdrawal.data.order === listing.data.order;

/** Whether a fact names another by a field of its own type. What any fact may carry, `follows` above all, says sequence and no more. */
const names = (data: JsonObject, id: string): boolean =>
  Object.entries(data).some(([field, value]) => !COMMON_FIELDS.includes(field) && holds(value, id));
const COMMON_FIELDS = Object.keys(commonFields(storedFields));
const holds = (value: unknown, id: string): boolean =>
  typeof value === 'object' && value !== null ? Object.values(value).some((inner) => holds(inner, id)) : value === id;
