/** Serving a notice about an order. */
import { describe, it } from 'vitest';
import {
  caseOpened,
  extent,
  instant,
  issueOrder,
  ist,
  istDay,
  mondayAfternoon,
  orderOne,
  orderOneIssued,
  recorded,
  revoked,
  serveNotice,
} from '../../support/controls.ts';
import { given } from '../../support/specification.ts';

const issued = [caseOpened, orderOneIssued];

describe('serving a notice', () => {
  it.each(['non_compliance', 'penalty', 'reminder', 'compliance_proof'])('says of what kind it is: %s', (kind) => {
    given(...issued)
      .when(serveNotice({ kind, ref: 'Notice 1', pages: 18, penaltiesCited: ['s. 69A(3): up to seven years'], restatesDemand: false }))
      .emits({ receivedAt: extent(mondayAfternoon) });
  });

  it('is received when it occurred, unless another time is given', () => {
    given(...issued)
      .when(serveNotice({ occurredAt: istDay('02-03') }))
      .emits({ receivedAt: extent(istDay('02-03')) });
    given(...issued)
      .when(serveNotice({ receivedAt: ist('02-02 09:00') }))
      .emits();
  });

  it('repeats quietly whether the default is sent or left out, and may recur', () => {
    const served = recorded(serveNotice(), { receivedAt: extent(mondayAfternoon) });
    given(...issued, served)
      .when(serveNotice({ receivedAt: mondayAfternoon }))
      .emitsNothing(served);
    given(...issued, served)
      .when(serveNotice({ kind: 'reminder' }))
      .emits({ receivedAt: extent(mondayAfternoon) });
  });

  it('is not provably before the issue', () => {
    given(...issued)
      .when(serveNotice({ occurredAt: ist('01-31 11:59') }))
      .refuses({ code: 'BEFORE_ISSUE', order: orderOne, issued: instant('01-31 12:00') });
  });

  it('may come after the order has expired or was revoked: it looks back', () => {
    const occurredAt = ist('02-11 12:00');
    given(caseOpened, recorded(issueOrder({ expiresAt: ist('02-10 00:00') })))
      .when(serveNotice({ occurredAt }))
      .emits({ receivedAt: extent(occurredAt) });
    given(...issued, revoked)
      .when(serveNotice({ occurredAt }))
      .emits({ receivedAt: extent(occurredAt) });
  });
});
