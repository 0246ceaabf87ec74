/** Text from data does no more, where it is shown, than to be read. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cut, safe } from '../../src/wording/text.ts';

describe('text from data', () => {
  it('shows what it would do instead of doing it', () => {
    expect(safe('a\u001b[2Jb\u202ec\u2028d\ud800e\u200f')).toBe('a\\u{1b}[2Jb\\u{202e}c\\u{2028}d\\u{d800}e\\u{200f}');
    expect(safe('किसान 🔒 é')).toBe('किसान 🔒 é');
  });

  it('never holds a control, a direction, or a line of its own', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(safe(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      }),
    );
  });

  it('is cut by whole characters', () => {
    expect(cut('🔒🔒🔒', 2)).toBe('🔒…');
    expect(cut('🔒🔒', 2)).toBe('🔒🔒');
  });
});
