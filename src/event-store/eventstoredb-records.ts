/** From sealed events to what the cluster stores, and back: what is read is checked against the server's own fields. */
import { type AllStreamResolvedEvent, type EventData, jsonEvent, type ResolvedEvent } from '@eventstore/db-client';
import type { SealedEvent } from '../envelope/envelope.ts';
import { unsealed } from '../envelope/seal.ts';
import { type Corruption, StoreCorrupt } from './errors.ts';

/** A place in `$all`: byte positions of one cluster's log. */
export type Place = { readonly commit: bigint; readonly prepare: bigint };
/** An event of ours as it was read, at its place; a read of one stream may come without places from an old server. */
export type Read = { readonly sealed: SealedEvent; readonly place: Place | undefined };

/** `E` is written out by one `JSON.stringify` here as in `text`, since its members stand in canonical order. */
export const eventDataOf = ({ event, hash }: SealedEvent): EventData =>
  jsonEvent({ id: event.id, type: event.type, data: event, metadata: { hash: hash.toHex() } });

type Recorded = NonNullable<ResolvedEvent['event']>;

/** Throws `StoreCorrupt` where what was read is not what was sealed, or does not belong where it stands. */
export const sealedOf = ({ streamId, revision, data, metadata, isJson }: Recorded, prefix: string): SealedEvent => {
  const stream = streamId.slice(prefix.length);
  const at = Number(revision);
  const hash = hashIn(metadata);
  const sealed = isJson && hash && typeof data === 'object' && data !== null ? unsealed(data, hash) : undefined;
  if (sealed === undefined) throw corrupt('hash', stream, at);
  // The hash fits, so the event itself says which one it is.
  const { event } = sealed;
  if (event.stream !== stream) throw corrupt('stream', event.stream, event.revision);
  if (event.revision !== at) throw corrupt('revision', event.stream, event.revision);
  return sealed;
};

const HASH = /^[0-9a-f]{64}$/;

const hashIn = (metadata: unknown): Uint8Array | undefined => {
  const hash = typeof metadata === 'object' && metadata !== null && 'hash' in metadata ? metadata.hash : undefined;
  return typeof hash === 'string' && HASH.test(hash) ? Uint8Array.fromHex(hash) : undefined;
};

export const corrupt = (part: Corruption['part'], stream: string | null, revision: number | null): StoreCorrupt =>
  new StoreCorrupt({ part, stream, revision });

/** What stands in `$all` between our events. */
export type Foreign =
  /** Of nobody's concern here. */
  | { readonly kind: 'other' }
  /** Somebody set metadata of a ledger stream, or deleted it: its events are gone with the next scavenge. */
  | { readonly kind: 'tampered'; readonly stream: string; readonly keys: readonly string[] };

/** `undefined` for an event of ours. */
export const foreignOf = ({ streamId, type, data }: Recorded, prefix: string): Foreign | undefined => {
  if (streamId.startsWith(`$$${prefix}`)) {
    const keys = typeof data === 'object' && data !== null && !(data instanceof Uint8Array) ? Object.keys(data) : [];
    return { kind: 'tampered', stream: streamId.slice(prefix.length + 2), keys };
  }
  if (!streamId.startsWith(prefix)) return { kind: 'other' };
  if (type === '$streamDeleted') return { kind: 'tampered', stream: streamId.slice(prefix.length), keys: ['$streamDeleted'] };
  return undefined;
};

export const placeOf = (resolved: AllStreamResolvedEvent): Place | undefined => resolved.event?.position ?? resolved.link?.position;
