/** The client of the command benchmark, in a thread of its own: Node's own HTTP client on connections that are kept, each with one request under way. */
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { parentPort, workerData } from 'node:worker_threads';
import { bodyOf, type LoadOptions, type LoadResult } from './load.ts';

const { url, connections, seconds, first, kind } = workerData as LoadOptions;
const RECORDED = /"status":"recorded".*"position":\d/;
const agent = new Agent({ keepAlive: true, maxSockets: connections });
const target = new URL('/v1/actions', url);

const post = (body: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const asked = request(target, { agent, method: 'POST', headers }, (reply) => {
      text(reply).then((answer) => resolve(`${reply.statusCode} ${answer}`), reject);
    });
    asked.on('error', reject);
    asked.end(body);
  });

const latencies: number[] = [];
const unexpected: string[] = [];
let next = first;
const started = performance.now();

const keepAsking = async (): Promise<void> => {
  for (const deadline = started + seconds * 1_000; performance.now() < deadline; ) {
    const body = bodyOf(kind, next);
    next += 1;
    const sent = performance.now();
    const reply = await post(body);
    latencies.push(performance.now() - sent);
    if (!RECORDED.test(reply)) unexpected.push(reply);
  }
};

await Promise.all(Array.from({ length: connections }, keepAsking));
const took = (performance.now() - started) / 1_000;
parentPort?.postMessage({ seconds: took, latencies, next, unexpected } satisfies LoadResult);
agent.destroy();
