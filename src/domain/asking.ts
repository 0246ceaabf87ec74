/**
 * How a request says which stream its fact belongs to: a target by its name or id, what opens a stream by its own id, by what another system calls
 * it or by the command, everything else by the id of what it adds to. Routes and imports ask here, so that both mean the same stream.
 */
import { z } from 'zod';
import type { Command } from './command.ts';
import type { EventType } from './event-type.ts';
import { type CommandId, externalId, idOfCommand, idOfExternal, idOfTarget, parseStreamName, type StreamName, uuidText } from './ids.ts';
import { isJsonObject, type JsonObject } from './json.ts';
import { invalidIssue } from './refusing.ts';

const OPENING = ['case', 'order', 'meeting', 'statement', 'claim'] as const;
/** What is opened by an event, and not by a file or by being named. */
export type OpeningCategory = (typeof OPENING)[number];

// ---- Of a target

/** A target is named in one way: as the source writes it, or by its id. */
export const namingOneTarget = <Row extends z.ZodObject>(row: Row): Row =>
  row.check(({ value, issues }) => {
    if (!isJsonObject(value) || (value['target'] === undefined) !== (value['targetId'] === undefined)) return;
    issues.push(invalidIssue(value, 'give exactly one of target and targetId'));
  });

export const targetStream = ({ target, targetId }: JsonObject): StreamName => {
  if (typeof targetId === 'string') return parseStreamName(`target-${targetId}`);
  if (!isJsonObject(target)) throw new TypeError('a row without a target passed its schema');
  return parseStreamName(`target-${idOfTarget(String(target['platform']), String(target['kind']), String(target['key']))}`);
};

// ---- What opens a stream

/** What opens a stream, which it may name. */
export const openingBody = ({ input }: EventType): z.ZodObject => {
  const body: z.ZodObject = z.strictObject({ id: uuidText.optional(), ...input.shape });
  return body.check(({ value, issues }) => {
    if (value['id'] === undefined || value['externalId'] === undefined) return;
    issues.push({ ...invalidIssue(value, 'give id or externalId, not both'), path: ['id'] });
  });
};

/** The id of the stream to be opened, and what is said in it. */
const openingOf = (category: OpeningCategory, { id, ...data }: JsonObject, commandId: CommandId) => ({
  id: typeof id === 'string' ? id : idFor(category, data, commandId),
  data,
});

const idFor = (category: OpeningCategory, data: JsonObject, commandId: CommandId): string => {
  const external = externalId.safeParse(data['externalId']);
  return external.success ? idOfExternal(category, external.data) : idOfCommand(category, commandId);
};

// ---- What adds to one

/** What adds to a stream, which a member called after its category names: `order`, `claim`. */
export const followingBody = ({ category, input }: EventType): z.ZodObject => z.strictObject({ [category]: uuidText, ...input.shape });

const followingOf = (category: string, { [category]: id, ...data }: JsonObject) => ({ id: String(id), data });

// ---- Any of them

const openingCategory = (category: string): OpeningCategory | undefined => OPENING.find((known) => known === category);

/** Whether a fact of that type can be said without anything beside it: a file has to come with its bytes. */
export const canBeAsked = ({ category }: EventType): boolean => category === 'target' || openingCategory(category) !== undefined;

/** Every field with which a request can say such a fact, those included that name its stream. */
export const askedBody = (type: EventType): z.ZodObject => {
  if (type.category === 'target') return namingOneTarget(z.strictObject(type.input.shape));
  return type.opens ? openingBody(type) : followingBody(type);
};

/** The command for what `askedBody` has accepted. `commandId` gives the id of what is opened without a name of its own. */
export const commandAsked = (type: EventType, said: JsonObject, commandId: CommandId): Command => {
  const { name, category } = type;
  if (category === 'target') return { type: name, stream: targetStream(said), data: said };
  const opened = type.opens ? openingCategory(category) : undefined;
  const { id, data } = opened ? openingOf(opened, said, commandId) : followingOf(category, said);
  return { type: name, stream: parseStreamName(`${category}-${id}`), data };
};
