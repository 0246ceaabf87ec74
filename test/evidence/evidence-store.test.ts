/** Files by their SHA-256: received whole or not at all, and handed out only as they were received. */
import { createHash } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EvidenceChanged, EvidenceNotWritten, EvidenceTooLarge } from '../../src/evidence/errors.ts';
import { EVIDENCE_BYTES_MAX, type EvidenceStore, openEvidenceStore } from '../../src/evidence/evidence-store.ts';

let root: string;
let folder: string;
let store: EvidenceStore;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ledger-evidence-'));
  folder = join(root, 'evidence');
  store = openEvidenceStore(folder, { isShared: false });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const MIB = 1024 * 1024;
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
/** Bytes that differ from place to place, so that none can take another's. */
const patterned = (length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => (index * 31 + (index >> 8)) % 251);
const inPieces = async function* (bytes: Uint8Array, size = 10_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
};
const keep = async (bytes: Uint8Array): Promise<string> => {
  const received = await store.receive(inPieces(bytes));
  await received.keep();
  return received.sha256;
};
const readBack = async (hash: string): Promise<Uint8Array> => {
  const file = await store.find(hash);
  if (file.state !== 'intact') throw new Error(file.state);
  return Buffer.concat(await Array.fromAsync(file.chunks()));
};
const filesIn = (of: string): readonly string[] =>
  readdirSync(of, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
const placeOf = (hash: string): string => join(folder, hash.slice(0, 2), hash);

describe('a file', () => {
  it('is known by the hash of its bytes, whatever pieces it comes in', async () => {
    // SHA-256 of "abc", FIPS 180-2 appendix B.1.
    const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    for (const size of [1, 2, 3, 100]) {
      const received = await store.receive(inPieces(Buffer.from('abc'), size));
      expect(received).toMatchObject({ sha256: abc, bytes: 3 });
      await received.discard();
    }
  });

  it('is in nobody’s sight until it is kept', async () => {
    const bytes = patterned(50_000);
    const received = await store.receive(inPieces(bytes));
    expect(await store.find(sha256(bytes))).toEqual({ state: 'missing' });
    await received.keep();
    expect(await store.find(sha256(bytes))).toMatchObject({ state: 'intact', bytes: 50_000 });
    expect(filesIn(folder)).toEqual([sha256(bytes)]);
  });

  it('leaves nothing when it is discarded, and stays when it was kept before', async () => {
    const first = await store.receive(inPieces(patterned(10)));
    await first.discard();
    expect(filesIn(folder)).toEqual([]);
    const second = await store.receive(inPieces(patterned(10)));
    await second.keep();
    await second.discard();
    expect(await store.find(second.sha256)).toMatchObject({ state: 'intact' });
  });

  it('that is larger than what is read at once comes back byte for byte', async () => {
    const bytes = patterned(3 * MIB + 7);
    expect(sha256(await readBack(await keep(bytes)))).toBe(sha256(bytes));
  });

  it('may be empty here: whether that is evidence is not for the store to say', async () => {
    const hash = await keep(new Uint8Array());
    expect(await readBack(hash)).toHaveLength(0);
  });

  it('is written once: its place is read-only, and the same bytes again take it over', async () => {
    const hash = await keep(patterned(10));
    expect(statSync(placeOf(hash)).mode & 0o222).toBe(0);
    expect(await keep(patterned(10))).toBe(hash);
    expect(filesIn(folder)).toEqual([hash]);
  });

  it('may have 100 MiB, and no byte more', async () => {
    const piece = new Uint8Array(MIB);
    const sized = async function* (bytes: number): AsyncGenerator<Uint8Array> {
      for (let left = bytes; left > 0; left -= MIB) yield piece.subarray(0, Math.min(left, MIB));
    };
    const most = await store.receive(sized(EVIDENCE_BYTES_MAX));
    expect(most.bytes).toBe(104_857_600);
    await most.discard();
    await expect(store.receive(sized(EVIDENCE_BYTES_MAX + 1))).rejects.toBeInstanceOf(EvidenceTooLarge);
    expect(filesIn(folder)).toEqual([]);
  }, 60_000);

  it('that breaks off leaves nothing, and fails as its source did', async () => {
    const broken = async function* (): AsyncGenerator<Uint8Array> {
      yield patterned(100_000);
      throw new RangeError('the line went dead');
    };
    await expect(store.receive(broken())).rejects.toThrow(RangeError);
    expect(filesIn(folder)).toEqual([]);
  });

  it('is one of several that come at once', async () => {
    const all = Array.from({ length: 20 }, (_, index) => patterned(1_000 + (index % 10)));
    const hashes = await Promise.all(all.map(keep));
    expect(new Set(hashes).size).toBe(10);
    for (const [index, hash] of hashes.entries()) expect(hash).toBe(sha256(all[index] ?? new Uint8Array()));
    expect(filesIn(folder).toSorted()).toEqual([...new Set(hashes)].toSorted());
  });
});

describe('bytes on disk', () => {
  const altered = async (change: (bytes: Buffer) => Buffer): Promise<unknown> => {
    const hash = await keep(patterned(600_000));
    chmodSync(placeOf(hash), 0o644);
    writeFileSync(placeOf(hash), change(readFileSync(placeOf(hash))));
    return (await store.find(hash)).state;
  };

  it('are found altered by one bit, by a byte too many or too few', async () => {
    const flip = (bytes: Buffer): Buffer => {
      bytes.writeUInt8(bytes.readUInt8(599_999) ^ 1, 599_999);
      return bytes;
    };
    expect(await altered(flip)).toBe('altered');
    expect(await altered((bytes) => bytes.subarray(0, -1))).toBe('altered');
    expect(await altered((bytes) => Buffer.concat([bytes, Buffer.from('x')]))).toBe('altered');
    expect(await altered(() => Buffer.alloc(0))).toBe('altered');
    expect(await altered((bytes) => bytes)).toBe('intact');
  });

  it('are found missing, or not to be read', async () => {
    const hash = await keep(patterned(10));
    rmSync(placeOf(hash));
    expect(await store.find(hash)).toEqual({ state: 'missing' });
    mkdirSync(placeOf(hash));
    expect(await store.find(hash)).toEqual({ state: 'unreadable' });
  });

  it('are not handed out to the end if they change after they were found intact', async () => {
    const bytes = patterned(700_000);
    const hash = await keep(bytes);
    const file = await store.find(hash);
    if (file.state !== 'intact') throw new Error(file.state);
    const other = join(root, 'other');
    writeFileSync(
      other,
      bytes.map((byte) => byte ^ 1),
    );
    renameSync(other, placeOf(hash));
    const got: Uint8Array[] = [];
    const reading = (async () => {
      for await (const chunk of file.chunks()) got.push(chunk);
    })();
    await expect(reading).rejects.toBeInstanceOf(EvidenceChanged);
    expect(Buffer.concat(got).length).toBeLessThan(700_000);
  });

  it('of a file that was altered are mended by the same file again', async () => {
    const hash = await keep(patterned(10));
    chmodSync(placeOf(hash), 0o644);
    writeFileSync(placeOf(hash), 'something else');
    expect(await keep(patterned(10))).toBe(hash);
    expect(await store.find(hash)).toMatchObject({ state: 'intact' });
  });
});

describe('the folder', () => {
  it('is rid of what a killed process left half received, and of nothing else', async () => {
    const kept = await keep(patterned(10));
    await store.receive(inPieces(patterned(20)));
    expect(filesIn(folder)).toHaveLength(2);
    store = openEvidenceStore(folder, { isShared: false });
    expect(filesIn(folder)).toEqual([kept]);
    expect(await store.find(kept)).toMatchObject({ state: 'intact' });
  });

  it('that other processes use too is rid of what was left behind a day ago, and not of what they receive now', async () => {
    const left = await store.receive(inPieces(patterned(20)));
    const [place = ''] = readdirSync(join(folder, 'incoming'));
    store = openEvidenceStore(folder, { isShared: true });
    const received = await store.receive(inPieces(patterned(10)));
    expect(filesIn(folder)).toHaveLength(2);
    const aDayAgo = Date.now() / 1_000 - 86_401;
    utimesSync(join(folder, 'incoming', place), aDayAgo, aDayAgo);
    openEvidenceStore(folder, { isShared: true });
    expect(filesIn(folder)).toHaveLength(1);
    await received.keep();
    expect(await store.find(received.sha256)).toMatchObject({ state: 'intact' });
    await expect(left.keep()).rejects.toBeInstanceOf(EvidenceNotWritten);
  });

  it('is not made before there is a file', () => {
    expect(readdirSync(root)).toEqual([]);
  });

  it.each(['', '../../etc/passwd', 'A'.repeat(64), `${'a'.repeat(63)}/`, `${'a'.repeat(64)}\n`, 'a'.repeat(65)])(
    'is not looked into for %j, which is no hash',
    async (name) => {
      await expect(store.find(name)).rejects.toThrow(RangeError);
    },
  );

  it('that takes no file says so, and whether the file was to be kept already', async () => {
    writeFileSync(folder, 'a file where the folder should be');
    await expect(store.receive(inPieces(patterned(10)))).rejects.toMatchObject({ name: 'EvidenceNotWritten', during: 'receiving' });
    rmSync(folder);
    const received = await store.receive(inPieces(patterned(10)));
    mkdirSync(join(placeOf(received.sha256), 'something'), { recursive: true });
    await expect(received.keep()).rejects.toBeInstanceOf(EvidenceNotWritten);
    await expect(received.keep()).rejects.toMatchObject({ during: 'keeping' });
    await received.discard();
    expect(filesIn(folder)).toEqual([]);
  });
});
