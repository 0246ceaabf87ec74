/** A thread of the server: what it does is composed where everything is. */
import { workerData } from 'node:worker_threads';
import { runThread } from './compose.ts';
import type { ThreadData } from './threads.ts';

const data: ThreadData = workerData;
await runThread(data);
