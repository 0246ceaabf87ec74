/** Files on record: what is said of each, whether its bytes are still those, and the bytes themselves, as a download that no browser runs. */
import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { evidenceRegistered } from '../domain/events/evidence-registered.ts';
import { type EvidenceId, evidenceIdText, streamOf } from '../domain/ids.ts';
import { instantFromMs } from '../domain/time.ts';
import { safeExtensionOf } from '../evidence/media-types.ts';
import { citationsOfFile } from '../projections/citations.ts';
import { type FactEntry, findFact, listFacts } from '../projections/fact-register.ts';
import { findRetracted, type RetractedFact } from '../projections/retracted-fact.ts';
import { echo, standpointQuery } from './compliance-scope.ts';
import { problem, Refused } from './problems.ts';
import { headOf, msOr, notFound, pageOf, pageQuery, pointOf, pointQuery, replies } from './query.ts';
import { citationPage, evidencePage, evidenceReply, fileReply, verificationReply } from './schemas/facts.ts';
import type { Uses } from './uses.ts';

const tags = ['evidence'];
/** Of a file whose record was retracted: by which event. */
const RETRACTED_HEADER = 'ledger-retracted-by';
const path = z.object({ sha256: evidenceIdText });

export const evidenceRegister: FastifyPluginAsyncZod<Uses> = async (app, uses) => {
  /** What was retracted is told all the same: facts that stand may cite it. */
  const registered = async (sha256: EvidenceId, knownAt: number): Promise<RetractedFact | { entry: FactEntry; retracted: null }> => {
    const stream = streamOf('evidence', sha256);
    const entry = findFact(uses.model, evidenceRegistered, stream, knownAt);
    if (entry) return { entry, retracted: null };
    const gone = await findRetracted(uses.model, uses.log, stream, knownAt);
    if (!gone) throw notFound({ knownAt });
    return gone;
  };

  const list = {
    operationId: 'listEvidence',
    tags,
    summary: 'List the files on record',
    querystring: z.strictObject({ ...pageQuery, reportedBy: standpointQuery.reportedBy }),
    response: replies(evidencePage),
  };
  app.get('/v1/evidence', { schema: list }, async ({ url, query }, reply) => {
    const page = await pageOf(uses, url, query, z.int());
    const narrowed = { reportedBy: msOr(query.reportedBy, undefined) };
    const { rows, next } = listFacts(uses.model, evidenceRegistered, { ...page, after: page.after ?? 0 }, narrowed);
    const { cursor, headers } = page.next(next);
    return reply.headers(headers).send({ ...headOf(page.knownAt), ...echo(query), evidence: rows, next: cursor });
  });

  const record = {
    operationId: 'getEvidence',
    tags,
    summary: 'What is said of a file',
    params: path,
    querystring: z.strictObject(pointQuery),
    response: replies(evidenceReply),
  };
  app.get('/v1/evidence/:sha256/record', { schema: record }, async ({ params, query }) => {
    const knownAt = await pointOf(uses, query);
    const { entry, retracted } = await registered(params.sha256, knownAt);
    return { ...headOf(knownAt), evidence: { ...entry, retracted } };
  });

  const citations = {
    operationId: 'listCitations',
    tags,
    summary: 'Which events name a file, as they were recorded, in the order of recording, and which of them were retracted since',
    params: path,
    querystring: z.strictObject(pageQuery),
    response: replies(citationPage),
  };
  app.get('/v1/evidence/:sha256/citations', { schema: citations }, async ({ url, params: { sha256 }, query }, reply) => {
    const page = await pageOf(uses, url, query, z.int());
    const { retracted } = await registered(sha256, page.knownAt);
    const { rows, next, total, totalRetracted } = await citationsOfFile(uses, sha256, { ...page, after: page.after ?? 0 });
    const { cursor, headers } = page.next(next);
    const told = { sha256, retracted, total, totalRetracted, citations: rows, next: cursor };
    return reply.headers(headers).send({ ...headOf(page.knownAt), ...told });
  });

  const verification = {
    operationId: 'verifyEvidence',
    tags,
    summary: 'Hash a file now: is it still what it was?',
    params: path,
    querystring: z.strictObject(pointQuery),
    response: replies(verificationReply),
  };
  app.get('/v1/evidence/:sha256/verification', { schema: verification }, async ({ params: { sha256 }, query }) => {
    await registered(sha256, await pointOf(uses, query));
    const { state } = await uses.evidence.find(sha256);
    return { sha256, file: state, hashedAt: instantFromMs(uses.nowMs()) };
  });

  const bytes: object = { description: 'The bytes', content: { 'application/octet-stream': { schema: fileReply } } };
  const response: { readonly [status: string]: object } = { ...replies(fileReply), 200: bytes };
  const download = {
    operationId: 'downloadEvidence',
    tags,
    summary: 'A file, if its bytes are still what they were',
    params: path,
    querystring: z.strictObject({}),
    response,
  };
  app.get('/v1/evidence/:sha256', { schema: download }, async ({ params: { sha256 } }, reply) => {
    const { entry, retracted } = await registered(sha256, await pointOf(uses, {}));
    const file = await uses.evidence.find(sha256);
    if (file.state !== 'intact') throw new Refused(problem('EVIDENCE_ALTERED', [], { sha256, why: file.state }));
    return reply
      .headers({
        'content-type': 'application/octet-stream', // whatever it says it is: what is inside was chosen by somebody else
        ...(retracted && { [RETRACTED_HEADER]: retracted.event }),
        'content-disposition': `attachment; filename="${retracted ? 'retracted-' : ''}${sha256}.${safeExtensionOf(String(entry['mediaType']))}"`, // by its bytes, never by a name that somebody gave it
        'content-security-policy': "sandbox; default-src 'none'",
        'content-length': file.bytes,
        etag: `"${sha256}"`,
      })
      .send(Readable.from(file.chunks(), { objectMode: false }));
  });
};
