/** For whoever runs the ledger: is it alive, is it ready, what has it done. No label holds anything about a person. */
import type { FastifyInstance } from 'fastify';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Outcome } from '../application/execute.ts';
import type { Record } from '../application/record.ts';
import { LEDGER_STREAM } from '../domain/ids.ts';
import { positionOf } from '../projections/progress.ts';
import { problem, Refused } from './problems.ts';
import type { Uses } from './uses.ts';

const DURATION_BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export const healthRoutes = (app: FastifyInstance, { log, model, isFollowing }: Uses): void => {
  app.get('/health/live', { schema: { hide: true } }, async () => ({ status: 'live' }));
  app.get('/health/ready', { schema: { hide: true } }, async () => {
    await log.readStream(LEDGER_STREAM, { from: 0, limit: 1 });
    if (!isFollowing()) throw new Refused(problem('UNAVAILABLE', [], { reason: 'read_model_stopped' }), { 'retry-after': '30' });
    return { status: 'ready', position: positionOf(model) };
  });
};

/** Serves /metrics, and returns the recorder that counts what it records. Each server has its own registry. */
export const metricsRoute = (app: FastifyInstance, { model, record }: Uses): Record => {
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
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unmatched';
    durations.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1_000);
  });
  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );

  const counted = <O extends Outcome>(type: string, outcome: O): O => {
    commands.inc({ type, outcome: outcome.kind });
    return outcome;
  };
  return {
    one: async (command, options) => counted(command.type, await record.one(command, options)),
    rows: async (rows, options) => {
      const outcomes = await record.rows(rows, options);
      return outcomes.map((outcome, row) => counted(rows[row]?.type ?? '', outcome));
    },
  };
};
