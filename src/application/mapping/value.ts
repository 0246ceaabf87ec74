/**
 * A value of a mapping: JSON as the domain's field takes it, in which objects with one of four members are instructions instead: `column`,
 * `template`, `idOf`, `when`. No field of the domain has a member of these names; a test holds them to that.
 */
import { z } from 'zod';
import { externalId, idOfExternal } from '../../domain/ids.ts';
import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';
import { textIn } from './cell.ts';
import { compileColumn } from './column-value.ts';
import { type Compiling, constantValue, ofColumns, type Path, type Value } from './compiling.ts';
import { compileCondition } from './condition.ts';
import { columnName } from './mapping.ts';
import { cellOf, complain, type View } from './view.ts';

export const INSTRUCTIONS = ['column', 'template', 'idOf', 'when'] as const;

export const compileValue = (json: Json, path: Path, compiling: Compiling): Value => {
  if (json === null) return constantValue(undefined);
  if (isList(json)) return compileList(json, path, compiling);
  if (!isJsonObject(json)) return constantValue(json);
  const instructions = INSTRUCTIONS.filter((name) => Object.hasOwn(json, name));
  if (instructions.length > 1) compiling.fault(path, `${instructions.join(' and ')}: one of them at a time`);
  switch (instructions[0]) {
    case 'column':
      return compileColumn(json, path, compiling, compileValue);
    case 'template':
      return compileTemplate(json, path, compiling);
    case 'idOf':
      return compileIdOf(json, path, compiling);
    case 'when':
      return compileWhen(json, path, compiling);
    default:
      return compileObject(json, path, compiling);
  }
};

const isList = (json: Json): json is readonly Json[] => Array.isArray(json);

// ---- Plain lists and objects

/** What is not said is left out of a list. */
const compileList = (json: readonly Json[], path: Path, compiling: Compiling): Value => {
  const items = json.map((item, index) => compileValue(item, [...path, index], compiling));
  const columns = items.flatMap((item) => item.columns);
  const read = (view: View): Json => items.flatMap((item) => item.read(view) ?? []);
  if (columns.length === 0) return constantly(read);
  return {
    columns,
    read,
    // An item that was left out has moved those behind it: all come from the same row.
    columnAt: ([index, ...within]) => (typeof index === 'number' ? items[index]?.columnAt(within) : undefined) ?? columns[0],
  };
};

/** What is not said is left out; of an object that says nothing, all of it. */
const compileObject = (json: JsonObject, path: Path, compiling: Compiling): Value => {
  const members = Object.entries(json).map(([key, member = null]) => [key, compileValue(member, [...path, key], compiling)] as const);
  const columns = members.flatMap(([, member]) => member.columns);
  if (columns.length === 0) return constantly((view) => objectOf(members, view));
  return {
    columns,
    read: (view) => {
      const read = objectOf(members, view);
      return Object.keys(read).length === 0 ? undefined : read;
    },
    columnAt: ([key, ...within]) => members.find(([name]) => name === key)?.[1].columnAt(within),
  };
};

/** Read once, and again only for the names of what is cited. */
const constantly = (read: Value['read']): Value => {
  const constant = read(BLANK_ROW);
  return { ...constantValue(constant), read: (view) => (view.names ? read(view) : constant) };
};

const BLANK_ROW: View = { cells: new Map(), item: undefined, faults: [] };

const objectOf = (members: readonly (readonly [string, Value])[], view: View): JsonObject => {
  const object: { [key: string]: Json } = {};
  for (const [key, member] of members) {
    const read = member.read(view);
    if (read !== undefined) object[key] = read;
  }
  return object;
};

// ---- Instructions

const PARTS_MAX = 100;
const templateForm = z.strictObject({ template: z.string().min(1).max(2_000), optional: z.boolean().optional() });

/** `"Notice {Ref} of {Date}"`: cells as written, between the mapping's own words. Braces that are meant as such are doubled. */
const compileTemplate = (json: JsonObject, path: Path, compiling: Compiling): Value => {
  const parsed = templateForm.safeParse(json);
  if (!parsed.success) return refused(parsed.error, path, compiling);
  const { template, optional } = parsed.data;
  const parts = partsOf(template);
  if (parts === undefined || parts.length > PARTS_MAX) {
    compiling.fault(
      [...path, 'template'],
      `a text with columns in braces, "Notice {Ref}", at most ${PARTS_MAX} parts; a brace that is meant as such is doubled`,
    );
    return constantValue(undefined);
  }
  const columns = parts.flatMap((part) => ('column' in part ? [part.column] : []));
  if (columns.length === 0) compiling.fault([...path, 'template'], 'no column in braces: write the text alone, without template');
  return ofColumns(columns, (view) => {
    const texts = parts.map((part) => ('column' in part ? textOf(view, part.column, optional === true) : part.text));
    return texts.some((text) => text === undefined) ? undefined : texts.join('');
  });
};

