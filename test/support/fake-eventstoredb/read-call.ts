/** The server's end of one `Read`: writing with regard to the reader's pace, and ending. */
import type { ServerWritableStream } from '@grpc/grpc-js';
import type { Refusal } from './refusals.ts';
import type { ReadReqMessage, ReadRespMessage } from './wire.ts';

export type ReadCall = ServerWritableStream<ReadReqMessage, ReadRespMessage>;

const ROOM_OR_END = ['drain', 'cancelled', 'close', 'error'];

/** Writes, and waits until there is room for more. `false` where nobody listens any more. */
export const send = async (call: ReadCall, message: ReadRespMessage): Promise<boolean> => {
  if (isOver(call)) return false;
  if (!call.write(message)) {
    await new Promise<void>((resolve) => {
      const go = (): void => {
        for (const event of ROOM_OR_END) call.off(event, go);
        resolve();
      };
      for (const event of ROOM_OR_END) call.on(event, go);
    });
  }
  return !isOver(call);
};

export const refuse = (call: ReadCall, refusal: Refusal): void => {
  if (!isOver(call)) call.emit('error', refusal);
};

/** Runs once what was written has left. (`drain` comes only after a write that found no room.) */
export const afterFlush = (call: ReadCall, run: () => void): void => {
  setImmediate(() => {
    if (call.writableLength === 0 || isOver(call)) setImmediate(run);
    else afterFlush(call, run);
  });
};

export const requiresLeader = ({ metadata }: ReadCall): boolean => metadata.get('requires-leader')[0] === 'true';

const isOver = (call: ReadCall): boolean => call.cancelled || call.writableEnded || call.destroyed;
