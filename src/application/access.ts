/** Who is calling, and what he may: the one answer to "who is this" for everything that is asked and recorded. */
import { timingSafeEqual } from 'node:crypto';
import type { Instant } from '../domain/time.ts';
import { partsOfToken, type Role, type Token } from '../domain/token.ts';
import { sha256Hex } from '../envelope/sha256.ts';
import type { Clock } from './clock.ts';
import { readTokens, stampOf, TokensInvalid } from './token-file.ts';

export type Caller = {
  /** Written into the events that are recorded for him. */
  readonly recordedBy: string;
  readonly role: Role;
  /** False as soon as he would not be let in any more. */
  readonly isStillIn: () => boolean;
};

/** Of a token that is not accepted nothing is told: not whether it ever was one, was revoked, or has run out. */
export type WhoIs =
  | { readonly kind: 'known'; readonly caller: Caller }
  | { readonly kind: 'no_token' }
  | { readonly kind: 'not_accepted' }
  | { readonly kind: 'unreadable'; readonly cause: TokensInvalid };

export interface Access {
  /** Whether a token is needed. Once it is, it is until the process ends: a file that is deleted must not open the door. */
  readonly asksForTokens: () => boolean;
  /** Whether there is a token that would be accepted now. */
  readonly hasTokenInForce: () => boolean;
  readonly whoIs: (token: string | undefined) => WhoIs;
}

/** Whoever reaches it may do everything, under one name. */
export const openToAll = (recordedBy: string): Access => {
  const whoIs: WhoIs = { kind: 'known', caller: { recordedBy, role: 'admin', isStillIn: () => true } };
  return { asksForTokens: () => false, hasTokenInForce: () => false, whoIs: () => whoIs };
};

type State =
  | { readonly kind: 'open' }
  | { readonly kind: 'asking'; readonly tokens: ReadonlyMap<string, Token> }
  | { readonly kind: 'unreadable'; readonly cause: TokensInvalid };

export type AccessUses = {
  /** Of the file of tokens, which need not be there. */
  readonly path: string;
  /** Who is written down while no token is asked for. */
  readonly recordedBy: string;
  readonly clock: Clock;
};

/** By the tokens of a file, as it stands at each request. Throws TokensInvalid for one that is wrong from the beginning. */
export const accessByTokens = ({ path, recordedBy, clock }: AccessUses): Access => {
  const current = following(path);
  const accepted = (id: string, sha256: string): Token | undefined => {
    const state = current();
    const token = state.kind === 'asking' ? state.tokens.get(id) : undefined;
    // Compared whether there is one or not: how long the answer takes does not tell which ids there are.
    const isSame = timingSafeEqual(Buffer.from(sha256, 'hex'), Buffer.from(token?.sha256 ?? NOBODYS, 'hex'));
    return token && isSame && isInForce(token, clock()) ? token : undefined;
  };
  const openTo: Caller = { recordedBy, role: 'admin', isStillIn: () => current().kind === 'open' };
  return {
    asksForTokens: () => current().kind !== 'open',
    hasTokenInForce() {
      const state = current();
      return state.kind === 'asking' && [...state.tokens.values()].some((token) => isInForce(token, clock()));
    },
    whoIs(text) {
      const state = current();
      if (state.kind === 'unreadable') return state;
      if (state.kind === 'open') return { kind: 'known', caller: openTo };
      if (text === undefined) return { kind: 'no_token' };
      const { id = '', secret = '' } = partsOfToken(text) ?? {};
      const sha256 = sha256Hex(secret);
      const token = accepted(id, sha256);
      if (!token) return { kind: 'not_accepted' };
      return { kind: 'known', caller: { recordedBy: token.name, role: token.role, isStillIn: () => accepted(id, sha256) !== undefined } };
    },
  };
};

const NOBODYS = '0'.repeat(64);

const isInForce = ({ expiresAt }: Token, now: Instant): boolean => expiresAt === null || now < expiresAt;

/** The file as it stands: looked at each time, which costs some microseconds, and read again when it is another. */
const following = (path: string): (() => State) => {
  let seen = stampOf(path);
  const tokens = readTokens(path);
  let state: State = tokens ? asking(tokens) : { kind: 'open' };
  return () => {
    const stamp = stampOf(path);
    if (stamp === seen) return state;
    state = stateAfter(state, path);
    // What the system did not let be read is tried again, whether it says that it has changed or not.
    seen = state.kind === 'unreadable' && state.cause.cause !== undefined ? '' : stamp;
    return state;
  };
};

const stateAfter = (state: State, path: string): State => {
  try {
    const tokens = readTokens(path);
    if (tokens) return asking(tokens);
    return state.kind === 'open' ? state : { kind: 'unreadable', cause: new TokensInvalid(path, ['is gone']) };
  } catch (cause) {
    if (cause instanceof TokensInvalid) return { kind: 'unreadable', cause };
    throw cause;
  }
};

const asking = (tokens: readonly Token[]): State => ({ kind: 'asking', tokens: new Map(tokens.map((token) => [token.id, token])) });
