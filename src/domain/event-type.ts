/**
 * What an event type is: a schema, a decision and its facts, in one value. A file in `events/` makes one, `events/event-types.ts` lists it, and
 * routes, stored fixtures, corrections and the read model find everything there.
 */
import { z } from 'zod';
import { publicationsIn } from './codec.ts';
import type { DeadlineRule } from './deadlines/deadline-rules.ts';
import type { EffectiveEvent, RecordedEvent } from './event.ts';
import type { Fact } from './facts.ts';
import { commonFields, type Fields, inputFields, storedFields } from './fields.ts';
import type { StreamCategory, StreamName } from './ids.ts';
import { isSame, type JsonObject } from './json.ts';
import type { Refusal } from './refusal.ts';
import { type Instant, msOf } from './time.ts';

/** What a decision may know besides its own stream: everything is given, nothing is asked. */
export type Context = {
  readonly recordedAt: Instant;
  /** The stream that the command changes. */
  readonly stream: StreamName;
  /** The first fact ever recorded there, even if it was retracted: what a stream is about stays; `undefined` for a new stream. */
  readonly original: RecordedEvent | undefined;
  /** The first effective event of another stream that the command names; none if that stream has no effective event. */
  readonly first: (stream: StreamName) => EffectiveEvent | undefined;
  /** The type of an event that is recorded anywhere; `undefined` if none has that id. */
  readonly typeOf: (event: string) => string | undefined;
  /** The deadline rules that an order may name. */
  readonly rules: readonly DeadlineRule[];
  /** What an event says to the figures: decisions about restrictions and figures read the same facts. */
  readonly factsOf: (event: EffectiveEvent) => readonly Fact[];
};

/** The stream's effective events, in log order. */
export type State = readonly EffectiveEvent[];
export type Rule<D> = (data: D, state: State, context: Context) => Refusal | undefined;

export type CommonData = z.infer<z.ZodObject<ReturnType<typeof commonFields>>>;

export type EventType = {
  readonly name: string;
  readonly version: number;
  readonly category: StreamCategory;
  /** Whether it opens its stream: then nothing else may stand before it, and nothing stands without it. */
  readonly opens: boolean;
  /** What a caller sends. */
  readonly input: z.ZodObject;
  /** What the log holds. */
  readonly stored: z.ZodObject;
  /** What a correction may send: any of the stored fields, in the form in which a caller sends them. */
  readonly changes: z.ZodObject;
  /** Fields that a correction must leave alone: retract and record anew. */
  readonly fixed: readonly string[];
  /** Fills in what the caller may leave out, from the stream and from what the command names. */
  readonly complete: (input: JsonObject, state: State, context: Context) => Completion;
  readonly isRepeat: (recorded: JsonObject, input: JsonObject, completed: JsonObject) => boolean;
  readonly rules: readonly Rule<JsonObject>[];
  readonly facts: (event: { readonly id: string; readonly data: JsonObject }) => readonly Fact[];
};
/** A refusal comes with the data as far as they could be filled in, if a repeat is to be recognised by them. */
export type Completion = { readonly data: JsonObject } | { readonly refusal: Refusal; readonly data?: JsonObject };

/** Recognises events of one type, with the type of their data. */
export type TypedEventType<D> = EventType & {
  readonly isTypeOf: <E extends { readonly type: string; readonly data: unknown }>(event: E) => event is E & { readonly data: D };
};

type Shape = z.core.$ZodShape;
type Stored<S extends Shape> = z.infer<z.ZodObject<S>> & CommonData;

/** A field that is `undefined` is left out. */
type Incomplete<D> = { readonly [F in keyof D]?: D[F] | undefined };
type Asked<S extends Shape, I extends Shape> = Incomplete<Stored<S> & z.infer<z.ZodObject<I>>>;

