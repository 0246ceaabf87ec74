/** Durable single commands over HTTP, beside HTTP without a ledger and a ledger that commits each by itself. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { newEventId, newSalt } from '../src/application/clock.ts';
import { openSqliteEventStore } from '../src/event-store/sqlite.ts';
import { type LedgerProcess, startLedger } from '../test/support/ledger-process.ts';
import { CASE, caseOpening, ORDER, orderIssue, orderService } from './example.ts';
import { median, ms, quantile, rate, ratesOf, share, timed } from './figures.ts';
import { type LoadKind, type LoadResult, load } from './load.ts';
import type { Report } from './report.ts';
import { targetEvents } from './target-events.ts';
import { withFolder } from './temporary.ts';

const CONNECTIONS = 64;
const RATE_MIN = 3_500;
const SHARE_OF_FASTIFY_MIN = 0.25;
const P99_MS_MAX = 50;
const TIMES_ONE_COMMIT_MIN = 3;

export type CommandOptions = { readonly rounds: number; readonly secondsPerRound: number };

type Round = { readonly ledger: LoadResult; readonly fastify: LoadResult; readonly oneCommit: number };

export const commands = async (report: Report, { rounds, secondsPerRound }: CommandOptions): Promise<void> => {
  report.title(
    `Durable single commands over HTTP, ${CONNECTIONS} in flight, position in the reply: ${rounds} rounds of ${secondsPerRound} s, the first of them cold`,
  );
  await withFolder(async (folder) => {
    const ledger = await startLedger({ folder });
    await prepare(ledger);
    const measured: Round[] = [];
    let next = 1;
    const ask = async (url: string, kind: LoadKind): Promise<LoadResult> => {
      const result = await load({ url, kind, connections: CONNECTIONS, seconds: secondsPerRound, first: next });
      next = result.next;
      return result;
    };
    for (let round = 1; round <= rounds; round += 1) {
      const ofLedger = await ask(ledger.url, 'new_target');
      report.line(`round ${round}`, said(ofLedger));
      const fastify = await withFastifyAlone((url) => ask(url, 'new_target'));
      measured.push({ ledger: ofLedger, fastify, oneCommit: await oneCommitEach(secondsPerRound) });
    }
    next = 1_000_000_000; // a block of targets of which none is known
    const known = await ask(ledger.url, 'known_target');
    ledger.kill('SIGTERM');
    await ledger.exit;
    judge(report, measured);
    report.line('variation: withheld, then reinstated', said(known));
  });
};

const rateOf = ({ latencies, seconds }: LoadResult): number => latencies.length / seconds;
const said = (result: LoadResult): string =>
  `${rate(rateOf(result))}, p50 ${ms(quantile(result.latencies, 0.5))}, p99 ${ms(quantile(result.latencies, 0.99))}`;

const judge = (report: Report, rounds: readonly Round[]): void => {
  const rates = rounds.map(({ ledger }) => rateOf(ledger));
  const p99 = rounds.map(({ ledger }) => quantile(ledger.latencies, 0.99));
  const limits = rounds.map(({ fastify }) => rateOf(fastify));
  const oneCommit = rounds.map((round) => round.oneCommit);
  report.line('limit: Fastify + zod alone', ratesOf(limits));
  report.line('limit: one commit each', ratesOf(oneCommit));
  const ofFastify = median(rates) / median(limits);
  const times = median(rates) / median(oneCommit);
  report.bar('rate', ratesOf(rates), `at least ${rate(RATE_MIN)}`, median(rates) >= RATE_MIN);
  report.bar('of Fastify + zod alone', share(ofFastify), `at least ${share(SHARE_OF_FASTIFY_MIN)}`, ofFastify >= SHARE_OF_FASTIFY_MIN);
  report.bar('of one commit each', `${times.toFixed(1)} times`, `at least ${TIMES_ONE_COMMIT_MIN} times`, times >= TIMES_ONE_COMMIT_MIN);
  report.bar('p99', `${ms(median(p99))} (max ${ms(Math.max(...p99))})`, `under ${ms(P99_MS_MAX)}`, median(p99) < P99_MS_MAX);
};

/** A case and an order that the rows cite. */
const prepare = async ({ url }: LedgerProcess): Promise<void> => {
  const post = async (path: string, body: object): Promise<void> => {
    const reply = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (reply.status !== 201) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
  };
  await post('/v1/cases', { id: CASE, ...caseOpening });
  await post('/v1/orders', { id: ORDER, ...orderIssue });
  await post(`/v1/orders/${ORDER}/service`, orderService);
};

const withFastifyAlone = async <T>(use: (url: string) => Promise<T>): Promise<T> => {
  const child = fork(new URL('./fastify-alone.ts', import.meta.url));
  const [{ url }] = (await once(child, 'message')) as [{ readonly url: string }];
  const result = await use(url);
  child.disconnect();
  await once(child, 'exit');
  return result;
};

/** Commits a second if nobody shares one: the same events, sealed and appended one after the other. */
const oneCommitEach = (seconds: number): Promise<number> =>
  withFolder(async (folder) => {
    const store = openSqliteEventStore({ folder });
    const { withheld } = targetEvents({ ledger: newEventId(), newEventId, newSalt });
    let commits = 0;
    const { seconds: taken } = await timed(async () => {
      for (const deadline = performance.now() + seconds * 1_000; performance.now() < deadline; commits += 1) {
        await store.append(withheld(commits), { expected: 'no_stream' });
      }
    });
    await store.close();
    return commits / taken;
  });
