/** A ledger in a folder of its own that a server in this process holds, with its clock: what is typed is answered by it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { expect } from 'vitest';
import { createServer } from '../../src/api/server.ts';
import { type Clock, systemClock } from '../../src/application/clock.ts';
import { writeServerFile } from '../../src/cli/server-file.ts';
import { composeLedger } from '../../src/compose.ts';
import { ledger as typed } from '../cli/typed.ts';
import { engineOf } from './engine.ts';
import type { Body } from './ledger.ts';

export type ServedLedger = {
  readonly folder: string;
  readonly app: FastifyInstance;
  readonly post: (url: string, body: object, headers?: { readonly [header: string]: string }) => Promise<Body>;
  readonly get: (url: string) => Promise<Body>;
  /** What a command prints as JSON. */
  readonly typed: (...args: readonly string[]) => Promise<Body>;
  readonly close: () => Promise<void>;
};

export const openServedLedger = async (clock: Clock = systemClock): Promise<ServedLedger> => {
  const folder = await mkdtemp(join(tmpdir(), 'ledger-served-'));
  const composed = await composeLedger({
    folder,
    engine: engineOf(folder),
    name: 'served',
    recordedBy: 'local:test',
    threads: false,
    clock,
  });
  const app = await createServer(composed.uses, { logLevel: 'silent' });
  writeServerFile(folder, { url: await app.listen({ host: '127.0.0.1', port: 0 }), pid: process.pid });
  return {
    folder,
    app,
    async post(url, body, headers = {}) {
      const all = { 'content-type': 'application/json', ...headers };
      const reply = await app.inject({ method: 'POST', url, headers: all, payload: JSON.stringify(body) });
      expect(reply.statusCode, reply.body).toBeLessThan(300);
      return reply.json();
    },
    async get(url) {
      const reply = await app.inject(url);
      expect(reply.statusCode, reply.body).toBe(200);
      return reply.json();
    },
    async typed(...args) {
      const { code, out, err } = await typed(...args, '--json', '--data', folder);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      return JSON.parse(out);
    },
    async close() {
      await app.close();
      await composed.close();
      await rm(folder, { recursive: true });
    },
  };
};
