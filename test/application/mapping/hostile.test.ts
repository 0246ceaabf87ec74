/** Whatever stands in the cells or in the mapping, a row is read or refused, and a mapping used or refused: nothing throws, and no sentence is longer than one reads. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileMapping } from '../../../src/application/mapping/compile-mapping.ts';
import { parseMapping } from '../../../src/application/mapping/mapping.ts';
import { TEMPLATE_MAPPING } from '../../../src/application/mapping/template.ts';
import type { Cell } from '../../../src/sheets/row.ts';
import { compiled, entry, faultsOf, mappingOf, orderNamed, withheld } from './sheet.ts';

const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.stringMatching(/^[0-9/. :apmAPM,-]{1,24}$/),
  fc.constantFrom(
    ...[
      'https://twitter.com/%',
      'https://twitter.com/%E0%A4',
      'http://[',
      '\ud800',
      '\u0000',
      'a\nb',
      '0000-00-00',
      '9999-12-31 23:59',
      '31/12/9999',
    ],
    ...['@'.repeat(3_000), '9'.repeat(3_000), '1 '.repeat(2_000), 'Feb '.repeat(2_000), `https://x.com/${'a'.repeat(5_000)}`],
  ),
);
const usualText = fc.constantFrom(
  '@synthetic',
  'No. 1',
  'IN',
  '01/02/2021 14:00',
  '2021-02-01',
  '14:00',
  'yes',
  'own decision',
  'local law',
);
const text = fc.oneof(hostileText, { arbitrary: usualText, weight: 4 });
const textCell = text.map((said): Cell => ({ kind: 'text', text: said }));
const cell: fc.Arbitrary<Cell> = fc.oneof(
  { arbitrary: textCell, weight: 6 },
  fc.double().map((value): Cell => ({ kind: 'number', value, text: String(value) })),
  fc.boolean().map((value): Cell => ({ kind: 'boolean', value })),
  fc
    .tuple(fc.constantFrom('2021-02-01T14:00:00', '1899-12-30T14:00:00', '9999-12-31T23:59:59', '0000-00-00T00:00:00'), fc.boolean())
    .map(([local, hasTime]): Cell => ({ kind: 'local', local, hasTime })),
  fc.array(textCell, { maxLength: 5 }).map((items): Cell => ({ kind: 'list', items })),
);

const DETAIL_LENGTH_MAX = 2_500; // twenty words of a vocabulary among them
const VALUE_LENGTH_MAX = 201;

describe('a row of anything', () => {
  const template = compileMapping(parseMapping(TEMPLATE_MAPPING));
  const many = compiled([
    entry({
      ...withheld,
      orders: [orderNamed],
      until: { column: 'Until', as: 'instant', optional: true },
      territory: { column: 'Where', as: 'territory' },
      text: { template: '{Note} x', optional: true },
      occurredAt: { column: 'When', as: 'time', clock: 'Hour', zone: { column: 'Zone', default: 'Asia/Kolkata' } },
    }),
  ]);

  it.each([['the template', template] as const, ['a mapping of many columns', many] as const])(
    'is read or refused by %s',
    (_what, mapping) => {
      fc.assert(
        fc.property(fc.dictionary(fc.constantFrom(...mapping.columns), cell, { minKeys: 1 }), (cells) => {
          const reading = mapping.read({ row: 2, cells: new Map(Object.entries(cells)) });
          if (reading.kind !== 'refused') return;
          for (const { detail, value } of reading.faults) {
            expect(detail.length).toBeLessThan(DETAIL_LENGTH_MAX);
            expect((value ?? '').length).toBeLessThanOrEqual(VALUE_LENGTH_MAX);
          }
        }),
        { numRuns: 1_000 },
      );
    },
  );
});

describe('a mapping of anything', () => {
  it('is used or refused', () => {
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 4 }).map((json) => JSON.parse(json)),
        fc.json().map((json) => JSON.parse(json)),
        (a, b) => {
          const one = mappingOf([entry(withheld)]);
          for (const json of [
            a,
            { ...one, common: a, vocabularies: b },
            mappingOf([entry({ ...withheld, text: a, occurredAt: b }, { when: b })]),
            mappingOf([
              entry({
                ...withheld,
                text: { column: a, default: b },
                orders: { when: a, value: b },
                basis: { idOf: 'case', system: a, id: b },
              }),
            ]),
          ]) {
            expect(faultsOf(json).length).toBeLessThanOrEqual(100);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
