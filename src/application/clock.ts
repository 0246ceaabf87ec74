/** Where time and chance enter; everything else is given them. */
import { randomFillSync } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { type CommandId, type EventId, parseCommandId, parseEventId } from '../domain/ids.ts';
import { type Instant, instantFromMs } from '../domain/time.ts';
import type { TokenParts } from '../domain/token.ts';

export type Clock = () => Instant;
export const systemClock: Clock = () => instantFromMs(Temporal.Now.instant().epochMilliseconds);

/** The later of the clock and the last instant given: a clock set back does not make later events look earlier. */
export const neverBackwards = (clock: Clock): Clock => {
  let last: Instant | undefined;
  return () => {
    const now = clock();
    if (last === undefined || now > last) last = now;
    return last;
  };
};

export const newEventId = (): EventId => parseEventId(uuidv7({ random: randomBytes() }));
export const newCommandId = (): CommandId => parseCommandId(uuidv7({ random: randomBytes() }));

/** 16 random bytes as 32 lower-case hex, so that a published hash cannot be guessed back to a short event. */
export const newSalt = (): string => randomBytes().toString('hex');

const TOKEN_ID_BYTES = 8; // enough to tell tokens apart: it is no secret
const TOKEN_SECRET_BYTES = 32;

/** A token's id and secret. Not from the pool below, in which a copy of the secret would stay. */
export const newTokenParts = (): TokenParts => ({ id: freshHex(TOKEN_ID_BYTES), secret: freshHex(TOKEN_SECRET_BYTES) });
const freshHex = (bytes: number): string => randomFillSync(Buffer.alloc(bytes)).toString('hex');

const RANDOM_BYTES = 16; // what an id and a salt take
const pool = Buffer.alloc(RANDOM_BYTES * 256); // a call of the generator costs ten times what else an id takes
let used = pool.length;

/** Used once: the next refill overwrites them. */
const randomBytes = (): Buffer => {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += RANDOM_BYTES;
  return pool.subarray(used - RANDOM_BYTES, used);
};
