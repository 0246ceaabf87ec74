/** Setting or extending the time for compliance. */
import { describe, it } from 'vitest';
import {
  caseOpened,
  instant,
  issueOrder,
  ist,
  istDay,
  orderOne,
  orderOneIssued,
  recorded,
  revoked,
  revokedAt,
  setDeadline,
} from '../../support/controls.ts';
import { given } from '../../support/specification.ts';

const issued = [caseOpened, orderOneIssued];

describe('setting a deadline', () => {
  it('is for an instant, which may lie ahead', () => {
    given(...issued)
      .when(setDeadline({ dueAt: '2031-01-01T00:00:00+05:30' }))
      .emits({ dueAt: '2030-12-31T18:30:00.000Z' });
  });

  it('may recur: it extends', () => {
    const first = recorded(setDeadline());
    given(...issued, first)
      .when(setDeadline({ occurredAt: ist('02-04 12:00'), dueAt: ist('02-12 18:00') }))
      .emits({ dueAt: instant('02-12 18:00') });
    given(...issued, first)
      .when(setDeadline())
      .emitsNothing(first);
  });

  it('is not provably before the issue, nor at or after the expiry, nor provably after the revocation', () => {
    given(...issued)
      .when(setDeadline({ occurredAt: istDay('01-30') }))
      .refuses({ code: 'BEFORE_ISSUE', order: orderOne, issued: instant('01-31 12:00') });
    given(caseOpened, recorded(issueOrder({ expiresAt: ist('02-10 00:00') })))
      .when(setDeadline({ occurredAt: ist('02-10 00:00') }))
      .refuses({ code: 'ORDER_ENDED', order: orderOne, ended: instant('02-10 00:00') });
    given(...issued, revoked)
      .when(setDeadline({ occurredAt: ist('02-08 12:01') }))
      .refuses({ code: 'ORDER_ENDED', order: orderOne, ended: revokedAt });
    given(...issued, revoked)
      .when(setDeadline({ occurredAt: istDay('02-08') }))
      .emits();
  });
});
