/**
 * The form in which a file comes (multipart/form-data, RFC 7578): what is said of it, then the file itself, and nothing else. Each part is a stream of
 * bytes here: what is said is read as strictly as any other body, the file never stands in memory whole, and the name that its sender gives it is used
 * for nothing.
 */
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { evidenceRegistered, mediaTypeText } from '../domain/events/evidence-registered.ts';
import type { JsonObject } from '../domain/json.ts';
import { parseStrictJson } from '../domain/strict-json.ts';
import { EVIDENCE_BYTES_MAX } from '../evidence/evidence-store.ts';
import { PartInvalid } from './error-problems.ts';
import { fragment, problem, Refused } from './problems.ts';
import { jsonObject } from './write-replies.ts';

const FORM_DATA_BYTES_MAX = 256 * 1024; // as of any body that is no list of rows
const FORM_BYTES_MAX = EVIDENCE_BYTES_MAX + 2 * FORM_DATA_BYTES_MAX; // with the lines between the parts

/** For the description of the interface. */
export const evidenceForm = z.strictObject({
  data: z.strictObject(evidenceRegistered.input.shape),
  file: z.string().meta({ contentMediaType: 'application/octet-stream', description: 'The bytes, at most 100 MiB' }),
});

/** For the parser of forms: every part as a stream, and one byte more than a file may have, so that the store sees that it is too long. */
export const formOptions = {
  isPartAFile: () => true,
  throwFileSizeLimit: false,
  limits: { fileSize: EVIDENCE_BYTES_MAX + 1, fieldNameSize: 100 },
};

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
  if (Number(request.headers['content-length']) > FORM_BYTES_MAX) throw tooLarge(EVIDENCE_BYTES_MAX);
  const parts = request.parts();
  const data = dataIn(await bytesOf(await partNamed('data', parts)));
  const file = await partNamed('file', parts);
  return { data, mediaType: mediaTypeOf(file.mimetype), file: chunksOf(file), end: () => expectEnd(parts) };
};

type Parts = ReturnType<FastifyRequest['parts']>;

const next = async (parts: Parts): Promise<MultipartFile | undefined> => {
  const { value, done } = await parts.next().catch((cause: unknown) => {
    throw broken(cause);
  });
  if (done) return undefined;
  if (value.type === 'file') return value;
  throw new TypeError('a part that is no stream');
};

const partNamed = async (name: 'data' | 'file', parts: Parts): Promise<MultipartFile> => {
  const part = await next(parts);
  if (part?.fieldname === name) return part;
  throw invalidForm([name], 'The form has two parts: "data", as JSON, and then "file"');
};

const expectEnd = async (parts: Parts): Promise<void> => {
  const part = await next(parts);
  if (part) throw invalidForm([part.fieldname], 'Nothing follows the file');
};

const chunksOf = async function* ({ file }: MultipartFile): AsyncGenerator<Uint8Array, void> {
  try {
    yield* file;
  } catch (cause) {
    throw broken(cause);
  }
};

const bytesOf = async (part: MultipartFile): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunksOf(part)) {
    bytes += chunk.length;
    if (bytes > FORM_DATA_BYTES_MAX) throw tooLarge(FORM_DATA_BYTES_MAX);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const dataIn = (bytes: Uint8Array): JsonObject => {
  const parsed = evidenceForm.shape.data.safeParse(parseStrictJson(bytes));
  if (parsed.success) return jsonObject(parsed.data);
  throw new PartInvalid(
    'body',
    parsed.error.issues.map((issue) => ({ ...issue, path: ['data', ...issue.path] })),
  );
};

/** As stated, without parameters; what is no media type says nothing about the bytes. */
const mediaTypeOf = (stated: string): string => {
  const [type = ''] = stated.toLowerCase().split(';');
  return mediaTypeText.safeParse(type.trim()).data ?? 'application/octet-stream';
};

const broken = (cause: unknown): Refused => (cause instanceof Refused ? cause : invalidForm([], 'No form, or one that breaks off'));
const invalidForm = (path: readonly string[], detail: string): Refused =>
  new Refused(problem('BODY_INVALID', [{ pointer: fragment(path), detail }]));
const tooLarge = (bodyBytesMax: number): Refused => new Refused(problem('BODY_TOO_LARGE', [], { bodyBytesMax }));
