/** What `seal` refuses, and what opening a sealed event finds. */
import { describe, expect, it } from 'vitest';
import { NotCanonical } from '../../src/envelope/canonical.ts';
import { commandHash, eventHash, parseSealed, seal, type Unsealed } from '../../src/envelope/seal.ts';

const HASH = 'a'.repeat(64);
const plain: Unsealed = {
  ledger: '00000000-0000-7000-8000-000000000001',
  id: '00000000-0000-7000-8000-000000000010',
  stream: 'order-1',
  revision: 0,
  prev: null,
  type: 'OrderIssued',
  version: 1,
  recordedAt: '2026-01-02T03:04:05.678Z',
  data: { text: 'x' },
  meta: { commandId: 'c/1', commandHash: HASH, recordedBy: 'local:test' },
  salt: '0'.repeat(32),
};

const refusalOf = (action: () => unknown): unknown => {
  try {
    action();
  } catch (error) {
    if (error instanceof NotCanonical) return { reason: error.reason, at: error.at };
    throw error;
  }
  return 'accepted';
};

describe('seal', () => {
  const { meta } = plain;
  const bad: readonly (readonly [string, Partial<Unsealed>])[] = [
    ['/ledger', { ledger: 'my ledger' }],
    ['/id', { id: plain.id.replace('0010', '001G') }],
    ['/id', { id: '00000000-0000-7000-8000-00000000001A' }],
    ['/stream', { stream: 'Order-1' }],
    ['/stream', { stream: `o-${'x'.repeat(199)}` }],
    ['/revision', { revision: -1 }],
    ['/revision', { revision: -0 }],
    ['/revision', { revision: 2 ** 53, prev: HASH }],
    ['/prev', { prev: HASH }],
    ['/prev', { revision: 1 }],
    ['/prev', { revision: 1, prev: HASH.toUpperCase() }],
    ['/type', { type: 'orderIssued' }],
    ['/type', { type: `O${'x'.repeat(64)}` }],
    ['/version', { version: 0 }],
    ['/version', { version: 1.5 }],
    ['/recordedAt', { recordedAt: '2026-01-02T03:04:05Z' }],
    ['/recordedAt', { recordedAt: '2026-01-02T03:04:05.678Z\n' }],
    ['/recordedAt', { recordedAt: '+010000-01-02T03:04:05.678Z' }],
    ['/meta/commandId', { meta: { ...meta, commandId: '' } }],
    ['/meta/commandHash', { meta: { ...meta, commandHash: HASH.slice(1) } }],
    ['/meta/recordedBy', { meta: { ...meta, recordedBy: 'local:\ud800' } }],
    ['/meta/recordedBy', { meta: { ...meta, recordedBy: 'local:\0' } }],
    ['/salt', { salt: 'F'.repeat(32) }],
    ['/salt', { salt: '0'.repeat(31) }],
  ];
  for (const [at, change] of bad) {
    it(`refuses ${JSON.stringify(change)}`, () => {
      expect(refusalOf(() => seal({ ...plain, ...change }))).toEqual({ reason: 'member', at });
    });
  }

  it('names the place inside data that it refuses', () => {
    expect(refusalOf(() => seal({ ...plain, data: { list: [{ a: 1 }, { a: 0.5 }] } }))).toEqual({ reason: 'number', at: '/data/list/1/a' });
    expect(refusalOf(() => seal({ ...plain, data: [] }))).toEqual({ reason: 'kind', at: '/data' });
    expect(refusalOf(() => seal({ ...plain, data: new Date(0) }))).toEqual({ reason: 'kind', at: '/data' });
  });

  it('allows forty levels, the envelope and data included, and no more', () => {
    const nested = (levels: number): object => (levels === 1 ? {} : { a: nested(levels - 1) });
    expect(refusalOf(() => seal({ ...plain, data: nested(39) }))).toBe('accepted');
    expect(refusalOf(() => seal({ ...plain, data: nested(40) }))).toMatchObject({ reason: 'depth' });
  });

  it('is not changed by what happens later to the object it was given', () => {
    const data = { list: [1] };
    const sealed = seal({ ...plain, data });
    data.list.push(2);
    expect(sealed.event).toEqual(JSON.parse(sealed.text));
  });

  it('stores members of the envelope only', () => {
    const { text } = seal({ ...plain, meta: { ...meta, ...{ extra: 1 } }, ...{ position: 7 } });
    expect(text).toBe(seal(plain).text);
  });
});

describe('parseSealed', () => {
  it('finds each flipped bit of text and hash', () => {
    const { text, hash } = seal(plain);
    const bytes = Buffer.from(text);
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(parseSealed(flipped.toString('utf8'), hash)).toBeUndefined();
    }
    for (let bit = 0; bit < 256; bit++) {
      expect(parseSealed(text, hash.with(bit >> 3, (hash[bit >> 3] ?? 0) ^ (1 << (bit & 7))))).toBeUndefined();
    }
    expect(parseSealed(text, hash.slice(1))).toBeUndefined();
  });

  it('takes no text for an event that is none, though its hash fits', () => {
    for (const text of ['', '{', 'null', '7', '"x"']) expect(parseSealed(text, eventHash(text))).toBeUndefined();
  });
});

describe('commandHash', () => {
  it('is the same however the command was written, and another for another command', () => {
    const command = { type: 'RecordOrder', stream: 'order-1', data: { a: 1, b: { c: 'x', d: [] } } };
    const reordered = { data: { b: { d: [], c: 'x' }, a: 1 }, stream: 'order-1', type: 'RecordOrder' };
    expect(commandHash(command)).toBe(commandHash(reordered));
    expect(commandHash(command)).toBe('c5f975a310843d1cba6abaf1e1b84c158524fbacbc8109afdb4d3d292a86d904');
    for (const change of [{ type: 'Other' }, { stream: 'order-2' }, { data: {} }]) {
      expect(commandHash({ ...command, ...change })).not.toBe(commandHash(command));
    }
  });
});
