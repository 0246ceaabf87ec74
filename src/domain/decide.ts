/** How a fact is decided: filled in, looked for, then held against the rules of its type and those that every fact obeys. Pure. */

import { HOUR_MS } from './calendar.ts';
import { evidenceIn, extentIn, populationIn } from './codec.ts';
import type { Context, EventType, Rule, State } from './event-type.ts';
import { parseStreamName, type StreamCategory, type StreamName, splitStream } from './ids.ts';
import { isSame, type Json, type JsonObject } from './json.ts';
import type { Refusal } from './refusal.ts';
import { instantFromMs, isProvablyBefore, msOf, type TimeExtent } from './time.ts';
import { type Warning, warningsOf } from './warnings.ts';

/** An event to be sealed and appended. */
export type NewEvent = { readonly type: string; readonly version: number; readonly data: JsonObject };
export type Decision =
  | { readonly kind: 'accepted'; readonly event: NewEvent; readonly warnings: readonly Warning[] }
  /** The same fact is on record already: nothing is added. */
  | { readonly kind: 'repeated'; readonly event: { readonly id: string; readonly revision: number } }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export const accept = (event: NewEvent, warnings: readonly Warning[] = []): Decision => ({ kind: 'accepted', event, warnings });
export const refuse = (refusal: Refusal): Decision => ({ kind: 'refused', refusal });

export const decide = (type: EventType, input: JsonObject, state: State, context: Context): Decision => {
  const known = { ...input, synthetic: input['synthetic'] ?? inheritedSynthetic(type, input, context) };
  const completion = type.complete(known, state, context);
  // Before any rule: what is on record already would otherwise be refused as listed, open or reinstated already.
  const asked = completion.data ?? known;
  const repeat = state.find((event) => event.type === type.name && type.isRepeat(event.recorded, known, asked));
  if (repeat) return { kind: 'repeated', event: repeat };
  return 'refusal' in completion ? refuse(completion.refusal) : decideComplete(type, completion.data, state, context);
};

/** A fact with nothing left to fill in, held against the rules. */
export const decideComplete = (type: EventType, data: JsonObject, state: State, context: Context): Decision => {
  const refusal = firstRefusal(type, data, state, context);
  return refusal ? refuse(refusal) : accept({ type: type.name, version: type.version, data }, warningsOf(type.name, data, state));
};

/** The first rule that a fact breaks, its data complete. */
const firstRefusal = (type: EventType, data: JsonObject, state: State, context: Context): Refusal | undefined => {
  for (const rule of rulesOf(type)) {
    const refusal = rule(data, state, context);
    if (refusal) return refusal;
  }
  return undefined;
};

/** Every rule that a fact breaks: corrections ask for all, since an old fault must not hide a new one. */
export const refusalsOf = (type: EventType, data: JsonObject, state: State, context: Context): readonly Refusal[] =>
  rulesOf(type).flatMap((rule) => rule(data, state, context) ?? []);

const rulesOf = (type: EventType): readonly Common[] => [
  standsInOpened(type),
  ...COMMON_RULES,
  opensOnce(type),
  staysWhatItWas(type),
  ...type.rules,
];

type Citation = { readonly field: string; readonly id: string; readonly stream: StreamName };

/** Streams that a fact names, with the field that names each. Asked for several times of every fact: no list is made that is not given. */
export const citationsOf = (data: JsonObject): readonly Citation[] => {
  const citations: Citation[] = [];
  const cite = (field: string, category: StreamCategory, id: unknown): void => {
    if (typeof id === 'string') citations.push({ field, id, stream: parseStreamName(`${category}-${id}`) });
  };
  const { orders } = data;
  cite('caseId', 'case', data['caseId']);
  cite('order', 'order', data['order']);
  if (Array.isArray(orders)) for (const id of orders) cite('orders', 'order', id);
  for (const id of populationIn(data)) cite('population', 'order', id);
  cite('meetingId', 'meeting', data['meetingId']);
  cite('restates', 'claim', data['restates']);
  cite('derivedFrom', 'evidence', data['derivedFrom']);
  cite('file', 'evidence', data['file']);
  cite('mapping', 'evidence', data['mapping']);
  for (const sha256 of evidenceIn(data)) cite('sources', 'evidence', sha256);
  return citations;
};

/** Synthetic is what the stream, else the first thing named, is: a case decides it for all that follows, and nobody for a case. */
const inheritedSynthetic = ({ opens }: EventType, data: JsonObject, { first, original }: Context): boolean => {
  const [citation] = citationsOf(data);
  const from = (opens ? undefined : original) ?? (citation && first(citation.stream));
  return from?.data['synthetic'] === true;
};

