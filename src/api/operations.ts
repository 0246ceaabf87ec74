/** For whoever runs the ledger: is it alive, is it ready, what has it done. No label holds anything about a person. */
import type { FastifyInstance } from 'fastify';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { alarmsOf, type Cluster, type ClusterHealth } from '../application/cluster-health.ts';
import type { Record } from '../application/record.ts';
import { storeCorruptionIn } from '../application/store-failure.ts';
import { LEDGER_STREAM } from '../domain/ids.ts';
import { positionOf } from '../projections/progress.ts';
import { problem, Refused } from './problems.ts';
import type { Uses } from './uses.ts';

const DURATION_BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export const healthRoutes = (app: FastifyInstance, { log, model, isFollowing, whyStopped, cluster }: Uses): void => {
  app.get('/health/live', { schema: { hide: true } }, async () => ({ status: 'live' }));
  app.get('/health/ready', { schema: { hide: true } }, async () => {
    await log.readStream(LEDGER_STREAM, { from: 0, limit: 1 });
    if (!isFollowing())
      throw new Refused(problem('UNAVAILABLE', [], { reason: 'read_model_stopped', ...eventIn(whyStopped()) }), { 'retry-after': '30' });
    return { status: 'ready', position: positionOf(model), ...(cluster && { alarms: alarmsOf(cluster, Date.now()) }) };
  });
};

/** The event at which the read model stopped, if it was one. */
const eventIn = (why: unknown): object => {
  const failure = storeCorruptionIn(why);
  return failure ? { stream: failure.stream, revision: failure.revision } : {};
};

/** Serves /metrics, and returns the recorder that counts what it records. Each server has its own registry. */
export const metricsRoute = (app: FastifyInstance, { model, record, cluster }: Uses): Record => {
  const registry = new Registry();
  const registers = [registry];
  const durations = new Histogram({
    name: 'ledger_http_request_duration_seconds',
    help: 'Time from a request to the end of its reply',
    labelNames: ['method', 'route', 'status'],
    buckets: DURATION_BUCKETS_SECONDS,
    registers,
  });
  const commands = new Counter({
    name: 'ledger_commands_total',
    help: 'Commands by type of event and outcome',
    labelNames: ['type', 'outcome'],
    registers,
  });
  new Gauge({
    name: 'ledger_position',
    help: "How many of the log's events the read model reflects",
    registers,
    collect() {
      this.set(positionOf(model));
    },
  });
  if (cluster) clusterMetrics(registers, cluster);
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unmatched';
    durations.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1_000);
  });
  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );

  const counted = <O extends { readonly kind: string }>(type: string, outcome: O): O => {
    commands.inc({ type, outcome: outcome.kind });
    return outcome;
  };
  return {
    one: async (command, options) => counted(command.type, await record.one(command, options)),
    rows: async (rows, options) => {
      const outcomes = await record.rows(rows, options);
      return outcomes.map((outcome, row) => counted(rows[row]?.type ?? '', outcome));
    },
    fact: async (fact, options) => counted(fact.command.type, await record.fact(fact, options)),
  };
};

/** Each thread has a connection of its own. What only the thread that serves can tell has no label. */
const clusterMetrics = (registers: Registry[], cluster: Cluster): void => {
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  };
  const ofEachThread = (name: string, help: string, read: (health: ClusterHealth) => number): void => {
    new Gauge({
      name,
      help,
      labelNames: ['thread'],
      registers,
      collect() {
        for (const { thread, health } of cluster.health()) this.set({ thread }, read(health));
      },
    });
  };
  const sum = (read: (health: ClusterHealth) => number): number => cluster.health().reduce((all, { health }) => all + read(health), 0);
  ofEachThread(
    'ledger_cluster_answered_seconds',
    'When the cluster last answered a call, in seconds since 1970; 0 before the first',
    ({ answeredAt }) => (answeredAt ?? 0) / 1_000,
  );
  ofEachThread('ledger_cluster_calls_in_flight', 'Calls to the cluster that wait for an answer', ({ inFlight }) => inFlight);
  ofEachThread('ledger_cluster_clients_renewed', 'How often a client was given up and made anew', ({ renewals }) => renewals);
  new Gauge({
    name: 'ledger_cluster_retries',
    help: 'Calls to the cluster that were tried again, by what had failed',
    labelNames: ['failure', 'thread'],
    registers,
    collect() {
      for (const { thread, health } of cluster.health())
        for (const [failure, count] of Object.entries(health.retries)) this.set({ failure, thread }, count);
    },
  });
  gauge('ledger_cluster_outcomes_unknown', 'Appends of which it could not be told whether they are stored', () =>
    sum(({ outcomesUnknown }) => outcomesUnknown),
  );
  gauge('ledger_cluster_streams_tampered', 'Streams whose metadata somebody set, or that somebody deleted', () =>
    sum(({ tampered }) => tampered.length),
  );
  gauge(
    'ledger_read_model_head_seen_seconds',
    'When the read model was last seen to reflect all of the log, in seconds since 1970; 0 before the first time',
    () => (cluster.headSeenAt() ?? 0) / 1_000,
  );
  const appends = new Histogram({
    name: 'ledger_cluster_append_seconds',
    help: 'Time from an append to what became of it, all tries included: STORED, or the code of the error',
    labelNames: ['outcome'],
    buckets: DURATION_BUCKETS_SECONDS,
    registers,
  });
  cluster.onAppendSettled(({ outcome, ms }) => appends.observe({ outcome }, ms / 1_000));
};
