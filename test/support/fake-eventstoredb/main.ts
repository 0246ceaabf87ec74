/** A fake of one node as a process of its own, on `--port` or a free one: prints its URL as one line and ends on SIGTERM or SIGINT. */
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { startFakeCluster } from './cluster.ts';

const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } });
const cluster = await startFakeCluster({ ports: [Number(values.port)], isJournalKept: false });
console.log(cluster.url);
await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
await cluster.close();