type Specification<S extends Shape, I extends Shape> = {
  readonly name: string;
  readonly version: number;
  readonly category: StreamCategory;
  readonly opens?: boolean;
  readonly fields: (field: Fields) => S;
  /** Fields of the stored event that a caller leaves out, since the path or the ledger says them. */
  readonly filled?: readonly string[];
  /** Fields that a caller may leave out, beyond those that are optional in the stored event. */
  readonly defaulted?: readonly string[];
  /** Fields that only the request has: `complete` turns them into stored ones. */
  readonly asked?: (field: Fields) => I;
  readonly fixed?: readonly string[];
  readonly complete?: (
    input: Asked<S, I>,
    state: State,
    context: Context,
  ) => { readonly data: Incomplete<Stored<S>> } | { readonly refusal: Refusal; readonly data?: Incomplete<Stored<S>> };
  readonly isRepeat?: (recorded: Stored<S>, input: Asked<S, I>, completed: Stored<S>) => boolean;
  readonly rules: readonly Rule<Stored<S>>[];
  /** What it says of its target itself; when its sources were published is added for all types alike. */
  readonly facts?: (event: { readonly id: string; readonly data: Stored<S> }) => readonly Fact[];
};

/** Fields that no correction touches: identities, and what the ledger assigns. */
const FIXED = ['target', 'order', 'caseId', 'platform', 'synthetic', 'externalId', 'batchId'];

/**
 * The one place where data that a schema has accepted gets its static type: everything behind it is typed, everything before it is JSON.
 */
export const eventType = <S extends Shape, I extends Shape = Record<never, never>>(
  spec: Specification<S, I>,
): TypedEventType<Stored<S>> => {
  const known = spec as unknown as Specification<Shape, Shape>;
  const stored = z.strictObject(allFields(known, storedFields));
  return {
    name: spec.name,
    version: spec.version,
    category: spec.category,
    opens: spec.opens ?? false,
    input: inputOf(known),
    stored,
    changes: z.strictObject(allFields(known, inputFields)).partial(),
    fixed: [...FIXED, ...(spec.fixed ?? [])],
    complete: (input, state, context) => {
      const completion = known.complete?.(input, state, context) ?? { data: input };
      if (!('refusal' in completion)) return { data: withoutUndefined(completion.data as JsonObject) };
      const { refusal, data } = completion;
      return data === undefined ? { refusal } : { refusal, data: withoutUndefined(data as JsonObject) };
    },
    isRepeat: (recorded, input, completed) =>
      known.isRepeat
        ? known.isRepeat(recorded as never, input, completed as never)
        : isSame(recorded, { ...completed, batchId: recorded['batchId'] }),
    rules: known.rules as readonly Rule<JsonObject>[],
    facts: (event) => [...(known.facts?.(event as never) ?? []), ...(spec.category === 'target' ? publishedFacts(event.data) : [])],
    isTypeOf: <E extends { readonly type: string; readonly data: unknown }>(event: E): event is E & { readonly data: Stored<S> } =>
      event.type === spec.name,
  };
};

/** Before when no source was published: of all targets' events alike, and said only if there are sources and each has its date. */
const publishedFacts = (data: JsonObject): readonly Fact[] => {
  const dates = publicationsIn(data).map((published) => published && msOf(published.earliest));
  const known = dates.filter((date) => date !== undefined);
  if (known.length === 0 || known.length < dates.length) return [];
  const first = Math.min(...known);
  return [{ shape: { kind: 'published' }, about: undefined, earliest: first, latest: first }];
};

/** A type's own fields, then those of every fact, which a type may ask for more strictly than others do. */
const allFields = ({ fields }: Specification<Shape, Shape>, form: Fields): Shape => {
  const own = fields(form);
  return { ...own, ...commonFields(form), ...own };
};

const inputOf = (spec: Specification<Shape, Shape>): z.ZodObject => {
  const { filled = [], defaulted = [], asked } = spec;
  const shape: { [field: string]: z.core.$ZodType } = {};
  for (const [field, schema] of Object.entries(allFields(spec, inputFields))) {
    if (filled.includes(field)) continue;
    shape[field] = defaulted.includes(field) || field === 'synthetic' ? z.optional(schema) : schema;
  }
  return z.strictObject({ ...shape, ...asked?.(inputFields) });
};

const withoutUndefined = (data: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
