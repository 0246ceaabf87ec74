import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { refusalOf } from '../../src/domain/refusing.ts';
import { safeText, TEXT_LENGTH_MAX, type TextLayout, unsafeText } from '../../src/domain/text.ts';

const issuesOf = (schema: z.ZodType, value: unknown) =>
  (schema.safeParse(value).error?.issues ?? []).map((issue) => refusalOf(issue) ?? issue.code);

describe('safe text', () => {
  it.each([
    'a',
    'Two lines:\n\tone\n\ttwo',
    'नमस्ते, किसान',
    'עברית‎ with a mark',
    'اردو‏',
    '👩‍👩‍👧 🔒',
    'e\u0301, not normalised',
    '  kept as written  ',
    'x\u2028y',
    '\uFFFD',
    '<script>alert(1)</script>',
    '=1+1',
  ])('may be %j', (text) => {
    expect(safeText().parse(text)).toBe(text);
  });

  it.each([
    ['\u0000', 'U+0000'],
    ['\u0007', 'U+0007'],
    ['\b', 'U+0008'],
    ['\v', 'U+000B'],
    ['\r', 'U+000D'],
    ['\u001B', 'U+001B'],
    ['\u001F', 'U+001F'],
    ['\u007F', 'U+007F'],
    ['\u0085', 'U+0085'],
    ['\u009B', 'U+009B'],
    ['\u202A', 'U+202A'],
    ['\u202E', 'U+202E'],
    ['\u2066', 'U+2066'],
    ['\u2069', 'U+2069'],
    ['\uD800', 'U+D800'],
    ['\uDFFF', 'U+DFFF'],
    ['\uDC00\uD800', 'U+DC00'],
  ])('never holds %j', (character, name) => {
    const refusal = { code: 'TEXT_UNSAFE', character: name, at: 3 };
    expect(issuesOf(safeText(), `👩a${character}b\u0000`)).toEqual([refusal]);
    expect(issuesOf(safeText({ layout: 'line' }), `👩a${character}b\u0000`)).toEqual([refusal]);
  });

  it.each(['\n', '\t', '\u2028', '\u2029'])('holds %j as lines, not as one line', (character) => {
    expect(issuesOf(safeText(), `a${character}b`)).toEqual([]);
    expect(issuesOf(safeText({ layout: 'line' }), `a${character}b`)).toMatchObject([{ code: 'TEXT_UNSAFE', at: 1 }]);
  });

  it.each(['', ' ', '\n\t ', '\u00A0\u3000\uFEFF'])('is not blank: %j', (text) => {
    expect(safeText().safeParse(text).success).toBe(false);
  });

  it('is as long as its maximum, and no longer', () => {
    expect(issuesOf(safeText(), 'x'.repeat(TEXT_LENGTH_MAX))).toEqual([]);
    expect(issuesOf(safeText(), 'x'.repeat(TEXT_LENGTH_MAX + 1))).toEqual(['too_big']);
    expect(issuesOf(safeText({ max: 2 }), '🔒')).toEqual([]);
    expect(issuesOf(safeText({ max: 2 }), '🔒🔒')).toEqual([]);
    expect(issuesOf(safeText({ max: 2 }), '🔒🔒🔒')).toEqual(['too_big']);
    expect(issuesOf(safeText({ max: 2 }), '🔒\u0000')).toEqual([{ code: 'TEXT_UNSAFE', character: 'U+0000', at: 2 }]);
  });

  it.each([null, undefined, 5, ['a'], { toString: () => 'a' }])('is text, not %j', (value) => {
    expect(issuesOf(safeText(), value)).toEqual(['invalid_type']);
  });

  it('is what can be written as UTF-8 and says nothing to a terminal', () => {
    const isUnsafe = (character: string, layout: TextLayout): boolean => {
      const code = character.codePointAt(0) ?? 0;
      if (code === 9 || code === 10) return layout === 'line';
      if (code === 0x2028 || code === 0x2029) return layout === 'line';
      const isControl = code < 32 || (code >= 127 && code < 160);
      return isControl || (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) || (code >= 0xd800 && code <= 0xdfff);
    };
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom<TextLayout>('line', 'lines'), (text, layout) => {
        const characters = [...text];
        const first = characters.findIndex((character) => isUnsafe(character, layout));
        const refusal = unsafeText(text, layout);
        if (first < 0) expect(refusal).toBeUndefined();
        else expect(refusal).toMatchObject({ at: characters.slice(0, first).join('').length });
      }),
      { numRuns: 1_000 },
    );
  });

  it('has a JSON schema', () => {
    expect(z.toJSONSchema(safeText({ max: 7 }))).toMatchObject({ type: 'string', minLength: 1, maxLength: 7 });
  });
});
