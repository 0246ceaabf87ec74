/** Serving an order. */
import { describe, it } from 'vitest';
import {
  caseOpened,
  corrected,
  extent,
  issueOrder,
  ist,
  istDay,
  istRange,
  later,
  orderOne,
  orderOneIssued,
  orderOneServed,
  recorded,
  serveOrder,
} from '../../support/controls.ts';
import { given } from '../../support/specification.ts';

const issued = [caseOpened, orderOneIssued];
const issue = ist('01-31 12:00');

describe('serving an order', () => {
  it('is received when it occurred, unless another time is given', () => {
    given(...issued)
      .when(serveOrder())
      .emits({ receivedAt: extent(issue) });
    given(...issued)
      .when(serveOrder({ occurredAt: istDay('02-01') }))
      .emits({ receivedAt: extent(istDay('02-01')) });
    given(...issued)
      .when(serveOrder({ receivedAt: ist('02-01 09:00') }))
      .emits();
  });

  it('may recur', () => {
    given(...issued, orderOneServed)
      .when(serveOrder({ occurredAt: ist('02-02 12:00') }))
      .emits({ receivedAt: extent(ist('02-02 12:00')) });
    given(...issued, orderOneServed)
      .when(serveOrder({ channel: 'courier' }))
      .emits({ receivedAt: extent(issue) });
  });

  it('repeats quietly whether the default is sent or left out', () => {
    given(...issued, orderOneServed)
      .when(serveOrder())
      .emitsNothing(orderOneServed);
    given(...issued, orderOneServed)
      .when(serveOrder({ receivedAt: issue }))
      .emitsNothing(orderOneServed);
  });

  it('is not before the issue, for every instant that both may have', () => {
    const refusal = { code: 'BEFORE_ISSUE', order: orderOne, issued: extent(issue)['earliest'] } as const;
    given(...issued)
      .when(serveOrder({ occurredAt: later(issue, -1) }))
      .refuses(refusal);
    given(...issued)
      .when(serveOrder({ occurredAt: istDay('01-30') }))
      .refuses(refusal);
    given(...issued)
      .when(serveOrder({ occurredAt: istDay('01-31') }))
      .emits({ receivedAt: extent(istDay('01-31')) });
  });

  it('is held against the issue as corrected', () => {
    const dayLater = corrected(orderOneIssued, { occurredAt: extent(ist('02-01 12:00')) });
    given(...issued, dayLater)
      .when(serveOrder())
      .refuses({ code: 'BEFORE_ISSUE', order: orderOne, issued: extent(ist('02-01 12:00'))['earliest'] });
  });

  it('is not at or after the expiry', () => {
    const expiring = [caseOpened, recorded(issueOrder({ expiresAt: ist('02-10 00:00') }))];
    const refusal = { code: 'ORDER_ENDED', order: orderOne, ended: extent(ist('02-10 00:00'))['earliest'] } as const;
    given(...expiring)
      .when(serveOrder({ occurredAt: ist('02-10 00:00') }))
      .refuses(refusal);
    given(...expiring)
      .when(serveOrder({ occurredAt: later(ist('02-10 00:00'), -1) }))
      .emits({ receivedAt: extent(later(ist('02-10 00:00'), -1)) });
    given(...expiring)
      .when(serveOrder({ occurredAt: istRange('02-09 23:00', '02-11 00:00') }))
      .emits({ receivedAt: extent(istRange('02-09 23:00', '02-11 00:00')) });
  });

  it('may be reported late and out of turn', () => {
    const second = recorded(serveOrder({ occurredAt: ist('02-05 12:00') }), { receivedAt: extent(ist('02-05 12:00')) });
    given(...issued, second)
      .when(serveOrder())
      .emits({ receivedAt: extent(issue) });
  });
});
