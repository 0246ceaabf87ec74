/**
 * Files by the SHA-256 of their bytes, in a folder of their own: `ab/abcdef…`. A file is received beside its place, hashed as it comes, and put there whole
 * once whoever received it says so; nothing that stands in its place is ever written to again. Bytes are handed out only if they are still those.
 *
 * One process has the folder (it holds the lease of the ledger that the files belong to), or several share it: each receives in a place of its own.
 */
import { createHash, type Hash, randomUUID } from 'node:crypto';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EvidenceChanged, EvidenceNotWritten, EvidenceTooLarge } from './errors.ts';

export const EVIDENCE_BYTES_MAX = 100 * 1024 * 1024;
export const IMPORT_BYTES_MAX = 1024 * 1024 * 1024; // of a table whose rows are recorded
const READ_BYTES = 256 * 1024; // what of a file is in memory at once

/** A file that was received whole and is on disk, but in nobody's sight. Exactly one of the two is called, and the other does nothing afterwards. */
export type ReceivedFile = {
  readonly sha256: string;
  readonly bytes: number;
  /** From its beginning, as often as asked until it is discarded, also after it was kept. */
  readonly chunks: () => AsyncIterable<Uint8Array>;
  /** Puts it in its place, over what stands there under the same hash. Throws EvidenceNotWritten. */
  readonly keep: () => Promise<void>;
  readonly discard: () => Promise<void>;
};

/** `unreadable`: it is there, and the system will not let it be read. */
export type FileState = 'intact' | 'missing' | 'altered' | 'unreadable';
export type IntactFile = {
  readonly state: 'intact';
  readonly bytes: number;
  /** Read when it is iterated. Throws EvidenceChanged instead of handing out the end of a file that was changed meanwhile. */
  readonly chunks: () => AsyncGenerator<Uint8Array, void>;
};

export type EvidenceStore = {
  /** Throws what `chunks` throws, EvidenceTooLarge, EvidenceNotWritten; then nothing is left of it. `bytesMax`: by default EVIDENCE_BYTES_MAX. */
  readonly receive: (chunks: AsyncIterable<Uint8Array>, bytesMax?: number) => Promise<ReceivedFile>;
  /** Reads all of it to see that it is what its name says. */
  readonly find: (sha256: string) => Promise<IntactFile | { readonly state: Exclude<FileState, 'intact'> }>;
};

/** No file is received for so long: what is older in a shared folder was left behind. */
const LEFT_BEHIND_MS = 86_400_000;

/** What a process that was killed left behind of files half received is removed; from a folder that others use too, only what is older than a day. */
export const openEvidenceStore = (folder: string, { isShared }: { readonly isShared: boolean }): EvidenceStore => {
  if (!isShared) rmSync(join(folder, 'incoming'), { recursive: true, force: true });
  else removeLeftBehind(join(folder, 'incoming'));
  const incoming = join(folder, 'incoming', randomUUID());
  let received = 0;
  return {
    async receive(chunks, bytesMax = EVIDENCE_BYTES_MAX) {
      received += 1;
      const path = join(incoming, `${received}`);
      const { sha256, bytes } = await write(path, chunks, bytesMax);
      let isKept = false;
      return {
        sha256,
        bytes,
        chunks: () => read(isKept ? placeOf(folder, sha256) : path),
        async keep() {
          await moveInto(folder, path, sha256);
          isKept = true;
        },
        discard: () => rm(path, { force: true }),
      };
    },
    find: async (sha256) => look(placeOf(folder, sha256), sha256),
  };
};

const removeLeftBehind = (incoming: string): void => {
  try {
    for (const name of readdirSync(incoming))
      if (statSync(join(incoming, name)).mtimeMs < Date.now() - LEFT_BEHIND_MS)
        rmSync(join(incoming, name), { recursive: true, force: true });
  } catch {
    // Nothing was received yet, or another process was faster: it is looked at again at the next start.
  }
};

const SHA256 = /^[0-9a-f]{64}$/;

/** Throws RangeError for what is no SHA-256 in lower-case hex: a name that is not made of it leads nowhere else. */
const placeOf = (folder: string, sha256: string): string => {
  if (!SHA256.test(sha256)) throw new RangeError('not a SHA-256');
  return join(folder, sha256.slice(0, 2), sha256);
};

// ---- Taking in

const READ_ONLY = 0o444; // nothing writes to evidence by mistake

const write = async (
  path: string,
  chunks: AsyncIterable<Uint8Array>,
  bytesMax: number,
): Promise<{ readonly sha256: string; readonly bytes: number }> => {
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(path, 'wx', READ_ONLY);
    try {
      for await (const chunk of chunks) {
        bytes += chunk.length;
        if (bytes > bytesMax) throw new EvidenceTooLarge(bytesMax);
        hash.update(chunk);
        await file.appendFile(chunk);
      }
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    // What a failing disk does not let go is removed at the next start.
    await rm(path, { force: true }).catch(() => {});
    throw isOfSystem(error) ? new EvidenceNotWritten('receiving', { cause: error }) : error;
  }
  return { sha256: hash.digest('hex'), bytes };
};

/** Its name is on disk before this resolves: whoever is told that the file is kept finds it after a power loss too. */
const moveInto = async (folder: string, path: string, sha256: string): Promise<void> => {
  const place = placeOf(folder, sha256);
  try {
    await mkdir(dirname(place), { recursive: true });
    await rename(path, place);
    for (const named of [dirname(place), folder]) await syncFolder(named);
  } catch (cause) {
    throw new EvidenceNotWritten('keeping', { cause });
  }
};

const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return; // there a folder cannot be opened
  const opened = await open(folder, 'r');
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
};

const isOfSystem = (error: unknown): error is NodeJS.ErrnoException => error instanceof Error && 'syscall' in error;

// ---- Handing out

const look = async (place: string, sha256: string): ReturnType<EvidenceStore['find']> => {
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const chunk of read(place, hash)) bytes += chunk.length;
  } catch (error) {
    if (isOfSystem(error)) return { state: error.code === 'ENOENT' ? 'missing' : 'unreadable' };
    throw error;
  }
  return hash.digest('hex') === sha256 ? { state: 'intact', bytes, chunks: () => readAgain(place, sha256) } : { state: 'altered' };
};

/** The last chunk is held back until the whole is seen to be what it was. */
const readAgain = async function* (place: string, sha256: string): AsyncGenerator<Uint8Array, void> {
  const hash = createHash('sha256');
  let held: Uint8Array | undefined;
  for await (const chunk of read(place, hash)) {
    if (held) yield held;
    held = chunk;
  }
  if (hash.digest('hex') !== sha256) throw new EvidenceChanged(sha256);
  if (held) yield held;
};

const read = async function* (place: string, hash?: Hash): AsyncGenerator<Uint8Array, void> {
  const file = await open(place, 'r');
  try {
    for (;;) {
      const { buffer, bytesRead } = await file.read({ buffer: new Uint8Array(READ_BYTES) });
      if (bytesRead === 0) return;
      const chunk = buffer.subarray(0, bytesRead);
      hash?.update(chunk);
      yield chunk;
    }
  } finally {
    await file.close();
  }
};
