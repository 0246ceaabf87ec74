/** Polls the log as a runner does, until it has seen as many events as it was told, and posts their texts. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ResumeToken } from '../../src/event-store/event-store.ts';
import { openSqliteEventStore } from '../../src/event-store/sqlite.ts';

const { folder, events } = workerData as { readonly folder: string; readonly events: number };
const store = openSqliteEventStore({ folder, readOnly: true });
const texts: string[] = [];
let after: ResumeToken | null = null;
while (texts.length < events) {
  const page: Awaited<ReturnType<typeof store.readAll>> = await store.readAll({ after, limit: 50 });
  texts.push(...page.events.map(({ text }) => text));
  after = page.next;
}
await store.close();
parentPort?.postMessage(texts);
