/** What a page of a chronology shows: the events themselves, read from the log, or one line for those that say the same of many targets. */
import { targetWithdrawn } from '../domain/events/target-withdrawn.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import type { Group, Key } from './chronology-window.ts';
import { streamNamed } from './dictionaries.ts';
import { type Entry, entriesOf } from './entries.ts';
import { historyOf } from './histories.ts';
import { type Log, placeAt } from './log.ts';
import type { ReadModel } from './read-model.ts';

export type Line = {
  readonly events: number;
  readonly targets: number;
  /** How many targets of each kind; and, of refusals and listings, how many events name each class. */
  readonly kinds: Group['kinds'];
  readonly classes: Group['classes'];
  readonly type: string;
  readonly occurredAt: Entry['occurredAt'];
  readonly orders: readonly string[];
  /** What all of them say; of a single event all that it says. */
  readonly says: JsonObject;
  /** Whether they were retracted; whether what they say here was corrected. */
  readonly isRetracted: boolean;
  readonly isCorrected: boolean;
  /** The first of them, whole. */
  readonly first: Entry;
};

/** The events of a page, in its order, as known at the position. */
export const entriesAt = async (model: ReadModel, log: Log, keys: readonly Key[], knownAt: number): Promise<readonly Entry[]> => {
  const streams = new Map<number, ReadonlyMap<number, Entry>>();
  const entries: Entry[] = [];
  for (const { position } of keys) {
    const { no } = placeAt(model, position);
    const known =
      streams.get(no) ??
      new Map(entriesOf(await historyOf(model, log, streamNamed(model, no), knownAt)).map((entry) => [entry.position, entry]));
    streams.set(no, known);
    const entry = known.get(position);
    if (!entry) throw new Error(`the log has no fact at position ${position}, which the read model reflects`);
    entries.push(entry);
  }
  return entries;
};

export const linesAt = async (model: ReadModel, log: Log, groups: readonly Group[], knownAt: number): Promise<readonly Line[]> => {
  const entries = await entriesAt(model, log, groups, knownAt);
  return groups.flatMap(({ events, targets, kinds, classes, ...group }, place): Line[] => {
    const first = entries[place];
    if (!first) return [];
    const { type, occurredAt, orders } = first;
    const says = events === 1 ? first.says : alike(first);
    const isCorrected = events === 1 ? 'correctedBy' in first : group.isCorrected;
    return [{ events, targets, kinds, classes, type, occurredAt, orders, says, isRetracted: group.isStruck, isCorrected, first }];
  });
};

/** What the facts of events have in common when they are told in one line. */
const ALIKE = ['order', 'measure', 'territory', 'basis', 'until', 'reason', 'grounds', 'cause'];
/** In words of its own for each target. */
const EACH: { readonly [type: string]: string } = { [targetWithdrawn.name]: 'reason' };

/** What an entry says that others of its type may say alike of other targets. */
export const alike = ({ type, says }: Entry): JsonObject => ({
  ...Object.fromEntries(ALIKE.flatMap((field) => (says[field] === undefined || field === EACH[type] ? [] : [[field, says[field]]]))),
  ...(Array.isArray(says['lifts']) && { liftedIn: placesLifted(says['lifts']) }),
});

/** Where restrictions were lifted, each place once; which restrictions differs from target to target. */
const placesLifted = (lifts: readonly Json[]): readonly Json[] => {
  const places = lifts.flatMap((lift) =>
    typeof lift === 'object' && lift !== null && 'territory' in lift ? [lift['territory'] ?? null] : [],
  );
  return [...new Map(places.map((place) => [JSON.stringify(place), place])).values()];
};
