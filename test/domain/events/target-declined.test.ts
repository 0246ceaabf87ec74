/** Declining to act on an order about a target. */
import { describe, expect, it } from 'vitest';
import { targetDeclined } from '../../../src/domain/events/target-declined.ts';
import {
  account,
  decline,
  extent,
  ist,
  listedInOrderOne,
  orderNowhere,
  orderOne,
  orderTwo,
  recorded,
  storedAccount,
  targetId,
  theDayBefore,
  twoOrders,
  withheldInIndia,
} from '../../support/controls.ts';
import { given } from '../../support/specification.ts';

const listed = [...twoOrders, listedInOrderOne];

describe('declining', () => {
  it('names orders, grounds, and who calls the target what', () => {
    given(...listed)
      .when(decline({ grounds: [], classes: [{ class: 'news_media', assertedBy: 'platform' }] }))
      .emits();
  });

  it('names at least one order', () => {
    const request = { ...decline().data, target: account(), occurredAt: theDayBefore };
    expect(targetDeclined.input.safeParse({ ...request, orders: [] }).success).toBe(false);
    expect(targetDeclined.input.safeParse(request).success).toBe(true);
  });

  it('names orders that are there, on its own platform, and already issued', () => {
    given(...listed)
      .when(decline({ orders: [orderNowhere] }))
      .refuses({ code: 'REFERENCE_UNKNOWN', field: 'orders', reference: orderNowhere });
    given(...twoOrders)
      .when(decline({ target: account('@x', 'othersite.example') }))
      .refuses({ code: 'PLATFORM_MISMATCH', expected: 'birdsite.example', found: 'othersite.example', reference: orderOne });
    given(...listed)
      .when(decline({ orders: [orderTwo] }))
      .refuses({ code: 'BEFORE_ISSUE', order: orderTwo, issued: extent(ist('02-04 12:00'))['earliest'] });
  });

  it('may be said while the target is restricted, again, and of an order that does not list it', () => {
    given(...listed, withheldInIndia, recorded(decline()))
      .when(decline({ grounds: ['other'] }))
      .emits();
    given(...twoOrders)
      .when(decline())
      .emits({}, ['not_listed']);
  });

  it('repeats quietly by id too', () => {
    const declined = recorded(decline());
    given(...listed, declined)
      .when(decline({ targetId: targetId() }))
      .emitsNothing(declined);
    given(...listed)
      .when(decline({ targetId: targetId() }))
      .emits({ targetId: undefined, target: storedAccount() });
  });

  it('says to the figures which orders it answers, and what for', () => {
    const fact = recorded(decline({ orders: [orderOne, orderTwo], classes: [{ class: 'activist', assertedBy: 'platform' }] }));
    const shape = { kind: 'declined', grounds: ['fundamental_right'], classes: ['activist'] };
    const at = Date.parse('2021-02-02T06:30:00Z');
    expect(targetDeclined.facts(fact)).toEqual(
      [orderOne, orderTwo].map((order) => ({ shape, about: { order }, earliest: at, latest: at })),
    );
  });
});
