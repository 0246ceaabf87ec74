import fc from 'fast-check';
import { v5 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  commandKeyText,
  externalId,
  ID_NAMESPACE,
  idOfCommand,
  idOfExternal,
  idOfTarget,
  LEDGER_STREAM,
  orderIdText,
  parseCaseId,
  parseClaimId,
  parseCommandId,
  parseEventId,
  parseEvidenceId,
  parseMeetingId,
  parseOrderId,
  parseStatementId,
  parseStreamName,
  parseTargetId,
  rowCommandId,
  splitStream,
  streamNameText,
  streamOf,
  uuidText,
} from '../../src/domain/ids.ts';

const ID = 'e0ee40ae-bed6-581a-8948-fd16c8cdf470';
const SHA256 = '0123456789abcdef'.repeat(4);

describe('an id', () => {
  const parsers = [parseCaseId, parseOrderId, parseTargetId, parseMeetingId, parseStatementId, parseClaimId, parseEventId];

  it('is a lower-case UUID', () => {
    for (const parse of parsers) expect(parse(ID)).toBe(ID);
    expect(orderIdText.parse('00000000-0000-7000-8000-000000000001')).toBe('00000000-0000-7000-8000-000000000001');
  });

  it.each([
    '',
    ID.toUpperCase(),
    `{${ID}}`,
    `urn:uuid:${ID}`,
    ID.replaceAll('-', ''),
    `${ID} `,
    `${ID}\n`,
    `${ID}0`,
    ID.slice(1),
    'e0ee40ae-bed6-081a-8948-fd16c8cdf470',
    'e0ee40ae-bed6-981a-8948-fd16c8cdf470',
    'e0ee40ae-bed6-581a-7948-fd16c8cdf470',
    '00000000-0000-0000-0000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    'g0ee40ae-bed6-581a-8948-fd16c8cdf470',
  ])('is not %j', (text) => {
    for (const parse of parsers) expect(() => parse(text)).toThrow(RangeError);
    expect(uuidText.safeParse(text).success).toBe(false);
  });

  it('of evidence is a SHA-256 in lower-case hex', () => {
    expect(parseEvidenceId(SHA256)).toBe(SHA256);
    for (const text of [SHA256.toUpperCase(), SHA256.slice(1), `${SHA256}0`, ID, ''])
      expect(() => parseEvidenceId(text)).toThrow(RangeError);
  });
});

describe('a command id', () => {
  it.each(['a', 'A0._~-', 'x'.repeat(128), ID])('may be the key %s', (key) => {
    expect(commandKeyText.parse(key)).toBe(key);
    expect(parseCommandId(key)).toBe(key);
  });

  it.each(['', 'x'.repeat(129), 'a b', 'a/0', 'a/b', '/', 'é', 'a\n', 'a%20', 'a:b', 'a+b', 'a@b'])('is never the key %j', (key) => {
    expect(commandKeyText.safeParse(key).success).toBe(false);
  });

  it('of a row is the key, a slash and the row', () => {
    const key = commandKeyText.parse('x'.repeat(128));
    expect(rowCommandId(key, 0)).toBe(`${key}/0`);
    expect(rowCommandId(key, 999_999)).toBe(`${key}/999999`);
    for (const row of [-1, 0.5, Number.NaN, 1e21, 1_000_000_000]) expect(() => rowCommandId(key, row)).toThrow(RangeError);
    expect(() => rowCommandId(rowCommandId(key, 1), 2)).toThrow(RangeError);
  });

  it.each(['a/', '/1', 'a/01', 'a/-1', 'a/1/2', 'a/1 ', 'a//1'])('is not %j', (text) => {
    expect(() => parseCommandId(text)).toThrow(RangeError);
  });
});

describe('a stream', () => {
  it('is named after what it is about, and says so', () => {
    const id = parseOrderId(ID);
    expect(streamOf('order', id)).toBe(`order-${ID}`);
    expect(splitStream(streamOf('order', id))).toEqual({ category: 'order', id: ID });
    expect(splitStream(streamOf('evidence', parseEvidenceId(SHA256)))).toEqual({ category: 'evidence', id: SHA256 });
  });

  it.each(['case', 'order', 'target', 'meeting', 'statement', 'claim', 'import'])('of a %s splits into what it was made of', (category) => {
    const name = streamNameText.parse(`${category}-${ID}`);
    expect(splitStream(name)).toEqual({ category, id: ID });
    expect(parseStreamName(name)).toBe(name);
  });

  it.each([
    'ledger',
    'order-1',
    `orders-${ID}`,
    `Order-${ID}`,
    `order-${ID.toUpperCase()}`,
    `order-${ID}-x`,
    `evidence-${ID}`,
    `case-${SHA256}`,
    `constructor-${ID}`,
    `-${ID}`,
    `$order-${ID}`,
    'order-',
    'order',
    '',
  ])('of facts is not called %j', (text) => {
    expect(streamNameText.safeParse(text).success).toBe(false);
    let name: string;
    try {
      name = parseStreamName(text);
    } catch {
      return;
    }
    expect(() => splitStream(parseStreamName(name))).toThrow(RangeError);
  });

  it('may have any name of the envelope, up to 200 characters', () => {
    expect(parseStreamName('ledger')).toBe(LEDGER_STREAM);
    expect(parseStreamName('order-1')).toBe('order-1');
    expect(parseStreamName(`a-${'x'.repeat(198)}`)).toHaveLength(200);
    for (const text of [`a-${'x'.repeat(199)}`, 'order-a b', 'order-a/b', 'order-\n', 'order-a\n', '$all', 'A-b', 'order_1']) {
      expect(() => parseStreamName(text)).toThrow(RangeError);
    }
  });
});

describe('a derived id', () => {
  it('has the check value of the rules', () => {
    expect(idOfTarget('birdsite.example', 'account', 'synthetic-o1-001')).toBe(ID);
  });

  it('is version 5 of the category and what the caller gave, one a line', () => {
    const key = commandKeyText.parse('key-1');
    expect(idOfExternal('order', { system: 'crm', id: '42' })).toBe(v5('order\ncrm\n42', ID_NAMESPACE));
    expect(idOfCommand('order', key)).toBe(v5('order\nkey-1', ID_NAMESPACE));
    expect(idOfCommand('order', rowCommandId(key, 7))).toBe(v5('order\nkey-1/7', ID_NAMESPACE));
    expect(idOfCommand('case', key)).not.toBe(idOfCommand('order', key));
  });

  it('is an id, and the same each time', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9._~-]{1,128}$/), (text) => {
        const key = commandKeyText.parse(text);
        expect(parseOrderId(idOfCommand('order', key))).toBe(idOfCommand('order', key));
      }),
    );
  });

  it('cannot be had twice by moving a line feed: what another system calls a thing is two single lines', () => {
    expect(idOfExternal('case', { system: 'a\nb', id: 'c' })).toBe(idOfExternal('case', { system: 'a', id: 'b\nc' }));
    for (const wrong of [
      { system: 'a\nb', id: 'c' },
      { system: 'a', id: 'b\nc' },
      { system: '', id: 'a' },
      { system: 'a', id: ' ' },
      { system: 'a' },
    ]) {
      expect(externalId.safeParse(wrong).success).toBe(false);
    }
  });

  it('has a JSON schema', () => {
    expect(z.toJSONSchema(orderIdText)).toMatchObject({ type: 'string', format: 'uuid' });
  });
});
