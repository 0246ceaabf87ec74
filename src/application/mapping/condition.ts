/** Whether an entry of a mapping, or a value in it, applies to a row: conditions on columns, combined by `all` and `any`. */

import { z } from 'zod';
import { isJsonObject, isSame, type Json } from '../../domain/json.ts';
import { shown, translated, wordOf } from './cell.ts';
import { type Compiling, type Path, vocabularyAt } from './compiling.ts';
import { quoted } from './fault.ts';
import { columnName } from './mapping.ts';
import { cellOf, complain, type View } from './view.ts';

export type Condition = { readonly holds: (view: View) => boolean; readonly columns: readonly string[] };

const CONDITIONS_MAX = 100;
const scalar = z.union([z.string(), z.number(), z.boolean()], { error: 'a text, a number, true or false' });
const test = z
  .strictObject({
    column: columnName,
    /** Compares with our words, and complains of theirs that it does not know. */
    vocabulary: z.string().optional(),
    is: scalar.optional(),
    isNot: scalar.optional(),
    in: z.array(scalar).min(1).max(CONDITIONS_MAX).optional(),
    blank: z.boolean().optional(),
  })
  .check(({ value, issues }) => {
    const said = [value.is, value.isNot, value.in, value.blank].filter((each) => each !== undefined).length;
    if (said === 1) return;
    issues.push({ code: 'custom', input: value, message: 'say exactly one of is, isNot, in and blank' });
  });
type Test = z.infer<typeof test>;

const NEVER: Condition = { holds: () => false, columns: [] };

export const compileCondition = (json: Json, path: Path, compiling: Compiling): Condition => {
  if (isJsonObject(json) && ('all' in json || 'any' in json)) return combined(json, path, compiling);
  const parsed = test.safeParse(json);
  if (parsed.success) return compileTest(parsed.data, path, compiling);
  for (const { path: within, message } of parsed.error.issues) compiling.fault([...path, ...within], message);
  return NEVER;
};

const combined = ({ all, any, ...others }: { readonly [key: string]: Json | undefined }, path: Path, compiling: Compiling): Condition => {
  const [list, by] = all === undefined ? ([any, 'any'] as const) : ([all, 'all'] as const);
  const isAlone = Object.keys(others).length === 0 && (all === undefined || any === undefined);
  if (!isAlone || !Array.isArray(list) || list.length === 0 || list.length > CONDITIONS_MAX) {
    compiling.fault(path, `all or any stands alone, with a list of 1 to ${CONDITIONS_MAX} conditions`);
    return NEVER;
  }
  const parts = list.map((part: Json, index) => compileCondition(part, [...path, by, index], compiling));
  const columns = parts.flatMap((part) => part.columns);
  // Every part is asked, so that each unknown word is complained of.
  const answers = (view: View) => parts.map(({ holds }) => holds(view));
  return { columns, holds: (view) => (by === 'all' ? answers(view).every(Boolean) : answers(view).some(Boolean)) };
};

const compileTest = (asked: Test, path: Path, compiling: Compiling): Condition => {
  const { column, blank, vocabulary: name } = asked;
  const columns = [column];
  if (blank !== undefined) return { columns, holds: (view) => (cellOf(view, column) === undefined) === blank };
  const wanted = asked.in ?? [asked.is ?? asked.isNot ?? ''];
  const isNegated = asked.isNot !== undefined;
  const words = vocabularyAt(compiling, name, path);
  if (words === undefined || name === undefined) {
    const texts = new Set(wanted.map((each) => wordOf(String(each))));
    return {
      columns,
      holds: (view) => {
        const cell = cellOf(view, column);
        return (cell !== undefined && texts.has(wordOf(shown(cell)))) !== isNegated;
      },
    };
  }
  for (const each of wanted) {
    const isMeant = [...words.values()].some(({ meaning }) => isSame(meaning, each));
    if (!isMeant) compiling.fault(path, `no word of the vocabulary ${quoted(name)} means ${JSON.stringify(each)}`);
  }
  return {
    columns,
    holds: (view) => {
      const cell = cellOf(view, column);
      if (cell === undefined) return isNegated;
      const meaning = translated(shown(cell), words, name);
      if ('value' in meaning) return wanted.some((each) => isSame(each, meaning.value)) !== isNegated;
      complain(view, column, meaning);
      return false;
    },
  };
};
