/** The parts of a packed file, unpacked one by one and within bounds that are known before: an entry that says it is small and is not is refused. */
import { crc32 } from 'node:zlib';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { XLSX_PARTS_MAX, XLSX_UNPACKED_BYTES_MAX } from './limits.ts';
import { SheetInvalid } from './sheet-invalid.ts';

export type Parts = {
  readonly paths: ReadonlySet<string>;
  /** Unpacks as it is read. Throws SheetInvalid: missing, damaged, or more than all parts together may have. */
  readonly read: (path: string) => AsyncIterable<Uint8Array>;
};

/** Reads the directory at the end of the file and nothing else of it, so that no entry counts that a spreadsheet would not see. Throws SheetInvalid. */
export const partsOf = async (packed: Uint8Array): Promise<Parts> => {
  const { zip, entries } = await opened(packed);
  const budget = { bytes: XLSX_UNPACKED_BYTES_MAX };
  const read = (path: string): AsyncIterable<Uint8Array> => {
    const entry = entries.get(path);
    if (!entry) throw damaged(new Error(`no part ${path}`));
    return unpacked(zip, entry, budget);
  };
  return { paths: new Set(entries.keys()), read };
};

const opened = async (packed: Uint8Array): Promise<{ zip: ZipFile; entries: ReadonlyMap<string, Entry> }> => {
  const entries = new Map<string, Entry>();
  try {
    const zip = await fromBufferPromise(Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength), {
      lazyEntries: true,
      autoClose: false,
    });
    if (zip.entryCount > XLSX_PARTS_MAX) throw tooLarge(`${XLSX_PARTS_MAX} parts`);
    for await (const entry of zip.eachEntry()) {
      if (entries.has(entry.fileName)) throw new Error(`two parts ${entry.fileName}`);
      entries.set(entry.fileName, entry);
    }
    return { zip, entries };
  } catch (cause) {
    throw cause instanceof SheetInvalid ? cause : damaged(cause);
  }
};

const unpacked = async function* (zip: ZipFile, entry: Entry, budget: { bytes: number }): AsyncGenerator<Uint8Array, void> {
  if (entry.isEncrypted()) throw new SheetInvalid('format', 'The workbook has a password. Save it without one, or as "CSV UTF-8".');
  budget.bytes -= entry.uncompressedSize;
  if (budget.bytes < 0) throw tooLarge(`${XLSX_UNPACKED_BYTES_MAX / 1024 / 1024} MiB once it is unpacked`);
  let sum = 0;
  try {
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      const bytes: Uint8Array = chunk;
      sum = crc32(bytes, sum);
      yield bytes;
    }
  } catch (cause) {
    throw damaged(cause);
  }
  if (sum !== entry.crc32) throw damaged(new Error(`checksum of ${entry.fileName}`));
};

export const tooLarge = (bound: string): SheetInvalid =>
  new SheetInvalid('limit', `The workbook has more than ${bound}. Save the sheet as "CSV UTF-8": a CSV of any length is read.`);

export const damaged = (cause: unknown): SheetInvalid =>
  new SheetInvalid('damaged', 'The workbook is damaged, or was cut off. Open it in a spreadsheet and save it again.', {}, { cause });
