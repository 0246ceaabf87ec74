/** Linking a target to another. */
import { describe, expect, it } from 'vitest';
import { targetLinked } from '../../../src/domain/events/target-linked.ts';
import { refusalOf } from '../../../src/domain/refusing.ts';
import {
  account,
  extent,
  ist,
  link,
  listedInOrderOne,
  mondayAfternoon,
  orderNowhere,
  orderOne,
  orderTwo,
  recorded,
  storedAccount,
  targetId,
  twoOrders,
} from '../../support/controls.ts';
import { given } from '../../support/specification.ts';

const listed = [...twoOrders, listedInOrderOne];

describe('linking a target', () => {
  it.each(['renamed_to', 'successor', 'same_as'])('says that the other is %s', (relation) => {
    given(...listed)
      .when(link({ relation }))
      .emits();
  });

  it.each(['confirmed', 'probable', 'possible'])('says that this is %s', (confidence) => {
    given(...listed)
      .when(link({ confidence }))
      .emits();
  });

  it('keeps the key of the other beside its writing, as for any target', () => {
    given(...listed)
      .when(link({ to: account('@Synthetic-Renamed') }))
      .emits({ to: { ...account('@Synthetic-Renamed'), key: 'synthetic-renamed' } });
  });

  it('may name another platform, and a target of which nothing is on record', () => {
    given(...listed)
      .when(link({ to: account('@elsewhere', 'othersite.example'), orders: [orderOne] }))
      .emits();
  });

  it('names another target that has a key', () => {
    const request = { target: account(), occurredAt: mondayAfternoon, assertion: 'direct_record', orders: [] };
    const [wrong] =
      targetLinked.input.safeParse({ ...request, relation: 'same_as', confidence: 'possible', to: account('not a handle') }).error
        ?.issues ?? [];
    expect(wrong?.path).toEqual(['to']);
    expect(wrong && refusalOf(wrong)?.code).toBe('TARGET_KEY_INVALID');
  });

  it('cites orders that are there, to its own platform, issued by then', () => {
    given(...listed)
      .when(link({ orders: [orderNowhere] }))
      .refuses({ code: 'REFERENCE_UNKNOWN', field: 'orders', reference: orderNowhere });
    given(...twoOrders)
      .when(link({ target: account('@x', 'othersite.example'), orders: [orderOne] }))
      .refuses({ code: 'PLATFORM_MISMATCH', expected: 'birdsite.example', found: 'othersite.example', reference: orderOne });
    given(...listed)
      .when(link({ orders: [orderTwo] }))
      .refuses({ code: 'BEFORE_ISSUE', order: orderTwo, issued: extent(ist('02-04 12:00'))['earliest'] });
    given(...twoOrders)
      .when(link({ orders: [orderOne] }))
      .emits({}, ['not_listed']);
  });

  it('repeats quietly by id too', () => {
    const linked = recorded(link());
    given(...listed, linked)
      .when(link({ targetId: targetId() }))
      .emitsNothing(linked);
    given(...listed)
      .when(link({ targetId: targetId() }))
      .emits({ targetId: undefined, target: storedAccount() });
  });

  it('says to the figures nothing but that it was noted', () => {
    const at = Date.parse('2021-02-01T08:30:00Z');
    expect(targetLinked.facts(recorded(link({ orders: [orderTwo, orderOne] })))).toEqual([
      { shape: { kind: 'noted', what: 'linked', orders: [orderOne, orderTwo] }, about: undefined, earliest: at, latest: at },
    ]);
  });
});
