/** The file as a source of each fact that comes from it: by its SHA-256, and the sheet and row in which the fact stands. */

import { jsonIn } from '../../domain/codec.ts';
import type { Command } from '../../domain/command.ts';
import type { Json, JsonObject } from '../../domain/json.ts';
import type { Mapping } from './mapping.ts';

export type FileCited = {
  /** As people know the file; the mapping may say better what it is. */
  readonly name: string;
  /** SHA-256, lower-case hex. */
  readonly evidence: string;
};
/** The table, and the mapping that says what stands ahead of its rows. */
export type FilesCited = { readonly table: FileCited; readonly mapping: FileCited };

/**
 * A source of its own, behind those that the row names: where they say it is one thing, that this sheet says so another. `locator` as `locatorOf`
 * gives it; `null` for what the mapping itself says ahead of all rows, which cites the mapping.
 */
export const citing = ({ data, ...command }: Command, { source }: Mapping, files: FilesCited, locator: string | null): Command => {
  const cited: JsonObject =
    locator === null
      ? { ...files.mapping, locator: 'before' }
      : {
          name: source?.name ?? files.table.name,
          evidence: files.table.evidence,
          locator,
          ...(source?.publishedAt && { publishedAt: jsonIn(source.publishedAt) }),
        };
  return { ...command, data: { ...data, sources: [...sourcesIn(data), cited] } };
};

const sourcesIn = ({ sources }: JsonObject): readonly Json[] => (Array.isArray(sources) ? sources : []);

/** `sheet Accounts, row 17`; of a file that holds one table, `row 17`. */
export const locatorOf = (sheet: string | null, row: number): string => `${sheet === null ? '' : `sheet ${sheet}, `}row ${row}`;
