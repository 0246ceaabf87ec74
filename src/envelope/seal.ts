/** Makes the stored form of an event, once, and opens it again: engines store and give back these bytes and encode nothing. */
import { canonical, memberInCanonicalOrder, NotCanonical } from './canonical.ts';
import { type Envelope, isStreamName, type Meta, type NonEmpty, type SealedEvent } from './envelope.ts';
import { sha256Hex } from './sha256.ts';

/** Keeps a hash made here from standing for anything else that is ever hashed. */
const EVENT_DOMAIN = 'enforcement-ledger/event/v1\n';
const LEAF_PREFIX = Uint8Array.of(0x00, 0x01); // RFC 6962 §2.1: 0x00 marks a leaf; 0x01 is the kind of leaf

/** SHA-256 over the domain, a line feed and the UTF-8 of E, in lower-case hex. */
const eventHashHex = (text: string): string => sha256Hex(EVENT_DOMAIN + text);

export const eventHash = (text: string): Uint8Array => Uint8Array.fromHex(eventHashHex(text));

/** The leaf that an event will be in the transparency tree. */
export const leafHash = (sealedHash: Uint8Array): Uint8Array => {
  const leaf = new Uint8Array(LEAF_PREFIX.length + sealedHash.length);
  leaf.set(LEAF_PREFIX);
  leaf.set(sealedHash, LEAF_PREFIX.length);
  return Uint8Array.fromHex(sha256Hex(leaf));
};

/** Tells a repeat of a command from another command under the same id. */
export const commandHash = ({ type, stream, data }: { readonly type: string; readonly stream: string; readonly data: object }): string =>
  sha256Hex(canonical({ data, stream, type }));

/** Everything of an envelope but its format; `data` is checked here, so any object may be tried. */
export type Unsealed = Omit<Envelope, 'data' | 'format'> & { readonly data: object };

/** Throws `NotCanonical` for what could not be read back to the same bytes everywhere; after that E is fixed for good. */
export const seal = (unsealed: Unsealed): SealedEvent => {
  refuseMalformed(unsealed);
  const { commandId, commandHash, recordedBy } = unsealed.meta;
  // Members stand in canonical order, and so do those of `data` and `meta`: one JSON.stringify writes RFC 8785.
  const event: Envelope = {
    data: memberInCanonicalOrder(unsealed.data, 'data'),
    format: 1,
    id: unsealed.id,
    ledger: unsealed.ledger,
    meta: { commandHash, commandId, recordedBy },
    prev: unsealed.prev,
    recordedAt: unsealed.recordedAt,
    revision: unsealed.revision,
    salt: unsealed.salt,
    stream: unsealed.stream,
    type: unsealed.type,
    version: unsealed.version,
  };
  const text = JSON.stringify(event);
  return { event, text, hash: eventHash(text) };
};

/** A new event as the decider gives it. */
export type Draft = { readonly type: string; readonly version: number; readonly data: object };
/** The last event of a stream, as far as the next one needs it; `null` where there is none. */
export type Head = { readonly revision: number; readonly hash: Uint8Array } | null;

export type SealOptions = {
  readonly ledger: string;
  readonly stream: string;
  readonly head: Head;
  readonly meta: Meta;
  readonly recordedAt: string;
  readonly newEventId: () => string;
  /** 32 lower-case hex. */
  readonly newSalt: () => string;
};

/** Seals what one append adds to a stream, in order: each event names the hash of the one before. */
export const sealAll = (drafts: NonEmpty<Draft>, options: SealOptions): NonEmpty<SealedEvent> => {
  const { ledger, stream, meta, recordedAt, newEventId, newSalt } = options;
  let head = options.head;
  const sealNext = ({ type, version, data }: Draft): SealedEvent => {
    const revision = head === null ? 0 : head.revision + 1;
    const prev = head === null ? null : head.hash.toHex();
    const sealed = seal({ ledger, id: newEventId(), stream, revision, prev, type, version, recordedAt, data, meta, salt: newSalt() });
    head = { revision, hash: sealed.hash };
    return sealed;
  };
  const [first, ...rest] = drafts;
  return [sealNext(first), ...rest.map(sealNext)];
};

/** What was stored, if the hash stored beside it fits; `undefined` if either was altered. */
export const parseSealed = (text: string, storedHash: Uint8Array): SealedEvent | undefined => {
  if (eventHashHex(text) !== storedHash.toHex()) return undefined;
  const event = parsedEnvelope(text);
  return event && { event, text, hash: storedHash };
};

/** The same for an engine that gives the event parsed: written out again it must be the text that was hashed. */
export const unsealed = (parsed: object, storedHash: Uint8Array): SealedEvent | undefined => {
  const text = JSON.stringify(parsed);
  return eventHashHex(text) === storedHash.toHex() ? { event: parsed as Envelope, text, hash: storedHash } : undefined;
};

/** A hash that fits makes the text one that `seal` made, or one that somebody made up whole: only that may fail to parse. */
const parsedEnvelope = (text: string): Envelope | undefined => {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Envelope) : undefined;
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const HASH = /^[0-9a-f]{64}$/;
const SALT = /^[0-9a-f]{32}$/;
const TYPE = /^[A-Z][A-Za-z0-9]{0,63}$/;
const RECORDED_AT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

const refuseMalformed = ({ ledger, id, stream, revision, prev, type, version, recordedAt, meta, salt }: Unsealed): void => {
  const refuseUnless = (holds: boolean, member: string): void => {
    if (!holds) throw new NotCanonical('member', `/${member}`);
  };
  refuseUnless(UUID.test(ledger), 'ledger');
  refuseUnless(UUID.test(id), 'id');
  refuseUnless(isStreamName(stream), 'stream');
  refuseUnless(isCount(revision, 0), 'revision');
  refuseUnless(revision === 0 ? prev === null : prev !== null && HASH.test(prev), 'prev');
  refuseUnless(TYPE.test(type), 'type');
  refuseUnless(isCount(version, 1), 'version');
  refuseUnless(RECORDED_AT.test(recordedAt), 'recordedAt');
  refuseUnless(isText(meta.commandId), 'meta/commandId');
  refuseUnless(HASH.test(meta.commandHash), 'meta/commandHash');
  refuseUnless(isText(meta.recordedBy), 'meta/recordedBy');
  refuseUnless(SALT.test(salt), 'salt');
};

const isCount = (value: number, least: number): boolean => Number.isSafeInteger(value) && value >= least && !Object.is(value, -0);
const isText = (value: string): boolean => value !== '' && value.isWellFormed() && !value.includes('\0');
