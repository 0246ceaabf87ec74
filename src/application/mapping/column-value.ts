/** `{ "column": … }` in a mapping: what a cell of that column says, read as the field needs it. */
import { z } from 'zod';
import type { Json, JsonObject } from '../../domain/json.ts';
import { parsePlatform } from '../../domain/platform.ts';
import { isAddressOfPost, kindOfForm } from '../../domain/target-form.ts';
import type { Cell } from '../../sheets/row.ts';
import { type CellReading, integerIn, itemsIn, textIn, translated, type Vocabulary, yesOrNoIn } from './cell.ts';
import { type Compiling, constantValue, type Path, type Value, vocabularyAt } from './compiling.ts';
import { columnName, dateOrder, listForm } from './mapping.ts';
import { readTime, type TimeOptions } from './time-value.ts';
import { cellOf, complain, type View } from './view.ts';

const KINDS = ['text', 'integer', 'boolean', 'territory', 'time', 'instant', 'target'] as const;
type Kind = (typeof KINDS)[number];

const anyValue = z.custom<Json>(() => true).optional();
const form = z.strictObject({
  column: columnName,
  as: z.enum(KINDS, { error: `one of ${KINDS.join(', ')}` }).default('text'),
  vocabulary: z.string().optional(),
  list: listForm.optional(),
  /** What a blank cell says. */
  default: anyValue,
  /** A blank cell says nothing. */
  optional: z.boolean().optional(),
  dates: dateOrder.optional(),
  zone: anyValue,
  clock: columnName.optional(),
  disambiguation: z.enum(['earlier', 'later']).optional(),
  allowEarly: z.boolean().optional(),
  platform: anyValue,
  kind: anyValue,
  platformId: anyValue,
});
type Form = z.output<typeof form>;

/** Options that mean something for some readings alone. */
const ONLY_FOR: readonly { readonly options: readonly (keyof Form)[]; readonly kinds: readonly Kind[] }[] = [
  { options: ['vocabulary'], kinds: ['text', 'territory'] },
  { options: ['dates', 'zone', 'clock', 'disambiguation', 'allowEarly'], kinds: ['time', 'instant'] },
  { options: ['platform', 'kind', 'platformId'], kinds: ['target'] },
];

/** `compileValue` reads the values inside: a default, a zone, a platform may come from columns themselves. */
export const compileColumn = (
  json: JsonObject,
  path: Path,
  compiling: Compiling,
  compileValue: (json: Json, path: Path, compiling: Compiling) => Value,
): Value => {
  const parsed = form.safeParse(json);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) compiling.fault([...path, ...issue.path], messageOf(issue));
    return constantValue(undefined);
  }
  const asked = parsed.data;
  for (const { options, kinds } of ONLY_FOR) {
    if (kinds.includes(asked.as)) continue;
    for (const option of options) {
      if (asked[option] !== undefined) compiling.fault([...path, option], `only for a column read as ${kinds.join(' or ')}`);
    }
  }
  if (asked.default !== undefined && asked.optional === true) compiling.fault(path, 'say default or optional, not both');
  const inside = (option: 'default' | 'zone' | 'platform' | 'kind' | 'platformId') =>
    asked[option] === undefined ? undefined : compileValue(asked[option], [...path, option], compiling);
  const parts: Parts = { zone: inside('zone'), platform: inside('platform'), kind: inside('kind'), platformId: inside('platformId') };
  if (asked.as === 'target' && parts.platform === undefined) compiling.fault(path, 'say on which platform the targets are: "platform"');
  const readCell = cellReader(asked, path, compiling, parts);
  const fallback = inside('default');
  const others = [...Object.values(parts), fallback].flatMap((part) => part?.columns ?? []);
  const columns = [asked.column, ...(asked.clock === undefined ? [] : [asked.clock]), ...others];
  const read = (view: View): Json | undefined => {
    const cell = cellOf(view, asked.column);
    if (cell !== undefined) return asked.list === undefined ? readCell(view, cell) : readList(view, itemsIn(cell, asked.list), readCell);
    if (fallback !== undefined) return fallback.read(view);
    return asked.optional === true ? undefined : complain(view, asked.column, BLANK);
  };
  return { columns, read, columnAt: () => asked.column };
};

const messageOf = (issue: z.core.$ZodIssue): string =>
  issue.code === 'unrecognized_keys' ? `a column has no option ${issue.keys.map((key) => `"${key}"`).join(', ')}` : issue.message;

const BLANK = {
  code: 'CELL_BLANK',
  detail: 'blank, and needed: fill it in, or say "optional" or "default" for the column in the mapping',
} as const;

