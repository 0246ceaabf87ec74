/** The form in which an import comes: its mapping, what of it is confirmed, and then the file, whose name is kept for people to read. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { compileMapping } from '../application/mapping/compile-mapping.ts';
import { parseMapping } from '../application/mapping/mapping.ts';
import type { CompiledMapping } from '../application/mapping/row-facts.ts';
import { type Confirmation, confirmation } from '../domain/events/import-started.ts';
import { line } from '../domain/fields.ts';
import { parseStrictJson } from '../domain/strict-json.ts';
import { IMPORT_BYTES_MAX } from '../evidence/evidence-store.ts';
import { PartInvalid } from './error-problems.ts';
import { bytesOf, chunksOf, expectEnd, invalidForm, mediaTypeOf, nextPart, partsOf } from './form-parts.ts';

const confirmations = z.array(confirmation);

/** For the description of the interface. */
export const importForm = z.strictObject({
  mapping: z.looseObject({ mapping: z.literal(1) }).meta({ description: 'What its columns mean: docs/reference/mapping.md' }),
  confirm: confirmations.optional().meta({ description: 'Doubts that are answered: of a kind, all or those about the facts named' }),
  file: z.string().meta({ contentMediaType: 'application/octet-stream', description: 'CSV, XLSX or JSON lines, at most 1 GiB' }),
});

export type ImportForm = {
  readonly mapping: { readonly compiled: CompiledMapping; readonly bytes: Uint8Array };
  readonly confirmed: readonly Confirmation[];
  readonly name: string;
  readonly mediaType: string;
  /** To be read to its end. Throws `Refused` for a form that breaks off. */
  readonly file: AsyncIterable<Uint8Array>;
  /** Nothing follows. Throws `Refused` otherwise. */
  readonly end: () => Promise<void>;
};

const PARTS = 'The form has the parts "mapping", as JSON, perhaps "confirm", as JSON, and then "file"';

/** Reads as far as the beginning of the file. Throws `Refused`, `MappingInvalid`, and what the parts of other requests are refused with. */
export const readImportForm = async (request: FastifyRequest): Promise<ImportForm> => {
  const parts = partsOf(request, IMPORT_BYTES_MAX, 2);
  const first = await nextPart(parts);
  if (first?.fieldname !== 'mapping') throw invalidForm(['mapping'], PARTS);
  const bytes = await bytesOf(first);
  const compiled = compileMapping(parseMapping(parseStrictJson(bytes)));
  let part = await nextPart(parts);
  let confirmed: readonly Confirmation[] = [];
  if (part?.fieldname === 'confirm') {
    confirmed = confirmedIn(await bytesOf(part));
    part = await nextPart(parts);
  }
  if (part?.fieldname !== 'file') throw invalidForm(['file'], PARTS);
  const name = line.safeParse(part.filename?.trim()).data ?? compiled.mapping.name;
  return {
    mapping: { compiled, bytes },
    confirmed,
    name,
    mediaType: mediaTypeOf(part.mimetype),
    file: chunksOf(part),
    end: () => expectEnd(parts),
  };
};

/** In one order, so that the same confirmations make the same import. */
const confirmedIn = (bytes: Uint8Array): readonly Confirmation[] => {
  const byKind = Map.groupBy(parsedConfirmations(parseStrictJson(bytes)), ({ kind }) => kind);
  const together = [...byKind]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, all]) => {
      const facts = all.every((each) => each.facts !== undefined)
        ? [...new Set(all.flatMap((each) => each.facts ?? []))].toSorted()
        : undefined;
      return { kind, ...(facts && { facts }) };
    });
  return parsedConfirmations(together); // those of one kind may be too many together
};

const parsedConfirmations = (json: unknown): readonly Confirmation[] => {
  const parsed = confirmations.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new PartInvalid(
    'body',
    parsed.error.issues.map((issue) => ({ ...issue, path: ['confirm', ...issue.path] })),
  );
};
