/** What a row of a file says, as it is put to the ledger: each fact under an id that its content gives it, citing the file and the row. */
import { jsonIn } from '../../domain/codec.ts';
import { factIdOf, rowFactId } from '../../domain/ids.ts';
import type { SheetRow } from '../../sheets/row.ts';
import { citing, type FilesCited } from '../mapping/citation.ts';
import type { CompiledMapping, RowFact } from '../mapping/row-facts.ts';
import type { ImportedFact } from './record-fact.ts';

/** One fact of a row, as it is to be recorded. */
export type OpenFact = { readonly said: RowFact; readonly fact: ImportedFact };

/** A row of the file; the mapping's own facts come before it and stand in none. */
export type FileRow = Pick<SheetRow, 'row' | 'cells' | 'object'> | 'before';

/** What all facts of a file have in common. */
export type Citing = {
  readonly mapping: CompiledMapping;
  readonly files: FilesCited;
  /** The import's id. */
  readonly batchId: string;
};

/** `locator` as `locatorOf` gives it. */
export const openFact = (said: RowFact, rowKey: string | null, locator: string | null, { mapping, files, batchId }: Citing): OpenFact => {
  const { command, identity, entry, item } = said;
  const { identity: named } = mapping.mapping;
  return {
    said,
    fact: {
      command: citing({ ...command, data: { ...command.data, batchId } }, mapping.mapping, files, locator),
      factId: factIdOf(identity),
      rowFactId: rowKey === null || named === undefined ? undefined : rowFactId(named.system, rowKey, entry, item),
    },
  };
};

/** The same with the file named and not yet cited: to try it while the file is not on record. */
export const withoutFile = ({ command, ...fact }: ImportedFact): ImportedFact => {
  const { data } = command;
  const sources = Array.isArray(data['sources']) ? data['sources'] : [];
  const { evidence: _, ...file } = jsonIn(sources.at(-1));
  return { ...fact, command: { ...command, data: { ...data, sources: [...sources.slice(0, -1), file] } } };
};
