/** The register of imports: who sent which file, by which mapping, what became of its rows; and those that were not recorded, as a sheet to be mended. */

import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { cellsToMend, fileToMend, type RowToMend } from '../application/import/sheet-to-mend.ts';
import { parseMapping } from '../application/mapping/mapping.ts';
import { factCounts, importCompleted, type NotRecorded, notRecorded, rowCounts } from '../domain/events/import-completed.ts';
import { importStarted } from '../domain/events/import-started.ts';
import { type ImportId, importIdText, sha256Text, streamOf, uuidText } from '../domain/ids.ts';
import { parseStrictJson } from '../domain/strict-json.ts';
import { XLSX_TYPE } from '../evidence/media-types.ts';
import { besideImport, type FactEntry, findFact, listFacts } from '../projections/fact-register.ts';
import { placeAt, readPlace } from '../projections/log.ts';
import { positionOf } from '../projections/progress.ts';
import { openSheet } from '../sheets/open-sheet.ts';
import type { SheetFile, SheetFormat } from '../sheets/row.ts';
import type { ImportAnswer } from './import-answers.ts';
import { problem, Refused } from './problems.ts';
import { headOf, notFound, pageOf, pageQuery, pointOf, pointQuery, queryInvalid, replies } from './query.ts';
import { head, instant, next } from './schemas/common.ts';
import type { Uses } from './uses.ts';

const completed = z.strictObject({
  event: uuidText,
  ...importCompleted.stored.pick({ occurredAt: true }).shape,
  ...{ rows: rowCounts, facts: factCounts, notRecorded: z.array(notRecorded) },
});
const count = z.int().min(1);
const retracted = z
  .strictObject({
    facts: count.meta({ description: 'So many of the facts that it recorded were retracted' }),
    moved: z.int().min(0).meta({ description: 'Of these, moved: they stand, about another account' }),
    of: count.meta({ description: 'That it recorded, retracted ones included; fewer retracted: the others stand' }),
    ...{ first: count, last: count },
    recordedAt: z.strictObject({ first: instant, last: instant }),
  })
  .meta({
    description:
      'The positions of the first and the last retraction, and when they were recorded: the events are those of `GET /v1/events`',
  });
const importEntry = z
  .strictObject({
    ...{ id: importIdText, event: uuidText, position: z.int().min(1) },
    ...importStarted.stored.shape,
    ...{ recordedBy: z.string(), recordedAt: instant },
    completed: completed
      .nullable()
      .meta({ description: 'null while it is under way, or where it was cut short: send the same file again' }),
    retracted: retracted
      .nullable()
      .meta({ description: 'What of it no longer stands, as known at the position asked for; null if all of it stands' }),
  })
  .meta({ id: 'Import', description: 'What it recorded has its id as `batchId`' });
/** In a list without the rows that were not recorded: a thousand imports may have a million of them. */
const importListed = importEntry
  .extend({ completed: completed.omit({ notRecorded: true }).nullable() })
  .meta({ id: 'ImportListed', description: 'The rows that were not recorded stand with the import itself' });
const endListed = z.object({ completed: z.object(completed.omit({ notRecorded: true }).shape).nullable() });
/** What of an entry is read here. */
const parts = z.object({ file: sha256Text, mapping: sha256Text, completed: completed.nullable() });

const page = z.strictObject({ ...head, imports: z.array(importListed), ...next });
const one = z.strictObject({
  ...{ ...head, import: importEntry },
  mappingName: z.string().nullable().meta({ description: 'As the mapping calls itself; null if its file is not there as it was recorded' }),
});

const tags = ['imports'];
const params = z.object({ id: importIdText });

export const importRegister: FastifyPluginAsyncZod<Uses> = async (app, uses) => {
  const list = {
    ...{ operationId: 'listImports', tags, summary: 'List the imports' },
    querystring: z.strictObject(pageQuery),
    response: replies(page),
  };
  app.get('/v1/imports', { schema: list }, async ({ url, query }, reply) => {
    const asked = await pageOf(uses, url, query, z.int());
    const found = listFacts(uses.model, importStarted, { ...asked, after: asked.after ?? 0 }, { beside: besideImport });
    const { cursor, headers } = asked.next(found.next);
    const imports = await Promise.all(
      found.rows.map(async (entry) => ({ ...(await recordedEntry(uses, entry)), ...endListed.parse(entry) })),
    );
    return reply.headers(headers).send({ ...headOf(asked.knownAt), imports, next: cursor });
  });

  const get = {
    ...{ operationId: 'getImport', tags, summary: 'An import: who, when, which file, and what became of its rows' },
    params,
    querystring: z.strictObject(pointQuery),
    response: replies(one),
  };
  app.get('/v1/imports/:id', { schema: get }, async ({ params: { id }, query }) => {
    const knownAt = await pointOf(uses, query);
    const found = importOf(uses, id, knownAt);
    return { ...headOf(knownAt), import: await recordedEntry(uses, found), mappingName: await mappingNameOf(uses, found) };
  });

  const refused: { readonly [status: string]: object } = {
    ...replies(z.string()),
    200: {
      description: 'The rows, with what is wrong, as the mapping declares its file: CSV, XLSX or JSON lines',
      content: { 'text/csv': { schema: z.string() } },
    },
  };
  const sheet = {
    ...{ operationId: 'getRefusedRows', tags, summary: 'The rows that were not recorded, as a sheet to be mended and sent again' },
    params,
    querystring: z.strictObject({
      format: z
        .enum(['csv', 'xlsx', 'jsonl'])
        .optional()
        .meta({ description: 'That of the file, if it is said: its mapping reads no other' }),
    }),
    response: refused,
  };
  app.get('/v1/imports/:id/refused', { schema: sheet }, async ({ params: { id }, query: { format } }, reply) => {
    const { file, bytes } = await sheetOf(uses, importOf(uses, id, await pointOf(uses, {})), format);
    const headers = { 'content-type': MEDIA_TYPES[file], 'content-disposition': `attachment; filename="refused-${id}.${file}"` };
    return reply.headers(headers).send(Buffer.from(bytes));
  });
};

