/**
 * Forms with a file (multipart/form-data, RFC 7578), part by part: each is a stream of bytes here, what is said is read as strictly as any other body, and
 * the file never stands in memory whole.
 */
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { mediaTypeText } from '../domain/events/evidence-registered.ts';
import { fragment, problem, Refused } from './problems.ts';

const FORM_DATA_BYTES_MAX = 256 * 1024; // as of any body that is no list of rows

/** For the parser of forms: every part as a stream, and one byte more than a file may have, so that the store sees that it is too long. */
export const formOptions = (fileBytesMax: number) => ({
  isPartAFile: () => true,
  throwFileSizeLimit: false,
  limits: { fileSize: fileBytesMax + 1, fieldNameSize: 100 },
});

/** Throws `Refused` for what says beforehand that it is too long. */
export const partsOf = (request: FastifyRequest, fileBytesMax: number, dataParts: number): Parts => {
  const bytesMax = fileBytesMax + (dataParts + 1) * FORM_DATA_BYTES_MAX; // with the lines between the parts
  if (Number(request.headers['content-length']) > bytesMax) throw tooLarge(fileBytesMax);
  return request.parts();
};
export type Parts = ReturnType<FastifyRequest['parts']>;

/** `undefined` at the end. Throws `Refused` for a form that breaks off. */
export const nextPart = async (parts: Parts): Promise<MultipartFile | undefined> => {
  const { value, done } = await parts.next().catch((cause: unknown) => {
    throw broken(cause);
  });
  if (done) return undefined;
  if (value.type === 'file') return value;
  throw new TypeError('a part that is no stream');
};

export const expectEnd = async (parts: Parts): Promise<void> => {
  const part = await nextPart(parts);
  if (part) throw invalidForm([part.fieldname], 'Nothing follows the file');
};

export const chunksOf = async function* ({ file }: MultipartFile): AsyncGenerator<Uint8Array, void> {
  try {
    yield* file;
  } catch (cause) {
    throw broken(cause);
  }
};

export const bytesOf = async (part: MultipartFile): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunksOf(part)) {
    bytes += chunk.length;
    if (bytes > FORM_DATA_BYTES_MAX) throw tooLarge(FORM_DATA_BYTES_MAX);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

/** As stated, without parameters; what is no media type says nothing about the bytes. */
export const mediaTypeOf = (stated: string): string => {
  const [type = ''] = stated.toLowerCase().split(';');
  return mediaTypeText.safeParse(type.trim()).data ?? 'application/octet-stream';
};

const broken = (cause: unknown): Refused => (cause instanceof Refused ? cause : invalidForm([], 'No form, or one that breaks off'));
export const invalidForm = (path: readonly string[], detail: string): Refused =>
  new Refused(problem('BODY_INVALID', [{ pointer: fragment(path), detail }]));
const tooLarge = (bodyBytesMax: number): Refused => new Refused(problem('BODY_TOO_LARGE', [], { bodyBytesMax }));
