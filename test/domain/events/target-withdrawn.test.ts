/** Giving a listed target up. */
import { describe, expect, it } from 'vitest';
import { targetWithdrawn } from '../../../src/domain/events/target-withdrawn.ts';
import {
  account,
  caseOpened,
  correct,
  extent,
  issueOrder,
  ist,
  istDay,
  istRange,
  later,
  listedInOrderOne,
  listTarget,
  orderNowhere,
  orderOne,
  orderTwo,
  recorded,
  retract,
  retracted,
  storedAccount,
  targetId,
  tuesdayNoon,
  twoOrders,
  withdraw,
  withdrawnFromOrderOne,
  withheldInIndia,
} from '../../support/controls.ts';
import { given } from '../../support/specification.ts';

const listed = [...twoOrders, listedInOrderOne];
const listedInOrderTwo = recorded(listTarget({ order: orderTwo }), { occurredAt: extent(ist('02-04 12:00')) });
const notListed = { code: 'TARGET_NOT_LISTED', order: orderOne, target: targetId() } as const;

describe('withdrawing a target from the list of an order', () => {
  it('says when, and for what reason', () => {
    given(...listed)
      .when(withdraw({ occurredAt: istDay('02-02'), reason: 'The account belongs to a newspaper.' }))
      .emits();
  });

  it('takes the target by its id', () => {
    given(...listed)
      .when(withdraw({ targetId: targetId() }))
      .emits({ targetId: undefined, target: storedAccount() });
  });

  it('is of one order, whatever else lists the target', () => {
    given(...listed, listedInOrderTwo)
      .when(withdraw({ order: orderTwo, occurredAt: ist('02-05 12:00') }))
      .emits();
  });

  it('leaves what the platform did as it is', () => {
    given(...listed, withheldInIndia)
      .when(withdraw())
      .emits();
  });

  it('repeats quietly', () => {
    given(...listed, withdrawnFromOrderOne)
      .when(withdraw())
      .emitsNothing(withdrawnFromOrderOne);
    given(...listed, withdrawnFromOrderOne)
      .when(withdraw({ targetId: targetId() }))
      .emitsNothing(withdrawnFromOrderOne);
  });
});

describe('what a withdrawal refuses', () => {
  it('where the order does not list the target', () => {
    given(...twoOrders)
      .when(withdraw())
      .refuses(notListed);
    given(...twoOrders, listedInOrderTwo)
      .when(withdraw())
      .refuses(notListed);
    given(...twoOrders, listedInOrderOne, retracted(listedInOrderOne))
      .when(withdraw())
      .refuses(notListed);
  });

  it('where it lies provably before the listing', () => {
    const late = recorded(listTarget({ occurredAt: tuesdayNoon }));
    given(...twoOrders, late)
      .when(withdraw({ occurredAt: later(tuesdayNoon, -1) }))
      .refuses(notListed);
    given(...twoOrders, late)
      .when(withdraw({ occurredAt: istDay('02-02') }))
      .emits();
  });

  it('where the target is withdrawn already: what was given up is not listed', () => {
    const withdrawal = withdrawnFromOrderOne.id;
    given(...listed, withdrawnFromOrderOne)
      .when(withdraw({ occurredAt: ist('02-03 12:00') }))
      .refuses({ ...notListed, withdrawal });
    given(...listed, withdrawnFromOrderOne)
      .when(withdraw({ reason: 'For another reason.' }))
      .refuses({ ...notListed, withdrawal });
    given(...listed, withdrawnFromOrderOne, retracted(withdrawnFromOrderOne))
      .when(withdraw({ reason: 'For another reason.' }))
      .emits();
  });

  it('where the order is not there, or addressed to another platform', () => {
    given(...listed)
      .when(withdraw({ order: orderNowhere }))
      .refuses({ code: 'REFERENCE_UNKNOWN', field: 'order', reference: orderNowhere });
    given(...listed)
      .when(withdraw({ target: account('@synthetic-o1-001', 'othersite.example') }))
      .refuses({ code: 'PLATFORM_MISMATCH', expected: 'birdsite.example', found: 'othersite.example', reference: orderOne });
  });

  it('provably before the issue', () => {
    given(...listed)
      .when(withdraw({ occurredAt: later(ist('01-31 12:00'), -1) }))
      .refuses({ code: 'BEFORE_ISSUE', order: orderOne, issued: extent(ist('01-31 12:00'))['earliest'] });
    given(...listed)
      .when(withdraw({ occurredAt: istRange('01-30 12:00', '01-31 12:00') }))
      .emits();
  });

  it('provably after the expiry', () => {
    const expiring = [caseOpened, recorded(issueOrder({ expiresAt: ist('02-10 00:00') })), listedInOrderOne];
    given(...expiring)
      .when(withdraw({ occurredAt: ist('02-10 00:00') }))
      .refuses({ code: 'ORDER_ENDED', order: orderOne, ended: extent(ist('02-10 00:00'))['earliest'] });
    given(...expiring)
      .when(withdraw({ occurredAt: istRange('02-09 00:00', '02-11 00:00') }))
      .emits();
  });
});

describe('what follows a withdrawal', () => {
  const withdrawn = [...listed, withdrawnFromOrderOne];

  it('is no new listing by the same order, only by another', () => {
    given(...withdrawn)
      .when(listTarget({ occurredAt: ist('02-05 12:00') }))
      .refuses({ code: 'TARGET_ALREADY_LISTED', order: orderOne, existing: listedInOrderOne.id });
    given(...withdrawn)
      .when(listTarget({ order: orderTwo }))
      .emits({ occurredAt: extent(ist('02-04 12:00')) });
  });

  it('is no retraction of the listing, while it stands', () => {
    const dependents = [withdrawnFromOrderOne.id];
    given(...withdrawn, listedInOrderTwo)
      .when(retract(listedInOrderOne))
      .refuses({ code: 'EVENT_HAS_DEPENDENTS', event: listedInOrderOne.id, dependents });
    given(...withdrawn, listedInOrderTwo)
      .when(retract(listedInOrderTwo))
      .emits({ synthetic: undefined });
    given(...withdrawn, retracted(withdrawnFromOrderOne))
      .when(retract(listedInOrderOne))
      .emits({ synthetic: undefined });
  });

  it('is no correction by which the listing would come after it', () => {
    given(...withdrawn)
      .when(correct(listedInOrderOne, { occurredAt: later(tuesdayNoon, 1) }))
      .refuses({ code: 'CORRECTION_INVALID', event: listedInOrderOne.id, cause: notListed });
    given(...withdrawn)
      .when(correct(listedInOrderOne, { occurredAt: tuesdayNoon }))
      .emits({ synthetic: undefined, changes: { occurredAt: extent(tuesdayNoon) } });
  });
});

it('says to the figures which order gave the target up, and when', () => {
  const fact = recorded(withdraw({ occurredAt: istDay('02-02') }));
  expect(targetWithdrawn.facts(fact)).toEqual([
    {
      shape: { kind: 'withdrawn' },
      about: { order: orderOne },
      earliest: Date.parse('2021-02-01T18:30:00Z'),
      latest: Date.parse('2021-02-02T18:29:59.999Z'),
    },
  ]);
});
