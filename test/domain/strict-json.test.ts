import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JSON_DEPTH_MAX, JsonInvalid, parseStrictJson } from '../../src/domain/strict-json.ts';

const parse = (text: string): unknown => parseStrictJson(Buffer.from(text));
const faultOf = (text: string | Uint8Array): Pick<JsonInvalid, 'fault' | 'path'> | undefined => {
  try {
    parseStrictJson(typeof text === 'string' ? Buffer.from(text) : text);
    return undefined;
  } catch (error) {
    if (error instanceof JsonInvalid) return { fault: error.fault, path: error.path };
    throw error;
  }
};
const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

describe('strict JSON', () => {
  it('takes what every reader reads alike', () => {
    expect(parse('{"a":[1,-7,"x",true,null,{}],"b":{"a":9007199254740991}}')).toEqual({
      a: [1, -7, 'x', true, null, {}],
      b: { a: 9007199254740991 },
    });
    expect(parse(nested(JSON_DEPTH_MAX))).toBeDefined();
  });

  it('takes a whole number however it is written', () => {
    expect(parse('[1.0,1e2,1.00E+3]')).toEqual([1, 100, 1000]);
  });

  it('looks for nothing inside texts', () => {
    expect(parse('{"a":"{\\"a\\":1.5e-3,\\"a\\":2}","b":"\\\\","c":"\\\\\\""}')).toEqual({ a: '{"a":1.5e-3,"a":2}', b: '\\', c: '\\"' });
  });

  it.each([
    ['1.5', 'number'],
    ['[0.99999999999999999999999]', 'number'],
    ['[1e-400]', 'number'],
    ['[1e400]', 'number'],
    ['[9007199254740992]', 'number'],
    ['[-0]', 'number'],
    [nested(JSON_DEPTH_MAX + 1), 'depth'],
    [nested(100_000), 'depth'],
    ['{"a":{"constructor":1}}', 'forbidden_key'],
    ['{"\\u005f_proto__":1}', 'forbidden_key'],
    ['{"\\"":1}', 'forbidden_key'],
    ['{"a\\\\":1}', 'forbidden_key'],
    ['{"\\udfff":1}', 'key_not_unicode'],
    ['', 'empty'],
    ['{"a":1,}', 'syntax'],
    ["{'a':1}", 'syntax'],
    ['NaN', 'syntax'],
  ])('refuses %s', (text, fault) => {
    expect(faultOf(text)?.fault).toBe(fault);
  });

  it.each([
    [Uint8Array.of(0x22, 0xff, 0x22), 'encoding'],
    [Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22), 'encoding'],
    [Uint8Array.of(0x22, 0xc0, 0x80, 0x22), 'encoding'],
    [Buffer.from('\ufeff{"a":1}', 'utf16le'), 'encoding'],
  ])('refuses bytes that are no UTF-8', (bytes, fault) => {
    expect(faultOf(bytes)?.fault).toBe(fault);
  });

  it.each([
    ['{"a":1,"a":1}', ['a']],
    ['{"a":1,"\\u0061":2}', ['a']],
    ['[1,[{"x":1}],{"y":[0,{"b":1,"c":{},"b" \n\t: 2}]}]', [2, 'y', 1, 'b']],
    ['{"a":{"a":1},"b":{"a":1,"q\\n":1,"q\\u000a":2}}', ['b', 'q\n']],
  ])('says where a name stands twice: %s', (text, path) => {
    expect(faultOf(text)).toEqual({ fault: 'duplicate_key', path });
  });

  const key = fc
    .oneof(fc.constantFrom('a', 'b', '\n', ':', '{', '1.5', 'e-1'), fc.string())
    .filter((text) => !/^(?:__proto__|constructor|prototype)$|["\\]/.test(text));
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 6 },
      fc.constantFrom(null, true, false),
      fc.maxSafeInteger().filter((n) => !Object.is(n, -0)),
      fc.string(),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(key, tie('value'), { maxKeys: 4 }).map((object) => ({ ...object })),
    ),
  }));

  it('reads as JSON.parse does whatever it does not refuse', () => {
    fc.assert(
      fc.property(value, fc.constantFrom(undefined, 1, '\t'), (json, space) => {
        const text = JSON.stringify(json, null, space);
        expect(parse(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('finds a name that is added a second time, wherever', () => {
    fc.assert(
      fc.property(fc.dictionary(key, value, { minKeys: 1, maxKeys: 4 }), value, (object, before) => {
        const [name = ''] = Object.keys(object);
        const text = JSON.stringify([before, object]);
        const twice = `${text.slice(0, -2)},${JSON.stringify(name)}:1}]`;
        expect(faultOf(twice)).toEqual({ fault: 'duplicate_key', path: [1, name] });
      }),
    );
  });
});
