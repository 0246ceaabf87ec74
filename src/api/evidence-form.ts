/** The form in which a file comes to be put on record: what is said of it, then the file itself, and nothing else. The name that its sender gives it is used for nothing. */
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { evidenceRegistered } from '../domain/events/evidence-registered.ts';
import type { JsonObject } from '../domain/json.ts';
import { parseStrictJson } from '../domain/strict-json.ts';
import { EVIDENCE_BYTES_MAX } from '../evidence/evidence-store.ts';
import { PartInvalid } from './error-problems.ts';
import { bytesOf, chunksOf, expectEnd, invalidForm, mediaTypeOf, nextPart, type Parts, partsOf } from './form-parts.ts';
import { jsonObject } from './write-replies.ts';

/** For the description of the interface. */
export const evidenceForm = z.strictObject({
  data: z.strictObject(evidenceRegistered.input.shape),
  file: z.string().meta({ contentMediaType: 'application/octet-stream', description: 'The bytes, at most 100 MiB' }),
});

export type EvidenceForm = {
  readonly data: JsonObject;
  readonly mediaType: string;
  /** To be read to its end. Throws `Refused` for a form that breaks off. */
  readonly file: AsyncIterable<Uint8Array>;
  /** Nothing follows. Throws `Refused` otherwise. */
  readonly end: () => Promise<void>;
};

/** Reads as far as the beginning of the file. Throws `Refused` and what the parts of other requests are refused with. */
export const readForm = async (request: FastifyRequest): Promise<EvidenceForm> => {
  const parts = partsOf(request, EVIDENCE_BYTES_MAX, 1);
  const data = dataIn(await bytesOf(await partNamed('data', parts)));
  const file = await partNamed('file', parts);
  return { data, mediaType: mediaTypeOf(file.mimetype), file: chunksOf(file), end: () => expectEnd(parts) };
};

const partNamed = async (name: 'data' | 'file', parts: Parts): Promise<MultipartFile> => {
  const part = await nextPart(parts);
  if (part?.fieldname === name) return part;
  throw invalidForm([name], 'The form has two parts: "data", as JSON, and then "file"');
};

const dataIn = (bytes: Uint8Array): JsonObject => {
  const parsed = evidenceForm.shape.data.safeParse(parseStrictJson(bytes));
  if (parsed.success) return jsonObject(parsed.data);
  throw new PartInvalid(
    'body',
    parsed.error.issues.map((issue) => ({ ...issue, path: ['data', ...issue.path] })),
  );
};