type Part = { readonly text: string } | { readonly column: string };

const partsOf = (template: string): readonly Part[] | undefined => {
  const parts: Part[] = [];
  let at = 0;
  for (const match of template.matchAll(/\{\{|\}\}|\{([^{}]+)\}|[{}]/g)) {
    const [found, name] = match;
    if (name === undefined && found.length === 1) return undefined;
    parts.push({ text: template.slice(at, match.index) });
    const column = columnName.safeParse(name);
    parts.push(column.success ? { column: column.data } : { text: found.slice(1) });
    at = match.index + found.length;
  }
  parts.push({ text: template.slice(at) });
  return parts.filter((part) => 'column' in part || part.text !== '');
};

const textOf = (view: View, column: string, isOptional: boolean): string | undefined => {
  const cell = cellOf(view, column);
  if (cell === undefined)
    return isOptional
      ? undefined
      : complain(view, column, { code: 'CELL_BLANK', detail: 'blank, and part of a text that is needed: fill it in' });
  const text = textIn(cell);
  return 'value' in text ? text.value : complain(view, column, text);
};

const idForm = z.strictObject({
  idOf: z.enum(['case', 'order', 'meeting', 'statement', 'claim'], { error: 'one of case, order, meeting, statement, claim' }),
  /** As in the `externalId` of what opened it. */
  system: externalId.shape.system,
  id: z.custom<Json>((id) => id !== undefined, 'what the system calls it: a text, or a column'),
});

/** The id of what this mapping or an earlier import opened with that `externalId`. A list of names gives a list of ids. */
const compileIdOf = (json: JsonObject, path: Path, compiling: Compiling): Value => {
  const parsed = idForm.safeParse(json);
  if (!parsed.success) return refused(parsed.error, path, compiling);
  const { idOf, system } = parsed.data;
  const named = compileValue(parsed.data.id, [...path, 'id'], compiling);
  const idFor = (id: Json, view: View): Json | undefined => {
    const external = externalId.safeParse({ system, id });
    if (external.success) {
      const made = idOfExternal(idOf, external.data);
      view.names?.set(made, { category: idOf, ...external.data });
      return made;
    }
    const [column] = named.columns;
    const detail = 'not what something is called by: one line of text, at most 300 characters';
    if (column === undefined) compiling.fault([...path, 'id'], detail);
    else complain(view, column, { code: 'FIELD_INVALID', detail });
    return undefined;
  };
  const read = (view: View): Json | undefined => {
    const id = named.read(view);
    if (id === undefined) return undefined;
    return isList(id) ? id.flatMap((each) => idFor(each, view) ?? []) : idFor(id, view);
  };
  return named.columns.length === 0 ? constantly(read) : ofColumns(named.columns, read);
};

const whenForm = z.strictObject({
  when: z.custom<Json>((condition) => condition !== undefined),
  value: z.custom<Json>((value) => value !== undefined, 'the value where the condition holds'),
  otherwise: z.custom<Json>(() => true).optional(),
});

/** One value or another, or none: whatever the condition does not choose is not read, and not complained of. */
const compileWhen = (json: JsonObject, path: Path, compiling: Compiling): Value => {
  const parsed = whenForm.safeParse(json);
  if (!parsed.success) return refused(parsed.error, path, compiling);
  const condition = compileCondition(parsed.data.when, [...path, 'when'], compiling);
  const value = compileValue(parsed.data.value, [...path, 'value'], compiling);
  const otherwise = compileValue(parsed.data.otherwise ?? null, [...path, 'otherwise'], compiling);
  return {
    columns: [...condition.columns, ...value.columns, ...otherwise.columns],
    read: (view) => (condition.holds(view) ? value : otherwise).read(view),
    columnAt: (within) => value.columnAt(within) ?? otherwise.columnAt(within) ?? condition.columns[0],
  };
};

const refused = ({ issues }: z.ZodError, path: Path, { fault }: Compiling): Value => {
  for (const issue of issues) {
    const detail = issue.code === 'unrecognized_keys' ? `has no place here: ${issue.keys.join(', ')}` : issue.message;
    fault([...path, ...issue.path], detail);
  }
  return constantValue(undefined);
};