const readList = (view: View, items: readonly Cell[], readCell: CellReader): Json =>
  items.flatMap((item): readonly Json[] => {
    const read = readCell(view, item);
    if (read === undefined) return [];
    return isList(read) ? read : [read];
  });

const isList = (json: Json): json is readonly Json[] => Array.isArray(json);

type CellReader = (view: View, cell: Cell) => Json | undefined;
type Parts = { readonly [Part in 'zone' | 'platform' | 'kind' | 'platformId']: Value | undefined };

const cellReader = (asked: Form, path: Path, compiling: Compiling, parts: Parts): CellReader => {
  const { column, as } = asked;
  const words = vocabularyAt(compiling, asked.vocabulary, path);
  const told = (view: View, reading: CellReading<Json>) => ('value' in reading ? known(reading.value) : complain(view, column, reading));
  switch (as) {
    case 'text':
      return (view, cell) => told(view, wordIn(cell, words, asked.vocabulary));
    case 'territory':
      return (view, cell) => territoryOf(told(view, wordIn(cell, words, asked.vocabulary)), words !== undefined);
    case 'integer':
      return (view, cell) => told(view, integerIn(cell));
    case 'boolean':
      return (view, cell) => told(view, yesOrNoIn(cell));
    case 'time':
    case 'instant':
      return timeReader(asked, as, compiling, parts);
    case 'target':
      return targetReader(column, parts);
  }
};

/** What a vocabulary says of a word that says nothing. */
const known = (json: Json): Json | undefined => json ?? undefined;

const wordIn = (cell: Cell, words: Vocabulary | undefined, name = ''): CellReading<Json> => {
  const text = textIn(cell);
  return words !== undefined && 'value' in text ? translated(text.value, words, name) : text;
};

const NAMED_TERRITORIES = ['WORLD', 'UNSTATED'];
const BETWEEN_CODES = /[,;\s]+/;

/** Codes as written, since "no" is an answer and NO a country; a name that stands for itself is no list. */
const territoryOf = (read: Json | undefined, isTranslated: boolean): Json | undefined => {
  if (typeof read !== 'string' || NAMED_TERRITORIES.includes(read)) return read;
  return isTranslated ? [read] : read.split(BETWEEN_CODES).filter((code) => code !== '');
};

const timeReader = (asked: Form, as: 'time' | 'instant', compiling: Compiling, { zone }: Parts): CellReader => {
  const { column, clock, disambiguation, allowEarly, dates = compiling.dates } = asked;
  const options: TimeOptions = { column, as, dates, clock, disambiguation, allowEarly, zone: zone ?? constantValue(compiling.zone) };
  return (view, cell) => readTime(view, cell, options);
};

const targetReader = (column: string, { platform, kind, platformId }: Parts): CellReader => {
  const registrable = createMemo((text: string): string => {
    const parsed = parsePlatform(text);
    return 'value' in parsed ? parsed.value : text;
  });
  return (view, cell) => {
    const verbatim = textIn(cell);
    const platformSaid = platform?.read(view);
    const kindSaid = kind?.read(view);
    const id = platformId?.read(view);
    if (!('value' in verbatim)) return complain(view, column, verbatim);
    if (typeof platformSaid !== 'string') return undefined;
    const meant = kindSaid ?? kindOfForm(verbatim.value, registrable(platformSaid));
    if (meant === undefined) return complain(view, column, KIND_UNCLEAR);
    if (meant === 'account' && isAddressOfPost(verbatim.value, registrable(platformSaid)))
      return complain(view, column, POST_AMONG_ACCOUNTS);
    return { platform: platformSaid, kind: meant, verbatim: verbatim.value, ...(id !== undefined && { platformId: id }) };
  };
};

const KIND_UNCLEAR = {
  code: 'KIND_UNCLEAR',
  detail: 'nothing says what kind of target this is: write @name, #word or a whole address, or say "kind" for the column in the mapping',
} as const;
const POST_AMONG_ACCOUNTS = {
  code: 'POST_AMONG_ACCOUNTS',
  detail:
    'the address of a post among accounts, which would name its author: write the account, or read the column without "kind" in the mapping',
} as const;

const MEMO_MAX = 1_000;

/** Few texts come again and again. */
const createMemo = <T>(make: (text: string) => T): ((text: string) => T) => {
  const made = new Map<string, T>();
  return (text) => {
    const found = made.get(text);
    if (found !== undefined) return found;
    if (made.size >= MEMO_MAX) made.clear();
    const value = make(text);
    made.set(text, value);
    return value;
  };
};
