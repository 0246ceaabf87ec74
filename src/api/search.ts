/** "Where does this name stand?": targets by name, events by their words, anything by its id. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { eventIdText, evidenceIdText, splitStream } from '../domain/ids.ts';
import { streamsWithId } from '../projections/dictionaries.ts';
import { findPlace, placesAfter } from '../projections/log.ts';
import { NOT_SEARCHED_WORDS, SEARCHED_WORDS } from '../wording/searched.ts';
import { headOf, pointOf, pointQuery, replies } from './query.ts';
import { searchReply } from './schemas/search.ts';
import { JSON_TYPE, spliced } from './spliced.ts';
import type { Uses } from './uses.ts';

const WORDS_LENGTH_MIN = 2;
const WORDS_LENGTH_MAX = 200;
const FOUND_MAX = 50;
const SCOPE = { searched: SEARCHED_WORDS, notSearched: NOT_SEARCHED_WORDS };
const querystring = z.strictObject({
  ...pointQuery,
  words: z.string().trim().min(WORDS_LENGTH_MIN).max(WORDS_LENGTH_MAX).meta({ description: 'Part of a name, words, or a whole id' }),
});

export const search: FastifyPluginAsyncZod<Uses> = async (app, uses) => {
  const schema = {
    operationId: 'search',
    tags: ['events'],
    summary: 'Find targets by name, events about no one target by their words, anything by its id',
    description: `Goes through ${SEARCHED_WORDS}. Not searched are ${NOT_SEARCHED_WORDS}.`,
    querystring,
    response: replies(searchReply),
  };
  app.get('/v1/search', { schema }, async ({ query }, reply) => {
    const knownAt = await pointOf(uses, query);
    const { words } = query;
    const text = await uses.answers.search({ words, knownAt, limit: FOUND_MAX });
    return reply.type(JSON_TYPE).send(spliced({ ...headOf(knownAt), words, ...SCOPE, named: namedBy(uses, words, knownAt) }, text));
  });
};

const POSITION = /^\d{1,15}$/;

type Named = z.infer<typeof searchReply>['named'];

const namedBy = ({ model }: Uses, words: string, knownAt: number): Named => {
  const id = words.toLowerCase();
  if (POSITION.test(id)) {
    const [place] = Number(id) === 0 ? [] : placesAfter(model, { after: Number(id) - 1, knownAt, limit: 1 });
    return place ? [{ is: 'event', id: place.id }] : [];
  }
  const uuid = eventIdText.safeParse(id);
  if (!uuid.success && !evidenceIdText.safeParse(id).success) return [];
  const streams = streamsWithId(model, id, knownAt).map((name) => splitStream(name));
  const place = uuid.success ? findPlace(model, uuid.data) : undefined;
  return [
    ...streams.map(({ category, id: named }) => ({ is: category, id: named })),
    ...(place && place.position <= knownAt ? [{ is: 'event' as const, id: place.id }] : []),
  ];
};
