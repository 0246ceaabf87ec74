/** Stopping the clock of an order. */
import { describe, it } from 'vitest';
import {
  caseOpened,
  clockStopped,
  instant,
  issueOrder,
  ist,
  istDay,
  istRange,
  orderOne,
  orderOneIssued,
  recorded,
  restartClock,
  retract,
  retracted,
  revoked,
  revokedAt,
  stayed,
  stopClock,
} from '../../support/controls.ts';
import { given } from '../../support/specification.ts';

const issued = [caseOpened, orderOneIssued];
const stoppedAlready = { code: 'CLOCK_ALREADY_STOPPED', order: orderOne, stop: clockStopped.id } as const;
const restarted = recorded(restartClock(), { stop: clockStopped.id });
const BEFORE_ISSUE = { code: 'BEFORE_ISSUE', order: orderOne, issued: instant('01-31 12:00') } as const;
const REVOKED = { code: 'ORDER_ENDED', order: orderOne, ended: revokedAt } as const;

describe('stopping the clock', () => {
  it.each(['clarification', 'impossibility', 'other'])('says why: %s', (cause) => {
    given(...issued)
      .when(stopClock({ cause }))
      .emits();
  });

  it('may come while the order is stayed: the two are counted apart', () => {
    given(...issued, stayed)
      .when(stopClock({ occurredAt: ist('02-04 12:00') }))
      .emits();
  });

  it('is refused while it is provably stopped, and repeats quietly', () => {
    for (const occurredAt of [ist('02-03 12:01'), istDay('02-04')]) {
      given(...issued, clockStopped)
        .when(stopClock({ occurredAt }))
        .refuses(stoppedAlready);
    }
    given(...issued, clockStopped)
      .when(stopClock({ cause: 'other' }))
      .refuses(stoppedAlready);
    given(...issued, clockStopped)
      .when(stopClock())
      .emitsNothing(clockStopped);
  });

  it('is accepted where it may have come first, or after a restart', () => {
    for (const occurredAt of [istDay('02-03'), ist('02-02 12:00')]) {
      given(...issued, clockStopped)
        .when(stopClock({ occurredAt }))
        .emits();
    }
    for (const occurredAt of [ist('02-05 12:00'), istRange('02-05 11:00', '02-05 13:00')]) {
      given(...issued, clockStopped, restarted)
        .when(stopClock({ occurredAt }))
        .emits();
    }
    given(...issued, clockStopped, restarted)
      .when(stopClock({ occurredAt: istRange('02-05 11:00', '02-05 11:59') }))
      .refuses(stoppedAlready);
  });

  it('is not provably before the issue, nor at or after the expiry, nor provably after the revocation', () => {
    given(...issued)
      .when(stopClock({ occurredAt: istDay('01-30') }))
      .refuses(BEFORE_ISSUE);
    given(caseOpened, recorded(issueOrder({ expiresAt: ist('02-03 12:00') })))
      .when(stopClock())
      .refuses({ code: 'ORDER_ENDED', order: orderOne, ended: instant('02-03 12:00') });
    given(...issued, revoked)
      .when(stopClock({ occurredAt: ist('02-09 12:00') }))
      .refuses(REVOKED);
    given(...issued, revoked)
      .when(stopClock({ occurredAt: istDay('02-08') }))
      .emits();
  });

  it('is not retracted before what names it', () => {
    given(...issued, clockStopped, restarted)
      .when(retract(clockStopped))
      .refuses({ code: 'EVENT_HAS_DEPENDENTS', event: clockStopped.id, dependents: [restarted.id] });
    given(...issued, clockStopped, restarted, retracted(restarted))
      .when(retract(clockStopped))
      .emits();
  });
});
