/** A real ledger in a folder of its own, behind a real server: what a request meets is what it meets in production, threads apart. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { createServer } from '../../src/api/server.ts';
import type { Uses } from '../../src/api/uses.ts';
import type { Access } from '../../src/application/access.ts';
import type { Clock } from '../../src/application/clock.ts';
import { composeLedger } from '../../src/compose.ts';
import { engineOf } from './engine.ts';

export type Reply = { readonly status: number; readonly headers: { readonly [header: string]: unknown }; readonly body: Body };
/** JSON as it came: a test asserts what it holds. */
// biome-ignore lint/suspicious/noExplicitAny: the body is what is under test.
export type Body = any;

export type TestLedger = {
  readonly uses: Uses;
  readonly app: FastifyInstance;
  readonly get: (url: string) => Promise<Reply>;
  readonly post: (url: string, body: unknown, headers?: { readonly [header: string]: string }) => Promise<Reply>;
  readonly postForm: (url: string, form: FormData, headers?: { readonly [header: string]: string }) => Promise<Reply>;
  /** Where it keeps its data. */
  readonly folder: string;
  /** How many events the log holds: all that came before are reflected, since writes wait for it. */
  readonly position: () => Promise<number>;
  readonly close: () => Promise<void>;
};

export type TestLedgerOptions = {
  readonly clock?: Clock;
  readonly access?: Access;
  /** As it is served; otherwise all in this thread. */
  readonly threads?: boolean;
  /** Puts another part in the place of a real one: for failures that no disk makes to order. */
  readonly uses?: (uses: Uses) => Uses;
};

export const openTestLedger = async (options: TestLedgerOptions = {}): Promise<TestLedger> => {
  const { clock, access, threads = false, uses: replaced = (uses) => uses } = options;
  const folder = await mkdtemp(join(tmpdir(), 'ledger-api-'));
  const ledger = await composeLedger({
    ...{ folder, engine: engineOf(folder), name: 'test', recordedBy: 'local:test', threads },
    ...(clock && { clock }),
    ...(access && { access }),
  });
  const app = await createServer(replaced(ledger.uses), { logLevel: 'silent' });
  const reply = ({
    statusCode,
    headers,
    body,
  }: {
    readonly statusCode: number;
    readonly headers: object;
    readonly body: string;
  }): Reply => ({
    status: statusCode,
    headers: { ...headers },
    body: isJson(headers) ? JSON.parse(body) : body,
  });
  return {
    uses: ledger.uses,
    app,
    get: async (url) => reply(await app.inject({ method: 'GET', url })),
    post: async (url, body, headers = {}) =>
      reply(
        await app.inject({
          method: 'POST',
          url,
          headers: { 'content-type': 'application/json', ...headers },
          payload: JSON.stringify(body),
        }),
      ),
    postForm: async (url, form, headers = {}) => {
      const sent = new Response(form);
      const type = { 'content-type': sent.headers.get('content-type') ?? '' };
      const payload = Buffer.from(await sent.arrayBuffer());
      return reply(await app.inject({ method: 'POST', url, headers: { ...type, ...headers }, payload }));
    },
    folder,
    position: async () => (await reply(await app.inject('/health/ready'))).body.position,
    async close() {
      await app.close();
      await ledger.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** One document: lines of JSON are text. */
const isJson = (headers: object): boolean => 'content-type' in headers && /[/+]json\b/.test(String(headers['content-type']));
