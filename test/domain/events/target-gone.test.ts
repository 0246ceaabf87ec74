/** A target that is no longer there. */
import { describe, expect, it } from 'vitest';
import { targetGone } from '../../../src/domain/events/target-gone.ts';
import {
  account,
  extent,
  findGone,
  ist,
  istDay,
  listedInOrderOne,
  orderNowhere,
  orderOne,
  orderTwo,
  recorded,
  storedAccount,
  targetId,
  twoOrders,
  withheldInIndia,
} from '../../support/controls.ts';
import { given } from '../../support/specification.ts';

const listed = [...twoOrders, listedInOrderOne];

describe('a target that is gone', () => {
  it.each(['owner', 'unknown'])('went by %s', (cause) => {
    given(...listed)
      .when(findGone({ cause }))
      .emits();
  });

  it('is gone by no act of the platform: no other cause is known', () => {
    const request = { target: account(), occurredAt: istDay('02-02'), assertion: 'direct_record', orders: [] };
    expect(targetGone.input.safeParse({ ...request, cause: 'owner' }).success).toBe(true);
    expect(targetGone.input.safeParse({ ...request, cause: 'platform' }).success).toBe(false);
    expect(targetGone.input.safeParse(request).success).toBe(false);
  });

  it('may be restricted, and may be found gone more than once', () => {
    given(...listed, withheldInIndia, recorded(findGone()))
      .when(findGone({ cause: 'unknown' }))
      .emits();
  });

  it('cites orders that are there, to its platform, issued by then', () => {
    given(...listed)
      .when(findGone({ orders: [orderNowhere] }))
      .refuses({ code: 'REFERENCE_UNKNOWN', field: 'orders', reference: orderNowhere });
    given(...twoOrders)
      .when(findGone({ target: account('@x', 'othersite.example'), orders: [orderOne] }))
      .refuses({ code: 'PLATFORM_MISMATCH', expected: 'birdsite.example', found: 'othersite.example', reference: orderOne });
    given(...listed)
      .when(findGone({ orders: [orderTwo] }))
      .refuses({ code: 'BEFORE_ISSUE', order: orderTwo, issued: extent(ist('02-04 12:00'))['earliest'] });
    given(...twoOrders)
      .when(findGone({ orders: [orderOne] }))
      .emits({}, ['not_listed']);
  });

  it('repeats quietly by id too', () => {
    const gone = recorded(findGone());
    given(...listed, gone)
      .when(findGone({ targetId: targetId() }))
      .emitsNothing(gone);
    given(...listed)
      .when(findGone({ targetId: targetId() }))
      .emits({ targetId: undefined, target: storedAccount() });
  });

  it('says so to the figures, and by whose doing to those who read', () => {
    const fact = recorded(findGone({ occurredAt: istDay('02-02'), orders: [orderTwo, orderOne] }));
    expect(targetGone.facts(fact)).toEqual([
      {
        shape: { kind: 'gone', cause: 'owner', orders: [orderOne, orderTwo] },
        about: undefined,
        earliest: Date.parse('2021-02-01T18:30:00Z'),
        latest: Date.parse('2021-02-02T18:29:59.999Z'),
      },
    ]);
  });
});
