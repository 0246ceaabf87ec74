/** One node: a public port, and behind it the gRPC services and the HTTP addresses. */
import { Server, ServerCredentials } from '@grpc/grpc-js';
import type { NodeContext } from './context.ts';
import { openFront } from './front.ts';
import { createHttp } from './http.ts';
import { featuresService, gossipService, streamsService } from './services.ts';
import { GossipService, ServerFeaturesService, StreamsService } from './wire.ts';

export type FakeNode = {
  readonly index: number;
  readonly address: string;
  readonly port: number;
  readonly alive: boolean;
  /** Resets every connection and closes the port. What was committed stays. */
  readonly kill: () => Promise<void>;
  /** Listens again on the same port, with an empty memory of recent events. */
  readonly restart: () => Promise<void>;
};

/** As the server sets it: what is asked beyond it waits for a call to end. */
const STREAMS_PER_CONNECTION_MAX = 100;
/** The wire takes larger requests than the server accepts, so that the refusal is the server's. */
const MESSAGE_BYTES_MAX = 32 * 2 ** 20;
const HOST = '127.0.0.1';

type Uses = { readonly port: number; readonly context: Omit<NodeContext, 'reset'> };

export const startNode = async ({ port, context: shared }: Uses): Promise<FakeNode & { readonly close: () => Promise<void> }> => {
  const { index, faults, log } = shared;
  const context: NodeContext = { ...shared, reset: (peer) => front.reset(peer) };

  const grpc = new Server({
    'grpc.max_concurrent_streams': STREAMS_PER_CONNECTION_MAX,
    'grpc.max_receive_message_length': MESSAGE_BYTES_MAX,
    'grpc.max_send_message_length': MESSAGE_BYTES_MAX,
    'grpc.enable_channelz': 0,
  });
  grpc.addService(StreamsService, streamsService(context));
  grpc.addService(GossipService, gossipService(context));
  grpc.addService(ServerFeaturesService, featuresService(context));
  const injector = grpc.createConnectionInjector(ServerCredentials.createInsecure());
  const http = createHttp(context);

  const front = await openFront({
    port,
    greet: () => faults.strike('connect', { node: index })?.do ?? 'serve',
    serveHttp1: (socket) => {
      http.emit('connection', socket);
      socket.resume();
    },
    serveHttp2: (socket) => injector.injectConnection(socket),
  });

  return {
    index,
    address: HOST,
    port: front.port,
    get alive() {
      return front.listening;
    },
    kill: front.kill,
    async restart() {
      await front.kill();
      log.forgetRecent();
      await front.listen();
    },
    async close() {
      await front.kill();
      injector.destroy();
      grpc.forceShutdown();
      http.close();
    },
  };
};
