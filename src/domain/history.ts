/**
 * What a stream says in the end: its facts in log order, corrections applied and retractions carried out. A decider's state is
 * this list and nothing else, since a late report may lie before everything known so far.
 */
import { correctionIn, retractionIn } from './codec.ts';
import type { EffectiveEvent, RecordedEvent } from './event.ts';
import { EVENT_CORRECTED, EVENT_RETRACTED } from './events/corrections.ts';
import type { JsonObject } from './json.ts';

/** Corrections and retractions are about facts; they are none themselves. */
export const isFact = ({ type }: { readonly type: string }): boolean => type !== EVENT_CORRECTED && type !== EVENT_RETRACTED;

/** One pass: per field the last correction wins, and a retraction removes for good. */
export const effective = (events: readonly RecordedEvent[]): readonly EffectiveEvent[] => {
  const facts = new Map<string, EffectiveEvent>();
  for (const event of events) {
    if (event.type === EVENT_CORRECTED) {
      const correction = correctionIn(event);
      const fact = facts.get(correction.event);
      if (fact)
        facts.set(correction.event, { ...fact, data: corrected(fact.data, correction), correctedBy: [...fact.correctedBy, event.id] });
    } else if (event.type === EVENT_RETRACTED) {
      facts.delete(retractionIn(event).event);
    } else {
      facts.set(event.id, { ...event, recorded: event.data, correctedBy: [] });
    }
  }
  return [...facts.values()];
};

/** The data of a fact with each field named in `changes` replaced and each named in `removes` taken out. */
export const corrected = (
  data: JsonObject,
  { changes, removes }: { readonly changes: JsonObject; readonly removes?: readonly string[] | undefined },
): JsonObject => {
  const result: { [key: string]: JsonObject[string] } = { ...data, ...changes };
  for (const field of removes ?? []) delete result[field];
  return result;
};
