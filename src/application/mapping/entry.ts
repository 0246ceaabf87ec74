/** One entry of a mapping, compiled against the event type that it names: from a row to the command for one fact. */

import { z } from 'zod';
import { askedBody, canBeAsked, commandAsked } from '../../domain/asking.ts';
import type { EventType } from '../../domain/event-type.ts';
import { EVENT_TYPES, findEventType } from '../../domain/events/event-types.ts';
import { saysWhen, statementMade, WHEN_UNSAID } from '../../domain/events/statement-made.ts';
import { SOURCES_MAX } from '../../domain/fields.ts';
import { parseCommandId } from '../../domain/ids.ts';
import type { Json, JsonObject } from '../../domain/json.ts';
import { canonical } from '../../envelope/canonical.ts';
import { commandHash } from '../../envelope/seal.ts';
import { sha256Hex } from '../../envelope/sha256.ts';
import type { Compiling, Path } from './compiling.ts';
import { quoted } from './fault.ts';
import { compileField, type Field } from './field.ts';
import { nearest } from './nearest.ts';
import type { RowFact } from './row-facts.ts';
import type { View } from './view.ts';

export type Entry = {
  readonly name: string;
  readonly columns: readonly string[];
  /** `undefined` if the view has been given faults. */
  readonly fact: (view: View, item: string | null) => RowFact | undefined;
};

export type EntrySource = {
  readonly name: string;
  readonly event: string;
  readonly fields: { readonly [field: string]: Json };
  /** What all facts say alike; what this type of event cannot say of it is left out. */
  readonly common: { readonly [field: string]: Json };
};

const IMPORTABLE = EVENT_TYPES.filter(canBeAsked);

/** `undefined` with faults noted, if no fact can come of it. `path` is the entry's, `/rows/0`. */
export const compileEntry = ({ name, event, fields, common }: EntrySource, path: Path, compiling: Compiling): Entry | undefined => {
  const type = findEventType(event);
  if (type === undefined || !canBeAsked(type)) {
    compiling.fault([...path, 'event'], `no event that an import records is called ${quoted(event)}${meant(event)}`);
    return undefined;
  }
  const { shape } = askedBody(type);
  const compiled = new Map<string, Field>();
  const sources = [
    ...Object.entries(common).flatMap(([field, json]) =>
      Object.hasOwn(shape, field) && !Object.hasOwn(fields, field) ? [{ field, json, at: ['common', field] }] : [],
    ),
    ...Object.entries(fields).map(([field, json]) => ({ field, json, at: [...path, 'fields', field] })),
  ];
  for (const { field, json, at } of sources) {
    const schema = Object.hasOwn(shape, field) && field !== 'batchId' ? shape[field] : undefined;
    if (schema === undefined) compiling.fault(at, unknownField(field, type, Object.keys(shape)));
    else if (json !== null) {
      const taken = field === 'sources' ? z.pipe(roomForFile, schema) : schema;
      // Also of a list whose items a row may leave out: what fits only by chance is not relied upon.
      if (field === 'sources' && Array.isArray(json) && json.length > OWN_SOURCES_MAX) compiling.fault(at, TOO_MANY_SOURCES);
      compiled.set(field, compileField({ field, json, schema: taken, event: type.name }, at, compiling));
    }
  }
  refuseIncomplete(type, [...compiled.keys()], [...path, 'fields'], compiling);
  return { name, columns: [...compiled.values()].flatMap(({ columns }) => columns), fact: factReader(name, type, compiled) };
};

const OWN_SOURCES_MAX = SOURCES_MAX - 1;
const TOO_MANY_SOURCES = `at most ${OWN_SOURCES_MAX} sources: an event takes ${SOURCES_MAX}, and one of them is the file itself`;
const roomForFile = z.custom<unknown>((said) => !Array.isArray(said) || said.length <= OWN_SOURCES_MAX, { error: TOO_MANY_SOURCES });

const meant = (event: string): string => {
  const near = nearest(
    event,
    IMPORTABLE.map(({ name }) => name),
  );
  return near === undefined ? `; there are ${IMPORTABLE.map(({ name }) => name).join(', ')}` : `: ${near} is meant?`;
};

const unknownField = (field: string, { name }: EventType, known: readonly string[]): string => {
  if (field === 'batchId') return 'the import itself gives its facts a batch';
  const near = nearest(field, known);
  return `${name} has no field of that name${near === undefined ? `; it has ${known.join(', ')}` : `: ${near} is meant?`}`;
};

/** What no row could mend. */
const refuseIncomplete = (type: EventType, said: readonly string[], path: Path, { fault }: Compiling): void => {
  const has = (field: string): boolean => said.includes(field);
  for (const [field, schema] of Object.entries(askedBody(type).shape)) {
    if (!has(field) && !isOptional(schema)) fault(path, `${type.name} needs the field ${field}`);
  }
  if (type.category === 'target' && has('target') === has('targetId')) fault(path, 'give exactly one of target and targetId');
  if (type.opens && has('id') && has('externalId')) fault(path, 'give id or externalId, not both');
  if (type === statementMade && !has('occurredAt') && !has('meetingId')) fault(path, WHEN_UNSAID);
};

const isOptional = (schema: z.core.$ZodType): boolean => z.safeParse(schema, undefined).success;

const factReader = (entry: string, type: EventType, fields: ReadonlyMap<string, Field>): Entry['fact'] => {
  const readers = [...fields];
  const columnOf = (field: string): string | undefined => {
    const { columns = [] } = fields.get(field) ?? {};
    return columns.length === 1 ? columns[0] : undefined;
  };
  return (view, item) => {
    const said: { [field: string]: Json } = {};
    for (const [field, { read }] of readers) {
      const value = read(view);
      if (value !== undefined) said[field] = value;
    }
    if (type === statementMade && view.faults.length === 0 && !saysWhen(said)) {
      view.faults.push({ column: fields.get('occurredAt')?.columns[0] ?? null, value: null, code: 'CELL_BLANK', detail: WHEN_UNSAID });
    }
    if (view.faults.length > 0) return undefined;
    const nameOf: RowFact['nameOf'] = (id) => readers.map(([, { names }]) => names(view).get(id)).find((name) => name !== undefined);
    const command = commandAsked(type, said, commandIdOf(type, said));
    return { entry, item, command, identity: commandHash(command), columnOf, nameOf };
  };
};

const NAMED = parseCommandId('named');

/** What is opened without a name of its own is named by what it says: the same row of another copy of the file opens the same. */
const commandIdOf = (type: EventType, said: JsonObject) => {
  if (!type.opens || said['id'] !== undefined || said['externalId'] !== undefined) return NAMED;
  return parseCommandId(sha256Hex(canonical({ type: type.name, data: said })));
};
