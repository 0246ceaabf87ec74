/** How long a server takes until it is ready, and how much memory it then has, beside a Node that does nothing. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { startLedger } from '../test/support/ledger-process.ts';
import type { BigStore } from './big-store.ts';
import { count, median, ms, timed } from './figures.ts';
import type { Report } from './report.ts';

const READY_MS_MAX = 2_000;
const RESIDENT_MB_MAX = 400;
const EVENTS_OF_THE_BAR = 10_000_000;

export const start = async (report: Report, { folder, events }: BigStore, rounds: number): Promise<void> => {
  report.title(`Start of a server on ${count(events)} events (the bar is for ${count(EVENTS_OF_THE_BAR)}): ${rounds} rounds`);
  const ready: number[] = [];
  const resident: number[] = [];
  const node: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    node.push((await timed(() => spawnSync(process.execPath, ['-e', '0']))).seconds * 1_000);
    const { seconds, value: ledger } = await timed(async () => {
      const started = await startLedger({ folder });
      const reply = await fetch(`${started.url}/health/ready`);
      if (reply.status !== 200) throw new Error(`not ready: ${await reply.text()}`);
      return started;
    });
    ready.push(seconds * 1_000);
    resident.push(residentMb(ledger.pid));
    ledger.kill('SIGTERM');
    await ledger.exit;
  }
  report.line('limit: Node alone', ms(median(node)));
  const slowest = Math.max(...ready);
  report.bar('ready', `median ${ms(median(ready))}, max ${ms(slowest)}`, `under ${ms(READY_MS_MAX)}`, slowest < READY_MS_MAX);
  const most = Math.max(...resident);
  if (Number.isNaN(most)) report.line('resident memory', 'not known on this system');
  else report.bar('resident memory', `${count(most)} MB`, `under ${RESIDENT_MB_MAX} MB`, most < RESIDENT_MB_MAX);
};

/** As Linux gives it; elsewhere not a number. */
const residentMb = (pid: number): number => {
  if (process.platform !== 'linux') return Number.NaN;
  const kib = Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  return (kib * 1_024) / 1e6;
};
