/** Percentages: exact ratios, two decimals, halves to even. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { percentOf } from '../../src/domain/ratio.ts';

describe('a percentage', () => {
  it.each<[number | bigint, number | bigint, number | null]>([
    [0, 0, null],
    [0, 7, 0],
    [7, 7, 100],
    [250, 257, 97.28], // 97.2762…
    [1398, 1435, 97.42], // 97.4216…
    [1, 3, 33.33],
    [2, 3, 66.67],
    [1, 800, 0.12], // 0.125: down, to the even 0.12
    [3, 800, 0.38], // 0.375: up, to the even 0.38
    [5, 800, 0.62], // 0.625: down
    [1, 20_000, 0], // 0.005: down, to the even 0.00
    [3, 20_000, 0.02], // 0.015: up
    [10_001, 80_000, 12.5], // 12.50125: no half, down
    [19_999, 20_000, 100], // 99.995: up, to the even 100.00
    [19_997, 20_000, 99.98], // 99.985: down
    [1, 200_000_000, 0],
    [2n ** 70n, 2n ** 71n, 50],
    [9_007_199_254_740_993n, 18_014_398_509_481_986n, 50],
  ])('of %s in %s is %s', (part, whole, percent) => {
    expect(percentOf(part, whole)).toBe(percent);
  });

  it('is the nearest hundredth, to the even one of two, whatever the numbers', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 30n }), fc.bigInt({ min: 0n, max: 10n ** 30n }), (a, b) => {
        const [part, whole] = a < b ? [a, b] : [b, a];
        const percent = percentOf(part, whole) ?? -1;
        const hundredths = BigInt(Math.round(percent * 100));
        expect(Number(hundredths) / 100).toBe(percent);
        // |part/whole·10⁴ − hundredths| ≤ 1/2, and if it is 1/2 the hundredths are even
        const distance = part * 10_000n - hundredths * whole;
        const twice = (distance < 0n ? -distance : distance) * 2n;
        expect(twice <= whole).toBe(true);
        if (twice === whole) expect(hundredths % 2n).toBe(0n);
      }),
    );
  });
});
