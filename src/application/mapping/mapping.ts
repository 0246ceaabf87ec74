/**
 * The language in which somebody says what the columns of their sheet mean: a small JSON file, version 1. Here is its outer form; what stands in
 * `fields` and `when` is read by `value.ts` and `condition.ts`. The reference is docs/reference/mapping.md.
 */
import { z } from 'zod';
import { inputFields, line, text } from '../../domain/fields.ts';
import { isJsonObject, type Json } from '../../domain/json.ts';
import { refusalOf } from '../../domain/refusing.ts';
import { zone } from '../../domain/zone.ts';
import type { SheetFormat } from '../../sheets/row.ts';
import { refusalWords } from './fault.ts';
import { type MappingFault, MappingInvalid, pointerOf } from './mapping-fault.ts';

export const ENTRIES_MAX = 100; // of `before`, and of `rows`
export const MAPPING_DEPTH_MAX = 24; // arrays and objects inside one another
export const MAPPING_NODES_MAX = 50_000; // values of any kind, vocabularies included
const COLUMN_NAME_LENGTH_MAX = 500;
const VOCABULARIES_MAX = 100;
const HEADER_ROW_MAX = 1_000;
const SEPARATOR_LENGTH_MAX = 5;

/** A column by its name, as the header of the sheet has it, on one line. */
export const columnName = z
  .string()
  .overwrite((name) => name.replace(/\s+/gu, ' ').trim())
  .min(1)
  .max(COLUMN_NAME_LENGTH_MAX);

/** How the days and months of dates in figures are ordered. Nothing is guessed: every date of February 2021 up to the 12th reads both ways. */
export const dateOrder = z.enum(['iso', 'day-month-year', 'month-day-year', 'year-month-day']);
export type DateOrder = z.infer<typeof dateOrder>;

/** How a cell that holds several values is taken apart: at a separator, or, with `true`, as the file itself lists them. */
export const listForm = z.union([z.literal(true), z.string().min(1).max(SEPARATOR_LENGTH_MAX)], {
  error: 'true for a list of the file, or the separator between the items of a text, such as ";"',
});

const headerRow = z.int().min(1).max(HEADER_ROW_MAX).optional();
const fileForm: z.ZodType<SheetFormat> = z.discriminatedUnion(
  'format',
  [
    z.strictObject({
      format: z.literal('csv'),
      separator: z.enum([',', ';', '\t']).optional(),
      encoding: z.enum(['utf-8', 'windows-1252']).optional(),
      headerRow,
    }),
    z.strictObject({ format: z.literal('xlsx'), sheet: line.optional(), headerRow }),
    z.strictObject({ format: z.literal('jsonl') }),
  ],
  { error: 'say the format: csv, xlsx or jsonl' },
);

/** Read by the field that it fills: anything that JSON can say. */
const value = z.custom<Json>(() => true);
const fields = z.record(z.string(), value);
const entryName = line;

const beforeForm = z.strictObject({ name: entryName.optional(), event: z.string(), fields });
const rowForm = z.strictObject({
  name: entryName.optional(),
  event: z.string(),
  when: value.optional(),
  /** A column that holds a list: one fact for each item. Within the entry the column is then that item. */
  each: z.strictObject({ column: columnName, list: listForm }).optional(),
  fields,
});

const CALENDAR_DAY = /^\d{4}-\d{2}-\d{2}$/;
const day = z.string().regex(CALENDAR_DAY, 'a day such as 2021-02-28');

const mappingForm = z.strictObject({
  mapping: z.literal(1, { error: 'the version of the mapping language: 1' }),
  name: line,
  /** For people. */
  note: text.optional(),
  file: fileForm,
  /** What the file itself is, as a source of every fact in it; its name is that of the file if nothing better is said. */
  source: z.strictObject({ name: line, publishedAt: inputFields.extent.optional() }).optional(),
  /** Where the clocks of the sheet stood, unless a column or the time itself says so. */
  zone: zone.optional(),
  dates: dateOrder.default('iso'),
  /** A column whose value names the row; without it the content of the row does. Never its number. */
  identity: z.strictObject({ column: columnName, system: line }).optional(),
  /** What lies provably outside is doubtful: a mistyped year. Both days included. */
  period: z.strictObject({ from: day, to: day }).optional(),
  /** What all facts say alike, unless an entry says otherwise. */
  common: fields.optional(),
  /** Their words and ours; `null` for a word that says nothing. */
  vocabularies: z.record(z.string(), z.record(z.string(), value)).optional(),
  before: z.array(beforeForm).max(ENTRIES_MAX).optional(),
  rows: z.array(rowForm).min(1).max(ENTRIES_MAX),
});
export type Mapping = z.output<typeof mappingForm>;
export type BeforeEntry = z.output<typeof beforeForm>;
export type RowEntry = z.output<typeof rowForm>;

/** Throws `MappingInvalid` with every place that is not of the form. What the fields of its events take is checked by `compileMapping`. */
export const parseMapping = (json: unknown): Mapping => {
  const refused = boundsFault(json);
  if (refused) throw new MappingInvalid([refused]);
  const parsed = mappingForm.safeParse(json);
  if (!parsed.success) throw new MappingInvalid(parsed.error.issues.flatMap(faultsOf));
  const { vocabularies = {} } = parsed.data;
  if (Object.keys(vocabularies).length > VOCABULARIES_MAX) {
    throw new MappingInvalid([{ pointer: '/vocabularies', detail: `at most ${VOCABULARIES_MAX} vocabularies` }]);
  }
  return parsed.data;
};

const faultsOf = (issue: z.core.$ZodIssue): readonly MappingFault[] => {
  const refusal = refusalOf(issue);
  if (refusal) return [{ pointer: pointerOf(issue.path), detail: refusalWords(refusal) }];
  if (issue.code !== 'unrecognized_keys') return [{ pointer: pointerOf(issue.path), detail: issue.message }];
  return issue.keys.map((key) => ({ pointer: pointerOf([...issue.path, key]), detail: 'the mapping language has no such member' }));
};

const REACHING = new Set(['__proto__', 'constructor', 'prototype']);

/** Before any schema walks through it: a mapping is somebody else's file. Iterative, since what is too deep must not exhaust the stack. */
const boundsFault = (json: unknown): MappingFault | undefined => {
  let nodes = 0;
  const open: { readonly value: unknown; readonly path: readonly PropertyKey[] }[] = [{ value: json, path: [] }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value: found, path } = next;
    nodes += 1;
    if (nodes > MAPPING_NODES_MAX) return { pointer: '', detail: `more than ${MAPPING_NODES_MAX} values: a mapping is a small file` };
    const members = Array.isArray(found) ? found.entries() : isJsonObject(found) ? Object.entries(found) : undefined;
    if (members === undefined) continue;
    if (path.length >= MAPPING_DEPTH_MAX) {
      return { pointer: pointerOf(path), detail: `more than ${MAPPING_DEPTH_MAX} arrays and objects inside one another` };
    }
    for (const [key, member] of members) {
      if (typeof key === 'string' && REACHING.has(key)) return { pointer: pointerOf(path), detail: `a member may not be called ${key}` };
      open.push({ value: member, path: [...path, key] });
    }
  }
  return undefined;
};
