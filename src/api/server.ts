/** The HTTP server: what holds for every route, and the list of the routes. */
import fastifyHelmet from '@fastify/helmet';
import fastifySwagger from '@fastify/swagger';
import fastifySwaggerUi from '@fastify/swagger-ui';
import { type FastifyInstance, type FastifyRequest, fastify, LogController } from 'fastify';
import { z } from 'zod';
import { parseStrictJson } from '../domain/strict-json.ts';
import { actionWrites } from './actions.ts';
import { type Admit, admission, askWhoCalls } from './callers.ts';
import { caseWrites } from './cases.ts';
import { claimWrites } from './claims.ts';
import { correctionWrites } from './corrections.ts';
import { coverageWrites } from './coverage.ts';
import { answerError, PartInvalid, sendProblem } from './error-problems.ts';
import { evidenceWrites } from './evidence.ts';
import { importWrites } from './imports.ts';
import { listingWrites } from './listings.ts';
import { meetingWrites } from './meetings.ts';
import { moveWrites } from './moves.ts';
import { openapiOptions } from './openapi.ts';
import { healthRoutes, metricsRoute } from './operations.ts';
import { orderWrites } from './orders.ts';
import { problemPages } from './problem-pages.ts';
import { problem, Refused } from './problems.ts';
import { readRoutes } from './read-routes.ts';
import { statementWrites } from './statements.ts';
import type { Uses } from './uses.ts';
import { isForPeople, PAGE_FOLDER, webPage } from './web-page.ts';

export const BODY_BYTES_MAX = 256 * 1024;
const REQUEST_TIMEOUT_MS = 60_000; // to receive a request, so that a slow sender holds no connection for ever
const NOT_FOUND = 404;
const PARAM_LENGTH_MAX = 200; // characters; the longest name of a stream

export type ServerOptions = {
  /** Of what is written to standard error: by default only what went wrong. */
  readonly logLevel?: 'info' | 'warn' | 'silent';
  /** Where the built page is. */
  readonly pageFolder?: string;
};

type Resource = (app: FastifyInstance, uses: Uses) => void | Promise<void>;
const RESOURCES: readonly Resource[] = [
  caseWrites,
  orderWrites,
  listingWrites,
  coverageWrites,
  actionWrites,
  meetingWrites,
  statementWrites,
  claimWrites,
  evidenceWrites,
  importWrites,
  correctionWrites,
  moveWrites,
];

export const createServer = async (
  uses: Uses,
  { logLevel = 'warn', pageFolder = PAGE_FOLDER }: ServerOptions = {},
): Promise<FastifyInstance> => {
  const admitting = admission(uses.access);
  const app = fastify({
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { maxParamLength: PARAM_LENGTH_MAX },
    forceCloseConnections: 'idle', // closing waits for requests under way, not for clients that only keep a connection
    logController: new LogController({ disableRequestLogging: true }), // its lines hold whole addresses, and so handles
    logger: { level: logLevel, stream: process.stderr },
    frameworkErrors: (error, request, reply) => {
      const refused = refusalBy(admitting.admit, request);
      if (refused !== undefined || !isForPeople(request)) answerError(refused ?? error, request, reply);
      else page.sendPage(reply, NOT_FOUND);
    },
  });
  app.setErrorHandler(answerError);
  app.setValidatorCompiler<unknown>(({ schema, httpPart }) => validatorOf(schema, httpPart ?? ''));
  // Never refuses: a reply that its own schema refused would be an error after the commit. Tests hold replies to their schemas.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  readJsonOnly(app);
  endConnectionsOnClose(app);
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request;
    request.log.info({ method, route: routeOptions.url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'request answered');
  });
  await app.register(fastifyHelmet, { contentSecurityPolicy: { useDefaults: false, directives: CONTENT_SECURITY_POLICY }, hsts: false });
  askWhoCalls(app, admitting); // behind the headers that every answer carries, before all else
  await app.register(fastifySwagger, openapiOptions);
  const methods = methodsByPath(app);
  const page = await webPage(app, pageFolder);
  const record = metricsRoute(app, uses);
  await app.register(async (scope) => {
    for (const resource of RESOURCES) await resource(scope, { ...uses, record });
    for (const reads of readRoutes) await scope.register(reads, uses);
  });
  healthRoutes(app, uses);
  problemPages(app);
  app.setNotFoundHandler((request, reply) =>
    isForPeople(request) ? page.sendPage(reply, NOT_FOUND) : sendProblem(reply, problem('NOT_FOUND')),
  );
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  refuseOtherMethods(app, methods);
  await app.register(fastifySwaggerUi, { routePrefix: '/docs', theme: { title: 'Enforcement Ledger' }, uiConfig: { validatorUrl: null } });
  await app.ready();
  return app;
};

/** Nothing from elsewhere, nothing inline. Without `upgrade-insecure-requests`: on loopback there is no TLS to go up to. */
const CONTENT_SECURITY_POLICY = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
};

const validatorOf = (schema: unknown, part: string) => (data: unknown) => {
  if (!(schema instanceof z.ZodType)) throw new TypeError(`a schema of ${part} that is not zod's`);
  const parsed = schema.safeParse(data);
  return parsed.success ? { value: parsed.data } : { error: new PartInvalid(part, parsed.error.issues) };
};

const OTHER_CHARSET = /;\s*charset\s*=(?!\s*"?utf-?8"?\s*(?:;|$))/i;

const readJsonOnly = (app: FastifyInstance): void => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async ({ headers }: FastifyRequest, body: Buffer) => {
    const isEncoded = (headers['content-encoding'] ?? 'identity') !== 'identity';
    if (isEncoded || OTHER_CHARSET.test(headers['content-type'] ?? '')) throw new Refused(problem('MEDIA_TYPE_UNSUPPORTED'));
    return parseStrictJson(body);
  });
};

/** Idle connections are closed when closing begins; one that is answered later would stay open as long as its client likes. */
const endConnectionsOnClose = (app: FastifyInstance): void => {
  let isClosing = false;
  app.addHook('preClose', async () => {
    isClosing = true;
  });
  app.addHook('onSend', async (_request, reply) => {
    if (isClosing) reply.header('connection', 'close');
  });
};

/** Hooks do not see requests whose address cannot be read. */
const refusalBy = (admit: Admit, request: FastifyRequest): unknown => {
  try {
    admit(request);
    return undefined;
  } catch (refused) {
    return refused;
  }
};

type MethodsByPath = ReadonlyMap<string, ReadonlySet<string>>;

const methodsByPath = (app: FastifyInstance): MethodsByPath => {
  const methods = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    const known = methods.get(url) ?? new Set();
    for (const one of [method].flat()) known.add(one);
    methods.set(url, known);
  });
  return methods;
};

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Before anything of the body is read. */
const refuseOtherMethods = (app: FastifyInstance, methods: MethodsByPath): void => {
  for (const [url, known] of [...methods]) {
    const allow = [...known].join(', ');
    const refuse = async (): Promise<void> => {
      throw new Refused(problem('METHOD_NOT_ALLOWED'), { allow });
    };
    app.route({ url, method: METHODS.filter((method) => !known.has(method)), schema: { hide: true }, onRequest: refuse, handler: refuse });
  }
};
