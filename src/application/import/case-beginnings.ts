/** Whether what a row says lies before its case: before its incident and its opening, and before the orders that the row names. */
import { extentIn, logEventOf } from '../../domain/codec.ts';
import { citationsOf } from '../../domain/decide.ts';
import type { EffectiveEvent } from '../../domain/event.ts';
import { findEventType } from '../../domain/events/event-types.ts';
import { effective } from '../../domain/history.ts';
import { type StreamName, splitStream } from '../../domain/ids.ts';
import type { JsonObject } from '../../domain/json.ts';
import { type Instant, parseInstant } from '../../domain/time.ts';
import { READ_EVENTS_MAX } from '../../event-store/event-store.ts';
import type { Recorder } from '../rehearsal.ts';
import type { OpenFact } from './open-fact.ts';

export type CaseBeginnings = {
  /** Reads of the log what the facts name, as far as it is not known yet. */
  readonly load: (facts: readonly OpenFact[]) => Promise<void>;
  /** Of a fact whose cases and orders were loaded. What is not on record yet bounds nothing. */
  readonly isBefore: (fact: OpenFact) => boolean;
};

const REMEMBERED_MAX = 100_000; // cases and orders; further ones are read again

export const createCaseBeginnings = (log: Recorder['log']): CaseBeginnings => {
  const known = new Map<StreamName, Instant>();

  const load = async (stream: StreamName): Promise<void> => {
    if (known.has(stream)) return;
    const opened = await openingOf(log, stream);
    if (!opened) return;
    const ofCase = citedIn(opened.data).filter((cited) => cited !== stream);
    for (const cited of ofCase) await load(cited);
    const bounds = [beginningOf(opened), ...ofCase.flatMap((cited) => known.get(cited) ?? [])];
    const [first] = bounds.flatMap((bound) => bound ?? []).toSorted();
    if (first !== undefined && known.size < REMEMBERED_MAX) known.set(stream, first);
  };

  return {
    async load(facts) {
      const named = new Set(facts.flatMap(({ fact }) => citedIn(fact.command.data)));
      for (const stream of named) await load(stream);
    },
    isBefore({ fact: { command } }) {
      // When an order was issued is what bounds the rest.
      if (findEventType(command.type)?.name === 'OrderIssued') return false;
      const occurredAt = extentIn(command.data, 'occurredAt');
      const [first] = citedIn(command.data)
        .flatMap((stream) => known.get(stream) ?? [])
        .toSorted();
      return occurredAt !== undefined && first !== undefined && occurredAt.latest < first;
    },
  };
};

const citedIn = (data: JsonObject): readonly StreamName[] =>
  citationsOf(data).flatMap(({ stream }) => (['case', 'order'].includes(splitStream(stream).category) ? [stream] : []));

/** What opened a stream, as corrected; `undefined` while it is not on record. */
export const openingOf = async (log: Recorder['log'], stream: StreamName): Promise<EffectiveEvent | undefined> => {
  const events = await log.readStream(stream, { from: 0, limit: READ_EVENTS_MAX });
  return effective(events.map(({ event }) => logEventOf(event)))[0];
};

/** Of a case the incident, if it lies before the opening. */
const beginningOf = ({ data }: EffectiveEvent): Instant | undefined =>
  ['occurredAt', 'incidentAt']
    .flatMap((field) => extentIn(data, field)?.earliest ?? [])
    .map(parseInstant)
    .toSorted()[0];