const MEDIA_TYPES = { csv: 'text/csv; charset=utf-8', xlsx: XLSX_TYPE, jsonl: 'application/jsonl' };

const importOf = ({ model }: Uses, id: ImportId, knownAt: number): FactEntry => {
  const found = findFact(model, importStarted, streamOf('import', id), knownAt, besideImport);
  if (!found) throw notFound({ knownAt });
  return found;
};

/** Who recorded it, and when, stands with the event in the log. */
const recordedEntry = async ({ model, log }: Uses, entry: FactEntry) => {
  const { event } = await readPlace(log, placeAt(model, entry.position));
  return { ...entry, recordedBy: event.meta.recordedBy, recordedAt: event.recordedAt };
};

/** What an import of the same key came to, when it was completed: its rows are not told again. */
export const repeatedAnswer = async (uses: Uses, id: ImportId): Promise<Omit<ImportAnswer, 'commandId' | 'file' | 'recordedAt'>> => {
  const { completed: ended } = parts.parse(importOf(uses, id, positionOf(uses.model)));
  if (!ended) throw new Error('an import that was completed, without its end');
  const listed = rowsOf(ended.notRecorded).map(({ row, reasons }) => ({
    row,
    cells: {},
    reasons: reasons.map(({ row: _, ...reason }) => reason),
    facts: null,
  }));
  return {
    ...{ status: 'repeated', id, position: null, rows: ended.rows, facts: ended.facts },
    ...{ columns: [], unread: [], samples: [], notRecorded: listed },
  };
};

type RowOfEvent = { readonly row: number | null; readonly reasons: readonly NotRecorded[] };
const rowsOf = (listed: readonly NotRecorded[]): readonly RowOfEvent[] =>
  [...Map.groupBy(listed, ({ row }) => row ?? null)].map(([row, reasons]) => ({ row, reasons }));

// ---- The rows, from the file on record

const mappingNameOf = async ({ evidence }: Uses, entry: FactEntry): Promise<string | null> => {
  const file = await evidence.find(parts.parse(entry).mapping);
  if (file.state !== 'intact') return null;
  return parseMapping(parseStrictJson(Buffer.concat(await Array.fromAsync(file.chunks())))).name;
};

type FileKind = SheetFormat['format'];

/** Throws `Refused` for another kind of file than the mapping reads. */
const sheetOf = async (
  { evidence }: Uses,
  entry: FactEntry,
  asked: FileKind | undefined,
): Promise<{ readonly file: FileKind; readonly bytes: string | Uint8Array }> => {
  const { file, mapping, completed: ended } = parts.parse(entry);
  const wanted = new Map(rowsOf(ended?.notRecorded ?? []).map(({ row, reasons }) => [row, reasons]));
  const { file: format } = parseMapping(parseStrictJson(await wholeOf(evidence, mapping)));
  if (asked !== undefined && asked !== format.format)
    throw queryInvalid('format', `The mapping reads ${format.format}: the rows come back as that, to be sent again with it.`);
  const sheet = await openSheet(await fileOf(evidence, file), format);
  const columns = new Set(sheet.columns ?? []);
  const rows: RowToMend[] = [];
  const last = Math.max(0, ...[...wanted.keys()].map((row) => row ?? 0));
  for await (const batch of last === 0 ? [] : sheet.rows) {
    for (const { row, cells, object } of batch) {
      const reasons = wanted.get(row);
      if (!reasons) continue;
      for (const column of cells.keys()) columns.add(column);
      rows.push({ reasons, cells: cellsToMend({ cells, ...(object && { object }) }) });
    }
    if ((batch.at(-1)?.row ?? 0) >= last) break; // the rest of a long file says nothing here
  }
  return { file: format.format, bytes: await fileToMend([...columns], rows, format) };
};

const fileOf = async (evidence: Uses['evidence'], sha256: string): Promise<SheetFile> => {
  const file = await evidence.find(sha256);
  if (file.state !== 'intact') throw new Refused(problem('EVIDENCE_ALTERED', [], { sha256, why: file.state }));
  return file;
};

const wholeOf = async (evidence: Uses['evidence'], sha256: string): Promise<Uint8Array> =>
  Buffer.concat(await Array.fromAsync((await fileOf(evidence, sha256)).chunks()));
