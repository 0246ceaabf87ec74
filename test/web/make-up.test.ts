/** A number leads to just the accounts that it counts; where no list holds these alone, it says among how many they are shown. */
import { describe, expect, it } from 'vitest';
import { addedUp, chosen, type MakeUpLine, sheetShown } from '../../src/web/parts/make-up.tsx';
import { askedFor, whichText, whichWords } from '../../src/web/parts/which.ts';

type Line = Parameters<typeof sheetShown>[0][number];
const line = (parts: Partial<Line>): Line => ({
  is: 'not_in_effect',
  status: 'reversed_while_in_force',
  ground: null,
  responseDeclined: false,
  accounts: 1,
  behind: [],
  examples: [],
  ...parts,
});
const told = (line: Omit<MakeUpLine, 'words'>): readonly unknown[] => {
  const found = chosen(line);
  return [line.accounts, found?.among, found && whichText(found.narrowing)];
};
const narrowed = (some: readonly Line[], all: readonly Line[]): readonly unknown[] => told(sheetShown(some, all));

describe('how the accounts of a number are asked for', () => {
  const restored = line({ accounts: 87, lostBy: 'lifted' });
  const refused = line({ accounts: 37, lostBy: 'lifted', responseDeclined: true });
  const ranOut = line({ accounts: 5, lostBy: 'ran_out' });
  const onTime = line({ is: 'in_effect', status: 'in_effect_on_time', ground: 'citing_order', accounts: 3 });
  const late = line({ is: 'in_effect', status: 'in_effect_late', ground: 'citing_order', accounts: 4 });

  it('is by as little as tells them from all others', () => {
    expect(narrowed([restored], [restored, onTime])).toEqual([87, 87, 'not_in_effect']);
    expect(narrowed([refused], [restored, refused])).toEqual([
      37,
      37,
      'is.not_in_effect status.reversed_while_in_force responseDeclined.true',
    ]);
    expect(narrowed([ranOut], [restored, refused, ranOut])).toEqual([
      5,
      5,
      'is.not_in_effect status.reversed_while_in_force responseDeclined.false lostBy.ran_out',
    ]);
    expect(narrowed([onTime, late], [onTime, late, restored])).toEqual([7, 7, 'in_effect']);
    expect(narrowed([late], [onTime, late])).toEqual([4, 4, 'is.in_effect ground.citing_order status.in_effect_late']);
  });

  it('says among how many they are shown, where their own events alone tell them apart', () => {
    const others = line({ accounts: 30, lostBy: 'lifted', responseDeclined: true });
    const [accounts, among] = narrowed([refused], [restored, refused, others]);
    expect([accounts, among]).toEqual([37, 67]);
  });

  it('is alike under each order of several, whatever else each of them has', () => {
    const outstanding = line({ status: 'outstanding', accounts: 7 });
    const words = 'nothing on record';
    const [sum, ...others] = addedUp([
      { ...sheetShown([outstanding], [restored, outstanding]), words, order: 'a' },
      {
        ...sheetShown([line({ status: 'outstanding', accounts: 595 })], [line({ status: 'outstanding', accounts: 595 })]),
        words,
        order: 'b',
      },
    ]);
    expect(others).toEqual([]);
    expect(sum?.orders).toEqual(['a', 'b']);
    expect(sum && told(sum)).toEqual([602, 602, 'is.not_in_effect status.outstanding']);
  });

  it('stands in a link as the API takes it, and in words', () => {
    expect(askedFor('is.not_in_effect status.overdue responseDeclined.true')).toEqual({
      is: 'not_in_effect',
      status: 'overdue',
      responseDeclined: 'true',
    });
    expect(askedFor('in_effect')).toEqual({ is: 'in_effect' });
    expect(askedFor('without_evidence')).toEqual({ status: 'without_evidence' });
    expect(askedFor('')).toEqual({});
    expect(whichWords('')).toBe('all');
    expect(whichWords('is.not_in_effect status.overdue responseDeclined.true')).toBe('not in effect, past the time set; refused');
    expect(whichWords('is.<b> __proto__.x')).toBe('<b>; x');
  });
});
