/** What the parts of a mapping are compiled with, and what compiling a value gives. */

import type { Json } from '../../domain/json.ts';
import type { Vocabulary } from './cell.ts';
import { quoted } from './fault.ts';
import type { DateOrder } from './mapping.ts';
import type { View } from './view.ts';

export type Path = readonly PropertyKey[];

export type Compiling = {
  readonly vocabularies: ReadonlyMap<string, Vocabulary>;
  readonly zone: string | undefined;
  readonly dates: DateOrder;
  /** Notes what is wrong at a place of the mapping; compiling goes on, so that everything is named at once. */
  readonly fault: (path: Path, detail: string) => void;
};

/** How a value of the mapping is read from a row. */
export type Value = {
  /** `undefined`: the row does not say it, or what it says was complained of. */
  readonly read: (view: View) => Json | undefined;
  /** Columns that it reads; none for a constant. */
  readonly columns: readonly string[];
  /** The column from which the part at `path` of what is read comes. */
  readonly columnAt: (path: Path) => string | undefined;
};

export const constantValue = (json: Json | undefined): Value => ({ read: () => json, columns: [], columnAt: () => undefined });

export const ofColumns = (columns: readonly string[], read: Value['read']): Value => ({ columns, read, columnAt: () => columns[0] });

/** The vocabulary of that name; notes a fault if there is none. */
export const vocabularyAt = ({ vocabularies, fault }: Compiling, name: string | undefined, path: Path): Vocabulary | undefined => {
  if (name === undefined) return undefined;
  const words = vocabularies.get(name);
  if (words === undefined) {
    const known = [...vocabularies.keys()].map((each) => `${quoted(each)}`).join(', ');
    fault([...path, 'vocabulary'], `there is no vocabulary ${quoted(name)}${known === '' ? '' : `; there are ${known}`}`);
  }
  return words;
};
