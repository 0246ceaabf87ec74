/** The log as server-sent events: each with its position as id, so that a reader who was cut off goes on where it was. */
import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Caller } from '../application/access.ts';
import { placesAfter, readPlaces } from '../projections/log.ts';
import { positionOf } from '../projections/progress.ts';
import { placedText } from './events.ts';
import { problem, Refused } from './problems.ts';
import { positionQuery, queryInvalid, replies } from './query.ts';
import { streamReply } from './schemas/chronology.ts';
import type { Uses } from './uses.ts';

/** Each holds a connection and what its reader has not taken yet. */
export const STREAMS_MAX = 100;
const EVENTS_PER_CHUNK = 100;
const CHUNK_TEXT_MAX = 256 * 1024; // no more than this is held for each reader, and an event beyond it
const HEARTBEAT_MS = 15_000; // shorter than what proxies commonly allow a connection to be silent
const CALLER_POLL_MS = 500; // a token that was revoked, or has run out, ends its streams within a second
const LAST_EVENT_ID = /^\d{1,15}$/;

export const eventStream: FastifyPluginAsyncZod<Uses> = async (app, uses) => {
  const open = new Set<AbortController>();
  app.addHook('preClose', async () => {
    for (const stream of open) stream.abort();
  });

  const querystring = z.strictObject({
    after: positionQuery.optional().meta({ description: 'The position after which the stream begins; by default the last one' }),
  });
  const headers = z.looseObject({ 'last-event-id': z.string().optional() });
  const schema = {
    operationId: 'streamEvents',
    tags: ['events'],
    summary: 'Events as they are recorded, as server-sent events',
    querystring,
    headers,
    response: replies(streamReply),
  };
  app.get('/v1/events/stream', { schema }, async (request, reply) => {
    const head = positionOf(uses.model);
    const after = startOf(request.headers['last-event-id'], request.query.after) ?? head;
    if (after > head) throw queryInvalid('after', 'beyond the head of the log: events up to there would be missed', { head });
    if (open.size >= STREAMS_MAX) throw new Refused(problem('RATE_LIMITED', [], { streamsMax: STREAMS_MAX }), { 'retry-after': '10' });
    const stream = new AbortController();
    open.add(stream);
    const { isStillIn } = request.caller;
    const watch = setInterval(() => isStillIn() || stream.abort(), CALLER_POLL_MS);
    request.raw.once('close', () => stream.abort());
    reply.raw.once('close', () => stream.abort());
    stream.signal.addEventListener('abort', () => {
      open.delete(stream);
      clearInterval(watch);
    });
    // One chunk ahead: what a slow reader has not taken is not read from the log either.
    const body = Readable.from(chunksOf(uses, after, { signal: stream.signal, isStillIn }), { objectMode: true, highWaterMark: 1 });
    return reply.headers({ 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' }).send(body);
  });
};

/** What a reader that was cut off has seen last goes before what it first asked for. */
const startOf = (lastEventId: string | undefined, after: number | undefined): number | undefined => {
  if (lastEventId === undefined) return after;
  if (!LAST_EVENT_ID.test(lastEventId)) throw queryInvalid('last-event-id', 'a position');
  return Number(lastEventId);
};

type Reader = { readonly signal: AbortSignal } & Pick<Caller, 'isStillIn'>;

/** Events after a position as they come, and a comment whenever there was none for a while; ends when told to. */
const chunksOf = async function* (uses: Uses, start: number, { signal, isStillIn }: Reader): AsyncGenerator<string> {
  let after = start;
  yield ': the ledger\n\n'; // sends the headers at once
  while (!signal.aborted && isStillIn()) {
    const places = placesAfter(uses.model, { after, knownAt: Number.MAX_SAFE_INTEGER, limit: EVENTS_PER_CHUNK });
    if (places.length > 0) {
      const events = await readPlaces(uses.log, places, CHUNK_TEXT_MAX);
      yield events.map((event) => `id: ${event.position}\ndata: ${placedText(event)}\n\n`).join('');
      after = events.at(-1)?.position ?? after;
    } else if (!(await movedBeyond(uses, after, signal))) {
      yield ': still here\n\n';
    }
  }
};

/** Resolves true as soon as the read model is beyond a position, or the stream ends; false after a while of nothing. */
const movedBeyond = ({ model, onMoved }: Uses, position: number, signal: AbortSignal): Promise<boolean> =>
  new Promise((resolve) => {
    const settle = (moved: boolean): void => {
      clearTimeout(timer);
      stopListening();
      signal.removeEventListener('abort', ended);
      resolve(moved);
    };
    const ended = (): void => settle(true);
    const timer = setTimeout(() => settle(false), HEARTBEAT_MS);
    const stopListening = onMoved((head) => head > position && settle(true));
    signal.addEventListener('abort', ended);
    // It may have moved between the look and the listening.
    if (signal.aborted || positionOf(model) > position) settle(true);
  });
