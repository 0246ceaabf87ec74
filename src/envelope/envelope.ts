/** What is stored of an event besides the fact itself: who recorded it, when, where it stands, and what it follows. */
import type { JsonObject } from './canonical.ts';

export type NonEmpty<T> = readonly [T, ...T[]];

/** What brought an event about; exactly these three. */
export type Meta = {
  readonly commandId: string;
  /** SHA-256 (64 lower-case hex) of the canonical `{data, stream, type}` of the command. */
  readonly commandHash: string;
  readonly recordedBy: string;
};

/** The canonical event `E` as an object. What `data` says is a matter of `type` and `version`, and of nobody in this folder. */
export type Envelope = {
  readonly data: JsonObject;
  readonly format: 1;
  /** An event cannot be moved into another ledger unseen. */
  readonly ledger: string;
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  /** Event hash of the revision before, `null` at 0: a proof of a stream's newest event is one of the whole stream. */
  readonly prev: string | null;
  readonly type: string;
  readonly version: number;
  readonly recordedAt: string;
  readonly meta: Meta;
  /** 32 lower-case hex: a published hash cannot be guessed back to a short event. */
  readonly salt: string;
};

/** `text` is E and its UTF-8 is what is hashed; `event` is E parsed, once. */
export type SealedEvent = { readonly event: Envelope; readonly text: string; readonly hash: Uint8Array };

const STREAM_LENGTH_MAX = 200;
const STREAM = /^[a-z]+(-[A-Za-z0-9._~-]+)?$/;

/** The name as the domain knows it, without any engine's prefix. */
export const isStreamName = (name: string): boolean => name.length <= STREAM_LENGTH_MAX && STREAM.test(name);
