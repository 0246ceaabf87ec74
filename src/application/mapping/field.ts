/** One field of an entry: its value as the mapping says it, then parsed by the field's own schema, whose complaints become faults at columns. */
import { z } from 'zod';
import { EXTENT_FIELDS } from '../../domain/decide.ts';
import { isJson, isJsonObject, type Json } from '../../domain/json.ts';
import { refusalOf } from '../../domain/refusing.ts';
import type { Compiling, Path, Value } from './compiling.ts';
import { type RowFault, refusalWords } from './fault.ts';
import { pointerOf } from './mapping-fault.ts';
import { compileValue } from './value.ts';
import { cellOf, keyOfCell, type Named, type View, valueShown } from './view.ts';

export type Field = {
  readonly columns: readonly string[];
  readonly read: (view: View) => Json | undefined;
  /** What its ids stand for, by the id. */
  readonly names: (view: View) => ReadonlyMap<string, Named>;
};

type FieldSource = { readonly field: string; readonly json: Json; readonly schema: z.core.$ZodType; readonly event: string };

/** A constant is parsed here, once, and what is wrong with it noted at its place in the mapping. */
export const compileField = ({ field, json, schema, event }: FieldSource, path: Path, compiling: Compiling): Field => {
  const value = compileValue(json, path, compiling);
  const needed = READ_AS.get(field);
  if (needed !== undefined && isReadAsText(json))
    compiling.fault(path, `${field} is not read from a text as it stands: say "as": "${needed}"`);
  if (value.columns.length > 0) return columnField({ field, value, schema, event, path });
  const parsed = z.safeParse(schema, value.read({ cells: new Map(), item: undefined, faults: [] }));
  if (!parsed.success) for (const issue of parsed.error.issues) compiling.fault([...path, ...issue.path], wordsOf(issue));
  const constant = parsed.success && isJson(parsed.data) ? parsed.data : undefined;
  return { columns: [], read: () => constant, names: namesOf(value) };
};

/** Fields that no cell fills as it stands, and the reading that does. */
const READ_AS: ReadonlyMap<string, string> = new Map([
  ...EXTENT_FIELDS.map((field) => [field, 'time'] as const),
  ...['until', 'expiresAt', 'dueAt', 'from', 'to', 'externalRecordedAt'].map((field) => [field, 'instant'] as const),
  ['territory', 'territory'],
  ['target', 'target'],
]);

const isReadAsText = (json: Json): boolean =>
  isJsonObject(json) && json['column'] !== undefined && (json['as'] ?? 'text') === 'text' && json['vocabulary'] === undefined;

type ColumnSource = {
  readonly field: string;
  readonly value: Value;
  readonly schema: z.core.$ZodType;
  readonly event: string;
  readonly path: Path;
};

const columnField = ({ field, value, schema, event, path }: ColumnSource): Field => {
  const columns = [...new Set(value.columns)];
  const isRequired = !z.safeParse(schema, undefined).success;
  // A list that must not be empty is left out instead, where it may be.
  const isEmptySaid = z.safeParse(schema, []).success;
  const parse = (view: View): Json | undefined => {
    const faultsBefore = view.faults.length;
    const read = value.read(view);
    if (view.faults.length > faultsBefore) return undefined;
    const said = Array.isArray(read) && read.length === 0 && !isEmptySaid ? undefined : read;
    if (said === undefined && !isRequired) return undefined;
    const parsed = z.safeParse(schema, said);
    if (parsed.success) return isJson(parsed.data) ? parsed.data : undefined;
    if (said === undefined) view.faults.push(missing(view, columns[0], field, event));
    else for (const issue of parsed.error.issues) view.faults.push(faultOf(issue, { view, value, field, event, path }));
    return undefined;
  };
  return { columns, read: remembering(columns, parse), names: namesOf(value) };
};

/** Read once more: no reading that is remembered has them. */
const namesOf =
  ({ read }: Value): Field['names'] =>
  (view) => {
    const names = new Map<string, Named>();
    read({ ...view, faults: [], names });
    return names;
  };

const missing = (view: View, column: string | undefined, field: string, event: string): RowFault => ({
  column: column ?? null,
  value: column === undefined ? null : valueShown(cellOf(view, column)),
  code: 'CELL_BLANK',
  detail: `nothing is said here, and ${event} needs it (${field}): fill it in`,
});

type FaultyField = { readonly view: View; readonly value: Value; readonly field: string; readonly event: string; readonly path: Path };

const faultOf = (issue: z.core.$ZodIssue, { view, value, field, event, path }: FaultyField): RowFault => {
  const column = value.columnAt(issue.path);
  const refusal = refusalOf(issue);
  const code = refusal?.code ?? 'FIELD_INVALID';
  const words = wordsOf(issue);
  if (column === undefined) {
    const detail = `${words} (in the mapping at ${pointerOf([...path, ...issue.path])}, for ${field} of ${event})`;
    return { column: null, value: null, code, detail };
  }
  return { column, value: valueShown(cellOf(view, column)), code, detail: refusal ? words : `${words} (for ${field} of ${event})` };
};

/** A complaint of a schema, as far as it can be said to somebody who sees a cell. */
const wordsOf = (issue: z.core.$ZodIssue): string => {
  const refusal = refusalOf(issue);
  if (refusal) return refusalWords(refusal);
  switch (issue.code) {
    case 'too_big':
      return issue.origin === 'string'
        ? `longer than ${issue.maximum} characters: shorten it, or put the whole into a file of evidence`
        : `more than ${issue.maximum}: at most that is taken`;
    case 'too_small':
      return issue.origin === 'string' ? 'empty: fill it in' : `less than ${issue.minimum}: at least that is needed`;
    case 'invalid_value':
      return `not one of ${issue.values.map((each) => String(each)).join(', ')}: correct it, or translate the word by a vocabulary of the mapping`;
    case 'invalid_format':
      return issue.format === 'uuid' || /\^\[0-9a-f\]/.test(String(issue.pattern))
        ? 'not an id of this ledger: give a UUID, or name the thing by "idOf" in the mapping'
        : `not of the form that is needed: ${issue.message}`;
    case 'unrecognized_keys':
      return `no such member: ${issue.keys.join(', ')}`;
    default:
      return issue.message;
  }
};

const REMEMBERED_MAX = 2_000; // readings of a field; what repeats, such as times and countries, repeats much more often
const COLUMNS_MAX = 3;

/** Parses equal cells once, until it shows that they are hardly ever equal. Only readings without a fault are kept. */
const remembering = (columns: readonly string[], parse: Field['read']): Field['read'] => {
  if (columns.length > COLUMNS_MAX) return parse;
  let isWorth = true;
  let hits = 0;
  const known = new Map<string, Json | undefined>();
  return (view) => {
    if (!isWorth) return parse(view);
    const key = columns.map((column) => keyOfCell(cellOf(view, column))).join('\u0000');
    const found = known.get(key);
    if (found !== undefined || known.has(key)) {
      hits += 1;
      return found;
    }
    const faultsBefore = view.faults.length;
    const value = parse(view);
    if (view.faults.length > faultsBefore) return undefined;
    if (known.size >= REMEMBERED_MAX) {
      isWorth = hits > known.size;
      hits = 0;
      known.clear();
    }
    known.set(key, value);
    return value;
  };
};
