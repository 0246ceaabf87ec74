/** Evidence: a file is put on record by its SHA-256. Its bytes are kept once the event that names them is. */
import fastifyMultipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { RowOutcome } from '../application/record.ts';
import { evidenceRegistered } from '../domain/events/evidence-registered.ts';
import { parseEvidenceId, streamOf } from '../domain/ids.ts';
import type { Refusal } from '../domain/refusal.ts';
import { EVIDENCE_BYTES_MAX, type ReceivedFile } from '../evidence/evidence-store.ts';
import { refuseBatchOfImport } from './batch-of-import.ts';
import { evidenceForm, readForm } from './evidence-form.ts';
import { formOptions } from './form-parts.ts';
import { Refused, refusalProblem } from './problems.ts';
import type { Uses } from './uses.ts';
import { answerCommand, commandHeaders, commandIdOf, commandReplies, expectedRevisionOf } from './write-replies.ts';

const URL = '/v1/evidence';

/** Forms are read here and nowhere else; JSON is not. */
export const evidenceWrites = async (app: FastifyInstance, uses: Uses): Promise<void> => {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    await scope.register(fastifyMultipart, formOptions(EVIDENCE_BYTES_MAX));
    // What a refused form still has to say is read and dropped: a connection left half read would serve nobody else.
    scope.addHook('onResponse', async ({ raw }) => void raw.unpipe().resume());
    const schema = {
      operationId: 'registerEvidence',
      tags: ['evidence'],
      summary: 'Put a file on record',
      headers: commandHeaders,
      response: commandReplies,
    };
    scope.post(URL, { schema, config: { form: evidenceForm } }, async (request, reply) => {
      const commandId = commandIdOf(request, reply, uses);
      const { data, mediaType, file, end } = await readForm(request);
      const received = await uses.evidence.receive(file);
      try {
        await end();
        refuseBatchOfImport(uses.model, [{ data }], () => '#/data');
        refuse(refusalOf(received, data['sha256']));
        const { sha256, bytes } = received;
        const stream = streamOf('evidence', parseEvidenceId(sha256));
        const command = { type: evidenceRegistered.name, stream, data: { ...data, sha256, bytes, mediaType } };
        const outcome = await uses.record.one(command, optionsOf(request, commandId));
        if (isOnRecord(outcome)) await received.keep();
        return answerCommand(reply, outcome, { commandId, id: sha256, location: `${URL}/${sha256}`, at: ['data'] });
      } finally {
        await received.discard();
      }
    });
  });
};

const optionsOf = (request: FastifyRequest, commandId: ReturnType<typeof commandIdOf>) => ({
  commandId,
  recordedBy: request.caller.recordedBy,
  expectedRevision: expectedRevisionOf(request),
});

/** Also where something else is said of the file than is on record: its bytes are those, and may be missing. */
const isOnRecord = (outcome: RowOutcome): boolean =>
  outcome.kind !== 'refused' || outcome.refusal.code === 'ALREADY_EXISTS' || outcome.refusal.code === 'DUPLICATE_EXTERNAL_ID';

const refusalOf = ({ sha256, bytes }: ReceivedFile, stated: unknown): Refusal | undefined => {
  if (bytes === 0) return { code: 'EVIDENCE_EMPTY' };
  return typeof stated === 'string' && stated !== sha256 ? { code: 'EVIDENCE_HASH_MISMATCH', stated, found: sha256 } : undefined;
};

const refuse = (refusal: Refusal | undefined): void => {
  if (refusal) throw new Refused(refusalProblem(refusal, ['data']));
};
