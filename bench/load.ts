/** Load on a server: what is sent, and what came of it. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { reinstateRow, withholdRow } from './example.ts';

/** `new_target`: each request is about a target never named before. `known_target`: two by two, withheld and reinstated. */
export type LoadKind = 'new_target' | 'known_target';
export type LoadOptions = {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  /** Number of the first target. */
  readonly first: number;
  readonly kind: LoadKind;
};
export type LoadResult = {
  readonly seconds: number;
  /** Milliseconds from request to reply. */
  readonly latencies: readonly number[];
  /** Number of the first target that was not named. */
  readonly next: number;
  /** Replies that were not what a recorded row is answered with. */
  readonly unexpected: readonly string[];
};

const ALTERNATE_AFTER = 1_000; // by then the first reply is long there

export const bodyOf = (kind: LoadKind, n: number): string => {
  if (kind === 'new_target') return JSON.stringify({ rows: [withholdRow(n)] });
  const block = Math.floor(n / ALTERNATE_AFTER);
  const target = Math.floor(block / 2) * ALTERNATE_AFTER + (n % ALTERNATE_AFTER);
  return JSON.stringify({ rows: [block % 2 === 0 ? withholdRow(target) : reinstateRow(target)] });
};

/** Throws if any reply was unexpected: a fast refusal is no speed. */
export const load = async (options: LoadOptions): Promise<LoadResult> => {
  const worker = new Worker(new URL('./load-worker.ts', import.meta.url), { workerData: options });
  const [result] = (await once(worker, 'message')) as [LoadResult];
  const { unexpected } = result;
  if (unexpected.length > 0) throw new Error(`${unexpected.length} replies were not expected, the first: ${unexpected[0]}`);
  return result;
};
