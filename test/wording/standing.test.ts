/** When a missing service, and nothing else, is why nothing is counted. */
import { describe, expect, it } from 'vitest';
import { partsAt, unservedOf } from '../../src/wording/standing.ts';
import { ACCOUNTS, noPercentWords } from '../../src/wording/words.ts';

const NONE = { not_yet_binding: 0, withdrawn: 0, revoked: 0, expired: 0, suspended_by_stay: 0, target_gone: 0, undetermined: 0 };
const AT = '2021-02-03T00:00:00Z';
const hour = (at: string) => ({ earliest: at, latest: at });
const order = (id: string, receivedAt?: string) => ({
  id,
  issuedAt: hour('2021-02-01T00:00:00Z'),
  receipts: receivedAt === undefined ? [] : [{ receivedAt: hour(receivedAt) }],
});
const outside = (id: string, apart: Partial<typeof NONE>) => ({ order: id, makeUp: { apart: { ...NONE, ...apart } } });
const WAITING = { not_yet_binding: 3 };

describe('a missing service', () => {
  it.each([
    ['of the one order', 1, [order('a')], [outside('a', WAITING)]],
    ['of both', 2, [order('a'), order('b')], [outside('a', WAITING), outside('b', WAITING)]],
    ['of the one that lists anybody', 1, [order('a'), order('b', AT)], [outside('a', WAITING), outside('b', {})]],
    ['that comes only afterwards', 1, [order('a', '2021-02-04T00:00:00Z')], [outside('a', WAITING)]],
    ['where another order is stayed', 0, [order('a'), order('b', AT)], [outside('a', WAITING), outside('b', { suspended_by_stay: 1 })]],
    ['where some were withdrawn besides', 0, [order('a')], [outside('a', { ...WAITING, withdrawn: 1 })]],
    ['where it was served, and the list is waited for', 0, [order('a', AT)], [outside('a', WAITING)]],
    ['where nothing is listed', 0, [order('a')], [outside('a', {})]],
    ['before the order', 0, [{ ...order('a'), issuedAt: hour('2021-02-09T00:00:00Z') }], [outside('a', WAITING)]],
  ])('%s is the reason for %i orders', (_, orders, all, figures) => {
    expect(unservedOf(partsAt(all, figures, AT))).toBe(orders);
  });

  it('is said in its own words, and other reasons stay what they are', () => {
    const words = (unserved: number) => noPercentWords('empty_population', 'effective', ACCOUNTS, [], unserved);
    expect(words(1)).toBe('no percentage: no service of the order is on record by this time, so no account is counted');
    expect(words(2)).toBe('no percentage: no service of any of the orders is on record by this time, so no account is counted');
    expect(words(0)).toBe('no percentage: no account is under an order in force at this time');
    expect(noPercentWords('no_target_list', 'effective', ACCOUNTS, [], 1)).toContain('no list of the accounts is on record');
    expect(noPercentWords('empty_population', 'onTime', ACCOUNTS, [], 1)).toContain('no service of the order is on record');
  });
});
