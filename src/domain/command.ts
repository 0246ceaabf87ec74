/** A command: what somebody asks the ledger to record, named by the event that it would become. One command changes one stream. */
import { correctionAsked, movedAsked, retractionAsked } from './codec.ts';
import { decideCorrection, decideRetraction } from './correction.ts';
import { type Decision, decide } from './decide.ts';
import type { RecordedEvent } from './event.ts';
import type { Context } from './event-type.ts';
import { EVENT_CORRECTED, EVENT_RETRACTED } from './events/corrections.ts';
import { findEventType } from './events/event-types.ts';
import { effective, isFact } from './history.ts';
import type { StreamName } from './ids.ts';
import type { JsonObject } from './json.ts';
import { decideMoved, FACT_MOVED } from './moving.ts';

/** `data` as parsed by the input schema of its type, before anything is filled in. */
export type Command = { readonly type: string; readonly stream: StreamName; readonly data: JsonObject };

/** `events` are all of the command's stream, in order. Throws for a type that no schema let through: that is our own mistake. */
export const decideCommand = (
  { type: name, data }: Command,
  events: readonly RecordedEvent[],
  context: Omit<Context, 'factsOf' | 'original'>,
): Decision => {
  const original = events.find(isFact);
  const whole: Context = { ...context, original, factsOf: (event) => findEventType(event.type)?.facts(event) ?? [] };
  if (name === EVENT_CORRECTED) return decideCorrection(correctionAsked(data), events, whole);
  if (name === EVENT_RETRACTED) return decideRetraction(retractionAsked(data), events, whole);
  if (name === FACT_MOVED) return decideMoved(movedAsked(data), effective(events), whole);
  const type = findEventType(name);
  if (!type) throw new Error(`no event type ${name}`);
  return decide(type, data, effective(events), whole);
};
