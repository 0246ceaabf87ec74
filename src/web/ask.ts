/** Questions to the API, and what comes back instead of an answer. */
import type { Problem } from './answers.ts';

/** Why there is no answer. */
export type Failure =
  | { readonly kind: 'problem'; readonly status: number; readonly problem: Problem }
  /** The ledger asks who is calling, and was not told, or not something that it accepts. */
  | { readonly kind: 'token'; readonly problem: Problem }
  | { readonly kind: 'unreachable' };

export class AskFailed extends Error {
  override readonly name = 'AskFailed';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.kind);
    this.failure = failure;
  }
}

const TOKEN = 'ledger-token';
/** Kept for this tab alone: closing it forgets the token. */
export const keepToken = (token: string): void => sessionStorage.setItem(TOKEN, token);

const headers = (): HeadersInit => {
  const token = sessionStorage.getItem(TOKEN);
  return token === null ? {} : { authorization: `Bearer ${token}` };
};

/** Throws `AskFailed`. What was asked for before with a point of knowledge is answered from memory: it never changes, but for the bytes of a file. */
export const ask = <T>(path: string): Promise<T> => {
  const known = remembered.get(path);
  if (known) return known;
  const answer = fetched<T>(path);
  if (/[?&]knownAt=\d/.test(path) && !BYTES_NOW.test(path)) remember(path, answer);
  return answer;
};

const BYTES_NOW = /\/verification\?/;
const ANSWERS_MAX = 60; // a curve of 5,000 changes is some 10 MB
/** Of whatever form the API's answer is. */
type Answered = ReturnType<Response['json']>;
const remembered = new Map<string, Answered>();
const remember = (path: string, answer: Answered): void => {
  const [oldest] = remembered.keys();
  if (remembered.size >= ANSWERS_MAX && oldest !== undefined) remembered.delete(oldest);
  remembered.set(path, answer);
  answer.catch(() => remembered.delete(path));
};

const fetched = async <T>(path: string): Promise<T> => {
  const reply = await sent(path);
  if (reply.ok) return reply.json();
  throw new AskFailed(await failureOf(reply));
};

/** The bytes of an answer that is kept as a file. */
export const askFile = async (path: string): Promise<Blob> => {
  const reply = await sent(path);
  if (reply.ok) return reply.blob();
  throw new AskFailed(await failureOf(reply));
};

const sent = async (path: string): Promise<Response> => {
  try {
    return await fetch(path, { headers: headers() });
  } catch {
    throw new AskFailed({ kind: 'unreachable' });
  }
};

const failureOf = async (reply: Response): Promise<Failure> => {
  const isProblem = reply.headers.get('content-type')?.startsWith('application/problem+json') ?? false;
  const problem: Problem = isProblem
    ? await reply.json()
    : { code: 'UNEXPECTED', title: `an answer that is none of the ledger's (${reply.status})` };
  return reply.status === 401 ? { kind: 'token', problem } : { kind: 'problem', status: reply.status, problem };
};

type Parameters = { readonly [name: string]: string | number | undefined };

/** A path with those parameters that are given. */
export const pathWith = (path: string, parameters: Parameters): string => {
  const given = Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [[name, `${value}`]]));
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
};
