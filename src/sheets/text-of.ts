/** The text of a file, piece by piece, in the encoding that is declared: never with characters that stand for what could not be read. */
import { isUtf8 } from 'node:buffer';
import { FIRST_BYTES, refuseOtherThanText } from './file-kinds.ts';
import { SheetInvalid } from './sheet-invalid.ts';

export type Encoding = 'utf-8' | 'windows-1252';

const PIECE_BYTES = 64 * 1024; // what is read at once, and so the rows of a batch, stay few however large the chunks of a file are

/** A byte order mark is left out. Throws SheetInvalid for other kinds of file, and for bytes that the encoding does not have, with their line. */
export const textOf = async function* (chunks: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<string, void> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let lines = 0;
  let before: Uint8Array = new Uint8Array();
  for await (const piece of pieces(fromFirstBytes(chunks, encoding))) {
    const text = decoded(decoder, piece);
    const fault = text === undefined ? bytesFault(before, piece) : controlFault(text, encoding);
    if (text === undefined || fault) throw invalid(fault?.kind ?? 'bytes', encoding, lines + (fault?.lines ?? 0) + 1);
    lines += linesIn(text);
    before = piece.length < OPEN_BYTES_MAX ? Buffer.concat([before.subarray(-OPEN_BYTES_MAX), piece]) : piece;
    if (text !== '') yield text;
  }
  if (decoded(decoder) === undefined) throw invalid('bytes', encoding, lines + 1);
};

const pieces = async function* (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  for await (const chunk of chunks)
    for (let from = 0; from < chunk.length; from += PIECE_BYTES) yield chunk.subarray(from, from + PIECE_BYTES);
};

/** The first chunk has as many bytes as it takes to tell what kind of file it is. */
const fromFirstBytes = async function* (chunks: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<Uint8Array, void> {
  let start: Uint8Array | undefined = new Uint8Array();
  for await (const chunk of chunks) {
    if (start === undefined) {
      yield chunk;
      continue;
    }
    start = Buffer.concat([start, chunk]);
    if (start.length < FIRST_BYTES) continue;
    refuseOtherThanText(start);
    refuseUtf8As(encoding, start);
    yield start;
    start = undefined;
  }
  if (start === undefined) return;
  refuseOtherThanText(start);
  refuseUtf8As(encoding, start);
  yield start;
};

/** What is UTF-8 beyond ASCII is hardly ever anything else, and read as Windows-1252 every accented name would be wrong. */
const refuseUtf8As = (encoding: Encoding, start: Uint8Array): void => {
  if (encoding === 'utf-8') return;
  const whole = start.subarray(0, start.findLastIndex((byte) => byte < 0x80) + 1);
  if (whole.some((byte) => byte >= 0x80) && isUtf8(whole))
    throw new SheetInvalid('encoding', 'The mapping declares Windows-1252, and the file is in UTF-8. Take "encoding" out of the mapping.');
};

// ---- Faults

type FaultKind = 'bytes' | 'nul';
/** `lines`: ends of lines that come before it, since the start of the piece. */
type Fault = { readonly kind: FaultKind; readonly lines: number };

/** `undefined` for bytes that the encoding does not have. */
const decoded = (decoder: TextDecoder, piece?: Uint8Array): string | undefined => {
  try {
    return piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
  } catch (cause) {
    if (cause instanceof TypeError) return undefined;
    throw cause;
  }
};

const OPEN_BYTES_MAX = 3; // of a character of UTF-8 that has begun

/** `before` may end within a character, whose rest is then looked at with it. */
const bytesFault = (before: Uint8Array, piece: Uint8Array): Fault => {
  const [text = ''] = new TextDecoder().decode(Buffer.concat([openBytes(before), piece])).split('\ufffd', 1);
  return { kind: 'bytes', lines: linesIn(text) };
};

/** The bytes at the end that begin a character and do not end it. */
const openBytes = (bytes: Uint8Array): Uint8Array => {
  for (let length = 1; length <= Math.min(OPEN_BYTES_MAX, bytes.length); length += 1) {
    const byte = bytes[bytes.length - length] ?? 0;
    if (byte < 0x80) break;
    if (byte < 0xc0) continue; // the middle of one
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return needed > length ? bytes.subarray(-length) : new Uint8Array();
  }
  return new Uint8Array();
};

/** Windows-1252 has no characters for five bytes, which come out as controls. */
const NO_WINDOWS_1252 = /[\u0081\u008d\u008f\u0090\u009d]/;

const controlFault = (text: string, encoding: Encoding): Fault | undefined => {
  const nul = text.indexOf('\0');
  if (nul !== -1) return { kind: 'nul', lines: linesIn(text.slice(0, nul)) };
  const at = encoding === 'utf-8' ? -1 : text.search(NO_WINDOWS_1252);
  return at === -1 ? undefined : { kind: 'bytes', lines: linesIn(text.slice(0, at)) };
};

const linesIn = (text: string): number => {
  let lines = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
};

const invalid = (kind: FaultKind, encoding: Encoding, row: number): SheetInvalid => {
  if (kind === 'nul')
    return new SheetInvalid(
      'encoding',
      `Line ${row} has a NUL character, which no text has: the file may be in UTF-16, or no text at all. Save it as "CSV UTF-8".`,
      { row },
    );
  if (encoding === 'windows-1252')
    return new SheetInvalid('encoding', `Line ${row} has a byte that is no Windows-1252. Save the file as "CSV UTF-8".`, { row });
  return new SheetInvalid(
    'encoding',
    `Line ${row} has bytes that are no UTF-8. Save the file as "CSV UTF-8"; if it is in Windows-1252, declare "encoding": "windows-1252" in the ` +
      'mapping and look at the names in the dry run.',
    { row },
  );
};
