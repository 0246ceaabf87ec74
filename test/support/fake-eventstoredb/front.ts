/**
 * What listens on a node's public port. The client speaks HTTP/2 there and the start-up checks HTTP/1.1, so the first bytes decide who serves a
 * connection. It holds every socket, so that a test can cut one, all of them, or leave them without an answer.
 */
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

export type Front = {
  readonly port: number;
  readonly listening: boolean;
  /** Destroys, with a reset, the connection that came from this address. */
  readonly reset: (peer: string) => void;
  /** Resets every connection, and lets none in until `listen`. */
  readonly kill: () => Promise<void>;
  readonly listen: () => Promise<void>;
};

type Uses = {
  /** Where to listen; 0 for a free port. */
  readonly port: number;
  readonly greet: () => 'serve' | 'silent' | 'reset';
  readonly serveHttp1: (socket: Socket) => void;
  readonly serveHttp2: (socket: Socket) => void;
};

/** HTTP/2 begins with `PRI * HTTP/2.0`, and no method of HTTP/1.1 begins so. */
const PREFACE = 'PRI';
const HOST = '127.0.0.1';

export const openFront = async (uses: Uses): Promise<Front> => {
  const sockets = new Map<string, Socket>();

  const admit = (socket: Socket): void => {
    const peer = `${socket.remoteAddress}:${socket.remotePort}`;
    sockets.set(peer, socket);
    socket.on('close', () => sockets.delete(peer));
    socket.on('error', () => {}); // a reset is what the test asked for, or the client's own business
    const greeting = uses.greet();
    if (greeting === 'reset') socket.resetAndDestroy();
    if (greeting === 'serve') tellApart(socket, uses);
  };

  const server = createServer({ noDelay: true }, admit);
  let { port } = uses;

  const listen = async (): Promise<void> => {
    server.listen(port, HOST);
    await once(server, 'listening');
    const address = server.address();
    if (address !== null && typeof address === 'object') port = address.port;
  };
  await listen();

  return {
    get port() {
      return port;
    },
    get listening() {
      return server.listening;
    },
    reset: (peer) => void sockets.get(peer)?.resetAndDestroy(),
    async kill() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets.values()) socket.resetAndDestroy();
      await closed;
    },
    listen,
  };
};

const tellApart = (socket: Socket, { serveHttp1, serveHttp2 }: Uses): void => {
  let head = Buffer.alloc(0);
  const look = (chunk: Buffer): void => {
    head = Buffer.concat([head, chunk]);
    if (head.length < PREFACE.length) return;
    socket.off('data', look);
    socket.pause();
    socket.unshift(head);
    if (head.subarray(0, PREFACE.length).toString('latin1') === PREFACE) serveHttp2(socket);
    else serveHttp1(socket);
  };
  socket.on('data', look);
};
