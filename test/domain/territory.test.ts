import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { refusalOf, refusing } from '../../src/domain/refusing.ts';
import { parseTerritory, type TerritoryInput, territoryInput, territoryStored } from '../../src/domain/territory.ts';

const field = refusing(territoryInput, parseTerritory);
const refusalsOf = (schema: z.ZodType, value: unknown) =>
  (schema.safeParse(value).error?.issues ?? []).map((issue) => refusalOf(issue) ?? issue.code);

/** Every code that the parser knows, found by asking for all pairs of letters. */
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const assigned = letters.flatMap((a) => letters.map((b) => a + b)).filter((code) => 'value' in parseTerritory([code]));

describe('a territory', () => {
  it('knows the 249 codes that ISO 3166-1 has assigned, and names that the runtime knows for each', () => {
    expect(assigned).toHaveLength(249);
    const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
    expect(assigned.filter((code) => names.of(code) === undefined)).toEqual([]);
  });

  it.each<[TerritoryInput, unknown]>([
    ['WORLD', 'WORLD'],
    ['UNSTATED', 'UNSTATED'],
    [['IN'], ['IN']],
    [
      ['US', 'IN', 'FR'],
      ['FR', 'IN', 'US'],
    ],
    [['IN', 'IN'], ['IN']],
    [
      ['IN', 'FR', 'IN'],
      ['FR', 'IN'],
    ],
  ])('%j is %j', (input, territory) => {
    expect(field.parse(input)).toEqual(territory);
    expect(territoryStored.parse(territory)).toEqual(territory);
  });

  it.each([
    'in',
    'In',
    'UK',
    'EU',
    'XK',
    'SU',
    'AN',
    'ZZ',
    'AA',
    'IND',
    'WORLD',
    'UNSTATED',
    '',
    ' IN',
    'IN ',
    'ＩＮ',
    'toString',
    '__proto__',
  ])('refuses %j in a list', (code) => {
    expect(refusalsOf(field, ['FR', code])).toEqual([{ code: 'TERRITORY_UNKNOWN', territory: code }]);
    expect(territoryStored.safeParse([code]).success).toBe(false);
  });

  it.each([[], '', 'IN', 'world', 'World', null, 5, {}, [5], [['IN']], [null], ['x'.repeat(17)], Array.from({ length: 250 }, () => 'IN')])(
    'is not of the form %j',
    (input) => {
      const [complaint, ...others] = refusalsOf(field, input);
      expect(['invalid_union', 'too_small', 'too_big']).toContain(complaint);
      expect(others).toEqual([]);
      expect(territoryStored.safeParse(input).success).toBe(false);
    },
  );

  it('that is absent is refused: worldwide is never implied', () => {
    expect(z.strictObject({ territory: field }).safeParse({}).success).toBe(false);
    expect(parseTerritory([])).toEqual({ refusal: { code: 'TERRITORY_UNKNOWN', territory: '' } });
  });

  it('is stored sorted, without repetition', () => {
    expect(territoryStored.safeParse(['IN', 'FR']).success).toBe(false);
    expect(territoryStored.safeParse(['IN', 'IN']).success).toBe(false);
    expect(territoryStored.safeParse(assigned).success).toBe(true);
  });

  it('is the same however it is written, and stored as it was parsed', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...assigned), { minLength: 1, maxLength: 30 }), (codes) => {
        const territory = field.parse(codes);
        expect(field.parse(codes.toReversed())).toEqual(territory);
        expect(field.parse(territory)).toEqual(territory);
        expect(territoryStored.parse(JSON.parse(JSON.stringify(territory)))).toEqual(territory);
        expect(new Set(territory)).toEqual(new Set(codes));
      }),
    );
  });

  it('leaves what it was given as it was', () => {
    const given = Object.freeze(['US', 'IN']);
    expect(parseTerritory(given)).toEqual({ value: ['IN', 'US'] });
    expect(given).toEqual(['US', 'IN']);
  });

  it('has a JSON schema', () => {
    expect(z.toJSONSchema(field, { io: 'input' })).toMatchObject({
      anyOf: [{ enum: ['WORLD', 'UNSTATED'] }, { type: 'array', minItems: 1 }],
    });
    expect(z.toJSONSchema(territoryStored)).toHaveProperty('anyOf');
  });
});
