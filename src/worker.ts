/** A thread of the server: what it does is composed where everything is. */
import { workerData } from 'node:worker_threads';
import { runThread, type ThreadData } from './compose.ts';

const data: ThreadData = workerData;
await runThread(data);
