/** Imports: a table and a mapping are sent, and what its rows say is recorded, or tried. */
import { setImmediate } from 'node:timers/promises';
import fastifyMultipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { whenEnded } from '../application/import/import-object.ts';
import { type ImportAsked, runImport } from '../application/import/run-import.ts';
import type { Rehearsal } from '../application/rehearsal.ts';
import { type CommandId, parseCommandId, parseImportId } from '../domain/ids.ts';
import { IMPORT_BYTES_MAX, type ReceivedFile } from '../evidence/evidence-store.ts';
import { openSheet } from '../sheets/open-sheet.ts';
import { tooLarge } from './dry-run.ts';
import { settling } from './error-problems.ts';
import { formOptions } from './form-parts.ts';
import { answerOf, importAnswer, importWords } from './import-answers.ts';
import { type ImportForm, importForm, readImportForm } from './import-form.ts';
import { answerWithProgress, type OnProgress, wantsProgress } from './import-progress.ts';
import { repeatedAnswer } from './import-register.ts';
import type { Uses } from './uses.ts';
import { failureReplies, jsonReply, rowsHeaders } from './write-replies.ts';

/** What a dry run would record stands in memory. */
const DRY_RUN_FACTS_MAX = 100_000;

const query = z.strictObject({
  dryRun: z.enum(['true', 'false']).optional().meta({ description: 'Decides everything and records nothing' }),
});

export const importWrites = async (app: FastifyInstance, uses: Uses): Promise<void> => {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    await scope.register(fastifyMultipart, formOptions(IMPORT_BYTES_MAX));
    // What a refused form still has to say is read and dropped: a connection left half read would serve nobody else.
    scope.addHook('onResponse', async ({ raw }) => void raw.unpipe().resume());
    const schema = {
      operationId: 'importTable',
      tags: ['imports'],
      summary: 'Record what the rows of a table say, or try it',
      headers: rowsHeaders,
      querystring: query,
      response: { 200: jsonReply('What became of its rows', importAnswer), ...failureReplies },
    };
    scope.post('/v1/imports', { schema, config: { form: importForm } }, async (request, reply) => {
      const key = request.headers['idempotency-key'];
      const commandId = typeof key === 'string' ? parseCommandId(key) : undefined;
      // Without a key the file itself names the import: one is made up only because every write answers with one.
      reply.header('idempotency-key', commandId ?? uses.newCommandId());
      const { dryRun } = query.parse(request.query);
      const form = await readImportForm(request);
      const file = await uses.evidence.receive(form.file, IMPORT_BYTES_MAX);
      const work = (onProgress: OnProgress) =>
        importReceived(uses, request, reply, { form, file, key: commandId, isDryRun: dryRun === 'true' }, onProgress);
      if (wantsProgress(request)) return answerWithProgress(request, reply, work);
      return reply.send(await work(() => {}));
    });
  });
};

type Received = { readonly form: ImportForm; readonly file: ReceivedFile; readonly key: CommandId | undefined; readonly isDryRun: boolean };

const importReceived = async (
  uses: Uses,
  request: FastifyRequest,
  reply: FastifyReply,
  received: Received,
  onProgress: OnProgress,
): Promise<object> => {
  const { form, file, key, isDryRun } = received;
  let mapping: ReceivedFile | undefined;
  try {
    await form.end();
    mapping = await uses.evidence.receive(inOneChunk(form.mapping.bytes));
    const { compiled } = form.mapping;
    const read = counting(file, onProgress);
    const kept = (stored: ReceivedFile, mediaType: string) => ({
      ...{ sha256: stored.sha256, bytes: stored.bytes, mediaType },
      keep: isDryRun ? async () => {} : stored.keep,
    });
    const asked: ImportAsked = {
      file: kept(file, form.mediaType),
      mapping: kept(mapping, 'application/json'),
      ...{ name: form.name, confirmed: form.confirmed, key, compiled, recordedBy: request.caller.recordedBy },
      open() {
        read.opened();
        return openSheet({ bytes: file.bytes, chunks: read.chunks }, compiled.mapping.file);
      },
    };
    const rehearsal = isDryRun ? uses.rehearse() : undefined;
    const running = runImport(
      {
        recorder: rehearsal ?? uses,
        nowMs: uses.nowMs,
        words: importWords,
        pause: () => setImmediate(),
        onRows(rows) {
          read.settled(rows);
          refuseTooMany(rehearsal);
        },
      },
      asked,
    );
    const result = await (isDryRun ? running : settling(running));
    const commandId = reply.getHeader('idempotency-key');
    const told =
      'completed' in result
        ? await repeatedAnswer(uses, result.completed)
        : await answerOf(result, { isDryRun, log: (rehearsal ?? uses).log });
    const recordedAt = told.id === null ? null : await whenEnded(uses.log, parseImportId(told.id));
    return { commandId, file: file.sha256, recordedAt, ...told };
  } finally {
    await file.discard();
    await mapping?.discard();
  }
};

const inOneChunk = async function* (bytes: Uint8Array): AsyncGenerator<Uint8Array, void> {
  yield bytes;
};

const refuseTooMany = (rehearsal: Rehearsal | undefined): void => {
  const facts = rehearsal?.events().length ?? 0;
  if (facts > DRY_RUN_FACTS_MAX)
    throw tooLarge(facts, '#/file', 'Try a part of the file: what a dry run would record stands in memory.', DRY_RUN_FACTS_MAX);
};

/** How much of a file was read, of twice its length: it is read to its end before anything is recorded. A reader may look at its beginning several times. */
const counting = (file: ReceivedFile, onProgress: OnProgress) => {
  const bytesTotal = 2 * file.bytes;
  let before = -file.bytes;
  let reached = 0;
  let rows = 0;
  const tell = (): void => onProgress({ bytes: Math.min(bytesTotal, Math.max(0, before) + reached), bytesTotal, rows });
  return {
    opened(): void {
      before += file.bytes;
      reached = 0;
    },
    chunks: async function* (): AsyncGenerator<Uint8Array, void> {
      let bytes = 0;
      for await (const chunk of file.chunks()) {
        bytes += chunk.length;
        reached = Math.max(reached, bytes);
        yield chunk;
        tell();
      }
    },
    settled(now: number): void {
      rows = now;
      tell();
    },
  };
};
