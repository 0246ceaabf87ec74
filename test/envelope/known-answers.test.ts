/** The known answers of the envelope: bytes and hashes that any other implementation must reach too. */
import { describe, expect, it } from 'vitest';
import type { Envelope } from '../../src/envelope/envelope.ts';
import { eventHash, leafHash, parseSealed, seal, sealAll } from '../../src/envelope/seal.ts';

const ledger = '00000000-0000-7000-8000-000000000001';
const id = (last: string): string => `00000000-0000-7000-8000-0000000000${last}`;
const meta = (commandId: string, commandHash: string): Envelope['meta'] => ({ recordedBy: 'local:kat', commandId, commandHash });

const FIRST_HASH = '13ba695898658806af04c8680dce94ddb42c73f11be3724111c2a291514f84f9';

/** Members in no order, on purpose. */
const known = [
  {
    unsealed: {
      salt: '000102030405060708090a0b0c0d0e0f',
      ledger,
      id: id('10'),
      stream: 'ledger',
      revision: 0,
      prev: null,
      version: 1,
      type: 'LedgerOpened',
      recordedAt: '2026-01-02T03:04:05.678Z',
      data: { name: 'kat' },
      meta: meta('a0', '20aa6f79755b30a1ef39cbf54b1dd5373deca363d641940b8c588ac0e45aec4a'),
    },
    text: '{"data":{"name":"kat"},"format":1,"id":"00000000-0000-7000-8000-000000000010","ledger":"00000000-0000-7000-8000-000000000001","meta":{"commandHash":"20aa6f79755b30a1ef39cbf54b1dd5373deca363d641940b8c588ac0e45aec4a","commandId":"a0","recordedBy":"local:kat"},"prev":null,"recordedAt":"2026-01-02T03:04:05.678Z","revision":0,"salt":"000102030405060708090a0b0c0d0e0f","stream":"ledger","type":"LedgerOpened","version":1}',
    bytes: 417,
    hash: '5da0557f73997fdb18bf6ab1386c3a65ca802fac155bc9766e75c13bb58c28d5',
    leaf: 'bf0a19108b22848d3652244891c40af5e0c1fbb34531bdd8457a5e55e89fb04b',
  },
  {
    unsealed: {
      salt: '101112131415161718191a1b1c1d1e1f',
      ledger,
      id: id('11'),
      stream: 'order-1',
      revision: 0,
      prev: null,
      version: 1,
      type: 'KatRecorded',
      recordedAt: '2026-01-02T03:04:06.000Z',
      data: { text: '"é" € 🔒 \u0007\n/', neg: -1, n: 2 ** 53 - 1, zero: 0, a: 2, list: [true, false, [], {}], B: 1 },
      meta: meta('a1', 'c5d101d10b9c2b347767abad32ab62052e9ab5d4e25963094e15a2af94b59f8f'),
    },
    text: String.raw`{"data":{"B":1,"a":2,"list":[true,false,[],{}],"n":9007199254740991,"neg":-1,"text":"\"é\" € 🔒 \u0007\n/","zero":0},"format":1,"id":"00000000-0000-7000-8000-000000000011","ledger":"00000000-0000-7000-8000-000000000001","meta":{"commandHash":"c5d101d10b9c2b347767abad32ab62052e9ab5d4e25963094e15a2af94b59f8f","commandId":"a1","recordedBy":"local:kat"},"prev":null,"recordedAt":"2026-01-02T03:04:06.000Z","revision":0,"salt":"101112131415161718191a1b1c1d1e1f","stream":"order-1","type":"KatRecorded","version":1}`,
    bytes: 516,
    hash: FIRST_HASH,
    leaf: '33afb011c12fda813eb71a0cf0db0cd0a99b3aaec22af5f317fbf67d365f82c9',
  },
  {
    unsealed: {
      salt: '202122232425262728292a2b2c2d2e2f',
      ledger,
      id: id('12'),
      stream: 'order-1',
      revision: 1,
      prev: FIRST_HASH,
      version: 1,
      type: 'KatRecorded',
      recordedAt: '2026-01-02T03:04:07.000Z',
      data: {},
      meta: meta('a2', '0c8087cdef87ba3c365c1b9c19babe6c498f3efe557b3e7e8b64307eb6be4a59'),
    },
    text: '{"data":{},"format":1,"id":"00000000-0000-7000-8000-000000000012","ledger":"00000000-0000-7000-8000-000000000001","meta":{"commandHash":"0c8087cdef87ba3c365c1b9c19babe6c498f3efe557b3e7e8b64307eb6be4a59","commandId":"a2","recordedBy":"local:kat"},"prev":"13ba695898658806af04c8680dce94ddb42c73f11be3724111c2a291514f84f9","recordedAt":"2026-01-02T03:04:07.000Z","revision":1,"salt":"202122232425262728292a2b2c2d2e2f","stream":"order-1","type":"KatRecorded","version":1}',
    bytes: 467,
    hash: '71a213886a264696ae195ba80487f101c795746db7bc55474f4686a4b1eb9ec7',
    leaf: 'cf9e53e25fef2fde6457fd5d982d4f1d9835b549cd06d929c1492f882ad11c87',
  },
] as const;

describe('the known answers', () => {
  for (const { unsealed, text, bytes, hash, leaf } of known) {
    it(`${unsealed.stream}@${unsealed.revision} has its bytes, its hash and its leaf`, () => {
      const sealed = seal(unsealed);
      expect(sealed.text).toBe(text);
      expect(Buffer.byteLength(sealed.text)).toBe(bytes);
      expect(JSON.stringify(JSON.parse(text))).toBe(text);
      expect(sealed.hash.toHex()).toBe(hash);
      expect(eventHash(text).toHex()).toBe(hash);
      expect(leafHash(sealed.hash).toHex()).toBe(leaf);
      expect(sealed.event).toEqual(JSON.parse(text));
      expect(parseSealed(text, sealed.hash)).toEqual(sealed);
    });
  }

  it('a run of one append names the hash just sealed, and one after a head names the head', () => {
    const [, { unsealed: first }, { unsealed: second }] = known;
    const ids = [first.id, second.id];
    const salts = [first.salt, second.salt];
    const options = { ledger, stream: 'order-1', meta: first.meta, recordedAt: first.recordedAt };
    const take = (from: string[]) => (): string => from.shift() ?? '';
    const run = sealAll([first, second], { ...options, head: null, newEventId: take([...ids]), newSalt: take([...salts]) });
    expect(run.map(({ event }) => [event.revision, event.prev])).toEqual([
      [0, null],
      [1, FIRST_HASH],
    ]);
    const head = { revision: 0, hash: run[0].hash };
    const [after] = sealAll([second], { ...options, head, newEventId: take([...ids].slice(1)), newSalt: take([...salts].slice(1)) });
    expect(after).toEqual(run[1]);
  });
});
