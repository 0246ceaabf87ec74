/** Revoking an order. */
import { describe, it } from 'vitest';
import {
  caseOpened,
  correct,
  declareCoverage,
  extent,
  instant,
  issueOrder,
  ist,
  istDay,
  later,
  orderOne,
  orderOneIssued,
  recorded,
  retracted,
  revoked,
  revokedAt,
  revokeOrder,
  serveOrder,
  stayOrder,
} from '../../support/controls.ts';
import { given } from '../../support/specification.ts';

const issued = [caseOpened, orderOneIssued];
const ended = { code: 'ORDER_ENDED', order: orderOne, ended: revokedAt } as const;

describe('revoking an order', () => {
  it.each(['revoked', 'set_aside', 'not_confirmed', 'declared_lapsed'])('says that it was %s', (how) => {
    given(...issued)
      .when(revokeOrder({ how, restorationDirected: false }))
      .emits();
  });

  it('happens once, whichever of two is said to be earlier', () => {
    for (const occurredAt of [ist('02-07 12:00'), ist('02-09 12:00')]) {
      given(...issued, revoked)
        .when(revokeOrder({ occurredAt }))
        .refuses(ended);
    }
  });

  it('repeats quietly, and may be recorded anew after a retraction', () => {
    given(...issued, revoked)
      .when(revokeOrder())
      .emitsNothing(revoked);
    given(...issued, revoked, retracted(revoked))
      .when(revokeOrder({ how: 'set_aside' }))
      .emits();
  });

  it('is not provably before the issue, nor at or after the expiry', () => {
    given(...issued)
      .when(revokeOrder({ occurredAt: istDay('01-30') }))
      .refuses({ code: 'BEFORE_ISSUE', order: orderOne, issued: instant('01-31 12:00') });
    const expiring = [caseOpened, recorded(issueOrder({ expiresAt: ist('02-08 12:00') }))];
    given(...expiring)
      .when(revokeOrder())
      .refuses({ code: 'ORDER_ENDED', order: orderOne, ended: instant('02-08 12:00') });
    given(...expiring)
      .when(revokeOrder({ occurredAt: later(ist('02-08 12:00'), -1) }))
      .emits();
  });

  it('may be learned of late: what came before it or may have stays', () => {
    given(...issued, recorded(stayOrder()))
      .when(revokeOrder())
      .emits();
  });
});

describe('after a revocation', () => {
  it('an order is not served, as far as that is provable', () => {
    given(...issued, revoked)
      .when(serveOrder({ occurredAt: ist('02-08 12:01') }))
      .refuses(ended);
    for (const occurredAt of [ist('02-08 12:00'), istDay('02-08'), ist('02-02 12:00')]) {
      given(...issued, revoked)
        .when(serveOrder({ occurredAt }))
        .emits({ receivedAt: extent(occurredAt) });
    }
  });

  it('whose hour is not known, only what lies behind all its hours is refused', () => {
    const someTime = recorded(revokeOrder({ occurredAt: istDay('02-08') }));
    given(...issued, someTime)
      .when(serveOrder({ occurredAt: ist('02-08 23:00') }))
      .emits({ receivedAt: extent(ist('02-08 23:00')) });
    given(...issued, someTime)
      .when(serveOrder({ occurredAt: ist('02-09 00:00') }))
      .refuses({ ...ended, ended: extent(istDay('02-08'))['latest'] });
  });

  it('the record on the order may still be declared complete', () => {
    given(...issued, revoked)
      .when(declareCoverage())
      .emits();
  });

  it('an expiry that came first is what is named', () => {
    given(caseOpened, recorded(issueOrder({ expiresAt: ist('02-10 00:00') })), revoked)
      .when(serveOrder({ occurredAt: ist('02-11 12:00') }))
      .refuses({ ...ended, ended: instant('02-10 00:00') });
  });

  it('a correction does not move it before what it would forbid', () => {
    const served = recorded(serveOrder({ occurredAt: ist('02-02 12:00') }), { receivedAt: extent(ist('02-02 12:00')) });
    given(...issued, revoked, served)
      .when(correct(revoked, { occurredAt: ist('02-02 11:59') }))
      .refuses({ code: 'CORRECTION_INVALID', event: revoked.id, cause: { ...ended, ended: instant('02-02 11:59') } });
  });
});
