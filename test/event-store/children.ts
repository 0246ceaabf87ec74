/** Child processes of the store's tests, and what they say of their appends. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { EventStore } from '../../src/event-store/event-store.ts';
import { wholeLog } from './sealed-events.ts';

const APPENDING_CHILD = fileURLToPath(new URL('./appending-child.ts', import.meta.url));

export type Answer = { readonly answer: string; readonly stream: string; readonly revision: number; readonly hash: string };
export type Appending = { readonly child: ChildProcess; readonly lines: Interface; readonly exit: Promise<number | null> };

type AppendingOptions = {
  /** A folder, or the URL of a cluster. */
  readonly place: string;
  readonly inFlight: number;
  readonly textBytes: number;
  readonly appendsMax?: number;
  /** What the shell does before it becomes the child: `ulimit`, for example. */
  readonly before?: string;
};

export const startAppending = ({ place, inFlight, textBytes, appendsMax, before = ':' }: AppendingOptions): Appending => {
  const args = [APPENDING_CHILD, place, String(inFlight), String(textBytes), ...(appendsMax === undefined ? [] : [String(appendsMax)])];
  const child = spawn('/bin/sh', ['-c', `${before} && exec "$0" "$@"`, process.execPath, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'close').then(([code]: readonly (number | null)[]) => code ?? null);
  return { child, lines: createInterface({ input: child.stdout }), exit };
};

/** Undefined for a line that says something else, or that the kill cut short. */
export const answerIn = (line: string): Answer | undefined => {
  const [answer, stream, revision, hash] = line.split(' ');
  if (answer === undefined || stream === undefined || revision === undefined || hash?.length !== 64) return undefined;
  return { answer, stream, revision: Number(revision), hash };
};

/** What was acknowledged is there, what surely was not stored is not, and every stream is dense, whole appends only. */
export const expectTruthful = async (store: EventStore, answers: readonly Answer[]): Promise<void> => {
  const stored = new Map<string, string>();
  const lengths = new Map<string, number>();
  for (const { event, hash } of await wholeLog(store)) {
    expect(event.revision).toBe(lengths.get(event.stream) ?? 0);
    lengths.set(event.stream, event.revision + 1);
    stored.set(`${event.stream} ${event.revision}`, hash.toHex());
  }
  for (const length of lengths.values()) expect(length % 2).toBe(0); // the child appends in twos
  const lost = answers.filter((each) => each.answer === 'STORED' && stored.get(`${each.stream} ${each.revision}`) !== each.hash);
  expect(lost).toEqual([]);
  const hashes = new Set(stored.values());
  const surelyNot = answers.filter(({ answer, hash }) => answer !== 'STORED' && answer !== 'OUTCOME_UNKNOWN' && hashes.has(hash));
  expect(surelyNot).toEqual([]);
};
