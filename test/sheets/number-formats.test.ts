import { describe, expect, it } from 'vitest';
import { shownBy } from '../../src/sheets/number-formats.ts';

describe('what a number format shows', () => {
  it.each([
    ['General', 'number'],
    ['0', 'number'],
    ['#,##0.00 "days"', 'number'],
    ['0.00E+00', 'number'],
    ['[Red]-#,##0;[Blue]0', 'number'],
    ['[$-409]#,##0.00', 'number'],
    ['0\\d', 'number'],
    ['@', 'number'],
    ['dd/mm/yyyy', 'date'],
    ['[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', 'date'],
    ['mmmm', 'date'],
    ['yyyy"年"m"月"d"日";@', 'date'],
    ['d/m/yy h:mm AM/PM', 'date_time'],
    ['yyyy\\-mm\\-dd\\Thh:mm:ss', 'date_time'],
    ['hh:mm', 'time'],
    ['mm:ss.0', 'time'],
    ['h AM/PM', 'time'],
    ['[h]:mm:ss', 'length'],
    ['[mm]:ss', 'length'],
    ['"[h]" 0', 'number'],
  ])('is told: %s', (format, shows) => {
    expect(shownBy(format)).toBe(shows);
  });
});
