/** What reaches a terminal: text from data does no more there than to be read. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stepChart } from '../../src/cli/chart.ts';
import { footing } from '../../src/cli/figure-lines.ts';
import { aligned, wrapped } from '../../src/cli/terminal.ts';
import { pairFigure } from '../../src/domain/figures.ts';
import { OUTCOME_BITS, PAIR_DEFINITIONS, stateNumber } from '../../src/domain/pairs/pair-state.ts';
import { percentOf } from '../../src/domain/ratio.ts';
import { figureText } from '../../src/wording/figure-text.ts';
import { ACCOUNTS, unitOf } from '../../src/wording/words.ts';

const EVER_SHIFT = OUTCOME_BITS * PAIR_DEFINITIONS.indexOf('ever');

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

const figure = { definition: 'effective' as const, numerator: 3, denominator: 257, denominatorMaybe: 0 };

describe('a figure', () => {
  it('has a numerator and a denominator beside every percentage', () => {
    expect(figureText({ ...figure, percent: { low: 1.17, high: 1.17 } })).toBe('3/257 = 1.17 %');
  });
  it('is a band where something is open', () => {
    expect(figureText({ ...figure, percent: { low: 1.17, high: 98.44 } })).toBe('at least 3/257 = 1.17 %, at most 98.44 %');
  });
  it('is never 0 where there is none', () => {
    expect(figureText({ ...figure, denominator: 0, numerator: 0, percent: null, reason: 'empty_population' })).toBe('–');
  });
  it('has no ratio beside it where it is open how many are under the order', () => {
    const open = { ...figure, numerator: 1, denominator: 1, denominatorMaybe: 1, percent: { low: 50, high: 100 } };
    expect(figureText(open)).toBe(
      'at least 50.00 %, at most 100.00 % (1 in effect of 1 certainly under the order; 1 more may be under it)',
    );
    expect(figureText({ ...open, definition: 'ever' })).toContain('(1 in effect at some time of 1 certainly under the order');
    expect(figureText({ ...open, numerator: 0, denominator: 0, percent: { low: 0, high: 100 } })).toBe(
      '– (no account is certainly under the order at this time; 1 may be)',
    );
  });

  it('never stands as a ratio beside a percentage that is not its own', () => {
    const states = fc.array(fc.tuple(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 1, max: 2_000 })), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(states, (pairs) => {
        const histogram = new Map(pairs.map(([outcomes, number]) => [stateNumber(outcomes | (outcomes << EVER_SHIFT), 0), number]));
        const [effective, ever] = (['effective', 'ever'] as const).map((definition) => pairFigure(definition, histogram, undefined));
        for (const one of [effective, ever].flatMap((found) => found ?? [])) {
          const text = figureText(one);
          for (const [, a = '', b = '', shown] of text.matchAll(/([\d,]+)\/([\d,]+) = ([\d.]+) %/g)) {
            const [k, n] = [a, b].map((number) => Number(number.replaceAll(',', '')));
            expect(Number(shown)).toBe(percentOf(k ?? 0, n ?? 0));
          }
        }
      }),
    );
  });

  it('says on what it rests, and what it presumes', () => {
    const context = { unit: ACCOUNTS, validAt: '2021-02-14T03:30:00.000Z', zone: 'Asia/Kolkata', position: 3_382 };
    const [from, to] = ['2021-01-31T06:30:00.000Z', '2021-02-12T18:30:00.000Z'];
    const declaredIn = { position: 3_380, recordedAt: '2026-11-25T02:40:00.000Z' };
    const declared = { coveredFrom: from, coveredTo: to, coveredBy: 'A\u001bB', declaredAt: { earliest: to, latest: to }, declaredIn };
    const recordedAt = '2026-11-25T02:47:31.123Z';
    expect(footing({ ...context, recordedAt }, { isCoveredAt: true, ...declared, presumedSince: null })).toBe(
      'accounts under an order, 14 Feb 2021 09:00 IST · as recorded to event 3,382, of 25 Nov 2026 08:17:31.123 IST · declared complete 31 Jan 2021 12:00 IST to 13 Feb 2021 00:00 IST by A\\u{1b}B, on 13 Feb 2021, event 3,380, recorded 25 Nov 2026 (not verified)',
    );
    expect(footing({ ...context, recordedAt: undefined }, { isCoveredAt: false, ...declared, presumedSince: to })).toBe(
      'accounts under an order, 14 Feb 2021 09:00 IST · as recorded to event 3,382 · not declared complete at this time (declared so from 31 Jan 2021 12:00 IST to 13 Feb 2021 00:00 IST, by A\\u{1b}B, event 3,380, recorded 25 Nov 2026, not verified) · assumes that nothing was changed since 13 Feb 2021 00:00 IST',
    );
  });
});

describe('a unit', () => {
  it('is that of the kinds that are counted', () => {
    expect(unitOf(['account', 'post', 'url'])).toEqual({ one: 'account', many: 'accounts' });
    expect(unitOf(['hashtag'])).toEqual({ one: 'hashtag', many: 'hashtags' });
    expect(unitOf(['account', 'url'])).toEqual({ one: 'account or address', many: 'accounts and addresses' });
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
