/** What reaches a terminal: text from data does no more there than to be read. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stepChart } from '../../src/cli/chart.ts';
import { figureText, footing } from '../../src/cli/figure-lines.ts';
import { aligned, cut, safe, wrapped } from '../../src/cli/terminal.ts';

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

describe('lines', () => {
  it('stand under each other', () => {
    expect(
      aligned(
        [
          ['a', '1'],
          ['bcd', '12'],
        ],
        ['left', 'right'],
      ),
    ).toEqual(['a     1', 'bcd  12']);
  });
  it('are broken at spaces', () => {
    expect(wrapped('one two three', 7, ' ')).toEqual(['one two', ' three']);
  });
  it('never part an hour and its zone', () => {
    expect(wrapped('at 14:00 IST or so', 9)).toEqual(['at', '14:00 IST', 'or so']);
  });
});

const figure = { numerator: 3, maybe: 0, unknown: 0, denominator: 257, denominatorMaybe: 0 };

describe('a figure', () => {
  it('has a numerator and a denominator beside every percentage', () => {
    expect(figureText({ ...figure, percent: { low: 1.17, high: 1.17 } })).toBe('3/257 = 1.17 %');
  });
  it('is a band where something is open', () => {
    expect(figureText({ ...figure, unknown: 250, percent: { low: 1.17, high: 98.44 } })).toBe('at least 3/257 = 1.17 %, at most 98.44 %');
  });
  it('is never 0 where there is none', () => {
    expect(figureText({ ...figure, denominator: 0, numerator: 0, percent: null, reason: 'empty_population' })).toBe('–');
  });
  it('says on what it rests, and what it presumes', () => {
    const context = { validAt: '2021-02-14T03:30:00.000Z', zone: 'Asia/Kolkata', position: 3_382 };
    const presumption = { coveredTo: '2021-02-12T18:30:00.000Z', coveredBy: 'A\u001bB', presumedSince: '2021-02-12T18:30:00.000Z' };
    expect(footing(context, presumption)).toBe(
      'accounts under an order, 14 Feb 2021 09:00 IST · as recorded to event 3,382 · declared complete to 13 Feb 2021 00:00 IST by A\\u{1b}B (not verified) · assumes that nothing was changed since 13 Feb 2021 00:00 IST',
    );
  });
});

describe('a step line', () => {
  const percent = (low: number, high = low) => ({ low, high });
  const options = { from: '2021-02-01T00:00:00Z', to: '2021-02-03T00:00:00Z', zone: 'UTC', widthMax: 60 };

  it('holds until the next change, has a gap where there is no percentage, and fits', () => {
    const lines = stepChart({
      ...options,
      steps: [
        { at: '2021-02-01T00:00:00Z', percent: percent(0) },
        { at: '2021-02-01T12:00:00Z', percent: null },
        { at: '2021-02-02T00:00:00Z', percent: percent(100) },
      ],
    });
    expect(lines.find((line) => line.startsWith('100 %'))).toMatch(/^100 %┤ {20,}━{20,}$/);
    expect(lines.find((line) => line.startsWith('  0 %'))).toMatch(/^ {2}0 %┤━{10,}$/);
    expect(lines.filter((line) => [...line].length > options.widthMax)).toEqual([]);
  });

  it('says so where there is nothing to draw', () => {
    expect(stepChart({ ...options, steps: [{ at: options.from, percent: null }] })).toEqual(['(no percentage in this period)']);
  });
});
