/** A server of a data folder: opened, announced in `server.json`, and closed in the order in which nothing is lost. */
import { once } from 'node:events';
import { type AddressInfo, createServer as createListener } from 'node:net';
import { createServer } from '../api/server.ts';
import type { Access } from '../application/access.ts';
import { type ComposedLedger, composeLedger } from '../compose.ts';
import { assertMayListen, type Config } from '../config.ts';
import { safe } from '../wording/text.ts';
import { isAnswering } from './client.ts';
import { readServerFile, removeServerFile, type ServerFile, writeServerFile } from './server-file.ts';
import { EXIT, Stopped } from './stopped.ts';
import { codeOf, storeFailure } from './store-failure.ts';
import { accessOf } from './token-access.ts';

export type RunningServer = ServerFile & {
  /** Ends what is under way, then the files. */
  readonly close: () => Promise<void>;
};

/**
 * `onNote` hears of what is odd and no reason to stop. Throws ConfigInvalid for an address on which nobody would be asked who he is.
 */
export const startServer = async (config: Config, onNote: (note: string) => void): Promise<RunningServer> => {
  const access = accessOf(config);
  assertMayListen(config, access.hasTokenInForce());
  await assertCanListen(config);
  const ledger = await opened(config, access, onNote);
  try {
    const app = await createServer(ledger.uses);
    await app.listen({ host: config.host, port: config.port });
    const server = { url: addressOf(app.server.address(), config.host), pid: process.pid };
    writeServerFile(config.folder, server);
    return {
      ...server,
      async close() {
        removeServerFile(config.folder, server.pid);
        await app.close();
        await ledger.close();
      },
    };
  } catch (error) {
    await ledger.close();
    throw notListening(error, config) ?? storeFailure(error, config)?.stopped ?? error;
  }
};

/** Asked before a folder is made or a ledger opened, which stays: nothing is to come of a start that is refused. */
const assertCanListen = async (config: Config): Promise<void> => {
  const { folder, host, port } = config;
  const listener = createListener();
  try {
    await once(listener.listen({ host, port }), 'listening');
    await new Promise((resolve) => listener.close(resolve));
  } catch (error) {
    const server = readServerFile(folder);
    if (server && (await isAnswering(server))) return; // the folder is taken too, and that is what is said
    throw notListening(error, config) ?? error;
  }
};

const opened = async (config: Config, access: Access, onNote: (note: string) => void): Promise<ComposedLedger> => {
  const { folder, engine, name, recordedBy, rules } = config;
  try {
    return await composeLedger({ folder, engine, name, recordedBy, access, rules, onNote, threads: true });
  } catch (error) {
    const failure = storeFailure(error, config);
    const server = failure?.isLease ? readServerFile(folder) : undefined;
    if (server && (await isAnswering(server))) {
      throw new Stopped(
        EXIT.refused,
        `A server for ${safe(folder)} runs already: ${safe(server.url)} (process ${server.pid}). Use it, or stop it first.`,
      );
    }
    throw failure?.stopped ?? error;
  }
};

/** Where it is reached from this machine: "every address" is none to be called. */
const addressOf = (bound: AddressInfo | string | null, named: string): string => {
  const { address = '', port = 0 } = typeof bound === 'object' ? (bound ?? {}) : {};
  const host = CALLED.get(address) ?? named;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
};

const CALLED: ReadonlyMap<string, string> = new Map([
  ['0.0.0.0', '127.0.0.1'],
  ['::', '::1'],
]);

const notListening = (error: unknown, { host, port }: Config): Stopped | undefined => {
  const refused = (message: string): Stopped => new Stopped(EXIT.refused, message, { cause: error });
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return refused(`Port ${port} of ${safe(host)} is taken. Stop what uses it, or name another with --port (0 takes a free one).`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return refused(`${safe(host)} is no address of this machine. Name one that is with --host, such as 127.0.0.1.`);
    case 'EACCES':
      return refused(`This user may not listen on port ${port}. Name one above 1023 with --port.`);
    default:
      return undefined;
  }
};
