/** Routes that take one command, made from the rows of a table: a resource's file says which. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { RowOutcome } from '../application/record.ts';
import { commandAsked, followingBody, type OpeningCategory, openingBody } from '../domain/asking.ts';
import type { Command } from '../domain/command.ts';
import type { EventType } from '../domain/event-type.ts';
import { type CommandId, parseStreamName, splitStream, uuidText } from '../domain/ids.ts';
import type { JsonObject } from '../domain/json.ts';
import { refuseBatchOfImport } from './batch-of-import.ts';
import { problem, Refused } from './problems.ts';
import type { Uses } from './uses.ts';
import {
  answerCommand,
  commandHeaders,
  commandIdOf,
  commandReplies,
  expectedRevisionOf,
  jsonObject,
  problemReplies,
} from './write-replies.ts';

type Described = {
  readonly url: string;
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  /** A body that is accepted as it stands, if what it names is there. */
  readonly example: JsonObject;
};
export type OpeningRoute = Described & { readonly category: OpeningCategory; readonly type: EventType };
/** `named` says where the request names the stream, which something else has opened. */
export type FollowingRoute = OpeningRoute & { readonly named: 'in_path' | 'in_body' };

/** A route that opens a stream. Its id is given, or follows from what another system calls it, or from the command. */
export const openingRoute = (app: FastifyInstance, uses: Uses, route: OpeningRoute): void => {
  const { type, url, example } = route;
  const config = { example };
  const body = openingBody(type);
  app.post(url, { schema: { ...described(route, body), response: commandReplies }, config }, async (request, reply) => {
    const commandId = commandIdOf(request, reply, uses);
    const command = commandAsked(type, jsonObject(request.body), commandId);
    const outcome = await record(uses, request, command, commandId);
    const { id } = splitStream(command.stream);
    return answerCommand(reply, outcome, { commandId, id, location: `${url}/${id}` });
  });
};

/** A route that adds to a stream. */
export const followingRoute = (app: FastifyInstance, uses: Uses, route: FollowingRoute): void => {
  if (route.named === 'in_path') followingInPath(app, uses, route);
  else followingInBody(app, uses, route);
};

export const resourcePath = z.object({ id: uuidText });

const followingInPath = (app: FastifyInstance, uses: Uses, { type, ...route }: OpeningRoute): void =>
  addingInPath(app, uses, route, { body: type.input, eventOf: (data) => ({ type: type.name, data }) });

/** A route that adds one of several types of event to the stream that its path names: a member of the body, `by`, says which. */
export type ChoosingRoute = Omit<OpeningRoute, 'type'> & { readonly by: string; readonly types: { readonly [choice: string]: EventType } };
export const choosingRoute = (app: FastifyInstance, uses: Uses, { by, types, ...route }: ChoosingRoute): void => {
  const forms = Object.entries(types).map(([choice, { input }]) => z.strictObject({ [by]: z.literal(choice), ...input.shape }));
  const [first, ...others] = forms;
  if (first === undefined) throw new Error('no type to choose');
  addingInPath(app, uses, route, {
    body: z.discriminatedUnion(by, [first, ...others]),
    eventOf: ({ [by]: choice, ...data }) => ({ type: types[String(choice)]?.name ?? '', data }),
  });
};

type Adding = { readonly body: z.ZodType; readonly eventOf: (body: JsonObject) => Pick<Command, 'type' | 'data'> };
const addingInPath = (app: FastifyInstance, uses: Uses, route: Omit<OpeningRoute, 'type'>, { body, eventOf }: Adding): void => {
  const { category, url, example } = route;
  const config = { example };
  const response = { ...commandReplies, ...problemReplies(404) };
  app.post(url, { schema: { ...described(route, body), params: resourcePath, response }, config }, async (request, reply) => {
    const { id } = resourcePath.parse(request.params);
    const commandId = commandIdOf(request, reply, uses);
    const command = { ...eventOf(jsonObject(request.body)), stream: parseStreamName(`${category}-${id}`) };
    const outcome = await record(uses, request, command, commandId);
    if (isUnknown(outcome, category, id)) throw new Refused(problem('NOT_FOUND'));
    return answerCommand(reply, outcome, { commandId, id });
  });
};

const followingInBody = (app: FastifyInstance, uses: Uses, route: OpeningRoute): void => {
  const { type, url, example } = route;
  const config = { example };
  const body = followingBody(type);
  app.post(url, { schema: { ...described(route, body), response: commandReplies }, config }, async (request, reply) => {
    const commandId = commandIdOf(request, reply, uses);
    const command = commandAsked(type, jsonObject(request.body), commandId);
    const outcome = await record(uses, request, command, commandId);
    return answerCommand(reply, outcome, { commandId, id: splitStream(command.stream).id });
  });
};

/** What the path names is not there: no place in the body is wrong. */
export const isUnknown = (outcome: RowOutcome, field: string, reference: string): boolean => {
  if (outcome.kind !== 'refused' || outcome.refusal.code !== 'REFERENCE_UNKNOWN') return false;
  return outcome.refusal.field === field && outcome.refusal.reference === reference;
};

const described = ({ operationId, tags, summary }: Described, body: z.ZodType) => ({
  operationId,
  tags: [...tags],
  summary,
  headers: commandHeaders,
  body,
});

const record = (uses: Uses, request: FastifyRequest, command: Command, commandId: CommandId): Promise<RowOutcome> => {
  refuseBatchOfImport(uses.model, [command], () => '#');
  return uses.record.one(command, { commandId, recordedBy: request.caller.recordedBy, expectedRevision: expectedRevisionOf(request) });
};
