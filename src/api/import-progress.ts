/** An answer that tells, line by line, how far the work has come, and ends with what it came to: for whoever waits long and asks for it. */
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemOfError } from './error-problems.ts';

/** Of the bytes that are to be read in all. */
export type Progress = { readonly bytes: number; readonly bytesTotal: number; readonly rows: number };
export type OnProgress = (progress: Progress) => void;

const MEDIA_TYPE = 'application/x-ndjson';
const LINE_EVERY_MS = 200;

export const wantsProgress = ({ headers }: FastifyRequest): boolean => headers.accept?.includes(MEDIA_TYPE) ?? false;

/** Lines of JSON: `{"progress": …}` as often as it is worth it, then one `{"result": …}` or `{"problem": …}`. */
export const answerWithProgress = (
  request: FastifyRequest,
  reply: FastifyReply,
  work: (onProgress: OnProgress) => Promise<object>,
): FastifyReply => {
  const lines = new Readable({ read() {} });
  const say = (line: object): void => void lines.push(`${JSON.stringify(line)}\n`);
  let said = Number.NEGATIVE_INFINITY; // the first at once: whoever waits sees that it has begun
  const onProgress = (progress: Progress): void => {
    if (performance.now() - said < LINE_EVERY_MS) return;
    said = performance.now();
    say({ progress });
  };
  work(onProgress)
    .then(
      (result) => say({ result }),
      (error: unknown) => say({ problem: problemOfError(error, request, reply).problem }),
    )
    .finally(() => lines.push(null));
  return reply.type(MEDIA_TYPE).send(lines);
};
