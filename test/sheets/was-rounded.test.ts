import { describe, expect, it } from 'vitest';
import type { Cell } from '../../src/sheets/row.ts';
import { wasRounded } from '../../src/sheets/was-rounded.ts';

const text = (written: string): Cell => ({ kind: 'text', text: written });
const number = (written: string): Cell => ({ kind: 'number', value: Number(written), text: written });

describe('a number that a spreadsheet may have rounded', () => {
  it.each(['1.35E+18', '1,35E+18', '1E+15', '1.35e18', '-2.5E+20', '1350000000000000000', '1234567890123450'])('is told: %s', (written) => {
    expect(wasRounded(text(written))).toBe(true);
    if (!written.includes(',')) expect(wasRounded(number(written))).toBe(true);
  });
  it.each(['1350000000000000001', '135000000000000', '0012', '@1E5', '1E', 'E10', '2021-02-01', '15 000 000 000 000 000'])(
    'is not seen in the text %s',
    (written) => {
      expect(wasRounded(text(written))).toBe(false);
    },
  );
  it('is told in a number cell of more digits than a double keeps, and not in one that it keeps', () => {
    expect(wasRounded(number('1350000000000000001'))).toBe(true);
    expect(wasRounded(number('1234567890123456'))).toBe(false);
    expect(wasRounded(number('0.30000000000000004'))).toBe(false);
  });
  it('is told inside a list, and in nothing else', () => {
    expect(wasRounded({ kind: 'list', items: [text('x'), text('1.35E+18')] })).toBe(true);
    expect(wasRounded({ kind: 'boolean', value: true })).toBe(false);
    expect(wasRounded({ kind: 'local', local: '2021-02-01T00:00:00', hasTime: false })).toBe(false);
  });
});
