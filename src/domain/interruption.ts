/**
 * What interrupts an order for a time: a stay of the whole of it, or a stop of its clock. Each is named by the event that began it, and goes on until
 * an event that names it ends it, or until the end that it was given from the start.
 */
import { extentIn } from './codec.ts';
import type { State, TypedEventType } from './event-type.ts';
import type { EventId } from './ids.ts';
import { isSame, type JsonObject } from './json.ts';
import { type Instant, isProvablyBefore, type TimeExtent } from './time.ts';

/** The field by which an event names what it ends. */
type EndedBy = 'stay' | 'stop';
type Begun = { readonly occurredAt: TimeExtent; readonly until?: Instant | undefined };

export type Interruption = {
  readonly id: EventId;
  readonly start: TimeExtent;
  /** The end that it was given from the start; `undefined` if none. */
  readonly until: Instant | undefined;
  /** When each event that names it occurred. */
  readonly ends: readonly TimeExtent[];
};

/** All that were ever recorded and stand, by (earliest, latest) of their start, then in log order. */
export const interruptionsIn = (state: State, begins: TypedEventType<Begun>, endedBy: EndedBy): readonly Interruption[] => {
  const endings = Map.groupBy(state, ({ data }) => data[endedBy]);
  const endsOf = (id: EventId): readonly TimeExtent[] => (endings.get(id) ?? []).flatMap(({ data }) => extentIn(data, 'occurredAt') ?? []);
  return state
    .filter((event) => begins.isTypeOf(event))
    .map(({ id, data }) => ({ id, start: data.occurredAt, until: data.until, ends: endsOf(id) }))
    .toSorted((a, b) => byText(a.start.earliest, b.start.earliest) || byText(a.start.latest, b.start.latest));
};

/** Stored instants sort as text. */
const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** The one that is provably in force at whatever instant of the extent is meant. */
export const inForceThroughout = (all: readonly Interruption[], { earliest, latest }: TimeExtent): Interruption | undefined =>
  all.find(
    ({ start, until, ends }) =>
      start.latest <= earliest && (until === undefined || until > latest) && ends.every((end) => end.earliest > latest),
  );

/** Whether something that occurred then can end it: it is not ended yet, its own end had not come, and it does not provably begin later. */
export const canEnd = ({ start, until, ends }: Interruption, occurredAt: TimeExtent): boolean =>
  ends.length === 0 && (until === undefined || until > occurredAt.earliest) && !isProvablyBefore(occurredAt, start);

/** A request that leaves it to the ledger what it ends is answered by whatever it ended then; one that names it, by just that. */
export const repeatsEnding =
  (endedBy: EndedBy) =>
  (recorded: JsonObject, input: JsonObject, completed: JsonObject): boolean => {
    const asked = { ...completed, batchId: recorded['batchId'], [endedBy]: recorded[endedBy] };
    return isSame(recorded, asked) && (input[endedBy] === undefined || input[endedBy] === recorded[endedBy]);
  };
