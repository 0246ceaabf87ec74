/** What is owed, in words. */
import { describe, expect, it } from 'vitest';
import { dutyWords, owedHeading } from '../../src/wording/due-words.ts';

const owed = { what: 'acknowledgement', provision: 'r.13', events: [] };
const exactly = (instant: string) => ({ earliest: instant, latest: instant });

describe('what is owed', () => {
  it('is owed by an hour, or by some instant of a range', () => {
    const words = (latest: string) =>
      dutyWords({ ...owed, state: 'due', by: { ...exactly('2021-02-01T08:30:00.000Z'), latest } }, 'Asia/Kolkata');
    expect(words('2021-02-01T08:30:00.000Z')).toBe('acknowledgement, by 1 Feb 2021 14:00 IST: nothing on record yet. r.13');
    expect(words('2021-02-01T10:30:00.000Z')).toContain(
      'acknowledgement, by some instant from 1 Feb 2021 14:00 IST to 1 Feb 2021 16:00 IST:',
    );
  });

  it('says which provision nobody has checked, whoever confirmed the rule', () => {
    expect(dutyWords({ ...owed, isUnchecked: true, state: 'not_served', by: null }, 'UTC')).toBe(
      'acknowledgement: no time can be reckoned: no service on record. r.13 (unchecked)',
    );
    const rule = { id: 'x', version: 1, provision: 'r.9', unchecked: [] };
    expect(owedHeading({ ...rule, reviewedBy: null })).toContain('nobody has confirmed');
    expect(owedHeading({ ...rule, reviewedBy: 'A. Counsel' })).toContain('as A. Counsel confirmed it');
  });
});
