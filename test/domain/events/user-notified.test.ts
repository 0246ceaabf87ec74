/** Telling the holder of a target. */
import { describe, expect, it } from 'vitest';
import { userNotified } from '../../../src/domain/events/user-notified.ts';
import {
  block,
  correct,
  eventNowhere,
  extent,
  inIndia,
  ist,
  lift,
  limit,
  listedInOrderOne,
  mondayNoon,
  notify,
  orderNowhere,
  orderOne,
  orderTwo,
  recorded,
  reinstate,
  retract,
  retracted,
  storedAccount,
  targetId,
  twoOrders,
  withheldInIndia,
} from '../../support/controls.ts';
import { given } from '../../support/specification.ts';

const listed = [...twoOrders, listedInOrderOne];
const restriction = withheldInIndia.id;

describe('notifying the user', () => {
  it('names the restriction, or none, and the channel', () => {
    given(...listed, withheldInIndia)
      .when(notify({ restriction, channel: 'a notice in the app', receivedAt: ist('02-02 09:00') }))
      .emits();
    given(...twoOrders)
      .when(notify())
      .emits({ synthetic: false });
  });

  it.each([
    ['a block', recorded(block())],
    ['a withholding', withheldInIndia],
    ['a limit', recorded(limit())],
  ])('may tell of %s', (_, fact) => {
    given(...listed, fact)
      .when(notify({ restriction: fact.id }))
      .emits();
  });

  it('may come before the act, and after its end', () => {
    given(...listed, withheldInIndia)
      .when(notify({ restriction, occurredAt: mondayNoon }))
      .emits();
    const lifted = recorded(reinstate(), { lifts: [lift(withheldInIndia, inIndia)] });
    given(...listed, withheldInIndia, lifted)
      .when(notify({ restriction, occurredAt: ist('02-05 12:00') }))
      .emits();
  });

  it('is refused where what it names is no restriction of this target that stands', () => {
    const unknown = (reference: string) => ({ code: 'REFERENCE_UNKNOWN', field: 'restriction', reference }) as const;
    given(...listed)
      .when(notify({ restriction: eventNowhere }))
      .refuses(unknown(eventNowhere));
    given(...listed)
      .when(notify({ restriction: listedInOrderOne.id }))
      .refuses(unknown(listedInOrderOne.id));
    given(...listed, withheldInIndia, retracted(withheldInIndia))
      .when(notify({ restriction }))
      .refuses(unknown(restriction));
  });

  it('cites orders that are there and issued by then', () => {
    given(...listed)
      .when(notify({ orders: [orderNowhere] }))
      .refuses({ code: 'REFERENCE_UNKNOWN', field: 'orders', reference: orderNowhere });
    given(...listed)
      .when(notify({ orders: [orderTwo] }))
      .refuses({ code: 'BEFORE_ISSUE', order: orderTwo, issued: extent(ist('02-04 12:00'))['earliest'] });
    given(...twoOrders)
      .when(notify({ orders: [orderOne] }))
      .emits({}, ['not_listed']);
  });

  it('repeats quietly by id too', () => {
    const told = recorded(notify({ restriction }));
    given(...listed, withheldInIndia, told)
      .when(notify({ restriction, targetId: targetId() }))
      .emitsNothing(told);
    given(...listed)
      .when(notify({ targetId: targetId() }))
      .emits({ targetId: undefined, target: storedAccount() });
  });
});

describe('a restriction of which the user was told', () => {
  const told = recorded(notify({ restriction }));

  it('is retracted only after the notice', () => {
    given(...listed, withheldInIndia, told)
      .when(retract(withheldInIndia))
      .refuses({ code: 'EVENT_HAS_DEPENDENTS', event: restriction, dependents: [told.id] });
    given(...listed, withheldInIndia, told, retracted(told))
      .when(retract(withheldInIndia))
      .emits({ synthetic: undefined });
  });

  it('may turn out to be another, of the same target', () => {
    const blocked = recorded(block());
    given(...listed, withheldInIndia, blocked, told)
      .when(correct(told, { restriction: blocked.id }))
      .emits({ synthetic: undefined });
    given(...listed, withheldInIndia, told)
      .when(correct(told, { restriction: eventNowhere }))
      .refuses({
        code: 'CORRECTION_INVALID',
        event: told.id,
        cause: { code: 'REFERENCE_UNKNOWN', field: 'restriction', reference: eventNowhere },
      });
  });
});

it('says of what the user was told and, if that is known, when the notice reached them', () => {
  const sent = Date.parse('2021-02-01T14:20:00Z');
  const received = Date.parse('2021-02-02T03:30:00Z');
  const noted = (orders: readonly string[]) => ({ kind: 'noted', what: 'user_notified', orders });
  expect(userNotified.facts(recorded(notify({ orders: [orderTwo, orderOne] })))).toEqual([
    { shape: noted([orderOne, orderTwo]), about: undefined, earliest: sent, latest: sent },
  ]);
  expect(userNotified.facts(recorded(notify({ restriction, receivedAt: ist('02-02 09:00') })))).toEqual([
    { shape: noted([]), about: { restriction }, earliest: sent, latest: sent },
    { shape: { kind: 'notice_received' }, about: { restriction }, earliest: received, latest: received },
  ]);
});
