/** Canonical bytes: the identity that both engines rest on, and every value that has none. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, DEPTH_MAX, inCanonicalOrder, type Json, NotCanonical, type NotCanonicalReason } from '../../src/envelope/canonical.ts';

const key = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/).filter((text) => text !== 'constructor' && text !== 'prototype');
const text = fc.string({ unit: 'binary' }).filter((each) => each.isWellFormed() && !each.includes('\0'));
const integer = fc.oneof(fc.maxSafeInteger(), fc.integer(), fc.constantFrom(0, 2 ** 53 - 1, 1 - 2 ** 53));
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    text,
    integer,
    fc.boolean(),
    fc.array(tie('json')),
    fc.dictionary(key, tie('json')),
  ),
}));

/** Written from RFC 8785 §3.2 for the values that are allowed, as plainly as can be. */
const byTheBook = (value: Json): string => {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object') return `${value}`;
  if (Array.isArray(value)) return `[${value.map(byTheBook).join(',')}]`;
  const members = Object.entries(value).sort(([a], [b]) =>
    Buffer.compare(Buffer.from(a, 'utf16le').swap16(), Buffer.from(b, 'utf16le').swap16()),
  );
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${byTheBook(member)}`).join(',')}}`;
};

const refusalOf = (value: unknown): { readonly reason: NotCanonicalReason; readonly at: string } | 'accepted' => {
  try {
    canonical(value);
    return 'accepted';
  } catch (error) {
    if (error instanceof NotCanonical) return { reason: error.reason, at: error.at };
    throw error;
  }
};

const nested = (levels: number, inside: unknown = 1): unknown => (levels === 0 ? inside : [nested(levels - 1, inside)]);

describe('canonical text', () => {
  it('is the same after parsing and writing again', () => {
    fc.assert(
      fc.property(json, (value) => {
        const written = canonical(value);
        expect(JSON.stringify(JSON.parse(written))).toBe(written);
      }),
    );
  });

  it('says what the value says, and is what RFC 8785 prescribes', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonical(value)).toBe(byTheBook(value));
        expect(inCanonicalOrder(value)).toEqual(JSON.parse(canonical(value)));
      }),
    );
  });

  it('does not depend on the order in which members were set', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(key, json), { selector: ([name]) => name }), fc.infiniteStream(fc.nat()), (members, chance) => {
        const shuffled = members.map((member) => ({ member, at: chance.next().value })).sort((a, b) => a.at - b.at);
        expect(canonical(Object.fromEntries(shuffled.map(({ member }) => member)))).toBe(canonical(Object.fromEntries(members)));
      }),
    );
  });

  it('survives UTF-8', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(Buffer.from(canonical(value)).toString('utf8')).toBe(canonical(value));
      }),
    );
  });

  it('sorts by code units, capitals first', () => {
    expect(canonical({ b: 1, a_: 1, a: 1, 'a-': 1, a1: 1, B: 1, aB: 1, ab: 1 })).toBe(
      '{"B":1,"a":1,"a-":1,"a1":1,"aB":1,"a_":1,"ab":1,"b":1}',
    );
  });

  it('takes objects without a prototype for what they are', () => {
    expect(canonical(Object.assign(Object.create(null), { a: 1 }))).toBe('{"a":1}');
  });
});

describe('a value without canonical text', () => {
  const loop: unknown[] = [];
  loop.push(loop);
  const withoutText: readonly (readonly [NotCanonicalReason, string, unknown])[] = [
    ['number', 'a fraction', 97.4],
    ['number', '2^53', 2 ** 53],
    ['number', '-2^53', -(2 ** 53)],
    ['number', 'minus zero', -0],
    ['number', 'NaN', Number.NaN],
    ['number', 'infinity', Number.POSITIVE_INFINITY],
    ['number', '1e21', 1e21],
    ['text', 'NUL', 'a\0b'],
    ['text', 'a lone high surrogate', 'a\ud800'],
    ['text', 'a lone low surrogate', '\udc00a'],
    ['text', 'surrogates the wrong way round', '\udc00\ud800'],
    ['absent', 'null', null],
    ['absent', 'undefined', undefined],
    ['absent', 'null in an object', { a: null }],
    ['kind', 'a bigint', 1n],
    ['kind', 'a symbol', Symbol('x')],
    ['kind', 'a function', () => 1],
    ['kind', 'a Date', new Date(0)],
    ['kind', 'a Map', new Map()],
    ['kind', 'bytes', new Uint8Array(2)],
    ['kind', 'a boxed string', Object('x')],
    ['kind', 'an object of a class', new (class Fact {})()],
    ['kind', 'an object with a symbol', { [Symbol('x')]: 1 }],
    ['depth', 'an array in itself', loop],
    ['depth', 'one level too many', nested(DEPTH_MAX + 1)],
    ...['', '1', '$type', '_a', '-a', 'a b', 'a.b', 'é', 'a'.repeat(65), '__proto__', 'constructor', 'prototype', 'a\n'].map(
      (name) => ['key', `key ${JSON.stringify(name)}`, JSON.parse(`{${JSON.stringify(name)}:1}`)] as const,
    ),
  ];
  for (const [reason, title, value] of withoutText) {
    it(`is ${title}`, () => expect(refusalOf(value)).toMatchObject({ reason }));
  }

  it('is a hole', () => expect(refusalOf(new Array(2))).toEqual({ reason: 'absent', at: '/0' }));

  it('is refused wherever it stands, and the place is named', () => {
    const bad = fc.constantFrom(...withoutText.filter(([reason]) => reason !== 'depth'));
    const path = fc.array(fc.oneof(key, fc.nat({ max: 3 })), { maxLength: DEPTH_MAX - 2 });
    fc.assert(
      fc.property(path, bad, json, (steps, [reason, , value], beside) => {
        const planted = steps.reduceRight<unknown>(
          (inside, step) =>
            typeof step === 'string' ? { [step]: inside, [`${step.slice(0, 60)}zzz`]: 'beside' } : [...Array(step).fill('beside'), inside],
          value,
        );
        expect(refusalOf([beside, planted])).toMatchObject({ reason, at: expect.stringMatching(`^${['/1', ...steps].join('/')}(/|$)`) });
      }),
    );
  });

  it('is not one with as many levels as there may be', () => {
    expect(refusalOf(nested(DEPTH_MAX - 1, []))).toBe('accepted');
    expect(refusalOf(nested(DEPTH_MAX - 1, {}))).toBe('accepted');
    expect(refusalOf(nested(DEPTH_MAX, {}))).toMatchObject({ reason: 'depth' });
  });
});
