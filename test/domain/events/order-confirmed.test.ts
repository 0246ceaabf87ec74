/** Confirming an interim direction. */
import { describe, it } from 'vitest';
import {
  caseOpened,
  confirmOrder,
  correct,
  extent,
  issueOrder,
  ist,
  istDay,
  istRange,
  orderOne,
  orderOneIssued,
  recorded,
  retracted,
  revoked,
  revokedAt,
} from '../../support/controls.ts';
import { given } from '../../support/specification.ts';

const issued = [caseOpened, orderOneIssued];
const confirmed = recorded(confirmOrder());

describe('confirming an order', () => {
  it('says who confirmed it', () => {
    given(...issued)
      .when(confirmOrder({ by: { name: 'Secretary', country: 'IN' } }))
      .emits();
  });

  it.each(['direction', 'removal_order', 'court_order', 'notice', 'request'])('is refused for a %s, which is not interim', (instrument) => {
    given(caseOpened, recorded(issueOrder({ instrument })))
      .when(confirmOrder())
      .refuses({ code: 'ORDER_NOT_INTERIM', order: orderOne, why: 'instrument' });
  });

  it('happens once, whichever of two is said to be earlier', () => {
    for (const occurredAt of [ist('02-01 13:00'), ist('02-02 12:00')]) {
      given(...issued, confirmed)
        .when(confirmOrder({ occurredAt }))
        .refuses({ code: 'ORDER_NOT_INTERIM', order: orderOne, why: 'confirmed' });
    }
  });

  it('repeats quietly, and may be recorded anew after a retraction', () => {
    given(...issued, confirmed)
      .when(confirmOrder())
      .emitsNothing(confirmed);
    given(...issued, confirmed, retracted(confirmed))
      .when(confirmOrder({ occurredAt: ist('02-02 12:00') }))
      .emits();
  });

  it('is not provably before the issue', () => {
    given(...issued)
      .when(confirmOrder({ occurredAt: istDay('01-30') }))
      .refuses({ code: 'BEFORE_ISSUE', order: orderOne, issued: extent(ist('01-31 12:00'))['earliest'] });
    given(...issued)
      .when(confirmOrder({ occurredAt: istDay('01-31') }))
      .emits();
  });

  it('is not provably after the revocation', () => {
    given(...issued, revoked)
      .when(confirmOrder({ occurredAt: ist('02-08 12:01') }))
      .refuses({ code: 'ORDER_ENDED', order: orderOne, ended: revokedAt });
    given(...issued, revoked)
      .when(confirmOrder({ occurredAt: istRange('02-08 11:00', '02-08 13:00') }))
      .emits();
  });

  it('keeps the order from being corrected into what is not interim', () => {
    given(...issued, confirmed)
      .when(correct(orderOneIssued, { instrument: 'direction' }))
      .refuses({
        code: 'CORRECTION_INVALID',
        event: orderOneIssued.id,
        cause: { code: 'ORDER_NOT_INTERIM', order: orderOne, why: 'instrument' },
      });
  });
});
