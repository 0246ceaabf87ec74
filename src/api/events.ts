/** The log itself: events by position, one by its id, and the exact bytes that its hash is of. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type EventId, eventIdText } from '../domain/ids.ts';
import { entriesOf } from '../projections/entries.ts';
import { historyOf } from '../projections/histories.ts';
import { findPlace, type Place, type PlacedText, placesAfter, readPlace, readPlaces } from '../projections/log.ts';
import { headOf, notFound, pageQuery, pointOf, pointQuery, positionQuery, replies } from './query.ts';
import { canonicalReply, eventPage, eventReply } from './schemas/chronology.ts';
import type { Uses } from './uses.ts';

const JSON_TYPE = 'application/json; charset=utf-8';
/** The hash of an event: SHA-256 over its domain and its canonical bytes, in lower-case hex. */
export const EVENT_HASH_HEADER = 'ledger-event-hash';

/** A page of long events is short. */
const PAGE_TEXT_MAX = 8 * 1024 * 1024; // UTF-16 code units

const { cursor: _, ...unpaged } = pageQuery;
const eventPath = z.object({ id: eventIdText });

export const events: FastifyPluginAsyncZod<Uses> = async (app, uses) => {
  const querystring = z.strictObject({
    ...unpaged,
    after: positionQuery.default(0).meta({ description: 'The position after which the page begins' }),
  });
  const list = { operationId: 'listEvents', tags: ['events'], summary: 'Events in log order', querystring, response: replies(eventPage) };
  app.get('/v1/events', { schema: list }, async ({ query: { after, limit, ...point } }, reply) => {
    const knownAt = await pointOf(uses, point);
    const read = await readPlaces(uses.log, placesAfter(uses.model, { after, knownAt, limit }), PAGE_TEXT_MAX);
    const last = read.at(-1)?.position;
    const next = last !== undefined && last < knownAt ? last : null;
    if (next !== null)
      reply.header(
        'link',
        `</v1/events?${new URLSearchParams({ after: `${next}`, limit: `${limit}`, knownAt: `${knownAt}` })}>; rel="next"`,
      );
    const text = `${JSON.stringify(headOf(knownAt)).slice(0, -1)},"events":[${read.map(placedText).join(',')}],"next":${next}}`;
    return reply.type(JSON_TYPE).send(text);
  });

  const one = {
    operationId: 'getEvent',
    tags: ['events'],
    summary: 'An event, and whether it stands',
    params: eventPath,
    querystring: z.strictObject(pointQuery),
    response: replies(eventReply),
  };
  app.get('/v1/events/:id', { schema: one }, async ({ params, query }) => {
    const knownAt = await pointOf(uses, query);
    const place = placed(uses, params.id, knownAt);
    const { event, hash } = await readPlace(uses.log, place);
    const entry = entriesOf(await historyOf(uses.model, uses.log, place.stream, knownAt)).find(
      ({ position }) => position === place.position,
    );
    return { ...headOf(knownAt), event: { position: place.position, hash: hash.toHex(), envelope: event }, entry: entry ?? null };
  });

  const exact = {
    operationId: 'getCanonicalEvent',
    tags: ['events'],
    summary: 'The exact bytes of an event',
    params: eventPath,
    response: replies(canonicalReply),
  };
  app.get('/v1/events/:id/canonical', { schema: exact }, async ({ params }, reply) => {
    const { text, hash } = await readPlace(uses.log, placed(uses, params.id, Number.MAX_SAFE_INTEGER));
    // Bytes, not text: no charset is added to the type, and nothing is written anew.
    return reply.type('application/json').header(EVENT_HASH_HEADER, hash.toHex()).send(Buffer.from(text));
  });
};

/** Throws NOT_FOUND for what was not recorded by that position. */
const placed = ({ model }: Uses, id: EventId, knownAt: number): Place => {
  const place = findPlace(model, id);
  if (!place || place.position > knownAt) throw notFound();
  return place;
};

/** An event with its position and hash; its own text as it is stored. */
export const placedText = ({ position, sealed: { text, hash } }: PlacedText): string =>
  `{"position":${position},"hash":"${hash.toHex()}","envelope":${text}}`;