type Common = Rule<JsonObject>;
const FUTURE_HOURS_MAX = 24; // clocks differ, and a source may be a day ahead in its zone

/** Nothing is said in the stream of an order, a case, a meeting that nobody opened. A target needs no opening: whatever comes first names it. */
const standsInOpened =
  ({ opens, category }: EventType): Common =>
  (_data, state, { stream }) =>
    opens || category === 'target' || state.length > 0
      ? undefined
      : { code: 'REFERENCE_UNKNOWN', field: category === 'case' ? 'caseId' : category, reference: splitStream(stream).id };

/** A stream is opened by one event, once; what is already there is named. */
const opensOnce =
  (type: EventType): Common =>
  (data, state, { stream }) => {
    const [existing] = state;
    if (!type.opens || !existing) return undefined;
    const externalId = data['externalId'];
    return isExternalId(externalId) && isSame(externalId, existing.data['externalId'])
      ? { code: 'DUPLICATE_EXTERNAL_ID', existing: existing.id, system: externalId.system, id: externalId.id }
      : { code: 'ALREADY_EXISTS', existing: splitStream(stream).id };
  };

/** What was retracted may be opened anew; it stays in its case and on its platform, since others have named it there. */
const staysWhatItWas =
  ({ opens }: EventType): Common =>
  (data, _state, { original, stream }) => {
    if (!opens || !original) return undefined;
    const { platform, caseId } = original.data;
    if (platform !== data['platform']) {
      return { code: 'PLATFORM_MISMATCH', expected: String(platform), found: String(data['platform']), reference: splitStream(stream).id };
    }
    return caseId === data['caseId'] ? undefined : { code: 'ALREADY_EXISTS', existing: splitStream(stream).id };
  };

const isExternalId = (value: Json | undefined): value is { readonly system: string; readonly id: string } =>
  typeof value === 'object' && value !== null && 'system' in value && 'id' in value;

/** When something happened: nothing that is recorded lies ahead. A test holds every event type to this list. */
export const EXTENT_FIELDS: readonly string[] = ['occurredAt', 'receivedAt', 'endedAt', 'incidentAt', 'asOf'];

const extents = (data: JsonObject): readonly (readonly [string, TimeExtent])[] =>
  EXTENT_FIELDS.flatMap((field) => {
    const extent = extentIn(data, field);
    return extent ? [[field, extent] as const] : [];
  });

const notInFuture: Common = (data, _state, { recordedAt }) => {
  const horizon = instantFromMs(msOf(recordedAt) + FUTURE_HOURS_MAX * HOUR_MS);
  const ahead = extents(data).find(([, extent]) => extent.earliest > horizon);
  return ahead && { code: 'TIME_IN_FUTURE', field: ahead[0], earliest: ahead[1].earliest, recordedAt };
};

const receivedAfterSent: Common = (data) => {
  // Where the order gives the default and is not there, nothing says yet when it occurred.
  const occurredAt = extentIn(data, 'occurredAt');
  const receivedAt = extentIn(data, 'receivedAt');
  return occurredAt && receivedAt && isProvablyBefore(receivedAt, occurredAt)
    ? { code: 'RECEIVED_BEFORE_SENT', sent: occurredAt.earliest, received: receivedAt.latest }
    : undefined;
};

/** Only what the recorder saw or did may stand without a source. */
const hasSource: Common = ({ assertion, sources }) =>
  assertion !== 'direct_record' && sources === undefined ? { code: 'SOURCE_REQUIRED', assertion: String(assertion) } : undefined;

const namesWhatIsThere: Common = (data, _state, { first, typeOf }) => {
  const unknown = citationsOf(data).find(({ stream }) => first(stream) === undefined);
  if (unknown) return { code: 'REFERENCE_UNKNOWN', field: unknown.field, reference: unknown.id };
  const follows = Array.isArray(data['follows']) ? data['follows'].find((event) => typeOf(String(event)) === undefined) : undefined;
  return follows === undefined ? undefined : { code: 'REFERENCE_UNKNOWN', field: 'follows', reference: String(follows) };
};

/** Synthetic and real never meet: not in a case, not in a stream, not in a citation. */
const keepsSyntheticApart: Common = (data, _state, { first, stream, original }) => {
  const others = [{ id: stream, event: original }, ...citationsOf(data).map((cited) => ({ id: cited.id, event: first(cited.stream) }))];
  const other = others.find(({ event }) => event && event.data['synthetic'] !== data['synthetic']);
  return other && { code: 'SYNTHETIC_MIX', expected: other.event?.data['synthetic'] === true, reference: other.id };
};

const COMMON_RULES: readonly Common[] = [notInFuture, receivedAfterSent, hasSource, namesWhatIsThere, keepsSyntheticApart];
